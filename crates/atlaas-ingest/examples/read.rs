//! Reads a source directory, or makes the demonstration data with `--demonstration SEED`, and
//! prints counts, time and the head of the report: for measuring by hand.

use atlaas_ingest::{ReadOptions, read_sources};
use atlaas_model::{Action, Kind};
use std::{io::Write as _, path::Path, time::Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let dir = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "../shared/data".to_owned());
    let start = Instant::now();
    let dataset = read_sources(Path::new(&dir), &ReadOptions::default(), &|_| {})?;
    writeln!(out, "{:.2?}", start.elapsed())?;
    for kind in Kind::ALL {
        let count = dataset
            .fiches
            .iter()
            .filter(|fiche| fiche.kind == kind)
            .count();
        writeln!(out, "{kind} {count}")?;
    }
    let vertices: usize = dataset
        .outlines
        .iter()
        .flat_map(|o| &o.polygons)
        .flatten()
        .map(Vec::len)
        .sum();
    writeln!(
        out,
        "outlines {} with {vertices} vertices",
        dataset.outlines.len()
    )?;
    for action in [
        Action::Refuse,
        Action::Repare,
        Action::Ignore,
        Action::Garde,
    ] {
        writeln!(out, "{action:?} {}", dataset.report.count(action))?;
    }
    for line in dataset.report.lines.iter().take(60) {
        writeln!(out, "{line:?}")?;
    }
    Ok(())
}
