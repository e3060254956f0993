//! The label: what was given to whom, and the one rule by which it counts for a fiche.

pub mod label;
pub mod rule;
