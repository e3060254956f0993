//! What each part of the search is worth: mean reciprocal rank of the known items without it.
//!
//! `cargo run --profile measure -p atlaas-search --example ablations`
#![expect(clippy::unwrap_used, reason = "it stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "it prints what it measures")]

#[path = "../tests/search/full_scale.rs"]
mod full_scale;
#[path = "../tests/search/known_items.rs"]
mod known_items;
#[path = "../tests/search/random.rs"]
mod random;
#[path = "../tests/search/synthetic.rs"]
#[expect(dead_code, reason = "shared with the tests, which use all of it")]
mod synthetic;

use atlaas_model::Schema;
use atlaas_search::{Stemming, Tuning, Weights};
use std::sync::Arc;

/// Places of the unstemmed words of name and text among the parts.
const TWINS: [usize; 2] = [0, 2];

fn main() {
    let Some((fiches, vocabulary)) = full_scale::read() else {
        return;
    };
    let (fiches, schema) = (Arc::new(fiches), Arc::new(Schema::shipped(vocabulary)));
    println!("columns: all, then {}", known_items::FAMILIES.join(", "));
    for (name, tuning) in ablations() {
        let world = synthetic::open_tuned(fiches.clone(), schema.clone(), tuning);
        let cases = known_items::cases(&world);
        let ranks = known_items::judge(&world, &cases);
        if tuning == Tuning::default() {
            println!(
                "{} queries, digest {:016x}",
                cases.len(),
                known_items::digest(&cases)
            );
        }
        let all: Vec<f64> = ranks.values().flatten().copied().collect();
        let each = known_items::FAMILIES.map(|family| {
            let mean = known_items::mean(&ranks[family]);
            format!("{mean:.3}")
        });
        println!(
            "{name:36} {:6.3}  {}",
            known_items::mean(&all),
            each.join("  ")
        );
    }
}

fn ablations() -> Vec<(&'static str, Tuning)> {
    let usual = Weights::default();
    let with = |weights: Weights| Tuning {
        weights,
        ..Tuning::default()
    };
    let mut twin = usual;
    for part in TWINS {
        twin.parts[part] = 0.0;
    }
    let mut flat = usual;
    flat.parts = [1.0; 6];
    vec![
        ("as it serves", Tuning::default()),
        (
            "stemmed before folding",
            Tuning {
                stemming: Stemming::Written,
                ..Tuning::default()
            },
        ),
        ("without the unstemmed twin", with(twin)),
        ("all parts of a fiche weigh the same", with(flat)),
        (
            "without exactness of the name",
            with(Weights {
                exact_name: 0.0,
                name_share: 0.0,
                ..usual
            }),
        ),
        (
            "without population",
            with(Weights {
                population: 0.0,
                ..usual
            }),
        ),
        (
            "without freshness",
            with(Weights {
                freshness: 0.0,
                ..usual
            }),
        ),
        (
            "text alone",
            with(Weights {
                exact_name: 0.0,
                name_share: 0.0,
                population: 0.0,
                freshness: 0.0,
                ..usual
            }),
        ),
    ]
}
