//! The ground of a picture: régions of a wide view, départements of a middle one, communes of a near one.

use atlaas_engine::Snapshot;
use atlaas_model::{Area, Bbox, Code, Level};
use std::sync::{Arc, Mutex};

/// Rings on the unit square of Web Mercator, as `[x, y]`, y downwards.
pub type GroundOutline = Arc<Vec<Vec<[f64; 2]>>>;

/// Views at least this many degrees wide show régions.
const WIDE: f64 = 3.0;
/// Views at least this many degrees wide show départements, nearer ones communes.
const MIDDLE: f64 = 0.7;
/// No more outlines than this in one picture.
const MOST: usize = 500;
/// Vertices nearer than this to the one before are left out of régions: a third of a pixel when
/// metropolitan France is 600 pixels wide.
const REGION_GRAIN: f64 = 0.000_02;

/// Régions are the same in every wide view: thinned once a snapshot.
static REGIONS: Mutex<Option<(String, Vec<GroundOutline>)>> = Mutex::new(None);

/// The outlines that fill what is seen, as fine as the view wants them.
pub fn land(snapshot: &Snapshot, view: Bbox, seen: Bbox) -> Vec<GroundOutline> {
    let width = view.east - view.west;
    if width >= WIDE {
        return regions(snapshot);
    }
    let kind = if width >= MIDDLE {
        Level::Departement
    } else {
        Level::Commune
    };
    codes(snapshot, kind, seen)
        .into_iter()
        .filter_map(|code| outline(snapshot, kind, code))
        .collect()
}

/// The outline of one territory.
pub fn outline(snapshot: &Snapshot, kind: Level, code: Code) -> Option<GroundOutline> {
    let polygons = snapshot.territories().contour(kind, code)?;
    let rings = polygons
        .iter()
        .flatten()
        .map(|ring| ring.iter().map(|&position| world(position)).collect());
    Some(Arc::new(rings.collect()))
}

fn regions(snapshot: &Snapshot) -> Vec<GroundOutline> {
    // A thread that panicked while it held the lock left either nothing or a whole value.
    let mut kept = REGIONS
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((id, outlines)) = kept.as_ref()
        && id == snapshot.id()
    {
        return outlines.clone();
    }
    let catalogue = snapshot.catalogue();
    let codes = catalogue
        .docs_of(Level::Region)
        .filter_map(|doc| catalogue.fiche(doc).code);
    let outlines: Vec<GroundOutline> = codes
        .filter_map(|code| outline(snapshot, Level::Region, code))
        .map(|outline| {
            Arc::new(
                outline
                    .iter()
                    .map(|ring| thin(ring))
                    .filter(|ring| ring.len() > 3)
                    .collect(),
            )
        })
        .collect();
    *kept = Some((snapshot.id().to_owned(), outlines.clone()));
    outlines
}

fn thin(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = Vec::new();
    for &vertex in ring {
        let near = kept
            .last()
            .is_some_and(|last| (vertex[0] - last[0]).hypot(vertex[1] - last[1]) < REGION_GRAIN);
        if !near {
            kept.push(vertex);
        }
    }
    kept
}

fn codes(snapshot: &Snapshot, kind: Level, view: Bbox) -> Vec<Code> {
    let catalogue = snapshot.catalogue();
    let candidates: Vec<u32> = if kind == Level::Commune {
        // Centres of communes that reach into the view lie at most some ten kilometres outside.
        let margin = 0.15;
        let wider = Bbox {
            west: view.west - margin,
            south: view.south - margin,
            east: view.east + margin,
            north: view.north + margin,
        };
        let communes = catalogue.docs_of(Level::Commune);
        snapshot
            .select(&Area::Box(wider))
            .iter()
            .filter(|doc| communes.contains(doc))
            .collect()
    } else {
        catalogue.docs_of(kind).collect()
    };
    let meets = |code: &Code| {
        snapshot
            .territories()
            .bbox(kind, *code)
            .is_some_and(|bbox| {
                bbox.west < view.east
                    && bbox.east > view.west
                    && bbox.south < view.north
                    && bbox.north > view.south
            })
    };
    candidates
        .into_iter()
        .filter_map(|doc| catalogue.fiche(doc).code)
        .filter(meets)
        .take(MOST)
        .collect()
}

/// The unit square of Web Mercator to degrees.
pub fn degrees([x, y]: [f64; 2]) -> [f64; 2] {
    let latitude = (std::f64::consts::PI * (1.0 - 2.0 * y)).sinh().atan();
    [(x - 0.5) * 360.0, latitude.to_degrees()]
}

/// Degrees to the unit square of Web Mercator.
pub fn world([longitude, latitude]: [f64; 2]) -> [f64; 2] {
    let sine = latitude.clamp(-85.0, 85.0).to_radians().sin();
    let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
    [longitude / 360.0 + 0.5, y]
}
