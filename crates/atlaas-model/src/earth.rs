//! Where things are on Earth: positions, and what selects by position. Longitude always comes first.

pub mod area;
pub mod bbox;
pub mod position;
