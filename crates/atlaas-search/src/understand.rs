//! Understanding: what a French query says of a place, years, levels and facets, and what is left.
//!
//! 1. Years, label levels and kinds of fiches are recognised.
//! 2. A place is looked for: behind a relation (`près de`, `dans le`, `à moins de 20 km de`), else
//!    as the whole text, else at its end.
//! 3. Terms of the facets are recognised in what is left.
//! 4. What nobody recognised is the text to search for.
//!
//! Precision comes first: a word that is also common French (`rue`, `tours`, `nice`) is a place only
//! when something else says so. Each thing recognised tells the bytes of the query it comes from.

mod belief;
mod everyday;
mod phrase;
mod place;
mod relations;
mod terms;
mod years;

use crate::gazetteer::{Gazetteer, Match, PlaceMatch};
use atlaas_model::{DocId, Facet, Kind, Position, Vocabulary};
use phrase::Phrase;
use std::ops::Range;
use terms::TermIndex;

/// Kilometres that `près de` means when no number is given.
pub const USUAL_RADIUS_KM: f64 = 20.0;

/// How the fiches lie to the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// In the territory.
    Inside,
    /// Around it.
    Near,
}

/// The place of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct UnderstoodPlace {
    /// The territory.
    pub doc: DocId,
    /// Which of its aliases was named.
    pub alias: Option<usize>,
    /// Kind of territory.
    pub kind: Kind,
    /// The name that was found.
    pub name: String,
    /// How the fiches lie to it.
    pub relation: Relation,
    /// Kilometres around it; always there when near.
    pub radius_km: Option<f64>,
    /// Why this place, in French.
    pub why: String,
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
    /// Facet values, all of which apply.
    pub terms: Vec<UnderstoodTerm>,
    /// Kinds of fiches, any of which applies.
    pub kinds: Vec<UnderstoodKind>,
    /// When.
    pub years: Option<UnderstoodYears>,
    /// Label levels, any of which applies.
    pub levels: Vec<UnderstoodLevel>,
    /// Mistakes put right.
    pub corrections: Vec<UnderstoodCorrection>,
}

/// Understands queries, with the words of one vocabulary.
#[derive(Debug, Default)]
pub struct Understander {
    terms: TermIndex,
}

impl Understander {
    /// Prepares the terms of a vocabulary.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            terms: TermIndex::new(vocabulary),
        }
    }

    /// What a query says; only its first 200 characters are read, the rest stays text.
    pub fn understand(
        &self,
        query: &str,
        gazetteer: &Gazetteer,
        near: Option<Position>,
    ) -> Understanding {
        let mut phrase = Phrase::new(query);
        let mut understanding = Understanding::default();
        years::read(&mut phrase, &mut understanding);
        terms::read_levels(&mut phrase, &mut understanding);
        terms::read_kinds(&mut phrase, &mut understanding);
        let means = place::Means {
            gazetteer,
            terms: &self.terms,
            near,
        };
        place::read(&mut phrase, means, &mut understanding);
        self.terms.read(&mut phrase, &mut understanding);
        understanding.text = phrase.rest();
        understanding
    }
}
