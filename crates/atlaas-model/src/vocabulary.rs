//! The words of the facets: which terms exist, how they are called, and in which order they count.
//!
//! It starts from `data/taxonomie.toml`; values met in a source that the taxonomy does not know are
//! added behind it, so no value is lost and the order of the known ones never moves.

use crate::{Facet, slug};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Spelling for URLs, tile properties (`n_{slug}`) and comparisons.
    pub slug: String,
    /// Name as people read it, in French.
    pub nom: String,
    /// Colour for maps and pies, `#rrggbb`; empty when none is set.
    #[serde(default)]
    pub couleur: String,
    /// Other spellings: codes of a schema, plurals, synonyms.
    #[serde(default)]
    pub synonymes: Vec<String>,
}

/// The terms of every facet, in counting order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Vocabulary(BTreeMap<Facet, Vec<Term>>);

/// Why a taxonomy file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// Not the TOML that is expected.
    #[error("the taxonomy is not readable: {0}")]
    Toml(#[from] toml::de::Error),
    /// Two terms of one facet share a slug.
    #[error("the taxonomy names {slug:?} twice under {facet}: give each term its own slug")]
    Repeated {
        /// The facet.
        facet: Facet,
        /// The slug met again.
        slug: String,
    },
}

impl Vocabulary {
    /// Reads `[[enjeu]] slug = … nom = …` tables, one array a facet.
    pub fn from_toml(text: &str) -> Result<Self, VocabularyError> {
        let vocabulary: Self = toml::from_str(text)?;
        for (&facet, terms) in &vocabulary.0 {
            for (rank, term) in terms.iter().enumerate() {
                if terms[..rank].iter().any(|other| other.slug == term.slug) {
                    return Err(VocabularyError::Repeated {
                        facet,
                        slug: term.slug.clone(),
                    });
                }
            }
        }
        Ok(vocabulary)
    }

    /// The terms of a facet, in counting order.
    pub fn terms(&self, facet: Facet) -> &[Term] {
        self.0.get(&facet).map_or(&[], Vec::as_slice)
    }

    /// The term that a raw text names, by slug, name or synonym.
    pub fn find(&self, facet: Facet, raw: &str) -> Option<&Term> {
        let wanted = slug(raw);
        self.terms(facet).iter().find(|term| {
            term.slug == wanted
                || slug(&term.nom) == wanted
                || term.synonymes.iter().any(|synonym| slug(synonym) == wanted)
        })
    }

    /// The rank of a slug in its facet.
    pub fn rank(&self, facet: Facet, slug: &str) -> Option<usize> {
        self.terms(facet).iter().position(|term| term.slug == slug)
    }

    /// The name of a slug; the slug itself when the term is not known.
    pub fn label<'a>(&'a self, facet: Facet, slug: &'a str) -> &'a str {
        self.terms(facet)
            .iter()
            .find(|term| term.slug == slug)
            .map_or(slug, |term| &term.nom)
    }

    /// The slug of a raw text, added to the vocabulary when it is new; `None` when nothing in the
    /// text can be spelt.
    pub fn intern(&mut self, facet: Facet, raw: &str) -> Option<String> {
        if let Some(term) = self.find(facet, raw) {
            return Some(term.slug.clone());
        }
        let slug = slug(raw);
        if slug.is_empty() {
            return None;
        }
        let term = Term {
            slug: slug.clone(),
            nom: raw.trim().to_owned(),
            couleur: String::new(),
            synonymes: Vec::new(),
        };
        self.0.entry(facet).or_default().push(term);
        Some(slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r##"
        [[enjeu]]
        slug = "education"
        nom = "éducation"
        couleur = "#2f6f9f"
        synonymes = ["école"]
        [[enjeu]]
        slug = "emploi"
        nom = "emploi"
    "##;

    #[test]
    fn a_term_is_found_by_slug_name_and_synonym() {
        let vocabulary = Vocabulary::from_toml(SAMPLE).unwrap();
        for raw in ["education", "Éducation", "ÉCOLE"] {
            assert_eq!(
                vocabulary.find(Facet::column("enjeu"), raw).unwrap().slug,
                "education"
            );
        }
        assert!(vocabulary.find(Facet::column("enjeu"), "santé").is_none());
        assert!(
            vocabulary
                .find(Facet::column("services"), "education")
                .is_none()
        );
    }

    #[test]
    fn an_unknown_value_is_kept_behind_the_known_ones() {
        let mut vocabulary = Vocabulary::from_toml(SAMPLE).unwrap();
        assert_eq!(
            vocabulary.intern(Facet::column("enjeu"), " Santé "),
            Some("sante".to_owned())
        );
        assert_eq!(vocabulary.rank(Facet::column("enjeu"), "sante"), Some(2));
        assert_eq!(vocabulary.label(Facet::column("enjeu"), "sante"), "Santé");
        assert_eq!(vocabulary.intern(Facet::column("enjeu"), "…"), None);
    }

    #[test]
    fn a_slug_given_twice_is_refused() {
        let twice = format!("{SAMPLE}\n[[enjeu]]\nslug = \"emploi\"\nnom = \"Emplois\"");
        assert!(matches!(
            Vocabulary::from_toml(&twice),
            Err(VocabularyError::Repeated { .. })
        ));
    }
}
