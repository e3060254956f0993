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
    match aspect {
        Aspect::Inhabitants(span) => communes.row_of(doc).is_some_and(|row| {
            let people = communes.inhabitants(row);
            people >= f64::from(*span.start()) && people <= f64::from(*span.end())
        }),
        Aspect::Density(levels) => {
            let row = communes.row_of(doc);
            let level = row.and_then(|row| communes.refined.number(row as usize));
            level.is_some_and(|level| levels.iter().any(|wanted| i64::from(*wanted) == level))
        }
        Aspect::Updated(years) => {
            let year = communes.updated.number(doc as usize);
            let year = year.and_then(|year| u16::try_from(year).ok());
            year.is_some_and(|year| years.iter().any(|span| span.contains(&year)))
        }
    }
}
