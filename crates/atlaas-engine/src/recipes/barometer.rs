//! The recipe *what is done, where, since when*: the objects that a query matches, told apart by one
//! dimension or two, each figure with what it is out of. Never a rank: a rate that rests on few is shrunk
//! and has its interval, and says whether it differs by more than chance.

mod dimension;
mod figures;
mod standard;
mod tally;

pub use dimension::{Dimension, DimensionName, DimensionValue};
pub use figures::{CellRate, CellStanding, RATE_OF};
pub use standard::CellStandard;
pub use tally::{Counts, MOST_CELLS};

use crate::communes::Communes;
use crate::recipes::search::QueryError;
use crate::snapshot::Snapshot;
use atlaas_model::{Aspect, DocSet, Facet, Kind, Layer, Level};
use atlaas_search::{Mistake, ParameterError, Query};
use figures::Grouping;
use standard::Standard;
use std::ops::RangeInclusive;
use tally::{CountedCommune, Tally};

/// What is asked of a barometer.
#[derive(Clone, Debug, PartialEq)]
pub struct BarometerAsk {
    /// Which objects, of which territory.
    pub query: Query,
    /// Names of the dimensions, two at most.
    pub by: Vec<String>,
    /// Whether rates are of all communes, or of those that take part.
    pub of_all: bool,
    /// Whether rates are standardised by classes of inhabitants too.
    pub standardised: bool,
}

/// The figures of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Barometer {
    /// The query that was counted, with its layers and its places made explicit.
    pub query: Query,
    /// What figures are told apart by.
    pub dimensions: Vec<TableDimension>,
    /// Everything that matches.
    pub total: Cell,
    /// A cell for each value or pair of values under which there is something to count.
    pub cells: Vec<Cell>,
    /// Objects that have no value of each dimension.
    pub without: Vec<u32>,
    /// The year of the sources, which they know in part.
    pub present: Option<u16>,
}

/// A dimension of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableDimension {
    /// Its name in addresses.
    pub name: String,
    /// Its facet, when it is one.
    pub facet: Option<Facet>,
    /// Whether it tells communes apart.
    pub of_communes: bool,
    /// Whether its values are years.
    pub of_years: bool,
    /// Whether an object can have several values, so that shares sum over the whole.
    pub several: bool,
    /// Its values.
    pub values: Vec<DimensionValue>,
}

/// The figures under one value, or one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Ranks of the values, one a dimension.
    pub at: Vec<usize>,
    /// What was counted.
    pub counts: Counts,
    /// Objects for 10,000 inhabitants, and how far that can be trusted.
    pub rate: Option<CellRate>,
    /// Whether the part of communes that are active differs from that of all by more than chance.
    pub standing: Option<CellStanding>,
    /// The rate with the composition of all territories, where that is asked for.
    pub standard: Option<CellStandard>,
    /// The query that lists its objects; none where no query can say it.
    pub query: Option<Query>,
}

impl Barometer {
    /// The values of a cell, each with its dimension.
    pub fn values(&self, cell: &Cell) -> impl Iterator<Item = (&TableDimension, &DimensionValue)> {
        let dimensions = self.dimensions.iter().zip(cell.at.clone());
        dimensions.filter_map(|(dimension, rank)| Some((dimension, dimension.values.get(rank)?)))
    }

    /// Whether a cell is of the year that the sources know in part.
    pub fn is_partial(&self, cell: &Cell) -> bool {
        self.values(cell).any(|(_, value)| value.partial)
    }

    /// The cell of some values.
    pub fn cell(&self, at: &[usize]) -> Option<&Cell> {
        // They stand in the order of their values.
        let found = self
            .cells
            .binary_search_by(|cell| cell.at.as_slice().cmp(at));
        self.cells.get(found.ok()?)
    }
}

impl Snapshot {
    /// What a barometer knows of the communes.
    pub fn communes(&self) -> &Communes {
        self.communes
            .get_or_init(|| Communes::of(self.catalogue(), self.comparer()))
    }

    /// The names of the dimensions that there are.
    pub fn dimensions(&self) -> Vec<String> {
        Dimension::names(self)
    }

    /// The figures of a query.
    pub fn barometer(&self, ask: &BarometerAsk) -> Result<Barometer, QueryError> {
        let communes = self.communes();
        let dimensions = self.dimensions_of(ask, communes)?;
        let query = self.counted_query(&ask.query)?;
        let (plan, docs) = self.matching(&query)?;
        let years = years_of(&plan.resolved, self.schema().year_facet());
        let extent = self.extent(&plan.resolved, &docs)?;
        let standard = Standard::asked(self, communes, (&ask.by, ask.standardised))?;
        let standard = standard.as_ref();
        let mut tallies = vec![
            Tally::new(&dimensions, communes, ask.of_all),
            Tally::new(&[], communes, ask.of_all),
        ];
        tallies.extend(
            standard
                .into_iter()
                .flat_map(|one| one.tallies(communes, ask.of_all)),
        );
        for doc in docs.iter() {
            for tally in &mut tallies {
                tally.object(doc);
            }
        }
        self.count_communes(&extent, &years, &mut tallies);
        let mut counted = tallies.into_iter().map(Tally::end);
        let (counts, without) = counted.next().unwrap_or_default();
        let whole = counted
            .next()
            .and_then(|(counts, _)| counts.into_iter().next());
        let total = whole.unwrap_or_default();
        let [both, classes] = [(); 2].map(|()| counted.next().unwrap_or_default().0);
        let link_base = plan_query(&query, &plan.resolved);
        let mut cells = self.cells(&dimensions, counts, &total, (&link_base, ask.of_all));
        let standards = standard::of_values(&both, &classes);
        for cell in &mut cells {
            cell.standard = cell.at.first().and_then(|&rank| *standards.get(rank)?);
        }
        Ok(Barometer {
            cells,
            total: Cell {
                at: Vec::new(),
                rate: figures::of_total(&total),
                standing: None,
                standard: None,
                query: Some(link_base.clone()),
                counts: total,
            },
            dimensions: dimensions
                .iter()
                .map(|one| table_dimension(one, &docs, communes))
                .collect(),
            query: link_base,
            without,
            present: communes.present,
        })
    }

    /// Counts the communes that figures are out of.
    fn count_communes(
        &self,
        extent: &DocSet,
        years: &[RangeInclusive<u16>],
        tallies: &mut [Tally<'_>],
    ) {
        let communes = self.communes();
        let mut contents: Vec<u32> = Vec::new();
        for doc in extent.iter() {
            let Some(row) = communes.row_of_commune(doc) else {
                continue;
            };
            contents.clear();
            contents.extend(self.catalogue().contents(doc).map(|(_, n)| n));
            let counted = CountedCommune {
                row,
                takes_part: communes.takes_part(row, years),
                level: self.catalogue().level(doc),
                contents: &contents,
            };
            for tally in tallies.iter_mut() {
                tally.commune(&counted);
            }
        }
    }

    /// The dimensions by their names; every mistake at once.
    fn dimensions_of<'a>(
        &'a self,
        ask: &BarometerAsk,
        communes: &'a Communes,
    ) -> Result<Vec<Dimension<'a>>, QueryError> {
        let mut mistakes = Vec::new();
        let mut found: Vec<Dimension<'_>> = Vec::new();
        if ask.by.len() > 2 {
            let most = Mistake::TooManyValues { most: 2 };
            mistakes.push(ParameterError::new("par", &ask.by.join(","), most));
        }
        for name in ask.by.iter().take(2) {
            if let Some(dimension) = Dimension::named(self, communes, name) {
                found.push(dimension);
                continue;
            }
            let unknown = Mistake::UnknownValue {
                allowed: Vec::new(),
            };
            let names = self.dimensions();
            let names = names.iter().map(String::as_str);
            mistakes.push(ParameterError::new("par", name, unknown).allowed(name, names));
        }
        if let [one, two] = found.as_slice()
            && one.name == two.name
        {
            mistakes.push(ParameterError::new(
                "par",
                &ask.by.join(","),
                Mistake::Twice,
            ));
        }
        let cells: usize = found.iter().map(|one| one.values.len()).product();
        if cells > MOST_CELLS {
            let most = Mistake::TooManyValues { most: MOST_CELLS };
            mistakes.push(ParameterError::new("par", &ask.by.join(","), most));
        }
        if mistakes.is_empty() {
            Ok(found)
        } else {
            Err(mistakes.into())
        }
    }

    /// The query with its layers made explicit: those that territories enter when none is asked for, and
    /// words that hold as they are, since a figure is of what was asked.
    fn counted_query(&self, query: &Query) -> Result<Query, QueryError> {
        let mut query = query.first_page();
        query.strict |= query.may_climb();
        let layers = self.schema().layers();
        let points = |kind: &Kind| !kind.is_territory();
        if query.kinds.is_empty() {
            let plan = self.search().plan(&query)?;
            query.kinds = plan.resolved.kinds.into_iter().filter(points).collect();
        }
        if query.kinds.is_empty() {
            let entered = layers.iter().filter(|layer| layer.participation);
            query.kinds = entered.map(Layer::kind).collect();
        }
        if query.kinds.is_empty() {
            query.kinds = layers.iter().map(Layer::kind).collect();
        }
        let territory = query.kinds.iter().find(|kind| kind.is_territory());
        if let Some(kind) = territory {
            let unknown = Mistake::UnknownValue {
                allowed: Vec::new(),
            };
            let names = layers.iter().map(|layer| layer.id.as_str());
            let mistake = ParameterError::new("type", kind.as_str(), unknown);
            return Err(vec![mistake.allowed(kind.as_str(), names)].into());
        }
        query.kinds.sort();
        Ok(query)
    }

    /// The communes that the figures are out of: those that the places, the label and the likeness of the
    /// query select, and those that have an object which it matches.
    fn extent(&self, resolved: &Query, docs: &DocSet) -> Result<DocSet, QueryError> {
        let mentions = resolved.facets.get(&Facet::Mention).cloned();
        let places = Query {
            kinds: vec![Kind::Territory(Level::Commune)],
            bbox: resolved.bbox,
            position: resolved.position,
            radius_km: resolved.radius_km,
            near: resolved.near.clone(),
            around_km: resolved.around_km,
            polygon: resolved.polygon.clone(),
            peers: resolved.peers.clone(),
            aspects: of_communes(resolved),
            territories: resolved.territories.clone(),
            label_years: resolved.label_years.clone(),
            levels: resolved.levels.clone(),
            facets: mentions
                .map(|slugs| (Facet::Mention, slugs))
                .into_iter()
                .collect(),
            ..Query::default()
        };
        let (_, mut communes) = self.matching(&places)?;
        for doc in docs.iter() {
            let row = self.communes().row_of(doc);
            if let Some(row) = row {
                communes.insert(self.communes().doc(row));
            }
        }
        Ok(communes)
    }

    fn cells(
        &self,
        dimensions: &[Dimension<'_>],
        counts: Vec<Counts>,
        total: &Counts,
        (query, of_all): (&Query, bool),
    ) -> Vec<Cell> {
        if dimensions.is_empty() {
            return Vec::new();
        }
        let grouping = Grouping::new(self, dimensions);
        let listed = |counts: &Counts| is_told(dimensions, counts);
        let told = figures::of_cells(&counts, total, &grouping, (of_all, &listed));
        let width = dimensions.get(1).map_or(1, |two| two.values.len());
        let cells = counts.into_iter().zip(told).enumerate();
        cells
            .filter(|(_, (counts, _))| listed(counts))
            .map(|(place, (counts, (rate, standing)))| {
                let at = match dimensions {
                    [_] => vec![place],
                    _ => vec![place / width, place % width],
                };
                let mut narrowed = query.clone();
                let said = dimensions.iter().zip(&at).all(|(dimension, &rank)| {
                    let value = dimension.values.get(rank);
                    value.is_some_and(|value| dimension.narrow(&mut narrowed, value))
                });
                Cell {
                    at,
                    counts,
                    rate,
                    standing,
                    standard: None,
                    query: said.then_some(narrowed),
                }
            })
            .collect()
    }
}

/// Whether a cell says something: of one dimension, that communes take part and have nothing; a table of
/// mostly nothing says less.
const fn is_told(dimensions: &[Dimension<'_>], counts: &Counts) -> bool {
    counts.sheets > 0 || dimensions.len() == 1 && counts.communes > 0
}

/// The query that links carry: as it was asked, with the layers that are counted.
fn plan_query(asked: &Query, resolved: &Query) -> Query {
    Query {
        territories: resolved.territories.clone(),
        ..asked.clone()
    }
}

/// The aspects that tell communes apart.
fn of_communes(resolved: &Query) -> Vec<Aspect> {
    let aspects = resolved.aspects.iter();
    let aspects = aspects.filter(|aspect| !matches!(aspect, Aspect::Updated(_)));
    aspects.cloned().collect()
}

fn years_of(resolved: &Query, facet: Option<Facet>) -> Vec<RangeInclusive<u16>> {
    let years = facet.and_then(|facet| resolved.years.get(&facet));
    years.cloned().unwrap_or_default()
}

fn table_dimension(
    dimension: &Dimension<'_>,
    docs: &DocSet,
    communes: &Communes,
) -> TableDimension {
    let several = docs.iter().any(|doc| {
        let mut values = 0;
        dimension.each(doc, communes.row_of(doc), communes, |_| values += 1);
        values > 1
    });
    TableDimension {
        name: dimension.name.clone(),
        facet: dimension.facet,
        of_communes: dimension.of_communes,
        of_years: dimension.of_years,
        several,
        values: dimension.values.clone(),
    }
}
