//! Shrunk rates beside those of spdep 1.2-7, and what must hold of any.

use super::*;
use proptest::prelude::*;

/// Invented: events, population, group.
const TABLE: [(u32, f64, u8); 10] = [
    (0, 120.0, 1),
    (3, 480.0, 1),
    (1, 95.0, 1),
    (12, 3100.0, 1),
    (7, 2500.0, 1),
    (0, 310.0, 2),
    (45, 21000.0, 2),
    (2, 77.5, 2),
    (9, 1800.0, 2),
    (160, 64000.0, 2),
];

/// `EBest(n, x, family = "poisson")$estmm` of the table.
const WHOLE: [f64; 10] = [
    0.002_491_857_910_682_15,
    0.002_904_467_154_483_28,
    0.002_717_318_849_576_43,
    0.003_084_635_145_291_99,
    0.002_642_121_854_609_31,
    0.002_395_757_812_762_75,
    0.002_217_427_451_653_24,
    0.002_940_479_528_226_14,
    0.003_242_041_783_438_51,
    0.002_503_810_060_555_2,
];

/// The same of group 2 alone; in group 1 the variance is 0.
const SECOND: [f64; 5] = [
    0.002_325_458_630_917_31,
    0.002_204_508_248_925_54,
    0.002_852_411_253_592_24,
    0.003_171_289_852_006_1,
    0.002_498_441_736_492_11,
];

fn counted(events: u32, at_risk: f64) -> Counted {
    Counted::new(events, at_risk).unwrap()
}

fn table() -> Vec<Counted> {
    TABLE.iter().map(|&(n, x, _)| counted(n, x)).collect()
}

fn close(found: f64, expected: f64) -> bool {
    ((found - expected) / expected).abs() < 1e-9
}

#[test]
fn shrunk_rates_are_those_of_spdep() {
    let prior = Prior::of(table().into_iter()).unwrap();
    assert!(close(prior.mean, 0.002_556_628_245_928_38));
    assert!(close(prior.variance, 5.537_824_738_417_37e-7));
    for (found, expected) in smoothed(&table()).into_iter().zip(WHOLE) {
        assert!(close(found.unwrap().rate, expected));
    }
}

#[test]
fn credible_intervals_are_the_quantiles_of_r() {
    let found = smoothed(&table());
    let expected = [
        (0, 0.001_279_358_989_593_22, 0.004_101_769_916_684_24),
        (3, 0.001_972_346_257_028_76, 0.004_441_653_764_684_47),
        (9, 0.002_143_400_394_371_42, 0.002_891_815_230_826_32),
    ];
    for (place, low, high) in expected {
        let interval = found[place].unwrap().interval;
        assert!(close(interval.low, low), "{interval:?}");
        assert!(close(interval.high, high), "{interval:?}");
    }
}

#[test]
fn a_group_has_its_own_rate_unless_it_is_small() {
    let places: Vec<(Counted, u8)> = TABLE.map(|(n, x, group)| (counted(n, x), group)).to_vec();
    let within = smoothed_within(&places, 5);
    for found in within[..5].iter().flatten() {
        assert_eq!(found.pool, Pool::Group);
        assert!(close(found.rate, 0.003_653_693_407_466_24));
    }
    for (found, expected) in within[5..].iter().flatten().zip(SECOND) {
        assert!(close(found.rate, expected));
    }
    assert_eq!(within.iter().flatten().count(), 10);
    assert_eq!(smoothed_within(&places, 6), smoothed(&table()));
}

#[test]
fn without_variance_the_interval_is_that_of_the_pooled_rate() {
    let places = [1, 2, 3, 4].map(|n| counted(n, f64::from(n) * 100.0));
    for found in smoothed(&places).into_iter().flatten() {
        assert!(close(found.rate, 0.01));
        assert!(close(found.interval.low, 0.004_795_388_696_132_43));
        assert!(close(found.interval.high, 0.018_390_356_042_017_8));
    }
}

#[test]
fn nobody_and_nothing_are_told_apart() {
    assert_eq!(smoothed(&[counted(2, 0.0), counted(0, 0.0)]), [None, None]);
    assert_eq!(smoothed(&[]), []);
    let calm = smoothed(&[counted(0, 50.0), counted(0, 10.0), counted(1, 0.0)]);
    let rates: Vec<Option<f64>> = calm
        .iter()
        .map(|found| Some(found.as_ref()?.rate))
        .collect();
    assert_eq!(rates, [Some(0.0), Some(0.0), None]);
}

proptest! {
    #[test]
    fn a_shrunk_rate_lies_between_the_raw_and_the_pooled_and_in_its_interval(
        rows in proptest::collection::vec(
            (
                prop_oneof![4 => 0_u32..60, 1 => any::<u32>()],
                prop_oneof![6 => 0.5..90_000.0_f64, 1 => Just(0.0), 1 => 1e-9..1e15_f64],
            ),
            1..30,
        ),
    ) {
        let places: Vec<Counted> = rows.iter().map(|&(n, x)| counted(n, x)).collect();
        let prior = Prior::of(places.iter().copied());
        for (place, found) in places.iter().zip(smoothed(&places)) {
            prop_assert_eq!(found.is_some(), place.at_risk() > 0.0);
            let (Some(found), Some(prior)) = (found, prior) else { continue };
            let (low, high) = (found.raw.min(prior.mean), found.raw.max(prior.mean));
            let grain = high * 1e-12;
            prop_assert!(low - grain <= found.rate && found.rate <= high + grain);
            prop_assert!(found.interval.contains(found.rate), "{:?}", found);
            prop_assert!(found.interval.low >= 0.0 && found.interval.high.is_finite());
        }
    }

    #[test]
    fn a_raw_rate_lies_in_its_exact_interval(events in any::<u32>(), at_risk in 1e-6..1e9_f64) {
        let place = counted(events, at_risk);
        prop_assert!(place.exact_interval().unwrap().contains(place.rate().unwrap()));
    }
}
