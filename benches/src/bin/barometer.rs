//! Tables of the barometer: every pair of dimensions over all France, and what each takes.
//!
//! `cargo run --profile measure -p atlaas-benches --bin barometer -- SNAPSHOTS`. Each figure is asserted, and
//! so is that cells of two dimensions that bear one value each add up to the total.

use atlaas_benches::http::{percentile, quantiles};
use atlaas_benches::processor_time;
use atlaas_engine::{Barometer, BarometerAsk, MOST_CELLS, Query, QueryError, Snapshot};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;
use std::{env, hint};

/// Longest a table may take, but for one in a hundred.
const ASKED: Duration = Duration::from_millis(20);
/// Cells of a table that somebody reads; of a larger one the intervals, one a cell, take most of the time.
const READABLE: usize = 2_000;
/// How often each table is made.
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let snapshots = env::args().nth(1);
    let snapshots = snapshots.ok_or_else(|| io::Error::other("which directory of snapshots?"))?;
    let snapshot = Snapshot::open(Path::new(&snapshots), 1 << 20).map_err(io::Error::other)?;
    let names = snapshot.dimensions();
    let mut out = io::stdout().lock();
    let start = processor_time();
    hint::black_box(snapshot.communes().count());
    let once = processor_time().saturating_sub(start);
    writeln!(out, "what is known of the communes, once: {once:?}")?;
    let (mut times, mut large) = (Vec::new(), Vec::new());
    let (mut slowest, mut refused, mut largest) = ((Duration::ZERO, String::new()), 0, 0);
    for (rank, one) in names.iter().enumerate() {
        for two in &names[rank + 1..] {
            let ask = BarometerAsk {
                query: Query::default(),
                by: vec![one.clone(), two.clone()],
                of_all: false,
                standardised: false,
            };
            for _ in 0..ROUNDS {
                let start = processor_time();
                let found = hint::black_box(snapshot.barometer(&ask));
                let took = processor_time().saturating_sub(start);
                let found = match found {
                    Ok(found) => found,
                    Err(QueryError::Parameters(_)) => {
                        refused += 1;
                        break;
                    }
                    Err(error) => return Err(io::Error::other(error.to_string())),
                };
                largest = largest.max(found.cells.len());
                check_sum(&found);
                if took > slowest.0 {
                    slowest = (took, format!("{one} × {two}"));
                }
                if found.cells.len() > READABLE {
                    large.push(took);
                } else {
                    times.push(took);
                }
            }
        }
    }
    writeln!(
        out,
        "{} tables of at most {READABLE} cells: {}",
        times.len() / ROUNDS,
        quantiles(&mut times)
    )?;
    writeln!(
        out,
        "{} of more, the largest of {largest}: {}; slowest {}; {refused} of more than {MOST_CELLS} refused",
        large.len() / ROUNDS,
        quantiles(&mut large),
        slowest.1
    )?;
    assert!(percentile(&mut times, 0.99) <= ASKED);
    Ok(())
}

/// Where each object has one value of each dimension, cells add up to the total.
fn check_sum(found: &Barometer) {
    let single = found.dimensions.iter().all(|one| !one.several);
    let sum: u32 = found.cells.iter().map(|cell| cell.counts.sheets).sum();
    if single && found.without.iter().all(|without| *without == 0) {
        assert_eq!(sum, found.total.counts.sheets);
    }
}
