//! The demonstration dataset: facts from the embedded gazetteer, everything else made up.
//!
//! 1. The gazetteer gives communes, EPCI, départements and régions as they are.
//! 2. Indicative territories are drawn around the centres.
//! 3. Active communes are drawn, then labels, colieux and initiatives within them.
//!
//! The same seed gives the same dataset, on any machine: the random numbers are SplitMix64, and each
//! subject has its own stream.

mod activity;
mod cells;
mod colieux;
mod french;
mod gazetteer;
mod grammar;
mod initiatives;
mod labels;
mod patterns;
mod rng;

use crate::{
    IngestError,
    territories::decoupage::{Commune, Decoupage},
    territories::resolver::Resolver,
    territories::territory_fiches,
    values::terms::Terms,
};
use atlaas_model::{Code, ContextTable, Dataset, Origin, Outline, Position, Report, Schema};
use cells::VoronoiCell;
use rng::Rng;
use std::collections::BTreeMap;

pub(crate) use gazetteer::read as gazetteer;

/// Radius of an indicative territory, in degrees of longitude: 7 km at 46.5° north.
const RADIUS: f64 = 0.0915;

/// Makes the demonstration dataset of a seed; `progress` hears what is being made, in French.
///
/// # Errors
/// Only when the data compiled into the program is damaged.
pub fn demonstration(seed: u64, progress: &dyn Fn(&str)) -> Result<Dataset, IngestError> {
    progress("lecture du répertoire des communes");
    let division = gazetteer::read()?;
    let resolver = Resolver::new(&division);
    progress("dessin de territoires indicatifs");
    let (outlines, cells) = territories(&division);
    let mut fiches = territory_fiches::fiches(&division, &resolver, &outlines);
    progress("invention des colieux et des initiatives de démonstration");
    let actives = activity::draw(&division, &cells, &mut Rng::new(seed, 1));
    let epcis: Vec<Code> = division.epcis.iter().map(|epci| epci.code).collect();
    let mut labels = labels::make(&actives, &epcis, &mut Rng::new(seed, 2));
    for fiche in &mut fiches {
        // Codes of communes and of EPCI never meet: five characters and nine.
        let labelled = fiche.code.filter(|code| code.as_str().len() >= 5);
        fiche.labels = labelled
            .and_then(|code| labels.remove(&code))
            .unwrap_or_default();
    }
    fiches.extend(colieux::make(
        &patterns::colieux()?,
        &actives,
        &mut Rng::new(seed, 3),
    ));
    fiches.extend(initiatives::make(
        &patterns::initiatives()?,
        &actives,
        &mut Rng::new(seed, 4),
    ));
    let mut dataset = Dataset {
        fiches,
        outlines,
        schema: Schema::shipped(Terms::new()?.into_vocabulary()),
        context: ContextTable::default(),
        origin: Origin::Demonstration { graine: seed },
        report: Report::default(),
    };
    dataset.sort();
    Ok(dataset)
}

/// The outline of every commune that has a centre, and its cell, in the order of the communes.
/// Each overseas département is drawn by itself.
fn territories(division: &Decoupage) -> (Vec<Outline>, Vec<VoronoiCell>) {
    let placed: Vec<(&Commune, Position)> = division
        .communes
        .iter()
        .filter_map(|commune| Some((commune, commune.centre?)))
        .collect();
    let mut groups: BTreeMap<Option<Code>, Vec<usize>> = BTreeMap::new();
    for (rank, (commune, _)) in placed.iter().enumerate() {
        let overseas = commune.departement.filter(|code| code.as_str().len() > 2);
        groups.entry(overseas).or_default().push(rank);
    }
    let mut cells: Vec<Option<VoronoiCell>> = vec![None; placed.len()];
    for ranks in groups.values() {
        let centres: Vec<Position> = ranks.iter().map(|&rank| placed[rank].1).collect();
        for (&rank, cell) in ranks.iter().zip(cells::cells(&centres, RADIUS)) {
            cells[rank] = Some(cell);
        }
    }
    let cells: Vec<VoronoiCell> = cells.into_iter().map(Option::unwrap_or_default).collect();
    let outlines = placed
        .iter()
        .zip(&cells)
        .filter(|(_, cell)| !cell.ring.is_empty())
        .map(|((commune, _), cell)| Outline {
            code: commune.code,
            polygons: vec![vec![cell.ring.clone()]],
        })
        .collect();
    (outlines, cells)
}
