//! Reads a source directory, or makes the demonstration data with `--demonstration SEED`, and
//! prints counts, time, samples and the head of the report: for measuring by hand.

use atlaas_ingest::{ReadOptions, demonstration, read_sources};
use atlaas_model::{Action, Kind};
use std::{io::Write as _, path::Path, time::Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    let start = Instant::now();
    let dataset = match first.as_deref() {
        Some("--demonstration") => {
            let seed = arguments.next().and_then(|seed| seed.parse().ok());
            demonstration(seed.unwrap_or(1), &|_| {})?
        }
        dir => {
            let dir = Path::new(dir.unwrap_or("../shared/data"));
            read_sources(dir, &ReadOptions::default(), &|_| {})?
        }
    };
    writeln!(out, "{:.2?}", start.elapsed())?;
    for kind in dataset.schema.kinds() {
        let of_kind = dataset.fiches.iter().filter(|fiche| fiche.kind == kind);
        writeln!(out, "{kind} {}", of_kind.count())?;
    }
    let rings = dataset.outlines.iter().flat_map(|o| &o.polygons).flatten();
    let vertices: usize = rings.map(Vec::len).sum();
    writeln!(
        out,
        "outlines {}, vertices {vertices}",
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
    for kind in [Kind::point("colieu"), Kind::point("initiative")] {
        let some = dataset.fiches.iter().filter(|fiche| fiche.kind == kind);
        for fiche in some.step_by(499) {
            let terms: Vec<_> = fiche.values.iter().collect();
            writeln!(
                out,
                "- {} | {} | {terms:?} {:?}",
                fiche.name,
                fiche.text,
                fiche.year()
            )?;
        }
    }
    for line in dataset.report.lines.iter().take(60) {
        writeln!(out, "{line:?}")?;
    }
    Ok(())
}
