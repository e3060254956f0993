//! Statistics of small numbers: what a rate that rests on few events is worth, whether it leaves what
//! chance alone would make of the common rate, and in which classes many values are shown.
//!
//! Everything here is a pure function of counts. What cannot be told is `None`, never NaN: a place
//! without population has no rate.

mod classes;
mod counted;
mod difference;
mod distributions;
mod funnel;
mod interval;
mod rates;
mod standard;

pub use classes::{Classes, classes};
pub use counted::{Counted, Share};
pub use difference::{chance_of_difference, differ};
pub use funnel::{Limits, Verdict, rate_limits, rate_verdict, share_limits, share_verdict};
pub use interval::Interval;
pub use rates::{Pool, Prior, Priors, Smoothed, smoothed, smoothed_within};
pub use standard::{Standardised, StratumCount, standardised};
