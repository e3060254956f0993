//! How good the order of answers is, by 150 queries that were judged by hand: ours, ours without each
//! step of the ladder and without the thesaurus, BM25 over the same fiches.
//!
//! `cargo run --profile measure -p atlaas-benches --bin judged -- SNAPSHOTS [pool]`. The snapshot is that
//! of the full-scale inputs; without it the bench says that it is skipped. It asserts a floor.
//! `pool` prints, as CSV, what the runs find among their first ten and nobody judged yet.

use atlaas_benches::bm25::Bm25;
use atlaas_benches::judged::{self, DEPTH, JudgedQuery};
use atlaas_engine::Snapshot;
use atlaas_model::{Area, DocId, DocSet};
use atlaas_search::{LadderStep, Query, Search, Tuning};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// What our own order is worth at least.
const FLOOR: f64 = 0.64;
/// Fiches of which most must be in the snapshot: else it is another one.
const KNOWN: f64 = 0.95;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let snapshots = arguments.next();
    let snapshots = snapshots.ok_or_else(|| io::Error::other("judged SNAPSHOTS [pool]"))?;
    let pooling = arguments.next().is_some_and(|word| word == "pool");
    let out = &mut io::stdout().lock();
    let Ok(snapshot) = Snapshot::open(Path::new(&snapshots), 1 << 20) else {
        return writeln!(
            out,
            "skipped: there is no snapshot of the full-scale inputs"
        );
    };
    let mut queries = judged::read(&judged::directory())?;
    if share_known(&snapshot, &queries) < KNOWN {
        return writeln!(out, "skipped: the snapshot is not of the full-scale inputs");
    }
    if !pooling {
        let all = queries.len();
        queries.retain(JudgedQuery::has_an_answer);
        writeln!(out, "{} of {all} queries have an answer", queries.len())?;
    }
    let mut runs = vec![Run {
        name: "as it serves".to_owned(),
        answers: answers(&snapshot, &queries, Tuning::default(), false)?,
    }];
    for step in LadderStep::ALL {
        let tuning = Tuning {
            without: Some(step),
            ..Tuning::default()
        };
        runs.push(Run {
            name: format!("without {step:?}"),
            answers: answers(&snapshot, &queries, tuning, false)?,
        });
    }
    runs.push(Run {
        name: "no ladder (strict=oui)".to_owned(),
        answers: answers(&snapshot, &queries, Tuning::default(), true)?,
    });
    let peer = Bm25::new(&snapshot);
    let by_peer = |query: &JudgedQuery| ids(&snapshot, &peer.best(&query.text, DEPTH));
    runs.push(Run {
        name: "BM25".to_owned(),
        answers: queries.iter().map(by_peer).collect(),
    });
    if pooling {
        return pool(&queries, &runs, out);
    }
    told(&queries, &runs, out)
}

/// The first ten of each query by one way to answer.
struct Run {
    name: String,
    answers: Vec<Vec<String>>,
}

impl Run {
    fn mean(&self, queries: &[JudgedQuery]) -> f64 {
        let each = queries.iter().zip(&self.answers);
        let sum: f64 = each.map(|(query, answer)| query.ndcg(answer)).sum();
        sum / queries.len().max(1) as f64
    }
}

/// Which share of the fiches that were judged the snapshot has.
fn share_known(snapshot: &Snapshot, queries: &[JudgedQuery]) -> f64 {
    let fiches = snapshot.catalogue().fiches().iter();
    let known: BTreeSet<String> = fiches.map(|fiche| fiche.id.to_string()).collect();
    let judged = queries.iter().flat_map(|query| query.grades.keys());
    let (all, there) = judged.fold((0, 0), |(all, there), id| {
        (all + 1, there + usize::from(known.contains(id)))
    });
    if all == 0 {
        return 1.0;
    }
    f64::from(there as u32) / f64::from(all as u32)
}

fn told(queries: &[JudgedQuery], runs: &[Run], out: &mut impl Write) -> io::Result<()> {
    let own = runs[0].mean(queries);
    for run in runs {
        let mean = run.mean(queries);
        let each = queries.iter().zip(&run.answers);
        let unjudged: usize = each.map(|(query, answer)| query.unjudged(answer)).sum();
        let difference = mean - own;
        let name = &run.name;
        writeln!(
            out,
            "{name:24} nDCG@10 {mean:.3} ({difference:+.3}), {unjudged} unjudged"
        )?;
    }
    let worst: usize = std::env::var("ATLAAS_SHOW").map_or(0, |n| n.parse().unwrap_or(0));
    let mut by_worth: Vec<(f64, &JudgedQuery)> = queries
        .iter()
        .zip(&runs[0].answers)
        .map(|(query, answer)| (query.ndcg(answer), query))
        .collect();
    by_worth.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    for (worth, query) in by_worth.iter().take(worst) {
        writeln!(out, "  {worth:.3} {} {}", query.number, query.text)?;
    }
    if own < FLOOR {
        return Err(io::Error::other(format!(
            "{own:.3} is below the floor of {FLOOR}"
        )));
    }
    Ok(())
}

/// What was found and not judged: number of the query, fiche.
fn pool(queries: &[JudgedQuery], runs: &[Run], out: &mut impl Write) -> io::Result<()> {
    for (rank, query) in queries.iter().enumerate() {
        let found = runs.iter().flat_map(|run| run.answers[rank].iter());
        let new: BTreeSet<&String> = found.filter(|id| !query.grades.contains_key(*id)).collect();
        for id in new {
            writeln!(out, "{},{id}", query.number)?;
        }
    }
    Ok(())
}

/// The first ten of each query, searched with a tuning.
fn answers(
    snapshot: &Snapshot,
    queries: &[JudgedQuery],
    tuning: Tuning,
    strict: bool,
) -> io::Result<Vec<Vec<String>>> {
    let fiches = snapshot.search().fiches().clone();
    let index = snapshot.path().join("index");
    let schema = snapshot.schema().clone();
    let search = Search::open_tuned(&index, fiches, schema, tuning).map_err(io::Error::other)?;
    let answer = |query: &JudgedQuery| {
        let docs = first_ten(snapshot, &search, &query.text, strict)?;
        Ok(ids(snapshot, &docs))
    };
    queries.iter().map(answer).collect()
}

/// As `Snapshot::answer` does it, with another search.
fn first_ten(
    snapshot: &Snapshot,
    search: &Search,
    text: &str,
    strict: bool,
) -> io::Result<Vec<DocId>> {
    let mut pairs = vec![
        ("q".to_owned(), text.to_owned()),
        ("limit".to_owned(), DEPTH.to_string()),
    ];
    if strict {
        pairs.push(("strict".to_owned(), "oui".to_owned()));
    }
    let refused = |mistakes| io::Error::other(format!("{text}: {mistakes:?}"));
    let query = Query::parse(&pairs, search.schema(), &[]).map_err(refused)?;
    let select = |areas: &[Area]| -> Option<DocSet> {
        areas
            .iter()
            .map(|area| snapshot.select(area))
            .reduce(|mut all, docs| {
                all.intersect(&docs);
                all
            })
    };
    let run = |plan: &atlaas_search::Plan| {
        let distance = |doc| {
            plan.origin
                .and_then(|origin| snapshot.distance_km(doc, origin))
        };
        let scope = select(&plan.areas);
        search
            .execute(plan, scope.as_ref(), &distance)
            .map_err(io::Error::other)
    };
    let plan = search
        .plan(&query)
        .map_err(|mistakes| io::Error::other(format!("{text}: {mistakes:?}")))?;
    let mut answer = run(&plan)?;
    if answer.matched == 0 && query.may_climb() {
        let landing = search.climb(&plan, &select).map_err(io::Error::other)?;
        let stepped = landing.and_then(|landing| search.plan_of(&plan, &landing));
        if let Some(plan) = stepped {
            answer = run(&plan)?;
        }
    }
    Ok(answer.hits.iter().map(|hit| hit.doc).collect())
}

fn ids(snapshot: &Snapshot, docs: &[DocId]) -> Vec<String> {
    let id = |doc: &DocId| snapshot.catalogue().fiche(*doc).id.to_string();
    docs.iter().map(id).collect()
}
