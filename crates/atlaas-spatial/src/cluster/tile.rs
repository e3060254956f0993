//! Draws one tile of a hierarchy: what lies in it or near enough to reach into it.
//!
//! An element belongs to the tile in which it lies, west and north edge included, east and south
//! edge not: those are the features with coordinates from 0 to 4095. Those beyond repeat what
//! belongs to the neighbours, so that no symbol is cut.

use super::{Hierarchy, Node, SINGLE, feature_id, level::Cluster};
use crate::{
    GeometryType, LayerWriter, TileId,
    points::{WorldPoint, abbreviate, degrees},
};
use atlaas_model::Bbox;
use std::{fmt::Write, ops::Range};

/// A tile and its buffer in parts of the world.
pub(super) struct Window {
    corner: [i64; 2],
    /// Bits of a part within the tile.
    bits: u8,
    buffer: i64,
}

impl Window {
    pub fn new(tile: TileId, buffer: u16) -> Self {
        let bits = 32 - tile.z();
        Self {
            corner: [i64::from(tile.x()) << bits, i64::from(tile.y()) << bits],
            bits,
            buffer: (i64::from(buffer) << bits) >> 12,
        }
    }

    fn along(&self, corner: i64) -> Range<i64> {
        corner - self.buffer..corner + (1 << self.bits) + self.buffer
    }

    /// From its north to its south.
    fn rows(&self) -> Range<i64> {
        self.along(self.corner[1])
    }

    fn holds(&self, place: WorldPoint) -> bool {
        self.along(self.corner[0]).contains(&i64::from(place.x))
            && self.rows().contains(&i64::from(place.y))
    }

    /// On the grid of 4096, rounded down, so that a place never changes its tile.
    fn grid(&self, place: WorldPoint) -> [i32; 2] {
        let along =
            |part: u32, corner: i64| (((i64::from(part) - corner) << 12) >> self.bits) as i32;
        [
            along(place.x, self.corner[0]),
            along(place.y, self.corner[1]),
        ]
    }

    /// The tiles whose windows hold a place: its own, and up to three neighbours.
    pub fn around(place: WorldPoint, zoom: u8, buffer: u16) -> impl Iterator<Item = TileId> {
        let bits = 32 - zoom;
        let last = (1_i64 << zoom) - 1;
        let buffer = (i64::from(buffer) << bits) >> 12;
        let reach = move |part: u32| {
            let part = i64::from(part);
            // The far end of a window is outside of it.
            let first = ((part - buffer) >> bits).max(0);
            first as u32..=((part + buffer) >> bits).min(last) as u32
        };
        reach(place.x)
            .flat_map(move |x| reach(place.y).filter_map(move |y| TileId::new(zoom, x, y).ok()))
    }
}

impl Hierarchy {
    /// Appends the layer to a tile that may have others; nothing when nothing is there.
    pub fn append(&self, tile: TileId, bytes: &mut Vec<u8>) {
        let window = Window::new(tile, self.options.buffer);
        let elements = self.elements(tile.z());
        let mut layer = LayerWriter::new(self.table.layer_name());
        for (place, node) in elements.select(window.rows(), |place| window.holds(place)) {
            self.draw(node, window.grid(place), &mut layer);
        }
        layer.finish(bytes);
    }

    fn draw(&self, node: Node, place: [i32; 2], layer: &mut LayerWriter) {
        let summary = self.summary(node);
        if summary.count > 1 {
            return self.draw_cluster((node, &summary), place, layer);
        }
        let row = self.table.row(self.piles.rows_of(node.rank())[0]);
        let mut feature = layer.feature(Some(feature_id(row.doc, SINGLE)), GeometryType::Point);
        feature
            .points(&[place])
            .text("id", &row.id)
            .text("type", self.table.kind().as_str())
            .text(self.table.name_key(), &row.name)
            .uint("arobases", u64::from(row.arobases));
        if let Some(enjeu) = &row.enjeu {
            feature.text("enjeu", enjeu);
        } else if let Some(category) = self.table.category_of(row) {
            feature.text("typologie", category);
        }
        if let Some(year) = row.year {
            feature.uint("annee", u64::from(year));
        }
        if let Some(commune) = &row.commune {
            feature.text("commune", commune);
        }
        feature.end();
    }

    fn draw_cluster(
        &self,
        (node, summary): (Node, &Cluster),
        place: [i32; 2],
        layer: &mut LayerWriter,
    ) {
        let id = self.cluster_id(node, summary.origin);
        let keys = self.table.category_keys();
        let mut counts = vec![0; keys.len()];
        self.add_counts(node, &mut counts);
        let mut feature = layer.feature(Some(id), GeometryType::Point);
        feature
            .points(&[place])
            .bool("cluster", true)
            .uint("cluster_id", id)
            .uint("point_count", u64::from(summary.count))
            .text("point_count_abbreviated", &abbreviate(summary.count))
            .uint("expansion_zoom", u64::from(self.expansion_zoom(node)))
            .text(
                "bbox",
                &bbox_text(degrees(summary.north_west, summary.south_east)),
            );
        if summary.north_west == summary.south_east {
            feature.bool("coincident", true);
        }
        for (key, count) in keys.iter().zip(counts) {
            if count > 0 {
                feature.uint(key, u64::from(count));
            }
        }
        feature.end();
    }
}

/// `west,south,east,north` with five decimals (about a metre), rounded outwards.
fn bbox_text(bbox: Bbox) -> String {
    let mut text = String::with_capacity(48);
    let edges = [
        (bbox.west * 1e5).floor(),
        (bbox.south * 1e5).floor(),
        (bbox.east * 1e5).ceil(),
        (bbox.north * 1e5).ceil(),
    ];
    for (edge, comma) in edges.into_iter().zip(["", ",", ",", ","]) {
        let part = edge as i64;
        let sign = if part < 0 { "-" } else { "" };
        let (whole, fraction) = (part.abs() / 100_000, part.abs() % 100_000);
        // Writing to a String cannot fail.
        let _ = write!(text, "{comma}{sign}{whole}.{fraction:05}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_written_with_five_decimals_rounded_outwards() {
        let bbox = Bbox {
            west: -0.000_011,
            south: 43.123_456_7,
            east: 5.0,
            north: 48.999_999_1,
        };
        assert_eq!(bbox_text(bbox), "-0.00002,43.12345,5.00000,49.00000");
    }

    #[test]
    fn a_place_on_an_edge_is_on_the_grid_of_one_tile_only() {
        let window = |x| Window::new(TileId::new(5, x, 11).unwrap(), 256);
        let place = |x: u32| WorldPoint {
            x,
            y: (11 << 27) + 5,
        };
        let edge = 17 << 27;
        assert_eq!(window(17).grid(place(edge)), [0, 0]);
        assert_eq!(window(16).grid(place(edge)), [4096, 0]);
        assert_eq!(window(16).grid(place(edge - 1)), [4095, 0]);
        assert_eq!(window(17).grid(place(edge - 1)), [-1, 0]);
        assert!(window(17).holds(place(edge - (1 << 23))));
        assert!(!window(17).holds(place(edge - (1 << 23) - 1)));
        assert!(!window(16).holds(place(edge + (1 << 23))));
    }
}
