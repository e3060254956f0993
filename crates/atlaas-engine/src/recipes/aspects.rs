//! The fiches of an aspect: in communes of so many inhabitants or of a density, or changed in some years.

use crate::communes::Communes;
use crate::snapshot::Snapshot;
use atlaas_model::{Aspect, DocId, DocSet};

impl Snapshot {
    /// The fiches that an aspect selects; communes lie in themselves.
    pub(crate) fn of_aspect(&self, aspect: &Aspect) -> DocSet {
        let communes = self.communes();
        let all = self.catalogue().len();
        DocSet::from_docs(all, (0..all).filter(|doc| holds(communes, aspect, *doc)))
    }
}

fn holds(communes: &Communes, aspect: &Aspect, doc: DocId) -> bool {
    if let Aspect::Updated(years) = aspect {
        let year = communes.updated.number(doc as usize);
        let year = year.and_then(|year| u16::try_from(year).ok());
        return year.is_some_and(|year| years.iter().any(|span| span.contains(&year)));
    }
    let row = communes.row_of(doc);
    row.is_some_and(|row| bears(communes, aspect, row))
}

/// Whether a commune has what an aspect asks for; whichever has, of an aspect that is not of communes.
pub(crate) fn bears(communes: &Communes, aspect: &Aspect, row: u32) -> bool {
    match aspect {
        Aspect::Inhabitants(span) => {
            let people = communes.inhabitants(row);
            people >= f64::from(*span.start()) && people <= f64::from(*span.end())
        }
        Aspect::Density(levels) => {
            let level = communes.refined.number(row as usize);
            level.is_some_and(|level| levels.iter().any(|wanted| i64::from(*wanted) == level))
        }
        Aspect::Updated(_) => true,
    }
}
