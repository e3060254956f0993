//! Territories at one zoom: borders snapped to its grid, the pieces of each tile, and the specks of
//! what shrinks to nothing.

mod borders;
mod pieces;
mod specks;

pub use pieces::Piece;
