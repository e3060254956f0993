//! What we measure and find on the Earth by formulas of our own, beside `geo`: distances, fiches in a
//! polygon, surfaces. Processor time of this thread; differences are told, and asserted to be small.
//!
//! `cargo run --profile measure -p atlaas-benches --bin measures -- SNAPSHOTS`.

use atlaas_benches::processor_time;
use atlaas_benches::seeded::Seeded;
use atlaas_engine::Snapshot;
use atlaas_model::{Area, DocId, Fiche, Level, Position, Ring};
use atlaas_spatial::SpatialIndex;
use geo::algorithm::indexed::IntervalTreeMultiPolygon;
use geo::{Contains, Distance, GeodesicArea, Haversine, LineString, MultiPolygon, Point, Polygon};
use std::env;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// Distances asked for.
const PAIRS: usize = 2_000_000;

fn main() -> io::Result<()> {
    let snapshots = env::args().nth(1);
    let snapshots = snapshots.ok_or_else(|| io::Error::other("which directory of snapshots?"))?;
    let snapshot = Snapshot::open(Path::new(&snapshots), 1 << 20).map_err(io::Error::other)?;
    let placed: Vec<(Position, DocId)> = (0..)
        .zip(snapshot.positions())
        .filter_map(|(doc, position)| Some(((*position)?, doc)))
        .collect();
    distances(&placed)?;
    from_one_origin(&snapshot, &placed)?;
    polygons(&snapshot, &placed)?;
    surfaces(&snapshot)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = processor_time();
    let result = black_box(work());
    (result, processor_time().saturating_sub(start))
}

fn point(position: Position) -> Point {
    Point::new(position.longitude(), position.latitude())
}

fn each(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e9 / count as f64
}

fn distances(placed: &[(Position, DocId)]) -> io::Result<()> {
    let mut random = Seeded(7);
    let mut draw = || placed[random.below(placed.len())].0;
    let pairs: Vec<(Position, Position)> = (0..PAIRS).map(|_| (draw(), draw())).collect();
    let (own, own_time) = timed(|| pairs.iter().map(|(a, b)| a.distance_km(*b)).sum::<f64>());
    let theirs = |(a, b): &(Position, Position)| Haversine.distance(point(*a), point(*b)) / 1e3;
    let (other, other_time) = timed(|| pairs.iter().map(theirs).sum::<f64>());
    assert!((own / other - 1.0).abs() < 1e-9, "{own} {other}");
    writeln!(
        io::stdout().lock(),
        "distance of two positions: ours {:.1} ns, geo {:.1} ns; the same to a thousand-millionth",
        each(own_time, PAIRS),
        each(other_time, PAIRS)
    )
}

fn from_one_origin(snapshot: &Snapshot, placed: &[(Position, DocId)]) -> io::Result<()> {
    let origins: Vec<Position> = placed.iter().step_by(1000).map(|at| at.0).collect();
    let count = origins.len() * placed.len();
    let (own, own_time) = timed(|| {
        let sum = |origin: &Position| {
            let distances = snapshot.spatial().distances_from(*origin);
            let each = placed.iter().filter_map(|&(_, doc)| distances.km(doc));
            each.sum::<f64>()
        };
        origins.iter().map(sum).sum::<f64>()
    });
    let (other, other_time) = timed(|| {
        let sum = |origin: &Position| {
            let origin = point(*origin);
            let each = placed
                .iter()
                .map(|&(at, _)| Haversine.distance(origin, point(at)) / 1e3);
            each.sum::<f64>()
        };
        origins.iter().map(sum).sum::<f64>()
    });
    assert!((own / other - 1.0).abs() < 1e-9, "{own} {other}");
    writeln!(
        io::stdout().lock(),
        "distances from one origin: ours {:.1} ns each, geo {:.1} ns",
        each(own_time, count),
        each(other_time, count)
    )
}

fn line(ring: &Ring) -> LineString {
    ring.iter().map(|at| (at[0], at[1])).collect()
}

fn shape(polygons: &[Vec<Ring>]) -> MultiPolygon {
    let polygon =
        |rings: &Vec<Ring>| Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect());
    polygons.iter().map(polygon).collect()
}

/// The outline of each département, asked for every fiche.
fn polygons(snapshot: &Snapshot, placed: &[(Position, DocId)]) -> io::Result<()> {
    let index = SpatialIndex::new(snapshot.positions());
    let outlines = outlines(snapshot, Level::Departement);
    let (mut own_time, mut other_time, mut differences) = (Duration::ZERO, Duration::ZERO, 0);
    for polygons in &outlines {
        let (own, time) = timed(|| index.select(&Area::Polygons(polygons.clone())));
        own_time += time;
        let area = shape(polygons);
        let (other, time) = timed(|| {
            let area = IntervalTreeMultiPolygon::new(&area);
            let inside = placed.iter().filter(|(at, _)| area.contains(&point(*at)));
            inside.map(|&(_, doc)| doc).collect::<Vec<_>>()
        });
        other_time += time;
        let own: Vec<DocId> = own
            .into_iter()
            .flat_map(|docs| docs.iter().collect::<Vec<_>>())
            .collect();
        let only =
            |a: &[DocId], b: &[DocId]| a.iter().filter(|doc| b.binary_search(doc).is_err()).count();
        differences += only(&own, &other) + only(&other, &own);
    }
    assert!(
        differences < 50,
        "{differences} fiches are in one answer only"
    );
    writeln!(
        io::stdout().lock(),
        "fiches in a département, {} outlines: ours {:.2} ms each, geo {:.2} ms; {differences} fiches, \
         on borders, in one answer only",
        outlines.len(),
        each(own_time, outlines.len()) / 1e6,
        each(other_time, outlines.len()) / 1e6
    )
}

fn outlines(snapshot: &Snapshot, kind: Level) -> Vec<Vec<Vec<Ring>>> {
    let docs = snapshot.catalogue().docs_of(kind);
    let codes = docs.filter_map(|doc| snapshot.catalogue().fiche(doc).code);
    codes
        .filter_map(|code| snapshot.territories().contour(kind, code))
        .collect()
}

/// The surfaces that territories tell, beside their outlines measured again.
fn surfaces(snapshot: &Snapshot) -> io::Result<()> {
    let catalogue = snapshot.catalogue();
    let sum = |kind: Level| {
        let fiches = catalogue.docs_of(kind).map(|doc| catalogue.fiche(doc));
        fiches.filter_map(Fiche::surface_km2).sum::<f64>()
    };
    let sums = [Level::Commune, Level::Departement].map(sum);
    let outlines = outlines(snapshot, Level::Departement);
    let (whole, naive_time) = timed(|| {
        let areas = outlines
            .iter()
            .map(|polygons| shape(polygons).geodesic_area_unsigned());
        areas.sum::<f64>() / 1e6
    });
    // Outlines of the map have no overlaps nor holes any more, and stand on a lattice.
    assert!((sums[1] / whole - 1.0).abs() < 1e-3, "{sums:?} {whole}");
    writeln!(
        io::stdout().lock(),
        "surfaces: {:.0} km² of communes, {:.0} of départements; outlines of départements by geo: \
         {whole:.0} km², {:.2} s",
        sums[0],
        sums[1],
        naive_time.as_secs_f64(),
    )
}
