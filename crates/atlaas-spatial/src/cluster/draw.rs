//! Draws one tile of a hierarchy: what lies in it or near enough to reach into it.
//!
//! An element belongs to the tile in which it lies, west and north edge included, east and south
//! edge not: those are the features with coordinates from 0 to 4095. Those beyond repeat what
//! belongs to the neighbours, so that no symbol is cut.

use super::hierarchy::Hierarchy;
use super::level::Cluster;
use super::node::{Node, SINGLE, feature_id};
use super::window::Window;
use crate::encode::{FeatureWriter, GeometryType, LayerWriter};
use crate::grid::{TileId, degrees};
use crate::points::{Property, abbreviate};
use atlaas_model::Bbox;
use std::fmt::Write;

impl Hierarchy {
    /// The vector tile: one layer, or no byte when nothing is there.
    pub fn tile(&self, tile: TileId) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.append(tile, &mut bytes);
        bytes
    }

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
        let summary = self.sums().summary(node);
        if summary.count > 1 {
            return self.draw_cluster((node, &summary), place, layer);
        }
        let row = self.table.row(self.piles.rows_of(node.rank())[0]);
        let head = self.table.head();
        let mut feature = layer.feature(Some(feature_id(row.doc, SINGLE)), GeometryType::Point);
        feature
            .points(&[place])
            .text("id", &row.id)
            .text("type", &head.kind)
            .text(&head.name_key, &row.name)
            .uint("arobases", u64::from(row.arobases));
        for ((key, _), property) in head.columns.iter().zip(&row.properties) {
            match property {
                None => continue,
                Some(Property::Text(text)) => feature.text(key, text),
                Some(Property::Number(number)) => write_number(&mut feature, key, *number),
                Some(Property::Boolean(yes)) => feature.bool(key, *yes),
            };
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
        self.sums().add_counts(node, &mut counts);
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

/// Beyond it doubles hold no longer every whole number.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// A whole number takes fewer bytes as such.
fn write_number<'a, 'b>(
    feature: &'a mut FeatureWriter<'b>,
    key: &str,
    number: f64,
) -> &'a mut FeatureWriter<'b> {
    let whole = number as i64;
    if number.fract() != 0.0 || number.abs() > LARGEST_WHOLE {
        feature.double(key, number)
    } else if whole < 0 {
        feature.int(key, whole)
    } else {
        feature.uint(key, whole as u64)
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
}
