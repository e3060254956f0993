//! The fuzz targets of the readers and of the query, five minutes each, where a nightly compiler is at
//! hand: built by Cargo with the flags that libFuzzer's coverage needs, without another program.

use super::ground::{Ground, Outcome, told};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How long each is run, seconds; `ATLAAS_FUZZ_SECONDS` makes it shorter.
const SECONDS: u32 = 300;
/// Edges, comparisons and indirect calls are what libFuzzer goes by (SanitizerCoverage of LLVM); checks of
/// overflow and assertions are on.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address -Ccodegen-units=1 \
     -Cdebug-assertions -Coverflow-checks";

/// Every target of every crate that has some.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let mut outcome = Outcome::of("fuzz targets, five minutes each: inputs");
    let nightly = Command::new("cargo")
        .args(["+nightly", "--version"])
        .output();
    if !nightly.is_ok_and(|output| output.status.success()) {
        return Ok(vec![outcome.skipped("no nightly compiler is at hand")]);
    }
    let asked = std::env::var("ATLAAS_FUZZ_SECONDS").ok();
    let seconds = asked.and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    let room = ground.directory("fuzz")?;
    let mut targets = 0;
    for package in packages()? {
        if let Err(error) = build(&package, &room) {
            let name = package.display();
            outcome.lost.push(format!("{name} does not build: {error}"));
            continue;
        }
        for target in targets_of(&package)? {
            targets += 1;
            try_target(&room, &target, seconds, &mut outcome)?;
        }
    }
    outcome.figures = format!("{targets} targets, {seconds} s each");
    Ok(vec![outcome])
}

/// The packages of fuzz targets, one beside each crate that has some.
fn packages() -> io::Result<Vec<PathBuf>> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut found = Vec::new();
    for entry in fs::read_dir(crates)? {
        let package = entry?.path().join("fuzz");
        if package.join("Cargo.toml").exists() {
            found.push(package);
        }
    }
    found.sort();
    Ok(found)
}

fn targets_of(package: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(package.join("fuzz_targets"))? {
        let path = entry?.path();
        names.extend(
            path.file_stem()
                .map(|name| name.to_string_lossy().into_owned()),
        );
    }
    names.sort();
    Ok(names)
}

/// Where the compiler puts what it builds for this kind of machine.
const MACHINE: &str = "x86_64-unknown-linux-gnu";

fn build(package: &Path, room: &Path) -> io::Result<()> {
    let output = Command::new("cargo")
        .args([
            "+nightly",
            "build",
            "--release",
            "--quiet",
            "--target",
            MACHINE,
        ])
        .arg("--manifest-path")
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(room.join("target"))
        .env("RUSTFLAGS", FLAGS)
        .output()?;
    let built = output.status.success();
    built
        .then_some(())
        .ok_or_else(|| io::Error::other(told(&output)))
}

/// Runs one target; what it said of an input that it fell over is the loss.
fn try_target(room: &Path, target: &str, seconds: u32, outcome: &mut Outcome) -> io::Result<()> {
    let corpus = room.join(target);
    fs::create_dir_all(&corpus)?;
    let program = room
        .join("target")
        .join(MACHINE)
        .join("release")
        .join(target);
    let output = Command::new(program)
        .arg(format!("-max_total_time={seconds}"))
        .args(["-seed=20261127", "-print_final_stats=1"])
        .arg(format!("-artifact_prefix={}/", room.display()))
        .arg(&corpus)
        .output()?;
    let said = told(&output);
    let tried = said
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    outcome.times += tried
        .and_then(|n| n.trim().parse::<usize>().ok())
        .unwrap_or(0);
    if !output.status.success() {
        let tail: Vec<&str> = said.lines().rev().take(20).collect();
        outcome.lost.push(format!(
            "{target}: {}",
            tail.into_iter().rev().collect::<Vec<_>>().join(" / ")
        ));
    }
    Ok(())
}
