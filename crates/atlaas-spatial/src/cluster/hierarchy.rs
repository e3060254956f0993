//! The clusters of one set of points at every zoom, each made when a tile first needs it.

use super::elements::Elements;
use super::greedy::greedy_step;
use super::level::Level;
use super::options::ClusterOptions;
use super::piles::Piles;
use super::sums::Sums;
use crate::points::PointTable;
use atlaas_model::{Bbox, DocSet};
use std::sync::{Arc, OnceLock};

/// The clusters of one set of points at every zoom.
///
/// ```
/// use atlaas_model::{Kind, Position, Schema};
/// use atlaas_spatial::{ClusterOptions, Hierarchy, PointRow, PointTable, TableHead, TileId};
/// use std::sync::Arc;
/// let row = |doc: u32| PointRow {
///     doc,
///     position: Position::new(2.0 + f64::from(doc) / 100.0, 47.0).unwrap(),
///     categories: vec![0],
///     id: format!("initiative-{doc}"),
///     name: "Atelier".into(),
///     properties: Vec::new(),
///     commune: None,
///     arobases: 0,
/// };
/// let rows = (0..10).map(row).collect();
/// let schema = Schema::default();
/// let layer = schema.layer(Kind::point("initiative")).unwrap();
/// let table = PointTable::new(TableHead::of(layer, &schema), rows);
/// let hierarchy = Hierarchy::build(&Arc::new(table), None, &ClusterOptions::default());
/// assert_eq!(hierarchy.len(), 10);
/// assert!(!hierarchy.tile(TileId::new(0, 0, 0)?).is_empty());
/// # Ok::<(), atlaas_spatial::TileIdError>(())
/// ```
#[derive(Debug)]
pub struct Hierarchy {
    pub(super) table: Arc<PointTable>,
    pub(super) options: ClusterOptions,
    pub(super) piles: Piles,
    /// By zoom, 0 to the deepest; each made from the one below when it is first needed.
    pub(super) levels: Vec<OnceLock<Level>>,
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
    pub(super) fn elements(&self, zoom: u8) -> &Elements {
        match self.levels.get(usize::from(zoom)) {
            Some(_) => &self.level(zoom).elements,
            None => &self.piles.elements,
        }
    }

    /// A zoom that has clusters.
    pub(super) fn level(&self, zoom: u8) -> &Level {
        self.levels[usize::from(zoom)].get_or_init(|| {
            let below = self.elements(zoom + 1);
            greedy_step(zoom, self.radius(zoom), below, &self.sums())
        })
    }

    /// The sums of nodes whose zooms are made.
    pub(super) fn sums(&self) -> Sums<'_> {
        Sums {
            table: &self.table,
            piles: &self.piles,
            levels: &self.levels,
        }
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
}
