//! The steps of a plan, one after the other: an order that makes no sense does not compile.

use crate::{
    matching::priors,
    opened::Opened,
    plan::{
        bounds,
        planned::Plan,
        selections, surroundings, territories, understood,
        words::{self, LookedUp, any_holds, any_name_holds},
    },
    query::{parameter_error::ParameterError, request::Query},
    text::analysis::name_key,
};
use atlaas_model::{Facet, Kind, Level};

/// Resolves names, understands words, checks values against what exists.
pub(crate) fn plan(opened: &Opened, query: &Query) -> Result<Plan, Vec<ParameterError>> {
    as_it_is_meant(opened, query, None)
}

/// The same, for one of many queries of the same words.
pub(crate) fn plan_knowing(
    opened: &Opened,
    query: &Query,
    known: &LookedUp,
) -> Result<Plan, Vec<ParameterError>> {
    as_it_is_meant(opened, query, Some(known))
}

fn as_it_is_meant(
    opened: &Opened,
    query: &Query,
    known: Option<&LookedUp>,
) -> Result<Plan, Vec<ParameterError>> {
    let plan = as_asked(opened, query, known)?;
    let titled = is_a_title(opened, &plan);
    if !query.q_brut && (titled || contradicted(opened, &plan)) {
        let raw = Query {
            q_brut: true,
            ..query.clone()
        };
        let mut words_only = as_asked(opened, &raw, known)?;
        if any_name_holds(opened, &words_only.words).unwrap_or(false) {
            // The cursor and the links are those of the query as it was asked.
            words_only.asked = query.clone();
            return Ok(words_only);
        }
    }
    Ok(plan)
}

fn as_asked(
    opened: &Opened,
    query: &Query,
    known: Option<&LookedUp>,
) -> Result<Plan, Vec<ParameterError>> {
    let mut mistakes = Vec::new();
    let named = territories::name(opened, query, &mut mistakes);
    let understood = understood::understand(opened, named, &mut mistakes);
    let surrounded = surroundings::surround(opened, understood, &mut mistakes);
    let bounded = bounds::bound(opened, surrounded, &mut mistakes);
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let filtered = selections::select(opened, bounded);
    Ok(words::find(opened, filtered, known))
}

/// Whether the query is word for word what something is called: then what was taken for a place or a
/// year is a part of its name.
fn is_a_title(opened: &Opened, plan: &Plan) -> bool {
    let told = &plan.comprehension;
    let framed = told
        .facettes
        .iter()
        .any(|found| found.is_frame(&opened.schema));
    let named = told
        .facettes
        .iter()
        .any(|found| !found.is_frame(&opened.schema));
    let Some(q) = &plan.asked.q else { return false };
    (plan.spot.is_some() || framed)
        && (named || !plan.words.is_empty())
        && opened.priors.is_title(priors::hash(&name_key(q)))
}

/// Whether the place that was understood holds nothing of the other words. If these words and
/// its name stand together in a title, they were hardly meant as a place (`Paris match`).
fn contradicted(opened: &Opened, plan: &Plan) -> bool {
    let Some(doc) = plan.place.filter(|_| !plan.words.is_empty()) else {
        return false;
    };
    let fiche = &opened.fiches[doc as usize];
    let Some(code) = fiche.code else {
        return false;
    };
    let column = |facet| {
        let column = opened.columns.of(facet);
        let ids: Vec<_> = column.id(code.as_str()).into_iter().collect();
        column.any_of(&ids, opened.columns.universe)
    };
    let inside = match fiche.kind {
        Kind::Territory(Level::Commune) => opened.columns.in_communes(&[code]),
        Kind::Territory(Level::Epci) => column(Facet::Epci),
        Kind::Territory(Level::Departement) => column(Facet::Departement),
        Kind::Territory(Level::Region) => column(Facet::Region),
        Kind::Point(_) => return false,
    };
    !any_holds(opened, &plan.words, Some(&inside)).unwrap_or(true)
}
