//! How a query was understood, as it is told to who asked.

use atlaas_model::{ColumnType, Facet, Schema};
use serde::Serialize;

/// How the query was understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Comprehension {
    /// The words that are searched for, after what was understood is taken out.
    pub texte: String,
    /// The place that was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lieu: Option<ChosenPlace>,
    /// Other places that the words could name, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// Kilometres around the place or the position; absent without a circle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rayon: Option<f64>,
    /// Facet values that were recognised in the words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facettes: Vec<Recognised>,
    /// Words that were read as others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// What words were also taken to mean, since nothing holds the words themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sens_proches: Vec<CloseMeaning>,
    /// Words that were let go, since nothing holds them together with the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mots_laisses: Vec<String>,
    /// How far beyond the place that was named one had to look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elargissement: Option<Widening>,
    /// When the query found nothing as it was asked: the canonical query string that finds this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requete: Option<String>,
}

/// How far beyond the place that was named one had to look.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Widening {
    /// `rayon`, `departement`, `region` or `partout`.
    pub etape: &'static str,
    /// Kilometres around the place, of a `rayon`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rayon_km: Option<f64>,
    /// Name of the territory that was looked at, of a `departement` or a `region`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nom: Option<String>,
    /// How many fiches are there, exactly.
    pub n: u32,
}

/// A place chosen for a query.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = LieuCompris)]
pub struct ChosenPlace {
    /// Id of its fiche; absent for a bare position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name, or the position as text.
    pub nom: String,
    /// The former or usual name that led to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ancien_nom: Option<String>,
    /// `dans` or `pres`.
    pub relation: &'static str,
    /// Why it was chosen, in French.
    pub pourquoi: String,
}

/// Another place that the words could name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Alternative {
    /// Id of its fiche.
    pub id: String,
    /// Its name.
    pub nom: String,
    /// Where it lies, or why it was considered.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub precision: String,
    /// Canonical query string that selects it.
    pub requete: String,
}

/// A facet value that was recognised in the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = FacetteReconnue)]
pub struct Recognised {
    /// Which facet.
    pub facette: Facet,
    /// The value.
    pub valeur: String,
    /// Its name.
    pub nom: String,
    /// The words of the query that say it.
    #[serde(skip)]
    pub(crate) typed: String,
}

impl Recognised {
    /// Whether it says what kind of fiches, of when, how much or of which level: no subject by itself.
    pub(crate) fn is_frame(&self, schema: &Schema) -> bool {
        matches!(self.facette, Facet::Type | Facet::Arobases)
            || schema
                .info(self.facette)
                .is_some_and(|info| info.kind.is_some_and(ColumnType::is_measured))
    }
}

/// What some words were also taken to mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SensProche)]
pub struct CloseMeaning {
    /// As written.
    pub mots: String,
    /// Names of terms.
    pub termes: Vec<String>,
    /// Words that texts use for it.
    pub textes: Vec<String>,
}

/// A word that was read as another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Correction {
    /// As written.
    pub mot: String,
    /// As read.
    pub lu: String,
}
