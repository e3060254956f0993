//! Which shapes use each arc: how neighbours are found.

use super::shape::Shape;

/// The shapes that use each arc: those of arc `a` are `shapes[starts[a]..starts[a + 1]]`.
#[derive(Default)]
pub struct Users {
    starts: Vec<u32>,
    shapes: Vec<u32>,
}

impl Users {
    pub fn new(shapes: &[Shape], arcs: usize) -> Self {
        let mut starts = vec![0; arcs + 1];
        for arc in shapes.iter().flat_map(|shape| &shape.arcs) {
            starts[arc.arc() + 1] += 1;
        }
        for arc in 0..arcs {
            starts[arc + 1] += starts[arc];
        }
        let mut next = starts.clone();
        let mut users = vec![0; starts[arcs] as usize];
        for (shape, rank) in shapes.iter().zip(0..) {
            for arc in &shape.arcs {
                let place = &mut next[arc.arc()];
                users[*place as usize] = rank;
                *place += 1;
            }
        }
        Self {
            starts,
            shapes: users,
        }
    }

    pub fn of(&self, arc: usize) -> &[u32] {
        &self.shapes[self.starts[arc] as usize..self.starts[arc + 1] as usize]
    }
}
