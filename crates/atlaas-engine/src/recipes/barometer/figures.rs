//! What the counts of a cell are worth: rates that rest on few are shrunk towards the others of the same
//! column, with an interval, and told apart from chance.

use crate::recipes::barometer::dimension::Dimension;
use crate::recipes::barometer::tally::Counts;
use crate::snapshot::Snapshot;
use atlaas_compare::{
    Counted, Interval, Pool, Priors, Share, Smoothed, Verdict, rate_verdict, share_verdict,
};
use atlaas_model::{Code, Facet, Level};

/// What rates are told for.
pub const RATE_OF: f64 = 10_000.0;
/// Groups of fewer places are shrunk towards the whole.
const FEWEST: usize = 8;

/// Objects for 10,000 inhabitants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellRate {
    /// As counted.
    pub raw: f64,
    /// Shrunk towards the rate of the group; the raw one where there is nothing to shrink towards.
    pub smoothed: f64,
    /// 95 % interval.
    pub interval: Interval,
    /// Towards what it was shrunk.
    pub pool: Option<Pool>,
    /// Whether it lies beyond the limits of a funnel around the rate of all.
    pub verdict: Option<Verdict>,
}

/// How the part of active communes stands beside that of all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellStanding {
    /// The part of the communes that the figures are out of which are active.
    pub part: f64,
    /// Whether it lies beyond the limits of a funnel.
    pub verdict: Option<Verdict>,
}

/// Towards which group each place of a table is shrunk, and which places are beside each other.
pub struct Grouping {
    /// Whether the places have inhabitants of their own.
    of_communes: bool,
    /// Values of the dimension that is beside: each is a column of its own.
    columns: usize,
    /// Whether that dimension comes first.
    column_first: bool,
    /// The département of each value of the dimension of communes.
    groups: Option<Vec<Option<Code>>>,
}

impl Grouping {
    /// By the dimensions of a table.
    pub fn new(snapshot: &Snapshot, dimensions: &[Dimension<'_>]) -> Self {
        let rank = dimensions.iter().position(|one| one.of_communes);
        let beside = dimensions.len() == 2;
        let other = rank.map_or(0, |rank| 1 - rank.min(1));
        let columns = if beside {
            dimensions[other].values.len()
        } else {
            1
        };
        let groups = rank.and_then(|rank| groups(snapshot, &dimensions[rank]));
        Self {
            of_communes: rank.is_some(),
            columns: columns.max(1),
            column_first: beside && other == 0,
            groups,
        }
    }

    /// The places of a column, in the order of its rows.
    fn places(&self, column: usize, places: usize) -> impl Iterator<Item = usize> {
        let rows = places / self.columns;
        let (columns, column_first) = (self.columns, self.column_first);
        (0..rows).map(move |row| {
            if column_first {
                column * rows + row
            } else {
                row * columns + column
            }
        })
    }
}

/// The département of each value of a dimension finer than départements.
fn groups(snapshot: &Snapshot, dimension: &Dimension<'_>) -> Option<Vec<Option<Code>>> {
    let level = match dimension.facet {
        Some(Facet::Epci) => Level::Epci,
        None if dimension.is_of_single_communes() => Level::Commune,
        _ => return None,
    };
    let catalogue = snapshot.catalogue();
    let departement = |spelling: &str| {
        let doc = catalogue.territory(level, spelling.parse().ok()?)?;
        catalogue.fiche(doc).territory.departement
    };
    let values = dimension.values.iter();
    Some(values.map(|value| departement(&value.spelling)).collect())
}

/// The rate of everything, with its exact interval.
pub fn of_total(counts: &Counts) -> Option<CellRate> {
    exact(&counted(counts)?)
}

/// Rate and standing of a place.
pub type Told = (Option<CellRate>, Option<CellStanding>);

/// Rate and standing of each place that is listed; nothing of the others.
pub fn of_cells(
    counts: &[Counts],
    total: &Counts,
    grouping: &Grouping,
    (of_all, listed): (bool, &dyn Fn(&Counts) -> bool),
) -> Vec<Told> {
    let mut told: Vec<Told> = vec![(None, None); counts.len()];
    let part = |counts: &Counts| {
        let whole = if of_all {
            counts.communes
        } else {
            counts.participating
        };
        Share::new(counts.active.min(whole), whole)
    };
    let all = part(total).and_then(|share| share.value());
    for (counts, told) in counts.iter().zip(&mut told) {
        told.1 = part(counts).filter(|_| listed(counts)).and_then(|share| {
            let verdict = all.filter(|_| grouping.of_communes);
            Some(CellStanding {
                part: share.value()?,
                verdict: verdict.and_then(|pooled| share_verdict(pooled, &share)),
            })
        });
    }
    for column in 0..grouping.columns {
        let places: Vec<usize> = grouping.places(column, counts.len()).collect();
        for (place, rate) in rates_of_column(counts, &places, grouping, listed) {
            told[place].0 = rate;
        }
    }
    told
}

/// The rates of the listed places of a column, each shrunk towards all of its group, listed or not.
fn rates_of_column(
    counts: &[Counts],
    places: &[usize],
    grouping: &Grouping,
    listed: &dyn Fn(&Counts) -> bool,
) -> Vec<(usize, Option<CellRate>)> {
    let measured: Vec<(usize, (Counted, Option<Code>))> = places
        .iter()
        .enumerate()
        .filter_map(|(row, &place)| {
            let group = grouping.groups.as_ref().and_then(|groups| groups[row]);
            Some((place, (counted(&counts[place])?, group)))
        })
        .collect();
    let told = measured.iter().filter(|(place, _)| listed(&counts[*place]));
    if !grouping.of_communes {
        return told.map(|(place, (one, _))| (*place, exact(one))).collect();
    }
    let grouped: Vec<(Counted, Option<Code>)> = measured.iter().map(|(_, one)| *one).collect();
    let priors = if grouping.groups.is_some() {
        Priors::within(&grouped, FEWEST)
    } else {
        Priors::whole(grouped.iter().map(|(one, _)| *one))
    };
    told.map(|(place, (one, group))| {
        let verdict = priors.whole.and_then(|all| rate_verdict(all.mean, one));
        let shrunk = priors.shrunk(one, *group);
        (*place, shrunk.map(|shrunk| told_rate(&shrunk, verdict)))
    })
    .collect()
}

fn told_rate(smooth: &Smoothed, verdict: Option<Verdict>) -> CellRate {
    CellRate {
        raw: smooth.raw * RATE_OF,
        smoothed: smooth.rate * RATE_OF,
        interval: scaled(smooth.interval),
        pool: Some(smooth.pool),
        verdict,
    }
}

fn exact(one: &Counted) -> Option<CellRate> {
    let raw = one.rate()? * RATE_OF;
    Some(CellRate {
        raw,
        smoothed: raw,
        interval: scaled(one.exact_interval()?),
        pool: None,
        verdict: None,
    })
}

fn scaled(interval: Interval) -> Interval {
    Interval {
        low: interval.low * RATE_OF,
        high: interval.high * RATE_OF,
    }
}

fn counted(counts: &Counts) -> Option<Counted> {
    let one = Counted::new(counts.sheets, counts.inhabitants)?;
    one.rate().map(|_| one)
}
