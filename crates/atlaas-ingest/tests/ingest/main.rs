//! Whole readings: the small nasty sample, the full-scale sources when they are there, and the
//! demonstration data.

mod dates;
mod demonstration;
mod files;
mod full_scale;
mod nothing_vanishes;
mod readings;
mod sample;
mod whole_territories;
