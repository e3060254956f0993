//! The whole pyramid, zooms 0 to 12, of territories, initiatives and colieux from their files: our
//! engine and tippecanoe on the same polygons and points, one after the other in the same run, each
//! as a process of its own.
//!
//! `cargo run --profile measure -p atlaas-benches --bin pyramid -- SOURCES [ROUNDS]`; tippecanoe is
//! looked for in `PATH`, or is what `TIPPECANOE` names. It runs with its default settings (so without
//! `--no-simplification-of-shared-nodes`) and reads the points as GeoJSON, since its CSV reader stops at
//! texts of several lines. Asserts that every commune is in our tiles at every zoom from 5 on.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use atlaas_benches::{peak_memory_mb, peak_memory_of_mb};
use atlaas_engine::{Tileset, decode};
use atlaas_model::{Fiche, Kind};
use atlaas_spatial::{Archive, gunzip};
use std::collections::BTreeSet;
use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How the process is told that it is the one to be measured.
const OURS: &str = "--ours";
const ROUNDS: usize = 2;
const USAGE: &str = "usage: pyramid SOURCES [ROUNDS]";

fn main() -> Outcome<()> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let [mark, sources, out] = arguments.as_slice()
        && mark == OURS
    {
        return build(Path::new(sources), Path::new(out));
    }
    let sources = PathBuf::from(arguments.first().ok_or(USAGE)?);
    let rounds = arguments
        .get(1)
        .and_then(|rounds| rounds.to_str()?.parse().ok());
    let out = std::env::temp_dir().join(format!("atlaas-pyramid-{}", std::process::id()));
    std::fs::create_dir_all(&out)?;
    let outcome = compare(&sources, &out, rounds.unwrap_or(ROUNDS));
    std::fs::remove_dir_all(&out)?;
    outcome
}

/// What is measured: files read, three archives written.
fn build(sources: &Path, out: &Path) -> Outcome<()> {
    let options = atlaas_ingest::ReadOptions::default();
    let dataset = atlaas_ingest::read_sources(sources, &options, &|_| {})?;
    atlaas_engine::write_tilesets(dataset, out, &|_| {})?;
    println!("{} MB at most", peak_memory_mb());
    Ok(())
}

fn compare(sources: &Path, out: &Path, rounds: usize) -> Outcome<()> {
    let outlined = write_points(sources, out)?;
    let tippecanoe = std::env::var_os("TIPPECANOE").unwrap_or_else(|| "tippecanoe".into());
    let there = Command::new(&tippecanoe)
        .arg("--version")
        .stderr(Stdio::null())
        .status()
        .is_ok();
    if !there {
        println!("skipped: tippecanoe is not in PATH and TIPPECANOE names none; ours alone");
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        ours.push(run_ours(sources, out)?);
        if there {
            theirs.push(run_tippecanoe(&tippecanoe, sources, out)?);
        }
    }
    let best = |runs: &[Cost]| runs.iter().map(|run| run.processor).min();
    if let (Some(ours), Some(theirs)) = (best(&ours), best(&theirs)) {
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("processor time, best of each: ratio {ratio:.3}");
    }
    let archive = Archive::open(&out.join(Tileset::Territoires.archive_file()))?;
    say_sizes(&archive);
    let peer = there
        .then(|| Archive::open(&out.join(peer_file("communes"))))
        .transpose()?;
    for zoom in 5..=12 {
        let found = distinct_communes(&archive, zoom)?;
        let beside = peer
            .as_ref()
            .map(|peer| distinct_communes(peer, zoom))
            .transpose()?;
        let beside = beside.map_or_else(String::new, |n| format!("; tippecanoe {n}"));
        println!("zoom {zoom}: {found} communes with a surface{beside}");
        assert_eq!(found, outlined, "communes at zoom {zoom}");
    }
    Ok(())
}

/// What a process has cost.
#[derive(Clone, Copy)]
struct Cost {
    processor: Duration,
    wall: Duration,
    memory_mb: u64,
}

impl Cost {
    fn say(self, what: &str) {
        println!(
            "{what}: {:.2} s processor, {:.2} s wall, {} MB at most",
            self.processor.as_secs_f64(),
            self.wall.as_secs_f64(),
            self.memory_mb
        );
    }
}

fn run_ours(sources: &Path, out: &Path) -> Outcome<Cost> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(OURS).args([sources, out]);
    let cost = measured(&mut command)?;
    cost.say("ours, three tilesets");
    Ok(cost)
}

fn run_tippecanoe(tippecanoe: &OsStr, sources: &Path, out: &Path) -> Outcome<Cost> {
    let mut sum = Cost {
        processor: Duration::ZERO,
        wall: Duration::ZERO,
        memory_mb: 0,
    };
    let polygons = sources.join("communes.geojson.gz");
    let points = ["initiatives", "colieux"].map(|name| (name, out.join(points_file(name))));
    for (layer, input) in [("communes", polygons)].into_iter().chain(points) {
        let mut command = Command::new(tippecanoe);
        command
            .args(["--quiet", "--force", "-Z0", "-z12", "-l", layer, "-o"])
            .arg(out.join(peer_file(layer)))
            .arg(input);
        let cost = measured(&mut command)?;
        sum.processor += cost.processor;
        sum.wall += cost.wall;
        sum.memory_mb = sum.memory_mb.max(cost.memory_mb);
    }
    sum.say("tippecanoe, three tilesets");
    Ok(sum)
}

fn peer_file(layer: &str) -> String {
    format!("tippecanoe-{layer}.pmtiles")
}

fn points_file(name: &str) -> String {
    format!("{name}.geojson")
}

/// Runs a process to its end.
fn measured(command: &mut Command) -> Outcome<Cost> {
    let (before, start) = (processor_of_children(), Instant::now());
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let mut memory_mb = 0;
    let status = loop {
        memory_mb = memory_mb.max(peak_memory_of_mb(child.id()));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sleep(Duration::from_millis(20));
    };
    if !status.success() {
        return Err(format!("{} failed: {status}", command.get_program().display()).into());
    }
    Ok(Cost {
        processor: processor_of_children().saturating_sub(before),
        wall: start.elapsed(),
        memory_mb,
    })
}

/// User and system time of all processes that ended and were waited for, to a hundredth of a second
/// (`cutime` and `cstime` of Linux).
fn processor_of_children() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(13).take(2);
    let ticks: u64 = ticks.filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Writes the points as GeoJSON for tippecanoe, with fewer properties than ours bear; gives the number
/// of communes that have an outline.
fn write_points(sources: &Path, out: &Path) -> Outcome<usize> {
    let options = atlaas_ingest::ReadOptions::default();
    let dataset = atlaas_ingest::read_sources(sources, &options, &|_| {})?;
    for (name, kind) in [
        ("initiatives", Kind::point("initiative")),
        ("colieux", Kind::point("colieu")),
    ] {
        let points = dataset.fiches.iter().filter(|fiche| fiche.kind == kind);
        let features: Vec<serde_json::Value> = points.filter_map(point).collect();
        let collection = serde_json::json!({ "type": "FeatureCollection", "features": features });
        std::fs::write(
            out.join(points_file(name)),
            serde_json::to_vec(&collection)?,
        )?;
    }
    let outlined: BTreeSet<_> = dataset
        .outlines
        .iter()
        .map(|outline| outline.code)
        .collect();
    Ok(outlined.len())
}

fn point(fiche: &Fiche) -> Option<serde_json::Value> {
    let at = fiche.position?;
    Some(serde_json::json!({
        "type": "Feature",
        "properties": { "id": fiche.id.as_str(), "nom": fiche.name },
        "geometry": { "type": "Point", "coordinates": [at.longitude(), at.latitude()] },
    }))
}

fn distinct_communes(archive: &Archive, zoom: u8) -> Outcome<usize> {
    let mut codes = BTreeSet::new();
    for (tile, bytes) in archive.tiles().filter(|(tile, _)| tile.z() == zoom) {
        let tile = gunzip(bytes, 64 << 20).ok_or_else(|| format!("{tile:?} is not gzip"))?;
        for layer in decode(tile)? {
            let communes = layer
                .features
                .into_iter()
                .filter(|_| layer.name == "communes");
            let surfaces =
                communes.filter(|feature| feature.geometry.value.type_name().ends_with("Polygon"));
            codes.extend(
                surfaces.filter_map(|feature| {
                    Some(feature.properties.get("code")?.as_str()?.to_owned())
                }),
            );
        }
    }
    Ok(codes.len())
}

fn say_sizes(archive: &Archive) {
    let mut sizes: Vec<(usize, _)> = archive
        .tiles()
        .map(|(tile, bytes)| (bytes.len(), tile))
        .collect();
    sizes.sort_unstable();
    let median = sizes[sizes.len() / 2].0;
    let (largest, tile) = sizes[sizes.len() - 1];
    println!(
        "{} tiles of territories, median {median} bytes, largest {largest} ({}/{}/{})",
        sizes.len(),
        tile.z(),
        tile.x(),
        tile.y()
    );
    assert!(largest <= 500_000 && median <= 60_000);
}
