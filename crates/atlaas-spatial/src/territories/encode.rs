//! Tiles of territories as bytes: pieces and labels into layers.

use super::draw::Piece;
use super::labels::tile_of;
use super::layers::{LAYERS, LayerInfo, NAME_ZOOM, min_zoom};
use super::{Territories, touch};
use crate::quantise::LATTICE_BITS;
use crate::rank::detail_of;
use crate::{GeometryType, LayerWriter, TileId};
use atlaas_model::Kind;
use std::collections::BTreeSet;

/// What a point in a tile stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A name.
    Label,
    /// A territory without an outline.
    Territory,
}

/// What one tile holds.
#[derive(Default)]
pub struct Content {
    /// Surfaces, in any order.
    pub pieces: Vec<Piece>,
    /// Territories without an outline that stand in the tile, and where.
    pub points: Vec<(u32, [i32; 2])>,
    /// Territories that bear their name in the tile, and where.
    pub labels: Vec<(u32, [i32; 2])>,
}

/// A writer for each layer, to be used for tile after tile.
pub fn layer_writers() -> Vec<LayerWriter> {
    LAYERS
        .iter()
        .map(|info| LayerWriter::new(info.id))
        .collect()
}

impl Content {
    /// Adds a point.
    pub fn put(&mut self, rank: u32, inside: [i32; 2], role: Role) {
        match role {
            Role::Label => self.labels.push((rank, inside)),
            Role::Territory => self.points.push((rank, inside)),
        }
    }
}

impl Territories {
    /// One tile, uncompressed; empty when nothing is there. Any zoom, drawn on the spot.
    pub fn tile(&self, tile: TileId) -> Vec<u8> {
        let place = [tile.x(), tile.y()];
        let window = window(tile);
        let shapes: Vec<u32> = (0..)
            .zip(&self.shapes)
            .filter(|(_, shape)| !shape.arcs.is_empty() && touch(window, shape.bounds))
            .map(|(rank, _)| rank)
            .collect();
        let mut content = Content::default();
        if !shapes.is_empty() {
            let drawing = self.draw_within(tile.z(), Some(window));
            let drawn = shapes
                .into_iter()
                .filter(|&rank| drawing.draws(&self.shapes[rank as usize]));
            content.pieces = drawn
                .filter_map(|rank| drawing.piece_in(rank, place))
                .collect();
        }
        self.for_each_point(tile.z(), &mut |rank, at, inside, role| {
            if at == place {
                content.put(rank, inside, role);
            }
        });
        self.encode(tile.z(), content, &mut layer_writers())
    }

    /// Calls `found` with the tile and the place in it of every label of a zoom, and of every commune
    /// that is drawn as a point because it has no outline.
    pub(crate) fn for_each_point(
        &self,
        zoom: u8,
        found: &mut dyn FnMut(u32, [u32; 2], [i32; 2], Role),
    ) {
        for (rank, shape) in (0..).zip(&self.shapes) {
            let Some(label) = shape.label else { continue };
            if min_zoom(shape.attributes.kind) > zoom {
                continue;
            }
            let (tile, inside) = tile_of(label.at, zoom);
            if label.zoom <= zoom {
                found(rank, tile, inside, Role::Label);
            }
            if shape.arcs.is_empty() && shape.attributes.kind == Kind::Commune {
                found(rank, tile, inside, Role::Territory);
            }
        }
    }

    /// The bytes of a tile; `layers` are those of [`layer_writers`], empty before and after.
    pub(crate) fn encode(
        &self,
        zoom: u8,
        mut content: Content,
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
        content: &Content,
    ) {
        let of_layer = |rank: u32| self.shapes[rank as usize].attributes.kind == info.territory;
        let surfaces: Vec<&Piece> = content
            .pieces
            .iter()
            .filter(|piece| of_layer(piece.shape))
            .collect();
        self.declare_values(layer, surfaces.iter().map(|piece| piece.shape), zoom);
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
            counts.extend([u32::from(known.arobases), known.initiatives, known.colieux]);
            populations.push(known.population);
        }
        populations.sort_unstable();
        for number in counts.into_iter().chain(populations) {
            layer.declare_uint(u64::from(number));
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

    fn write_properties(&self, feature: &mut crate::FeatureWriter, rank: u32, zoom: u8) {
        let attributes = &self.shapes[rank as usize].attributes;
        feature.text("code", attributes.code.as_str());
        if zoom >= NAME_ZOOM {
            feature.text("nom", &attributes.name);
        }
        feature
            .uint("population", u64::from(attributes.population))
            .uint("arobases", u64::from(attributes.arobases))
            .uint("initiatives", u64::from(attributes.initiatives))
            .uint("colieux", u64::from(attributes.colieux));
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
                    .text("code", attributes.code.as_str())
                    .uint("population", u64::from(attributes.population))
                    .uint("rang", shape.label.map_or(0, |label| u64::from(label.rank)));
                feature.end();
            }
        }
    }
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

    #[test]
    fn a_window_is_its_tile_and_a_little_more() {
        let [west, north, east, south] = window(TileId::new(1, 1, 0).unwrap());
        let half = 1 << (LATTICE_BITS - 1);
        assert!(west < half && north < 0 && east > 2 * half && south > half);
        let far = half / 2;
        assert!(!touch([west, north, east, south], [far, far, far, far]));
    }
}
