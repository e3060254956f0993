//! The order in which a query is understood.

use super::{
    knowledge::Knowledge,
    phrase::Phrase,
    place,
    terms::{self, TermIndex},
    understanding::Understanding,
    years,
};
use crate::gazetteer::Gazetteer;
use atlaas_model::{Position, Vocabulary};

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
        let knowledge = Knowledge {
            gazetteer,
            terms: &self.terms,
            near,
        };
        place::read(&mut phrase, knowledge, &mut understanding);
        self.terms.read(&mut phrase, &mut understanding);
        understanding.text = phrase.rest();
        understanding
    }
}
