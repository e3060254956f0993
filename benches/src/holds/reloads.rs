//! Reloads under load: two snapshots by turns, a signal each time, while connections ask for tiles,
//! searches and pages. No answer may fail.

use super::ground::{Ground, Outcome, newest};
use crate::http::{Connection, Server};
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Reloads.
const TIMES: usize = 30;
/// Longest wait for one, as whoever watches readiness sees it.
const PATIENCE: Duration = Duration::from_secs(20);

const ASKED: [&str; 5] = [
    "/tiles/territoires/6/32/22.mvt",
    "/tiles/initiatives/5/16/11.mvt?type=initiative",
    "/api/v1/fiches?q=ecole",
    "/",
    "/health/readyz",
];

/// All of them, counted by answers lost.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let snapshots = ground.directory("reloads")?;
    ground.index(&ground.sources, &snapshots)?;
    let first = newest(&snapshots)?;
    ground.index(&ground.changed, &snapshots)?;
    let second = newest(&snapshots)?;
    let server = ground.serve(&snapshots)?;
    let mut outcome = Outcome::of(format!("{TIMES} reloads under load, answers"));
    let (stop, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    let failed = Mutex::new(Vec::new());
    thread::scope(|threads| {
        for asked in ASKED {
            let (server, stop, answered, failed) = (&server, &stop, &answered, &failed);
            threads.spawn(move || ask_on(server, asked, stop, answered, failed));
        }
        let swapped = (0..TIMES).try_for_each(|time| {
            let next = if time % 2 == 0 { &first } else { &second };
            point_at(&snapshots, next)?;
            hang_up(&server)?;
            wait_for(&server, next)
        });
        stop.store(true, Ordering::Relaxed);
        swapped
    })?;
    outcome.times = answered.into_inner();
    outcome.lost = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(vec![outcome])
}

fn ask_on(
    server: &Server,
    asked: &str,
    stop: &AtomicBool,
    answered: &AtomicUsize,
    failed: &Mutex<Vec<String>>,
) {
    let mut line: Option<Connection> = None;
    while !stop.load(Ordering::Relaxed) {
        let reply = match line.take() {
            Some(open) => Ok(open),
            None => server.connect(),
        }
        .and_then(|mut open| {
            let reply = open.get(asked)?;
            Ok((open, reply.status))
        });
        answered.fetch_add(1, Ordering::Relaxed);
        let lost = match reply {
            Ok((open, 200 | 204)) => {
                line = Some(open);
                continue;
            }
            Ok((_, status)) => format!("{asked}: {status}"),
            Err(error) => format!("{asked}: {error}"),
        };
        failed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(lost);
    }
}

/// Makes a snapshot the newest, as an index does.
pub fn point_at(snapshots: &Path, snapshot: &Path) -> io::Result<()> {
    let name = snapshot.file_name().unwrap_or_default().to_string_lossy();
    let fresh = snapshots.join(".actuel");
    std::fs::write(&fresh, format!("{name}\n"))?;
    std::fs::rename(&fresh, snapshots.join("actuel"))
}

/// Has a server reload.
pub fn hang_up(server: &Server) -> io::Result<()> {
    let process = server.process().to_string();
    let status = Command::new("kill").args(["-HUP", &process]).status()?;
    if status.success() {
        return Ok(());
    }
    Err(io::Error::other("the server is not there any more"))
}

/// Waits until a server serves a snapshot.
pub fn wait_for(server: &Server, snapshot: &Path) -> io::Result<()> {
    let name = snapshot.file_name().unwrap_or_default().to_string_lossy();
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        let reply = server.connect()?.send("/health/readyz", "")?;
        let body: serde_json::Value = serde_json::from_slice(&reply.body)?;
        if body["snapshot"]["id"] == *name {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(10));
    }
    Err(io::Error::other(format!("{name} was not opened")))
}
