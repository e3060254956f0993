//! Figures: territories beside others, and the barometer; what their answers have in common.

mod answering;
pub mod barometer;
pub mod choropleth;
pub mod comparison;
mod free_table;
mod spread;
