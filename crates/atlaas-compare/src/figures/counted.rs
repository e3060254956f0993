//! What is counted of a place: events among a population at risk, or a part of a whole; and the exact
//! interval of a raw rate.

use super::distributions::gamma_quantile;
use super::interval::Interval;

/// Events among a population at risk (inhabitants, or inhabitants × years).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    events: u32,
    at_risk: f64,
}

impl Counted {
    /// `None` when the population is negative or not finite; 0 is a place without population.
    pub fn new(events: u32, at_risk: f64) -> Option<Self> {
        let sound = at_risk.is_finite() && at_risk >= 0.0;
        sound.then_some(Self { events, at_risk })
    }

    /// How many events.
    pub fn events(&self) -> u32 {
        self.events
    }

    /// Among how many.
    pub fn at_risk(&self) -> f64 {
        self.at_risk
    }

    /// Events divided by population; `None` without population.
    pub fn rate(&self) -> Option<f64> {
        let rate = f64::from(self.events) / self.at_risk;
        rate.is_finite().then_some(rate)
    }

    /// The exact Poisson interval of the raw rate at 95 % (Garwood 1936, "Fiducial limits for the
    /// Poisson distribution", Biometrika 28); `None` without population.
    pub fn exact_interval(&self) -> Option<Interval> {
        self.rate()?;
        exact_count(f64::from(self.events)).over(self.at_risk)
    }
}

/// Garwood's interval at 95 % of the mean of a Poisson count.
pub(super) fn exact_count(events: f64) -> Interval {
    Interval {
        low: gamma_quantile(events, 0.025),
        high: gamma_quantile(events + 1.0, 0.975),
    }
}

/// A part of a whole: so many active out of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    part: u32,
    whole: u32,
}

impl Share {
    /// `None` when the part is more than the whole.
    pub fn new(part: u32, whole: u32) -> Option<Self> {
        (part <= whole).then_some(Self { part, whole })
    }

    /// The part.
    pub fn part(&self) -> u32 {
        self.part
    }

    /// The whole.
    pub fn whole(&self) -> u32 {
        self.whole
    }

    /// From 0 to 1; `None` of an empty whole.
    pub fn value(&self) -> Option<f64> {
        (self.whole > 0).then(|| f64::from(self.part) / f64::from(self.whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_intervals_are_those_of_poisson_test_of_r() {
        let expected = [
            (0, 0.0, 3.688_879_454_113_94),
            (1, 0.025_317_807_984_289_9, 5.571_643_390_938_9),
            (7, 2.814_363_051_519_87, 14.422_675_361_702_4),
            (160, 136.168_502_786_696, 186.802_348_426_177),
        ];
        for (events, low, high) in expected {
            let found = Counted::new(events, 2.0).unwrap().exact_interval().unwrap();
            assert!((found.low * 2.0 - low).abs() < 1e-9, "{events}: {found:?}");
            assert!(
                (found.high * 2.0 - high).abs() < 1e-9,
                "{events}: {found:?}"
            );
        }
    }

    #[test]
    fn what_is_no_population_is_refused_and_none_has_no_rate() {
        for at_risk in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Counted::new(1, at_risk), None);
        }
        for events in [0, 3] {
            let empty = Counted::new(events, 0.0).unwrap();
            assert_eq!((empty.rate(), empty.exact_interval()), (None, None));
        }
        // So small that the rate is beyond what a number holds.
        assert_eq!(Counted::new(u32::MAX, 1e-308).unwrap().rate(), None);
        assert_eq!(Share::new(2, 1), None);
        assert_eq!(Share::new(0, 0).unwrap().value(), None);
    }
}
