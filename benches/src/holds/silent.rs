//! Clients that ask and never read: what they make the service hold, and what others feel of it.
//!
//! Each flood comes from many addresses of this machine, so that no bound of one client spares the
//! service; a keep-alive client asks for a prebuilt tile all the while and must get every one.

use super::ground::{Ground, Outcome};
use super::wire::{self, Asking, Speaks};
use crate::http::{Server, percentile};
use std::io;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The most memory of its own that the service may hold, whatever is done to it, megabytes.
const MOST_MB: u64 = 600;
/// What the prebuilt tile may take meanwhile, 99 of 100 times.
const SLOWEST: Duration = Duration::from_millis(20);
/// Longer than an answer may lie unread.
const LONG_ENOUGH: Duration = Duration::from_secs(36);
/// Between two prebuilt tiles of the one who is no enemy.
const PAUSE: Duration = Duration::from_millis(5);

/// A heavy tile that is inflated for whoever takes no gzip, and one that is sent as it lies.
const HEAVY: &str = "/tiles/territoires/5/16/11.mvt";
const OTHERS: &str = "/tiles/territoires/6/32/22.mvt";

/// Lists, and exports in the forms that keep most.
const LIST: &str = "/api/v1/fiches?limit=100";
const CSV: &str = "/api/v1/fiches.csv";
const WORKBOOK: &str = "/api/v1/fiches.xlsx?type=initiative";

/// What is tried, by how many clients, how, on which address, accepting which coding.
type Tried = (
    &'static str,
    usize,
    Speaks,
    &'static str,
    Option<&'static str>,
);

const TRIED: [Tried; 10] = [
    (
        "50 × 100 streams with a window of 0, a tile without gzip",
        50,
        Speaks::Http2(100),
        HEAVY,
        None,
    ),
    (
        "50 × 100 streams with a window of 0, lists",
        50,
        Speaks::Http2(100),
        LIST,
        None,
    ),
    (
        "10,000 silent readers of a tile, HTTP/1.1",
        10_000,
        Speaks::Http1,
        HEAVY,
        None,
    ),
    (
        "10,000 silent readers of exports, HTTP/1.1",
        10_000,
        Speaks::Http1,
        CSV,
        None,
    ),
    (
        "10,000 silent readers of exports in brotli",
        10_000,
        Speaks::Http1,
        CSV,
        Some("br"),
    ),
    (
        "10,000 silent readers of exports in zstd",
        10_000,
        Speaks::Http1,
        CSV,
        Some("zstd"),
    ),
    (
        "10,000 silent readers of workbooks",
        10_000,
        Speaks::Http1,
        WORKBOOK,
        None,
    ),
    (
        "2,000 × 5 streams with a window of 0, exports",
        2_000,
        Speaks::Http2(5),
        CSV,
        None,
    ),
    (
        "10,000 silent readers of a tile, HTTP/2",
        10_000,
        Speaks::Http2(1),
        HEAVY,
        None,
    ),
    (
        "2,000 × 100 streams with a window of 0, a tile",
        2_000,
        Speaks::Http2(100),
        HEAVY,
        None,
    ),
];

/// All floods, one after the other, each on a server of its own.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let snapshots = ground.directory("silent")?;
    ground.index(&ground.sources, &snapshots)?;
    let flood = |(tried, clients, speaks, path, coding): Tried| {
        let asking = Asking {
            speaks,
            path,
            coding,
        };
        let server = ground.serve(&snapshots)?;
        Ok(Flood { clients, asking }.over(&server, tried))
    };
    // One of them alone, by words of its name, while one works on it.
    let only = std::env::var("ATLAAS_FLOOD").unwrap_or_default();
    let chosen = TRIED.into_iter().filter(|tried| tried.0.contains(&only));
    chosen.map(flood).collect()
}

struct Flood {
    clients: usize,
    asking: Asking,
}

/// What the one who is no enemy saw.
#[derive(Default)]
struct Seen {
    times: Vec<Duration>,
    lost: Vec<String>,
}

impl Flood {
    fn over(&self, server: &Server, tried: &str) -> Outcome {
        let mut outcome = Outcome::of(tried);
        let before = server.own_memory_mb();
        let (stop, seen) = (AtomicBool::new(false), Mutex::new(Seen::default()));
        let most = thread::scope(|threads| {
            threads.spawn(|| other(server, &stop, &seen));
            let most = self.hold(server);
            stop.store(true, Ordering::Relaxed);
            most
        });
        thread::sleep(Duration::from_secs(3));
        let after = server.own_memory_mb();
        let mut seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        outcome.times = self.clients;
        outcome.lost.append(&mut seen.lost);
        let slow = percentile(&mut seen.times, 0.99);
        outcome.figures = format!(
            "memory {before} MB before, {most} at most, {after} after; {} prebuilt tiles meanwhile, p99 {:.1} ms",
            seen.times.len(),
            slow.as_secs_f64() * 1e3
        );
        if most > MOST_MB {
            outcome
                .lost
                .push(format!("memory is not bounded: {most} MB"));
        }
        if slow > SLOWEST {
            outcome.lost.push(format!("others wait {slow:?}"));
        }
        outcome
    }

    /// Opens all, holds them until the service must have cut every one; the most memory meanwhile.
    fn hold(&self, server: &Server) -> u64 {
        let mut most = 0;
        let mut held: Vec<TcpStream> = Vec::with_capacity(self.clients);
        for rank in 0..self.clients {
            // Refused when no place is left: that is the service's right.
            held.extend(wire::ask(server.address, wire::address(rank), self.asking));
            if rank % 100 == 0 {
                most = most.max(server.own_memory_mb());
            }
        }
        let end = Instant::now() + LONG_ENOUGH;
        while Instant::now() < end {
            most = most.max(server.own_memory_mb());
            thread::sleep(Duration::from_millis(100));
        }
        most
    }
}

fn other(server: &Server, stop: &AtomicBool, seen: &Mutex<Seen>) {
    let mut line = server.connect();
    while !stop.load(Ordering::Relaxed) {
        let start = Instant::now();
        let status = line.as_mut().map_err(|error| error.to_string());
        let status = status.and_then(|line| line.get(OTHERS).map_err(|error| error.to_string()));
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        match status {
            Ok(reply) if reply.status == 200 => seen.times.push(start.elapsed()),
            Ok(reply) => seen.lost.push(format!("a prebuilt tile: {}", reply.status)),
            Err(error) => {
                seen.lost.push(format!("a prebuilt tile: {error}"));
                line = server.connect();
            }
        }
        drop(seen);
        thread::sleep(PAUSE);
    }
}
