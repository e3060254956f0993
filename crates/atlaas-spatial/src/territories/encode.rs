//! Tiles of territories as bytes: pieces and labels into layers.

use super::collection::Territories;
use super::content::{Role, TileContent};
use super::drawing::Piece;
use super::labels::tile_of;
use super::layers::{LAYERS, LayerInfo, NAME_ZOOM, min_zoom};
use super::shape::TerritoryAttributes;
use crate::encode::{FeatureWriter, GeometryType, LayerWriter};
use crate::grid::{LATTICE_BITS, TileId, detail_of};
use atlaas_model::Level;
use std::collections::BTreeSet;

/// Hears of a territory, the tile that its point is in, where in it, and what it stands for.
type PointFound<'a> = dyn FnMut(u32, [u32; 2], [i32; 2], Role) + 'a;

/// Features from which on it saves bytes to number the values of a layer before it is written.
const WORTH_NUMBERING: usize = 64;

/// A writer for each layer, to be used for tile after tile.
pub fn layer_writers() -> Vec<LayerWriter> {
    LAYERS
        .iter()
        .map(|info| LayerWriter::new(info.id))
        .collect()
}

impl Territories {
    /// One tile, uncompressed; empty when nothing is there. Any zoom, drawn on the spot.
    pub fn tile(&self, tile: TileId) -> Vec<u8> {
        let place = [tile.x(), tile.y()];
        let window = window(tile);
        let near = self.shapes_in(window);
        let mut content = TileContent::default();
        let drawn: Vec<u32> = near
            .iter()
            .copied()
            .filter(|&rank| min_zoom(self.shapes[rank as usize].attributes.kind) <= tile.z())
            .collect();
        if !drawn.is_empty() {
            let drawing = self.draw_window(tile.z(), window, &drawn);
            content.pieces = drawn
                .into_iter()
                .filter_map(|rank| drawing.piece_in(rank, place))
                .collect();
        }
        // A label lies in its own territory.
        let mut labelled: Vec<u32> = near
            .into_iter()
            .chain(self.points.iter().copied())
            .collect();
        labelled.sort_unstable();
        for rank in labelled {
            self.point_of(rank, tile.z(), &mut |rank, at, inside, role| {
                if at == place {
                    content.put(rank, inside, role);
                }
            });
        }
        self.encode(tile.z(), content, &mut layer_writers())
    }

    /// Calls `found` with the tile and the place in it of every label of a zoom, and of every commune
    /// that is drawn as a point because it has no outline.
    pub(crate) fn for_each_point(&self, zoom: u8, found: &mut PointFound) {
        for rank in 0..self.shapes.len() as u32 {
            self.point_of(rank, zoom, found);
        }
    }

    fn point_of(&self, rank: u32, zoom: u8, found: &mut PointFound) {
        let shape = &self.shapes[rank as usize];
        let Some(label) = shape.label else { return };
        if min_zoom(shape.attributes.kind) > zoom {
            return;
        }
        let (tile, inside) = tile_of(label.at, zoom);
        if label.zoom <= zoom {
            found(rank, tile, inside, Role::Label);
        }
        if shape.arcs.is_empty() && shape.attributes.kind == Level::Commune {
            found(rank, tile, inside, Role::Territory);
        }
    }

    /// The bytes of a tile; `layers` are those of [`layer_writers`], empty before and after.
    pub(crate) fn encode(
        &self,
        zoom: u8,
        mut content: TileContent,
        layers: &mut [LayerWriter],
    ) -> Vec<u8> {
        content.pieces.sort_by_key(|piece| piece.shape);
        let mut tile = Vec::new();
        for (info, layer) in LAYERS.iter().zip(layers) {
            if info.labels {
                self.write_labels(layer, info, &content.labels);
            } else {
                self.write_surfaces(layer, info, zoom, &content);
            }
            layer.finish(&mut tile);
        }
        tile
    }

    fn write_surfaces(
        &self,
        layer: &mut LayerWriter,
        info: &LayerInfo,
        zoom: u8,
        content: &TileContent,
    ) {
        let of_layer = |rank: u32| self.shapes[rank as usize].attributes.kind == info.territory;
        let surfaces: Vec<&Piece> = content
            .pieces
            .iter()
            .filter(|piece| of_layer(piece.shape))
            .collect();
        if surfaces.len() >= WORTH_NUMBERING {
            self.declare_values(layer, surfaces.iter().map(|piece| piece.shape), zoom);
        }
        let mut positions = Vec::new();
        for piece in surfaces {
            let attributes = &self.shapes[piece.shape as usize].attributes;
            let mut feature = layer.feature(Some(attributes.feature_id), GeometryType::Polygon);
            for ring in piece.polygons.iter().flatten() {
                positions.clear();
                positions.extend(ring.iter().map(|vertex| [vertex.x, vertex.y]));
                feature.ring(&positions);
            }
            self.write_properties(&mut feature, piece.shape, zoom);
            feature.end();
        }
        for &(rank, at) in &content.points {
            let attributes = &self.shapes[rank as usize].attributes;
            if attributes.kind == info.territory {
                let mut feature = layer.feature(Some(attributes.feature_id), GeometryType::Point);
                feature.points(&[at]);
                self.write_properties(&mut feature, rank, zoom);
                feature.end();
            }
        }
    }

    /// Numbers the values of a layer: the few that come again and again first, populations by size,
    /// then codes and names in the order of the features. A tenth of a large tile's tags is saved.
    fn declare_values(
        &self,
        layer: &mut LayerWriter,
        ranks: impl Iterator<Item = u32> + Clone,
        zoom: u8,
    ) {
        let attributes = |rank: u32| &self.shapes[rank as usize].attributes;
        let mut counts = BTreeSet::new();
        let mut populations = Vec::new();
        for known in ranks.clone().map(attributes) {
            counts.insert(u64::from(known.arobases));
            counts.extend(known.counts.iter().map(|&(_, count)| u64::from(count)));
            populations.extend(
                known
                    .numbers
                    .iter()
                    .filter_map(|(_, number)| whole(*number)),
            );
        }
        populations.sort_unstable();
        for number in counts.into_iter().chain(populations) {
            layer.declare_uint(number);
        }
        for known in ranks.clone().map(attributes) {
            layer.declare_text(known.code.as_str());
        }
        if zoom >= NAME_ZOOM {
            for known in ranks.map(attributes) {
                layer.declare_text(&known.name);
            }
        }
    }

    fn write_properties(&self, feature: &mut FeatureWriter, rank: u32, zoom: u8) {
        let attributes = &self.shapes[rank as usize].attributes;
        feature.text("code", attributes.code.as_str());
        if zoom >= NAME_ZOOM {
            feature.text("nom", &attributes.name);
        }
        write_numbers(feature, attributes);
        feature.uint("arobases", u64::from(attributes.arobases));
        for &(layer, count) in &attributes.counts {
            feature.uint(layer.as_str(), u64::from(count));
        }
    }

    fn write_labels(&self, layer: &mut LayerWriter, info: &LayerInfo, labels: &[(u32, [i32; 2])]) {
        for &(rank, at) in labels {
            let shape = &self.shapes[rank as usize];
            let attributes = &shape.attributes;
            if attributes.kind == info.territory {
                let mut feature = layer.feature(Some(attributes.feature_id), GeometryType::Point);
                feature
                    .points(&[at])
                    .text("nom", &attributes.name)
                    .text("code", attributes.code.as_str());
                write_numbers(&mut feature, attributes);
                feature.uint("rang", shape.label.map_or(0, |label| u64::from(label.rank)));
                feature.end();
            }
        }
    }
}

fn write_numbers(feature: &mut FeatureWriter, attributes: &TerritoryAttributes) {
    for (name, number) in &attributes.numbers {
        match whole(*number) {
            Some(whole) => feature.uint(name.as_str(), whole),
            None => feature.double(name.as_str(), *number),
        };
    }
}

/// A whole number that is not negative, as tiles write it shortest.
fn whole(number: f64) -> Option<u64> {
    (number >= 0.0 && number.fract() == 0.0 && number < 1e15).then_some(number as u64)
}

/// What of the lattice a tile sees, its buffer and as much again around it included.
fn window(tile: TileId) -> [i32; 4] {
    let width = 1_i64 << (LATTICE_BITS - u32::from(tile.z()));
    let margin = (width * i64::from(detail_of(tile.z()).buffer) / 4096).max(2) * 2;
    let low = |place: u32| (i64::from(place) * width - margin) as i32;
    let high =
        |place: u32| ((i64::from(place) + 1) * width + margin).min(i64::from(i32::MAX)) as i32;
    [low(tile.x()), low(tile.y()), high(tile.x()), high(tile.y())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::territories::shape::touch;

    #[test]
    fn a_window_is_its_tile_and_a_little_more() {
        let [west, north, east, south] = window(TileId::new(1, 1, 0).unwrap());
        let half = 1 << (LATTICE_BITS - 1);
        assert!(west < half && north < 0 && east > 2 * half && south > half);
        let far = half / 2;
        assert!(!touch([west, north, east, south], [far, far, far, far]));
    }
}
