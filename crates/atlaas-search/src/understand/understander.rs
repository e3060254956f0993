//! The order in which a query is understood.

use super::{
    amounts::{Amounts, years},
    countries::Countries,
    knowledge::Knowledge,
    label, lead,
    phrase::Phrase,
    place,
    terms::TermIndex,
    thesaurus::{Hint, Thesaurus},
    understanding::Understanding,
};
use crate::gazetteer::Gazetteer;
use atlaas_model::{Position, Schema};

/// Understands queries, with the words of one schema.
#[derive(Debug, Default)]
pub struct Understander {
    terms: TermIndex,
    amounts: Amounts,
    countries: Countries,
    thesaurus: Thesaurus,
}

impl Understander {
    /// Prepares the terms of a schema.
    pub fn new(schema: &Schema) -> Self {
        Self {
            terms: TermIndex::new(schema),
            amounts: Amounts::new(schema),
            countries: Countries::default(),
            thesaurus: Thesaurus::new(schema),
        }
    }

    /// Words of a text that mean something beside themselves.
    pub(crate) fn hints(&self, text: &str) -> Vec<Hint> {
        self.thesaurus.hints(text)
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
        lead::read(&mut phrase);
        let kinds = self.terms.named_kinds(&phrase);
        self.amounts.read(&mut phrase, &kinds, &mut understanding);
        years::read(&mut phrase, &mut understanding);
        label::read(&mut phrase, &mut understanding);
        self.terms.read_kinds(&mut phrase, &mut understanding);
        let knowledge = Knowledge {
            gazetteer,
            terms: &self.terms,
            near,
        };
        understanding.country = self.countries.read(&mut phrase, gazetteer);
        if understanding.country.is_none() {
            place::read(&mut phrase, knowledge, &mut understanding);
        }
        self.terms.read(&mut phrase, &mut understanding);
        understanding.text = phrase.rest();
        understanding
    }
}
