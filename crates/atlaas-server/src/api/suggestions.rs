//! `/api/v1/suggestions`: what a text being typed may become, by group.

use crate::call::parameters::ParameterReader;
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Asker, Own};
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use atlaas_engine::{PlaceMatch, Snapshot, TermSuggestion};
use atlaas_model::{DocId, Facet, Kind, Level};
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;

const ALLOWED: [&str; 6] = ["q", "lat", "lon", "limit", "lang", "v"];
/// Suggestions of a group.
const USUAL: u32 = 6;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Suggestions)]
struct Groups {
    q: String,
    territoires: Vec<Suggestion>,
    /// What each layer has, and the terms of facets, under the names that declarations give.
    #[serde(flatten)]
    declared: BTreeMap<&'static str, Vec<SuggestionEntry>>,
}

/// What one entry is; a group holds one kind of them.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[schema(as = FicheOuTermeSuggere)]
enum SuggestionEntry {
    /// An object of a layer.
    Fiche(Suggestion),
    /// A term of a facet.
    Term(Term),
}

/// A fiche that the text may mean.
#[derive(Serialize, utoipa::ToSchema)]
struct Suggestion {
    id: String,
    #[serde(rename = "type")]
    kind: Kind,
    nom: String,
    /// Former or usual name that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    autre_nom: Option<String>,
    /// Where it lies.
    #[serde(skip_serializing_if = "String::is_empty")]
    contexte: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    /// Fiches in it, of a territory.
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
    url: String,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = TermeSuggere)]
struct Term {
    /// The facet that it selects.
    facette: Facet,
    slug: String,
    nom: String,
    /// Fiches that bear it.
    n: u32,
}

parameters! {
    /// A text being typed.
    Typed = [
        Parameter::query("q", Takes::Text, "Ce qui est tapé jusqu’ici.").like("talen"),
        Parameter::query("limit", Takes::Integer(1, 20), "Au plus tant par groupe (6 sans ce paramètre)."),
    ]
}

/// `GET /api/v1/suggestions?q=`: territories, objects of layers and terms, best first.
#[utoipa::path(
    get,
    path = "/api/v1/suggestions",
    tag = "Recherche",
    summary = "Suggestions pendant la frappe",
    description = "",
    params(Typed, Asker, Own),
    responses((status = 200, body = Groups), Refused),
    extensions(("x-example" = json!("/api/v1/suggestions?q=talen")))
)]
pub async fn suggest(call: Call) -> Result<Response, ApiError> {
    let mut reader = ParameterReader::new(&call, &ALLOWED);
    let q = reader.text("q").unwrap_or_default().to_owned();
    let near = reader.position();
    let limit = reader.number("limit", 1..=20, USUAL);
    let _ = reader.finish()?;
    let place = near
        .map(|at| format!("{},{}", at.longitude(), at.latitude()))
        .unwrap_or_default();
    let validator = call.validator(&[&q, &place, &limit.to_string()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let groups = call
        .heavy(move |snapshot| {
            let found = snapshot.suggest(&q, near, limit as usize);
            let fiches = |docs: Vec<DocId>| {
                let told = docs.into_iter().map(|doc| of_doc(snapshot, doc, &base));
                told.map(SuggestionEntry::Fiche).collect()
            };
            let layers = found
                .layers
                .into_iter()
                .map(|(name, docs)| (name.as_str(), fiches(docs)));
            let terms = found
                .terms
                .into_iter()
                .map(|(name, terms)| (name.as_str(), of_terms(terms)));
            let declared = layers.chain(terms).collect();
            Ok(Groups {
                q,
                territoires: found
                    .territories
                    .iter()
                    .map(|place| of_place(snapshot, place, &base))
                    .collect(),
                declared,
            })
        })
        .await?;
    call.json("application/json", &groups, &validator)
}

fn of_terms(terms: Vec<TermSuggestion>) -> Vec<SuggestionEntry> {
    let told = terms.into_iter().map(|term| Term {
        facette: term.facet,
        slug: term.slug,
        nom: term.name,
        n: term.count,
    });
    told.map(SuggestionEntry::Term).collect()
}

fn of_place(snapshot: &Snapshot, place: &PlaceMatch, base: &str) -> Suggestion {
    let own = of_doc(snapshot, place.doc, base);
    let other = place.alias.is_some().then(|| place.name.clone());
    Suggestion {
        autre_nom: other,
        ..own
    }
}

fn of_doc(snapshot: &Snapshot, doc: DocId, base: &str) -> Suggestion {
    let catalogue = snapshot.catalogue();
    let fiche = catalogue.fiche(doc);
    let wider: &[Level] = match fiche.kind {
        Kind::Territory(Level::Commune) => &[Level::Departement, Level::Region],
        Kind::Territory(Level::Epci | Level::Departement | Level::Region) => &[Level::Region],
        Kind::Point(_) => &[Level::Commune, Level::Departement],
    };
    let places: Vec<&str> = wider
        .iter()
        .filter_map(|&level| catalogue.name_above(fiche, level))
        .collect();
    Suggestion {
        id: fiche.id.to_string(),
        kind: fiche.kind,
        nom: fiche.name.clone(),
        autre_nom: None,
        contexte: places.join(", "),
        code: fiche.code.map(|code| code.to_string()),
        lon: fiche.position.map(atlaas_model::Position::longitude),
        lat: fiche.position.map(atlaas_model::Position::latitude),
        n: fiche
            .kind
            .level()
            .zip(fiche.code)
            .map(|(level, code)| snapshot.count_in(level, code)),
        url: format!("{base}/fiche/{}", fiche.id),
    }
}
