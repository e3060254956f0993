//! Two hundred damages of every file of a snapshot: a flipped bit, a cut, a longer file, each at a place
//! drawn by seed.
//!
//! Before it is opened: refused with a sentence that names the file, by what opens and by what verifies,
//! without a panic. After it is opened, in place and of the same length (a mapped file that is cut ends
//! any program): every answer is an answer, and the process lives.

use super::ground::{Ground, Outcome, files, newest};
use crate::http::Connection;
use crate::seeded::Seeded;
use atlaas_engine::Snapshot;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Damages of each file.
const TIMES: usize = 200;

/// Before the opening, then after it.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let snapshots = ground.directory("damages")?;
    ground.index(&ground.sources, &snapshots)?;
    let mut random = Seeded(12);
    let everything = files(&newest(&snapshots)?)?;
    let mut before = Outcome::of(format!(
        "{TIMES} damages of each of {} files, then open and verify",
        everything.len()
    ));
    for path in &everything {
        damage_before(&snapshots, path, &mut random, &mut before)?;
    }
    let after = damage_after(ground, &snapshots, &everything, &mut random)?;
    Ok(vec![before, after])
}

/// A change to the bytes of a file, never none.
fn spoilt(whole: &[u8], random: &mut Seeded) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let place = random.below(bytes.len());
    match random.below(if bytes.is_empty() { 1 } else { 3 }) {
        0 => bytes.push(random.below(256) as u8),
        1 => bytes.truncate(place),
        _ => bytes[place] ^= 1 << random.below(8),
    }
    bytes
}

fn damage_before(
    snapshots: &Path,
    path: &Path,
    random: &mut Seeded,
    outcome: &mut Outcome,
) -> io::Result<()> {
    let whole = fs::read(path)?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for time in 0..TIMES {
        fs::write(path, spoilt(&whole, random))?;
        // By turns, since verifying begins with opening.
        let refused = catch_unwind(AssertUnwindSafe(|| {
            if time % 2 == 0 {
                Snapshot::verify(snapshots).err()
            } else {
                Snapshot::open(snapshots, 0).err()
            }
        }));
        outcome.count(match refused {
            Ok(Some(error)) if error.to_string().contains(&name) => None,
            Ok(Some(error)) => Some(format!("{name} {time} is not named: {error}")),
            Ok(None) => Some(format!("{name} {time}: opened")),
            Err(_) => Some(format!("{name} {time}: a panic")),
        });
    }
    fs::write(path, &whole)
}

/// What is asked for after each damage: something of each file that is read when it is asked for.
const ASKED: [&str; 6] = [
    "/tiles/territoires/6/32/22.mvt",
    "/tiles/atlaas/5/16/11.mvt?type=initiative",
    "/tiles/initiatives/0/0/0.mvt",
    "/api/v1/fiches?q=ecole+numerique",
    "/api/v1/fiches?q=mediateque&limit=5",
    "/api/v1/suggestions?q=nan",
];

fn damage_after(
    ground: &Ground,
    snapshots: &Path,
    everything: &[PathBuf],
    random: &mut Seeded,
) -> io::Result<Outcome> {
    let mut outcome = Outcome::of(format!(
        "{TIMES} flips in place of each of {} files while they are served",
        everything.len()
    ));
    let server = ground.serve(snapshots)?;
    let mut refused = 0;
    for path in everything {
        let whole = fs::read(path)?;
        if whole.is_empty() {
            continue;
        }
        let file = OpenOptions::new().write(true).open(path)?;
        for time in 0..TIMES {
            let place = random.below(whole.len());
            file.write_all_at(&[whole[place] ^ 1 << random.below(8)], place as u64)?;
            let asked = ASKED[time % ASKED.len()];
            // A page may be spared the damage: what counts is that there is an answer.
            match server
                .connect()
                .and_then(|mut line: Connection| line.get(asked))
            {
                Ok(reply) => {
                    refused += usize::from(reply.status >= 500);
                    outcome.count(None);
                }
                Err(error) => outcome.count(Some(format!("{} {time}: {error}", path.display()))),
            }
        }
        file.write_all_at(&whole, 0)?;
    }
    outcome.figures = format!("{refused} answers said it (500)");
    Ok(outcome)
}
