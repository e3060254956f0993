//! OGC API under `/ogc`: Features Part 1 (core, GeoJSON, OpenAPI 3.0) and Tiles core, so that GIS
//! software reads every fiche by its address. Landing page, conformance, collections, tilesets.

use crate::call::request::Call;
use crate::describe::openapi::{Definition, Description};
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Own, TilesetName};
use crate::describe::responses::{Missing, Refused};
use crate::error::problem::ApiError;
use crate::formats::feature::Degrees;
use crate::ogc::answering::answer;
use crate::ogc::crs::{CRS84, WEB_MERCATOR as WEB_MERCATOR_CRS};
use crate::ogc::documents::{
    Collections, Conformance, DocumentLink, Extent, Landing, OgcCollection, Spatial, Temporal,
    TileLimits, TilesetDocument, Tilesets, written,
};
use crate::ogc::tile_matrix_names::{NAME, WEB_MERCATOR};
use crate::wire::described_schema as scope;
use crate::wire::links::Link;
use crate::wire::links::license;
use crate::words::message::Message;
use atlaas_engine::{Snapshot, Tileset};
use atlaas_model::{Bbox, Fiche, Kind, Level, Schema};
use axum::Extension;
use axum::extract::Path;
use axum::response::Response;

const JSON: &str = "application/json";
/// Media type of JSON Schema.
const SCHEMA_JSON: &str = "application/schema+json";
const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
const SCHEMA: &str = "http://www.opengis.net/def/rel/ogc/1.0/schema";
const OPENAPI30: &str = "application/vnd.oai.openapi+json;version=3.0";
const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";
const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

/// Classes that are held to.
const CONFORMANCE: [&str; 14] = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
];

/// Name of the collection of a kind.
pub fn collection_id(schema: &Schema, kind: Kind) -> &'static str {
    match kind {
        Kind::Territory(Level::Epci) => "epcis",
        Kind::Territory(_) | Kind::Point(_) => schema.plural(kind),
    }
}

/// The kind of a collection.
pub fn kind_of(schema: &Schema, collection: &str) -> Result<Kind, ApiError> {
    let kinds = schema.kinds();
    let named = |kind: &&Kind| collection_id(schema, **kind) == collection;
    kinds.iter().find(named).copied().ok_or_else(|| {
        let name: String = collection.chars().take(40).collect();
        let known = kinds.iter().map(|kind| collection_id(schema, *kind));
        let known = known.collect::<Vec<_>>().join(", ");
        ApiError::not_found(
            Message::new("error-unknown-collection")
                .with("name", name)
                .with("known", known),
        )
    })
}

/// Title and description.
fn title(schema: &Schema, kind: Kind) -> (String, String) {
    let (title, description) = match kind {
        Kind::Territory(Level::Commune) => (
            "Communes",
            "Contours des communes, leur label, ce qui s’y trouve.",
        ),
        Kind::Territory(Level::Epci) => {
            ("EPCI", "Contours des intercommunalités à fiscalité propre.")
        }
        Kind::Territory(Level::Departement) => (
            "Départements",
            "Contours des départements et collectivités d’outre-mer.",
        ),
        Kind::Territory(Level::Region) => ("Régions", "Contours des régions."),
        Kind::Point(name) => schema.layer(kind).map_or((name.as_str(), ""), |layer| {
            (layer.title.fr.as_str(), layer.description.fr.as_str())
        }),
    };
    (title.to_owned(), description.to_owned())
}

parameters! {
    /// OGC documents.
    pub Document = [Parameter::query("f", Takes::OneOf(&["json"]), "Format.")]
}
parameters! {
    /// A collection.
    pub CollectionName = [collection_parameter("colieux")]
}

/// The part of a path that names a collection.
pub fn collection_parameter(example: &'static str) -> Parameter {
    let schema = scope::schema();
    let kinds = schema.kinds().into_iter();
    let names = Takes::Declared(kinds.map(|kind| collection_id(&schema, kind)).collect());
    Parameter::path("collection", names, "Collection.").like(example)
}

/// `GET /ogc`: the landing page.
#[utoipa::path(
    get,
    path = "/ogc",
    tag = "OGC API",
    summary = "Page d’accueil",
    description = "",
    params(Document, Own),
    responses((status = 200, body = Landing), Refused),
    extensions(("x-example" = json!("/ogc")))
)]
pub async fn landing(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |snapshot, base| {
        landing_document(base, snapshot.schema())
    })
    .await
}

fn landing_document(base: &str, schema: &Schema) -> Landing {
    let layers = schema.layers().iter();
    let layers: Vec<&str> = layers.map(|layer| layer.plural.fr.as_str()).collect();
    let root = format!("{base}/ogc");
    let link = |rel, path: &str, media, title: &str| {
        Link::new(rel, format!("{root}{path}"), media).titled(title)
    };
    let links = written([
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
        link(
            "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
            "/tileMatrixSets",
            JSON,
            "Grilles de tuiles",
        ),
        license(base),
    ]);
    Landing {
        description: format!("Territoires français, {}.", layers.join(", ")),
        links,
        title: "Atlaas",
    }
}

/// `GET /ogc/conformance`.
#[utoipa::path(
    get,
    path = "/ogc/conformance",
    tag = "OGC API",
    summary = "Classes de conformité",
    description = "",
    params(Document, Own),
    responses((status = 200, body = Conformance), Refused),
    extensions(("x-example" = json!("/ogc/conformance")))
)]
pub async fn conformance(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |_, _| Conformance {
        conforms_to: CONFORMANCE,
    })
    .await
}

/// `GET /ogc/api`: the definition, OpenAPI 3.0.
#[utoipa::path(
    get,
    path = "/ogc/api",
    tag = "OGC API",
    summary = "Définition des adresses /ogc, OpenAPI 3.0",
    description = "",
    params(Document, Own),
    responses((status = 200, body = Definition, content_type = "application/vnd.oai.openapi+json;version=3.0"), Refused),
    extensions(("x-example" = json!("/ogc/api")))
)]
pub async fn definition(
    Extension(description): Extension<Description>,
    call: Call,
) -> Result<Response, ApiError> {
    answer(call, OPENAPI30, move |snapshot, base| {
        description.ogc(snapshot.schema(), base)
    })
    .await
}

/// `GET /ogc/collections`.
#[utoipa::path(
    get,
    path = "/ogc/collections",
    tag = "OGC API",
    summary = "Collections",
    description = "",
    params(Document, Own),
    responses((status = 200, body = Collections), Refused),
    extensions(("x-example" = json!("/ogc/collections")))
)]
pub async fn collections(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |snapshot, base| {
        let root = format!("{base}/ogc");
        let collections = snapshot
            .schema()
            .kinds()
            .into_iter()
            .map(|kind| describe(snapshot, kind, base))
            .collect();
        let links = written([
            Link::new("self", format!("{root}/collections"), JSON),
            Link::new("root", root, JSON),
            license(base),
        ]);
        Collections { collections, links }
    })
    .await
}

/// `GET /ogc/collections/{collection}`.
#[utoipa::path(
    get,
    path = "/ogc/collections/{collection}",
    tag = "OGC API",
    summary = "Une collection",
    description = "",
    params(CollectionName, Document, Own),
    responses((status = 200, body = OgcCollection), Missing),
    extensions(("x-example" = json!("/ogc/collections/colieux")))
)]
pub async fn collection(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    let kind = kind_of(call.snapshot.schema(), &name)?;
    answer(call, JSON, move |snapshot, base| {
        describe(snapshot, kind, base)
    })
    .await
}

fn describe(snapshot: &Snapshot, kind: Kind, base: &str) -> OgcCollection {
    let id = collection_id(snapshot.schema(), kind);
    let address = format!("{base}/ogc/collections/{id}");
    let (title, description) = title(snapshot.schema(), kind);
    let links = written([
        Link::new("self", address.clone(), JSON),
        Link::new("items", format!("{address}/items"), "application/geo+json")
            .titled(title.clone()),
        Link::new(QUERYABLES, format!("{address}/queryables"), SCHEMA_JSON),
        Link::new(SCHEMA, format!("{address}/schema"), SCHEMA_JSON),
        license(base),
    ]);
    OgcCollection {
        crs: [CRS84, WEB_MERCATOR_CRS],
        description,
        extent: extent(snapshot, kind),
        id,
        item_type: "feature",
        storage_crs: CRS84,
        links,
        title,
    }
}

/// The box around the features of a collection and the days between which they changed.
fn extent(snapshot: &Snapshot, kind: Kind) -> Extent {
    let catalogue = snapshot.catalogue();
    let docs = catalogue.docs_of(kind);
    let fiches = &catalogue.fiches()[docs.start as usize..docs.end as usize];
    let outline = |fiche: &Fiche| {
        fiche
            .code
            .and_then(|code| snapshot.territories().bbox(kind.level()?, code))
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
    let corners = |b: Bbox| [b.west, b.south, b.east, b.north].map(Degrees);
    let days = || fiches.iter().filter_map(|fiche| fiche.updated);
    let changed = days().min().zip(days().max());
    Extent {
        spatial: spatial.map(|b| Spatial {
            bbox: [corners(b)],
            crs: CRS84,
        }),
        temporal: changed.map(|(first, last)| Temporal {
            interval: [[format!("{first}T00:00:00Z"), format!("{last}T23:59:59Z")]],
            trs: GREGORIAN,
        }),
    }
}

/// `GET /ogc/tiles`: the tilesets.
#[utoipa::path(
    get,
    path = "/ogc/tiles",
    tag = "OGC API",
    summary = "Jeux de tuiles",
    description = "",
    params(Document, Own),
    responses((status = 200, body = Tilesets), Refused),
    extensions(("x-example" = json!("/ogc/tiles")))
)]
pub async fn tilesets(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |snapshot, base| {
        let tilesets = snapshot
            .tilesets()
            .map(|tileset| tileset_document(tileset, base))
            .collect();
        let links = written([Link::new("self", format!("{base}/ogc/tiles"), JSON)]);
        Tilesets { links, tilesets }
    })
    .await
}

/// `GET /ogc/tiles/{tileset}`: one tileset, with the template of its tiles' addresses.
#[utoipa::path(
    get,
    path = "/ogc/tiles/{tileset}",
    tag = "OGC API",
    summary = "Un jeu de tuiles",
    description = "",
    params(TilesetName, Document, Own),
    responses((status = 200, body = TilesetDocument), Missing),
    extensions(("x-example" = json!("/ogc/tiles/atlaas")))
)]
pub async fn tileset(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    let tileset = crate::call::tilesets::parse_tileset(&name, call.snapshot.schema())?;
    answer(call, JSON, move |_, base| tileset_document(tileset, base)).await
}

fn tileset_document(tileset: Tileset, base: &str) -> TilesetDocument {
    let limits = |zoom: u8| {
        let last = (1_u32 << zoom) - 1;
        TileLimits {
            max_tile_col: last,
            max_tile_row: last,
            min_tile_col: 0,
            min_tile_row: 0,
            tile_matrix: zoom.to_string(),
        }
    };
    let link = |rel, href| DocumentLink {
        href,
        rel,
        templated: None,
        title: None,
        media: JSON,
    };
    let tiles = format!("{base}/tiles/{tileset}/{{tileMatrix}}/{{tileCol}}/{{tileRow}}.mvt");
    TilesetDocument {
        crs: WEB_MERCATOR_CRS,
        data_type: "vector",
        links: vec![
            link("self", format!("{base}/ogc/tiles/{tileset}")),
            DocumentLink {
                templated: Some(true),
                media: crate::wire::media::MVT,
                ..link("item", tiles)
            },
            DocumentLink {
                title: Some("TileJSON".into()),
                ..link("describedby", format!("{base}/tiles/{tileset}.json"))
            },
            link(TILING_SCHEME, format!("{base}/ogc/tileMatrixSets/{NAME}")),
        ],
        tile_matrix_set_limits: (0..=tileset.max_zoom()).map(limits).collect(),
        tile_matrix_set_uri: WEB_MERCATOR,
        title: tileset.as_str(),
    }
}
