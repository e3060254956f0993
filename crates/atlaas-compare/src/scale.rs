//! The scale of a variable: what stands for zero and for one, so that outliers decide neither.

use crate::quantiles::Quartiles;

/// Distance between the quartiles of the normal distribution of spread 1.
const NORMAL_QUARTILES: f64 = 1.348_979_500_392_163_5;
/// Beyond so many spreads all values are alike: one odd value must not decide alone.
const BOUND: f64 = 3.0;

/// The scale of a variable among the territories of a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The median.
    pub centre: f64,
    /// The distance between the quartiles, as a standard deviation; the standard deviation where half of
    /// all values are one.
    pub spread: f64,
}

impl Scale {
    /// The robust scale of the values that are there; `None` when they do not differ.
    pub fn robust(values: &[f64]) -> Option<Self> {
        let quartiles = Quartiles::of(values.iter().copied())?;
        let spread = (quartiles.high - quartiles.low) / NORMAL_QUARTILES;
        let spread = if spread > 0.0 {
            spread
        } else {
            deviation(values)
        };
        (spread > 0.0 && spread.is_finite()).then_some(Self {
            centre: quartiles.median,
            spread,
        })
    }

    /// A value on the scale, bounded; a missing one stays missing.
    pub fn of(&self, value: f64) -> f64 {
        ((value - self.centre) / self.spread).clamp(-BOUND, BOUND)
    }
}

/// Standard deviation (n) of the values that are there.
fn deviation(values: &[f64]) -> f64 {
    let known = || values.iter().filter(|value| value.is_finite());
    let count = known().count() as f64;
    let mean = known().sum::<f64>() / count;
    let squares: f64 = known().map(|value| (value - mean).powi(2)).sum();
    (squares / count).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlier_moves_nothing_and_goes_to_the_bound() {
        let values = [1.0, 2.0, 3.0, 4.0, 5.0, 1e9, f64::NAN];
        let scale = Scale::robust(&values).unwrap();
        assert!((scale.centre - 3.5).abs() < 1e-12);
        assert!((scale.of(1e9) - 3.0).abs() < 1e-12);
        assert!(scale.of(f64::NAN).is_nan());
    }

    #[test]
    fn where_most_are_alike_the_deviation_serves_and_where_all_are_nothing_does() {
        let mostly = [0.0, 0.0, 0.0, 0.0, 4.0];
        assert!((Scale::robust(&mostly).unwrap().spread - 1.6).abs() < 1e-12);
        assert_eq!(Scale::robust(&[2.0, 2.0]), None);
        assert_eq!(Scale::robust(&[]), None);
    }
}
