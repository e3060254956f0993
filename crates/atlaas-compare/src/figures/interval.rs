//! An interval: what is said of a figure beside the figure.

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
    pub(super) fn over(self, divisor: f64) -> Option<Self> {
        let (low, high) = (self.low / divisor, self.high / divisor);
        (low.is_finite() && high.is_finite()).then_some(Self { low, high })
    }
}
