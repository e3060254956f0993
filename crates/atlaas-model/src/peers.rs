//! Territories that resemble one by their context: what is asked.

use crate::{Code, Level};

/// Fewest and most of them.
pub const PEERS: std::ops::RangeInclusive<u32> = 1..=200;
/// How many without a word on it.
pub const USUAL_PEERS: u32 = 20;
/// The lens without a word on it.
pub const USUAL_LENS: &str = "general";

/// By what weights the variables count.
#[derive(Clone, Debug, PartialEq)]
pub enum Weighing {
    /// Those of a lens, by its name.
    Lens(String),
    /// One's own, by variable; the others weigh nothing.
    Own(Vec<(String, f64)>),
}

/// Which territories count as peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerChoice {
    /// The nearest ones.
    Nearest,
    /// All of its stratum: its class of inhabitants, refined by density.
    Stratum,
    /// These, whatever their distance.
    Chosen(Vec<Code>),
}

/// Territories that resemble one by their context.
#[derive(Clone, Debug, PartialEq)]
pub struct PeersOf {
    /// Its level, and theirs.
    pub level: Level,
    /// Its code of today.
    pub code: Code,
    /// By what weights.
    pub weighing: Weighing,
    /// How many, of the nearest.
    pub count: u32,
    /// Which.
    pub choice: PeerChoice,
}

impl PeersOf {
    /// The usual peers of a territory.
    pub fn usual(level: Level, code: Code) -> Self {
        Self {
            level,
            code,
            weighing: Weighing::Lens(USUAL_LENS.to_owned()),
            count: USUAL_PEERS,
            choice: PeerChoice::Nearest,
        }
    }
}
