//! Territories in the shape of the national API (`geo.api.gouv.fr`): `/communes`, `/epcis`,
//! `/departements`, `/regions`, so that a script written for it works here by changing its address.
//!
//! Deviations, told in `/docs`: unknown parameters and values are errors, `surface` is that of the
//! outline, the centre serves as `mairie`, and `_score` is ours.

use crate::call::parameters::ParameterReader;
use crate::call::request::Call;
use crate::describe::parameter::{LATITUDE, LONGITUDE, Parameter, Takes, parameters};
use crate::describe::query_parameters::{CommuneCode, DepartementCode, EpciCode, Own, RegionCode};
use crate::describe::responses::{Missing, Refused};
use crate::error::problem::ApiError;
use crate::national::geo_shape::{GeoFormat, Shape, Shown, write};
use crate::national::territory::{Territory, TerritoryCollection, TerritoryFeature, zone};
use crate::words::message::Message;
use atlaas_engine::{LookupOptions, Snapshot};
use atlaas_model::{Code, DocId, Level, Position};
use axum::extract::Path;
use axum::response::Response;

/// Parameters of every list.
const LIST: [&str; 18] = [
    "nom",
    "code",
    "codePostal",
    "lat",
    "lon",
    "boost",
    "codeDepartement",
    "codeRegion",
    "codeEpci",
    "siren",
    "zone",
    "type",
    "limit",
    "fields",
    "format",
    "geometry",
    "lang",
    "v",
];
/// Parameters of every single territory.
const ONE: [&str; 5] = ["fields", "format", "geometry", "lang", "v"];
const ZONES: [&str; 3] = ["metro", "drom", "com"];
const TYPES: [&str; 2] = ["commune-actuelle", "arrondissement-municipal"];
/// Territories of one answer: all.
const MOST: u32 = 100_000;
/// Names that are looked up at most.
const MOST_NAMED: usize = 200;

parameters! {
    /// Lists of territories.
    Narrowed = [
        Parameter::query("nom", Takes::Text, "Nom, même mal tapé.").like("martig"),
        Parameter::query("code", Takes::Text, "Code."),
        Parameter::query("codePostal", Takes::Text, "Code postal.").like("13500"),
        Parameter::query("lon", LONGITUDE, "Longitude, avec lat : la commune qui est là.").when("Avec lat."),
        Parameter::query("lat", LATITUDE, "Latitude, avec lon.").when("Avec lon."),
        Parameter::query("codeDepartement", Takes::Text, "Numéro de département.").like("13"),
        Parameter::query("codeRegion", Takes::Text, "Code de région.").like("93"),
        Parameter::query("codeEpci", Takes::Text, "SIREN d’EPCI."),
        Parameter::query("siren", Takes::Text, "SIREN de la commune."),
        Parameter::query("zone", Takes::Several(&ZONES), "Métropole, départements, collectivités d’outre-mer."),
        Parameter::query("boost", Takes::OneOf(&["population"]), "Les plus peuplés d’abord.").like("population"),
        Parameter::query(
            "type",
            Takes::Several(&TYPES),
            "Types de communes ; les arrondissements ne sont pas connus.",
        ),
        Parameter::query("limit", Takes::Integer(0, i64::from(MOST)), "Au plus tant (tous sans ce paramètre, ou avec 0).")
            .like("5"),
    ]
}
/// `GET /communes`.
#[utoipa::path(
    get,
    path = "/communes",
    tag = "Découpage",
    summary = "Communes, comme geo.api.gouv.fr",
    description = "",
    params(Narrowed, Shown, Own),
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
    params(Narrowed, Shown, Own),
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
    params(Narrowed, Shown, Own),
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
    params(Narrowed, Shown, Own),
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
    params(EpciCode, Narrowed, Shown, Own),
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
    params(DepartementCode, Narrowed, Shown, Own),
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
    params(RegionCode, Narrowed, Shown, Own),
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

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
struct Narrowing {
    name: Option<String>,
    code: Option<String>,
    postcode: Option<String>,
    siren: Option<String>,
    within: Vec<(Level, Option<Code>)>,
    at: Option<Position>,
    zones: Option<Vec<&'static str>>,
    by_population: bool,
    nothing: bool,
    limit: usize,
}

impl Narrowing {
    fn read(reader: &mut ParameterReader<'_>, within: Option<(Level, Code)>) -> Self {
        let own = |name: &str| reader.text(name).map(str::to_owned);
        let mut narrowing = Self {
            name: own("nom"),
            code: own("code"),
            postcode: own("codePostal"),
            siren: own("siren"),
            within: within
                .map(|(kind, code)| (kind, Some(code)))
                .into_iter()
                .collect(),
            ..Self::default()
        };
        for (name, kind) in [
            ("codeDepartement", Level::Departement),
            ("codeRegion", Level::Region),
            ("codeEpci", Level::Epci),
        ] {
            if let Some(code) = reader.text(name) {
                narrowing.within.push((kind, code.parse().ok()));
            }
        }
        narrowing.at = reader.position();
        narrowing.zones = reader.several("zone", &ZONES);
        narrowing.by_population = reader.one_of("boost", &["population"]).is_some();
        let types = reader.several("type", &TYPES);
        narrowing.nothing = types.is_some_and(|types| !types.contains(&"commune-actuelle"));
        // As there, 0 is no limit.
        narrowing.limit = match reader.number("limit", 0..=MOST, MOST) {
            0 => MOST as usize,
            limit => limit as usize,
        };
        narrowing
    }

    const fn is_open(&self) -> bool {
        self.name.is_none()
            && self.code.is_none()
            && self.postcode.is_none()
            && self.siren.is_none()
            && self.at.is_none()
            && self.within.is_empty()
    }

    /// The documents with their score when a name was asked for.
    fn apply(&self, snapshot: &Snapshot, kind: Level) -> Vec<(DocId, Option<f32>)> {
        if self.nothing {
            return Vec::new();
        }
        let catalogue = snapshot.catalogue();
        let mut found: Vec<(DocId, Option<f32>)> = match (&self.name, self.at) {
            (Some(name), _) => named(snapshot, kind, name),
            (None, Some(at)) if kind == Level::Commune => {
                let commune = snapshot.territories().locate(at);
                let doc = commune.and_then(|code| catalogue.territory(Level::Commune, code));
                doc.map(|doc| (doc, None)).into_iter().collect()
            }
            _ => catalogue.docs_of(kind).map(|doc| (doc, None)).collect(),
        };
        found.retain(|(doc, _)| self.keeps(snapshot, *doc));
        if self.by_population {
            let population = |doc: DocId| catalogue.fiche(doc).population.unwrap_or(0);
            found.sort_by_key(|(doc, _)| std::cmp::Reverse(population(*doc)));
        }
        found.truncate(self.limit);
        found
    }

    fn keeps(&self, snapshot: &Snapshot, doc: DocId) -> bool {
        let fiche = snapshot.catalogue().fiche(doc);
        let is = |asked: &Option<String>, own: Option<Code>| {
            asked
                .as_ref()
                .is_none_or(|asked| own.is_some_and(|own| own.as_str().eq_ignore_ascii_case(asked)))
        };
        is(&self.code, fiche.code)
            && is(&self.siren, fiche.siren)
            && self
                .postcode
                .as_ref()
                .is_none_or(|asked| fiche.postcodes.contains(asked))
            && self
                .within
                .iter()
                .all(|(kind, code)| code.is_some() && fiche.territory.at(*kind) == *code)
            && self
                .zones
                .as_ref()
                .is_none_or(|zones| zones.contains(&zone(fiche)))
    }
}

/// Territories by name, best first, without repetition.
fn named(snapshot: &Snapshot, kind: Level, name: &str) -> Vec<(DocId, Option<f32>)> {
    let options = LookupOptions {
        limit: MOST_NAMED,
        near: None,
        kinds: vec![kind],
        autocomplete: true,
    };
    let mut found: Vec<(DocId, Option<f32>)> = Vec::new();
    for place in snapshot.lookup(name, &options) {
        if found.iter().all(|(doc, _)| *doc != place.doc) {
            found.push((place.doc, Some(place.score)));
        }
    }
    found
}

async fn list(
    call: Call,
    kind: Level,
    within: Option<(Level, Code)>,
) -> Result<Response, ApiError> {
    let mut reader = ParameterReader::new(&call, &LIST);
    let mut narrowing = Narrowing::read(&mut reader, within);
    if matches!(kind, Level::Departement | Level::Region) && narrowing.zones.is_none() {
        // As there: collectivities of the overseas are départements and régions on request only.
        narrowing.zones = Some(ZONES[..2].to_vec());
    }
    let shape = Shape::read(&mut reader, kind);
    if narrowing.is_open() && shape.draws_contours() && kind == Level::Commune {
        reader.refuse("geometry", "contour", Message::new("mistake-all-outlines"));
    }
    reader.finish()?;
    let validator = call.validator(&[&format!("{narrowing:?}{shape:?}")]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let media = shape.format.media();
    let body = call
        .heavy(move |snapshot| {
            let found = narrowing.apply(snapshot, kind);
            write(snapshot, &shape, &found).map_err(|error| ApiError::internal(&error))
        })
        .await?;
    Ok(call.respond(media, body, &validator))
}

async fn one(call: Call, kind: Level, code: &str) -> Result<Response, ApiError> {
    let mut reader = ParameterReader::new(&call, &ONE);
    let shape = Shape::read(&mut reader, kind);
    reader.finish()?;
    let doc = find(&call.snapshot, kind, code)?;
    let validator = call.validator(&[&format!("{shape:?}")]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let media = if shape.format == GeoFormat::GeoJson {
        "application/geo+json"
    } else {
        "application/json"
    };
    let body = call
        .heavy(move |snapshot| {
            let mut body = Vec::new();
            let written = shape.write(snapshot, doc, None, &mut body);
            written.map_err(|error| ApiError::internal(&error))?;
            Ok(body)
        })
        .await?;
    Ok(call.respond(media, body, &validator))
}

fn find(snapshot: &Snapshot, kind: Level, code: &str) -> Result<DocId, ApiError> {
    let parsed = code.parse::<Code>().ok();
    parsed
        .and_then(|code| snapshot.catalogue().territory(kind, code))
        .ok_or_else(|| {
            let code: String = code.chars().take(20).collect();
            ApiError::not_found(
                Message::new("error-unknown-territory")
                    .with("kind", kind)
                    .with("code", code),
            )
        })
}
