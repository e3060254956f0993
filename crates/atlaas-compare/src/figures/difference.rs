//! Whether two rates differ by more than chance.
//!
//! The exact conditional test of two Poisson counts (Przyborowski & Wilenski 1940, "Homogeneity of
//! results in testing samples from Poisson series", Biometrika 31): if the rates are one, the events of
//! the first among those of both are binomial, by its part of the population. The chance told is twice
//! the smaller tail, which errs on the side of not finding a difference. It is for two places that were
//! chosen beforehand: among many pairs, one in twenty differs so by chance.

use super::counted::Counted;
use super::distributions::binomial_tails;

/// How likely a gap as wide as this one, or wider, is between two places of one rate, from 0 to 1; `None`
/// when one of them has no population.
pub fn chance_of_difference(one: &Counted, other: &Counted) -> Option<f64> {
    one.rate()?;
    other.rate()?;
    // Divided before they are added: the sum of two finite populations need not be finite.
    let part = 1.0 / (1.0 + other.at_risk() / one.at_risk());
    let all = u64::from(one.events()) + u64::from(other.events());
    let (most, least) = binomial_tails(u64::from(one.events()), all, part);
    Some((2.0 * most.min(least)).min(1.0))
}

/// Whether two rates differ by more than chance would make them in one pair of twenty; `None` when one of
/// the places has no population.
pub fn differ(one: &Counted, other: &Counted) -> Option<bool> {
    Some(chance_of_difference(one, other)? < 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chance(one: (u32, f64), other: (u32, f64)) -> Option<f64> {
        let (one, other) = (
            Counted::new(one.0, one.1).unwrap(),
            Counted::new(other.0, other.1).unwrap(),
        );
        chance_of_difference(&one, &other)
    }

    #[test]
    fn chances_are_twice_the_smaller_tail_of_pbinom_of_r() {
        let expected = [
            ((3, 480.0), (12, 3100.0), 0.652_217_679_322_859),
            ((0, 310.0), (45, 21000.0), 1.0),
            ((45, 21000.0), (160, 64000.0), 0.406_936_234_799_047),
            ((9, 1800.0), (7, 2500.0), 0.360_253_508_961_167),
            ((30, 1000.0), (10, 1000.0), 0.002_221_433_773_229_37),
        ];
        for (one, other, expected) in expected {
            let found = chance(one, other).unwrap();
            assert!((found - expected).abs() < 1e-9, "{one:?} {other:?} {found}");
        }
        let place = |events| Counted::new(events, 1000.0).unwrap();
        assert_eq!(differ(&place(30), &place(10)), Some(true));
        assert_eq!(differ(&place(30), &place(25)), Some(false));
        assert_eq!(differ(&place(0), &place(0)), Some(false));
        assert_eq!(chance((1, 0.0), (1, 5.0)), None);
    }

    proptest! {
        #[test]
        fn the_order_of_two_places_does_not_matter(
            events in (prop_oneof![0_u32..50, any::<u32>()], prop_oneof![0_u32..50, any::<u32>()]),
            at_risk in (1e-3..1e9_f64, 1e-3..1e9_f64),
        ) {
            let (one, other) = ((events.0, at_risk.0), (events.1, at_risk.1));
            let (there, back) = (chance(one, other).unwrap(), chance(other, one).unwrap());
            prop_assert!((0.0..=1.0).contains(&there));
            prop_assert!((there - back).abs() < 1e-6, "{} {}", there, back);
        }
    }
}
