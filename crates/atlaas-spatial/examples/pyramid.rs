//! Builds the pyramid of a GeoJSON file of communes, and tells what it cost:
//! `cargo run --profile measure -p atlaas-spatial --example pyramid -- communes.geojson.gz out.pmtiles`.
//!
//! Features bear `code`, `nom`, `epci`, `departement` and `region`. Names of larger territories are
//! their codes, populations and counts are made up: enough to weigh tiles.

use atlaas_model::{Code, Level, Name, Outline, Ring, Territory};
use atlaas_spatial::{Territories, TerritoryAttributes, gunzip};
use std::{collections::BTreeMap, error::Error, path::Path, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: pyramid communes.geojson[.gz] out.pmtiles [last zoom]";
    let (input, out) = (
        arguments.next().ok_or(usage)?,
        arguments.next().ok_or(usage)?,
    );
    let last_zoom: u8 = arguments.next().map_or(Ok(12), |zoom| zoom.parse())?;
    let (outlines, attributes) = read(Path::new(&input))?;
    tell(
        "read",
        &format!("{} outlines", outlines.len()),
        Instant::now(),
    );
    let start = Instant::now();
    let mut remarks = Vec::new();
    let built = Territories::build(&outlines, attributes, &mut remarks)?;
    drop(outlines);
    tell("build", &format!("{} remarks", remarks.len()), start);
    let file = Path::new(&out).with_extension("territoires");
    let start = Instant::now();
    built.write(&file)?;
    tell(
        "write",
        &format!("{} bytes", std::fs::metadata(&file)?.len()),
        start,
    );
    let start = Instant::now();
    let territories = Territories::open(&file)?;
    tell("open", &format!("{} territories", territories.len()), start);
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for remark in &remarks {
        let advice = remark.advice.split(" (").next().unwrap_or_default();
        let example = format!("{} {}", remark.code, remark.value);
        kinds.entry(advice.to_owned()).or_default().push(example);
    }
    for (advice, examples) in &kinds {
        say(&format!(
            "  {} times: {advice}; as {}",
            examples.len(),
            examples[0]
        ));
    }
    let start = Instant::now();
    let metadata = serde_json::json!({ "name": "territoires" });
    let progress = |zoom: u8| tell("zoom", &zoom.to_string(), start);
    let stats = territories.write_pyramid(Path::new(&out), 0..=last_zoom, metadata, &progress)?;
    tell("pyramid", &format!("{stats:?}"), start);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example talks to the terminal")]
fn say(line: &str) {
    println!("{line}");
}

/// One line: what, wall time since `start`, processor time and peak memory of the process.
fn tell(what: &str, detail: &str, start: Instant) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(|field| field.parse().ok())
        .collect();
    let cpu = fields
        .get(10..12)
        .map_or(0.0, |ticks| (ticks[0] + ticks[1]) / 100.0);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or_default();
    let wall = start.elapsed().as_secs_f64();
    say(&format!(
        "{what}: {detail}; {wall:.2} s wall, process so far {cpu:.2} s CPU, {peak}"
    ));
}

type Input = (Vec<Outline>, Vec<TerritoryAttributes>);

fn read(path: &Path) -> Result<Input, Box<dyn Error>> {
    let mut bytes = std::fs::read(path)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        bytes = gunzip(&bytes, 1 << 30).ok_or("the file is not whole")?;
    }
    let collection: Collection = serde_json::from_slice(&bytes)?;
    let (mut outlines, mut attributes) = (Vec::new(), Vec::new());
    let mut larger: BTreeMap<(Level, Code), Territory> = BTreeMap::new();
    for feature in collection.features {
        let Properties {
            code,
            nom,
            epci,
            departement,
            region,
        } = feature.properties;
        let parents = Territory {
            commune: Some(code),
            epci,
            departement: Some(departement),
            region: Some(region),
        };
        for (kind, code) in [
            (Level::Epci, epci),
            (Level::Departement, Some(departement)),
            (Level::Region, Some(region)),
        ] {
            larger.extend(code.map(|code| ((kind, code), parents)));
        }
        attributes.push(described(Level::Commune, code, nom, parents));
        let polygons = match feature.geometry {
            Geometry::Polygon { coordinates } => vec![coordinates],
            Geometry::MultiPolygon { coordinates } => coordinates,
        };
        outlines.push(Outline { code, polygons });
    }
    for ((kind, code), parents) in larger {
        attributes.push(described(kind, code, code.to_string(), parents));
    }
    outlines.sort_by_key(|outline| outline.code);
    Ok((outlines, attributes))
}

fn described(kind: Level, code: Code, name: String, parents: Territory) -> TerritoryAttributes {
    // Plausible weights: a long tail of populations, one commune in twenty with initiatives.
    let draw = code.feature_id().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let active = draw.is_multiple_of(20);
    TerritoryAttributes {
        kind,
        code,
        feature_id: code.feature_id(),
        name,
        population: (50.0 * (1.0 + (draw % 1000) as f64 / 200.0).powi(4)) as u32,
        numbers: Vec::new(),
        arobases: if active { (draw / 20 % 5) as u8 + 1 } else { 0 },
        counts: vec![
            (
                Name::known("initiatives"),
                if active { (draw / 100 % 12) as u32 } else { 0 },
            ),
            (
                Name::known("colieux"),
                if draw.is_multiple_of(9) {
                    (draw / 9 % 3) as u32
                } else {
                    0
                },
            ),
        ],
        centre: None,
        parents,
    }
}

#[derive(serde::Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(serde::Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(serde::Deserialize)]
struct Properties {
    code: Code,
    nom: String,
    epci: Option<Code>,
    departement: Code,
    region: Code,
}

#[derive(serde::Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon { coordinates: Vec<Ring> },
    MultiPolygon { coordinates: Vec<Vec<Ring>> },
}
