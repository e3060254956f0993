//! OGC API under `/ogc`: Features Part 1 (core, GeoJSON, OpenAPI 3.0) and Tiles core, so that GIS
//! software reads every fiche by its address. Landing page, conformance, collections, tilesets.

use crate::call::request::Call;
use crate::error::problem::ApiError;
use crate::formats::feature::Degrees;
use crate::wire::links::Link;
use crate::wire::links::license;
use crate::words::language::Bilingual;
use atlaas_engine::{ParameterError, Snapshot, Tileset};
use atlaas_model::{Bbox, Fiche, Kind};
use axum::extract::Path;
use axum::response::Response;
use serde_json::{Value, json};

const JSON: &str = "application/json";
const OPENAPI30: &str = "application/vnd.oai.openapi+json;version=3.0";
/// Coordinates of every answer: longitude, latitude in WGS 84.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";
const WEB_MERCATOR: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";

/// Classes that are held to.
const CONFORMANCE: [&str; 9] = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
];

/// Parameters of the documents that are no data.
const ALLOWED: [&str; 3] = ["f", "lang", "v"];

/// Name of the collection of a kind.
pub const fn collection_id(kind: Kind) -> &'static str {
    match kind {
        Kind::Commune => "communes",
        Kind::Epci => "epcis",
        Kind::Departement => "departements",
        Kind::Region => "regions",
        Kind::Colieu => "colieux",
        Kind::Initiative => "initiatives",
    }
}

/// The kind of a collection.
pub fn kind_of(collection: &str) -> Result<Kind, ApiError> {
    Kind::ALL
        .into_iter()
        .find(|kind| collection_id(*kind) == collection)
        .ok_or_else(|| {
            let name: String = collection.chars().take(40).collect();
            let known = Kind::ALL.map(collection_id).join(", ");
            ApiError::not_found(Bilingual::new(
                format!("Il n’y a pas de collection « {name} » : choisir parmi {known}."),
                format!("There is no collection \"{name}\": choose among {known}."),
            ))
        })
}

const fn title(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Commune => (
            "Communes",
            "Contours des communes, leur label, ce qui s’y trouve.",
        ),
        Kind::Epci => ("EPCI", "Contours des intercommunalités à fiscalité propre."),
        Kind::Departement => (
            "Départements",
            "Contours des départements et collectivités d’outre-mer.",
        ),
        Kind::Region => ("Régions", "Contours des régions."),
        Kind::Colieu => ("Colieux", "Lieux publics de médiation numérique."),
        Kind::Initiative => ("Initiatives", "Initiatives numériques des territoires."),
    }
}

/// `GET /ogc`: the landing page.
pub async fn landing(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |_, base| landing_document(base)).await
}

fn landing_document(base: &str) -> Value {
    let root = format!("{base}/ogc");
    let link = |rel, path: &str, media, title: &str| {
        Link::new(rel, format!("{root}{path}"), media).titled(title)
    };
    let links = [
        link("self", "", JSON, "Cette page"),
        link("service-desc", "/api", OPENAPI30, "Définition OpenAPI 3.0"),
        Link::new("service-doc", format!("{base}/docs"), "text/html").titled("Documentation"),
        link("conformance", "/conformance", JSON, "Classes de conformité"),
        link("data", "/collections", JSON, "Collections"),
        link(
            "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector",
            "/tiles",
            JSON,
            "Jeux de tuiles vectorielles",
        ),
        license(base),
    ];
    json!({
        "title": "Atlaas",
        "description": "Territoires français, lieux de médiation numérique et initiatives numériques.",
        "links": links,
    })
}

/// `GET /ogc/conformance`.
pub async fn conformance(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |_, _| json!({ "conformsTo": CONFORMANCE })).await
}

/// `GET /ogc/api`: the definition, OpenAPI 3.0.
pub async fn definition(call: Call) -> Result<Response, ApiError> {
    answer(call, OPENAPI30, |_, base| {
        crate::describe::openapi::ogc_definition(base)
    })
    .await
}

/// `GET /ogc/collections`.
pub async fn collections(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |snapshot, base| {
        let root = format!("{base}/ogc");
        let collections: Vec<Value> = Kind::ALL
            .into_iter()
            .map(|kind| describe(snapshot, kind, base))
            .collect();
        let links = [
            Link::new("self", format!("{root}/collections"), JSON),
            Link::new("root", root, JSON),
            license(base),
        ];
        json!({ "links": links, "collections": collections })
    })
    .await
}

/// `GET /ogc/collections/{collection}`.
pub async fn collection(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    let kind = kind_of(&name)?;
    answer(call, JSON, move |snapshot, base| {
        describe(snapshot, kind, base)
    })
    .await
}

fn describe(snapshot: &Snapshot, kind: Kind, base: &str) -> Value {
    let id = collection_id(kind);
    let address = format!("{base}/ogc/collections/{id}");
    let (title, description) = title(kind);
    let links = [
        Link::new("self", address.clone(), JSON),
        Link::new("items", format!("{address}/items"), "application/geo+json").titled(title),
        license(base),
    ];
    json!({
        "id": id,
        "title": title,
        "description": description,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": extent(snapshot, kind),
        "links": links,
    })
}

/// The box around the features of a collection and the days between which they changed.
fn extent(snapshot: &Snapshot, kind: Kind) -> Value {
    let catalogue = snapshot.catalogue();
    let docs = catalogue.docs_of(kind);
    let fiches = &catalogue.fiches()[docs.start as usize..docs.end as usize];
    let outline = |fiche: &Fiche| {
        fiche
            .code
            .and_then(|code| snapshot.territories().bbox(kind, code))
    };
    let boxes = fiches
        .iter()
        .filter_map(|fiche| outline(fiche).or_else(|| Bbox::around(fiche.position)));
    let spatial = boxes.reduce(|a, b| Bbox {
        west: a.west.min(b.west),
        south: a.south.min(b.south),
        east: a.east.max(b.east),
        north: a.north.max(b.north),
    });
    let mut extent = serde_json::Map::new();
    if let Some(b) = spatial {
        let corners = [b.west, b.south, b.east, b.north].map(|degrees| Degrees(degrees).rounded());
        extent.insert(
            "spatial".to_owned(),
            json!({ "bbox": [corners], "crs": CRS84 }),
        );
    }
    let days = || fiches.iter().filter_map(|fiche| fiche.updated);
    if let (Some(first), Some(last)) = (days().min(), days().max()) {
        let interval = [format!("{first}T00:00:00Z"), format!("{last}T23:59:59Z")];
        extent.insert(
            "temporal".to_owned(),
            json!({ "interval": [interval], "trs": GREGORIAN }),
        );
    }
    Value::Object(extent)
}

/// `GET /ogc/tiles`: the tilesets.
pub async fn tilesets(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |_, base| {
        let tilesets: Vec<Value> = Tileset::ALL
            .into_iter()
            .map(|tileset| tileset_document(tileset, base))
            .collect();
        let links = [Link::new("self", format!("{base}/ogc/tiles"), JSON)];
        json!({ "links": links, "tilesets": tilesets })
    })
    .await
}

/// `GET /ogc/tiles/{tileset}`: one tileset, with the template of its tiles' addresses.
pub async fn tileset(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    let tileset = crate::call::tilesets::parse_tileset(&name)?;
    answer(call, JSON, move |_, base| tileset_document(tileset, base)).await
}

fn tileset_document(tileset: Tileset, base: &str) -> Value {
    json!({
        "title": tileset.as_str(),
        "dataType": "vector",
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "tileMatrixSetURI": WEB_MERCATOR,
        "tileMatrixSetLimits": (0..=tileset.max_zoom()).map(|zoom| {
            let last = (1_u32 << zoom) - 1;
            json!({
                "tileMatrix": zoom.to_string(),
                "minTileRow": 0, "maxTileRow": last, "minTileCol": 0, "maxTileCol": last,
            })
        }).collect::<Vec<_>>(),
        "links": [
            { "rel": "self", "href": format!("{base}/ogc/tiles/{tileset}"), "type": JSON },
            {
                "rel": "item",
                "href": format!("{base}/tiles/{tileset}/{{tileMatrix}}/{{tileCol}}/{{tileRow}}.mvt"),
                "type": crate::wire::media::MVT,
                "templated": true,
            },
            { "rel": "describedby", "href": format!("{base}/tiles/{tileset}.json"), "type": JSON, "title": "TileJSON" },
            {
                "rel": "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
                "href": WEB_MERCATOR,
                "type": JSON,
            },
        ],
    })
}

/// Answers with a document that is only made for those who have not got it.
async fn answer(
    call: Call,
    media: &'static str,
    document: impl FnOnce(&Snapshot, &str) -> Value + Send + 'static,
) -> Result<Response, ApiError> {
    call.only(&ALLOWED)?;
    if let Some(f) = call.parameter("f").filter(|f| !["", "json"].contains(f)) {
        let (french, english) = (
            "Seul le JSON est proposé ici.",
            "Only JSON is offered here.",
        );
        let mistake = ParameterError::new("f", f, french, english);
        return Err(ApiError::parameters(vec![mistake.allowed(f, ["json"])]));
    }
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let document = call
        .heavy(move |snapshot| Ok(document(snapshot, &base)))
        .await?;
    call.json(media, &document, &validator)
}
