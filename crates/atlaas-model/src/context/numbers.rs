//! Numbers of a column as a snapshot keeps them: whole ones of as many decimals as they need, a byte
//! or two each; what no six decimals can tell is kept as it is.

use serde::{Deserialize, Serialize};

/// Most decimals that are tried.
const MOST_DECIMALS: u8 = 6;
/// Beyond it a whole number is no longer exact as a floating one.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// Numbers, some of them missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Numbers {
    /// How many decimals the scaled numbers have; meaningless when `exact` has the numbers.
    decimals: u8,
    /// 0 is a missing one; else one more than the number with its sign in the lowest bit.
    scaled: Vec<u64>,
    /// The numbers themselves, where no scale tells them all; NaN is a missing one.
    exact: Vec<f64>,
}

impl Numbers {
    /// Packs numbers; NaN is a missing one.
    pub(super) fn new(values: &[f64]) -> Self {
        for decimals in 0..=MOST_DECIMALS {
            let scale = 10_f64.powi(i32::from(decimals));
            let scaled: Option<Vec<u64>> = values.iter().map(|&v| packed(v, scale)).collect();
            if let Some(scaled) = scaled {
                return Self {
                    decimals,
                    scaled,
                    exact: Vec::new(),
                };
            }
        }
        Self {
            decimals: 0,
            scaled: Vec::new(),
            exact: values.to_vec(),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.scaled.len().max(self.exact.len())
    }

    /// The numbers; NaN is a missing one.
    pub(super) fn to_vec(&self) -> Vec<f64> {
        if !self.exact.is_empty() {
            return self.exact.clone();
        }
        let scale = 10_f64.powi(i32::from(self.decimals.min(MOST_DECIMALS)));
        self.scaled.iter().map(|&n| unpacked(n, scale)).collect()
    }
}

/// A number with its sign in the lowest bit, plus one; `None` when the scale does not tell it.
fn packed(value: f64, scale: f64) -> Option<u64> {
    if value.is_nan() {
        return Some(0);
    }
    let whole = (value * scale).round();
    if !(whole.abs() <= LARGEST && (whole / scale).total_cmp(&value).is_eq()) {
        return None;
    }
    let signed = whole as i64;
    Some((((signed << 1) ^ (signed >> 63)) as u64) + 1)
}

fn unpacked(packed: u64, scale: f64) -> f64 {
    let Some(zigzag) = packed.checked_sub(1) else {
        return f64::NAN;
    };
    let signed = (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64);
    signed as f64 / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_were_and_missing_ones_stay_missing() {
        for values in [
            &[1.0, -2.0, 0.0, f64::NAN][..],
            &[15.95, 9.15, 0.1, 1e-6],
            &[1.0 / 3.0, 2.5],
            &[1e300, -1.0],
            &[],
        ] {
            let numbers = Numbers::new(values);
            assert_eq!(numbers.len(), values.len());
            let back = numbers.to_vec();
            let same =
                |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
            assert!(values.iter().zip(&back).all(same), "{values:?} {back:?}");
        }
    }
}
