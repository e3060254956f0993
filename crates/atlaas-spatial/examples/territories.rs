//! Asks a file of territories for places and for tiles drawn on the spot, and tells what they cost:
//! `cargo run --profile measure -p atlaas-spatial --example territories -- territoires.bin`.
//!
//! Places and tiles are seeded; times are of the wall clock, on one thread.

use atlaas_model::{Level, Position};
use atlaas_spatial::{Territories, TileId, mercator::project};
use std::{error::Error, path::Path, time::Duration, time::Instant};

const PLACES: usize = 20_000;
const TILES: usize = 400;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: territories territoires.bin")?;
    let start = Instant::now();
    let territories = Territories::open(Path::new(&path))?;
    say(&format!(
        "{} territories opened in {:?}",
        territories.len(),
        start.elapsed()
    ));
    let labels: Vec<Position> = territories
        .attributes()
        .filter(|attributes| attributes.kind == Level::Commune)
        .filter(|attributes| territories.has_outline(Level::Commune, attributes.code))
        .filter_map(|attributes| territories.label_position(Level::Commune, attributes.code))
        .collect();
    let mut dice = Dice(3);
    let mut found = 0;
    let times = (0..PLACES).map(|_| {
        let near = labels[dice.below(labels.len())];
        let (longitude, latitude) = (
            near.longitude() + dice.spread(),
            near.latitude() + dice.spread(),
        );
        let place = Position::new(longitude, latitude).unwrap_or(near);
        let start = Instant::now();
        found += usize::from(territories.locate(place).is_some());
        start.elapsed()
    });
    report("locate", times.collect());
    assert!(found > PLACES / 2, "{found} places found");
    for zoom in [13, 14] {
        let times = (0..TILES).map(|_| {
            let point = project(labels[dice.below(labels.len())]);
            let side = f64::from(1_u32 << zoom);
            let (x, y) = ((point.x * side) as u32, (point.y * side) as u32);
            let start = Instant::now();
            let tile = TileId::new(zoom, x, y).map(|tile| territories.tile(tile));
            let took = start.elapsed();
            assert!(tile.is_ok_and(|bytes| !bytes.is_empty()));
            took
        });
        report(&format!("tile of zoom {zoom}"), times.collect());
    }
    Ok(())
}

/// A linear congruential generator (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }

    /// Up to 5 km either way, in degrees.
    fn spread(&mut self) -> f64 {
        (self.below(1000) as f64 - 500.0) / 1e4
    }
}

#[expect(clippy::print_stdout, reason = "an example talks to the terminal")]
fn say(line: &str) {
    println!("{line}");
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    say(&format!(
        "{what}: p50 {:?}, p90 {:?}, p99 {:?}, worst {:?}",
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    ));
}
