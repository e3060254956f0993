//! The fuzz targets of the readers and of the query, five minutes each, where a nightly compiler and
//! cargo-fuzz are at hand.

use super::ground::{Ground, Outcome};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

const SECONDS: &str = "-max_total_time=300";
/// Crates that have targets.
const CRATES: [&str; 2] = ["atlaas-ingest", "atlaas-search"];

/// Every target of every crate.
pub fn run(_: &Ground) -> io::Result<Vec<Outcome>> {
    let mut outcome = Outcome::of("fuzz targets, five minutes each");
    let nightly = Command::new("cargo")
        .args(["+nightly", "fuzz", "--version"])
        .output();
    if !nightly.is_ok_and(|output| output.status.success()) {
        return Ok(vec![
            outcome.skipped("no nightly compiler with cargo-fuzz is at hand"),
        ]);
    }
    for name in CRATES {
        let at = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../crates")
            .join(name);
        for entry in fs::read_dir(at.join("fuzz/fuzz_targets"))? {
            let path = entry?.path();
            let target = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let mut command = Command::new("cargo");
            command
                .current_dir(&at)
                .args(["+nightly", "fuzz", "run", &target, "--", SECONDS]);
            let ended = command.output()?;
            outcome.count((!ended.status.success()).then(|| format!("{name}: {target}")));
        }
    }
    Ok(vec![outcome])
}
