//! The pieces of a drawn territory that fall in each tile.

use super::borders::Drawing;
use super::specks::smallest;
use crate::grid::{TILE_BITS, Vertex};
use crate::rings::{Edge, Polygon, Side, assemble, cut, cut_box};
use crate::territories::shape::join;
use crate::topology::Lines;

/// The part of a territory in a tile.
#[derive(Debug)]
pub struct Piece {
    /// Column and row of the tile.
    pub tile: [u32; 2],
    /// Rank of the territory.
    pub shape: u32,
    /// Polygons in units of the tile, from its north-west corner.
    pub polygons: Vec<Polygon>,
}

impl Drawing<'_> {
    /// The pieces of a territory in every tile that it touches.
    pub fn pieces(&self, rank: u32) -> Vec<Piece> {
        let shape = &self.territories.shapes[rank as usize];
        let mut pieces: Vec<Piece> = Vec::new();
        if !self.draws(shape) {
            return pieces;
        }
        let edges = self.edges(shape);
        let specks = self.specks(shape, &edges);
        if let Some([west, north, east, south]) = bounds(&edges) {
            let (columns, rows) = (self.tiles(west, east), self.tiles(north, south));
            self.split(edges, columns, rows, &mut |tile, edges| {
                pieces.extend(self.piece(tile, rank, edges));
            });
        }
        for speck in specks {
            for tile in self.tiles_around(speck) {
                let polygon = smallest(speck, tile);
                match pieces.iter_mut().find(|piece| piece.tile == tile) {
                    Some(piece) => piece.polygons.push(polygon),
                    None => pieces.push(Piece {
                        tile,
                        shape: rank,
                        polygons: vec![polygon],
                    }),
                }
            }
        }
        pieces
    }

    /// The piece of a territory in one tile.
    pub fn piece_in(&self, rank: u32, tile: [u32; 2]) -> Option<Piece> {
        let shape = &self.territories.shapes[rank as usize];
        let edges = self.edges(shape);
        let mut specks = self.specks(shape, &edges);
        let [west, north] = tile.map(|place| self.span(place, place).0);
        let [east, south] = tile.map(|place| self.span(place, place).1);
        let mut piece = self
            .piece(tile, rank, cut_box(&edges, [west, north, east, south]))
            .unwrap_or(Piece {
                tile,
                shape: rank,
                polygons: Vec::new(),
            });
        specks.retain(|&speck| self.tiles_around(speck).contains(&tile));
        piece
            .polygons
            .extend(specks.into_iter().map(|speck| smallest(speck, tile)));
        (!piece.polygons.is_empty()).then_some(piece)
    }

    /// The tiles whose buffered square holds the smallest triangle at a unit of the tiles' grid.
    fn tiles_around(&self, pixel: Vertex) -> Vec<[u32; 2]> {
        let last = (1_i64 << self.zoom) - 1;
        let run = |place: i32| {
            let (tile, place) = (1_i64 << TILE_BITS, i64::from(place));
            let buffer = i64::from(self.lines.buffer) << self.magnify;
            let first = (place + 1 - buffer).div_euclid(tile).clamp(0, last);
            let end = (place + buffer).div_euclid(tile).clamp(0, last);
            first as u32..=end as u32
        };
        run(pixel.x)
            .flat_map(|x| run(pixel.y).map(move |y| [x, y]))
            .collect()
    }

    fn piece(&self, tile: [u32; 2], shape: u32, edges: Vec<Edge>) -> Option<Piece> {
        let mut polygons = assemble(edges);
        let [left, top] = tile.map(|place| place as i32 * self.lines.tile);
        for vertex in polygons.iter_mut().flatten().flatten() {
            vertex.x = (vertex.x - left) << self.magnify;
            vertex.y = (vertex.y - top) << self.magnify;
        }
        (!polygons.is_empty()).then_some(Piece {
            tile,
            shape,
            polygons,
        })
    }

    /// First and last tile whose buffered span touches `low..=high`.
    fn tiles(&self, low: i32, high: i32) -> (u32, u32) {
        let Lines { tile, buffer } = self.lines;
        let last = (1_i32 << self.zoom) - 1;
        let first = (low - buffer).div_euclid(tile).clamp(0, last);
        let end = (high + buffer).div_euclid(tile).clamp(0, last);
        (first as u32, end as u32)
    }

    /// The buffered span of a run of tiles.
    const fn span(&self, first: u32, last: u32) -> (i32, i32) {
        let Lines { tile, buffer } = self.lines;
        (
            first as i32 * tile - buffer,
            (last as i32 + 1) * tile + buffer,
        )
    }

    /// Halves the run of columns, then of rows, until one tile is left.
    fn split(
        &self,
        edges: Vec<Edge>,
        columns: (u32, u32),
        rows: (u32, u32),
        found: &mut dyn FnMut([u32; 2], Vec<Edge>),
    ) {
        let Some([west, north, east, south]) = bounds(&edges) else {
            return;
        };
        let (left, right) = self.span(columns.0, columns.1);
        let (top, bottom) = self.span(rows.0, rows.1);
        let mut edges = edges;
        for (outside, side) in [
            (west < left, Side::East(left)),
            (east > right, Side::West(right)),
            (north < top, Side::South(top)),
            (south > bottom, Side::North(bottom)),
        ] {
            if outside {
                edges = cut(&edges, side);
            }
        }
        if edges.is_empty() {
            return;
        }
        let middle = |run: (u32, u32)| run.0 + (run.1 - run.0) / 2;
        if columns.0 < columns.1 {
            let middle = middle(columns);
            self.split(edges.clone(), (columns.0, middle), rows, found);
            self.split(edges, (middle + 1, columns.1), rows, found);
        } else if rows.0 < rows.1 {
            let middle = middle(rows);
            self.split(edges.clone(), columns, (rows.0, middle), found);
            self.split(edges, columns, (middle + 1, rows.1), found);
        } else {
            found([columns.0, rows.0], edges);
        }
    }
}

fn bounds(edges: &[Edge]) -> Option<[i32; 4]> {
    edges.iter().map(|(a, _)| [a.x, a.y, a.x, a.y]).reduce(join)
}
