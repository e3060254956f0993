//! Clusters: the greedy hierarchy of `supercluster`, over all points or over those of any filter.
//!
//! From the deepest zoom up, points are visited in the order of their documents; a point that is
//! still free takes every free point within the radius, itself included, and stands at their
//! weighted centre. The centres of one zoom are the points of the next zoom up. It is global, so the
//! two sides of a tile edge always agree; and it works in whole numbers, so every machine agrees.
//!
//! Steps: rows of a filter → [`Piles`], the points that share a place, which no zoom separates →
//! one [`Level`] a zoom, made when a tile first needs it → tiles.
//!
//! Source: <https://blog.mapbox.com/clustering-millions-of-points-on-a-map-with-supercluster-272046ec5c97>.

mod detail;
mod elements;
mod grid;
mod level;
mod piles;
mod prebuilt;
mod tile;

pub use detail::ClusterDetail;
pub use prebuilt::write_points_archive;

use crate::{TileId, points::PointTable};
use atlaas_model::{Bbox, DocId, DocSet};
use elements::Elements;
use level::Level;
use piles::Piles;
use std::sync::{Arc, OnceLock};

/// How points become clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClusterOptions {
    /// Radius in 512ths of a tile; 1 to 256. Larger ones make fewer, larger clusters.
    pub radius: u16,
    /// Deepest zoom at which points that are apart form clusters; at most 20.
    pub deepest_zoom: u8,
    /// How far a tile repeats what lies beyond its edges, in 4096ths; at least the radius of the
    /// largest symbol, so that none is cut.
    pub buffer: u16,
}

impl Default for ClusterOptions {
    fn default() -> Self {
        Self {
            radius: 60,
            deepest_zoom: 13,
            buffer: 256,
        }
    }
}

/// The clusters of one set of points at every zoom.
///
/// ```
/// use atlaas_model::{Kind, Position};
/// use atlaas_spatial::{ClusterOptions, Hierarchy, PointRow, PointTable, TileId};
/// use std::sync::Arc;
/// let row = |doc: u32| PointRow {
///     doc,
///     position: Position::new(2.0 + f64::from(doc) / 100.0, 47.0).unwrap(),
///     categories: vec![0],
///     id: format!("initiative-{doc}"),
///     name: "Atelier".into(),
///     enjeu: Some("education".into()),
///     year: Some(2024),
///     commune: None,
///     arobases: 0,
/// };
/// let rows = (0..10).map(row).collect();
/// let table = PointTable::new("initiatives", Kind::Initiative, &["education".into()], rows);
/// let hierarchy = Hierarchy::build(&Arc::new(table), None, &ClusterOptions::default());
/// assert_eq!(hierarchy.len(), 10);
/// assert!(!hierarchy.tile(TileId::new(0, 0, 0)?).is_empty());
/// # Ok::<(), atlaas_spatial::TileIdError>(())
/// ```
#[derive(Debug)]
pub struct Hierarchy {
    table: Arc<PointTable>,
    options: ClusterOptions,
    piles: Piles,
    /// By zoom, 0 to the deepest; each made from the one below when it is first needed.
    levels: Vec<OnceLock<Level>>,
}

/// A cluster of some zoom, or a pile; the zoom in the highest five bits, the rank there below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node(u32);

const RANK_BITS: u32 = 27;

impl Node {
    const fn new(zoom: u8, rank: u32) -> Self {
        Self((zoom as u32) << RANK_BITS | rank)
    }

    const fn zoom(self) -> u8 {
        (self.0 >> RANK_BITS) as u8
    }

    const fn rank(self) -> usize {
        (self.0 & ((1 << RANK_BITS) - 1)) as usize
    }
}

/// Feature ids carry a zoom in their lowest five bits: this one says a single point.
const SINGLE: u64 = 31;

/// The id of the cluster that formed at `zoom` around the point `origin`: stable for a snapshot and
/// a query, unique in a tile and among layers, and below 2⁵³, which is where JavaScript stops.
const fn feature_id(origin: DocId, zoom: u64) -> u64 {
    (origin as u64) << 5 | zoom
}

impl Hierarchy {
    /// Takes the points of the table that are in `docs` (all without it). Clusters are made later,
    /// zoom by zoom, from the deepest to the one that a tile asks for.
    pub fn build(table: &Arc<PointTable>, docs: Option<&DocSet>, options: &ClusterOptions) -> Self {
        let options = ClusterOptions {
            radius: options.radius.clamp(1, 256),
            deepest_zoom: options.deepest_zoom.min(20),
            buffer: options.buffer.min(4096),
        };
        let levels = (0..=options.deepest_zoom).map(|_| OnceLock::new());
        Self {
            table: Arc::clone(table),
            options,
            piles: Piles::new(table, docs, options.deepest_zoom + 1),
            levels: levels.collect(),
        }
    }

    /// How many points there are.
    pub fn len(&self) -> u32 {
        self.piles.point_count()
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The points that it is made of.
    pub const fn table(&self) -> &Arc<PointTable> {
        &self.table
    }

    /// The smallest box around all points; `None` without any.
    pub fn bounds(&self) -> Option<Bbox> {
        let rows = self.piles.rows();
        Bbox::around(rows.iter().map(|&row| self.table.row(row).position))
    }

    /// Makes the clusters of every zoom now.
    pub fn build_all(&self) {
        self.elements(0);
    }

    /// Memory in bytes that it may take when every zoom is made: a bound, not a measure, so that a
    /// cache which counts it never takes more than it says.
    pub fn size_bytes(&self) -> usize {
        let piles = self.piles.len();
        // A zoom lists at most every pile; all zooms together form fewer clusters than piles.
        let lists = self.levels.len() * Elements::bytes_each(piles);
        let clusters = Level::bytes_a_cluster(self.table.category_keys().len());
        size_of::<Self>() + self.piles.size_bytes() + piles * (lists + clusters)
    }

    /// What stands on the map at a zoom.
    fn elements(&self, zoom: u8) -> &Elements {
        match self.levels.get(usize::from(zoom)) {
            Some(_) => &self.level(zoom).elements,
            None => &self.piles.elements,
        }
    }

    /// A zoom that has clusters.
    fn level(&self, zoom: u8) -> &Level {
        self.levels[usize::from(zoom)].get_or_init(|| Level::build(zoom, self))
    }

    /// Where a search for neighbours ends, in parts of the world.
    fn radius(&self, zoom: u8) -> u32 {
        // At most 256 of 512: half of 2³².
        ((u64::from(self.options.radius) << (32 - zoom)) / 512) as u32
    }

    /// How many clusters and points stand on the map at a zoom.
    pub fn symbols_at(&self, zoom: u8) -> usize {
        self.elements(zoom).len()
    }

    /// The vector tile: one layer, or no byte when nothing is there.
    pub fn tile(&self, tile: TileId) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.append(tile, &mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests;
