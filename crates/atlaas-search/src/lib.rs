//! Everything that touches a word: folding, gazetteer, understanding, query, facets, snippets.

mod analysis;
mod answer;
mod columns;
mod error;
mod execute;
mod expand;
mod facets;
mod filter;
mod fold;
mod gather;
mod gazetteer;
mod geocode;
mod index;
mod interpret;
mod lexicon;
mod names;
mod phrase;
mod plan;
mod projection;
mod proposals;
mod query;
mod query_cursor;
mod query_error;
pub mod query_limits;
mod query_parse;
mod query_polygon;
mod query_values;
mod query_words;
mod rank;
mod read_only;
mod search;
mod similar;
mod snippet;
mod suggest;
mod tuning;
mod typo;
mod understand;

pub use analysis::ANALYSER_VERSION;
pub use answer::{
    Alternative, Answer, Comprehension, Correction, ExplainedWord, Explanation, FacetCounts,
    FacetValue, Hit, Place, Proposal, Recognised, Snippet,
};
pub use error::SearchError;
pub use facets::MAX_LISTED;
pub use fold::{Joint, Word, fold, fold_char, words};
pub use gazetteer::{Gazetteer, LookupOptions, Match, PlaceMatch};
pub use geocode::{GeocodeHit, GeocodeRequest, Geocoder};
pub use plan::Plan;
pub use projection::project;
pub use query::{Near, Query, Sort};
pub use query_cursor::{Cursor, CursorError};
pub use query_error::ParameterError;
pub use query_parse::{FACET_SEARCH_PREFIX, PARAMETERS};
pub use search::Search;
pub use suggest::{Suggester, Suggestions, TermSuggestion};
pub use tuning::{Stemming, Tuning, Weights};
pub use understand::{
    Relation, USUAL_RADIUS_KM, Understander, Understanding, UnderstoodCorrection, UnderstoodKind,
    UnderstoodLevel, UnderstoodPlace, UnderstoodTerm, UnderstoodYears,
};
