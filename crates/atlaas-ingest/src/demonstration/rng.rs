//! The generator's own random numbers: SplitMix64 (Steele, Lea and Flood, 2014), so that a seed
//! gives the same demonstration data on every machine and with every version of every library.

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    /// The stream of a seed and a subject; subjects do not disturb each other.
    pub(crate) fn new(seed: u64, subject: u64) -> Self {
        let mut rng = Self(seed ^ subject.wrapping_mul(0x2545_f491_4f6c_dd1d));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to 1, the 1 excluded.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `bound`; 0 when the bound is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Whether something of that probability happens.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of several; `None` of none.
    pub(crate) fn pick<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        several.get(self.below(several.len()))
    }

    /// The rank of one of several, by weight; 0 when no weight is above 0.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().copied().map(u64::from).sum();
        let mut at = ((u128::from(self.next()) * u128::from(total)) >> 64) as u64;
        for (rank, &weight) in weights.iter().enumerate() {
            if at < u64::from(weight) {
                return rank;
            }
            at -= u64::from(weight);
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_its_stream_and_no_other() {
        let stream = |seed, subject| {
            let mut rng = Rng::new(seed, subject);
            [rng.next(), rng.next()]
        };
        assert_eq!(stream(1, 1), stream(1, 1));
        assert_ne!(stream(1, 1), stream(2, 1));
        assert_ne!(stream(1, 1), stream(1, 2));
    }

    #[test]
    fn draws_stay_within_their_bounds_and_follow_their_weights() {
        let mut rng = Rng::new(7, 0);
        assert!((0..1000).all(|_| (0.0..1.0).contains(&rng.unit()) && rng.below(3) < 3));
        let drawn = (0..4000).filter(|_| rng.weighted(&[0, 1, 3]) == 2).count();
        assert!((2800..3200).contains(&drawn), "{drawn}");
        assert_eq!(rng.weighted(&[]), 0);
        assert_eq!(rng.pick::<u8>(&[]), None);
    }
}
