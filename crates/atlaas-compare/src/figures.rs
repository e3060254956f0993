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
mod rates;
mod standard;

pub use classes::{Classes, classes};
pub use counted::{Counted, Share};
pub use difference::{chance_of_difference, differ};
pub use funnel::{Limits, Verdict, rate_limits, rate_verdict, share_limits, share_verdict};
pub use rates::{Pool, Prior, Smoothed, smoothed, smoothed_within};
pub use standard::{Standardised, StratumCount, standardised};

/// Two ends, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies within.
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// From one end to the other.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Both ends divided by one number; `None` when an end is then no number.
    fn over(self, divisor: f64) -> Option<Self> {
        let (low, high) = (self.low / divisor, self.high / divisor);
        (low.is_finite() && high.is_finite()).then_some(Self { low, high })
    }
}
