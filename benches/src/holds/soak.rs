//! An hour of mixed traffic: after the first ten minutes memory stays within a tenth, and no answer
//! fails. `ATLAAS_SOAK_MINUTES` makes it shorter; the sixth part of it is then what memory settles in.

use super::ground::{Ground, Outcome};
use crate::http::{Connection, Server};
use crate::seeded::Seeded;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const MINUTES: u64 = 60;
const CLIENTS: u64 = 6;
/// Between two requests of a client: it is memory that is measured, not speed.
const PAUSE: Duration = Duration::from_millis(15);
/// Between two looks at the memory.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Pages of the allocator that come and go, megabytes.
const BREATH_MB: u64 = 8;

/// The traffic.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let asked = std::env::var("ATLAAS_SOAK_MINUTES").ok();
    let minutes = asked
        .and_then(|text| text.parse().ok())
        .unwrap_or(MINUTES)
        .max(1);
    let lasting = Duration::from_secs(60 * minutes);
    let snapshots = ground.directory("soak")?;
    ground.index(&ground.sources, &snapshots)?;
    let server = ground.serve(&snapshots)?;
    let mut outcome = Outcome::of(format!("{minutes} minutes of mixed traffic, answers"));
    let (stop, answered, failed) = (
        AtomicBool::new(false),
        AtomicUsize::new(0),
        Mutex::new(Vec::new()),
    );
    let (settled, most) = thread::scope(|threads| {
        for client in 0..CLIENTS {
            let (server, stop, answered, failed) = (&server, &stop, &answered, &failed);
            threads.spawn(move || ask_on(server, client, stop, answered, failed));
        }
        let memory = watch(&server, lasting);
        stop.store(true, Ordering::Relaxed);
        memory
    });
    outcome.times = answered.into_inner();
    outcome.lost = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcome.figures = format!("memory {settled} MB at most in the first sixth, {most} after it");
    if most > settled + settled / 10 + BREATH_MB {
        outcome
            .lost
            .push(format!("memory grows from {settled} to {most} MB"));
    }
    Ok(vec![outcome])
}

/// The most memory in the first sixth of the time, and after it, megabytes.
fn watch(server: &Server, lasting: Duration) -> (u64, u64) {
    let start = Instant::now();
    let (mut settled, mut most) = (0, 0);
    while start.elapsed() < lasting {
        let now = server.own_memory_mb();
        if start.elapsed() < lasting / 6 {
            settled = settled.max(now);
        } else {
            most = most.max(now);
        }
        thread::sleep(LOOK_EVERY);
    }
    (settled, most)
}

fn path(random: &mut Seeded) -> String {
    let words = [
        "wifi",
        "fablab nantes",
        "ecole",
        "atelier lyon",
        "mairie",
        "seniors bretagne",
    ];
    let word = words[random.below(words.len())].replace(' ', "+");
    let (x, y) = (28 + random.below(8), 19 + random.below(8));
    match random.below(10) {
        0..=3 => format!("/tiles/atlaas/6/{x}/{y}.mvt"),
        4 => format!(
            "/tiles/initiatives/6/{x}/{y}.mvt?q={word}&annee={}",
            2000 + random.below(20)
        ),
        5 => format!("/api/v1/fiches?q={word}&limit={}", 1 + random.below(100)),
        6 => format!("/?q={word}"),
        7 => format!("/search/?q={word}"),
        8 => format!("/api/v1/fiches.csv?q={word}"),
        _ => format!(
            "/reverse/?lon={}&lat={}",
            1 + random.below(5),
            44 + random.below(5)
        ),
    }
}

fn ask_on(
    server: &Server,
    client: u64,
    stop: &AtomicBool,
    answered: &AtomicUsize,
    failed: &Mutex<Vec<String>>,
) {
    let (mut random, mut line): (_, Option<Connection>) = (Seeded(client), None);
    while !stop.load(Ordering::Relaxed) {
        let path = path(&mut random);
        let open = line.take().map_or_else(|| server.connect(), Ok);
        let reply = open.and_then(|mut open| Ok((open.get(&path)?.status, open)));
        answered.fetch_add(1, Ordering::Relaxed);
        thread::sleep(PAUSE);
        let lost = match reply {
            Ok((200 | 204, open)) => {
                line = Some(open);
                continue;
            }
            Ok((status, _)) => format!("{path}: {status}"),
            Err(error) => format!("{path}: {error}"),
        };
        failed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(lost);
    }
}
