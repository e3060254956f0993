//! Whole readings: the small nasty sample, the full-scale sources when they are there, and the
//! demonstration data.

mod demonstration;
mod full_scale;
mod sample;
