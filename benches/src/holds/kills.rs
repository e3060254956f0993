//! Kills of `index` at each system call that matters: a tracer ends the program at the first, second,
//! third… rename, removal and sync, until a run comes to its end without one more.
//!
//! After each kill the directory must hold a current snapshot that is whole and opens, and
//! the next `index` must leave nothing behind but two snapshots.

use super::ground::{Ground, Outcome, copy, told};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Calls that change what lies in a directory, or promise that it lies there for good.
const CALLS: [&str; 4] = [
    "rename,renameat,renameat2",
    "unlink,unlinkat,rmdir",
    "fsync",
    "mkdir,mkdirat",
];
/// More kills than an index has calls of one kind: a run that never ends by itself is a fault.
const MOST: usize = 400;

/// Every call of every kind.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let tracer = Command::new("strace").arg("-V").output();
    let traced = tracer.is_ok_and(|output| output.status.success());
    let model = prepared(ground)?;
    let mut outcomes = Vec::new();
    for thread in [Followed::Publisher, Followed::All] {
        for calls in CALLS {
            let outcome = Outcome::of(format!("kill of `index` at each {calls} {}", thread.told()));
            outcomes.push(if traced {
                kill_at_each(ground, &model, (thread, calls), outcome)?
            } else {
                outcome.skipped("no strace")
            });
        }
    }
    Ok(outcomes)
}

/// Whose calls are counted: the tracer counts those of each thread by themselves.
#[derive(Clone, Copy)]
enum Followed {
    /// The thread that makes the workspace, puts the snapshot in place and removes old ones.
    Publisher,
    /// All threads: the first that comes to so many.
    All,
}

impl Followed {
    const fn told(self) -> &'static str {
        match self {
            Self::Publisher => "of the thread that publishes",
            Self::All => "of any thread",
        }
    }

    const fn options(self) -> &'static [&'static str] {
        match self {
            Self::Publisher => &["-qq", "-o", "/dev/null"],
            Self::All => &["-f", "-qq", "-o", "/dev/null"],
        }
    }
}

/// A directory with two snapshots, so that the next index builds one and removes one.
fn prepared(ground: &Ground) -> io::Result<PathBuf> {
    let model = ground.directory("kills-model")?;
    ground.index(&ground.changed, &model)?;
    ground.index(&ground.changed_again, &model)?;
    Ok(model)
}

fn kill_at_each(
    ground: &Ground,
    model: &Path,
    (thread, calls): (Followed, &str),
    mut outcome: Outcome,
) -> io::Result<Outcome> {
    for rank in 1..=MOST {
        let snapshots = ground.directory("kills")?;
        copy(model, &snapshots)?;
        let status = Command::new("strace")
            .args(thread.options())
            .arg("-e")
            .arg(format!("trace={calls}"))
            .arg("-e")
            .arg(format!("inject={calls}:signal=KILL:when={rank}"))
            .arg(ground.program())
            .args(["--quiet", "index", "--sources"])
            .arg(&ground.sources)
            .arg("--out")
            .arg(&snapshots)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if status.success() {
            return Ok(outcome);
        }
        let lost = after(ground, &snapshots)?;
        outcome.count(lost.map(|what| format!("{calls} {rank}: {what}")));
    }
    Err(io::Error::other(format!("{calls}: still killed at {MOST}")))
}

/// What a kill cost, if anything.
fn after(ground: &Ground, snapshots: &Path) -> io::Result<Option<String>> {
    let verified = ground.verify(snapshots)?;
    if !verified.status.success() {
        return Ok(Some(format!("verify: {}", told(&verified))));
    }
    if let Err(error) = ground.index(&ground.sources, snapshots) {
        return Ok(Some(format!("the next index: {error}")));
    }
    let mut names: Vec<String> = fs::read_dir(snapshots)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<_>>()?;
    names.retain(|name| ![".verrou", "actuel", "journal.txt"].contains(&name.as_str()));
    if let Some(damage) = atlaas_engine::journal_damage(snapshots) {
        return Ok(Some(damage));
    }
    let verified = ground.verify(snapshots)?;
    if names.len() != 2 || !verified.status.success() {
        return Ok(Some(format!("left {names:?} {}", told(&verified))));
    }
    Ok(None)
}
