//! What to try when nothing matches, in words and as JSON.

use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{Advice, Proposal};
use atlaas_model::Schema;
use serde::Serialize;

/// Something to try when nothing matches.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Proposition)]
pub struct ProposalView<'a> {
    /// What it does: `correction`, `rayon`, `facette`, `mots`, `lieu`, `lieu_seul`.
    genre: &'static str,
    /// What it does, in French.
    texte: String,
    /// Canonical query string.
    requete: &'a str,
    /// How many fiches it finds, exactly.
    n: u32,
}

impl<'a> ProposalView<'a> {
    /// Each proposal, told in French like everything in the data.
    pub fn of(schema: &Schema, proposals: &'a [Proposal]) -> Vec<Self> {
        let view = |proposal: &'a Proposal| Self {
            genre: proposal.advice.genre(),
            texte: told(Language::French, schema, &proposal.advice),
            requete: &proposal.requete,
            n: proposal.n,
        };
        proposals.iter().map(view).collect()
    }
}

/// What a proposal does, in one language.
pub fn told(lang: Language, schema: &Schema, advice: &Advice) -> String {
    lang.tell(&match advice {
        Advice::Wider(km) => Message::new("advice-wider").with("km", km),
        Advice::WithoutFacet(facet) => {
            Message::new("advice-without-facet").with("facet", lang.facet(schema, *facet))
        }
        Advice::BeyondCommune => Message::new("advice-beyond-commune"),
        Advice::WithoutWord(word) => Message::new("advice-without-word").with("word", word),
        Advice::WordAlone(word) => Message::new("advice-word-alone").with("word", word),
        Advice::PlaceAlone => Message::new("advice-place-alone"),
        Advice::Everywhere => Message::new("advice-everywhere"),
    })
}
