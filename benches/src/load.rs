//! A load generator for one HTTP/1.1 server on this machine: keep-alive connections, one thread
//! each, blocking sockets. It spends little, since it shares the cores with what it measures.

use std::{
    fs, io,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How requests are let go.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// Each connection asks again as soon as it is answered: what the server can do at most.
    Closed,
    /// So many requests a second, whatever the answers take. A request that finds no connection
    /// free counts from the moment it was due.
    Open(f64),
}

/// What to load.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Where the server listens.
    pub server: SocketAddr,
    /// Connections, each with its thread.
    pub connections: usize,
    /// How long.
    pub lasting: Duration,
    /// How fast.
    pub pace: Pace,
}

/// What came of a load.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Microseconds of each answer with the rank of its request, ascending.
    pub latencies: Vec<(u32, usize)>,
    /// Bytes of all bodies.
    pub bytes: u64,
    /// How long it lasted.
    pub elapsed: Duration,
}

impl Outcome {
    /// Answers a second.
    pub fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// The latency in milliseconds that this share of the answers does not exceed.
    pub fn percentile_ms(&self, share: f64) -> f64 {
        percentile_ms(&self.latencies, share)
    }

    /// Latencies of the requests of which `which(rank)` holds.
    pub fn of(&self, which: impl Fn(usize) -> bool) -> Vec<(u32, usize)> {
        let wanted = self.latencies.iter().filter(|(_, rank)| which(*rank));
        wanted.copied().collect()
    }
}

/// The latency in milliseconds that this share of ascending latencies does not exceed.
pub fn percentile_ms(latencies: &[(u32, usize)], share: f64) -> f64 {
    let rank = (latencies.len().saturating_sub(1)) as f64 * share;
    let us = latencies.get(rank as usize).map_or(0, |(us, _)| *us);
    f64::from(us) / 1000.0
}

/// Asks for the paths in turn, over and over; `check` judges each body and says what is wrong.
pub fn load(
    load: Load,
    paths: &[String],
    check: impl Fn(usize, &[u8]) -> Result<(), String> + Sync,
) -> Result<Outcome, String> {
    let next = AtomicUsize::new(0);
    let outcome = Mutex::new(Outcome::default());
    let start = Instant::now();
    let client = || {
        let mut connection = Connection::open(load.server).map_err(|error| error.to_string())?;
        let (mut latencies, mut bytes) = (Vec::new(), 0);
        while start.elapsed() < load.lasting {
            let turn = next.fetch_add(1, Ordering::Relaxed);
            let rank = turn % paths.len();
            let from = wait(load.pace, start, turn);
            let body = connection.get(&paths[rank])?;
            latencies.push((from.elapsed().as_micros() as u32, rank));
            bytes += body.len() as u64;
            check(rank, body).map_err(|wrong| format!("{}: {wrong}", paths[rank]))?;
        }
        let mut all = outcome.lock().unwrap_or_else(PoisonError::into_inner);
        all.latencies.extend(latencies);
        all.bytes += bytes;
        Ok(())
    };
    thread::scope(|threads| {
        let clients: Vec<_> = (0..load.connections)
            .map(|_| threads.spawn(client))
            .collect();
        let joined = clients.into_iter().map(thread::ScopedJoinHandle::join);
        joined
            .map(|ended| ended.unwrap_or_else(|_| Err("a client panicked".into())))
            .collect::<Result<Vec<()>, String>>()
    })?;
    let mut outcome = outcome.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcome.elapsed = start.elapsed();
    outcome.latencies.sort_unstable();
    Ok(outcome)
}

/// Waits until a request is due; the moment from which its answer is timed.
fn wait(pace: Pace, start: Instant, turn: usize) -> Instant {
    let Pace::Open(per_second) = pace else {
        return Instant::now();
    };
    let due = start + Duration::from_secs_f64(turn as f64 / per_second);
    let now = Instant::now();
    if due <= now {
        return due;
    }
    thread::sleep(due - now);
    // What the timer is late by is the generator's.
    Instant::now()
}

/// A keep-alive connection.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(server: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(server)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let buffer = vec![0; 1 << 20];
        Ok(Self { stream, buffer })
    }

    /// The body of a `200`.
    fn get(&mut self, path: &str) -> Result<&[u8], String> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        let failed = |error: io::Error| format!("{path}: {error}");
        self.stream.write_all(request.as_bytes()).map_err(failed)?;
        let (mut filled, mut head) = (0, None);
        loop {
            if let Some((from, length)) = head
                && filled >= from + length
            {
                return Ok(&self.buffer[from..from + length]);
            }
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
            match self.stream.read(&mut self.buffer[filled..]) {
                Ok(0) => return Err(format!("{path}: the connection was closed")),
                Ok(read) => filled += read,
                Err(error) => return Err(failed(error)),
            }
            if head.is_none() {
                head =
                    read_head(&self.buffer[..filled]).map_err(|head| format!("{path}: {head}"))?;
            }
        }
    }
}

/// Where the body begins and how long it is, once the head is whole; what it says unless `200`.
fn read_head(bytes: &[u8]) -> Result<Option<(usize, usize)>, String> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = String::from_utf8_lossy(&bytes[..end]);
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(head.into_owned());
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse().ok())?
    });
    let length = length.ok_or("an answer without content-length")?;
    Ok(Some((end + 4, length)))
}

/// Processor time of a process since it began, user and system (`/proc/PID/stat` of Linux).
pub fn processor_time(pid: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold spaces; fields are counted behind it.
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    // Linux counts in hundredths of a second for every program.
    Some(Duration::from_millis(ticks * 10))
}
