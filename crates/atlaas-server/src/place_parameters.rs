//! The parameters of geocoding, territories, OGC collections and pictures.

use crate::operation_parameters::{
    FLAG, Kind, LATITUDE, LONGITUDE, Parameter, TYPES, needed, path, query,
};

const GEOCODED: Kind = Kind::OneOf(&["municipality", "locality", "street", "housenumber"]);
/// Forward geocoding.
pub const GEOCODE: &[Parameter] = &[
    needed(
        "q",
        Kind::Text,
        "Nom de commune, code postal, code INSEE.",
        "martigues",
    ),
    query(
        "limit",
        Kind::Integer(1, 50),
        "Au plus tant (5 sans ce paramètre).",
        "3",
    ),
    query("autocomplete", FLAG, "0 : le texte est complet.", ""),
    query("type", GEOCODED, "Seules les communes sont connues.", ""),
    query("postcode", Kind::Text, "Seulement ce code postal.", ""),
    query("citycode", Kind::Text, "Seulement ce code INSEE.", ""),
];
/// Reverse geocoding.
pub const REVERSE: &[Parameter] = &[
    needed("lon", LONGITUDE, "Longitude.", "5.05"),
    needed("lat", LATITUDE, "Latitude.", "43.4"),
    query(
        "limit",
        Kind::Integer(1, 50),
        "Sans effet : une position a une commune.",
        "",
    ),
    query("type", GEOCODED, "Seules les communes sont connues.", ""),
];
/// Lists of territories.
pub const TERRITORIES: &[Parameter] = &[
    query("nom", Kind::Text, "Nom, même mal tapé.", "martig"),
    query("codePostal", Kind::Text, "Code postal.", "13500"),
    query(
        "lon",
        LONGITUDE,
        "Longitude, avec lat : la commune qui est là.",
        "",
    ),
    query("lat", LATITUDE, "Latitude, avec lon.", ""),
    query(
        "codeDepartement",
        Kind::Text,
        "Numéro de département.",
        "13",
    ),
    query("codeRegion", Kind::Text, "Code de région.", "93"),
    query("codeEpci", Kind::Text, "SIREN d’EPCI.", ""),
    query("siren", Kind::Text, "SIREN de la commune.", ""),
    query(
        "zone",
        Kind::Several(&["metro", "drom", "com"]),
        "Métropole, départements, collectivités d’outre-mer.",
        "",
    ),
    query(
        "boost",
        Kind::OneOf(&["population"]),
        "Les plus peuplés d’abord.",
        "population",
    ),
    query("limit", Kind::Integer(0, 100_000), "Au plus tant.", "5"),
];
/// What of a territory is shown.
pub const SHAPE: &[Parameter] = &[
    query(
        "fields",
        Kind::Texts,
        "Champs : nom, code, codesPostaux, siren, codeEpci, epci, codeDepartement, departement, codeRegion, region, population, centre, contour, bbox, zone, arobases, initiatives, colieux.",
        "nom,code,population",
    ),
    query(
        "format",
        Kind::OneOf(&["json", "geojson"]),
        "JSON ou GeoJSON.",
        "geojson",
    ),
    query(
        "geometry",
        Kind::OneOf(&["centre", "contour", "bbox", "mairie"]),
        "Géométrie du GeoJSON.",
        "centre",
    ),
];
/// A commune.
pub const COMMUNE: &[Parameter] = &[path("code", Kind::Text, "Code INSEE.", "13056")];
/// An EPCI.
pub const EPCI: &[Parameter] = &[path("code", Kind::Text, "SIREN.", "200054807")];
/// A département.
pub const DEPARTEMENT: &[Parameter] = &[path("code", Kind::Text, "Numéro.", "13")];
/// A région.
pub const REGION: &[Parameter] = &[path("code", Kind::Text, "Code.", "93")];
/// OGC documents.
pub const OGC: &[Parameter] = &[query("f", Kind::OneOf(&["json"]), "Format.", "")];
const COLLECTIONS: &[&str] = &[
    "communes",
    "epcis",
    "departements",
    "regions",
    "colieux",
    "initiatives",
];
/// A collection.
pub const COLLECTION: &[Parameter] = &[path(
    "collection",
    Kind::OneOf(COLLECTIONS),
    "Collection.",
    "colieux",
)];
/// The collection of an item.
pub const ITS_COLLECTION: &[Parameter] = &[path(
    "collection",
    Kind::OneOf(COLLECTIONS),
    "Collection.",
    "communes",
)];
/// Items of a collection.
pub const ITEMS: &[Parameter] = &[
    query(
        "bbox",
        Kind::Text,
        "Cadre ouest,sud,est,nord.",
        "4.9,43.3,5.6,43.6",
    ),
    query(
        "datetime",
        Kind::Text,
        "Jour ou intervalle du dernier changement.",
        "2024-01-01/..",
    ),
    query(
        "limit",
        Kind::Integer(1, u32::MAX as i64),
        "Objets par page (10 sans ce paramètre).",
        "5",
    ),
    query(
        "offset",
        Kind::Integer(0, u32::MAX as i64),
        "Objets à passer.",
        "",
    ),
    query("q", Kind::Text, "Mots.", ""),
    query("commune", Kind::Texts, "Codes INSEE.", ""),
    query("departement", Kind::Texts, "Numéros de département.", "13"),
    query("region", Kind::Texts, "Codes de région.", ""),
    query("epci", Kind::Texts, "SIREN d’EPCI.", ""),
    query("enjeu", Kind::Texts, "Enjeux.", ""),
    query("categorie", Kind::Texts, "Familles d’enjeux.", ""),
    query("services", Kind::Texts, "Services proposés.", ""),
    query("publics", Kind::Texts, "Publics accueillis.", ""),
    query("typologie", Kind::Texts, "Types de lieux.", ""),
    query("mention", Kind::Texts, "Mentions du label.", ""),
    query("annee", Kind::Texts, "Années.", ""),
    query("arobases", Kind::Texts, "Niveaux du label.", ""),
];
/// What a picture or an embedded page shows: any search; the most usual parameters.
pub const SHOWN: &[Parameter] = &[
    query(
        "q",
        Kind::Text,
        "Ce qu’on cherche ; tous les paramètres de la recherche valent aussi.",
        "",
    ),
    query(
        "type",
        Kind::Several(TYPES),
        "Types de fiches.",
        "initiative",
    ),
    query(
        "departement",
        Kind::Texts,
        "Numéros ou noms de départements.",
        "13",
    ),
    query("enjeu", Kind::Texts, "Enjeux.", "education"),
    query("lang", Kind::OneOf(&["fr", "en"]), "Langue.", ""),
];
