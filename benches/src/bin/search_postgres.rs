//! The same documents and the same queries asked of Atlaas over HTTP and of PostgreSQL full text
//! with PostGIS over a local socket, one after the other in one run: answers a second, latency,
//! processor time. PostgreSQL answers a count, 20 hits and five facets; Atlaas a count, 20 hits with
//! marked passages, twelve facets and what it understood.
//!
//! `cargo build --profile measure -p atlaas && cargo run --profile measure -p atlaas-benches --bin
//! search_postgres -- SNAPSHOTS [SECONDS]`
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use atlaas_benches::{
    http::Server,
    load::{Load, Pace, load, percentile_ms, processor_time},
    postgres::{Asker, Cluster, fill},
    search_mix::{Asked, Source},
};
use atlaas_engine::Snapshot;
use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicI64, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const SEED: u64 = 20_261_122;
const QUERIES: usize = 4_000;
const CONNECTIONS: usize = 4;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let Some(directory) = arguments.next() else {
        return Err("usage: search_postgres SNAPSHOTS [SECONDS]".into());
    };
    let seconds: u64 = arguments.next().map_or(Ok(10), |text| text.parse())?;
    let lasting = Duration::from_secs(seconds);
    let directory = Path::new(&directory);
    let Some(cluster) = Cluster::start()? else {
        println!("skipped: PostgreSQL is not here (Debian: postgresql-15-postgis-3)");
        return Ok(());
    };
    let asked = {
        let snapshot = Snapshot::open(directory, 0)?;
        let start = Instant::now();
        fill(&mut cluster.connect()?, &snapshot)?;
        let count = snapshot.catalogue().len();
        println!(
            "{count} fiches in PostgreSQL after {:.1} s",
            start.elapsed().as_secs_f64()
        );
        Source::new(&snapshot, SEED).queries(QUERIES)
    };
    let peer = ask_postgres(&cluster, &asked, lasting)?;
    let own = ask_atlaas(directory, &asked, lasting)?;
    println!(
        "Atlaas / PostgreSQL: {:.1} times the answers a second",
        own / peer
    );
    Ok(())
}

/// Closed loop over a few connections; answers a second.
fn ask_postgres(cluster: &Cluster, asked: &[Asked], lasting: Duration) -> Result<f64, Failure> {
    let (next, matched) = (AtomicUsize::new(0), AtomicI64::new(0));
    let askers: Vec<Asker> = (0..CONNECTIONS)
        .map(|_| Ok(Asker::new(cluster.connect()?)))
        .collect::<Result<_, Failure>>()?;
    let pid = cluster.pid().unwrap_or_default();
    let (start, before) = (Instant::now(), family_time(pid));
    let client = |mut asker: Asker| {
        let mut latencies = Vec::new();
        while start.elapsed() < lasting {
            let rank = next.fetch_add(1, Ordering::Relaxed) % asked.len();
            let from = Instant::now();
            matched.fetch_add(asker.ask(&asked[rank])?, Ordering::Relaxed);
            latencies.push((from.elapsed().as_micros() as u32, rank));
        }
        // The connection stays open until the processor time is read.
        Ok::<_, Failure>((latencies, asker))
    };
    let ended = thread::scope(|threads| {
        let threads: Vec<_> = askers
            .into_iter()
            .map(|asker| threads.spawn(|| client(asker)))
            .collect();
        let joined = threads.into_iter().map(thread::ScopedJoinHandle::join);
        joined
            .map(|ended| ended.unwrap_or_else(|_| Err("a client panicked".into())))
            .collect::<Result<Vec<_>, Failure>>()
    })?;
    let (elapsed, spent) = (start.elapsed(), family_time(pid).saturating_sub(before));
    let (latencies, _open): (Vec<_>, Vec<_>) = ended.into_iter().unzip();
    let mut latencies: Vec<(u32, usize)> = latencies.into_iter().flatten().collect();
    latencies.sort_unstable();
    if matched.into_inner() == 0 {
        return Err("PostgreSQL finds nothing at all".into());
    }
    Ok(print("PostgreSQL", &latencies, elapsed, spent))
}

fn ask_atlaas(directory: &Path, asked: &[Asked], lasting: Duration) -> Result<f64, Failure> {
    let service = Server::atlaas(directory, &[])?;
    let paths: Vec<String> = asked.iter().map(Asked::path).collect();
    let under = |lasting| {
        let asked = Load {
            server: service.address,
            connections: CONNECTIONS,
            lasting,
            pace: Pace::Closed,
        };
        load(asked, &paths, |_, body| {
            let whole = body.starts_with(b"{\"type\":\"FeatureCollection\"");
            whole.then_some(()).ok_or_else(|| "no collection".into())
        })
    };
    under(lasting / 5)?;
    let before = service.processor_time();
    let outcome = under(lasting)?;
    let spent = service.processor_time().saturating_sub(before);
    Ok(print(
        "Atlaas over HTTP",
        &outcome.latencies,
        outcome.elapsed,
        spent,
    ))
}

fn print(who: &str, latencies: &[(u32, usize)], elapsed: Duration, spent: Duration) -> f64 {
    let per_second = latencies.len() as f64 / elapsed.as_secs_f64();
    println!(
        "{who:>16}: {per_second:6.0}/s  p50 {:6.2} ms  p99 {:7.2} ms  {:6.0} µs CPU each",
        percentile_ms(latencies, 0.5),
        percentile_ms(latencies, 0.99),
        spent.as_secs_f64() * 1e6 / latencies.len().max(1) as f64
    );
    per_second
}

/// Processor time of a process and of its children.
fn family_time(parent: u32) -> Duration {
    let is_child = |pid: u32| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("PPid:"));
        line.and_then(|pid| pid.trim().parse().ok()) == Some(parent)
    };
    let all = fs::read_dir("/proc").into_iter().flatten();
    all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|&pid| pid == parent || is_child(pid))
        .filter_map(processor_time)
        .sum()
}
