//! Funnel plots: between which limits chance alone keeps a rate, or a share, around the common one, by
//! how much it rests on; and where a point lies.
//!
//! Spiegelhalter 2005, "Funnel plots for comparing institutional performance", Statistics in Medicine 24:
//! exact limits, interpolated because counts are whole. The common rate is taken as known.

use super::counted::{Counted, Share};
use super::distributions::{binomial_quantile, poisson_quantile, poisson_share};
use super::interval::Interval;

/// The limits for one denominator. They hold the common rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Outside of which one point in twenty falls by chance (2.5 % on each side).
    pub at_95: Interval,
    /// Outside of which one in five hundred does (0.1 % on each side).
    pub at_998: Interval,
}

/// Where a point lies in the funnel. On which side is told by the common rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Within the limits at 95 %: nothing that chance would not do.
    Within,
    /// Beyond those at 95 %, within those at 99.8 %.
    Beyond95,
    /// Beyond those at 99.8 %.
    Beyond998,
}

impl Limits {
    /// Where a rate lies; on a limit is within. `None` of what is no number.
    pub fn verdict(&self, rate: f64) -> Option<Verdict> {
        let verdict = if rate.is_nan() {
            return None;
        } else if self.at_95.contains(rate) {
            Verdict::Within
        } else if self.at_998.contains(rate) {
            Verdict::Beyond95
        } else {
            Verdict::Beyond998
        };
        Some(verdict)
    }

    /// From the quantile of the count by its share; `centre` is the count that is expected.
    fn of(quantile: impl Fn(f64) -> f64, centre: f64, denominator: f64) -> Option<Self> {
        // Where hardly anything is expected the interpolated quantile falls below the centre; a funnel
        // holds its own centre, and no count changes sides by it: none lies between 0 and so little.
        let limits = |tail: f64| {
            let count = Interval {
                low: quantile(tail).min(centre),
                high: quantile(1.0 - tail).max(centre),
            };
            count.over(denominator)
        };
        Some(Self {
            at_95: limits(0.025)?,
            at_998: limits(0.001)?,
        })
    }
}

/// The limits of a rate among `at_risk`, where it is `pooled` in common: exact Poisson limits.
///
/// `None` when the pooled rate is negative, when there is no population, or where a number is not finite.
///
/// The lower limits rise with the population. The upper ones fall but for the saw teeth of whole counts:
/// interpolation smooths them, it does not remove them.
pub fn rate_limits(pooled: f64, at_risk: f64) -> Option<Limits> {
    let expected = pooled * at_risk;
    let sound = pooled >= 0.0 && at_risk > 0.0 && expected.is_finite();
    let limits = || Limits::of(|share| poisson_quantile(expected, share), expected, at_risk);
    sound.then(limits)?
}

/// The limits of a share of `whole`, where it is `pooled` in common: exact binomial limits.
///
/// `None` when the pooled share is not from 0 to 1, or of an empty whole.
pub fn share_limits(pooled: f64, whole: u32) -> Option<Limits> {
    let sound = (0.0..=1.0).contains(&pooled) && whole > 0;
    let trials = f64::from(whole);
    let quantile = |share| binomial_quantile(whole, pooled, share);
    sound.then(|| Limits::of(quantile, pooled * trials, trials))?
}

/// Where the rate of a place lies around the pooled one; `None` without population.
///
/// The same as asking [`rate_limits`], without looking for four quantiles: a whole count lies beyond the
/// interpolated limit of a tail when its own probability does, and it lies on that side of what is expected.
pub fn rate_verdict(pooled: f64, place: &Counted) -> Option<Verdict> {
    place.rate()?;
    let expected = pooled * place.at_risk();
    if !expected.is_finite() || pooled < 0.0 {
        return None;
    }
    let Some(below) = poisson_share(expected, u64::from(place.events())) else {
        return rate_limits(pooled, place.at_risk())?.verdict(place.rate()?);
    };
    let above = f64::from(place.events()) > expected;
    let beyond = |share: f64| {
        if above {
            below > 1.0 - share
        } else {
            below < share
        }
    };
    Some(if beyond(0.001) {
        Verdict::Beyond998
    } else if beyond(0.025) {
        Verdict::Beyond95
    } else {
        Verdict::Within
    })
}

/// Where a share lies around the pooled one; `None` of an empty whole.
pub fn share_verdict(pooled: f64, share: &Share) -> Option<Verdict> {
    share_limits(pooled, share.whole())?.verdict(share.value()?)
}

#[cfg(test)]
mod tests {
    use super::Verdict::{Beyond95, Beyond998, Within};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_verdict_is_that_of_the_limits(
            events in 0..400_u32,
            at_risk in 1.0..1e6_f64,
            expected in 0.001..300.0_f64,
        ) {
            let place = Counted::new(events, at_risk).unwrap();
            let pooled = expected / at_risk;
            let limits = rate_limits(pooled, at_risk).unwrap();
            prop_assert_eq!(rate_verdict(pooled, &place), limits.verdict(place.rate().unwrap()));
        }
    }

    fn ends(limits: Limits) -> [f64; 4] {
        let (at_95, at_998) = (limits.at_95, limits.at_998);
        [at_998.low, at_95.low, at_95.high, at_998.high]
    }

    fn same(found: Limits, expected: [f64; 4]) {
        for (found, expected) in ends(found).into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
        }
    }

    #[test]
    fn limits_are_those_of_the_quantiles_of_r() {
        // qpois and ppois, qbinom and pbinom, interpolated as published.
        same(
            rate_limits(0.5, 1.0).unwrap(),
            [0.0, 0.0, 1.860_025_911_461, 3.475_858_980_900_39],
        );
        let ten = [
            1.220_529_315_896_13,
            3.775_187_947_688_4,
            16.159_950_673_344_8,
            20.662_000_835_995,
        ];
        same(rate_limits(10.0, 1.0).unwrap(), ten);
        same(rate_limits(0.01, 1000.0).unwrap(), ten.map(|e| e / 1000.0));
        let forty = [
            0.080_120_710_453_338_5,
            0.150_982_691_387_59,
            0.435_118_749_599_96,
            0.522_668_192_622_026,
        ];
        same(share_limits(0.3, 40).unwrap(), forty);
        let most = [
            0.873_359_997_632_356,
            0.894_689_914_592_648,
            0.958_107_343_032_843,
            0.972_523_168_051_111,
        ];
        same(share_limits(0.93, 250).unwrap(), most);
    }

    #[test]
    fn verdicts_follow_the_limits() {
        let verdict = |events| rate_verdict(0.01, &Counted::new(events, 1000.0)?);
        let found = [0, 1, 2, 3, 4, 10, 16, 17, 20, 21].map(|n| verdict(n).unwrap());
        let expected = [
            Beyond998, Beyond998, Beyond95, Beyond95, Within, Within, Within, Beyond95, Beyond95,
            Beyond998,
        ];
        assert_eq!(found, expected);
        let half = |part| share_verdict(0.5, &Share::new(part, 40)?);
        assert_eq!(half(20), Some(Within));
        assert_eq!(half(40), Some(Beyond998));
    }

    #[test]
    fn what_has_no_funnel_is_none() {
        assert_eq!(rate_limits(0.1, 0.0), None);
        assert_eq!(rate_limits(-0.1, 5.0), None);
        assert_eq!(rate_limits(f64::NAN, 5.0), None);
        assert_eq!(rate_limits(1e200, 1e200), None);
        assert_eq!(share_limits(1.1, 5), None);
        assert_eq!(share_limits(0.5, 0), None);
        let nought = Interval {
            low: 0.0,
            high: 0.0,
        };
        assert_eq!(rate_limits(0.0, 5.0).unwrap().at_998, nought);
        same(share_limits(1.0, 5).unwrap(), [1.0; 4]);
    }

    /// Ends in order, the centre within.
    fn nested(limits: Limits, pooled: f64) -> bool {
        let grain = pooled * 1e-12;
        let [lowest, low, high, highest] = ends(limits);
        lowest <= low && low <= pooled + grain && pooled <= high + grain && high <= highest
    }

    proptest! {
        #[test]
        fn limits_of_rates_narrow_as_the_population_grows(
            expected in prop_oneof![0.0..40.0_f64, 0.0..3e6_f64, 0.0..1e12_f64],
            more in 1.0..50.0_f64,
        ) {
            let (few, many) = (
                rate_limits(1.0, expected + 1.0).unwrap(),
                rate_limits(1.0, (expected + 1.0) * more).unwrap(),
            );
            prop_assert!(nested(few, 1.0) && nested(many, 1.0));
            prop_assert!(few.at_95.low <= many.at_95.low + 1e-9);
            prop_assert!(few.at_998.low <= many.at_998.low + 1e-9);
            // Upper limits have the teeth of whole counts: twice the population is beyond them.
            if more >= 2.0 {
                prop_assert!(few.at_95.high >= many.at_95.high);
                prop_assert!(few.at_998.high >= many.at_998.high);
            }
        }

        #[test]
        fn limits_of_shares_narrow_as_the_whole_grows(
            pooled in 0.0..=1.0_f64,
            whole in prop_oneof![1_u32..300, 1_u32..2_000_000],
            more in 2_u32..50,
        ) {
            let (few, many) = (
                share_limits(pooled, whole).unwrap(),
                share_limits(pooled, whole * more).unwrap(),
            );
            prop_assert!(nested(few, pooled) && nested(many, pooled));
            prop_assert!(few.at_95.low <= many.at_95.low + 1e-9);
            prop_assert!(few.at_998.low <= many.at_998.low + 1e-9);
            prop_assert!(many.at_998.high <= 1.0);
        }
    }
}
