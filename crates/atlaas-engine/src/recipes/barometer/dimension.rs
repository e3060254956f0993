//! What the figures of a barometer are told apart by: a facet of objects, or something of the commune that
//! an object lies in (its territory, its label, its size, its density).

use crate::communes::{Communes, NONE};
use crate::snapshot::Snapshot;
use atlaas_compare::StrataClasses;
use atlaas_model::{Aspect, DocId, Facet, Level, Wording};
use atlaas_search::{FacetValues, Query};

/// Classes of inhabitants.
pub const STRATUM: &str = "strate";
/// Values of the variable that refines these classes: the density grid.
const GRID: &str = "grille";
/// Communes one by one.
const COMMUNE: &str = "commune";
/// Years of the last change of an object.
const UPDATED: &str = "mise_a_jour";

/// A value of a dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct DimensionValue {
    /// Its spelling in addresses.
    pub spelling: String,
    /// Its name.
    pub name: DimensionName,
    /// Whether it is the year of the sources, of which they know a part.
    pub partial: bool,
}

/// What a value is called.
#[derive(Clone, Debug, PartialEq)]
pub enum DimensionName {
    /// As the sources say it.
    Text(String),
    /// In both languages.
    Worded(Wording),
    /// A class of inhabitants: the least, included; the most, excluded.
    Inhabitants(f64, Option<f64>),
}

/// A dimension of the snapshot that was asked.
pub struct Dimension<'a> {
    /// Its name in addresses.
    pub name: String,
    /// The facet that filters by it, when there is one.
    pub facet: Option<Facet>,
    /// Whether it tells communes apart, so that each value has inhabitants of its own.
    pub of_communes: bool,
    /// Its values, in their own order.
    pub values: Vec<DimensionValue>,
    /// Whether the values are years.
    pub of_years: bool,
    ranks: Ranks<'a>,
}

/// Where the ranks of a document's values come from.
enum Ranks<'a> {
    /// A facet, of the document or of its commune.
    Facet(FacetValues<'a>),
    /// One value a commune.
    Communes(&'a [u16]),
    /// One value a document.
    Documents(&'a [u16]),
    /// The row of the commune itself.
    Rows,
}

impl<'a> Dimension<'a> {
    /// The dimension of that name.
    pub fn named(snapshot: &'a Snapshot, communes: &'a Communes, name: &str) -> Option<Self> {
        let classes = snapshot.comparer().classes(Level::Commune);
        match name {
            STRATUM => return Some(strata(communes, classes)),
            GRID if classes.refining.is_some() => return Some(refined(communes, classes)),
            COMMUNE => return Some(one_by_one(snapshot, communes)),
            UPDATED => return Some(updated(communes)),
            _ => {}
        }
        let facet = snapshot.schema().facet(name)?;
        Some(of_facet(snapshot, communes, facet))
    }

    /// The names of all there are.
    pub fn names(snapshot: &Snapshot) -> Vec<String> {
        let schema = snapshot.schema();
        let facets = schema.facets().iter().map(|info| info.facet.as_str());
        let refining = snapshot.comparer().classes(Level::Commune).refining;
        let refining = refining.map(|_| GRID);
        let mut names: Vec<String> = Vec::new();
        for name in facets
            .chain([STRATUM])
            .chain(refining)
            .chain([COMMUNE, UPDATED])
        {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Whether its values are communes one by one.
    pub fn is_of_single_communes(&self) -> bool {
        matches!(self.ranks, Ranks::Rows)
    }

    /// Hands on the rank of each value of a document that lies in a commune of this row.
    pub fn each(&self, doc: DocId, row: Option<u32>, communes: &Communes, take: impl FnMut(u32)) {
        let one = |ranks: &[u16], at: usize| ranks.get(at).copied().filter(|rank| *rank != NONE);
        match &self.ranks {
            Ranks::Facet(values) if self.of_communes => {
                let ranks = row.map_or(&[][..], |row| values.of(communes.doc(row)));
                ranks.iter().copied().map(u32::from).for_each(take);
            }
            Ranks::Facet(values) => values.of(doc).iter().copied().map(u32::from).for_each(take),
            Ranks::Communes(ranks) => {
                let rank = row.and_then(|row| one(ranks, row as usize));
                rank.map(u32::from).into_iter().for_each(take);
            }
            Ranks::Documents(ranks) => {
                let rank = one(ranks, doc as usize).map(u32::from);
                rank.into_iter().for_each(take);
            }
            Ranks::Rows => row.into_iter().for_each(take),
        }
    }

    /// The aspect that a value of it is.
    fn aspect(&self, spelling: &str) -> Option<Aspect> {
        match self.name.as_str() {
            STRATUM => inhabitants(spelling),
            GRID => Some(Aspect::Density(vec![spelling.parse().ok()?])),
            UPDATED => {
                let year: u16 = spelling.parse().ok()?;
                Some(Aspect::Updated(vec![year..=year]))
            }
            _ => None,
        }
    }

    /// Adds to a query that the value must be borne, if a query can say that.
    pub fn narrow(&self, query: &mut Query, value: &DimensionValue) -> bool {
        let spelling = &value.spelling;
        let level = match self.facet {
            None if self.name == COMMUNE => Some(Level::Commune),
            Some(Facet::Region) => Some(Level::Region),
            Some(Facet::Departement) => Some(Level::Departement),
            Some(Facet::Epci) => Some(Level::Epci),
            _ => None,
        };
        if let Some(level) = level {
            query.territories.insert(level, vec![spelling.clone()]);
            return true;
        }
        if let Some(aspect) = self.aspect(spelling) {
            let aspect = within(aspect, &query.aspects);
            let same =
                |known: &Aspect| std::mem::discriminant(known) == std::mem::discriminant(&aspect);
            query.aspects.retain(|known| !same(known));
            query.aspects.push(aspect);
            return true;
        }
        match self.facet {
            Some(facet)
                if !self.of_communes || facet == Facet::Arobases || facet == Facet::Mention =>
            {
                narrow_facet(query, facet, spelling, self.of_years)
            }
            _ => false,
        }
    }
}

/// An aspect, as far as one of its kind that a query has already lets it. Years and densities of a cell are
/// among those of its query; classes of inhabitants may reach beyond.
fn within(aspect: Aspect, asked: &[Aspect]) -> Aspect {
    let Aspect::Inhabitants(mut span) = aspect else {
        return aspect;
    };
    for asked in asked {
        if let Aspect::Inhabitants(outer) = asked {
            let least = *span.start().max(outer.start());
            span = least..=*span.end().min(outer.end());
        }
    }
    Aspect::Inhabitants(span)
}

/// `500..2000`, the end excluded and perhaps open.
fn inhabitants(spelling: &str) -> Option<Aspect> {
    let (least, most) = spelling.split_once("..")?;
    let most = match most {
        "" => u32::MAX,
        most => most.parse::<u32>().ok()?.checked_sub(1)?,
    };
    Some(Aspect::Inhabitants(least.parse().ok()?..=most))
}

fn narrow_facet(query: &mut Query, facet: Facet, spelling: &str, of_years: bool) -> bool {
    match facet {
        Facet::Arobases => {
            let level = spelling.parse::<u8>();
            level.map(|level| query.levels = vec![level]).is_ok()
        }
        // A layer apart is asked for by its type, which the query has already.
        Facet::Type => true,
        Facet::Column(_) if of_years => {
            let year = spelling.parse::<u16>();
            year.map(|year| query.years.insert(facet, vec![year..=year]))
                .is_ok()
        }
        _ => {
            query.facets.insert(facet, vec![spelling.to_owned()]);
            true
        }
    }
}

fn text(spelling: &str, name: &str) -> DimensionValue {
    DimensionValue {
        spelling: spelling.to_owned(),
        name: DimensionName::Text(name.to_owned()),
        partial: false,
    }
}

fn of_facet<'a>(snapshot: &'a Snapshot, communes: &Communes, facet: Facet) -> Dimension<'a> {
    let schema = snapshot.schema();
    let column = snapshot.search().facet(facet);
    let of_years = schema.is_of_years(facet);
    let present = communes.present.filter(|_| of_years);
    let present = present.map(|year| year.to_string());
    let values = (0..column.len()).filter_map(|rank| column.value(rank));
    let values = values.map(|(spelling, name)| DimensionValue {
        partial: present.as_deref() == Some(spelling),
        ..text(spelling, name)
    });
    let territorial = |name: &str| {
        let mut columns = schema.territory_columns().iter();
        columns.any(|column| column.facet.is_some_and(|own| own.as_str() == name))
    };
    let of_communes = match facet {
        Facet::Type => false,
        Facet::Column(_) => territorial(facet.as_str()),
        _ => true,
    };
    Dimension {
        name: facet.as_str().to_owned(),
        facet: Some(facet),
        of_communes,
        values: values.collect(),
        of_years,
        ranks: Ranks::Facet(column),
    }
}

fn strata<'a>(communes: &'a Communes, classes: StrataClasses<'_>) -> Dimension<'a> {
    let values = communes.strata.known.iter().map(|class| {
        let (least, most) = classes.bounds(usize::try_from(*class).unwrap_or(0));
        let to = most.map_or_else(String::new, |most| most.to_string());
        DimensionValue {
            spelling: format!("{least}..{to}"),
            name: DimensionName::Inhabitants(least, most),
            partial: false,
        }
    });
    Dimension {
        name: STRATUM.to_owned(),
        facet: None,
        of_communes: true,
        values: values.collect(),
        of_years: false,
        ranks: Ranks::Communes(&communes.strata.ranks),
    }
}

/// The values of the variable that refines strata.
fn refined<'a>(communes: &'a Communes, classes: StrataClasses<'_>) -> Dimension<'a> {
    let values = communes.refined.known.iter().map(|value| DimensionValue {
        spelling: value.to_string(),
        name: match classes.called(*value) {
            Some(wording) => DimensionName::Worded(wording.clone()),
            None => DimensionName::Text(value.to_string()),
        },
        partial: false,
    });
    Dimension {
        name: GRID.to_owned(),
        facet: None,
        of_communes: true,
        values: values.collect(),
        of_years: false,
        ranks: Ranks::Communes(&communes.refined.ranks),
    }
}

fn one_by_one<'a>(snapshot: &Snapshot, communes: &Communes) -> Dimension<'a> {
    let fiches =
        (0..communes.count() as u32).map(|row| snapshot.catalogue().fiche(communes.doc(row)));
    let values = fiches.map(|fiche| {
        let code = fiche.code.map_or_else(String::new, |code| code.to_string());
        text(&code, &fiche.name)
    });
    Dimension {
        name: COMMUNE.to_owned(),
        facet: None,
        of_communes: true,
        values: values.collect(),
        of_years: false,
        ranks: Ranks::Rows,
    }
}

fn updated(communes: &Communes) -> Dimension<'_> {
    let values = communes.updated.known.iter().map(|year| DimensionValue {
        partial: communes
            .present
            .is_some_and(|present| i64::from(present) == *year),
        ..text(&year.to_string(), &year.to_string())
    });
    Dimension {
        name: UPDATED.to_owned(),
        facet: None,
        of_communes: false,
        values: values.collect(),
        of_years: true,
        ranks: Ranks::Documents(&communes.updated.ranks),
    }
}
