//! The one table of the parameters of a query: name, form, bounds, words, example, other spellings.
//!
//! Parsing, its mistakes and suggestions read names here; whoever describes the query (documents,
//! forms, a generator of links) reads the rest. A test holds each row against the parser.

pub(super) mod aspect_parameters;
pub(super) mod declared_parameters;

use crate::query::limits::{MAX_LIMIT, MAX_OFFSET, MAX_RADIUS_KM, MIN_RADIUS_KM};
use crate::query::order::Sort;
use crate::query::parameter::{Form, Parameter, Words, how, which, words};
use crate::query::parameters::declared_parameters::{
    declared, facet_search, known_term, some_words, years,
};
use atlaas_model::{Facet, Kind, PEERS, Schema};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Every parameter of a schema, in the order in which the documentation lists them.
pub fn parameters(schema: &Schema) -> Vec<Parameter> {
    let mut all = Vec::new();
    for mut parameter in core().iter().cloned() {
        match parameter.name {
            "type" => parameter.form = Form::Several(kinds(schema)),
            "facettes" => parameter.form = Form::Several(counted(schema)),
            // Declared facets stand before the last of those that every schema has.
            "mention" => all.extend(schema.facets().iter().flat_map(declared)),
            "tri" => parameter.form = Form::OneOf(orders(schema)),
            _ => {}
        }
        all.push(parameter);
    }
    all.extend(schema.facets().iter().map(facet_search));
    all
}

/// Whether a name is that of a parameter.
pub fn is_parameter(schema: &Schema, name: &str) -> bool {
    let facet = name.strip_prefix(FACET_SEARCH_PREFIX).unwrap_or(name);
    core().iter().any(|parameter| parameter.name == name)
        || schema.bound(name).is_some()
        || schema.facet(facet).is_some_and(|facet| match facet {
            Facet::Column(_) => true,
            _ => name.len() > facet.as_str().len(),
        })
}

/// The row that has a name among its other spellings.
pub(crate) fn also_called(schema: &Schema, name: &str) -> Option<&'static str> {
    let known = parameters(schema);
    let meant = known
        .iter()
        .find(|parameter| parameter.aliases.contains(&name));
    meant.map(|parameter| parameter.name)
}

/// The rows that every schema has.
fn core() -> &'static [Parameter] {
    static CORE: LazyLock<Vec<Parameter>> = LazyLock::new(every);
    &CORE
}

/// The table, with the aspects before what tells how fiches are told.
fn every() -> Vec<Parameter> {
    let mut all = rows();
    let at = all.iter().position(|row| row.name == "facettes");
    let at = at.unwrap_or(all.len());
    all.splice(at..at, aspect_parameters::rows());
    all
}

fn kinds(schema: &Schema) -> Cow<'static, [&'static str]> {
    schema.kinds().into_iter().map(Kind::as_str).collect()
}

fn counted(schema: &Schema) -> Cow<'static, [&'static str]> {
    let names = schema.facets().iter().map(|info| info.facet.as_str());
    names.chain(["toutes", "aucune"]).collect()
}

fn orders(schema: &Schema) -> Cow<'static, [&'static str]> {
    Sort::all(schema).into_iter().map(Sort::as_str).collect()
}

/// Prefix of the parameters that search inside a facet's values.
pub const FACET_SEARCH_PREFIX: &str = "facette.";

const FLAG: Form = Form::Flag(&["1", "0", "oui", "non", "true", "false"]);

/// Names and codes are looked up in the snapshot.
fn known_place() -> Words {
    words(
        "Refusé quand l’instantané ne connaît pas ce lieu.",
        "Refused when the snapshot does not know this place.",
    )
}
/// What qualifies a likeness.
fn with_peers() -> Words {
    words("Avec semblables_a.", "With semblables_a.")
}
/// Words that stand beside a selection.
fn beside() -> Words {
    words(
        "Une facette, deux points, des mots sans virgule ; sans effet quand la facette ne choisit rien.",
        "A facet, a colon, words without a comma; no effect when the facet selects nothing.",
    )
}
/// The rows that every schema has; those of its facets stand before `mention` and at the end.
#[expect(clippy::too_many_lines, reason = "a table reads best in one piece")]
fn rows() -> Vec<Parameter> {
    vec![
    which(
        "q",
        Form::Text,
        words(
            "Ce qu’on cherche, comme on le dirait : mots, lieu, rayon, sujet, année, nombre d’habitants.",
            "What is looked for, as one would say it: words, place, radius, topic, year, number of inhabitants.",
        ),
    )
    .when(some_words())
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
        "sens_proches",
        FLAG,
        words(
            "1 : ce que les mots laissent entendre compte aussi (« caméras » : vidéoprotection).",
            "1: what the words hint at counts as well (“caméras”: videoprotection).",
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
    .when(beside())
    .like("categorie:médiathèque"),
    which(
        "ou_texte",
        Form::Texts,
        words(
            "« facette:mots » : avec ce que la facette choisit, les fiches où se trouvent ces mots.",
            "“facet:words”: beside what the facet selects, the sheets that hold these words.",
        ),
    )
    .when(beside())
    .like("categorie:médiathèque"),
    which(
        "type",
        Form::Several(Cow::Borrowed(&[])),
        words("Types de fiches.", "Kinds of sheets."),
    )
    .when(words(
        "Au baromètre, des couches et non des territoires.",
        "In a barometer, layers and no territories.",
    ))
    .like("initiative"),
    which(
        "couches",
        Form::Texts,
        words(
            "Couches de points, par leur nom : une autre façon d’écrire « type ».",
            "Layers of points, by name: another way to write “type”.",
        ),
    )
    .when(words(
        "Des couches, que /tiles et /ogc/collections énumèrent.",
        "Layers, which /tiles and /ogc/collections list.",
    ))
    .instead_of(&["type"]),
    which(
        "pres_de",
        Form::Text,
        words(
            "Autour de ce lieu : nom, code, code postal, ou « lon,lat ».",
            "Around this place: name, code, post code, or “lon,lat”.",
        ),
    )
    .when(known_place())
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
    .when(known_place())
    .like("13056"),
    which(
        "epci",
        Form::Texts,
        words("SIREN ou noms d’EPCI.", "SIREN or names of EPCI."),
    )
    .when(known_place())
    .like("200054807"),
    which(
        "departement",
        Form::Texts,
        words(
            "Numéros ou noms de départements.",
            "Numbers or names of départements.",
        ),
    )
    .when(known_place())
    .like("13"),
    which(
        "region",
        Form::Texts,
        words("Codes ou noms de régions.", "Codes or names of régions."),
    )
    .when(known_place())
    .like("93"),
    which(
        "territoire",
        Form::Texts,
        words(
            "Territoires par identifiant (commune-13056) : une autre façon d’écrire « commune », « epci »…",
            "Territories by id (commune-13056): another way to write “commune”, “epci”…",
        ),
    )
    .when(words(
        "Un niveau, un tiret et un code.",
        "A level, a hyphen and a code.",
    ))
    .instead_of(&["commune", "epci", "departement", "region"]),
    which(
        "semblables_a",
        Form::Text,
        words(
            "Territoires qui ressemblent à celui-ci par leur contexte (population, densité, revenu…), et ce qui s’y trouve ; lui-même n’en est pas. « /semblables » ressemble, lui, par les mots.",
            "Territories that resemble this one by their context (population, density, income…), and what lies in them; itself left out. “/semblables” resembles by words.",
        ),
    )
    .when(words(
        "Un niveau, un tiret et un code.",
        "A level, a hyphen and a code.",
    ))
    .like("commune-13056"),
    which(
        "lentille",
        Form::Text,
        words(
            "Ce qui pèse dans la ressemblance : general, rural, urbain, ou libre avec poids.",
            "What weighs in the likeness: general, rural, urbain, or libre with poids.",
        ),
    )
    .when(with_peers()),
    which(
        "poids",
        Form::Texts,
        words(
            "Ses propres poids : « population:2,revenu:1 ».",
            "Weights of one’s own: “population:2,revenu:1”.",
        ),
    )
    .when(with_peers()),
    which(
        "n",
        Form::Integer {
            least: i64::from(*PEERS.start()),
            most: i64::from(*PEERS.end()),
        },
        words(
            "Combien de territoires semblables (20 sans ce paramètre).",
            "How many similar territories (20 without this parameter).",
        ),
    )
    .when(with_peers()),
    which(
        "strate",
        FLAG,
        words(
            "oui : tous ceux de la même strate (classe de population et densité) au lieu des plus proches.",
            "oui: all of the same stratum (class of population and density) instead of the nearest.",
        ),
    )
    .when(with_peers()),
    which(
        "avec",
        Form::Texts,
        words(
            "Des territoires de son choix, par code, au lieu des plus proches.",
            "Territories of one’s own choice, by code, instead of the nearest.",
        ),
    )
    .when(with_peers()),
    which(
        "autour",
        Form::Number {
            least: 0.0,
            most: MAX_RADIUS_KM,
        },
        words(
            "Et tant de kilomètres autour des limites du territoire, de n'importe lequel s'ils sont plusieurs.",
            "And so many kilometres around the boundary of the territory, of any when there are several.",
        ),
    )
    .when(words(
        "Avec un territoire, ou trente d'un même niveau au plus.",
        "With a territory, or thirty of one level at most.",
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
    which(
        "mention",
        Form::Texts,
        words("Mentions du label.", "Mentions of the label."),
    )
    .when(known_term()),
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
    which(
        "annee_label",
        Form::Texts,
        words(
            "Années où un label a été reçu, quel qu’en soit le niveau.",
            "Years in which a label was given, whatever its level.",
        ),
    )
    .when(years())
    .like("2019"),
    how(
        "facettes",
        Form::Several(Cow::Borrowed(&[])),
        words(
            "Facettes à compter : des noms, « toutes » (comme sans ce paramètre) ou « aucune ».",
            "Facets to count: names, “toutes” (all, as without this parameter) or “aucune” (none).",
        ),
    )
    .like("enjeu,annee"),
    how("tri", Form::OneOf(Cow::Borrowed(&[])), words("Ordre.", "Order."))
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
            most: i64::from(MAX_LIMIT),
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
            most: i64::from(MAX_OFFSET),
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
]
}
