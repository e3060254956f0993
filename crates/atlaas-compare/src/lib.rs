//! Everything that measures a territory beside others: variables made of the context, strata, the
//! nearest peers, and what a figure that rests on few is worth.
//!
//! Who resembles whom is told by context alone (population, density, income, change), never by what is
//! compared: no object of a layer and no label enters a distance. It knows nothing of words, of
//! geometry, of files or of HTTP.
//!
//! Invariants: only territories of one level are compared; a distance is symmetric; the order of peers
//! is total (ties by code); a missing value stays missing and is said.

mod classes_of_strata;
mod columns;
mod comparer;
mod declared;
mod figures;
mod lens;
mod nearest;
mod quantiles;
mod scale;
mod strata;
mod table;
mod variable;

pub use classes_of_strata::StrataClasses;
pub use comparer::{Band, CompareError, Compared, Comparer, Peer, Standing};
pub use declared::Method;
pub use figures::{
    Classes, Counted, Interval, Limits, Pool, Prior, Priors, Share, Smoothed, Standardised,
    StratumCount, Verdict, chance_of_difference, classes, differ, rate_limits, rate_verdict,
    share_limits, share_verdict, smoothed, smoothed_within, standardised,
};
pub use lens::Lens;
pub use nearest::{Distance, distance, nearest};
pub use quantiles::{Quartiles, quantile};
pub use scale::Scale;
pub use strata::{Stratum, Width};
pub use variable::Variable;
