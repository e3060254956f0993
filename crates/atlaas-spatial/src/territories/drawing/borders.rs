//! The borders of one zoom on its grid, of everything or of what a window needs.

use crate::grid::{DEEPEST_GRID, Grid, TILE_BITS, Vertex, detail_of};
use crate::rings::Edge;
use crate::territories::collection::Territories;
use crate::territories::layers::min_zoom;
use crate::territories::shape::{Shape, touch};
use crate::topology::{Arcs, Lines, kept_vertices, snap};

/// The borders of one zoom on its grid.
pub struct Drawing<'a> {
    pub(super) territories: &'a Territories,
    pub(super) zoom: u8,
    pub(super) grid: Grid,
    pub(super) lines: Lines,
    /// Units of the drawing's grid are `2^magnify` units of the tile.
    pub(super) magnify: u32,
    /// The arcs that were drawn, sorted, when it is not all of them.
    only: Option<Vec<u32>>,
    arcs: Arcs,
}

impl Territories {
    /// Draws a whole zoom.
    pub(crate) fn draw(&self, zoom: u8) -> Drawing<'_> {
        let mut polylines = Arcs::start();
        for arc in 0..self.arcs.len() {
            if self.arc_zooms[arc] <= zoom {
                let kept = kept_vertices(&self.arcs, arc, &self.vertex_zooms, zoom);
                polylines.vertices.extend(kept);
            }
            polylines.end_arc();
        }
        Drawing::new(self, zoom, &polylines)
    }

    /// Draws what some territories need inside a window (west, north, east, south on the lattice). An
    /// arc that stays clear of it is replaced by its two ends: its box, which holds both, does too, so
    /// that what is inside and outside the window stays as it is.
    pub(in crate::territories) fn draw_window(
        &self,
        zoom: u8,
        window: [i32; 4],
        shapes: &[u32],
    ) -> Drawing<'_> {
        let mut used: Vec<u32> = shapes
            .iter()
            .flat_map(|&rank| &self.shapes[rank as usize].arcs)
            .map(|arc| arc.arc() as u32)
            .collect();
        used.sort_unstable();
        used.dedup();
        let seen = |arc: usize| touch(window, self.arc_bounds[arc]);
        let mut polylines = Arcs::start();
        for arc in used
            .iter()
            .map(|&arc| arc as usize)
            .filter(|&arc| seen(arc))
        {
            let kept = kept_vertices(&self.arcs, arc, &self.vertex_zooms, zoom);
            polylines.vertices.extend(kept);
            polylines.end_arc();
        }
        let near = Drawing::new(self, zoom, &polylines);
        let mut arcs = Arcs::start();
        let mut rank = 0;
        for arc in used.iter().map(|&arc| arc as usize) {
            if seen(arc) {
                arcs.vertices.extend_from_slice(near.arcs.arc(rank));
                rank += 1;
            } else {
                let whole = self.arcs.arc(arc);
                let ends = [whole[0], whole[whole.len() - 1]];
                arcs.vertices.extend(ends.map(|v| near.grid.pixel(v)));
            }
            arcs.end_arc();
        }
        Drawing {
            only: Some(used),
            arcs,
            ..near
        }
    }
}

impl<'a> Drawing<'a> {
    fn new(territories: &'a Territories, zoom: u8, polylines: &Arcs) -> Self {
        let deep = u32::from(zoom.saturating_sub(DEEPEST_GRID));
        let magnify = deep + detail_of(zoom).coarse_bits;
        let grid = Grid::of_zoom(zoom - (magnify as u8).min(zoom));
        let lines = Lines {
            tile: 1 << (TILE_BITS - magnify),
            buffer: detail_of(zoom).buffer >> magnify,
        };
        Self {
            territories,
            zoom,
            grid,
            lines,
            magnify,
            only: None,
            arcs: snap(polylines, grid, lines),
        }
    }

    /// The vertices of an arc on the grid; nothing when it was not drawn.
    fn snapped(&self, arc: usize) -> &[Vertex] {
        match &self.only {
            None => self.arcs.arc(arc),
            Some(drawn) => drawn
                .binary_search(&(arc as u32))
                .map_or(&[], |rank| self.arcs.arc(rank)),
        }
    }
}

impl Drawing<'_> {
    /// Whether a territory belongs in this zoom's tiles.
    pub(in crate::territories) fn draws(&self, shape: &Shape) -> bool {
        !shape.arcs.is_empty() && min_zoom(shape.attributes.kind) <= self.zoom
    }

    /// The snapped edges of a territory, those of an arc in the order of the walk.
    pub(super) fn edges(&self, shape: &Shape) -> Vec<Edge> {
        let mut edges = Vec::new();
        for arc in &shape.arcs {
            let steps = self.snapped(arc.arc()).windows(2);
            if arc.is_backward() {
                edges.extend(steps.rev().map(|ends| (ends[1], ends[0])));
            } else {
                edges.extend(steps.map(|ends| (ends[0], ends[1])));
            }
        }
        edges
    }
}
