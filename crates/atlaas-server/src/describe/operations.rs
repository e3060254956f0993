//! The public surface as a table: every operation with its parameters, answers and an example that
//! runs. The OpenAPI documents, the documentation page and tests are made of it.

pub use crate::describe::operation_parameters::{Kind, Parameter};
use crate::describe::{operation_parameters as given, place_parameters as place};

/// One address, `GET` only.
pub struct Operation {
    /// Path template.
    pub path: &'static str,
    /// Group in the documentation.
    pub tag: &'static str,
    /// What it gives, in a few words.
    pub summary: &'static str,
    /// More, where needed.
    pub detail: &'static str,
    /// Parameters, those of the path first.
    pub parameters: &'static [&'static [Parameter]],
    /// Media types of the answer, the default first.
    pub media: &'static [&'static str],
    /// Statuses beside 200 that are part of its contract.
    pub others: &'static [u16],
    /// An address that answers 200 on the demonstration data.
    pub example: &'static str,
}

const GEOJSON: &str = "application/geo+json";
const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const PNG: &str = "image/png";
const LISTS: &[&str] = &[
    GEOJSON,
    "text/csv; charset=utf-8; header=present",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/atom+xml; charset=utf-8",
    "application/geo+json-seq",
    "application/x-ndjson",
];
const EITHER: &[&str] = &[JSON, GEOJSON];
const CSV: &[&str] = &[LISTS[1]];
const XLSX: &[&str] = &[LISTS[2]];
const ATOM: &[&str] = &[LISTS[3]];
const SEQUENCE: &[&str] = &[LISTS[4]];
const LINES: &[&str] = &[LISTS[5]];
const MVT: &[&str] = &[crate::wire::media::MVT];
/// Bad parameters, unacceptable answers to searches.
const SEARCHED: &[u16] = &[400, 503];
const FOUND: &[u16] = &[400, 404, 503];

const fn operation(
    path: &'static str,
    tag: &'static str,
    summary: &'static str,
    example: &'static str,
) -> Operation {
    let others = SEARCHED;
    Operation {
        path,
        tag,
        summary,
        detail: "",
        parameters: &[],
        media: &[JSON],
        others,
        example,
    }
}

impl Operation {
    const fn with(mut self, parameters: &'static [&'static [Parameter]]) -> Self {
        self.parameters = parameters;
        self
    }

    const fn giving(mut self, media: &'static [&'static str]) -> Self {
        self.media = media;
        self
    }

    const fn or(mut self, others: &'static [u16]) -> Self {
        self.others = others;
        self
    }

    const fn saying(mut self, detail: &'static str) -> Self {
        self.detail = detail;
        self
    }

    /// All parameters.
    pub fn all_parameters(&self) -> impl Iterator<Item = &'static Parameter> {
        self.parameters.iter().flat_map(|group| group.iter())
    }

    /// Name for programs: `communes_code`.
    pub fn id(&self) -> String {
        let words = self
            .path
            .split(|character: char| !character.is_ascii_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("_")
    }
}

/// Every operation, in the order of the documentation.
pub static OPERATIONS: &[Operation] = &[
    operation("/api/v1/fiches", "Recherche", "Fiches qui répondent à une requête", "/api/v1/fiches?q=m%C3%A9diation%20num%C3%A9rique%20dans%20le%20cantal&limit=5")
        .with(&[given::SEARCH, given::PAGE, given::LIST_FORM])
        .giving(LISTS)
        .or(&[400, 406, 303, 503])
        .saying("Une seule requête, toutes les formes : ajouter .csv, .xlsx, .atom, .geojsonseq ou .ndjson à l’adresse, ou f=, ou l’en-tête Accept. Sans limit, les exports donnent tout le résultat."),
    operation("/api/v1/fiches.csv", "Recherche", "Tout le résultat en CSV", "/api/v1/fiches.csv?type=initiative&departement=13")
        .with(&[given::SEARCH, given::ORDER, given::CSV])
        .giving(CSV),
    operation("/api/v1/fiches.xlsx", "Recherche", "Tout le résultat en classeur", "/api/v1/fiches.xlsx?type=colieu&departement=15")
        .with(&[given::SEARCH, given::ORDER])
        .giving(XLSX),
    operation("/api/v1/fiches.atom", "Recherche", "Le flux des fiches les plus récentes", "/api/v1/fiches.atom?type=initiative&enjeu=education")
        .with(&[given::SEARCH, given::ORDER])
        .giving(ATOM),
    operation("/api/v1/fiches.geojsonseq", "Recherche", "Tout le résultat, une fiche par enregistrement", "/api/v1/fiches.geojsonseq?type=region")
        .with(&[given::SEARCH, given::ORDER])
        .giving(SEQUENCE),
    operation("/api/v1/fiches.ndjson", "Recherche", "Tout le résultat, une fiche par ligne", "/api/v1/fiches.ndjson?type=region")
        .with(&[given::SEARCH, given::ORDER])
        .giving(LINES),
    operation("/api/v1/fiches/{id}", "Recherche", "Une fiche", "/api/v1/fiches/commune-13056")
        .with(&[given::FICHE_ID, given::OWN])
        .giving(&[GEOJSON])
        .or(FOUND),
    operation("/api/v1/fiches/{id}/semblables", "Recherche", "Fiches qui lui ressemblent", "/api/v1/fiches/commune-13056/semblables")
        .with(&[given::FICHE_ID, given::FEW])
        .giving(&[GEOJSON])
        .or(FOUND),
    operation("/api/v1/suggestions", "Recherche", "Suggestions pendant la frappe", "/api/v1/suggestions?q=talen")
        .with(&[given::TYPED, given::ASKER]),
    operation("/api/v1/grappes/{tileset}/{cluster_id}", "Tuiles", "Ce que contient une grappe d’une tuile", "")
        .with(&[given::CLUSTER, given::SEARCH, given::PAGE])
        .giving(&[GEOJSON])
        .or(FOUND)
        .saying("Avec les mêmes paramètres que la tuile d’où vient cluster_id."),
    operation("/tiles/{tileset}.json", "Tuiles", "TileJSON d’un jeu de tuiles", "/tiles/atlaas.json")
        .with(&[given::TILESET, given::SEARCH])
        .or(FOUND),
    operation("/tiles/{tileset}/{z}/{x}/{y}.mvt", "Tuiles", "Tuile vectorielle, filtrée par toute requête", "/tiles/initiatives/6/32/22.mvt?enjeu=education")
        .with(&[given::TILE, given::SEARCH])
        .giving(MVT)
        .or(&[204, 400, 404, 503]),
    operation("/styles", "Tuiles", "Styles de carte et fonds", "/styles").or(&[]),
    operation("/styles/{style}", "Tuiles", "Style MapLibre ; une requête en filtre les points", "/styles/clair.json?fond=initiatives")
        .with(&[given::STYLE, given::SEARCH])
        .or(FOUND),
    operation("/search/", "Géocodage", "Communes que désigne un texte (GeocodeJSON)", "/search/?q=martigues&limit=3")
        .with(&[place::GEOCODE, given::ASKER]),
    operation("/reverse/", "Géocodage", "Commune d’une position (GeocodeJSON)", "/reverse/?lon=5.05&lat=43.4")
        .with(&[place::REVERSE]),
    operation("/communes", "Découpage", "Communes, comme geo.api.gouv.fr", "/communes?codePostal=13500&fields=nom,code,centre")
        .with(&[place::TERRITORIES, place::SHAPE])
        .giving(EITHER),
    operation("/communes/{code}", "Découpage", "Une commune", "/communes/13056").with(&[place::COMMUNE, place::SHAPE])
        .giving(EITHER).or(FOUND),
    operation("/epcis", "Découpage", "EPCI", "/epcis?nom=aix&limit=3").with(&[place::TERRITORIES, place::SHAPE])
        .giving(EITHER),
    operation("/epcis/{code}", "Découpage", "Un EPCI", "/epcis/200054807").with(&[place::EPCI, place::SHAPE])
        .giving(EITHER).or(FOUND),
    operation("/epcis/{code}/communes", "Découpage", "Ses communes", "/epcis/200054807/communes?fields=nom,code")
        .with(&[place::EPCI, place::TERRITORIES, place::SHAPE])
        .giving(EITHER)
        .or(FOUND),
    operation("/departements", "Découpage", "Départements", "/departements?codeRegion=93").with(&[place::TERRITORIES, place::SHAPE])
        .giving(EITHER),
    operation("/departements/{code}", "Découpage", "Un département", "/departements/13").with(&[place::DEPARTEMENT, place::SHAPE])
        .giving(EITHER).or(FOUND),
    operation("/departements/{code}/communes", "Découpage", "Ses communes", "/departements/13/communes?fields=nom,code")
        .with(&[place::DEPARTEMENT, place::TERRITORIES, place::SHAPE])
        .giving(EITHER)
        .or(FOUND),
    operation("/regions", "Découpage", "Régions", "/regions").with(&[place::TERRITORIES, place::SHAPE])
        .giving(EITHER),
    operation("/regions/{code}", "Découpage", "Une région", "/regions/93").with(&[place::REGION, place::SHAPE])
        .giving(EITHER).or(FOUND),
    operation("/regions/{code}/departements", "Découpage", "Ses départements", "/regions/93/departements")
        .with(&[place::REGION, place::TERRITORIES, place::SHAPE])
        .giving(EITHER)
        .or(FOUND),
    operation("/ogc", "OGC API", "Page d’accueil", "/ogc").with(&[place::OGC]),
    operation("/ogc/conformance", "OGC API", "Classes de conformité", "/ogc/conformance").with(&[place::OGC]),
    operation("/ogc/collections", "OGC API", "Collections", "/ogc/collections").with(&[place::OGC]),
    operation("/ogc/collections/{collection}", "OGC API", "Une collection", "/ogc/collections/colieux").with(&[place::COLLECTION, place::OGC]).or(FOUND),
    operation("/ogc/collections/{collection}/items", "OGC API", "Ses objets, par pages", "/ogc/collections/colieux/items?bbox=4.9,43.3,5.6,43.6")
        .with(&[place::COLLECTION, place::ITEMS])
        .giving(&[GEOJSON])
        .or(FOUND),
    operation("/ogc/collections/{collection}/items/{id}", "OGC API", "Un objet", "/ogc/collections/communes/items/commune-13056")
        .with(&[place::ITS_COLLECTION, given::FICHE_ID, place::OGC])
        .giving(&[GEOJSON])
        .or(FOUND),
    operation("/ogc/tiles", "OGC API", "Jeux de tuiles", "/ogc/tiles").with(&[place::OGC]),
    operation("/ogc/tiles/{tileset}", "OGC API", "Un jeu de tuiles", "/ogc/tiles/atlaas").with(&[given::TILESET, place::OGC]).or(FOUND),
    operation("/carte.png", "Images et pages", "Carte dessinée d’une requête", "/carte.png?enjeu=education")
        .with(&[place::SHOWN])
        .giving(&[PNG]),
    operation("/embed", "Images et pages", "Page à intégrer par iframe", "/embed?departement=13").with(&[place::SHOWN]).giving(&[HTML]),
    operation("/health/livez", "État", "Le service vit", "/health/livez").or(&[]),
    operation("/health/readyz", "État", "Le service est prêt : instantané et nombres de fiches", "/health/readyz").or(&[]),
];
