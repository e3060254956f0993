//! A tile under a filter, end to end: words understood, documents found, clusters made, tile
//! written; and again with the clusters at hand. Processor time of this thread.
//!
//! `cargo run --profile measure -p atlaas-benches --bin filtered -- SNAPSHOTS [trials]`. Filters and
//! tiles are drawn by seed; symbols of a tile are asserted to be no more than what matches.

use atlaas_benches::filter_mix::{filter, parse, tile};
use atlaas_benches::http::quantiles;
use atlaas_benches::processor_time;
use atlaas_benches::seeded::Seeded;
use atlaas_engine::{Query, Snapshot, TileId, Tileset, decode};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;
use std::{env, hint};

const TRIALS: usize = 3_000;
fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let snapshots = arguments
        .next()
        .ok_or_else(|| io::Error::other("which directory of snapshots?"))?;
    let trials = arguments.next().and_then(|text| text.parse().ok());
    let trials: usize = trials.unwrap_or(TRIALS);
    // Each filter is new: the first tile is cold, the second finds what the first made.
    let snapshot = Snapshot::open(Path::new(&snapshots), 64 << 20).map_err(io::Error::other)?;
    let mut random = Seeded(4);
    let mut cold = Vec::with_capacity(trials);
    let mut warm = Vec::with_capacity(trials);
    let mut drawn = 0;
    for trial in 0..trials {
        let filter = filter(trial, &mut random);
        let query = parse(&snapshot, &filter)?;
        let tile = tile(&snapshot, (trial % 15) as u8, &mut random);
        let bytes = timed(&mut cold, || ask(&snapshot, tile, &query))?;
        let again = timed(&mut warm, || ask(&snapshot, tile, &query))?;
        assert_eq!(bytes, again, "{filter}");
        drawn += usize::from(!bytes.is_empty());
        if trial % 50 == 0 {
            check(&snapshot, &query, bytes, &filter)?;
        }
    }
    let mut out = io::stdout().lock();
    assert!(
        drawn * 5 > trials,
        "most tiles are empty: the filters are too narrow"
    );
    writeln!(
        out,
        "{trials} filters, zooms 0 to 14, {drawn} tiles with something in"
    )?;
    writeln!(out, "  cold: {}", quantiles(&mut cold))?;
    writeln!(out, "  clusters at hand: {}", quantiles(&mut warm))
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let start = processor_time();
    let result = hint::black_box(work())?;
    times.push(processor_time().saturating_sub(start));
    Ok(result)
}

fn ask(snapshot: &Snapshot, tile: TileId, query: &Query) -> io::Result<Vec<u8>> {
    snapshot
        .filtered_tile(Tileset::layer("initiatives"), tile, query)
        .map_err(|error| io::Error::other(error.to_string()))
}

/// No tile counts more than what the whole query matches.
fn check(snapshot: &Snapshot, query: &Query, bytes: Vec<u8>, filter: &str) -> io::Result<()> {
    let (_, docs) = snapshot
        .matching(query)
        .map_err(|error| io::Error::other(error.to_string()))?;
    let symbols: usize = decode(bytes)
        .map_err(|error| io::Error::other(error.to_string()))?
        .iter()
        .map(|layer| layer.features.len())
        .sum();
    // Symbols in the buffer may be more than one tile's, never more than the query's.
    assert!(
        symbols <= docs.len() as usize,
        "{filter}: {symbols} symbols"
    );
    Ok(())
}
