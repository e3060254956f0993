//! The parameters of the operations, in groups that several of them share.

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number between bounds.
    Integer(i64, i64),
    /// A number between bounds.
    Number(f64, f64),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Several of these, separated by commas.
    Several(&'static [&'static str]),
    /// Several texts, separated by commas.
    Texts,
    /// Name of a snapshot.
    Version,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Name.
    pub name: &'static str,
    /// What it does, in French.
    pub about: &'static str,
    /// What its value looks like.
    pub kind: Kind,
    /// A value that works; empty for none.
    pub example: &'static str,
    /// Part of the path rather than of the query.
    pub in_path: bool,
    /// Must be given.
    pub required: bool,
    /// What decides beside the form of the value; empty when nothing does.
    pub condition: &'static str,
}

impl Parameter {
    /// The same, accepted or refused by more than its form.
    pub const fn when(mut self, condition: &'static str) -> Self {
        self.condition = condition;
        self
    }
}

/// Names and codes are looked up in the snapshot.
const KNOWN_PLACE: &str = "Refusé quand l’instantané ne connaît pas ce lieu.";
/// Values of facets are those of the snapshot.
const KNOWN_TERM: &str = "Seulement les valeurs de la facette, que toute réponse énumère.";
const WITH_LAT: &str = "Avec lat.";
const WITH_LON: &str = "Avec lon.";
const AROUND: &str = "Avec un territoire, et un seul.";
const NEAR: &str = "Avec un lieu : pres_de, lon et lat, ou un lieu dans q.";

/// A parameter that may be left out.
pub const fn query(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    example: &'static str,
) -> Parameter {
    Parameter {
        name,
        about,
        kind,
        example,
        in_path: false,
        required: false,
        condition: "",
    }
}

/// A parameter of the query that must be given.
pub const fn needed(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    example: &'static str,
) -> Parameter {
    Parameter {
        required: true,
        ..query(name, kind, about, example)
    }
}

/// A part of the path.
pub const fn path(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    example: &'static str,
) -> Parameter {
    Parameter {
        in_path: true,
        ..needed(name, kind, about, example)
    }
}

/// Kinds of fiches.
pub const TYPES: &[&str] = &[
    "commune",
    "epci",
    "departement",
    "region",
    "colieu",
    "initiative",
];
/// Yes or no.
pub const FLAG: Kind = Kind::OneOf(&["0", "1", "true", "false", "oui", "non"]);
/// Degrees east.
pub const LONGITUDE: Kind = Kind::Number(-180.0, 180.0);
/// Degrees north.
pub const LATITUDE: Kind = Kind::Number(-90.0, 90.0);

/// Where the asker is: east.
pub const LON: Parameter = query(
    "lon",
    LONGITUDE,
    "Longitude de qui cherche, avec lat : départage les homonymes.",
    "5.05",
)
.when(WITH_LAT);
/// Where the asker is: north.
pub const LAT: Parameter = query(
    "lat",
    LATITUDE,
    "Latitude de qui cherche, avec lon.",
    "43.4",
)
.when(WITH_LON);
/// Words.
pub const Q: Parameter = query(
    "q",
    Kind::Text,
    "Ce qu’on cherche, comme on le dirait : mots, lieu, rayon, enjeu, année.",
    "fablab près de nantes",
)
.when("Des lettres ou des chiffres, 40 mots au plus.");
/// Kinds of fiches.
pub const TYPE: Parameter = query(
    "type",
    Kind::Several(TYPES),
    "Types de fiches.",
    "initiative",
);
/// Box.
pub const BBOX: Parameter = query(
    "bbox",
    Kind::Text,
    "Cadre ouest,sud,est,nord, en degrés.",
    "4.9,43.3,5.6,43.6",
)
.when("Quatre nombres, le sud sous le nord.");
/// Communes.
pub const COMMUNES: Parameter = query(
    "commune",
    Kind::Texts,
    "Codes INSEE ou noms de communes.",
    "13056",
)
.when(KNOWN_PLACE);
/// EPCI.
pub const EPCIS: Parameter =
    query("epci", Kind::Texts, "SIREN ou noms d’EPCI.", "200054807").when(KNOWN_PLACE);
/// Départements.
pub const DEPARTEMENTS: Parameter = query(
    "departement",
    Kind::Texts,
    "Numéros ou noms de départements.",
    "13",
)
.when(KNOWN_PLACE);
/// Régions.
pub const REGIONS: Parameter =
    query("region", Kind::Texts, "Codes ou noms de régions.", "93").when(KNOWN_PLACE);
/// What initiatives are about.
pub const ENJEU: Parameter = query("enjeu", Kind::Texts, "Enjeux.", "education").when(KNOWN_TERM);
/// Families of enjeux.
pub const CATEGORIE: Parameter =
    query("categorie", Kind::Texts, "Familles d’enjeux.", "").when(KNOWN_TERM);
/// Services of colieux.
pub const SERVICES: Parameter =
    query("services", Kind::Texts, "Services proposés.", "").when(KNOWN_TERM);
/// Who is welcome.
pub const PUBLICS: Parameter =
    query("publics", Kind::Texts, "Publics accueillis.", "").when(KNOWN_TERM);
/// Types of colieux.
pub const TYPOLOGIE: Parameter =
    query("typologie", Kind::Texts, "Types de lieux.", "").when(KNOWN_TERM);
/// Mentions of the label.
pub const MENTION: Parameter =
    query("mention", Kind::Texts, "Mentions du label.", "").when(KNOWN_TERM);
/// Years.
pub const ANNEE: Parameter = query(
    "annee",
    Kind::Texts,
    "Années ou intervalles : 2015, 2015-2018, 2015-.",
    "2015-2018",
)
.when("De 1900 à 2100, le début avant la fin.");
/// Levels of the label.
pub const AROBASES: Parameter = query(
    "arobases",
    Kind::Texts,
    "Niveaux du label de la commune, de 1 à 5.",
    "4,5",
)
.when("De 1 à 5, seuls ou par intervalles : 3, 2-4, 4-.");

/// What is searched: the one query.
pub const SEARCH: &[Parameter] = &[
    Q,
    query(
        "q_brut",
        FLAG,
        "1 : ne rien comprendre dans q, n’y voir que des mots.",
        "",
    ),
    TYPE,
    query(
        "pres_de",
        Kind::Text,
        "Autour de ce lieu : nom, code, code postal, ou « lon,lat ».",
        "Martigues",
    )
    .when(KNOWN_PLACE),
    LON,
    LAT,
    query(
        "rayon",
        Kind::Number(0.001, 500.0),
        "Rayon en kilomètres autour du lieu.",
        "20",
    )
    .when(NEAR),
    COMMUNES,
    EPCIS,
    DEPARTEMENTS,
    REGIONS,
    query(
        "autour",
        Kind::Number(0.0, 500.0),
        "Et tant de kilomètres autour des limites du territoire.",
        "10",
    )
    .when(AROUND),
    BBOX,
    query(
        "polygone",
        Kind::Text,
        "Polygone en GeoJSON ou WKT, 1 000 sommets au plus.",
        "",
    )
    .when("Un polygone, fermé."),
    ENJEU,
    CATEGORIE,
    SERVICES,
    PUBLICS,
    TYPOLOGIE,
    MENTION,
    ANNEE,
    AROBASES,
    query(
        "v",
        Kind::Version,
        "Instantané attendu : la réponse peut alors être gardée sans fin.",
        "",
    ),
    query("lang", Kind::OneOf(&["fr", "en"]), "Langue des pages.", ""),
];

const SORTS: &[&str] = &["pertinence", "distance", "-date", "nom", "-population"];
const SORTED: &str = "« distance » avec un lieu.";
const FACETS: &[&str] = &[
    "type",
    "enjeu",
    "categorie",
    "services",
    "publics",
    "annee",
    "arobases",
    "region",
    "departement",
    "epci",
    "typologie",
    "mention",
];

/// Pages of a result.
pub const PAGE: &[Parameter] = &[
    query(
        "limit",
        Kind::Integer(0, 1000),
        "Fiches par page (20 sans ce paramètre).",
        "5",
    ),
    query("offset", Kind::Integer(0, 100_000), "Fiches à passer.", ""),
    query("apres", Kind::Text, "Curseur du lien « next ».", "")
        .when("Un curseur donné par une réponse à la même requête."),
    query("tri", Kind::OneOf(SORTS), "Ordre.", "pertinence").when(SORTED),
    query(
        "facettes",
        Kind::Several(FACETS),
        "Facettes à compter (toutes sans ce paramètre).",
        "enjeu,annee",
    ),
    query(
        "explication",
        FLAG,
        "1 : les parts du score de chaque fiche.",
        "",
    ),
];
/// Order and length of an export.
pub const ORDER: &[Parameter] = &[
    query(
        "limit",
        Kind::Integer(0, 1000),
        "Au plus tant de fiches (toutes sans ce paramètre).",
        "10",
    ),
    query("offset", Kind::Integer(0, 100_000), "Fiches à passer.", ""),
    query("tri", Kind::OneOf(SORTS), "Ordre.", "nom").when(SORTED),
];
/// Form of a list.
pub const LIST_FORM: &[Parameter] = &[
    query(
        "f",
        Kind::OneOf(&[
            "geojson",
            "html",
            "csv",
            "xlsx",
            "atom",
            "geojsonseq",
            "ndjson",
        ]),
        "Format.",
        "geojson",
    ),
    query(
        "dialecte",
        Kind::OneOf(&["standard", "excel-fr"]),
        "Dialecte du CSV.",
        "",
    ),
];
/// Form of a CSV.
pub const CSV: &[Parameter] = &[query(
    "dialecte",
    Kind::OneOf(&["standard", "excel-fr"]),
    "excel-fr : point-virgule, virgule décimale, lisible d’un double clic ; sans formule active.",
    "excel-fr",
)];
/// Id of a fiche.
pub const FICHE_ID: &[Parameter] = &[path(
    "id",
    Kind::Text,
    "Identifiant de fiche.",
    "commune-13056",
)];
/// Parameters that every answer takes.
pub const OWN: &[Parameter] = &[
    query("f", Kind::OneOf(&["geojson"]), "Format.", ""),
    query("v", Kind::Version, "Instantané attendu.", ""),
];
/// How many.
pub const FEW: &[Parameter] = &[query(
    "limit",
    Kind::Integer(1, 50),
    "Au plus tant (6 sans ce paramètre).",
    "5",
)];
/// A text being typed.
pub const TYPED: &[Parameter] = &[
    query("q", Kind::Text, "Ce qui est tapé jusqu’ici.", "talen"),
    query(
        "limit",
        Kind::Integer(1, 20),
        "Au plus tant par groupe (6 sans ce paramètre).",
        "",
    ),
];
/// Where the asker is.
pub const ASKER: &[Parameter] = &[LON, LAT];
/// A cluster.
pub const CLUSTER: &[Parameter] = &[
    path(
        "tileset",
        Kind::OneOf(&["initiatives", "colieux"]),
        "Jeu de tuiles.",
        "initiatives",
    ),
    path(
        "cluster_id",
        Kind::Integer(0, i64::MAX),
        "Propriété cluster_id d’une grappe.",
        "",
    ),
];
const TILESETS: &[&str] = &["territoires", "initiatives", "colieux", "atlaas"];
/// A tileset.
pub const TILESET: &[Parameter] = &[path(
    "tileset",
    Kind::OneOf(TILESETS),
    "Jeu de tuiles.",
    "atlaas",
)];
/// A map style.
pub const STYLE: &[Parameter] = &[
    path(
        "style",
        Kind::OneOf(&["clair.json", "sombre.json", "contraste.json"]),
        "Nom du style.",
        "clair.json",
    ),
    query(
        "fond",
        Kind::OneOf(&["arobases", "initiatives", "epci", "aucun"]),
        "Ce qui colore le fond.",
        "initiatives",
    ),
];
/// A tile.
pub const TILE: &[Parameter] = &[
    path(
        "tileset",
        Kind::OneOf(TILESETS),
        "Jeu de tuiles.",
        "initiatives",
    ),
    path("z", Kind::Integer(0, 14), "Zoom.", "6"),
    path(
        "x",
        Kind::Integer(0, 16_383),
        "Colonne, depuis l’ouest.",
        "32",
    ),
    path(
        "y",
        Kind::Integer(0, 16_383),
        "Ligne, depuis le nord.",
        "22",
    ),
];
