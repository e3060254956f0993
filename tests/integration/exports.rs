//! Archives that leave the program are read by programs that are not ours: npm's and PyPI's `pmtiles`
//! with the decoders of Mapbox, SQLite's own shell and GDAL for MBTiles. Each counts what our own
//! decoder counts. What is not installed is skipped, aloud.

use crate::demonstration;
use atlaas_engine::{Snapshot, TileId, Tileset, decode};
use atlaas_spatial::gunzip;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Features by layer, by address.
type Counts = BTreeMap<String, BTreeMap<String, usize>>;

fn snapshot() -> Snapshot {
    Snapshot::open(demonstration::directory(), 1 << 20).unwrap()
}

/// Some tiles of every zoom, as our decoder counts them.
fn counted(snapshot: &Snapshot) -> Counts {
    let archive = snapshot.archive(Tileset::Territoires).unwrap();
    let mut counts = Counts::new();
    for zoom in 0..=12 {
        let of_zoom = archive.tiles().filter(|(tile, _)| tile.z() == zoom);
        let mut largest: Vec<(TileId, &[u8])> = of_zoom.collect();
        largest.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.len()));
        for (tile, bytes) in largest.into_iter().take(3) {
            let layers = decode(gunzip(bytes, 64 << 20).unwrap()).unwrap();
            let features = layers.into_iter().map(|l| (l.name, l.features.len()));
            counts.insert(address(tile), features.collect());
        }
    }
    assert!(counts.len() > 20, "{} tiles", counts.len());
    counts
}

fn address(tile: TileId) -> String {
    format!("{}/{}/{}", tile.z(), tile.x(), tile.y())
}

fn export(option: &str, file: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_atlaas-under-test"))
        .args(["export", "--snapshot"])
        .arg(demonstration::directory())
        .arg(option)
        .arg(file)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
}

fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}

/// What a command prints; `None` when it is not there or fails.
fn run(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    String::from_utf8(output.stdout).ok()
}

/// A folder outside of the source tree, kept from run to run, with a copy of the readers.
fn readers() -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients");
    std::fs::create_dir_all(&copy).unwrap();
    for name in [
        ".npmrc",
        "package.json",
        "package-lock.json",
        "requirements.txt",
        "read.mjs",
        "read.py",
    ] {
        std::fs::copy(source.join(name), copy.join(name)).unwrap();
    }
    copy
}

/// Runs a reader over an exported archive, and compares what it finds.
fn read_by(reader: &mut Command) {
    let snapshot = snapshot();
    let expected = counted(&snapshot);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("territoires.pmtiles");
    export("--pmtiles", &file);
    let found = run(reader.arg(&file).args(expected.keys())).expect("the reader reads the archive");
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!(
        (&found["minZoom"], &found["maxZoom"]),
        (&0.into(), &12.into())
    );
    assert_eq!(found["vector"], true);
    let layers = found["layers"].as_array().unwrap();
    assert!(layers.iter().any(|layer| layer == "communes_label"));
    let tiles: Counts = serde_json::from_value(found["tiles"].clone()).unwrap();
    assert_eq!(tiles, expected);
}

#[test]
fn the_archive_is_read_by_pmtiles_of_npm() {
    let directory = readers();
    let installed = directory.join("node_modules/pmtiles").exists();
    let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    if !installed && run(Command::new("npm").args(install).current_dir(&directory)).is_none() {
        return skip("npm or its packages are not there");
    }
    read_by(Command::new("node").arg("read.mjs").current_dir(&directory));
}

#[test]
fn the_archive_is_read_by_pmtiles_of_pypi() {
    let directory = readers();
    let python = directory.join("venv/bin/python");
    let ready = directory.join("venv/ready");
    if !ready.exists() {
        let pip = ["-m", "pip", "install", "--quiet", "-r", "requirements.txt"];
        let made = run(Command::new("python3")
            .args(["-m", "venv", "venv"])
            .current_dir(&directory));
        let filled =
            made.and_then(|_| run(Command::new(&python).args(pip).current_dir(&directory)));
        if filled.is_none() {
            return skip("python3 with venv, or its packages, are not there");
        }
        std::fs::write(&ready, "").unwrap();
    }
    read_by(Command::new(&python).arg("read.py").current_dir(&directory));
}

#[test]
fn the_database_is_read_by_sqlite_and_gdal() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("territoires.mbtiles");
    export("--mbtiles", &file);
    let snapshot = snapshot();
    let archive = snapshot.archive(Tileset::Territoires).unwrap();
    let query = "pragma integrity_check; select count(*) from tiles; \
                 select value from metadata where name = 'format'; \
                 select hex(substr(tile_data, 1, 2)) from tiles where zoom_level = 0;";
    match run(Command::new("sqlite3").arg(&file).arg(query)) {
        Some(told) => {
            let tiles = archive.tiles().count();
            assert_eq!(told, format!("ok\n{tiles}\npbf\n1F8B\n"));
        }
        None => skip("sqlite3 is not there"),
    }
    if run(Command::new("ogrinfo").arg("--version")).is_none() {
        return skip("ogrinfo (GDAL) is not there");
    }
    for (address, layers) in counted(&snapshot)
        .iter()
        .filter(|(at, _)| at.starts_with("7/"))
    {
        let parts: Vec<u32> = address
            .split('/')
            .map(|part| part.parse().unwrap())
            .collect();
        let tile = archive
            .tile(TileId::new(7, parts[1], parts[2]).unwrap())
            .unwrap();
        let bytes = directory.path().join("tile.pbf");
        std::fs::write(&bytes, gunzip(tile, 64 << 20).unwrap()).unwrap();
        let told = run(Command::new("ogrinfo").args(["-al", "-so"]).arg(&bytes)).unwrap();
        for (layer, count) in layers {
            let (_, about) = told
                .split_once(&format!("Layer name: {layer}\n"))
                .expect(layer);
            let said = about.split_once("Feature Count: ").unwrap().1;
            assert!(said.starts_with(&format!("{count}\n")), "{address} {layer}");
        }
    }
    let database = run(Command::new("ogrinfo").args(["-so"]).arg(&file)).unwrap();
    assert!(database.contains("communes_label"), "{database}");
}
