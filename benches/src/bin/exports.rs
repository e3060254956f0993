//! Whole exports over a socket: how long, how much memory, and what tiles wait while a hundred run.
//!
//! 1. All initiatives as CSV, in each coding: wall time, processor time, resident memory before, at
//!    the highest, and after.
//! 2. Latency of a prebuilt tile on one connection: alone, then during 100 exports at once. Clients
//!    run in the same process, on the same cores: what is left for the service is less than it looks.
//! 3. With ten places, a hundred exports at once: ten or more are whole, the others are told 503
//!    with Retry-After at once.
//!
//! `cargo run --profile measure -p atlaas-benches --bin exports -- SNAPSHOTS`. Asserts that every
//! export holds every initiative.

use atlaas_engine::Snapshot;
use atlaas_server::{App, AppState, Limits, Site};
use rustix::time::{ClockId, clock_gettime};
use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const EXPORT: &str = "/api/v1/fiches.csv?type=initiative";
const TILE: &str = "/tiles/territoires/6/32/22.mvt";
const AT_ONCE: usize = 100;
const FEW_PLACES: usize = 10;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut out = io::stdout().lock();
    let snapshots = std::env::args()
        .nth(1)
        .ok_or("name a directory of snapshots")?;
    let runtime = Runtime::new()?;
    let (address, app) = serve(&runtime, Path::new(&snapshots), Limits::default())?;
    let initiatives = app.snapshot().manifest().comptes["initiative"];
    for coding in ["identity", "gzip", "br", "zstd"] {
        one(&mut out, address, coding, initiatives)?;
    }
    let alone = latencies(address, || thread::sleep(Duration::from_secs(3)))?;
    writeln!(out, "tile alone:              {}", quantiles(alone))?;
    let start = Instant::now();
    let mut whole = 0;
    reset_highest()?;
    let before = resident("VmRSS")?;
    let crowded = latencies(address, || whole = crowd(address).0)?;
    let took = start.elapsed();
    let rows = quantiles(crowded);
    let (highest, after) = (resident("VmHWM")?, resident("VmRSS")?);
    writeln!(out, "tile in {AT_ONCE} exports:     {rows}")?;
    writeln!(
        out,
        "{AT_ONCE} exports: {whole} whole in {took:.1?}; memory {before} → {highest} → {after} MB"
    )?;
    assert_eq!(whole, AT_ONCE, "there is room for all");
    let limits = Limits {
        exports_at_once: FEW_PLACES,
        ..Limits::default()
    };
    let (address, _) = serve(&runtime, Path::new(&snapshots), limits)?;
    let (whole, refused) = crowd(address);
    writeln!(
        out,
        "{FEW_PLACES} places, {AT_ONCE} exports: {whole} whole, {refused} told 503 with Retry-After"
    )?;
    assert!(whole >= FEW_PLACES && whole + refused == AT_ONCE);
    Ok(())
}

fn serve(runtime: &Runtime, snapshots: &Path, limits: Limits) -> Outcome<(SocketAddr, AppState)> {
    let snapshot = Snapshot::open(snapshots, limits.filter_cache_bytes)?;
    let app = App::new(snapshot, snapshots.to_owned(), Site::default(), limits);
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    runtime.spawn(atlaas_server::serve(listener, Arc::clone(&app)));
    Ok((address, app))
}

/// Head and length of an answer, read in pieces and dropped; lines counted.
fn ask(address: SocketAddr, path: &str, coding: &str) -> io::Result<(String, u64, u64)> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "GET {path} HTTP/1.0\r\nHost: bench.test\r\nAccept-Encoding: {coding}\r\n\r\n"
    )?;
    let (mut head, mut length, mut lines) = (Vec::new(), 0, 0);
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            break;
        }
        if head.is_empty() {
            head.extend_from_slice(&piece[..read.min(2_000)]);
        }
        length += read as u64;
        lines += piece[..read].split(|&byte| byte == b'\n').count() as u64 - 1;
    }
    Ok((String::from_utf8_lossy(&head).into_owned(), length, lines))
}

fn one(out: &mut impl Write, address: SocketAddr, coding: &str, initiatives: u64) -> Outcome<()> {
    reset_highest()?;
    let before = resident("VmRSS")?;
    let (start, worked) = (Instant::now(), processor_time());
    let (head, length, lines) = ask(address, EXPORT, coding)?;
    let (took, worked) = (start.elapsed(), processor_time().saturating_sub(worked));
    assert!(
        head.starts_with("HTTP/1.0 200") || head.starts_with("HTTP/1.1 200"),
        "{head}"
    );
    if coding == "identity" {
        // Texts hold line breaks of their own.
        assert!(lines > initiatives, "{lines} lines");
    } else {
        assert!(
            head.contains(&format!("content-encoding: {coding}")),
            "{head}"
        );
    }
    writeln!(
        out,
        "{initiatives} initiatives, {coding:8}: {:5.2} MB, {:4.0} ms, {:4.0} ms of processor, memory {before} → {} → {} MB",
        length as f64 / 1e6,
        took.as_secs_f64() * 1e3,
        worked.as_secs_f64() * 1e3,
        resident("VmHWM")?,
        resident("VmRSS")?,
    )?;
    Ok(())
}

/// Exports at once: how many were whole, how many refused as they should be.
fn crowd(address: SocketAddr) -> (usize, usize) {
    let clients: Vec<_> = (0..AT_ONCE)
        .map(|_| thread::spawn(move || ask(address, EXPORT, "gzip")))
        .collect();
    let (mut whole, mut refused) = (0, 0);
    for client in clients {
        let Ok(Ok((head, length, _))) = client.join() else {
            continue;
        };
        whole += usize::from(head.contains(" 200 ") && length > 1_000_000);
        refused += usize::from(head.contains(" 503 ") && head.contains("retry-after: "));
    }
    (whole, refused)
}

/// Asks for a tile again and again on one connection while `work` lasts.
fn latencies(address: SocketAddr, work: impl FnOnce()) -> Outcome<Vec<Duration>> {
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    let asking = thread::spawn(move || -> io::Result<Vec<Duration>> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let mut found = Vec::new();
        while !told.load(Ordering::Relaxed) {
            let start = Instant::now();
            write!(
                stream,
                "GET {TILE} HTTP/1.1\r\nHost: bench.test\r\nAccept-Encoding: gzip\r\n\r\n"
            )?;
            read_one(&mut stream)?;
            found.push(start.elapsed());
            thread::sleep(Duration::from_millis(2));
        }
        Ok(found)
    });
    work();
    stop.store(true, Ordering::Relaxed);
    Ok(asking.join().map_err(|_| "the client of tiles failed")??)
}

/// Reads one answer that tells its length.
fn read_one(stream: &mut TcpStream) -> io::Result<()> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        let read = stream.read(&mut piece)?;
        bytes.extend_from_slice(&piece[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length = length.and_then(|length| length.parse::<usize>().ok());
        let length = length.ok_or_else(|| io::Error::other(head.clone()))?;
        if bytes.len() >= end + 4 + length {
            return Ok(());
        }
    }
}

fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    format!(
        "{} asked, p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms",
        times.len(),
        at(0.5),
        at(0.9),
        at(0.99)
    )
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Megabytes that the system tells of this process (Linux).
fn resident(name: &str) -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kib: u64 = line
        .ok_or("not told")?
        .trim()
        .trim_end_matches(" kB")
        .trim()
        .parse()?;
    Ok(kib / 1024)
}

/// The highest resident memory is counted anew from here.
fn reset_highest() -> io::Result<()> {
    std::fs::write("/proc/self/clear_refs", "5")
}
