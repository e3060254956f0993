//! Everything that touches a word: folding, gazetteer, understanding, query, facets, snippets.
//!
//! Rooms, of which each knows those to its right only:
//!
//! ```text
//! search → climb → answer → plan → opened → matching, understand
//!                   plan → query      matching → index → text      understand → gazetteer → text
//!                                     suggest, geocode → gazetteer, text
//! ```

mod answer;
mod climb;
mod error;
mod gazetteer;
mod geocode;
mod index;
mod matching;
mod opened;
mod plan;
mod query;
mod search;
mod suggest;
mod text;
mod understand;

pub use answer::answered::{
    Advice, Answer, ExplainedWord, Explanation, FacetCounts, FacetValue, Hit, Proposal, Snippet,
};
pub use answer::facets::MAX_LISTED;
pub use climb::ladder::Landing;
pub use error::SearchError;
pub use gazetteer::{Gazetteer, LookupOptions, Match, PlaceMatch};
pub use geocode::projection::project;
pub use geocode::{GeocodeHit, GeocodeRequest, Geocoder};
pub use index::facet_values::FacetValues;
pub use matching::expanded::FoundBy;
pub use matching::tuning::{LadderStep, Tuning, Weights};
pub use plan::comprehension::{
    Alternative, ChosenPlace, CloseMeaning, Comprehension, Correction, Recognised, Widening,
};
pub use plan::planned::Plan;
pub use query::centre::Near;
pub use query::cursor::{Cursor, CursorError};
pub use query::likeness::how as peers_pairs;
pub use query::limits as query_limits;
pub use query::mistake::Mistake;
pub use query::order::Sort;
pub use query::parameter::{Form, Parameter, Purpose, Words};
pub use query::parameter_error::ParameterError;
pub use query::parameters::{FACET_SEARCH_PREFIX, is_parameter, parameters};
pub use query::request::{Bound, Query, Range};
pub use search::Search;
pub use suggest::{Suggester, Suggestions, TermSuggestion};
pub use text::analysis::{ANALYSER_VERSION, Stemming};
pub use text::fold::{Joint, Word, fold, fold_char, words};
pub use understand::{
    CountryNature, Relation, USUAL_RADIUS_KM, Understander, Understanding, UnderstoodAmount,
    UnderstoodCorrection, UnderstoodCountry, UnderstoodKind, UnderstoodLevel, UnderstoodPlace,
    UnderstoodTerm, UnderstoodYears,
};
