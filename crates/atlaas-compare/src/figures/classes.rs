//! Classes of values for a map or a legend: those that make the squares within them least, exactly.
//!
//! Wang & Song 2011, "Ckmeans.1d.dp: optimal k-means clustering in one dimension by dynamic
//! programming", The R Journal 3; each row of the table is filled by divide and conquer, for its best
//! cuts never go back (Grønlund et al. 2017): `O(k n log n)`.

/// Classes, the lowest first. A value in none of them lies in a gap between two, or outside of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// The lowest value of each class.
    pub lows: Vec<f64>,
    /// The highest value of each.
    pub highs: Vec<f64>,
    /// How many values are in each.
    pub counts: Vec<usize>,
    /// The sum of squares around the means of the classes, which no other cut makes smaller.
    pub within: f64,
}

impl Classes {
    /// The lowest value of every class but the first: one break fewer than classes.
    pub fn breaks(&self) -> &[f64] {
        self.lows.get(1..).unwrap_or_default()
    }

    /// The rank of the class of a value by the breaks, from 0: that of the first class below all.
    pub fn rank(&self, value: f64) -> usize {
        self.breaks().partition_point(|&low| low <= value)
    }

    /// From the ranks, in the distinct values, at which classes begin.
    fn cut(distinct: &[(f64, usize)], starts: &[usize]) -> Self {
        let mut classes = Self {
            lows: Vec::with_capacity(starts.len()),
            highs: Vec::with_capacity(starts.len()),
            counts: Vec::with_capacity(starts.len()),
            within: 0.0,
        };
        let ends = starts.iter().skip(1).copied().chain([distinct.len()]);
        for (&start, end) in starts.iter().zip(ends) {
            let members = &distinct[start..end];
            let count: usize = members.iter().map(|(_, count)| count).sum();
            let parts = members
                .iter()
                .map(|(value, times)| value * (*times as f64 / count as f64));
            let mean: f64 = parts.sum();
            let squares = members
                .iter()
                .map(|(value, times)| *times as f64 * (value - mean).powi(2));
            classes.within += squares.sum::<f64>();
            classes.lows.extend(members.first().map(|(value, _)| value));
            classes.highs.extend(members.last().map(|(value, _)| value));
            classes.counts.push(count);
        }
        classes
    }
}

/// The best classes of the values that are finite, at most `most`: as many as there are distinct values
/// where these are fewer. Equal values are in one class; of cuts that are equally good, the one whose
/// last class begins earliest, then the one before it. `None` without a value or without a class.
pub fn classes(values: impl Iterator<Item = f64>, most: usize) -> Option<Classes> {
    let mut known: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    known.sort_unstable_by(f64::total_cmp);
    let mut distinct: Vec<(f64, usize)> = Vec::new();
    for value in known {
        match distinct.last_mut() {
            // Equal as numbers: −0 and 0 are one value.
            Some((last, times)) if *last >= value => *times += 1,
            _ => distinct.push((value, 1)),
        }
    }
    let count = most.min(distinct.len());
    if count == 0 {
        return None;
    }
    let starts = Sums::of(&distinct).starts(count);
    Some(Classes::cut(&distinct, &starts))
}

/// Running sums, from which the squares within any run of values are read at once.
struct Sums {
    weights: Vec<f64>,
    values: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    /// Of values moved to their middle and divided by their span: sums of squares then keep their digits
    /// and stay finite, and the cuts are the same.
    fn of(distinct: &[(f64, usize)]) -> Self {
        let half = |rank: usize| distinct[rank].0 / 2.0;
        let (middle, span) = (half(distinct.len() / 2), half(distinct.len() - 1) - half(0));
        let mut sums = Self {
            weights: vec![0.0],
            values: vec![0.0],
            squares: vec![0.0],
        };
        let (mut weight, mut sum, mut square) = (0.0, 0.0, 0.0);
        for (value, times) in distinct {
            let times = *times as f64;
            let moved = if span > 0.0 {
                (value / 2.0 - middle) / span
            } else {
                0.0
            };
            weight += times;
            sum += times * moved;
            square += times * moved * moved;
            sums.weights.push(weight);
            sums.values.push(sum);
            sums.squares.push(square);
        }
        sums
    }

    /// The squares around their mean of the values from `start` to before `end`.
    fn within(&self, start: usize, end: usize) -> f64 {
        let weight = self.weights[end] - self.weights[start];
        let sum = self.values[end] - self.values[start];
        let squares = self.squares[end] - self.squares[start];
        (squares - sum * sum / weight).max(0.0)
    }

    /// Where the best `count` classes begin.
    fn starts(&self, count: usize) -> Vec<usize> {
        let distinct = self.weights.len() - 1;
        // The least squares of the first `end` values in one class; then in two, and so on.
        let mut costs: Vec<f64> = (0..=distinct)
            .map(|end| if end == 0 { 0.0 } else { self.within(0, end) })
            .collect();
        let mut cuts: Vec<Vec<u32>> = Vec::new();
        for classes in 2..=count {
            let mut row = Row {
                sums: self,
                before: &costs,
                costs: vec![f64::INFINITY; distinct + 1],
                cuts: vec![0; distinct + 1],
            };
            row.fill(classes, distinct, classes - 1, distinct - 1);
            let (filled, found) = (row.costs, row.cuts);
            costs = filled;
            cuts.push(found);
        }
        let mut starts = Vec::with_capacity(count);
        let mut end = distinct;
        for found in cuts.iter().rev() {
            end = found[end] as usize;
            starts.push(end);
        }
        starts.push(0);
        starts.reverse();
        starts
    }
}

/// One row of the table: the least squares of the first values in one class more than before.
struct Row<'a> {
    sums: &'a Sums,
    before: &'a [f64],
    costs: Vec<f64>,
    cuts: Vec<u32>,
}

impl Row<'_> {
    /// Fills the ends from `first` to `last`, whose best cuts are from `low` to `high`.
    fn fill(&mut self, first: usize, last: usize, low: usize, high: usize) {
        if first > last {
            return;
        }
        let end = usize::midpoint(first, last);
        let mut best = (f64::INFINITY, low);
        for start in low..=high.min(end - 1) {
            let cost = self.before[start] + self.sums.within(start, end);
            if cost < best.0 {
                best = (cost, start);
            }
        }
        let (cost, cut) = best;
        self.costs[end] = cost;
        self.cuts[end] = cut as u32;
        self.fill(first, end - 1, low, cut);
        self.fill(end + 1, last, cut, high);
    }
}

#[cfg(test)]
mod tests;
