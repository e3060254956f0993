//! Territories in the shape of the national API (`geo.api.gouv.fr`): `/communes`, `/epcis`,
//! `/departements`, `/regions`, so that a script written for it works here by changing its address.
//!
//! Deviations, told in `/docs`: what is ignored is named in a header, impossible values are errors,
//! `surface` is that of the outline, the centre serves as `mairie`, and `_score` is ours.

use crate::call::parameters::ParameterReader;
use crate::call::request::Call;
use crate::describe::query_parameters::{
    CommuneCode, DepartementCode, EpciCode, Own, PartCode, RegionCode,
};
use crate::describe::responses::{Missing, Refused};
use crate::error::problem::ApiError;
use crate::national::entry::NationalEntry;
use crate::national::geo_shape::{Shape, Shown, write};
use crate::national::narrowing::{
    self, CommuneTypes, Listed, Narrowed, Narrowing, PartTypes, ZONES, commune_of, part_with,
};
use crate::national::territory::{Territory, TerritoryCollection, TerritoryFeature};
use crate::words::message::Message;
use atlaas_engine::Snapshot;
use atlaas_model::{Code, DocId, Level};
use axum::extract::Path;
use axum::response::Response;

/// Parameters of the server and of what is shown, beside what narrows a list.
const ONE: [&str; 5] = ["fields", "format", "geometry", "lang", "v"];

/// `GET /communes`.
#[utoipa::path(
    get,
    path = "/communes",
    tag = "Découpage",
    summary = "Communes, comme geo.api.gouv.fr",
    description = "",
    params(Narrowed, CommuneTypes, Shown, Own),
    responses(
        (status = 200, content((Vec<Territory> = "application/json"), (TerritoryCollection = "application/geo+json"))), Refused),
    extensions(("x-example" = json!("/communes?codePostal=13500&fields=nom,code,centre")))
)]
pub async fn communes(call: Call) -> Result<Response, ApiError> {
    list(call, Level::Commune, None).await
}

/// `GET /epcis`.
#[utoipa::path(
    get,
    path = "/epcis",
    tag = "Découpage",
    summary = "EPCI",
    description = "",
    params(Narrowed, CommuneTypes, Shown, Own),
    responses(
        (status = 200, content((Vec<Territory> = "application/json"), (TerritoryCollection = "application/geo+json"))), Refused),
    extensions(("x-example" = json!("/epcis?nom=aix&limit=3")))
)]
pub async fn epcis(call: Call) -> Result<Response, ApiError> {
    list(call, Level::Epci, None).await
}

/// `GET /departements`.
#[utoipa::path(
    get,
    path = "/departements",
    tag = "Découpage",
    summary = "Départements",
    description = "",
    params(Narrowed, CommuneTypes, Shown, Own),
    responses(
        (status = 200, content((Vec<Territory> = "application/json"), (TerritoryCollection = "application/geo+json"))), Refused),
    extensions(("x-example" = json!("/departements?codeRegion=93")))
)]
pub async fn departements(call: Call) -> Result<Response, ApiError> {
    list(call, Level::Departement, None).await
}

/// `GET /regions`.
#[utoipa::path(
    get,
    path = "/regions",
    tag = "Découpage",
    summary = "Régions",
    description = "",
    params(Narrowed, CommuneTypes, Shown, Own),
    responses(
        (status = 200, content((Vec<Territory> = "application/json"), (TerritoryCollection = "application/geo+json"))), Refused),
    extensions(("x-example" = json!("/regions")))
)]
pub async fn regions(call: Call) -> Result<Response, ApiError> {
    list(call, Level::Region, None).await
}

/// `GET /communes/{code}`.
#[utoipa::path(
    get,
    path = "/communes/{code}",
    tag = "Découpage",
    summary = "Une commune",
    description = "",
    params(CommuneCode, Shown, Own),
    responses(
        (status = 200, content((Territory = "application/json"), (TerritoryFeature = "application/geo+json"))), Missing),
    extensions(("x-example" = json!("/communes/13056")))
)]
pub async fn commune(Path(code): Path<String>, call: Call) -> Result<Response, ApiError> {
    one(call, Level::Commune, &code).await
}

/// `GET /epcis/{code}`.
#[utoipa::path(
    get,
    path = "/epcis/{code}",
    tag = "Découpage",
    summary = "Un EPCI",
    description = "",
    params(EpciCode, Shown, Own),
    responses(
        (status = 200, content((Territory = "application/json"), (TerritoryFeature = "application/geo+json"))), Missing),
    extensions(("x-example" = json!("/epcis/200054807")))
)]
pub async fn epci(Path(code): Path<String>, call: Call) -> Result<Response, ApiError> {
    one(call, Level::Epci, &code).await
}

/// `GET /departements/{code}`.
#[utoipa::path(
    get,
    path = "/departements/{code}",
    tag = "Découpage",
    summary = "Un département",
    description = "",
    params(DepartementCode, Shown, Own),
    responses(
        (status = 200, content((Territory = "application/json"), (TerritoryFeature = "application/geo+json"))), Missing),
    extensions(("x-example" = json!("/departements/13")))
)]
pub async fn departement(Path(code): Path<String>, call: Call) -> Result<Response, ApiError> {
    one(call, Level::Departement, &code).await
}

/// `GET /regions/{code}`.
#[utoipa::path(
    get,
    path = "/regions/{code}",
    tag = "Découpage",
    summary = "Une région",
    description = "",
    params(RegionCode, Shown, Own),
    responses(
        (status = 200, content((Territory = "application/json"), (TerritoryFeature = "application/geo+json"))), Missing),
    extensions(("x-example" = json!("/regions/93")))
)]
pub async fn region(Path(code): Path<String>, call: Call) -> Result<Response, ApiError> {
    one(call, Level::Region, &code).await
}

/// `GET /epcis/{code}/communes`.
#[utoipa::path(
    get,
    path = "/epcis/{code}/communes",
    tag = "Découpage",
    summary = "Ses communes",
    description = "",
    params(EpciCode, Narrowed, CommuneTypes, Shown, Own),
    responses(
        (status = 200, content((Vec<Territory> = "application/json"), (TerritoryCollection = "application/geo+json"))), Missing),
    extensions(("x-example" = json!("/epcis/200054807/communes?fields=nom,code")))
)]
pub async fn communes_of_epci(Path(code): Path<String>, call: Call) -> Result<Response, ApiError> {
    inside(call, Level::Epci, &code, Level::Commune).await
}

/// `GET /departements/{code}/communes`.
#[utoipa::path(
    get,
    path = "/departements/{code}/communes",
    tag = "Découpage",
    summary = "Ses communes",
    description = "",
    params(DepartementCode, Narrowed, CommuneTypes, Shown, Own),
    responses(
        (status = 200, content((Vec<Territory> = "application/json"), (TerritoryCollection = "application/geo+json"))), Missing),
    extensions(("x-example" = json!("/departements/13/communes?fields=nom,code")))
)]
pub async fn communes_of_departement(
    Path(code): Path<String>,
    call: Call,
) -> Result<Response, ApiError> {
    inside(call, Level::Departement, &code, Level::Commune).await
}

/// `GET /regions/{code}/departements`.
#[utoipa::path(
    get,
    path = "/regions/{code}/departements",
    tag = "Découpage",
    summary = "Ses départements",
    description = "",
    params(RegionCode, Narrowed, CommuneTypes, Shown, Own),
    responses(
        (status = 200, content((Vec<Territory> = "application/json"), (TerritoryCollection = "application/geo+json"))), Missing),
    extensions(("x-example" = json!("/regions/93/departements")))
)]
pub async fn departements_of_region(
    Path(code): Path<String>,
    call: Call,
) -> Result<Response, ApiError> {
    inside(call, Level::Region, &code, Level::Departement).await
}

async fn inside(call: Call, kind: Level, code: &str, parts: Level) -> Result<Response, ApiError> {
    let doc = find(&call.snapshot, kind, code)?;
    let code = call.snapshot.catalogue().fiche(doc).code;
    list(call, parts, code.map(|code| (kind, code))).await
}

/// `GET /communes_associees_deleguees`.
#[utoipa::path(
    get,
    path = "/communes_associees_deleguees",
    tag = "Découpage",
    summary = "Communes associées et déléguées",
    description = "",
    params(Narrowed, PartTypes, Shown, Own),
    responses(
        (status = 200, content((Vec<Territory> = "application/json"), (TerritoryCollection = "application/geo+json"))), Refused),
    extensions(("x-example" = json!("/communes_associees_deleguees?codeDepartement=01&limit=5")))
)]
pub async fn parts(call: Call) -> Result<Response, ApiError> {
    list_of(call, Listed::Parts, None).await
}

/// `GET /communes_associees_deleguees/{code}`.
#[utoipa::path(
    get,
    path = "/communes_associees_deleguees/{code}",
    tag = "Découpage",
    summary = "Une commune associée ou déléguée",
    description = "",
    params(PartCode, Shown, Own),
    responses(
        (status = 200, content((Territory = "application/json"), (TerritoryFeature = "application/geo+json"))), Missing),
    extensions(("x-example" = json!("/communes_associees_deleguees/01120")))
)]
pub async fn part(Path(code): Path<String>, call: Call) -> Result<Response, ApiError> {
    let entry = code
        .parse()
        .ok()
        .and_then(|code| part_with(&call.snapshot, code));
    show(
        call,
        Level::Commune,
        entry.ok_or_else(|| unknown(Level::Commune, &code))?,
    )
    .await
}

async fn list(
    call: Call,
    level: Level,
    within: Option<(Level, Code)>,
) -> Result<Response, ApiError> {
    list_of(call, Listed::Level(level), within).await
}

async fn list_of(
    call: Call,
    listed: Listed,
    within: Option<(Level, Code)>,
) -> Result<Response, ApiError> {
    let level = listed.level();
    let known: Vec<&str> = narrowing::names().chain(ONE).collect();
    let mut reader = ParameterReader::tolerant(&call, &known);
    let mut narrowing = Narrowing::read(&mut reader, listed, within);
    if matches!(level, Level::Departement | Level::Region) && narrowing.zones.is_none() {
        // As there: collectivities of the overseas are départements and régions on request only.
        narrowing.zones = Some(ZONES[..2].to_vec());
    }
    let shape = Shape::read(&mut reader, listed, call.snapshot.schema());
    if narrowing.is_open() && shape.draws_contours() && level == Level::Commune {
        reader.refuse("geometry", "contour", Message::new("mistake-all-outlines"));
    }
    let ignored = reader.finish()?;
    let validator = call.validator(&[&format!("{narrowing:?}{shape:?}")]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(ignored.say(unchanged));
    }
    let media = shape.format.media();
    let body = call
        .heavy(move |snapshot| {
            let found = narrowing.apply(snapshot);
            write(snapshot, &shape, &found).map_err(|error| ApiError::internal(&error))
        })
        .await?;
    Ok(ignored.say(call.respond(media, body, &validator)))
}

async fn one(call: Call, level: Level, code: &str) -> Result<Response, ApiError> {
    let parsed = code.parse::<Code>().ok();
    let entry = match (level, parsed) {
        (Level::Commune, Some(code)) => commune_of(&call.snapshot, code),
        _ => find(&call.snapshot, level, code)
            .ok()
            .map(NationalEntry::whole),
    };
    show(call, level, entry.ok_or_else(|| unknown(level, code))?).await
}

async fn show(call: Call, level: Level, entry: NationalEntry) -> Result<Response, ApiError> {
    let mut reader = ParameterReader::tolerant(&call, &ONE);
    let listed = match (level, entry.is_listed_apart(&call.snapshot)) {
        (Level::Commune, true) => Listed::Parts,
        _ => Listed::Level(level),
    };
    let shape = Shape::read(&mut reader, listed, call.snapshot.schema());
    let ignored = reader.finish()?;
    let validator = call.validator(&[&format!("{shape:?}")]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(ignored.say(unchanged));
    }
    let media = shape.format.media();
    let body = call
        .heavy(move |snapshot| {
            let mut body = Vec::new();
            let written = shape.write(snapshot, entry, &mut body);
            if written.map_err(|error| ApiError::internal(&error))? {
                Ok(body)
            } else {
                Err(ApiError::not_found(Message::new("error-nowhere")))
            }
        })
        .await?;
    Ok(ignored.say(call.respond(media, body, &validator)))
}

fn find(snapshot: &Snapshot, level: Level, code: &str) -> Result<DocId, ApiError> {
    let parsed = code.parse::<Code>().ok();
    parsed
        .and_then(|code| snapshot.catalogue().territory(level, code))
        .ok_or_else(|| unknown(level, code))
}

fn unknown(level: Level, code: &str) -> ApiError {
    let code: String = code.chars().take(20).collect();
    ApiError::not_found(
        Message::new("error-unknown-territory")
            .with("kind", level)
            .with("code", code),
    )
}
