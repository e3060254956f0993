//! Quantiles by linear interpolation between ranks (type 7, as most statistics packages have it).

/// The three that cut a distribution into quarters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quartiles {
    /// A quarter lies below.
    pub low: f64,
    /// Half lies below.
    pub median: f64,
    /// Three quarters lie below.
    pub high: f64,
    /// How many values there are.
    pub count: usize,
}

impl Quartiles {
    /// Of the values that are there; `None` without any.
    pub fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let mut known: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        known.sort_by(f64::total_cmp);
        Some(Self {
            low: quantile(&known, 0.25)?,
            median: quantile(&known, 0.5)?,
            high: quantile(&known, 0.75)?,
            count: known.len(),
        })
    }
}

/// The quantile of values in ascending order.
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let rank = share.clamp(0.0, 1.0) * last as f64;
    let below = rank.floor() as usize;
    let above = (below + 1).min(last);
    let part = rank - below as f64;
    Some(sorted[below] + (sorted[above] - sorted[below]) * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_statistics_packages() {
        let quartiles = Quartiles::of([4.0, 1.0, f64::NAN, 2.0, 3.0].into_iter()).unwrap();
        let expected = Quartiles {
            low: 1.75,
            median: 2.5,
            high: 3.25,
            count: 4,
        };
        assert_eq!(quartiles, expected);
        assert_eq!(Quartiles::of([f64::NAN].into_iter()), None);
    }
}
