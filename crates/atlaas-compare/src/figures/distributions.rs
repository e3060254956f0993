//! Quantiles and tails of the three distributions of counts, where a library's own are not enough.
//!
//! The gamma and the Poisson distribution are those of statrs within the range where they were found
//! right beside R and SciPy: up to a mean of a million, beyond which an approximation is closer and
//! takes no time. Its binomial distribution is not used: the continued fraction stops after 140 terms
//! and is wrong near the mean from a million trials on (0.42 for 0.50 at 3 million of 30 million).

use statrs::distribution::{ContinuousCDF, DiscreteCDF, Gamma, Normal, Poisson};
use statrs::function::factorial::ln_factorial;
use statrs::function::gamma::{checked_gamma_lr, ln_gamma};

/// From which mean on expansions in its square root are used: they err by less than a thousandth of an
/// event there, beside a spread of a thousand.
const LARGE: f64 = 1e6;

/// Below which a quantile of the gamma distribution is taken from the first term of its series: the
/// search of statrs stops within a thousandth of a millionth.
const TINY: f64 = 1e-7;

/// The quantile of the gamma distribution of a shape, its rate being 1; 0 for a shape of 0.
///
/// The rate is 1 because the search behind it stops at an absolute distance: dividing the result by the
/// rate keeps all digits of small rates.
pub(super) fn gamma_quantile(shape: f64, share: f64) -> f64 {
    if shape <= 0.0 {
        return 0.0;
    }
    if shape > LARGE {
        // Wilson & Hilferty 1931.
        let ninth = 1.0 / (9.0 * shape);
        return shape * (1.0 - ninth + normal_quantile(share) * ninth.sqrt()).powi(3);
    }
    // P(shape, x) = x^shape ÷ Γ(shape + 1) × (1 − O(x)).
    let first = ((share.ln() + ln_gamma(shape + 1.0)) / shape).exp();
    if first < TINY {
        return first;
    }
    let searched = || Gamma::new(shape, 1.0).map_or(0.0, |gamma| gamma.inverse_cdf(share));
    gamma_root(shape, share, first).unwrap_or_else(searched)
}

/// Steps after which the search of statrs, which halves an interval fifty times, is taken instead.
const MOST_STEPS: usize = 32;

/// The same by Halley's steps from the expansion of Wilson & Hilferty, or from the first term of the series
/// where that says nothing: three or four of them. `None` when they do not settle.
fn gamma_root(shape: f64, share: f64, first: f64) -> Option<f64> {
    let ninth = 1.0 / (9.0 * shape);
    let expanded = 1.0 - ninth + normal_quantile(share) * ninth.sqrt();
    let mut at = if shape >= 0.5 && expanded > 0.2 {
        shape * expanded.powi(3)
    } else {
        first
    };
    let log_gamma = ln_gamma(shape);
    for _ in 0..MOST_STEPS {
        let density = ((shape - 1.0) * at.ln() - at - log_gamma).exp();
        let newton = (checked_gamma_lr(shape, at).ok()? - share) / density;
        let curve = newton * ((shape - 1.0) / at - 1.0);
        let step = newton / (1.0 - 0.5 * curve.min(1.0));
        if !step.is_finite() {
            return None;
        }
        // Never below 0, where there is no density.
        let next = if step >= at { at / 2.0 } else { at - step };
        if (next - at).abs() <= at * 1e-13 {
            return Some(next);
        }
        at = next;
    }
    None
}

/// The quantile of the standard normal distribution.
pub(super) fn normal_quantile(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share)
}

/// How likely a Poisson count is at most so many; `None` beyond what the distribution is trusted with.
pub(super) fn poisson_share(mean: f64, count: u64) -> Option<f64> {
    if mean > LARGE {
        return None;
    }
    Poisson::new(mean).ok().map(|poisson| poisson.cdf(count))
}

/// The interpolated quantile of a Poisson count (see [`interpolated`]).
pub(super) fn poisson_quantile(mean: f64, share: f64) -> f64 {
    let start = expanded(mean, mean, 1.0, share);
    if mean > LARGE {
        return start;
    }
    let Ok(poisson) = Poisson::new(mean) else {
        return 0.0;
    };
    interpolated(start, u64::from(u32::MAX), share, |count| {
        poisson.cdf(count)
    })
}

/// The interpolated quantile of a binomial count (see [`interpolated`]).
pub(super) fn binomial_quantile(trials: u32, chance: f64, share: f64) -> f64 {
    let mean = f64::from(trials) * chance;
    if chance >= 1.0 {
        // Certain: there is nothing between two counts to interpolate.
        return mean;
    }
    let variance = mean * (1.0 - chance);
    let start = expanded(mean, variance, 1.0 - 2.0 * chance, share);
    interpolated(start, u64::from(trials), share, |count| {
        binomial_tails(count, u64::from(trials), chance).0
    })
}

/// Cornish & Fisher's expansion with the correction of continuity; `skew` times the spread is the third
/// moment divided by the variance.
fn expanded(mean: f64, variance: f64, skew: f64, share: f64) -> f64 {
    let z = normal_quantile(share);
    mean + z * variance.sqrt() + (z * z - 1.0) * skew / 6.0 - 0.5
}

/// Spiegelhalter's quantile of a discrete distribution (2005, appendix): `r` is the smallest count whose
/// distribution function reaches the share, and `r − (F(r) − share) ÷ (F(r) − F(r − 1))` is returned,
/// never below 0. The search starts near it and goes step by step.
fn interpolated(start: f64, most: u64, share: f64, below: impl Fn(u64) -> f64) -> f64 {
    let mut count = (start.max(0.0) as u64).min(most);
    while count > 0 && below(count - 1) >= share {
        count -= 1;
    }
    while count < most && below(count) < share {
        count += 1;
    }
    let reached = below(count);
    let before = if count == 0 { 0.0 } else { below(count - 1) };
    let surplus = (reached - share) / (reached - before);
    (count as f64 - surplus).max(0.0)
}

/// The chances that a binomial count is at most, and at least, `count`.
pub(super) fn binomial_tails(count: u64, trials: u64, chance: f64) -> (f64, f64) {
    if chance <= 0.0 || chance >= 1.0 {
        let certain = if chance <= 0.0 { 0 } else { trials };
        let chance_of = |holds| if holds { 1.0 } else { 0.0 };
        return (chance_of(certain <= count), chance_of(certain >= count));
    }
    let own = binomial_mass(count, trials, chance);
    // The side away from the mean is summed, where terms fall; the other is what is left.
    if (count as f64) < trials as f64 * chance {
        let most = lower_sum(count, trials, chance, own);
        (most, 1.0 - most + own)
    } else {
        let least = lower_sum(trials - count, trials, 1.0 - chance, own);
        (1.0 - least + own, least)
    }
}

/// The chance of at most `count`, from the chance of exactly so many and the ratios of neighbours.
fn lower_sum(count: u64, trials: u64, chance: f64, own: f64) -> f64 {
    let odds = (1.0 - chance) / chance;
    let (mut term, mut sum) = (1.0, 1.0);
    for successes in (1..=count).rev() {
        term *= successes as f64 / (trials - successes + 1) as f64 * odds;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    (own * sum).min(1.0)
}

/// The chance of exactly `count`, by the expansion around the mean that loses no digits to large
/// factorials (Loader 2000, "Fast and accurate computation of binomial probabilities").
fn binomial_mass(count: u64, trials: u64, chance: f64) -> f64 {
    let (k, n, rest) = (count as f64, trials as f64, (trials - count) as f64);
    if count == 0 {
        return (n * (-chance).ln_1p()).exp();
    }
    if count == trials {
        return (n * chance.ln()).exp();
    }
    let exponent = stirling_error(trials)
        - stirling_error(count)
        - stirling_error(trials - count)
        - deviance(k, n * chance)
        - deviance(rest, n * (1.0 - chance));
    exponent.exp() * (n / (std::f64::consts::TAU * k * rest)).sqrt()
}

/// By how much the logarithm of a factorial exceeds Stirling's formula.
fn stirling_error(count: u64) -> f64 {
    let n = count as f64;
    if count < 16 {
        let stirling = (n + 0.5) * n.ln() - n + 0.5 * std::f64::consts::TAU.ln();
        return ln_factorial(count) - stirling;
    }
    let square = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / 1680.0 / square) / square) / square) / n
}

/// `x ln(x ÷ mean) + mean − x`, by a series where both are close and the formula would cancel.
fn deviance(x: f64, mean: f64) -> f64 {
    let gap = x - mean;
    if gap.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() - gap;
    }
    let part = gap / (x + mean);
    let (mut sum, mut term) = (gap * part, 2.0 * x * part);
    for odd in (3..1000_u32).step_by(2) {
        term *= part * part;
        let next = sum + term / f64::from(odd);
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        ((found - expected) / expected).abs() < 1e-9
    }

    #[test]
    fn binomial_tails_are_those_of_r_for_few_and_many_trials() {
        let expected = [
            (2, 20, 0.3, 0.035_483_132_298_468_7),
            (12, 20, 0.3, 0.998_721_120_395_78),
            (100_000, 1_000_000, 0.1, 0.500_842_210_405_202),
            (2_995_070, 30_000_000, 0.1, 0.001_347_029_836_683_97),
            (15_000_000, 30_000_000, 0.5, 0.500_072_836_561_433),
        ];
        for (count, trials, chance, most) in expected {
            let (found, least) = binomial_tails(count, trials, chance);
            assert!(close(found, most), "{count} of {trials}: {found}");
            let mass = binomial_mass(count, trials, chance);
            assert!((found + least - mass - 1.0).abs() < 1e-12);
        }
        assert!(close(binomial_mass(3, 20, 0.3), 0.071_603_672_205_262_3));
        assert_eq!(binomial_tails(3, 5, 0.0), (1.0, 0.0));
        assert_eq!(binomial_tails(3, 5, 1.0), (0.0, 1.0));
    }

    #[test]
    fn gamma_quantiles_are_those_of_r_down_to_the_smallest() {
        for (shape, share, expected) in [
            (0.05, 0.025, 5.315_661_889_914_32e-33),
            (0.05, 0.5, 5.573_878_440_746_26e-7),
            (0.3, 0.025, 3.185_679_031_739_17e-6),
        ] {
            let found = gamma_quantile(shape, share);
            let near = ((found - expected) / expected).abs() < 1e-6;
            assert!(near || (found - expected).abs() < 1e-9, "{found}");
        }
        // Whatever the shape, the share below the quantile is the one that was asked for.
        for power in -8..60 {
            let shape = 1.26_f64.powi(power);
            for share in [0.001, 0.025, 0.5, 0.975, 0.999] {
                let at = gamma_quantile(shape, share);
                let back = checked_gamma_lr(shape, at).unwrap();
                assert!((back - share).abs() < 1e-9, "{shape} {share}: {at} {back}");
            }
        }
        assert_eq!(gamma_quantile(0.0, 0.975).to_bits(), 0.0_f64.to_bits());
        // The approximation of large shapes meets the search where they change over.
        let search = gamma_quantile(LARGE, 0.975);
        let approximation = gamma_quantile(LARGE * (1.0 + 1e-12), 0.975);
        assert!(close(search, approximation));
    }
}
