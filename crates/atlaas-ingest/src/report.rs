//! What is told of the files: remarks while a line is read, doubts once all lines are.

pub(crate) mod read_dates;
pub(crate) mod remarks;
