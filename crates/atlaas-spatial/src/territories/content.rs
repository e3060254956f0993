//! What one tile of territories holds before it is written.

use super::drawing::Piece;

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
pub struct TileContent {
    /// Surfaces, in any order.
    pub pieces: Vec<Piece>,
    /// Territories without an outline that stand in the tile, and where.
    pub points: Vec<(u32, [i32; 2])>,
    /// Territories that bear their name in the tile, and where.
    pub labels: Vec<(u32, [i32; 2])>,
}

impl TileContent {
    /// Adds a point.
    pub fn put(&mut self, rank: u32, inside: [i32; 2], role: Role) {
        match role {
            Role::Label => self.labels.push((rank, inside)),
            Role::Territory => self.points.push((rank, inside)),
        }
    }
}
