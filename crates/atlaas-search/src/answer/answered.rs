//! What a search answers, as data: the server chooses the format.

use crate::{matching::expanded::FoundBy, query::cursor::Cursor};
use atlaas_model::{DocId, Facet};
use serde::Serialize;
use std::sync::Arc;

/// The answer to a planned query.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// How many fiches match, exactly.
    pub matched: u32,
    /// The page asked for.
    pub hits: Vec<Hit>,
    /// Counts of the facets asked for, in the order of the schema.
    pub facets: Vec<FacetCounts>,
    /// Where the next page starts (`apres`); `None` when this page is the last.
    pub next: Option<Cursor>,
    /// What to try instead, when nothing matches.
    pub proposals: Vec<Proposal>,
}

/// One fiche of a page.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The fiche.
    pub doc: DocId,
    /// Relevance, above 0; comparable only within one query.
    pub score: f32,
    /// Kilometres from the place asked for; `None` without a place or a position.
    pub distance_km: Option<f64>,
    /// The name with the matched words marked; `None` when none matched there.
    pub title: Option<Snippet>,
    /// The best passage of the text; `None` when no word matched there.
    pub text: Option<Snippet>,
    /// The score's parts, with `explication=1`.
    pub explanation: Option<Explanation>,
}

/// A passage with the matched words marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Extrait)]
pub struct Snippet {
    /// Safe HTML: text escaped, matched words in `<mark>`.
    pub html: String,
    /// The same passage as plain text.
    pub texte: String,
    /// `[start, end)` of each matched word in `texte`, counted in Unicode characters.
    pub positions: Vec<[u32; 2]>,
}

/// How a score came about; the score is the product of the parts.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = Explication)]
pub struct Explanation {
    /// Words in names and texts (BM25F), or 1 without words.
    pub texte: f32,
    /// How exactly the words stand in the name.
    pub exactitude: f32,
    /// Inhabitants.
    pub population: f32,
    /// Nearness to the place.
    pub proximite: f32,
    /// Date of change.
    pub fraicheur: f32,
    /// Whether it is the place that was named, and the kind of fiche.
    pub type_de_fiche: f32,
    /// The product, as in [`Hit::score`].
    pub score: f32,
    /// Each word of the query and how it was found.
    pub mots: Vec<ExplainedWord>,
}

/// A word of the query and the indexed words that it matched in this fiche.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = MotExplique)]
pub struct ExplainedWord {
    /// As written in the query.
    pub mot: String,
    /// How it was found.
    pub moyen: FoundBy,
    /// Its part of the text score.
    pub score: f32,
}

/// The counts of one facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ComptesDeFacette)]
pub struct FacetCounts {
    /// Which facet.
    pub facette: Facet,
    /// How many values have at least one match or are selected; more than are listed when there are
    /// more than [`crate::MAX_LISTED`].
    pub total: u32,
    /// Those values; most frequent first, then in the order of the taxonomy (years and levels:
    /// highest first).
    pub valeurs: Vec<FacetValue>,
}

/// One value of a facet and its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ValeurDeFacette)]
pub struct FacetValue {
    /// Spelling for URLs: slug, code, year, level or kind.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String)]
    pub valeur: Arc<str>,
    /// Name as people read it, in French.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String)]
    pub nom: Arc<str>,
    /// Fiches that match with this value, under all other filters.
    pub n: u32,
    /// Whether the query selects it.
    pub selectionnee: bool,
}

fn as_text<S: serde::Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// Something to try when nothing matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What it changes.
    pub advice: Advice,
    /// Canonical query string.
    pub requete: String,
    /// How many fiches it finds, exactly.
    pub n: u32,
}

/// What a proposal changes, as data: whoever speaks to people has the sentences.
#[derive(Clone, Debug, PartialEq)]
pub enum Advice {
    /// A wider circle, of so many kilometres.
    Wider(f64),
    /// Without the filter of a facet.
    WithoutFacet(Facet),
    /// Beyond the commune.
    BeyondCommune,
    /// Without one of the words.
    WithoutWord(String),
    /// One of the words alone, everywhere.
    WordAlone(String),
    /// The place alone, without the words.
    PlaceAlone,
    /// The same everywhere.
    Everywhere,
}

impl Advice {
    /// Its name for programs.
    pub const fn genre(&self) -> &'static str {
        match self {
            Self::Wider(_) => "rayon",
            Self::WithoutFacet(_) => "facette",
            Self::BeyondCommune | Self::Everywhere => "lieu",
            Self::WithoutWord(_) | Self::WordAlone(_) => "mots",
            Self::PlaceAlone => "lieu_seul",
        }
    }
}
