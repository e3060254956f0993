//! What holds, and how it is known: each trial does to Atlaas what must not hurt it, many times over,
//! and prints one row: *what was tried, how often, what was lost*.
//!
//! `cargo build --profile measure -p atlaas && cargo run --profile measure -p atlaas-benches --bin holds
//! -- SOURCES [trial …]`. Seeded and bounded, on 127.0.0.1 alone, in a directory of its own that is
//! removed at the end. Without names of trials all are run. A loss is a failure: exit code 1.
//!
//! One file a trial in `benches/src/holds/`, one line in [`TRIALS`].

use atlaas_benches::holds::ground::{Ground, Outcome};
use atlaas_benches::holds::{
    damages, fuzz, hostile, kills, memory, mutated, reloads, silent, slow, soak,
};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs};

/// A trial: its name on the command line, and what it does.
type Trial = (&'static str, fn(&Ground) -> io::Result<Vec<Outcome>>);

const TRIALS: [Trial; 10] = [
    ("kills", kills::run),
    ("damages", damages::run),
    ("reloads", reloads::run),
    ("memory", memory::run),
    ("silent", silent::run),
    ("slow", slow::run),
    ("hostile", hostile::run),
    ("mutated", mutated::run),
    ("soak", soak::run),
    ("fuzz", fuzz::run),
];

fn main() -> io::Result<ExitCode> {
    let mut arguments = env::args().skip(1);
    let usage = || io::Error::other("holds SOURCES [trial …]");
    let sources = arguments.next().ok_or_else(usage)?;
    let wanted: Vec<String> = arguments.collect();
    let known = |name: &String| TRIALS.iter().any(|(trial, _)| trial == name);
    if let Some(unknown) = wanted.iter().find(|name| !known(name)) {
        let names = TRIALS.map(|(name, _)| name).join(", ");
        return Err(io::Error::other(format!(
            "no trial {unknown}: choose among {names}"
        )));
    }
    let ground = Ground::new(&fs::canonicalize(Path::new(&sources))?)?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "| what was tried | how often | what was lost | figures | time |"
    )?;
    writeln!(out, "|---|---|---|---|---|")?;
    let mut lost = 0;
    for (name, run) in TRIALS {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        let start = Instant::now();
        let outcomes = run(&ground)?;
        for outcome in outcomes {
            lost += outcome.lost.len();
            writeln!(
                out,
                "{} {:.0} s |",
                outcome.row(),
                start.elapsed().as_secs_f64()
            )?;
            for what in outcome.lost.iter().take(5) {
                writeln!(out, "  lost: {what}")?;
            }
            out.flush()?;
        }
    }
    Ok(ExitCode::from(u8::from(lost > 0)))
}
