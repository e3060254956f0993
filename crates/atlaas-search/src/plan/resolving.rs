//! A query through all steps, as its words were asked: no second thought about titles or places.

use crate::{
    opened::Opened,
    plan::{
        bounds,
        planned::Plan,
        selections, surroundings, territories, understood,
        words::{self, LookedUp},
    },
    query::{parameter_error::ParameterError, request::Query},
};

/// As the words were asked, without a second thought.
pub(super) fn resolve(
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
