//! What exists: fiches, codes, positions, facets, labels, taxonomy, and the dataset they form.
//!
//! Every other crate speaks in these types. Nothing here reads a file, opens a socket, or knows of
//! tantivy, axum or tiles; beyond the distance between two positions, and the two rules that several
//! crates must follow alike (whose label counts, which dates are believed), there are no algorithms.
//!
//! Invariants: a [`Position`] is finite and on Earth; a [`Code`] is upper-case ASCII of at most
//! nine characters; a [`DocId`] is the rank of a fiche in [`Dataset::fiches`], and means the same
//! fiche in the text index, in the R-tree and in the columns of one snapshot.

mod code;
mod context;
mod dataset;
mod earth;
mod facet;
mod fiche;
mod kind;
mod labels;
mod name;
mod named;
mod peers;
mod schema;
mod slug;
mod territory;
mod vocabulary;

pub use code::{Code, CodeError};
pub use context::{ColumnAbout, ContextColumn, ContextTable, Merge, Transform};
pub use dataset::corpus::Corpus;
pub use dataset::doc_set::{DocId, DocSet};
pub use dataset::report::{Action, Report, ReportLine};
pub use dataset::{Dataset, Origin, Outline, Source, TerritoryIndex};
pub use earth::area::{Area, Aspect, Ring};
pub use earth::bbox::{Bbox, BboxError};
pub use earth::position::{EARTH_RADIUS_KM, Position, PositionError};
pub use facet::Facet;
pub use fiche::fiche_id::{FicheId, FicheIdError};
pub use fiche::source_date::SourceDate;
pub use fiche::value::{Value, Values, days};
pub use fiche::{Attribute, Fiche, Precision};
pub use kind::{Kind, Level};
pub use labels::label::{Label, LabelOrigin, LabelledGroup};
pub use labels::rule::{LabelRule, Standing};
pub use name::{Name, NameError};
pub use peers::{PEERS, PeerChoice, PeersOf, USUAL_LENS, USUAL_PEERS, Weighing};
pub use schema::{
    Column, ColumnType, CommonSources, FacetInfo, Layer, Making, Order, Schema, SchemaError,
    Symbol, Wording,
};
pub use slug::slug;
pub use territory::{Alias, AliasKind, Territory};
pub use vocabulary::{Term, Vocabulary, VocabularyError};
