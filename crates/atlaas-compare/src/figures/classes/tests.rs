//! Classes beside every possible cut, and the cases at the edge.

use super::*;
use proptest::prelude::*;

fn squares(members: &[f64]) -> f64 {
    let mean = members.iter().sum::<f64>() / members.len() as f64;
    members.iter().map(|value| (value - mean).powi(2)).sum()
}

/// The least squares over every cut of sorted values into at most so many runs.
fn naive(sorted: &[f64], most: usize) -> f64 {
    if most <= 1 || sorted.is_empty() {
        return if sorted.is_empty() {
            0.0
        } else {
            squares(sorted)
        };
    }
    (1..=sorted.len())
        .map(|end| squares(&sorted[..end]) + naive(&sorted[end..], most - 1))
        .fold(f64::INFINITY, f64::min)
}

#[test]
fn classes_of_the_published_example() {
    // The example of the manual of Ckmeans.1d.dp: three clusters around −1, 2 and 5.
    let values = [-1.0, 2.0, -1.0, 2.0, 4.0, 5.0, 6.0, -1.0, 2.0, -1.0];
    let found = classes(values.into_iter(), 3).unwrap();
    assert_eq!(found.lows, [-1.0, 2.0, 4.0]);
    assert_eq!(found.highs, [-1.0, 2.0, 6.0]);
    assert_eq!(found.counts, [4, 3, 3]);
    assert!((found.within - 2.0).abs() < 1e-12);
    assert_eq!(found.breaks(), [2.0, 4.0]);
    assert_eq!(
        [-9.0, 1.9, 2.0, 9.0].map(|value| found.rank(value)),
        [0, 0, 1, 2]
    );
}

#[test]
fn fewer_distinct_values_than_classes_are_a_class_each() {
    let found = classes([3.0, 1.0, 3.0, f64::NAN, 1.0].into_iter(), 7).unwrap();
    assert_eq!((found.lows, found.counts), (vec![1.0, 3.0], vec![2, 2]));
    let one = classes([-0.0, 0.0].into_iter(), 2).unwrap();
    assert_eq!((one.counts, one.within), (vec![2], 0.0));
    assert_eq!(classes([f64::INFINITY].into_iter(), 3), None);
    assert_eq!(classes([1.0].into_iter(), 0), None);
}

#[test]
fn the_largest_numbers_have_classes_too() {
    let values = [-1.7e308, -1.6e308, 1.6e308, 1.7e308];
    let found = classes(values.into_iter(), 2).unwrap();
    assert_eq!(found.counts, [2, 2]);
}

#[test]
fn many_values_take_no_time_and_far_ones_keep_their_digits() {
    let values = (0..36_000_u32).map(|n| 1e9 + f64::from(n % 3) + f64::from(n / 3) * 1e-9);
    let found = classes(values, 3).unwrap();
    assert_eq!(found.counts, [12_000; 3]);
}

proptest! {
    #[test]
    fn no_cut_is_better(
        values in proptest::collection::vec(
            prop_oneof![-50.0..50.0_f64, (-4..4_i32).prop_map(f64::from), 1e6..1e6 + 3.0],
            1..=9,
        ),
        most in 1_usize..=4,
    ) {
        let found = classes(values.iter().copied(), most).unwrap();
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let least = naive(&sorted, most);
        let grain = 1e-12 * squares(&sorted) + 1e-12;
        prop_assert!((found.within - least).abs() <= grain + 1e-9 * least, "{} {}", found.within, least);
        prop_assert_eq!(found.counts.iter().sum::<usize>(), values.len());
        let mut distinct = sorted;
        distinct.dedup();
        prop_assert_eq!(found.lows.len(), most.min(distinct.len()));
        prop_assert!(found.highs.iter().zip(found.breaks()).all(|(high, low)| high < low));
        let back = classes(values.iter().rev().copied(), most).unwrap();
        prop_assert_eq!(found, back);
    }
}
