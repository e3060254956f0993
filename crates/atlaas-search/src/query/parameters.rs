//! The one table of the parameters of a query: name, form, bounds, words, example, other spellings.
//!
//! Parsing, its mistakes and suggestions read names here; whoever describes the query (documents,
//! forms, a generator of links) reads the rest. A test holds each row against the parser.

use crate::query::limits::{
    DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET, MAX_RADIUS_KM, MIN_RADIUS_KM, YEARS,
};
use crate::query::parameter::{Form, Parameter, Words, how, which, words};

/// The row of a name.
pub(crate) fn named(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.name == name)
}

/// The row that has a name among its other spellings.
pub(crate) fn also_called(name: &str) -> Option<&'static Parameter> {
    PARAMETERS
        .iter()
        .find(|parameter| parameter.aliases.contains(&name))
}

/// Prefix of the parameters that search inside a facet's values.
pub const FACET_SEARCH_PREFIX: &str = "facette.";

const FLAG: Form = Form::Flag(&["1", "0", "oui", "non", "true", "false"]);
const KINDS: &[&str] = &[
    "commune",
    "epci",
    "departement",
    "region",
    "colieu",
    "initiative",
];
const COUNTED: &[&str] = &[
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
    "toutes",
    "aucune",
];
const SORTS: &[&str] = &["pertinence", "distance", "-date", "nom", "-population"];

/// What a text to be searched for must have.
const SOME_WORDS: Words = words(
    "Des lettres ou des chiffres, 40 mots au plus.",
    "Letters or digits, at most 40 words.",
);
/// Names and codes are looked up in the snapshot.
const KNOWN_PLACE: Words = words(
    "Refusé quand l’instantané ne connaît pas ce lieu.",
    "Refused when the snapshot does not know this place.",
);
/// Words that stand beside a selection.
const BESIDE: Words = words(
    "Une facette, deux points, des mots sans virgule ; sans effet quand la facette ne choisit rien.",
    "A facet, a colon, words without a comma; no effect when the facet selects nothing.",
);
/// Values of facets are those of the vocabulary.
const KNOWN_TERM: Words = words(
    "Seulement les valeurs de la facette, que toute réponse énumère.",
    "Only values of the facet, which every answer lists.",
);

/// A parameter that searches inside the values of a facet.
macro_rules! facet_search {
    ($facet:literal, $french:literal, $english:literal) => {
        how(
            concat!("facette.", $facet),
            Form::Text,
            words(
                concat!(
                    "N’énumérer de la facette « ",
                    $french,
                    " » que les valeurs dont le nom a ces mots."
                ),
                concat!(
                    "List only those values of the facet “",
                    $english,
                    "” whose name has these words."
                ),
            ),
        )
        .when(SOME_WORDS)
    };
}

/// Every parameter, in the order in which the documentation lists them.
pub const PARAMETERS: &[Parameter] = &[
    which(
        "q",
        Form::Text,
        words(
            "Ce qu’on cherche, comme on le dirait : mots, lieu, rayon, enjeu, année.",
            "What is looked for, as one would say it: words, place, radius, topic, year.",
        ),
    )
    .when(SOME_WORDS)
    .like("fablab près de nantes")
    .also(&["query", "search", "recherche", "texte"]),
    which(
        "q_brut",
        FLAG,
        words(
            "1 : ne rien comprendre dans q, n’y voir que des mots.",
            "1: understand nothing in q, take it as words only.",
        ),
    ),
    which(
        "strict",
        FLAG,
        words(
            "1 : les mots valent tels quels : ni autre lecture, ni mot laissé, ni lieu élargi.",
            "1: the words hold as they are: no other reading, no word let go, no wider place.",
        ),
    ),
    which(
        "ou_nom",
        Form::Texts,
        words(
            "« facette:mots » : avec ce que la facette choisit, les fiches dont le nom porte ces mots.",
            "“facet:words”: beside what the facet selects, the sheets whose name holds these words.",
        ),
    )
    .when(BESIDE)
    .like("categorie:médiathèque"),
    which(
        "ou_texte",
        Form::Texts,
        words(
            "« facette:mots » : avec ce que la facette choisit, les fiches où se trouvent ces mots.",
            "“facet:words”: beside what the facet selects, the sheets that hold these words.",
        ),
    )
    .when(BESIDE)
    .like("categorie:médiathèque"),
    which(
        "type",
        Form::Several(KINDS),
        words("Types de fiches.", "Kinds of sheets."),
    )
    .like("initiative"),
    which(
        "pres_de",
        Form::Text,
        words(
            "Autour de ce lieu : nom, code, code postal, ou « lon,lat ».",
            "Around this place: name, code, post code, or “lon,lat”.",
        ),
    )
    .when(KNOWN_PLACE)
    .like("Martigues")
    .also(&["near", "pres"]),
    which(
        "lat",
        Form::Number {
            least: -90.0,
            most: 90.0,
        },
        words(
            "Latitude de qui cherche, avec lon.",
            "Latitude of who searches, with lon.",
        ),
    )
    .when(words("Avec lon.", "With lon."))
    .like("43.4")
    .also(&["latitude", "y"]),
    which(
        "lon",
        Form::Number {
            least: -180.0,
            most: 180.0,
        },
        words(
            "Longitude de qui cherche, avec lat : départage les homonymes.",
            "Longitude of who searches, with lat: decides between places of one name.",
        ),
    )
    .when(words("Avec lat.", "With lat."))
    .like("5.05")
    .also(&["lng", "longitude", "long", "x"]),
    which(
        "rayon",
        Form::Number {
            least: MIN_RADIUS_KM,
            most: MAX_RADIUS_KM,
        },
        words(
            "Rayon en kilomètres autour du lieu.",
            "Radius in kilometres around the place.",
        ),
    )
    .when(words(
        "Avec un lieu : pres_de, lon et lat, ou un lieu dans q.",
        "With a place: pres_de, lon and lat, or a place in q.",
    ))
    .like("20")
    .also(&["radius", "distance"]),
    which(
        "commune",
        Form::Texts,
        words(
            "Codes INSEE ou noms de communes.",
            "INSEE codes or names of communes.",
        ),
    )
    .when(KNOWN_PLACE)
    .like("13056"),
    which(
        "epci",
        Form::Texts,
        words("SIREN ou noms d’EPCI.", "SIREN or names of EPCI."),
    )
    .when(KNOWN_PLACE)
    .like("200054807"),
    which(
        "departement",
        Form::Texts,
        words(
            "Numéros ou noms de départements.",
            "Numbers or names of départements.",
        ),
    )
    .when(KNOWN_PLACE)
    .like("13"),
    which(
        "region",
        Form::Texts,
        words("Codes ou noms de régions.", "Codes or names of régions."),
    )
    .when(KNOWN_PLACE)
    .like("93"),
    which(
        "autour",
        Form::Number {
            least: 0.0,
            most: MAX_RADIUS_KM,
        },
        words(
            "Et tant de kilomètres autour des limites du territoire.",
            "And so many kilometres around the boundary of the territory.",
        ),
    )
    .when(words(
        "Avec un territoire, et un seul.",
        "With a territory, and only one.",
    ))
    .like("10"),
    which(
        "bbox",
        Form::Text,
        words(
            "Cadre ouest,sud,est,nord, en degrés.",
            "Box west,south,east,north, in degrees.",
        ),
    )
    .when(words(
        "Quatre nombres, le sud sous le nord.",
        "Four numbers, the south below the north.",
    ))
    .like("4.9,43.3,5.6,43.6"),
    which(
        "polygone",
        Form::Text,
        words(
            "Polygone en GeoJSON ou WKT, 1 000 sommets au plus.",
            "Polygon in GeoJSON or WKT, at most 1,000 vertices.",
        ),
    )
    .when(words("Un polygone, fermé.", "A polygon, closed."))
    .like("POLYGON((-1.7 47.1,-1.4 47.1,-1.5 47.3,-1.7 47.1))")
    .also(&["polygon", "geometry"]),
    which("enjeu", Form::Texts, words("Enjeux.", "Topics."))
        .when(KNOWN_TERM)
        .like("education"),
    which(
        "categorie",
        Form::Texts,
        words("Familles d’enjeux.", "Families of topics."),
    )
    .when(KNOWN_TERM),
    which(
        "services",
        Form::Texts,
        words("Services proposés.", "Services offered."),
    )
    .when(KNOWN_TERM),
    which(
        "publics",
        Form::Texts,
        words("Publics accueillis.", "Who is welcome."),
    )
    .when(KNOWN_TERM),
    which(
        "typologie",
        Form::Texts,
        words("Types de lieux.", "Kinds of places."),
    )
    .when(KNOWN_TERM),
    which(
        "mention",
        Form::Texts,
        words("Mentions du label.", "Mentions of the label."),
    )
    .when(KNOWN_TERM),
    which(
        "annee",
        Form::Texts,
        words(
            "Années ou intervalles : 2015, 2015-2018, 2015-.",
            "Years or spans: 2015, 2015-2018, 2015-.",
        ),
    )
    .when(years())
    .like("2015-2018")
    .also(&["year", "millesime"]),
    which(
        "arobases",
        Form::Texts,
        words(
            "Niveaux du label de la commune, de 1 à 5.",
            "Levels of the label of the commune, from 1 to 5.",
        ),
    )
    .when(words(
        "De 1 à 5, seuls ou par intervalles : 3, 2-4, 4-.",
        "From 1 to 5, alone or as spans: 3, 2-4, 4-.",
    ))
    .like("4,5"),
    how(
        "facettes",
        Form::Several(COUNTED),
        words(
            "Facettes à compter : des noms, « toutes » (comme sans ce paramètre) ou « aucune ».",
            "Facets to count: names, “toutes” (all, as without this parameter) or “aucune” (none).",
        ),
    )
    .like("enjeu,annee"),
    how("tri", Form::OneOf(SORTS), words("Ordre.", "Order."))
        .when(words(
            "« distance » avec un lieu.",
            "“distance” with a place.",
        ))
        .like("pertinence")
        .also(&["sort", "order"]),
    how(
        "limit",
        Form::Integer {
            least: 0,
            most: MAX_LIMIT as i64,
        },
        words(
            "Fiches par page (20 sans ce paramètre).",
            "Sheets per page (20 without this parameter).",
        ),
    )
    .like("5")
    .also(&["per_page", "rows", "size", "limite"]),
    how(
        "offset",
        Form::Integer {
            least: 0,
            most: MAX_OFFSET as i64,
        },
        words("Fiches à passer.", "Sheets to skip."),
    )
    .also(&["page", "start", "debut"]),
    how(
        "apres",
        Form::Text,
        words("Curseur du lien « next ».", "Cursor of the “next” link."),
    )
    .when(words(
        "Un curseur donné par une réponse à la même requête.",
        "A cursor that an answer to the same query gave.",
    ))
    .also(&["after", "cursor"]),
    how(
        "explication",
        FLAG,
        words(
            "1 : les parts du score de chaque fiche ; chaque mot y est connu, debut, correction ou inconnu.",
            "1: the parts of the score of each sheet; each word is connu (known), debut (a beginning), correction or inconnu (unknown).",
        ),
    ),
    facet_search!("type", "type", "type"),
    facet_search!("enjeu", "enjeu", "topic"),
    facet_search!("categorie", "catégorie", "category"),
    facet_search!("services", "services", "services"),
    facet_search!("publics", "publics", "who is welcome"),
    facet_search!("annee", "année", "year"),
    facet_search!("arobases", "arobases", "arobases"),
    facet_search!("region", "région", "région"),
    facet_search!("departement", "département", "département"),
    facet_search!("epci", "EPCI", "EPCI"),
    facet_search!("typologie", "typologie", "kind of place"),
    facet_search!("mention", "mention", "mention"),
];

/// The bounds of years, in words; the numbers are those of [`YEARS`].
const fn years() -> Words {
    assert!(*YEARS.start() == 1900 && *YEARS.end() == 2100 && DEFAULT_LIMIT == 20);
    words(
        "De 1900 à 2100, le début avant la fin.",
        "From 1900 to 2100, the beginning before the end.",
    )
}
