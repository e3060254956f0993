//! The steps of a plan, one after the other: an order that makes no sense does not compile.

use crate::{
    matching::priors,
    opened::Opened,
    plan::{
        places,
        planned::Plan,
        resolving, territories, titles,
        words::{LookedUp, any_holds, any_name_holds},
    },
    query::{parameter_error::ParameterError, request::Query},
    text::analysis::name_key,
};

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
    let plan = resolving::resolve(opened, query, known)?;
    if query.q_brut {
        return Ok(plan);
    }
    let titled = is_a_title(opened, &plan);
    if !titled && let Some(placed) = titles::beside_a_place(opened, &plan) {
        return Ok(placed);
    }
    if titled || contradicted(opened, &plan) {
        let raw = Query {
            q_brut: true,
            ..query.clone()
        };
        let mut words_only = resolving::resolve(opened, &raw, known)?;
        if any_name_holds(opened, &words_only.words).unwrap_or(false) {
            // The cursor and the links are those of the query as it was asked.
            words_only.asked = query.clone();
            return Ok(words_only);
        }
    }
    Ok(plan)
}

/// Whether the query is word for word what something is called: then what was taken for a place or a
/// year is a part of its name.
fn is_a_title(opened: &Opened, plan: &Plan) -> bool {
    let framed = plan.is_framed(&opened.schema);
    let Some(q) = &plan.asked.q else { return false };
    (plan.spot.is_some() || framed)
        && opened.priors.is_title(priors::hash(&name_key(q)))
        && (plan.names_a_term(&opened.schema)
            || !plan.words.is_empty()
            || !places::is_a_name(opened, q))
}

/// Whether the place that was understood holds nothing of the other words. If these words and
/// its name stand together in a title, they were hardly meant as a place (`Paris match`).
fn contradicted(opened: &Opened, plan: &Plan) -> bool {
    let Some(doc) = plan.place.filter(|_| !plan.words.is_empty()) else {
        return false;
    };
    let Some(inside) = territories::docs(opened, doc) else {
        return false;
    };
    !any_holds(opened, &plan.words, Some(&inside)).unwrap_or(true)
}
