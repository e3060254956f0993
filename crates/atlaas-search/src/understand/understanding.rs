//! What a query says, as data.

use crate::gazetteer::{Match, PlaceMatch};
use atlaas_model::{DocId, Facet, Kind, Level};
use std::ops::Range;

/// Kilometres that `près de` means when no number is given.
pub const USUAL_RADIUS_KM: f64 = 20.0;

/// How the fiches lie to the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// In the territory.
    Inside,
    /// Around it.
    Near,
    /// In those that resemble it.
    Alike,
}

/// The place of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct UnderstoodPlace {
    /// The territory.
    pub doc: DocId,
    /// Which of its aliases was named.
    pub alias: Option<usize>,
    /// Kind of territory.
    pub kind: Level,
    /// The name that was found.
    pub name: String,
    /// How the fiches lie to it.
    pub relation: Relation,
    /// Kilometres around it; always there when near.
    pub radius_km: Option<f64>,
    /// Why this place, in French.
    pub why: String,
    /// Further places, any of which: `Rennes ou Nantes`; of the same kind, inside them.
    pub also: Vec<PlaceMatch>,
    /// Other places of that name, at most five, best first.
    pub alternatives: Vec<PlaceMatch>,
    /// Bytes of the query: relation, name and what stands beside it.
    pub range: Range<usize>,
}

impl UnderstoodPlace {
    /// The place as a match, like its alternatives.
    pub fn chosen(&self) -> PlaceMatch {
        PlaceMatch {
            doc: self.doc,
            alias: self.alias,
            kind: self.kind,
            population: 0,
            score: 1.0,
            edits: 0,
            how: Match::Exact,
            qualified: false,
            name: self.name.clone(),
        }
    }
}

/// What a set of territories with a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountryNature {
    /// A région of before 2016: the set is exact.
    FormerRegion,
    /// A country as people say it: the set is about right.
    Usual,
    /// An établissement public territorial of Grand Paris: the set is exact.
    Ept,
}

/// A set of territories with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstoodCountry {
    /// Its name.
    pub name: String,
    /// Level of its territories.
    pub level: Level,
    /// Their codes.
    pub codes: Vec<String>,
    /// What it is.
    pub nature: CountryNature,
    /// Bytes of the query: relation and name.
    pub range: Range<usize>,
}

/// A facet value named in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstoodTerm {
    /// Which facet.
    pub facet: Facet,
    /// Slug of the value.
    pub slug: String,
    /// Bytes of the query.
    pub range: Range<usize>,
}

/// A kind of fiches named in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstoodKind {
    /// Which kind.
    pub kind: Kind,
    /// Bytes of the query.
    pub range: Range<usize>,
}

/// Years named in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstoodYears {
    /// First year, included.
    pub from: Option<u16>,
    /// Last year, included.
    pub to: Option<u16>,
    /// Bytes of the query.
    pub range: Range<usize>,
}

/// An amount told in a query: `moins de 1000 habitants`.
#[derive(Clone, Debug, PartialEq)]
pub struct UnderstoodAmount {
    /// The columns that it may be told of, in the order of the schema.
    pub columns: Vec<Facet>,
    /// The least.
    pub least: Option<f64>,
    /// The most.
    pub most: Option<f64>,
    /// Bytes of the query.
    pub range: Range<usize>,
}

/// A label level named in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstoodLevel {
    /// One to five.
    pub arobases: u8,
    /// Bytes of the query.
    pub range: Range<usize>,
}

/// A mistake that was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstoodCorrection {
    /// As it was typed.
    pub typed: String,
    /// As it was read.
    pub read: String,
    /// Bytes of the query.
    pub range: Range<usize>,
}

/// What a query says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understanding {
    /// The words that are left to search for.
    pub text: String,
    /// Where.
    pub place: Option<UnderstoodPlace>,
    /// Where, when it is a set of territories; then there is no place.
    pub country: Option<UnderstoodCountry>,
    /// Facet values, all of which apply.
    pub terms: Vec<UnderstoodTerm>,
    /// Kinds of fiches, any of which applies.
    pub kinds: Vec<UnderstoodKind>,
    /// How much of what, all of which apply.
    pub amounts: Vec<UnderstoodAmount>,
    /// When.
    pub years: Option<UnderstoodYears>,
    /// Whether the label is spoken of: the years are its.
    pub of_the_label: bool,
    /// Label levels, any of which applies.
    pub levels: Vec<UnderstoodLevel>,
    /// Mistakes put right.
    pub corrections: Vec<UnderstoodCorrection>,
}
