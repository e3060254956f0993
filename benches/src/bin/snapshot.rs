//! Index, open and ask at full scale: time, memory, sizes.
//!
//! `cargo run --profile measure -p atlaas-benches --bin snapshot -- SOURCES OUT`
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use atlaas_benches::{peak_memory_mb, resident_memory_mb};
use atlaas_engine::{Query, Snapshot};
use std::path::PathBuf;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(sources), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: snapshot SOURCES OUT".into());
    };
    if !out.exists() {
        build(&sources, &out)?;
        println!(
            "peak memory while indexing {} MB; run again to measure serving",
            peak_memory_mb()
        );
        return Ok(());
    }
    let start = Instant::now();
    let snapshot = Snapshot::open(&out, 64 << 20)?;
    println!(
        "opened in {:.0} ms, {} MB resident",
        millis(start),
        resident_memory_mb()
    );
    ask(&snapshot)
}

fn build(
    sources: &std::path::Path,
    out: &std::path::Path,
) -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let step = |name: &str| println!("{:7.0} ms {name}", millis(start));
    let dataset =
        atlaas_ingest::read_sources(sources, &atlaas_ingest::ReadOptions::default(), &step)?;
    println!(
        "{:7.0} ms read, {} remarks",
        millis(start),
        dataset.report.lines.len()
    );
    let built = atlaas_engine::build(dataset, out, &step)?;
    println!(
        "{:7.0} ms snapshot {} {:?}",
        millis(start),
        built.manifest.id,
        built.manifest.comptes
    );
    for (name, entry) in &built.manifest.fichiers {
        println!("{:>12} {name}", entry.octets);
    }
    Ok(())
}

fn ask(snapshot: &Snapshot) -> Result<(), Box<dyn std::error::Error>> {
    let queries = [
        "",
        "médiathèque",
        "fablab près de nantes",
        "éducation martigues",
        "l'hay les roses",
        "wifi public dans le cantal",
    ];
    for text in queries {
        let pairs = [("q".to_owned(), text.to_owned())];
        let pairs = if text.is_empty() { &[][..] } else { &pairs[..] };
        let query = Query::parse(pairs, snapshot.schema(), &[])
            .map_err(|mistakes| format!("{mistakes:?}"))?;
        let mut times = Vec::new();
        let mut matched = 0;
        for _ in 0..200 {
            let start = Instant::now();
            let found = snapshot.answer(&query)?;
            times.push(start.elapsed());
            matched = found.answer.matched;
        }
        times.sort();
        println!(
            "{:>6} µs p50 {:>6} µs p99 {matched:>6} found: {text:?}",
            times[100].as_micros(),
            times[197].as_micros()
        );
        let first = snapshot.answer(&query)?;
        let names: Vec<&str> = first
            .answer
            .hits
            .iter()
            .take(3)
            .map(|hit| snapshot.catalogue().fiche(hit.doc).name.as_str())
            .collect();
        println!("          {names:?}");
    }
    Ok(())
}

fn millis(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
