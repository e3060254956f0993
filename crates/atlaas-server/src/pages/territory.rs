//! `/commune/{code}`, `/epci/{code}`, `/departement/{code}`, `/region/{code}`: a territory, its label
//! by year, what lies in it, and what lies beside it.

use crate::call::request::Call;
use crate::describe::query_parameters::{
    CommuneCode, DepartementCode, EpciCode, Language as LanguageParameter, RegionCode,
};
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::{Frame, inert_json};
use crate::pages::list::hits::{self, HitView};
use crate::picture::Scene;
use crate::picture::view::View;
use crate::words::message::Message;
use askama::Template;
use atlaas_engine::{Query, Snapshot, Sort};
use atlaas_model::{Code, DocId, DocSet, Facet, Fiche, Kind, Label, LabelOrigin};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Fiches that are listed of each kind; the explorer has them all.
const LISTED: u32 = 8;
/// Other names that are listed.
const NAMES: usize = 12;
/// Territories that are listed beside one.
const BESIDE: usize = 60;

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

/// An enjeu and how many initiatives it has here.
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
    kind: &'static str,
    name: &'a str,
    code: String,
    level: String,
    /// Says whose level it is; empty when it is the territory's own.
    level_of: String,
    population: String,
    initiatives: String,
    colieux: String,
    parents: Vec<(String, String)>,
    postcodes: String,
    former: String,
    /// The explorer around it, when nothing is known in it; empty otherwise.
    around: String,
    labels: Vec<LabelLine>,
    shares: Vec<Share>,
    latest: Vec<HitView>,
    places: Vec<HitView>,
    members: Vec<(String, String)>,
    neighbours: Vec<(String, String)>,
    picture: String,
    explore: String,
    all_initiatives: String,
    all_colieux: String,
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
    page(Kind::Commune, path, call).await
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
    page(Kind::Epci, path, call).await
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
    page(Kind::Departement, path, call).await
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
    page(Kind::Region, path, call).await
}

async fn page(kind: Kind, Path(text): Path<String>, call: Call) -> Result<Response, ApiError> {
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

fn unknown(kind: Kind, code: &str) -> ApiError {
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
    let (lang, kind) = (frame.lang, fiche.kind);
    let Some(code) = fiche.code else {
        return Err(ApiError::internal(&"a territory has no code"));
    };
    let contents = catalogue.contents(doc);
    let asked = format!("{kind}={code}");
    let initiatives = list(snapshot, kind, code, Kind::Initiative)?;
    let colieux = list(snapshot, kind, code, Kind::Colieu)?;
    let lines = |answer: &atlaas_engine::SearchAnswer| -> Vec<HitView> {
        answer
            .answer
            .hits
            .iter()
            .map(|hit| HitView::of_doc(frame, catalogue, hit.doc))
            .collect()
    };
    let (_, docs) = snapshot.matching(&inside(kind, code))?;
    let view = TerritoryArticle {
        frame,
        kind: hits::kind_name(lang, kind),
        name: &fiche.name,
        code: code.to_string(),
        level: "@".repeat(usize::from(catalogue.level(doc))),
        level_of: catalogue
            .labelled_as_part_of(doc)
            .map(|whole| hits::label_of(lang, &whole.name))
            .unwrap_or_default(),
        population: fiche
            .population
            .map(|people| lang.number(people.into()))
            .unwrap_or_default(),
        initiatives: lang.number(contents.initiatives.into()),
        colieux: lang.number(contents.colieux.into()),
        parents: parents(frame, snapshot, fiche),
        postcodes: fiche.postcodes.join(", "),
        former: former(fiche),
        around: around(frame, fiche, contents.initiatives + contents.colieux),
        labels: labels(&fiche.labels),
        shares: shares(frame, snapshot, &asked, &initiatives),
        latest: lines(&initiatives),
        places: lines(&colieux),
        members: members(frame, snapshot, kind, code),
        neighbours: neighbours(frame, snapshot, kind, code),
        picture: picture(frame, snapshot, kind, code, &docs),
        explore: frame.explorer(&asked),
        all_initiatives: frame.explorer(&format!("{asked}&tri=-date&type=initiative")),
        all_colieux: frame.explorer(&format!("{asked}&type=colieu")),
        exports: exports(frame, kind, code, &asked),
        embed: frame.to("/integrer", &asked),
        page: frame.absolute(&format!("/{kind}/{code}"), ""),
    };
    html(&view)
}

/// What can be taken away of a territory: name and address of each form.
fn exports(frame: &Frame, kind: Kind, code: Code, asked: &str) -> Vec<(&'static str, String)> {
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

fn inside(kind: Kind, code: Code) -> Query {
    Query {
        territories: [(kind, vec![code.to_string()])].into(),
        ..Query::default()
    }
}

fn list(
    snapshot: &Snapshot,
    kind: Kind,
    code: Code,
    wanted: Kind,
) -> Result<atlaas_engine::SearchAnswer, ApiError> {
    let query = Query {
        kinds: vec![wanted],
        counted: Some(vec![Facet::Enjeu]),
        sort: Sort::Newest,
        limit: LISTED,
        ..inside(kind, code)
    };
    Ok(snapshot.answer(&query)?)
}

fn picture(frame: &Frame, snapshot: &Snapshot, kind: Kind, code: Code, docs: &DocSet) -> String {
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
    found: &atlaas_engine::SearchAnswer,
) -> Vec<Share> {
    let Some(counts) = found
        .answer
        .facets
        .iter()
        .find(|counts| counts.facette == Facet::Enjeu)
    else {
        return Vec::new();
    };
    let most = counts
        .valeurs
        .iter()
        .map(|value| value.n)
        .max()
        .unwrap_or(1)
        .max(1);
    let terms = snapshot.catalogue().vocabulary().terms(Facet::Enjeu);
    let share = |value: &atlaas_engine::FacetValue| Share {
        name: value.nom.to_string(),
        href: frame.explorer(&format!("{asked}&enjeu={}", value.valeur)),
        n: frame.lang.number(value.n.into()),
        bar: (value.n * 100).div_ceil(most),
        color: terms
            .iter()
            .find(|term| *term.slug == *value.valeur)
            .map(|term| term.couleur.clone())
            .unwrap_or_default(),
    };
    counts
        .valeurs
        .iter()
        .filter(|value| value.n > 0)
        .map(share)
        .collect()
}

fn link(frame: &Frame, snapshot: &Snapshot, kind: Kind, code: Code) -> Option<(String, String)> {
    let name = snapshot.catalogue().territory_name(kind, code)?;
    Some((name.to_owned(), frame.to(&format!("/{kind}/{code}"), "")))
}

fn parents(frame: &Frame, snapshot: &Snapshot, fiche: &Fiche) -> Vec<(String, String)> {
    [Kind::Epci, Kind::Departement, Kind::Region]
        .into_iter()
        .filter(|&kind| kind > fiche.kind)
        .filter_map(|kind| link(frame, snapshot, kind, fiche.territory.at(kind)?))
        .collect()
}

/// The territories one step down: départements of a région, communes of an EPCI.
fn members(frame: &Frame, snapshot: &Snapshot, kind: Kind, code: Code) -> Vec<(String, String)> {
    let wanted = match kind {
        Kind::Region => Kind::Departement,
        Kind::Epci => Kind::Commune,
        _ => return Vec::new(),
    };
    let catalogue = snapshot.catalogue();
    catalogue
        .docs_of(wanted)
        .map(|doc| catalogue.fiche(doc))
        .filter(|fiche| fiche.territory.at(kind) == Some(code))
        .filter_map(|fiche| {
            Some((
                fiche.name.clone(),
                frame.to(&format!("/{wanted}/{}", fiche.code?), ""),
            ))
        })
        .take(2 * BESIDE)
        .collect()
}

fn neighbours(frame: &Frame, snapshot: &Snapshot, kind: Kind, code: Code) -> Vec<(String, String)> {
    let codes = snapshot.territories().neighbours(kind, code);
    codes
        .into_iter()
        .take(BESIDE)
        .filter_map(|code| link(frame, snapshot, kind, code))
        .collect()
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
