//! The documents that match a plan, without order.

use crate::{
    error::SearchError,
    matching::{
        gather::{self, Scratch},
        phrase,
    },
    opened::Opened,
    plan::planned::Plan,
};
use atlaas_model::DocSet;

/// Every document that matches, without order: for tiles and exports.
pub(crate) fn matching(
    opened: &Opened,
    plan: &Plan,
    scope: Option<&DocSet>,
) -> Result<DocSet, SearchError> {
    let mut borrowed = opened.scratch();
    let base = base(opened, plan, scope, &mut borrowed.scratch)?;
    Ok(plan.filters.apply(&opened.columns, base).all)
}

/// What text and scope leave; `None` is everything.
pub(super) fn base(
    opened: &Opened,
    plan: &Plan,
    scope: Option<&DocSet>,
    scratch: &mut Scratch,
) -> Result<Option<DocSet>, SearchError> {
    if let Some(failure) = &plan.failure {
        return Err(SearchError::Dictionary(failure.to_string()));
    }
    if plan.text.is_empty() {
        return Ok(scope.cloned());
    }
    let mut docs = gather::gather(&opened.index, &plan.words, scope, scratch)?;
    for words in &plan.text.phrases {
        docs = phrase::keep(&opened.index, words, &docs)?;
    }
    Ok(Some(docs))
}
