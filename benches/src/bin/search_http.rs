//! Searches and suggestions over HTTP: answers a second, latency at half load, processor time.
//!
//! `cargo build --profile measure -p atlaas && cargo run --profile measure -p atlaas-benches --bin
//! search_http -- SNAPSHOTS [SECONDS]`. The generator shares the machine with the server.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use atlaas_benches::{
    http::Server,
    load::{Load, Outcome, Pace, load, percentile_ms},
    search_mix::{Asked, Source, address},
};
use atlaas_engine::Snapshot;
use std::{collections::BTreeSet, path::Path, time::Duration};

const SEED: u64 = 20_261_122;
/// Different queries; they come round again after this many.
const QUERIES: usize = 20_000;
/// Connections for the most answers, and for latency at half of them.
const CONNECTIONS: usize = 8;
/// Half of the answers a second that a service of this size must give.
const HALF_ASKED: f64 = 1_500.0;
/// Hits of a page.
const PAGE: u64 = 20;

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let Some(directory) = arguments.next() else {
        return Err("usage: search_http SNAPSHOTS [SECONDS]".into());
    };
    let seconds = arguments.next().map_or(Ok(10), |text| text.parse());
    let lasting = Duration::from_secs(seconds.map_err(|_| "seconds as a number")?);
    let directory = Path::new(&directory);
    let (asked, typed) = {
        let snapshot = Snapshot::open(directory, 0).map_err(|error| error.to_string())?;
        println!("{} fiches", snapshot.catalogue().len());
        let mut source = Source::new(&snapshot, SEED);
        (source.queries(QUERIES), source.beginnings(QUERIES))
    };
    let service = Server::atlaas(directory, &[]).map_err(|error| error.to_string())?;
    let families: Vec<&str> = asked.iter().map(|asked| asked.family).collect();
    let paths: Vec<String> = asked.iter().map(Asked::path).collect();
    run(
        "searches",
        &service,
        &paths,
        lasting,
        (&families, check_page),
    )?;
    let paths: Vec<String> = typed
        .into_iter()
        .map(|text| address("/api/v1/suggestions", &[("q", text)]))
        .collect();
    run(
        "suggestions",
        &service,
        &paths,
        lasting,
        (&[], check_suggestions),
    )
}

type Check = fn(&[u8]) -> Result<(), String>;

/// Warm up, most answers a second, then latency at half of that.
fn run(
    what: &str,
    service: &Server,
    paths: &[String],
    lasting: Duration,
    (families, check): (&[&str], Check),
) -> Result<(), String> {
    let under = |pace, lasting| {
        let asked = Load {
            server: service.address,
            connections: CONNECTIONS,
            lasting,
            pace,
        };
        let before = service.processor_time();
        let outcome = load(asked, paths, |_, body| check(body))?;
        let spent = service.processor_time().saturating_sub(before);
        let each = spent.as_secs_f64() * 1e6 / outcome.latencies.len() as f64;
        Ok::<_, String>((outcome, each))
    };
    under(Pace::Closed, lasting / 5)?;
    let (most, spent) = under(Pace::Closed, lasting)?;
    print(&format!("{what}, closed loop"), &most, spent);
    let (half, spent) = under(Pace::Open(most.per_second() / 2.0), lasting)?;
    print(&format!("{what}, half load"), &half, spent);
    let (asked, spent) = under(Pace::Open(HALF_ASKED), lasting)?;
    print(&format!("{what}, {HALF_ASKED}/s"), &asked, spent);
    for family in families.iter().copied().collect::<BTreeSet<_>>() {
        let own = half.of(|rank| families[rank] == family);
        println!(
            "    {family:>14}: n {:6}  p50 {:6.2} ms  p99 {:6.2} ms",
            own.len(),
            percentile_ms(&own, 0.5),
            percentile_ms(&own, 0.99)
        );
    }
    Ok(())
}

fn print(title: &str, outcome: &Outcome, spent_us: f64) {
    let answers = outcome.latencies.len() as u64;
    println!(
        "{title}: {:.0}/s  p50 {:.2}  p90 {:.2}  p99 {:.2}  p99.9 {:.2} ms  server {spent_us:.0} µs \
         CPU each  bodies {} bytes",
        outcome.per_second(),
        outcome.percentile_ms(0.5),
        outcome.percentile_ms(0.9),
        outcome.percentile_ms(0.99),
        outcome.percentile_ms(0.999),
        outcome.bytes / answers.max(1),
    );
}

/// A page holds the hits it should, and facets.
fn check_page(body: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
    let number = |name: &str| -> Option<u64> {
        let value = text.split_once(name)?.1;
        let end = value.find(|digit: char| !digit.is_ascii_digit())?;
        value[..end].parse().ok()
    };
    let matched = number("\"numberMatched\":").ok_or("no numberMatched")?;
    let returned = number("\"numberReturned\":").ok_or("no numberReturned")?;
    if returned != matched.min(PAGE) {
        return Err(format!("{returned} hits of {matched}"));
    }
    if !text.contains("\"facettes\":[{") {
        return Err("no facets".into());
    }
    Ok(())
}

fn check_suggestions(body: &[u8]) -> Result<(), String> {
    let found = body.starts_with(b"{") && body.windows(13).any(|part| part == b"\"territoires\"");
    found.then_some(()).ok_or_else(|| "no groups".into())
}
