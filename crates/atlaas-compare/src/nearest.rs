//! The distance between two rows of a standardised table, and the rows nearest to one.
//!
//! `√(Σ w·δ² ÷ Σ w + part)`: over the variables that both rows have, each by its weight; what one of them
//! lacks counts as a gap of one spread, by its part of the weight. A place of which little is known is so
//! never the nearest. The distance is symmetric, and where nothing is missing it is Euclid's on columns
//! multiplied by the square root of their share.

/// How far two rows are from each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// The distance.
    pub value: f64,
    /// What part of the weight is on variables that one of them lacks, 0 to 1.
    pub missing: f64,
}

/// The distance of two rows; `None` when no variable that weighs is known of both.
pub fn distance(a: &[f64], b: &[f64], weights: &[f64]) -> Option<Distance> {
    let (mut squares, mut shared, mut whole) = (0.0, 0.0, 0.0);
    for ((a, b), weight) in a.iter().zip(b).zip(weights) {
        let gap = a - b;
        whole += weight;
        if !gap.is_nan() {
            squares += weight * gap * gap;
            shared += weight;
        }
    }
    if shared <= 0.0 {
        return None;
    }
    let missing = (whole - shared) / whole;
    Some(Distance {
        value: (squares / shared + missing).sqrt(),
        missing,
    })
}

/// What part of the distance of two rows, squared, comes from each variable; all 0 for rows that are alike.
pub(crate) fn shares(a: &[f64], b: &[f64], weights: &[f64]) -> Vec<f64> {
    let gaps = || a.iter().zip(b).map(|(a, b)| a - b).zip(weights);
    let whole: f64 = weights.iter().sum();
    let known = gaps().filter(|(gap, _)| !gap.is_nan());
    let shared: f64 = known.map(|(_, weight)| weight).sum();
    let parts = gaps().map(|(gap, weight)| {
        if gap.is_nan() {
            weight / whole
        } else {
            weight * gap * gap / shared
        }
    });
    let parts: Vec<f64> = parts.collect();
    let sum: f64 = parts.iter().sum();
    let share = |part: &f64| if sum > 0.0 { part / sum } else { 0.0 };
    parts.iter().map(share).collect()
}

/// The rows nearest to `subject` among `candidates`, the nearest first; ties by rank of the row.
/// `rows` holds as many values a row as there are weights.
pub fn nearest(
    rows: &[f64],
    subject: usize,
    weights: &[f64],
    candidates: impl Iterator<Item = usize>,
    count: usize,
) -> Vec<(usize, Distance)> {
    let row = |rank: usize| &rows[rank * weights.len()..(rank + 1) * weights.len()];
    let own = row(subject);
    let mut found: Vec<(usize, Distance)> = candidates
        .filter(|&rank| rank != subject)
        .filter_map(|rank| Some((rank, distance(own, row(rank), weights)?)))
        .collect();
    let order = |a: &(usize, Distance), b: &(usize, Distance)| {
        a.1.value.total_cmp(&b.1.value).then(a.0.cmp(&b.0))
    };
    if count == 0 {
        return Vec::new();
    }
    if found.len() > count {
        found.select_nth_unstable_by(count - 1, order);
        found.truncate(count);
    }
    found.sort_unstable_by(order);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_one_lacks_is_left_out_and_makes_the_distance_longer() {
        let nan = f64::NAN;
        let weights = [1.0, 3.0];
        let whole = distance(&[0.0, 0.0], &[2.0, 0.0], &weights).unwrap();
        assert_eq!((whole.value, whole.missing), (1.0, 0.0));
        let part = distance(&[0.0, nan], &[2.0, 0.0], &weights).unwrap();
        assert_eq!((part.value, part.missing), (4.75_f64.sqrt(), 0.75));
        let shares = shares(&[0.0, nan], &[2.0, 0.0], &weights);
        assert_eq!(shares, [4.0 / 4.75, 0.75 / 4.75]);
        assert_eq!(distance(&[nan, 0.0], &[0.0, nan], &weights), None);
    }

    proptest! {
        #[test]
        fn distances_are_symmetric_and_the_nearest_are_those_of_a_whole_sort(
            rows in proptest::collection::vec(
                proptest::collection::vec(prop_oneof![4 => -3.0..3.0_f64, 1 => Just(f64::NAN)], 3),
                2..40,
            ),
            weights in proptest::collection::vec(0.1..5.0_f64, 3),
            count in 0_usize..50,
        ) {
            let flat: Vec<f64> = rows.concat();
            let found = nearest(&flat, 0, &weights, 0..rows.len(), count);
            let mut naive: Vec<(usize, f64)> = (1..rows.len())
                .filter_map(|rank| Some((rank, distance(&rows[rank], &rows[0], &weights)?.value)))
                .collect();
            naive.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            naive.truncate(count);
            let found: Vec<(usize, f64)> = found.iter().map(|(rank, far)| (*rank, far.value)).collect();
            prop_assert_eq!(found, naive);
        }
    }
}
