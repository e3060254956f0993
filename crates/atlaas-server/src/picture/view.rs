//! Where the map of a query looks: the box that shows what was asked, and what is outlined in it.

use atlaas_engine::{Plan, Snapshot};
use atlaas_model::{Area, Bbox, Code, DocSet, Level, Position};

/// Metropolitan France.
pub const MAINLAND: Bbox = Bbox {
    west: -5.3,
    south: 41.3,
    east: 9.7,
    north: 51.2,
};
/// Least width and height of a view, in degrees: about two kilometres.
const LEAST: f64 = 0.02;
/// More territories than this are not outlined one by one.
const MOST_OUTLINED: usize = 12;
/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.2;

/// What the map of a query shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The box.
    pub bbox: Bbox,
    /// Centre and radius in kilometres.
    pub circle: Option<(Position, f64)>,
    /// Territories asked for.
    pub outlined: Vec<(Level, Code)>,
}

impl View {
    /// The view of a planned query; `docs` are the fiches that match.
    pub fn of(snapshot: &Snapshot, plan: &Plan, docs: &DocSet) -> Self {
        let circle = plan.areas.iter().find_map(|area| match area {
            Area::Disc { centre, radius_km } => Some((*centre, *radius_km)),
            _ => None,
        });
        let outlined = outlined(plan);
        let bbox = circle
            .map(|(centre, km)| around(centre, km))
            .or_else(|| asked_box(plan))
            .or_else(|| {
                union(
                    outlined
                        .iter()
                        .filter_map(|&(kind, code)| territory_box(snapshot, kind, code)),
                )
            })
            .or_else(|| box_of_points(snapshot, docs))
            .unwrap_or(MAINLAND);
        Self {
            bbox: at_least(bbox),
            circle,
            outlined,
        }
    }

    /// The view of the places of a planned query: what lies in them does not matter.
    pub fn of_places(snapshot: &Snapshot, plan: &Plan, docs: &DocSet) -> Self {
        let view = Self::of(snapshot, plan, docs);
        if view.circle.is_none() && view.outlined.is_empty() && asked_box(plan).is_none() {
            return Self::mainland();
        }
        view
    }

    /// The view of one territory.
    pub fn of_territory(snapshot: &Snapshot, kind: Level, code: Code) -> Self {
        let bbox = territory_box(snapshot, kind, code).unwrap_or(MAINLAND);
        Self {
            bbox: at_least(bbox),
            circle: None,
            outlined: vec![(kind, code)],
        }
    }

    /// The whole of metropolitan France.
    pub const fn mainland() -> Self {
        Self {
            bbox: MAINLAND,
            circle: None,
            outlined: Vec::new(),
        }
    }

    /// The view of one place and its surroundings.
    pub fn of_place(position: Position, radius_km: f64) -> Self {
        Self {
            bbox: around(position, radius_km),
            circle: None,
            outlined: Vec::new(),
        }
    }

    /// The box as `west,south,east,north`.
    pub fn bbox_text(&self) -> String {
        let Bbox {
            west,
            south,
            east,
            north,
        } = self.bbox;
        format!("{west:.4},{south:.4},{east:.4},{north:.4}")
    }

    /// The circle as `longitude,latitude,kilometres`; empty without one.
    pub fn circle_text(&self) -> String {
        let text = |(centre, km): (Position, f64)| {
            format!("{:.5},{:.5},{km}", centre.longitude(), centre.latitude())
        };
        self.circle.map(text).unwrap_or_default()
    }

    /// The outlined territories as `commune:13056 epci:…`.
    pub fn outlined_text(&self) -> String {
        let parts: Vec<String> = self
            .outlined
            .iter()
            .map(|(kind, code)| format!("{kind}:{code}"))
            .collect();
        parts.join(" ")
    }
}

fn outlined(plan: &Plan) -> Vec<(Level, Code)> {
    let asked = plan.resolved.territories.iter().flat_map(|(&kind, codes)| {
        codes
            .iter()
            .filter_map(move |code| Some((kind, code.parse::<Code>().ok()?)))
    });
    let around = plan.areas.iter().filter_map(|area| match area {
        Area::Around { kind, code, .. } => Some((*kind, *code)),
        _ => None,
    });
    let mut all: Vec<(Level, Code)> = asked.chain(around).collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(MOST_OUTLINED);
    all
}

fn asked_box(plan: &Plan) -> Option<Bbox> {
    plan.areas.iter().find_map(|area| match area {
        Area::Box(bbox) => Some(*bbox),
        Area::Polygons(polygons) => {
            let corners = polygons.iter().flatten().flatten();
            Bbox::around(
                corners
                    .filter_map(|&[longitude, latitude]| Position::new(longitude, latitude).ok()),
            )
        }
        _ => None,
    })
}

/// The box of a territory; around its centre when it has no polygon.
pub fn territory_box(snapshot: &Snapshot, kind: Level, code: Code) -> Option<Bbox> {
    snapshot.territories().bbox(kind, code).or_else(|| {
        let doc = snapshot.catalogue().territory(kind, code)?;
        Some(around(snapshot.catalogue().fiche(doc).position?, 5.0))
    })
}

/// The box of the points on the map; of the mainland alone when most of them lie there, since a view
/// from Guyane to La Réunion shows nothing.
fn box_of_points(snapshot: &Snapshot, docs: &DocSet) -> Option<Bbox> {
    let positions = snapshot.positions();
    let places: Vec<Position> = docs
        .iter()
        .filter_map(|doc| positions.get(doc as usize).copied().flatten())
        .collect();
    let mainland = || {
        places
            .iter()
            .copied()
            .filter(|&place| MAINLAND.contains(place))
    };
    if mainland().count() * 2 >= places.len() {
        Bbox::around(mainland())
    } else {
        Bbox::around(places.iter().copied())
    }
}

fn around(centre: Position, km: f64) -> Bbox {
    let (longitude, latitude) = (centre.longitude(), centre.latitude());
    let dy = km / KM_PER_DEGREE;
    let dx = dy / latitude.to_radians().cos().max(0.05);
    Bbox {
        west: (longitude - dx).max(-180.0),
        south: (latitude - dy).max(-85.0),
        east: (longitude + dx).min(180.0),
        north: (latitude + dy).min(85.0),
    }
}

fn union(boxes: impl Iterator<Item = Bbox>) -> Option<Bbox> {
    boxes.reduce(|a, b| Bbox {
        west: a.west.min(b.west),
        south: a.south.min(b.south),
        east: a.east.max(b.east),
        north: a.north.max(b.north),
    })
}

fn at_least(bbox: Bbox) -> Bbox {
    let dx = ((LEAST - (bbox.east - bbox.west)) / 2.0).max(0.0);
    let dy = ((LEAST - (bbox.north - bbox.south)) / 2.0).max(0.0);
    Bbox {
        west: bbox.west - dx,
        south: bbox.south - dy,
        east: bbox.east + dx,
        north: bbox.north + dy,
    }
}
