//! What a barometer knows of every commune, made once a snapshot: inhabitants, whether it takes part,
//! in which years it was labelled; and in which commune each document lies.

use crate::catalogue::Catalogue;
use atlaas_compare::Comparer;
use atlaas_model::{DocId, Kind, Layer, Level, SourceDate};
use std::ops::{Range, RangeInclusive};

/// A document that lies in no known commune.
const NOWHERE: u32 = u32::MAX;

/// The communes of a snapshot, in the order of their documents.
pub struct Communes {
    docs: Range<DocId>,
    /// The row of the commune of each document.
    rows: Vec<u32>,
    inhabitants: Vec<f64>,
    /// Whether it has entered an object, whenever that was.
    entered: Vec<bool>,
    labelled: Vec<Box<[u16]>>,
    /// Class of inhabitants of each.
    pub(crate) strata: Ranked,
    /// Value of the variable that refines the classes, of each.
    pub(crate) refined: Ranked,
    /// Year of the last change, of each document.
    pub(crate) updated: Ranked,
    /// The year of the sources themselves.
    pub(crate) present: Option<u16>,
}

/// No value.
pub(crate) const NONE: u16 = u16::MAX;

/// Numbers, and the rank of the number of each row among them.
pub(crate) struct Ranked {
    /// Those that there are, ascending.
    pub known: Vec<i64>,
    /// The rank of each row; [`NONE`] without a number.
    pub ranks: Vec<u16>,
}

impl Ranked {
    fn of(met: &[Option<i64>]) -> Self {
        let mut known: Vec<i64> = met.iter().flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        known.truncate(usize::from(NONE));
        let rank = |number: &Option<i64>| {
            let rank = number.and_then(|number| known.binary_search(&number).ok());
            rank.map_or(NONE, |rank| rank as u16)
        };
        let ranks = met.iter().map(rank).collect();
        Self { known, ranks }
    }

    /// The number of a row.
    pub fn number(&self, row: usize) -> Option<i64> {
        let rank = self.ranks.get(row).copied();
        self.known
            .get(usize::from(rank.filter(|rank| *rank != NONE)?))
            .copied()
    }
}

impl Communes {
    /// Looks through a catalogue, and the tables by which communes are compared.
    pub fn of(catalogue: &Catalogue, comparer: &Comparer) -> Self {
        let docs = catalogue.docs_of(Level::Commune);
        let entering: Vec<Kind> = {
            let layers = catalogue.schema().layers().iter();
            let entering = layers.filter(|layer| layer.participation);
            entering.map(Layer::kind).collect()
        };
        let mut communes = Self {
            inhabitants: Vec::with_capacity(docs.len()),
            entered: vec![false; docs.len()],
            labelled: Vec::with_capacity(docs.len()),
            rows: Vec::with_capacity(catalogue.len() as usize),
            strata: Ranked::of(&strata(catalogue, comparer, docs.clone())),
            refined: Ranked::of(&refined(catalogue, comparer, docs.clone())),
            updated: Ranked::of(&updated(catalogue)),
            present: present(catalogue),
            docs,
        };
        for doc in communes.docs.clone() {
            let fiche = catalogue.fiche(doc);
            let people = fiche.population().map_or(f64::NAN, f64::from);
            communes.inhabitants.push(people);
            let mut years: Vec<u16> = fiche.labels.iter().map(|label| label.year).collect();
            years.sort_unstable();
            years.dedup();
            communes.labelled.push(years.into());
        }
        for fiche in catalogue.fiches().iter() {
            let code = fiche.territory.commune;
            let doc = code.and_then(|code| catalogue.territory(Level::Commune, code));
            let row = doc.and_then(|doc| communes.row_of_commune(doc));
            if let Some(row) = row.filter(|_| entering.contains(&fiche.kind)) {
                communes.entered[row as usize] = true;
            }
            communes.rows.push(row.unwrap_or(NOWHERE));
        }
        communes
    }

    /// How many there are.
    pub const fn count(&self) -> usize {
        self.entered.len()
    }

    /// The row of a commune by its document.
    pub fn row_of_commune(&self, doc: DocId) -> Option<u32> {
        self.docs.contains(&doc).then(|| doc - self.docs.start)
    }

    /// The document of a row.
    pub const fn doc(&self, row: u32) -> DocId {
        self.docs.start + row
    }

    /// The row of the commune that a document lies in.
    pub fn row_of(&self, doc: DocId) -> Option<u32> {
        let row = self.rows.get(doc as usize).copied();
        row.filter(|row| *row != NOWHERE)
    }

    /// Inhabitants of a row; NaN where they are unknown.
    pub fn inhabitants(&self, row: u32) -> f64 {
        self.inhabitants[row as usize]
    }

    /// Whether a commune takes part: it has entered an object, whenever that was, or was labelled in one
    /// of these years; in any, when there are none.
    pub fn takes_part(&self, row: u32, years: &[RangeInclusive<u16>]) -> bool {
        let labelled = &self.labelled[row as usize];
        self.entered[row as usize]
            || match years {
                [] => !labelled.is_empty(),
                years => {
                    let within = |year: &u16| years.iter().any(|span| span.contains(year));
                    labelled.iter().any(within)
                }
            }
    }
}

/// The class of inhabitants of each commune.
fn strata(catalogue: &Catalogue, comparer: &Comparer, docs: Range<DocId>) -> Vec<Option<i64>> {
    let classes = comparer.classes(Level::Commune);
    let people = docs.map(|doc| catalogue.fiche(doc).population());
    let class = people.map(|people| classes.of(people.map_or(f64::NAN, f64::from)));
    class.map(|class| class.map(|class| class as i64)).collect()
}

/// The value of the variable that refines the classes, of each commune.
fn refined(catalogue: &Catalogue, comparer: &Comparer, docs: Range<DocId>) -> Vec<Option<i64>> {
    let Some((variable, _)) = comparer.classes(Level::Commune).refining else {
        return vec![None; docs.len()];
    };
    docs.map(|doc| {
        let code = catalogue.fiche(doc).code?;
        let value = comparer.value(comparer.standing(Level::Commune, code)?, variable);
        value.is_finite().then(|| value.round() as i64)
    })
    .collect()
}

/// The year of the last change of each document.
fn updated(catalogue: &Catalogue) -> Vec<Option<i64>> {
    let fiches = catalogue.fiches().iter();
    fiches
        .map(|fiche| fiche.updated.map(|day| i64::from(day.year())))
        .collect()
}

fn present(catalogue: &Catalogue) -> Option<u16> {
    let day = SourceDate::of(catalogue.fiches()).last_day()?;
    u16::try_from(day.year()).ok()
}
