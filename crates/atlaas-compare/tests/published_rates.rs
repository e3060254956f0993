//! Small-number statistics beside what others published: spdep on the data of Marshall 1991 (child
//! deaths in Auckland), asked of R, and the quantiles of SciPy.
//!
//! What is not installed is skipped, aloud. `ATLAAS_REQUIRE_TOOLS` names those whose absence is a
//! failure, separated by commas (`Rscript`, `python:scipy`); `ATLAAS_PYTHON` names another interpreter
//! than `python3`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "every function here is a test or serves one: it fails by panicking and speaks to who runs it"
)]

use atlaas_compare::{
    Counted, Prior, chance_of_difference, rate_limits, share_limits, smoothed, smoothed_within,
};
use std::process::Command;

/// A line a zone: events of nine years, the population under five times nine, the shrunk rate, its
/// interval, that of the raw rate, whether it is in the first half, the rate shrunk within its half, and
/// the two moments.
const ASKED_OF_R: &str = r#"
suppressPackageStartupMessages(library(spdep))
zones <- sf::st_read(system.file("shapes/auckland.shp", package = "spData"), quiet = TRUE)
n <- zones$M77_85
x <- 9 * zones$Und5_81
whole <- EBest(n, x, family = "poisson")
a <- attr(whole, "parameters")$a
m <- attr(whole, "parameters")$b
ends <- sapply(c(0.025, 0.975), function(p) qgamma(p, n + m^2 / a, rate = x + m / a))
raw <- t(sapply(n, function(count) poisson.test(count)$conf.int)) / x
half <- seq_along(n) <= length(n) / 2
within <- n
for (group in c(TRUE, FALSE)) within[half == group] <- EBest(n[half == group], x[half == group])$estmm
table <- cbind(n, x, whole$estmm, ends, raw, half, within, m, a)
write.table(format(table, digits = 15), quote = FALSE, row.names = FALSE, col.names = FALSE)
"#;

const ASKED_OF_SCIPY: &str = r#"
from scipy import stats
def limits(law):
    for p in (0.001, 0.025, 0.975, 0.999):
        r = law.ppf(p)
        yield max(0.0, r - (law.cdf(r) - p) / law.pmf(r))
for m in (0.01, 0.3, 1, 2.5, 7, 13.2, 55, 410.7, 5000, 120000):
    print("rate", m, 0, *limits(stats.poisson(m)))
for n, p in ((1, 0.4), (7, 0.1), (12, 0.5), (90, 0.03), (333, 0.81), (5000, 0.2), (400000, 0.0007), (2000000, 0.43)):
    print("share", n, p, *limits(stats.binom(n, p)))
for a, b, x in ((0, 0, 1), (3, 9, 0.5), (40, 12, 3), (1000, 1100, 1), (70000, 70900, 0.99), (5, 0, 40)):
    law = stats.binom(a + b, x / (1 + x))
    print("chance", a, b, x, min(1, 2 * min(law.cdf(a), law.sf(a - 1))))
"#;

/// Lines of what a program printed; `None`, aloud, where it or what it needs is not installed.
fn asked(name: &str, command: &mut Command) -> Option<Vec<String>> {
    let output = command
        .output()
        .ok()
        .filter(|output| output.status.success());
    let Some(output) = output else {
        let required = std::env::var("ATLAAS_REQUIRE_TOOLS").unwrap_or_default();
        assert!(
            required.split(',').all(|one| one != name),
            "{name} is required and absent"
        );
        println!("skipped: {name} is absent");
        return None;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.lines().map(str::to_owned).collect())
}

fn python() -> Command {
    let named = std::env::var("ATLAAS_PYTHON");
    Command::new(named.as_deref().unwrap_or("python3"))
}

fn numbers<'a>(words: impl Iterator<Item = &'a str>) -> Vec<f64> {
    words.map(|word| word.parse().unwrap()).collect()
}

fn close(found: f64, expected: f64, what: &str) {
    let scale = expected.abs().max(1e-300);
    let gap = (found - expected).abs();
    assert!(
        gap / scale < 1e-6 || gap < 1e-15,
        "{what}: {found} for {expected}"
    );
}

#[test]
fn auckland_is_smoothed_as_spdep_does() {
    let mut script = Command::new("Rscript");
    let Some(lines) = asked("Rscript", script.args(["-e", ASKED_OF_R])) else {
        return;
    };
    let rows: Vec<Vec<f64>> = lines
        .iter()
        .map(|line| numbers(line.split_whitespace()))
        .collect();
    assert_eq!(rows.len(), 167);
    let places: Vec<(Counted, bool)> = rows
        .iter()
        .map(|row| (Counted::new(row[0] as u32, row[1]).unwrap(), row[7] > 0.5))
        .collect();
    let alone: Vec<Counted> = places.iter().map(|(place, _)| *place).collect();
    let prior = Prior::of(alone.iter().copied()).unwrap();
    close(prior.mean, rows[0][9], "mean");
    close(prior.variance, rows[0][10], "variance");
    let (whole, within) = (smoothed(&alone), smoothed_within(&places, 8));
    for (rank, row) in rows.iter().enumerate() {
        let (found, raw) = (whole[rank].unwrap(), alone[rank].exact_interval().unwrap());
        close(found.rate, row[2], "shrunk rate");
        close(found.interval.low, row[3], "credible, low");
        close(found.interval.high, row[4], "credible, high");
        close(raw.low, row[5], "exact, low");
        close(raw.high, row[6], "exact, high");
        close(within[rank].unwrap().rate, row[8], "shrunk in its group");
    }
    println!("167 zones of Auckland are those of spdep");
}

#[test]
fn limits_and_chances_are_those_of_scipy() {
    let Some(lines) = asked("python:scipy", python().args(["-c", ASKED_OF_SCIPY])) else {
        return;
    };
    for line in &lines {
        let (kind, rest) = line.split_once(' ').unwrap();
        let values = numbers(rest.split(' '));
        if kind == "chance" {
            let place = |events: f64, at_risk| Counted::new(events as u32, at_risk).unwrap();
            let (one, other) = (place(values[0], values[2]), place(values[1], 1.0));
            let found = chance_of_difference(&one, &other).unwrap();
            close(found, values[3], line);
            continue;
        }
        let (centre, limits) = if kind == "rate" {
            (values[0], rate_limits(values[0], 1.0).unwrap())
        } else {
            let counts = values[0];
            (
                counts * values[1],
                share_limits(values[1], counts as u32).unwrap(),
            )
        };
        let scale = if kind == "rate" { 1.0 } else { values[0] };
        // A funnel holds its centre, where the published quantile of so few does not.
        close(limits.at_998.low * scale, values[2].min(centre), line);
        close(limits.at_95.low * scale, values[3].min(centre), line);
        close(limits.at_95.high * scale, values[4].max(centre), line);
        close(limits.at_998.high * scale, values[5].max(centre), line);
    }
    println!("{} lines of SciPy are ours", lines.len());
}
