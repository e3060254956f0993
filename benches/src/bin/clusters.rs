//! Clusters of points: how long a hierarchy takes, a cold filtered tile, a warm tile; how it grows;
//! and npm's `supercluster` on the same points in the same run, when Node finds it.
//!
//! Times are of the processor, not of the clock on the wall, which the rest of the machine moves.
//!
//! `cargo run --profile measure -p atlaas-benches --bin clusters -- [points…]`; `NODE_PATH` names the
//! folder that holds `supercluster` (8.x). Points are seeded; every run asserts that each zoom holds
//! every point once, and that both programs see nearly as many symbols.

use atlaas_benches::processor_time;
use atlaas_benches::seeded::Seeded;
use atlaas_model::{DocSet, Position};
use atlaas_spatial::{
    ClusterOptions, Hierarchy, PointRow, PointTable, Property, PropertyType, TableHead, TileId,
};
use std::{
    env,
    io::{self, Write},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

const SIZES: [usize; 4] = [19_000, 24_000, 240_000, 2_400_000];
const CATEGORIES: usize = 15;
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let asked: Vec<usize> = env::args()
        .skip(1)
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if asked.is_empty() {
        SIZES.to_vec()
    } else {
        asked
    };
    for size in sizes {
        let positions = positions(size);
        let table = table(&positions);
        writeln!(out, "{size} points")?;
        let built = build(&table, &mut out)?;
        cold_tiles(&table, &mut out)?;
        warm_tiles(&built, &mut out)?;
        beside_supercluster(&positions, &built, &mut out)?;
    }
    Ok(())
}

fn since(start: Duration) -> Duration {
    processor_time().saturating_sub(start)
}

/// Towns of all sizes with their surroundings, piles at their centres, and the countryside.
fn positions(count: usize) -> Vec<Position> {
    let mut random = Seeded(24);
    let anywhere = |random: &mut Seeded| (random.unit() * 11.5 - 4.0, random.unit() * 8.0 + 42.5);
    let towns: Vec<(f64, f64)> = (0..6000).map(|_| anywhere(&mut random)).collect();
    let mut one = || {
        let town = towns[(random.unit().powi(3) * towns.len() as f64) as usize];
        let (longitude, latitude) = match random.below(10) {
            0 => town,
            1..=2 => anywhere(&mut random),
            _ => {
                let mut spread = || (random.unit() + random.unit() - 1.0) * 0.08;
                (town.0 + spread(), town.1 + spread() * 0.7)
            }
        };
        Position::new(longitude, latitude).expect("all of it is around France")
    };
    (0..count).map(|_| one()).collect()
}

fn table(positions: &[Position]) -> Arc<PointTable> {
    let slugs: Vec<String> = (0..CATEGORIES)
        .map(|rank| format!("enjeu-{rank}"))
        .collect();
    let row = |(&position, doc): (&Position, u32)| PointRow {
        doc,
        position,
        categories: vec![(doc * 7 % CATEGORIES as u32) as u16],
        id: format!("initiative-{doc:07}"),
        name: format!("Rénovation de l'école et de sa médiathèque numérique, tranche {doc}"),
        properties: vec![
            Some(Property::Text(slugs[doc as usize * 7 % CATEGORIES].clone())),
            Some(Property::Number(f64::from(2010 + doc % 15))),
        ],
        commune: Some(format!("Commune-{}", doc % 6000)),
        arobases: (doc % 6) as u8,
    };
    let rows = positions.iter().zip(0..).map(row).collect();
    let head = TableHead {
        layer: "initiatives".to_owned(),
        kind: "initiative".to_owned(),
        name_key: "titre".to_owned(),
        columns: vec![
            ("enjeu".to_owned(), PropertyType::String),
            ("annee".to_owned(), PropertyType::Number),
        ],
        categories: slugs.clone(),
    };
    Arc::new(PointTable::new(head, rows))
}

fn hierarchy(table: &Arc<PointTable>, docs: Option<&DocSet>) -> Hierarchy {
    Hierarchy::build(table, docs, &ClusterOptions::default())
}

fn build(table: &Arc<PointTable>, out: &mut impl Write) -> io::Result<Hierarchy> {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = processor_time();
            hierarchy(table, None).build_all();
            since(start)
        })
        .collect();
    times.sort_unstable();
    let built = hierarchy(table, None);
    built.build_all();
    assert_eq!(built.len(), table.len());
    writeln!(
        out,
        "  build, all zooms: best {:?}, median {:?}; at most {} KB kept",
        times[0],
        times[ROUNDS / 2],
        built.size_bytes() / 1024
    )?;
    Ok(built)
}

/// A filter of every second, third… point, and one tile of any zoom: hierarchy and tile together.
fn cold_tiles(table: &Arc<PointTable>, out: &mut impl Write) -> io::Result<()> {
    let mut random = Seeded(7);
    let trials = (4_000_000 / table.len() as usize).clamp(3, 200);
    let mut times: Vec<Duration> = (0..trials)
        .map(|trial| {
            let keep = [1.0, 0.5, 0.2, 0.05][trial % 4];
            let docs = (0..table.len()).filter(|_| random.unit() < keep);
            let docs = DocSet::from_docs(table.len(), docs);
            let tile = some_tile(table, (trial / 4 % 15) as u8, &mut random);
            let start = processor_time();
            let filtered = hierarchy(table, Some(&docs));
            let bytes = filtered.tile(tile);
            let took = since(start);
            assert!(bytes.len() < 5_000_000 && filtered.len() == docs.len());
            took
        })
        .collect();
    report("cold filtered tile", &mut times, out)
}

fn warm_tiles(built: &Hierarchy, out: &mut impl Write) -> io::Result<()> {
    let mut random = Seeded(8);
    let mut times: Vec<Duration> = (0..1500)
        .map(|trial| {
            let tile = some_tile(built.table(), (trial % 15) as u8, &mut random);
            let start = processor_time();
            let bytes = built.tile(tile);
            let took = since(start);
            assert!(!bytes.is_empty());
            took
        })
        .collect();
    report("warm tile", &mut times, out)
}

/// The tile around some point.
fn some_tile(table: &PointTable, zoom: u8, random: &mut Seeded) -> TileId {
    let position = table.rows()[random.below(table.len() as usize)].position;
    let point = atlaas_spatial::mercator::project(position);
    let side = f64::from(1_u32 << zoom);
    // A cluster's centre may lie in a neighbour; the parent is sure to draw something.
    TileId::new(zoom, (point.x * side) as u32, (point.y * side) as u32)
        .ok()
        .and_then(|tile| tile.parent().or(Some(tile)))
        .expect("a projected position lies in the world")
}

fn report(what: &str, times: &mut [Duration], out: &mut impl Write) -> io::Result<()> {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    writeln!(
        out,
        "  {what}: p50 {:?}, p90 {:?}, p99 {:?}, worst {:?}",
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    )
}

/// Builds with the same settings, and tells milliseconds (of all threads of Node, its garbage
/// collector included) and the number of symbols of each zoom.
const NODE: &str = "
const Supercluster = require('supercluster');
const positions = JSON.parse(require('fs').readFileSync(0));
const features = positions.map(([x, y], i) => ({type: 'Feature', properties: {c: i * 7 % 15},
  geometry: {type: 'Point', coordinates: [x, y]}}));
let best = Infinity, index, tile = Infinity;
for (let round = 0; round < 5; round++) {
  const start = process.cpuUsage().user;
  index = new (Supercluster.default || Supercluster)({radius: 60, extent: 512, maxZoom: 13, minZoom: 0,
    map: p => ({['n' + p.c]: 1}),
    reduce: (sum, p) => { for (const k in p) sum[k] = (sum[k] || 0) + p[k]; }}).load(features);
  best = Math.min(best, (process.cpuUsage().user - start) / 1e3);
  const before = process.hrtime.bigint();
  index.getTile(6, 32, 22);
  tile = Math.min(tile, Number(process.hrtime.bigint() - before) / 1e6);
}
const world = [-180, -85, 180, 85];
console.log(JSON.stringify({best, tile, zooms: [...Array(14).keys()].map(z => index.getClusters(world, z).length)}));
";

fn beside_supercluster(
    positions: &[Position],
    built: &Hierarchy,
    out: &mut impl Write,
) -> io::Result<()> {
    let Some(answer) = run_node(positions) else {
        return writeln!(
            out,
            "  skipped: node with supercluster in NODE_PATH is not there"
        );
    };
    let start = processor_time();
    hierarchy(built.table(), None).build_all();
    let ours = since(start).as_secs_f64() * 1e3;
    let theirs = answer["best"].as_f64().unwrap_or(f64::NAN);
    writeln!(
        out,
        "  supercluster: best {theirs:.1} ms, {:.1} times ours; one tile {:.2} ms",
        theirs / ours,
        answer["tile"].as_f64().unwrap_or(f64::NAN)
    )?;
    for (zoom, symbols) in (0_u8..14).zip(answer["zooms"].as_array().into_iter().flatten()) {
        let symbols = symbols.as_u64().unwrap_or(0) as f64;
        let own = built.symbols_at(zoom) as f64;
        // It keeps coordinates in 32-bit floats, and counts a pile as its points.
        assert!(
            (own - symbols).abs() <= 2.0 + symbols * 0.03,
            "zoom {zoom}: {own} and {symbols}"
        );
        write!(out, "  z{zoom} {own}/{symbols}")?;
    }
    writeln!(out)
}

fn run_node(positions: &[Position]) -> Option<serde_json::Value> {
    let mut node = Command::new("node")
        .args(["--max-old-space-size=6000", "-e", NODE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let pairs: Vec<[f64; 2]> = positions
        .iter()
        .map(|at| [at.longitude(), at.latitude()])
        .collect();
    let input = serde_json::to_vec(&pairs).ok()?;
    // Node leaves without reading when it has no supercluster; its answer tells.
    let _ = node.stdin.take()?.write_all(&input);
    let output = node.wait_with_output().ok()?;
    serde_json::from_slice(&output.stdout).ok()
}
