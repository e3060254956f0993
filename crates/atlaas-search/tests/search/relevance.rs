//! Relevance on real titles; the set is made in `known_items.rs`, ablations of it in
//! `examples/ablations.rs`.

use crate::{full_scale, known_items, synthetic};

/// The set that the committed figures are of.
const DIGEST: u64 = 0xB89A_F059_3B86_B68C;

#[test]
fn known_sheets_are_found_by_words_inflected_misspelt_unaccented_and_by_place() {
    let Some((fiches, vocabulary)) = full_scale::read() else {
        return;
    };
    let world = synthetic::open(fiches, vocabulary);
    let cases = known_items::cases(&world);
    assert_eq!(
        known_items::digest(&cases),
        DIGEST,
        "another set of queries"
    );
    let ranks = known_items::judge(&world, &cases);
    for (family, scores) in &ranks {
        println!(
            "{family:>16}: MRR {:.3} over {}",
            known_items::mean(scores),
            scores.len()
        );
    }
    let all: Vec<f64> = ranks.values().flatten().copied().collect();
    let mrr = known_items::mean(&all);
    println!("{:>16}: MRR {mrr:.3} over {}", "all", all.len());
    assert!(mrr > 0.83, "{mrr}");
}
