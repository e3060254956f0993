//! Keeps simplified borders from crossing: where a chord of one zoom crosses another border, the
//! vertex farthest from it comes back, on both sides of the border at once since arcs are shared.
//!
//! Zooms are treated from the coarsest down, and a vertex that comes back stays at all finer zooms,
//! so that what was right stays right.

use super::arcs::Arcs;
use super::crossing::{Cells, Segment, crossing_pairs};
use super::rank::first_zooms;
use crate::grid::Vertex;
use crate::grid::{WHOLE_ZOOM, distance2};
use hashbrown::HashSet;
use rayon::prelude::*;

/// Rounds after which a zoom is left as it is; a handful is usual.
const ROUNDS: usize = 40;

/// The first zoom of every vertex, in the order of `arcs.vertices`: by rank, then lowered until no
/// two borders cross at any zoom. `arc_zooms` is the first zoom at which each arc is drawn at all.
pub fn vertex_zooms(arcs: &Arcs, arc_zooms: &[u8]) -> Vec<u8> {
    let mut zooms: Vec<u8> = (0..arcs.len())
        .into_par_iter()
        .flat_map_iter(|arc| first_zooms(arcs.arc(arc), arc_zooms[arc]))
        .collect();
    for zoom in 0..WHOLE_ZOOM {
        uncross(arcs, arc_zooms, zoom, &mut zooms);
    }
    zooms
}

fn uncross(arcs: &Arcs, arc_zooms: &[u8], zoom: u8, zooms: &mut [u8]) {
    let mut segments: Vec<Segment> = (0..arcs.len())
        .filter(|&arc| arc_zooms[arc] <= zoom)
        .flat_map(|arc| kept_segments(arcs, arc, zooms, zoom))
        .collect();
    let cells = Cells::for_segments(&segments);
    let chords = |segments: &[Segment], s: u32, t: u32| {
        segments[s as usize].is_chord() || segments[t as usize].is_chord()
    };
    let mut crossed = crossing_pairs(&segments, cells, None, |s, t| chords(&segments, s, t));
    for _ in 0..ROUNDS {
        let mut broken: Vec<u32> = crossed.iter().flat_map(|&(s, t)| [s, t]).collect();
        broken.sort_unstable();
        broken.dedup();
        broken.retain(|&s| segments[s as usize].is_chord());
        if broken.is_empty() {
            break;
        }
        let mut dirty = HashSet::new();
        let first_new = segments.len() as u32;
        for &rank in &broken {
            let segment = segments[rank as usize];
            let middle = farthest(arcs, segment);
            zooms[middle as usize] = zooms[middle as usize].min(zoom);
            let vertex = arcs.vertices[middle as usize];
            let halves = [
                Segment {
                    b: vertex,
                    to: middle,
                    ..segment
                },
                Segment {
                    a: vertex,
                    from: middle,
                    ..segment
                },
            ];
            segments[rank as usize] = halves[0];
            segments.push(halves[1]);
            for half in halves {
                cells.along(half.a, half.b, 0, |key| {
                    dirty.insert(key);
                });
            }
        }
        let is_new = |s: u32| s >= first_new || broken.binary_search(&s).is_ok();
        crossed = crossing_pairs(&segments, cells, Some(&dirty), |s, t| {
            (is_new(s) || is_new(t)) && chords(&segments, s, t)
        });
    }
}

/// The segments of an arc at a zoom.
pub fn kept_segments(
    arcs: &Arcs,
    arc: usize,
    zooms: &[u8],
    zoom: u8,
) -> impl Iterator<Item = Segment> {
    let mut kept = arcs.range(arc).filter(move |&v| zooms[v] <= zoom);
    let mut from = kept.next();
    std::iter::from_fn(move || {
        let (a, b) = (from?, kept.next()?);
        from = Some(b);
        Some(Segment {
            a: arcs.vertices[a],
            b: arcs.vertices[b],
            from: a as u32,
            to: b as u32,
        })
    })
}

/// The vertices of an arc at a zoom.
pub fn kept_vertices(
    arcs: &Arcs,
    arc: usize,
    zooms: &[u8],
    zoom: u8,
) -> impl Iterator<Item = Vertex> {
    arcs.range(arc)
        .filter(move |&v| zooms[v] <= zoom)
        .map(|v| arcs.vertices[v])
}

fn farthest(arcs: &Arcs, chord: Segment) -> u32 {
    let distance = |v: u32| distance2(arcs.vertices[v as usize], chord.a, chord.b);
    (chord.from + 1..chord.to)
        .max_by(|&v, &w| distance(v).total_cmp(&distance(w)))
        .unwrap_or(chord.from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_that_a_chord_would_cross_brings_vertices_back() {
        let arc = |corners: &[(i32, i32)]| -> Vec<Vertex> {
            corners.iter().map(|&(x, y)| Vertex { x, y }).collect()
        };
        // A shallow bay, and a thin arc whose end reaches into it.
        let bay = arc(&[(0, 0), (50_000, 90_000), (100_000, 0)]);
        let pier = arc(&[(50_000, -200_000), (50_000, 60_000)]);
        let arcs = Arcs {
            starts: vec![0, 3, 5],
            vertices: [bay, pier].concat(),
        };
        assert!(first_zooms(arcs.arc(0), 0)[1] > 0);
        let zooms = vertex_zooms(&arcs, &[0, 0]);
        assert_eq!(zooms, [0, 0, 0, 0, 0]);
    }
}
