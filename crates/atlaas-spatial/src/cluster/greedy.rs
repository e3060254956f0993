//! The greedy step from one zoom to the next one up.

use super::buckets::{Buckets, Rows};
use super::elements::Elements;
use super::level::{Cluster, Level};
use super::node::Node;
use super::sums::Sums;
use crate::grid::WorldPoint;
use std::hint::black_box;

/// Searches whose memory is asked for at once.
const AHEAD: usize = 16;

/// The greedy step from the zoom below to `zoom`.
pub(super) fn greedy_step(zoom: u8, radius: u32, below: &Elements, sums: &Sums<'_>) -> Level {
    let buckets = Buckets::new(&below.places, radius);
    let mut free = vec![true; below.len()];
    let mut level = Level::default();
    level.elements.places.reserve_exact(below.len());
    level.elements.nodes.reserve_exact(below.len());
    let (mut room, mut parts) = (Vec::new(), Vec::new());
    let mut rows = [Rows::default(); AHEAD];
    for (rank, (&place, &node)) in below.places.iter().zip(&below.nodes).enumerate() {
        if rank % AHEAD == 0 {
            for (rows, &place) in rows.iter_mut().zip(&below.places[rank..]) {
                *rows = buckets.rows(place);
            }
            black_box(rows.iter().fold(0, |sum, rows| sum ^ buckets.touch(rows)));
        }
        if !free[rank] {
            continue;
        }
        free[rank] = false;
        parts.clear();
        parts.push(node);
        let search = (place, &rows[rank % AHEAD]);
        let near = buckets.take_within(search, &mut free, &mut room);
        parts.extend(near.iter().map(|&other| below.nodes[other as usize]));
        if parts.len() == 1 {
            level.elements.push(place, node);
        } else {
            let node = Node::new(zoom, level.clusters.len() as u32);
            let place = join(&mut level, &parts, sums);
            level.elements.push(place, node);
        }
    }
    level.shrink();
    level
}

/// Adds the cluster of some parts; tells where it stands.
fn join(level: &mut Level, parts: &[Node], sums: &Sums<'_>) -> WorldPoint {
    let categories = sums.table.category_keys().len();
    let row = level.counts.len();
    level.counts.resize(row + categories, 0);
    let (mut sum_x, mut sum_y, mut count) = (0_u64, 0_u64, 0_u32);
    let mut north_west = WorldPoint {
        x: u32::MAX,
        y: u32::MAX,
    };
    let mut south_east = WorldPoint { x: 0, y: 0 };
    for &part in parts {
        let summary = sums.summary(part);
        // Fewer than 2³¹ points at coordinates below 2³² cannot overflow.
        sum_x += u64::from(summary.place.x) * u64::from(summary.count);
        sum_y += u64::from(summary.place.y) * u64::from(summary.count);
        count += summary.count;
        north_west.x = north_west.x.min(summary.north_west.x);
        north_west.y = north_west.y.min(summary.north_west.y);
        south_east.x = south_east.x.max(summary.south_east.x);
        south_east.y = south_east.y.max(summary.south_east.y);
        sums.add_counts(part, &mut level.counts[row..]);
    }
    let place = WorldPoint {
        x: (sum_x / u64::from(count)) as u32,
        y: (sum_y / u64::from(count)) as u32,
    };
    level.clusters.push(Cluster {
        place,
        count,
        origin: sums.summary(parts[0]).origin,
        north_west,
        south_east,
        first_part: level.parts.len() as u32,
    });
    level.parts.extend_from_slice(parts);
    place
}
