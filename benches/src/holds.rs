//! Trials of the bench `holds`: each does to Atlaas what must not hurt it and counts what was lost.

pub mod damages;
pub mod fuzz;
pub mod ground;
pub mod hostile;
pub mod kills;
pub mod memory;
pub mod mutated;
pub mod reloads;
pub mod silent;
pub mod slow;
pub mod soak;
pub mod wire;
