//! What a query is understood as and what it finds first, over the operator's files.
//!
//! `cargo run --profile measure -p atlaas-search --example ask -- "fablab près de nantes" …`
#![expect(clippy::unwrap_used, reason = "it stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "it prints what it finds")]

#[path = "../tests/search/full_scale.rs"]
mod full_scale;

use atlaas_model::Schema;
use atlaas_search::{Query, Search};
use std::sync::Arc;

fn main() {
    let Some((fiches, vocabulary)) = full_scale::read() else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let (fiches, schema) = (Arc::new(fiches), Arc::new(Schema::shipped(vocabulary)));
    Search::build(dir.path(), &fiches, &schema).unwrap();
    let search = Search::open(dir.path(), fiches.clone(), schema.clone()).unwrap();
    for asked in std::env::args().skip(1) {
        let pairs = [
            ("q".to_owned(), asked.clone()),
            ("facettes".to_owned(), String::new()),
        ];
        let query = Query::parse(&pairs, &schema, &[]).unwrap();
        let plan = search.plan(&query).unwrap();
        let distance = |doc: u32| {
            let position = fiches[doc as usize].position;
            Some(position?.distance_km(plan.origin?))
        };
        let answer = search.execute(&plan, None, &distance).unwrap();
        println!("\n{asked} → {}", plan.resolved.canonical());
        println!("{}", serde_json::to_string(&plan.comprehension).unwrap());
        println!(
            "{} found (areas not applied: {})",
            answer.matched,
            plan.areas.len()
        );
        for hit in answer.hits.iter().take(5) {
            println!("  {:10.3} {}", hit.score, fiches[hit.doc as usize].name);
        }
        for proposal in &answer.proposals {
            println!("  ? {:?} ({})", proposal.advice, proposal.n);
        }
    }
}
