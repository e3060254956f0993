//! Memory over a hundred reloads: what a server holds after them is at most one and a half times what it
//! held after the first.

use super::ground::{Ground, Outcome, newest};
use super::reloads::{hang_up, point_at, wait_for};
use std::io;

/// Reloads.
const TIMES: usize = 100;
/// What is allowed after them, in hundredths of what one takes.
const ALLOWED_PERCENT: u64 = 150;

/// How long the last reload is given to settle.
const SETTLING: std::time::Duration = std::time::Duration::from_secs(5);

/// One row: resident memory before and after.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let snapshots = ground.directory("memory")?;
    ground.index(&ground.sources, &snapshots)?;
    let first = newest(&snapshots)?;
    ground.index(&ground.changed, &snapshots)?;
    let second = newest(&snapshots)?;
    let server = ground.serve(&snapshots)?;
    let mut outcome = Outcome::of(format!(
        "memory after {TIMES} reloads against that after opening"
    ));
    let opened = server.resident_memory_mb();
    let mut figures = format!("{opened} MB");
    let mut most = 0;
    for time in 0..TIMES {
        let next = if time % 2 == 0 { &first } else { &second };
        point_at(&snapshots, next)?;
        hang_up(&server)?;
        wait_for(&server, next)?;
        let now = server.resident_memory_mb();
        most = most.max(now);
        if [1, 10, 50, TIMES].contains(&(time + 1)) {
            figures += &format!(", {} after {}", now, time + 1);
        }
        outcome.count(None);
    }
    // The snapshot before goes, and what it held goes back, just after the swap.
    std::thread::sleep(SETTLING);
    let end = server.resident_memory_mb();
    figures += &format!(", {end} once settled");
    outcome.figures = format!("{figures}; {most} at most");
    if end * 100 > opened * ALLOWED_PERCENT {
        outcome.lost.push(format!("{end} MB held after {opened}"));
    }
    Ok(vec![outcome])
}
