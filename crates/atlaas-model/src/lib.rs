//! What exists: fiches, codes, positions, facets, labels, taxonomy, and the dataset they form.
//!
//! Every other crate speaks in these types. Nothing here reads a file, opens a socket, or knows of
//! tantivy, axum or tiles; beyond the distance between two positions there are no algorithms.
//!
//! Invariants: a [`Position`] is finite and on Earth; a [`Code`] is upper-case ASCII of at most
//! nine characters; a [`DocId`] is the rank of a fiche in [`Dataset::fiches`], and means the same
//! fiche in the text index, in the R-tree and in the columns of one snapshot.

mod area;
mod bbox;
mod code;
mod corpus;
mod dataset;
mod doc_set;
mod facet;
mod fiche;
mod label;
mod position;
mod report;
mod slug;
mod vocabulary;

pub use area::Area;
pub use bbox::{Bbox, BboxError};
pub use code::{Code, CodeError};
pub use corpus::Corpus;
pub use dataset::{Dataset, Origin, Outline, Ring, Source, TerritoryIndex};
pub use doc_set::{DocId, DocSet};
pub use facet::Facet;
pub use fiche::{
    Alias, AliasKind, Attribute, Fiche, FicheId, FicheIdError, Kind, Precision, Territory,
};
pub use label::{Label, LabelOrigin};
pub use position::{EARTH_RADIUS_KM, Position, PositionError};
pub use report::{Action, Report, ReportLine};
pub use slug::slug;
pub use vocabulary::{Term, Vocabulary, VocabularyError};
