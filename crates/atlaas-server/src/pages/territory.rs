//! `/commune/{code}`, `/epci/{code}`, `/departement/{code}`, `/region/{code}`: a territory, its label
//! by year, what lies in it, and what lies beside it.

mod beside;

use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::describe::query_parameters::{
    CommuneCode, DepartementCode, EpciCode, Language as LanguageParameter, RegionCode,
};
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::{Frame, inert_json};
use crate::pages::list::hits::{self, HitView};
use crate::pages::statement::parts::{self, Scope};
use crate::pages::statement::years;
use crate::picture::Scene;
use crate::picture::view::View;
use crate::words::language::Language;
use crate::words::message::Message;
use askama::Template;
use atlaas_engine::{Query, Snapshot, Sort};
use atlaas_model::{Code, Column, DocId, DocSet, Fiche, Label, LabelOrigin, Layer, Level, Schema};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Fiches that are listed of each kind; the explorer has them all.
const LISTED: u32 = 8;
/// Other names that are listed.
const NAMES: usize = 12;

/// One year of the label.
pub struct LabelLine {
    /// Year.
    pub year: u16,
    /// Level, as arobases.
    pub level: String,
    /// Mention; may be empty.
    pub mention: String,
    /// The EPT that was labelled; empty when it was the territory itself.
    pub whole: String,
    /// Whether it was made up for the demonstration or to fill gaps.
    pub made_up: bool,
}

/// A term and how many objects of a layer bear it here.
pub struct Share {
    /// Name.
    pub name: String,
    /// The explorer under it.
    pub href: String,
    /// Count.
    pub n: String,
    /// Width of its bar, 0 to 100.
    pub bar: u32,
    /// Colour.
    pub color: String,
}

/// What a territory holds of one layer.
pub struct Section {
    /// Title of the layer.
    pub title: String,
    /// Heading of its list.
    pub heading: String,
    /// Link to all of them.
    pub all: String,
    /// The explorer with all of them.
    pub href: String,
    /// How many there are.
    pub n: String,
    /// Some of them.
    pub hits: Vec<HitView>,
}

#[derive(Template)]
#[template(path = "fiche.html")]
struct TerritoryPage {
    frame: Frame,
    article: String,
}

#[derive(Template)]
#[template(path = "territory_article.html")]
struct TerritoryArticle<'a> {
    frame: &'a Frame,
    kind: String,
    name: &'a str,
    /// Where it lies, as `longitude,latitude`; empty when nobody knows.
    at: String,
    code: String,
    level: String,
    /// Says whose level it is; empty when it is the territory's own.
    level_of: String,
    /// Name and value of each declared column.
    told: Vec<(String, String)>,
    sections: Vec<Section>,
    parents: Vec<(String, String)>,
    postcodes: String,
    former: String,
    /// The explorer around it, when nothing is known in it; empty otherwise.
    around: String,
    labels: Vec<LabelLine>,
    /// What the shares are of.
    shared: String,
    shares: Vec<Share>,
    members: Vec<(String, String)>,
    neighbours: Vec<(String, String)>,
    alike: Vec<(String, String)>,
    compare: String,
    statement: String,
    /// What was done there, year by year; empty where there is nothing.
    years: String,
    picture: String,
    explore: String,
    exports: Vec<(&'static str, String)>,
    embed: String,
    page: String,
}

/// `GET /commune/{code}`.
#[utoipa::path(
    get,
    path = "/commune/{code}",
    tag = "Images et pages",
    summary = "Page d’une commune",
    description = "",
    params(CommuneCode, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), (status = 308, description = "La page d’aujourd’hui de ce territoire"), Missing),
    extensions(("x-example" = json!("/commune/13056")))
)]
pub async fn commune(path: Path<String>, call: Call) -> Result<Response, ApiError> {
    page(Level::Commune, path, call).await
}

/// `GET /epci/{code}`.
#[utoipa::path(
    get,
    path = "/epci/{code}",
    tag = "Images et pages",
    summary = "Page d’un EPCI",
    description = "",
    params(EpciCode, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), (status = 308, description = "La page d’aujourd’hui de ce territoire"), Missing),
    extensions(("x-example" = json!("/epci/200054807")))
)]
pub async fn epci(path: Path<String>, call: Call) -> Result<Response, ApiError> {
    page(Level::Epci, path, call).await
}

/// `GET /departement/{code}`.
#[utoipa::path(
    get,
    path = "/departement/{code}",
    tag = "Images et pages",
    summary = "Page d’un département",
    description = "",
    params(DepartementCode, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), (status = 308, description = "La page d’aujourd’hui de ce territoire"), Missing),
    extensions(("x-example" = json!("/departement/13")))
)]
pub async fn departement(path: Path<String>, call: Call) -> Result<Response, ApiError> {
    page(Level::Departement, path, call).await
}

/// `GET /region/{code}`.
#[utoipa::path(
    get,
    path = "/region/{code}",
    tag = "Images et pages",
    summary = "Page d’une région",
    description = "",
    params(RegionCode, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), (status = 308, description = "La page d’aujourd’hui de ce territoire"), Missing),
    extensions(("x-example" = json!("/region/93")))
)]
pub async fn region(path: Path<String>, call: Call) -> Result<Response, ApiError> {
    page(Level::Region, path, call).await
}

async fn page(kind: Level, Path(text): Path<String>, mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| SERVER_PARAMETERS.contains(&name));
    let code: Option<Code> = text.parse().ok();
    let doc = code.and_then(|code| call.snapshot.catalogue().territory(kind, code));
    let doc = doc.ok_or_else(|| unknown(kind, &text))?;
    let frame = Frame::new(&call);
    let fiche = call.snapshot.catalogue().fiche(doc);
    if fiche.code.is_some_and(|code| code.as_str() != text) {
        let location = frame.to(&hits::path(fiche), "");
        return Ok((StatusCode::PERMANENT_REDIRECT, [(LOCATION, location)]).into_response());
    }
    answer(&call, frame, &call.pairs, move |mut frame, snapshot| {
        let fiche = snapshot.catalogue().fiche(doc);
        frame.title = format!("{} ({text}) – Atlaas", fiche.name);
        frame.description = HitView::of_doc(&frame, snapshot.catalogue(), doc)
            .facts
            .join(", ");
        frame.picture = format!("{kind}={text}");
        frame.json_ld = inert_json(&linked_data(&frame, fiche));
        let article = article(&frame, snapshot, doc)?;
        html(&TerritoryPage { frame, article })
    })
    .await
}

fn unknown(kind: Level, code: &str) -> ApiError {
    let code: String = code.chars().take(20).collect();
    ApiError::not_found(
        Message::new("territory-unknown")
            .with("kind", kind)
            .with("code", code),
    )
}

/// The article of a territory; `doc` must be one.
pub fn article(frame: &Frame, snapshot: &Snapshot, doc: DocId) -> Result<String, ApiError> {
    let catalogue = snapshot.catalogue();
    let fiche = catalogue.fiche(doc);
    let lang = frame.lang;
    let (Some(kind), Some(code)) = (fiche.kind.level(), fiche.code) else {
        return Err(ApiError::internal(&"a territory has no code"));
    };
    let known = catalogue.contents(doc).map(|(_, n)| n).sum();
    let asked = format!("{kind}={code}");
    let (sections, shares) = sections(frame, snapshot, doc, (kind, code))?;
    let (shared, shares) = shares.unwrap_or_default();
    let (_, docs) = snapshot.matching(&inside(kind, code))?;
    let view = TerritoryArticle {
        frame,
        kind: lang.kind(catalogue.schema(), fiche.kind),
        name: &fiche.name,
        at: hits::place_of(fiche),
        code: code.to_string(),
        level: "@".repeat(usize::from(catalogue.level(doc))),
        level_of: catalogue
            .labelled_as_part_of(doc)
            .map(|whole| hits::label_of(lang, &whole.name))
            .unwrap_or_default(),
        told: told(lang, catalogue.schema(), fiche),
        sections,
        parents: beside::parents(frame, snapshot, fiche),
        postcodes: fiche.postcodes.join(", "),
        former: former(fiche),
        around: around(frame, fiche, known),
        labels: labels(&fiche.labels),
        shared,
        shares,
        members: beside::members(frame, snapshot, kind, code),
        neighbours: beside::neighbours(frame, snapshot, kind, code),
        alike: beside::alike(frame, snapshot, fiche),
        compare: frame.to(&format!("/comparer/{}", fiche.id), ""),
        statement: frame.to(&format!("/releve/{}", fiche.id), ""),
        years: years_of(
            frame,
            snapshot,
            &Scope::Place {
                level: kind,
                code,
                doc,
            },
        )?,
        picture: picture(frame, snapshot, kind, code, &docs),
        explore: frame.explorer(&asked),
        exports: exports(frame, kind, code, &asked),
        embed: frame.to("/integrer", &asked),
        page: frame.absolute(&format!("/{kind}/{code}"), ""),
    };
    html(&view)
}

/// The years of what was done there, as a small chart.
fn years_of(frame: &Frame, snapshot: &Snapshot, scope: &Scope) -> Result<String, ApiError> {
    let Some(year) = snapshot.schema().year_facet() else {
        return Ok(String::new());
    };
    let found = parts::counted(snapshot, scope.query(), &[year.as_str()])?;
    let told = years::told(frame, &found).filter(|_| found.cells.len() > 1);
    Ok(told.map(|told| told.chart).unwrap_or_default())
}

/// What its declared columns hold, as people read it.
fn told(lang: Language, schema: &Schema, fiche: &Fiche) -> Vec<(String, String)> {
    let shown = schema
        .columns(fiche.kind)
        .iter()
        .filter(|column| column.on_sheet);
    let line = |column: &Column| {
        let value = fiche.values.get(column.key)?.measure()?;
        let value = lang.measure(value, column.unit.as_deref());
        Some((lang.of(&column.title).to_owned(), value))
    };
    shown.filter_map(line).collect()
}

/// What can be taken away of a territory: name and address of each form.
fn exports(frame: &Frame, kind: Level, code: Code, asked: &str) -> Vec<(&'static str, String)> {
    vec![
        ("CSV", frame.data("/api/v1/fiches.csv", asked)),
        ("XLSX", frame.data("/api/v1/fiches.xlsx", asked)),
        ("GeoJSON", frame.data("/api/v1/fiches.geojson", asked)),
        ("Atom", frame.data("/api/v1/fiches.atom", asked)),
        (
            "JSON",
            frame.data(&format!("/api/v1/fiches/{kind}-{code}"), ""),
        ),
        ("PNG", frame.data("/carte.png", asked)),
        ("SVG", frame.data("/carte.svg", asked)),
    ]
}

/// Where to look when a territory holds nothing.
fn around(frame: &Frame, fiche: &Fiche, known: u32) -> String {
    let near = |place: atlaas_model::Position| {
        let (lat, lon) = (place.latitude(), place.longitude());
        frame.explorer(&format!("lat={lat:.4}&lon={lon:.4}&rayon=20&tri=distance"))
    };
    let place = fiche.position.filter(|_| known == 0);
    place.map(near).unwrap_or_default()
}

/// Other names, the first ones when there are many.
fn former(fiche: &Fiche) -> String {
    let names: Vec<&str> = fiche
        .aliases
        .iter()
        .map(|alias| alias.name.as_str())
        .collect();
    let shown = names.len().min(NAMES);
    let more = if names.len() > NAMES { "…" } else { "" };
    format!("{}{more}", names[..shown].join(", "))
}

fn inside(kind: Level, code: Code) -> Query {
    Query {
        territories: [(kind, vec![code.to_string()])].into(),
        ..Query::default()
    }
}

/// How the objects of a layer that bear each term are told.
type Shares = (String, Vec<Share>);

/// What it holds of each layer that is counted, and how the first of them is shared among its terms.
fn sections(
    frame: &Frame,
    snapshot: &Snapshot,
    doc: DocId,
    (level, code): (Level, Code),
) -> Result<(Vec<Section>, Option<Shares>), ApiError> {
    let catalogue = snapshot.catalogue();
    let mut sections = Vec::new();
    let mut first = None;
    for (layer, n) in catalogue
        .contents(doc)
        .filter(|(layer, n)| layer.counted || *n > 0)
    {
        let found = list(snapshot, level, code, layer)?;
        let hits = found.answer.hits.iter();
        let newest = if layer.by_place { "" } else { "&tri=-date" };
        sections.push(Section {
            title: frame.lang.of(&layer.title).to_owned(),
            heading: frame.lang.of(&layer.list_title).to_owned(),
            all: frame.lang.of(&layer.all_title).to_owned(),
            href: frame.explorer(&format!("{level}={code}{newest}&type={}", layer.id)),
            n: frame.lang.number(n.into()),
            hits: hits
                .map(|hit| HitView::of_doc(frame, catalogue, hit.doc))
                .collect(),
        });
        if first.is_none() {
            let asked = format!("{level}={code}");
            first = Some(shares(frame, snapshot, &asked, layer, &found));
        }
    }
    Ok((sections, first.flatten()))
}

fn list(
    snapshot: &Snapshot,
    level: Level,
    code: Code,
    layer: &Layer,
) -> Result<atlaas_engine::SearchAnswer, ApiError> {
    let query = Query {
        kinds: vec![layer.kind()],
        counted: Some(layer.coloured_by.into_iter().collect()),
        sort: Sort::Newest,
        limit: LISTED,
        ..inside(level, code)
    };
    Ok(snapshot.answer(&query)?)
}

fn picture(frame: &Frame, snapshot: &Snapshot, kind: Level, code: Code, docs: &DocSet) -> String {
    let view = View::of_territory(snapshot, kind, code);
    Scene::of_query(snapshot, &view, docs, frame.lang).inline()
}

fn labels(labels: &[Label]) -> Vec<LabelLine> {
    let year = |label: &Label| LabelLine {
        year: label.year,
        level: "@".repeat(usize::from(label.level.unwrap_or(0))),
        mention: label.mention.clone().unwrap_or_default(),
        whole: label
            .group
            .as_ref()
            .map(|ept| ept.name.clone())
            .unwrap_or_default(),
        made_up: label.origin == LabelOrigin::Synthetique,
    };
    labels.iter().rev().map(year).collect()
}

fn shares(
    frame: &Frame,
    snapshot: &Snapshot,
    asked: &str,
    layer: &Layer,
    found: &atlaas_engine::SearchAnswer,
) -> Option<Shares> {
    let facet = layer.coloured_by?;
    let counts = found
        .answer
        .facets
        .iter()
        .find(|counts| counts.facette == facet)?;
    let most = counts
        .valeurs
        .iter()
        .map(|value| value.n)
        .max()
        .unwrap_or(1)
        .max(1);
    let terms = snapshot.catalogue().vocabulary().terms(facet);
    let share = |value: &atlaas_engine::FacetValue| Share {
        name: value.nom.to_string(),
        href: frame.explorer(&format!("{asked}&{facet}={}", value.valeur)),
        n: frame.lang.number(value.n.into()),
        bar: (value.n * 100).div_ceil(most),
        color: terms
            .iter()
            .find(|term| *term.slug == *value.valeur)
            .map(|term| term.couleur.clone())
            .unwrap_or_default(),
    };
    let shares: Vec<Share> = counts
        .valeurs
        .iter()
        .filter(|value| value.n > 0)
        .map(share)
        .collect();
    let title = Message::new("territory-by")
        .with("what", frame.lang.of(&layer.title))
        .with(
            "facet",
            frame.lang.facet(snapshot.schema(), facet).to_lowercase(),
        );
    Some((frame.lang.tell(&title), shares))
}

fn linked_data(frame: &Frame, fiche: &Fiche) -> serde_json::Value {
    let geo = fiche.position.map(|place| {
        json!({ "@type": "GeoCoordinates", "latitude": place.latitude(), "longitude": place.longitude() })
    });
    json!({
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "@id": frame.absolute(&hits::path(fiche), ""),
        "name": fiche.name,
        "identifier": fiche.code.map(|code| code.to_string()),
        "geo": geo,
    })
}
