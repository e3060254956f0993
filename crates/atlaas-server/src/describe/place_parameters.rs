//! The parameters of geocoding, territories, OGC collections and pictures.

use crate::describe::operation_parameters::{
    ANNEE, AROBASES, BBOX, CATEGORIE, COMMUNES, DEPARTEMENTS, ENJEU, EPCIS, FLAG, Kind, LATITUDE,
    LONGITUDE, MENTION, PUBLICS, Parameter, Q, REGIONS, SERVICES, TYPE, TYPOLOGIE, needed, path,
    query,
};
use crate::national::geo_shape::FIELDS;

const GEOCODED: Kind = Kind::OneOf(&["municipality", "locality", "street", "housenumber"]);
/// Forward geocoding.
pub const GEOCODE: &[Parameter] = &[
    needed(
        "q",
        Kind::Text,
        "Nom de commune, code postal, code INSEE.",
        "martigues",
    )
    .when("De 1 à 200 caractères."),
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
    query("code", Kind::Text, "Code.", ""),
    query("codePostal", Kind::Text, "Code postal.", "13500"),
    query(
        "lon",
        LONGITUDE,
        "Longitude, avec lat : la commune qui est là.",
        "",
    )
    .when("Avec lat."),
    query("lat", LATITUDE, "Latitude, avec lon.", "").when("Avec lon."),
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
    query(
        "type",
        Kind::Several(&["commune-actuelle", "arrondissement-municipal"]),
        "Types de communes ; les arrondissements ne sont pas connus.",
        "",
    ),
    query(
        "limit",
        Kind::Integer(0, 100_000),
        "Au plus tant (tous sans ce paramètre, ou avec 0).",
        "5",
    ),
];
/// What of a territory is shown.
pub const SHAPE: &[Parameter] = &[
    query(
        "fields",
        Kind::Several(&FIELDS),
        "Champs, avec nom et code.",
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
    )
    .when("« contour » de communes : avec un filtre."),
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
    BBOX,
    query(
        "datetime",
        Kind::Text,
        "Jour ou intervalle du dernier changement.",
        "2024-01-01/..",
    )
    .when("Une date, un instant ou un intervalle, le début avant la fin."),
    query(
        "limit",
        Kind::Integer(1, u32::MAX as i64),
        "Objets par page (10 sans ce paramètre, 1 000 au plus).",
        "5",
    ),
    query(
        "offset",
        Kind::Integer(0, u32::MAX as i64),
        "Objets à passer.",
        "",
    ),
    Q,
    COMMUNES,
    DEPARTEMENTS,
    REGIONS,
    EPCIS,
    ENJEU,
    CATEGORIE,
    SERVICES,
    PUBLICS,
    TYPOLOGIE,
    MENTION,
    ANNEE,
    AROBASES,
];
/// What a picture or an embedded page shows: any search; the most usual parameters.
pub const SHOWN: &[Parameter] = &[
    Q,
    TYPE,
    DEPARTEMENTS,
    ENJEU,
    query("lang", Kind::OneOf(&["fr", "en"]), "Langue.", ""),
];
