//! Rings as sources draw them, made fit for the topology: on the lattice, without repeated vertices
//! or spikes, wound one way. What cannot be a ring is left out and told.

use super::cut::OwnedRing;
use crate::grid::{Vertex, area2};
use atlaas_model::{Action, Code, Outline, Position, Ring};

/// Something about the outline of a commune that was repaired, left out or looks wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopologyRemark {
    /// The commune.
    pub code: Code,
    /// What was done.
    pub action: Action,
    /// Where or how much, such as `2.35000,48.85000`; may be empty.
    pub value: String,
    /// What was wrong and what to do, in French.
    pub advice: String,
}

/// Longest edge that is believed, in lattice steps: an eighth of the world. A longer one crosses the
/// antimeridian or is a mistake.
const LONGEST_EDGE: i64 = 1 << 27;

/// The rings of one outline; `owner` is its rank.
pub fn clean_outline(
    outline: &Outline,
    owner: u32,
    remarks: &mut Vec<TopologyRemark>,
) -> Vec<OwnedRing> {
    let mut rings = Vec::new();
    for polygon in &outline.polygons {
        for (rank, ring) in polygon.iter().enumerate() {
            let wound = if rank == 0 { 1 } else { -1 };
            match clean_ring(ring) {
                Ok((mut vertices, note)) => {
                    if area2(&vertices).signum() != wound {
                        vertices.reverse();
                    }
                    remarks
                        .extend(note.map(|advice| remark(outline, Action::Repare, ring, advice)));
                    rings.push(OwnedRing { owner, vertices });
                }
                Err(advice) => {
                    remarks.push(remark(outline, Action::Ignore, ring, advice));
                    // Holes of an exterior that is no ring have nothing to be cut from.
                    if rank == 0 {
                        break;
                    }
                }
            }
        }
    }
    rings
}

fn remark(outline: &Outline, action: Action, ring: &Ring, advice: &str) -> TopologyRemark {
    let value = ring
        .first()
        .map_or_else(String::new, |[x, y]| format!("{x:.5},{y:.5}"));
    TopologyRemark {
        code: outline.code,
        action,
        value,
        advice: advice.to_owned(),
    }
}

type Cleaned = (Vec<Vertex>, Option<&'static str>);

fn clean_ring(ring: &Ring) -> Result<Cleaned, &'static str> {
    let mut vertices = Vec::with_capacity(ring.len());
    let mut note = None;
    for &[longitude, latitude] in ring {
        let position = Position::new(longitude, latitude)
            .map_err(|_| "anneau hors du monde ou non numérique : corriger ses coordonnées (longitude puis latitude)")?;
        let vertex = Vertex::new(position);
        if vertices.last() == Some(&vertex) {
            note = Some("sommets répétés : un seul est gardé");
        } else {
            vertices.push(vertex);
        }
    }
    if vertices.len() > 1 && vertices.first() == vertices.last() {
        vertices.pop();
    }
    if drop_spikes(&mut vertices) {
        note = Some("pointe sans surface : retirée");
    }
    if vertices.len() < 3 {
        return Err("anneau de moins de trois sommets distincts : laissé de côté");
    }
    if vertices.len() > 2 && too_long(&vertices) {
        return Err(
            "côté de plus d’un huitième du tour du monde : laissé de côté ; couper l’anneau à l’antiméridien",
        );
    }
    if area2(&vertices) == 0 {
        return Err("anneau sans surface : laissé de côté");
    }
    Ok((vertices, note))
}

fn too_long(ring: &[Vertex]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let reach = |a: i32, b: i32| (i64::from(a) - i64::from(b)).abs();
    ring.iter()
        .zip(next)
        .any(|(a, b)| reach(a.x, b.x).max(reach(a.y, b.y)) > LONGEST_EDGE)
}

/// Takes out vertices where the ring turns back on itself; tells whether there were any.
pub fn drop_spikes(ring: &mut Vec<Vertex>) -> bool {
    let before = ring.len();
    let mut kept: Vec<Vertex> = Vec::with_capacity(ring.len());
    for &vertex in ring.iter() {
        kept.push(vertex);
        while let [.., a, _, c] = kept[..]
            && a == c
        {
            kept.truncate(kept.len() - 2);
        }
    }
    // The same across the place where the ring closes.
    while kept.len() > 2 {
        if kept[0] == kept[kept.len() - 1] {
            kept.pop();
        } else if kept[kept.len() - 1] == kept[1] {
            kept.remove(0);
        } else if kept[kept.len() - 2] == kept[0] {
            kept.pop();
        } else {
            break;
        }
    }
    *ring = kept;
    ring.len() < before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(polygon: Vec<Ring>) -> (Vec<OwnedRing>, Vec<TopologyRemark>) {
        let outline = Outline {
            code: "01001".parse().unwrap(),
            polygons: vec![polygon],
        };
        let mut remarks = Vec::new();
        (clean_outline(&outline, 7, &mut remarks), remarks)
    }

    #[test]
    fn a_repeated_vertex_and_a_spike_are_taken_out_and_told() {
        let ring = vec![
            [0.0, 0.0],
            [1.0, 0.0],
            [1.0, 0.0],
            [1.0, 1.0],
            [2.0, 2.0],
            [1.0, 1.0],
            [0.0, 1.0],
            [0.0, 0.0],
        ];
        let (rings, remarks) = clean(vec![ring]);
        assert_eq!(rings[0].vertices.len(), 4);
        assert_eq!((rings[0].owner, remarks.len()), (7, 1));
        assert!(area2(&rings[0].vertices) > 0);
    }

    #[test]
    fn rings_are_wound_one_way_whatever_the_source_does() {
        let outer = vec![[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0]];
        let hole = vec![[2.0, 2.0], [4.0, 2.0], [4.0, 4.0], [2.0, 4.0]];
        for turn in [0, 1, 2, 3] {
            let mut polygon = vec![outer.clone(), hole.clone()];
            if turn & 1 == 1 {
                polygon[0].reverse();
            }
            if turn & 2 == 2 {
                polygon[1].reverse();
            }
            let (rings, remarks) = clean(polygon);
            assert!(area2(&rings[0].vertices) > 0 && area2(&rings[1].vertices) < 0);
            assert_eq!(remarks, []);
        }
    }

    #[test]
    fn what_is_no_ring_is_left_out_and_told() {
        for ring in [
            vec![],
            vec![[0.0, 0.0], [1.0, 1.0]],
            vec![[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]],
            vec![[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]],
            vec![[0.0, 0.0], [f64::NAN, 0.0], [2.0, 3.0]],
            vec![[0.0, 0.0], [200.0, 0.0], [2.0, 3.0]],
            vec![[-170.0, 0.0], [170.0, 0.0], [170.0, 3.0]],
        ] {
            let (rings, remarks) = clean(vec![ring]);
            assert_eq!((rings.len(), remarks.len()), (0, 1));
        }
    }
}
