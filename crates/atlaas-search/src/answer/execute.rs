//! Running a plan: match, filter, count, order, cut a page, mark its words.

use crate::{
    answer::{
        answered::{Answer, Hit},
        facets::{self, Counting},
        matches::base,
        proposals,
        rank::{Best, Rank},
        scoring::{Distance, Scoring},
        snippet::Marker,
    },
    error::SearchError,
    matching::{expanded::Expanded, filter::Selected, gather::Scratch},
    opened::Opened,
    plan::planned::Plan,
    query::cursor::Cursor,
};
use atlaas_model::{DocId, DocSet};
use std::borrow::Cow;

/// Runs a plan within a scope (what its areas leave; `None` is everywhere). `distance_km` is
/// asked only for documents that match.
pub(crate) fn execute(
    opened: &Opened,
    plan: &Plan,
    scope: Option<&DocSet>,
    distance_km: Distance,
) -> Result<Answer, SearchError> {
    let scoring = Scoring {
        opened,
        plan,
        distance_km,
    };
    let mut borrowed = opened.scratch();
    let scratch = &mut borrowed.scratch;
    let base = base(opened, plan, scope, scratch)?;
    let unconstrained = base.is_none() && plan.filters.is_empty();
    let selected = plan.filters.apply(&opened.columns, base);
    let counting = Counting::of(&plan.asked, &opened.schema);
    let facets = if unconstrained {
        facets::count_everything(&opened.columns, &counting)
    } else {
        facets::count(&opened.columns, &counting, &plan.filters, &selected)
    };
    let page = page(&scoring, &selected, scratch);
    let mut answer = Answer {
        matched: selected.all.len(),
        facets,
        next: page.next,
        ..Answer::default()
    };
    let marked: Cow<'_, [Expanded]> = if plan.marked.is_empty() {
        Cow::Borrowed(&plan.words)
    } else {
        plan.words.iter().chain(&plan.marked).cloned().collect()
    };
    let marker = Marker::new(&marked, &opened.stems);
    for rank in page.ranks {
        let mut hit = hit(&scoring, rank.doc, scratch);
        if !marked.is_empty() {
            let fiche = &opened.fiches[rank.doc as usize];
            hit.title = marker.whole(&fiche.name);
            hit.text = marker.window(&fiche.text);
        }
        if plan.asked.explain {
            hit.explanation = Some(scoring.explain(&hit, scratch)?);
        }
        answer.hits.push(hit);
    }
    if answer.matched == 0 {
        drop(borrowed);
        answer.proposals = proposals::propose(opened, plan, scope, distance_km)?;
    }
    Ok(answer)
}

/// Every document that matches, in the order asked for; without paging: for exports.
pub(crate) fn ordered(
    opened: &Opened,
    plan: &Plan,
    scope: Option<&DocSet>,
    distance_km: Distance,
) -> Result<Vec<DocId>, SearchError> {
    let scoring = Scoring {
        opened,
        plan,
        distance_km,
    };
    let mut borrowed = opened.scratch();
    let base = base(opened, plan, scope, &mut borrowed.scratch)?;
    let selected = plan.filters.apply(&opened.columns, base);
    let mut ranks: Vec<Rank> = selected
        .all
        .iter()
        .map(|doc| Rank {
            key: scoring.key(doc, &borrowed.scratch),
            doc,
        })
        .collect();
    ranks.sort_unstable();
    Ok(ranks.into_iter().map(|rank| rank.doc).collect())
}

fn page(scoring: &Scoring, selected: &Selected, scratch: &Scratch) -> Page {
    let query = &scoring.plan.asked;
    let (skip, limit) = (query.offset as usize, query.limit as usize);
    // One more than is shown tells whether there is a next page.
    let mut best = Best::new(if limit == 0 { 0 } else { skip + limit + 1 });
    let after = query.after.map(|after| Rank {
        key: after.key,
        doc: after.doc,
    });
    for doc in selected.all.iter() {
        let key = scoring.key(doc, scratch);
        let rank = Rank { key, doc };
        if after.is_none_or(|after| after < rank) {
            best.offer(rank);
        }
    }
    let mut ranks = best.into_sorted();
    ranks.drain(..skip.min(ranks.len()));
    let more = ranks.len() > limit;
    ranks.truncate(limit);
    let last = ranks.last().filter(|_| more);
    let next = last.map(|last| {
        Cursor::new(
            last.key,
            last.doc,
            &query.canonical_for_cursor(),
            query.sort,
        )
    });
    Page { ranks, next }
}

fn hit(scoring: &Scoring, doc: DocId, scratch: &Scratch) -> Hit {
    Hit {
        doc,
        score: scoring.score(doc, scratch),
        distance_km: scoring.plan.origin.and_then(|_| (scoring.distance_km)(doc)),
        title: None,
        text: None,
        explanation: None,
    }
}

/// A page in its order.
struct Page {
    ranks: Vec<Rank>,
    next: Option<Cursor>,
}
