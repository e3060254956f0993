//! Quartiles and numbers as answers have them.

use atlaas_engine::Quartiles;
use serde::Serialize;

/// Quartiles of some values.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Quartiles)]
pub struct Spread {
    q1: f64,
    mediane: f64,
    q3: f64,
    n: usize,
}

impl From<Quartiles> for Spread {
    fn from(quartiles: Quartiles) -> Self {
        Self {
            q1: tidy(quartiles.low),
            mediane: tidy(quartiles.median),
            q3: tidy(quartiles.high),
            n: quartiles.count,
        }
    }
}

/// Four decimals: what sums and shares need.
pub fn tidy(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}
