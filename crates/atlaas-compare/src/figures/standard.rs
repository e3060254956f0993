//! Direct standardisation: the rate that a group would have with the composition of a reference, so that
//! two groups are compared without what their strata (ages, sizes) alone explain.
//!
//! Its interval is that of Fay & Feuer 1997, "Confidence intervals for directly standardized rates",
//! Statistics in Medicine 16; with one stratum it is Garwood's.

use super::counted::Counted;
use super::distributions::gamma_quantile;
use super::interval::Interval;

/// A stratum of a group, beside its part in the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StratumCount {
    /// What the group has in it.
    pub group: Counted,
    /// How many the reference has in it, or its share: only proportions count.
    pub reference: f64,
}

/// A standardised rate, and what could not be standardised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standardised {
    /// The rate.
    pub rate: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// How many strata the reference has and the group has nobody in.
    pub left_out: usize,
    /// Their share of the reference, 0 to 1: the other weights were raised to fill it.
    pub share_left_out: f64,
}

/// The rate of a group with the weights of the reference. Strata without anybody in the group are left
/// out, the others reweighted. `None` when nothing is left, or when a weight is negative or not finite.
pub fn standardised(strata: &[StratumCount]) -> Option<Standardised> {
    let sound = |weight: f64| weight.is_finite() && weight >= 0.0;
    if !strata.iter().all(|stratum| sound(stratum.reference)) {
        return None;
    }
    let weighing = || strata.iter().filter(|stratum| stratum.reference > 0.0);
    let all: f64 = weighing().map(|stratum| stratum.reference).sum();
    let known: Vec<(Counted, f64)> = weighing()
        .filter(|stratum| stratum.group.rate().is_some())
        .map(|stratum| (stratum.group, stratum.reference))
        .collect();
    let shared: f64 = known.iter().map(|(_, weight)| weight).sum();
    // What one event adds to the rate, by stratum.
    let adds: Vec<(f64, f64)> = known
        .iter()
        .map(|(group, weight)| {
            let added = weight / shared / group.at_risk();
            (f64::from(group.events()), added)
        })
        .collect();
    let rate: f64 = adds.iter().map(|(events, added)| events * added).sum();
    let variance: f64 = adds
        .iter()
        .map(|(events, added)| events * added * added)
        .sum();
    let most_added = adds.iter().map(|(_, added)| *added).fold(0.0, f64::max);
    let interval = Interval {
        low: matched_quantile(rate, variance, 0.025),
        high: matched_quantile(rate + most_added, variance + most_added * most_added, 0.975),
    };
    let told = rate.is_finite() && interval.low.is_finite() && interval.high.is_finite();
    let found = Standardised {
        rate,
        interval,
        left_out: weighing().count() - known.len(),
        share_left_out: ((all - shared) / all).max(0.0),
    };
    (!known.is_empty() && told && all.is_finite()).then_some(found)
}

/// The quantile of the gamma distribution of a mean and a variance; 0 where nothing was counted.
fn matched_quantile(mean: f64, variance: f64, share: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let scale = variance / mean;
    gamma_quantile(mean / scale, share) * scale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(events: u32, at_risk: f64, reference: f64) -> StratumCount {
        let group = Counted::new(events, at_risk).unwrap();
        StratumCount { group, reference }
    }

    fn close(found: f64, expected: f64) -> bool {
        ((found - expected) / expected).abs() < 1e-9
    }

    #[test]
    fn the_rate_and_its_interval_are_those_of_the_formula_in_r() {
        let strata = [
            stratum(3, 1000.0, 50.0),
            stratum(10, 1500.0, 30.0),
            stratum(25, 900.0, 20.0),
        ];
        let found = standardised(&strata).unwrap();
        assert!(close(found.rate, 0.009_055_555_555_555_56));
        assert!(close(found.interval.low, 0.006_285_529_916_763_28));
        assert!(close(found.interval.high, 0.012_989_428_468_378_5));
        assert_eq!((found.left_out, found.share_left_out), (0, 0.0));
    }

    #[test]
    fn strata_without_anybody_are_left_out_and_counted() {
        let strata = [
            stratum(7, 1000.0, 60.0),
            stratum(0, 0.0, 20.0),
            stratum(2, 0.0, 20.0),
            stratum(9, 10.0, 0.0),
        ];
        let found = standardised(&strata).unwrap();
        assert!(close(found.rate, 0.007));
        assert_eq!((found.left_out, found.share_left_out), (2, 0.4));
        let alone = strata[0].group.exact_interval().unwrap();
        assert!(close(found.interval.low, alone.low));
        assert!(close(found.interval.high, alone.high));
    }

    #[test]
    fn what_cannot_be_standardised_is_none() {
        assert_eq!(standardised(&[]), None);
        assert_eq!(standardised(&[stratum(1, 0.0, 1.0)]), None);
        assert_eq!(standardised(&[stratum(1, 5.0, 0.0)]), None);
        assert_eq!(standardised(&[stratum(1, 5.0, f64::NAN)]), None);
        assert_eq!(standardised(&[stratum(1, 5.0, -1.0)]), None);
        let calm = standardised(&[stratum(0, 100.0, 1.0)]).unwrap();
        assert_eq!((calm.rate, calm.interval.low), (0.0, 0.0));
        assert!(close(calm.interval.high, 0.036_888_794_541_139_4));
    }
}
