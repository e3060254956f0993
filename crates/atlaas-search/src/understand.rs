//! Understanding: what a French query says of a place, years, levels and facets, and what is left.
//!
//! 1. Amounts of measured columns, years, label levels and kinds of fiches are recognised.
//! 2. A place is looked for: behind a relation (`près de`, `dans le`, `à moins de 20 km de`), else
//!    as the whole text, else at its end.
//! 3. Terms of the facets are recognised in what is left.
//! 4. What nobody recognised is the text to search for.
//!
//! Precision comes first: a word that is also common French (`rue`, `tours`, `nice`) is a place only
//! when something else says so. Each thing recognised tells the bytes of the query it comes from.

mod amounts;
mod belief;
mod countries;
mod everyday;
mod knowledge;
mod label;
mod lead;
mod phrase;
mod place;
mod radius;
mod relations;
mod several;
mod terms;
mod thesaurus;
mod understander;
mod understanding;

pub(crate) use thesaurus::Hint;
pub use understander::Understander;
pub use understanding::{
    CountryNature, Relation, USUAL_RADIUS_KM, Understanding, UnderstoodAmount,
    UnderstoodCorrection, UnderstoodCountry, UnderstoodKind, UnderstoodLevel, UnderstoodPlace,
    UnderstoodTerm, UnderstoodYears,
};
