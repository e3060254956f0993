//! Source files with bytes changed, cut, doubled: `atlaas check` tells what is wrong with each, and never
//! panics, hangs or grows without bound.

use super::ground::{Ground, Outcome};
use crate::seeded::Seeded;
use std::fs;
use std::io;
use std::time::{Duration, Instant};

/// Mutated files.
const TIMES: usize = 900;
/// The longest that one file may take.
const LONGEST: Duration = Duration::from_secs(60);
/// Larger files are cut to so many bytes first.
const MOST_BYTES: usize = 256 << 10;
const FILES: [&str; 5] = [
    "colieux.csv",
    "initiatives.csv",
    "labels.csv",
    "centres.csv",
    "communes.geojson",
];

/// Every file in turn, each time changed otherwise.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let room = ground.directory("mutated")?;
    let mut outcome = Outcome::of("mutated files checked");
    let mut random = Seeded(18);
    let known: Vec<_> = FILES
        .iter()
        .filter(|name| ground.sources.join(name).exists())
        .collect();
    if known.is_empty() {
        return Ok(vec![
            outcome.skipped("the sources hold none of the files to mutate"),
        ]);
    }
    for rank in 0..TIMES {
        let name = known[rank % known.len()];
        let mut bytes = fs::read(ground.sources.join(name))?;
        bytes.truncate(MOST_BYTES);
        mutate(&mut bytes, &mut random);
        let path = room.join(name);
        fs::write(&path, &bytes)?;
        let start = Instant::now();
        let output = ground.atlaas().arg("check").arg(&path).output()?;
        let took = start.elapsed();
        let sound = matches!(output.status.code(), Some(0..=2)) && took < LONGEST;
        outcome.count(
            (!sound).then(|| format!("{name}, the {rank}th: {} after {took:?}", output.status)),
        );
    }
    Ok(vec![outcome])
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Seeded) {
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len());
        match random.below(5) {
            0 => bytes.truncate(at),
            1 => {
                let end = (at + random.below(200)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            2 => {
                let end = (at + random.below(200)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let nasty = b"\"\n;,\t\0\xff\xc3{[\\";
                bytes.insert(at.min(bytes.len()), nasty[random.below(nasty.len())]);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random.below(256) as u8;
                }
            }
        }
    }
}
