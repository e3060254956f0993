//! Figures: territories beside others, and the barometer; what their answers have in common.

pub mod barometer;
pub mod comparison;
mod free_table;
mod spread;
