//! Where things happen: the communes that are active, and how much.
//!
//! About 1,700 communes of the 35,000, drawn without repetition (Efraimidis and Spirakis, 2006) by
//! a power of their population below one, so that towns lead and villages are there too.

use super::{cells::VoronoiCell, rng::Rng};
use crate::territories::decoupage::{Commune, Decoupage};
use atlaas_model::{Position, Territory};

/// Communes where there is at least one initiative.
const ACTIVE: usize = 1700;

/// An active commune.
pub(crate) struct Active<'a> {
    pub(crate) commune: &'a Commune,
    pub(crate) centre: Position,
    /// How far from the centre things may be put.
    pub(crate) reach_km: f64,
    /// Share of what happens.
    pub(crate) weight: f64,
}

impl Active<'_> {
    /// Where a fiche in it lies.
    pub(crate) fn territory(&self) -> Territory {
        Territory {
            commune: Some(self.commune.code),
            epci: self.commune.epci,
            departement: self.commune.departement,
            region: self.commune.region,
        }
    }
}

/// Draws the active communes, in the order of their codes. `cells` goes with the communes that have
/// a centre, in their order.
pub(crate) fn draw<'a>(
    division: &'a Decoupage,
    cells: &[VoronoiCell],
    rng: &mut Rng,
) -> Vec<Active<'a>> {
    let placed = division
        .communes
        .iter()
        .filter_map(|commune| Some((commune, commune.centre?)));
    let mut keyed: Vec<(f64, Active<'a>)> = placed
        .zip(cells)
        .map(|((commune, centre), cell)| {
            let people = f64::from(commune.population.unwrap_or(0));
            let key = -rng.unit().max(f64::MIN_POSITIVE).ln() / (people + 100.0).powf(0.75);
            let active = Active {
                commune,
                centre,
                reach_km: (0.25 + 0.006 * people.sqrt())
                    .min(4.0)
                    .min(0.9 * cell.free_km),
                weight: (people + 300.0).powf(0.55) * (0.3 + 1.4 * rng.unit()),
            };
            (key, active)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    keyed.truncate(ACTIVE);
    let mut actives: Vec<Active<'a>> = keyed.into_iter().map(|(_, active)| active).collect();
    actives.sort_by_key(|active| active.commune.code);
    actives
}

/// Deals a total among the active communes by weight, at least `least` each; gives ranks of communes.
pub(crate) fn deal(
    actives: &[Active<'_>],
    total: usize,
    least: usize,
    rng: &mut Rng,
) -> Vec<usize> {
    let mut sums = Vec::with_capacity(actives.len());
    let mut sum = 0.0;
    for active in actives {
        sum += active.weight;
        sums.push(sum);
    }
    let mut ranks: Vec<usize> = (0..actives.len())
        .flat_map(|rank| vec![rank; least])
        .take(total)
        .collect();
    while ranks.len() < total && !actives.is_empty() {
        let at = rng.unit() * sum;
        ranks.push(
            sums.partition_point(|&before| before <= at)
                .min(actives.len() - 1),
        );
    }
    ranks.sort_unstable();
    ranks
}

/// A position in the commune, denser towards its centre, rounded to 1e-6 degrees.
pub(crate) fn scatter(active: &Active<'_>, rng: &mut Rng) -> Position {
    let (distance_km, angle) = (
        active.reach_km * rng.unit(),
        rng.unit() * std::f64::consts::TAU,
    );
    let north = distance_km * angle.sin() / 111.195;
    let east = distance_km * angle.cos() / (111.195 * active.centre.latitude().to_radians().cos());
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Position::new(
        round(active.centre.longitude() + east),
        round(active.centre.latitude() + north),
    )
    .unwrap_or(active.centre)
}
