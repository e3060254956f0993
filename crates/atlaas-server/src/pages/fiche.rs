//! `/fiche/{id}`: one initiative or place; territories have pages of their own.

use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::describe::query_parameters::{
    FicheId as FicheIdParameter, Language as LanguageParameter,
};
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::{Frame, inert_json};
use crate::pages::list::hits::{self, HitView};
use crate::pages::territory;
use crate::picture::{Scene, color_of};
use askama::Template;
use atlaas_engine::Snapshot;
use atlaas_model::{Column, DocId, Fiche, FicheId, Level, Precision, Value};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Fiches that are offered beside one.
const SIMILAR: usize = 6;

/// A named value with an address, when it leads somewhere.
pub struct Fact {
    /// Name.
    pub name: String,
    /// Values, each with the address it leads to; empty addresses lead nowhere.
    pub values: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "fiche.html")]
struct FichePage {
    frame: Frame,
    article: String,
}

#[derive(Template)]
#[template(path = "fiche_article.html")]
struct FicheArticle<'a> {
    frame: &'a Frame,
    kind: String,
    name: &'a str,
    /// Where it lies, as `longitude,latitude`; empty when nobody knows.
    at: String,
    paragraphs: Vec<&'a str>,
    facts: Vec<Fact>,
    remark: &'static str,
    picture: String,
    similar: Vec<HitView>,
    around: String,
    data: String,
    page: String,
    embed: String,
}

/// `GET /fiche/{id}`.
#[utoipa::path(
    get,
    path = "/fiche/{id}",
    tag = "Images et pages",
    summary = "Page d’une fiche",
    description = "",
    params(FicheIdParameter, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), (status = 308, description = "La page d’aujourd’hui de ce territoire"), Missing),
)]
pub async fn page(Path(id): Path<String>, mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| SERVER_PARAMETERS.contains(&name));
    let doc = find(&call.snapshot, &id)?;
    let frame = Frame::new(&call);
    let fiche = call.snapshot.catalogue().fiche(doc);
    if fiche.kind.is_territory() {
        let location = frame.to(&hits::path(fiche), "");
        return Ok((StatusCode::PERMANENT_REDIRECT, [(LOCATION, location)]).into_response());
    }
    answer(&call, frame, &call.pairs, move |mut frame, snapshot| {
        let fiche = snapshot.catalogue().fiche(doc);
        frame.title = format!("{} – Atlaas", fiche.name);
        frame.description = description(&frame, snapshot, doc);
        frame.picture = place_query(fiche);
        frame.json_ld = inert_json(&linked_data(&frame, snapshot, fiche));
        let article = article(&frame, snapshot, doc)?;
        html(&FichePage { frame, article })
    })
    .await
}

/// The article of any fiche, for the panel of the explorer; empty for an id that nothing bears.
pub fn article_of(frame: &Frame, snapshot: &Snapshot, id: &str) -> Result<String, ApiError> {
    let Ok(doc) = find(snapshot, id) else {
        return Ok(String::new());
    };
    if snapshot.catalogue().fiche(doc).kind.is_territory() {
        territory::article(frame, snapshot, doc)
    } else {
        article(frame, snapshot, doc)
    }
}

/// What the fiche with an id is called.
pub fn name_of<'a>(snapshot: &'a Snapshot, id: &str) -> Option<&'a str> {
    let doc = find(snapshot, id).ok()?;
    Some(&snapshot.catalogue().fiche(doc).name)
}

fn find(snapshot: &Snapshot, id: &str) -> Result<DocId, ApiError> {
    let doc = id
        .parse::<FicheId>()
        .ok()
        .and_then(|id| snapshot.catalogue().doc_of(&id));
    doc.ok_or_else(|| ApiError::unknown_fiche(id))
}

fn article(frame: &Frame, snapshot: &Snapshot, doc: DocId) -> Result<String, ApiError> {
    let catalogue = snapshot.catalogue();
    let fiche = catalogue.fiche(doc);
    let lang = frame.lang;
    let similar = snapshot
        .search()
        .similar(doc, SIMILAR)
        .map_err(atlaas_engine::EngineError::from)?;
    let color = color_of(fiche, catalogue.schema());
    let view = FicheArticle {
        frame,
        kind: lang.kind(catalogue.schema(), fiche.kind),
        name: &fiche.name,
        at: hits::place_of(fiche),
        paragraphs: fiche
            .text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect(),
        facts: facts(frame, snapshot, fiche),
        remark: match fiche.precision {
            Precision::Commune => lang.say("fiche-at-commune"),
            Precision::Territoire => lang.say("fiche-at-territory"),
            Precision::Inconnue => lang.say("fiche-nowhere"),
            Precision::Point => "",
        },
        picture: fiche
            .position
            .map(|place| Scene::of_place(snapshot, place, color, lang).inline())
            .unwrap_or_default(),
        similar: similar
            .into_iter()
            .map(|doc| HitView::of_doc(frame, catalogue, doc))
            .collect(),
        around: fiche
            .position
            .map(|_| frame.explorer(&place_query(fiche)))
            .unwrap_or_default(),
        data: frame.data(&format!("/api/v1/fiches/{}", fiche.id), ""),
        page: frame.absolute(&format!("/fiche/{}", fiche.id), ""),
        embed: frame.to("/integrer", &format!("fiche={}", fiche.id)),
    };
    html(&view)
}

fn facts(frame: &Frame, snapshot: &Snapshot, fiche: &Fiche) -> Vec<Fact> {
    let lang = frame.lang;
    let mut facts = Vec::new();
    let mut push = |name: &str, values: Vec<(String, String)>| {
        if !values.is_empty() {
            facts.push(Fact {
                name: name.to_owned(),
                values,
            });
        }
    };
    let plain = |text: String| vec![(text, String::new())];
    push(
        lang.say("fiche-address"),
        fiche.address.clone().map(plain).unwrap_or_default(),
    );
    push(
        lang.say("fiche-territory"),
        territories(frame, snapshot, fiche),
    );
    for column in snapshot.schema().columns(fiche.kind) {
        if column.on_sheet {
            push(lang.of(&column.title), held(frame, snapshot, fiche, column));
        }
    }
    for attribute in &fiche.attributes {
        let readable = attribute.name.replace('_', " ");
        push(
            &readable,
            attribute
                .values
                .iter()
                .map(|value| (value.clone(), link_of(value)))
                .collect(),
        );
    }
    push(
        lang.say("fiche-updated"),
        fiche
            .updated
            .map(|date| plain(lang.date(date)))
            .unwrap_or_default(),
    );
    facts
}

/// What a column of a fiche holds, as people read it; what others share leads to them.
fn held(
    frame: &Frame,
    snapshot: &Snapshot,
    fiche: &Fiche,
    column: &Column,
) -> Vec<(String, String)> {
    let Some(value) = fiche.values.get(column.key) else {
        return Vec::new();
    };
    let of_facet = |value: &str| match column.facet {
        Some(facet) => frame.explorer(&format!("{facet}={value}&type={}", fiche.kind)),
        None => String::new(),
    };
    let plain = |text: String| vec![(text, String::new())];
    match value {
        Value::Terms(slugs) => {
            let vocabulary = snapshot.catalogue().vocabulary();
            let name = |slug: &String| match column.facet {
                Some(facet) => vocabulary.label(facet, slug).to_owned(),
                None => slug.clone(),
            };
            slugs
                .iter()
                .map(|slug| (name(slug), of_facet(slug)))
                .collect()
        }
        Value::Year(year) => {
            let shared = column
                .facet
                .map(|facet| frame.explorer(&format!("{facet}={year}")));
            vec![(year.to_string(), shared.unwrap_or_default())]
        }
        Value::Texts(texts) => texts
            .iter()
            .map(|text| (text.clone(), link_of(text)))
            .collect(),
        Value::Number(number) => plain(frame.lang.measure(*number, column.unit.as_deref())),
        Value::Date(date) => plain(frame.lang.date(*date)),
        Value::Boolean(yes) => {
            let word = frame.lang.say(if *yes { "fiche-yes" } else { "fiche-no" });
            vec![(word.to_owned(), of_facet(if *yes { "oui" } else { "non" }))]
        }
    }
}

/// A value that is an address leads there.
fn link_of(value: &str) -> String {
    let plain = value.bytes().all(|byte| byte.is_ascii_graphic());
    if plain && (value.starts_with("https://") || value.starts_with("http://")) {
        value.to_owned()
    } else {
        String::new()
    }
}

fn territories(frame: &Frame, snapshot: &Snapshot, fiche: &Fiche) -> Vec<(String, String)> {
    Level::ALL
        .into_iter()
        .filter_map(|kind| {
            let code = fiche.territory.at(kind)?;
            let name = snapshot.catalogue().territory_name(kind, code)?;
            Some((name.to_owned(), frame.to(&format!("/{kind}/{code}"), "")))
        })
        .collect()
}

/// The query around a fiche.
fn place_query(fiche: &Fiche) -> String {
    let query = |place: atlaas_model::Position| {
        format!(
            "lat={:.5}&lon={:.5}&rayon=5",
            place.latitude(),
            place.longitude()
        )
    };
    fiche.position.map(query).unwrap_or_default()
}

fn description(frame: &Frame, snapshot: &Snapshot, doc: DocId) -> String {
    let view = HitView::of_doc(frame, snapshot.catalogue(), doc);
    view.facts.join(", ")
}

fn linked_data(frame: &Frame, snapshot: &Snapshot, fiche: &Fiche) -> serde_json::Value {
    let commune = snapshot.catalogue().name_at(fiche, Level::Commune);
    let geo = fiche.position.map(|place| {
        json!({ "@type": "GeoCoordinates", "latitude": place.latitude(), "longitude": place.longitude() })
    });
    let place = json!({
        "@type": "Place",
        "name": commune,
        "geo": geo,
        "address": { "@type": "PostalAddress", "addressLocality": commune, "streetAddress": fiche.address, "addressCountry": "FR" },
    });
    let url = frame.absolute(&format!("/fiche/{}", fiche.id), "");
    let layer = snapshot.schema().layer(fiche.kind);
    if layer.is_some_and(|layer| layer.by_place) {
        let mut value = place;
        value["@context"] = "https://schema.org".into();
        value["@id"] = url.into();
        value["name"] = fiche.name.clone().into();
        return value;
    }
    json!({
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": url,
        "name": fiche.name,
        "description": fiche.text,
        "dateCreated": fiche.year(),
        "dateModified": fiche.updated,
        "inLanguage": "fr",
        "spatialCoverage": place,
    })
}
