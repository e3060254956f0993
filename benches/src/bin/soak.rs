//! Many different filters at once: memory stays within its bound, what is too much is refused with
//! `Retry-After`, and prebuilt tiles are served all the while.
//!
//! `cargo build --profile measure -p atlaas && cargo run --profile measure -p atlaas-benches --bin
//! soak -- SNAPSHOTS [seconds]`. Filters are drawn by seed; statuses, bounds and refusals are asserted.

use atlaas_benches::http::{Connection, Server, quantiles};
use atlaas_benches::seeded::Seeded;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, thread};

/// Clients that ask for filtered tiles: within what may wait, then beyond it.
const CLIENTS: [u64; 2] = [32, 400];
const SECONDS: u64 = 15;
/// Memory for the clusters of recent filters (the default), and what a search may take beside it, megabytes.
const CACHE_MB: u64 = 64;
const BESIDE_MB: u64 = 96;
const PREBUILT: &str = "/tiles/territoires/9/259/176.mvt";

#[derive(Default)]
struct Counts {
    drawn: AtomicU64,
    empty: AtomicU64,
    refused: AtomicU64,
}

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let snapshots = arguments
        .next()
        .ok_or_else(|| io::Error::other("which directory of snapshots?"))?;
    let seconds = arguments.next().and_then(|text| text.parse().ok());
    let duration = Duration::from_secs(seconds.unwrap_or(SECONDS));
    let settings = [("RUST_LOG", "warn")];
    let server = Arc::new(Server::atlaas(Path::new(&snapshots), &settings)?);
    let mut out = io::stdout().lock();
    let (alone, ..) = probe(&server, Duration::from_secs(3))?;
    writeln!(out, "prebuilt tile, nobody else: {alone}")?;
    let before = server.own_memory_mb();
    writeln!(out, "memory: {before} MB")?;
    for clients in CLIENTS {
        let most = soak(&server, clients, duration, &mut out)?;
        assert!(
            most <= before + CACHE_MB + BESIDE_MB,
            "memory is not bounded"
        );
    }
    Ok(())
}

fn soak(
    server: &Arc<Server>,
    clients: u64,
    duration: Duration,
    out: &mut impl Write,
) -> io::Result<u64> {
    let counts = Arc::new(Counts::default());
    let stop = Arc::new(AtomicBool::new(false));
    let asking: Vec<_> = (0..clients)
        .map(|client| {
            let (server, counts, stop) =
                (Arc::clone(server), Arc::clone(&counts), Arc::clone(&stop));
            thread::spawn(move || ask_on(&server, client, &counts, &stop))
        })
        .collect();
    let (latencies, served, most) = probe(server, duration)?;
    stop.store(true, Ordering::Relaxed);
    for thread in asking {
        thread
            .join()
            .map_err(|_| io::Error::other("a client failed"))??;
    }
    let [drawn, empty, refused] =
        [&counts.drawn, &counts.empty, &counts.refused].map(|count| count.load(Ordering::Relaxed));
    writeln!(
        out,
        "{clients} clients, {duration:?}: {drawn} filtered tiles drawn, {empty} empty, {refused} refused"
    )?;
    writeln!(
        out,
        "  meanwhile {served} prebuilt tiles: {latencies}; {most} MB at most"
    )?;
    assert!(drawn > 0 && served > 0);
    assert_eq!(
        refused > 0,
        clients > 300,
        "refusals begin past the waiting room"
    );
    Ok(most)
}

/// One prebuilt tile after the other, with a rest between; and the most memory that was held.
fn probe(server: &Server, duration: Duration) -> io::Result<(String, usize, u64)> {
    let mut connection = server.connect()?;
    let end = Instant::now() + duration;
    let mut times = Vec::new();
    let mut most = 0;
    while Instant::now() < end {
        let start = Instant::now();
        let reply = connection.get(PREBUILT)?;
        times.push(start.elapsed());
        assert!(reply.status == 200 && !reply.body.is_empty());
        most = most.max(server.own_memory_mb());
        thread::sleep(Duration::from_millis(2));
    }
    Ok((quantiles(&mut times), times.len(), most))
}

fn ask_on(server: &Server, client: u64, counts: &Counts, stop: &AtomicBool) -> io::Result<()> {
    let mut connection: Connection = server.connect()?;
    let mut random = Seeded(client + 1);
    while !stop.load(Ordering::Relaxed) {
        let reply = connection.get(&filtered(&mut random))?;
        match reply.status {
            200 => counts.drawn.fetch_add(1, Ordering::Relaxed),
            204 => counts.empty.fetch_add(1, Ordering::Relaxed),
            503 => {
                assert!(reply.header("retry-after").is_some(), "{}", reply.head);
                counts.refused.fetch_add(1, Ordering::Relaxed)
            }
            other => panic!("{other}: {}", reply.head),
        };
    }
    Ok(())
}

/// A filter that hardly anybody asked for before, and a tile of France.
fn filtered(random: &mut Seeded) -> String {
    let mut below = |end: usize| random.below(end);
    let z = below(15);
    let (east, south) = (
        0.493 + below(1000) as f64 * 3e-5,
        0.340 + below(1000) as f64 * 3e-5,
    );
    let side = (1_u64 << z) as f64;
    let (x, y) = ((east * side) as u64, (south * side) as u64);
    let words = [
        "%C3%A9cole",
        "wifi",
        "jeunes",
        "mairie",
        "num%C3%A9rique",
        "seniors",
        "emploi",
        "de",
    ];
    let word = words[below(words.len())];
    let filter = match below(4) {
        0 => format!("q={word}&annee={}", 2005 + below(20)),
        1 => {
            let (lon, lat) = (
                below(9000) as f64 / 1e3 - 2.0,
                43.0 + below(7000) as f64 / 1e3,
            );
            format!("lat={lat:.3}&lon={lon:.3}&rayon={}", 5 + below(90))
        }
        2 => format!(
            "departement={:02}&arobases={}",
            21 + below(75),
            1 + below(5)
        ),
        _ => format!(
            "q={word}&lat={:.2}&lon=2.35&rayon=80",
            44.0 + below(600) as f64 / 100.0
        ),
    };
    let tileset = ["initiatives", "colieux", "atlaas"][below(3)];
    format!("/tiles/{tileset}/{z}/{x}/{y}.mvt?{filter}")
}
