//! Which fiches lie in an area, how far they are, which are nearest: exact answers, as if every
//! position had been compared.
//!
//! Discs and nearest fiches come from an R-tree over positions as points of the unit sphere, where
//! the straight distance orders as the great-circle distance does, at the poles and across 180° as
//! anywhere. Boxes and polygons read the positions in order of latitude. Areas around a territory
//! need its polygon and are the business of the territories.

use super::bands::Bands;
use crate::grid::{SpherePoint, chord_of_km, on_sphere};
use atlaas_model::{Area, Bbox, DocId, DocSet, EARTH_RADIUS_KM, Position, Ring};
use rstar::{PointDistance, RTree, primitives::GeomWithData};
use std::sync::Arc;

/// Squared chords this near to a radius, in proportion, are decided by the model's own distance.
const DOUBT: f64 = 1e-9;

type OnSphere = GeomWithData<SpherePoint, DocId>;

/// The positions of all fiches of a snapshot, ready to be asked.
///
/// ```
/// use atlaas_model::{Area, Position};
/// use atlaas_spatial::SpatialIndex;
/// let (nantes, rennes) = (Position::new(-1.55, 47.22)?, Position::new(-1.68, 48.12)?);
/// let index = SpatialIndex::new(vec![Some(nantes), None, Some(rennes)]);
/// let near = index.select(&Area::Disc { centre: nantes, radius_km: 20.0 });
/// assert_eq!(near.map(|docs| docs.len()), Some(1));
/// # Ok::<(), atlaas_model::PositionError>(())
/// ```
#[derive(Debug)]
pub struct SpatialIndex {
    positions: Arc<[Option<Position>]>,
    sphere: RTree<OnSphere>,
    /// Sorted by latitude.
    by_latitude: Vec<(Position, DocId)>,
}

impl SpatialIndex {
    /// Indexes the positions of documents 0, 1, 2…; some have none.
    pub fn new(positions: impl Into<Arc<[Option<Position>]>>) -> Self {
        let positions = positions.into();
        let mut placed: Vec<(Position, DocId)> = positions
            .iter()
            .zip(0..)
            .filter_map(|(position, doc)| Some(((*position)?, doc)))
            .collect();
        let nodes = placed
            .iter()
            .map(|&(position, doc)| OnSphere::new(place(position), doc))
            .collect();
        let sphere = RTree::bulk_load(nodes);
        placed.sort_by(|(a, _), (b, _)| a.latitude().total_cmp(&b.latitude()));
        Self {
            positions,
            sphere,
            by_latitude: placed,
        }
    }

    /// Where a document is.
    pub fn position(&self, doc: DocId) -> Option<Position> {
        *self.positions.get(doc as usize)?
    }

    /// The positions of all documents, by document.
    pub fn positions(&self) -> &[Option<Position>] {
        &self.positions
    }

    /// The documents in an area, edges included; `None` for [`Area::Around`], [`Area::Any`],
    /// [`Area::Peers`] and [`Area::Aspect`], which need more than positions.
    pub fn select(&self, area: &Area) -> Option<DocSet> {
        let mut docs = DocSet::empty(self.positions.len() as u32);
        match area {
            Area::Disc { centre, radius_km } => self.disc(*centre, *radius_km, &mut docs),
            Area::Box(bbox) => self.in_box(*bbox, |doc, _| docs.insert(doc)),
            Area::Polygons(polygons) => {
                for polygon in polygons {
                    self.polygon(polygon, &mut docs);
                }
            }
            Area::Around { .. } | Area::Any(_) | Area::Peers(_) | Area::Aspect(_) => return None,
        }
        Some(docs)
    }

    /// Kilometres to a document; `None` when it has no position. For many documents from one
    /// origin see
    /// [`distances_from`](Self::distances_from).
    pub fn distance_km(&self, doc: DocId, origin: Position) -> Option<f64> {
        Some(self.position(doc)?.distance_km(origin))
    }

    /// Distances from one origin to as many documents as one likes: the trigonometry of the origin
    /// is done once.
    pub fn distances_from(&self, origin: Position) -> DistancesFrom<'_> {
        DistancesFrom {
            index: self,
            origin,
            cosine: origin.latitude().to_radians().cos(),
        }
    }

    /// The `limit` nearest documents that `keep` accepts, nearest first, equal distances in the
    /// order of documents; with their distance in kilometres.
    pub fn nearest(
        &self,
        origin: Position,
        limit: usize,
        keep: impl Fn(DocId) -> bool,
    ) -> Vec<(DocId, f64)> {
        let point = place(origin);
        let mut found: Vec<(DocId, f64)> = Vec::new();
        let mut farthest = f64::INFINITY;
        for node in self.sphere.nearest_neighbor_iter(point) {
            // Ties with the last one are read to the end, so that the order of documents decides.
            if found.len() >= limit && node.distance_2(&point) > farthest {
                break;
            }
            if keep(node.data)
                && let Some(distance) = self.distance_km(node.data, origin)
            {
                found.push((node.data, distance));
                if found.len() == limit {
                    farthest = node.distance_2(&point) * (1.0 + DOUBT) + f64::EPSILON;
                }
            }
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found.truncate(limit);
        found
    }

    fn disc(&self, centre: Position, radius_km: f64, docs: &mut DocSet) {
        if radius_km.is_nan() || radius_km < 0.0 {
            return;
        }
        let reach = chord_of_km(radius_km).powi(2);
        let slack = reach * DOUBT + f64::EPSILON;
        let point = place(centre);
        for node in self.sphere.locate_within_distance(point, reach + slack) {
            let sure = node.distance_2(&point) < reach - slack;
            if sure
                || self
                    .distance_km(node.data, centre)
                    .is_some_and(|km| km <= radius_km)
            {
                docs.insert(node.data);
            }
        }
    }

    fn in_box(&self, bbox: Bbox, mut visit: impl FnMut(DocId, Position)) {
        let south = |&(position, _): &(Position, DocId)| position.latitude() < bbox.south;
        let from = self.by_latitude.partition_point(south);
        for &(position, doc) in &self.by_latitude[from..] {
            if position.latitude() > bbox.north {
                break;
            }
            if bbox.contains(position) {
                visit(doc, position);
            }
        }
    }

    fn polygon(&self, rings: &[Ring], docs: &mut DocSet) {
        if let Some(bands) = Bands::new(rings) {
            self.in_box(bands.bbox, |doc, position| {
                if bands.contain(position) {
                    docs.insert(doc);
                }
            });
        }
    }
}

/// Distances from one origin; see [`SpatialIndex::distances_from`].
#[derive(Clone, Copy, Debug)]
pub struct DistancesFrom<'a> {
    index: &'a SpatialIndex,
    origin: Position,
    cosine: f64,
}

impl DistancesFrom<'_> {
    /// Kilometres to a document; `None` when it has no position.
    pub fn km(&self, doc: DocId) -> Option<f64> {
        let position = self.index.position(doc)?;
        let half = |degrees: f64| (degrees / 2.0).to_radians().sin();
        let dlat = half(position.latitude() - self.origin.latitude());
        let dlon = half(position.longitude() - self.origin.longitude());
        let cosines = self.cosine * position.latitude().to_radians().cos();
        let h = dlat * dlat + cosines * dlon * dlon;
        Some(2.0 * EARTH_RADIUS_KM * h.min(1.0).sqrt().asin())
    }
}

fn place(position: Position) -> SpherePoint {
    on_sphere(position.longitude(), position.latitude())
}
