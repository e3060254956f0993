//! Whole readings: the small nasty sample, the full-scale sources when they are there, and the
//! demonstration data.

mod dates;
mod demonstration;
mod full_scale;
mod readings;
mod sample;
mod whole_territories;
