//! Everything that touches a word: folding, gazetteer, understanding, query, facets, snippets.

mod analysis;
mod answer;
mod columns;
mod error;
mod facets;
mod filter;
mod fold;
mod plan;
mod query;
mod query_cursor;
mod query_error;
pub mod query_limits;
mod query_parse;
mod query_polygon;
mod query_values;
mod rank;
mod search;

pub use analysis::ANALYSER_VERSION;
pub use answer::{
    Alternative, Answer, Comprehension, Correction, ExplainedWord, Explanation, FacetCounts,
    FacetValue, Hit, Place, Proposal, Recognised, Snippet,
};
pub use error::SearchError;
pub use fold::{Joint, Word, fold, fold_char, words};
pub use plan::Plan;
pub use query::{Near, Query, Sort};
pub use query_cursor::{Cursor, CursorError};
pub use query_error::ParameterError;
pub use query_parse::{FACET_SEARCH_PREFIX, PARAMETERS};
pub use search::Search;
