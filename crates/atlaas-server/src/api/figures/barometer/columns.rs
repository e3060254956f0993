//! The columns of the barometer's table as they are told, by their names. The table itself says which there
//! are: a column that nobody tells here is found by a test.

use crate::api::figures::barometer::answer::AskedBarometer;
use crate::call::barometer;
use crate::formats::table::field::{Field, Holds, OwnColumn};
use crate::formats::table::own_columns::SNAPSHOT;
use crate::words::message::Message;

/// How columns of objects of a layer begin.
const OBJECTS: &str = "objets_";
/// How the columns of names end.
const NAMED: &str = "_nom";

/// Columns that the barometer names itself.
const OWN: [OwnColumn; 30] = [
    text("ligne", ["figure-line", "figure-line-about"]).required(),
    count("fiches", ["figure-entries", "figure-entries-about"]),
    number("part", ["figure-share", "figure-share-about"])
        .required()
        .within(0.0, 1.0),
    count("actives", ["figure-active", "figure-active-about"]),
    count(
        "participantes",
        ["figure-participating", "figure-participating-about"],
    ),
    count("communes", ["figure-communes", "figure-communes-about"]),
    count(
        "population",
        ["figure-population", "figure-population-about"],
    )
    .of("hab."),
    number("pour_10000", ["figure-rate", "figure-rate-about"]).counted(),
    number(
        "pour_10000_lisse",
        ["figure-smoothed", "figure-smoothed-about"],
    )
    .counted(),
    number("pour_10000_de", ["figure-low", "figure-low-about"]).counted(),
    number("pour_10000_a", ["figure-high", "figure-high-about"]).counted(),
    text("ecart", ["figure-verdict", "figure-verdict-about"]),
    number(
        "pour_10000_standardise",
        ["figure-standard", "figure-standard-about"],
    )
    .counted(),
    number(
        "pour_10000_standardise_de",
        ["figure-standard-low", "figure-standard-low-about"],
    )
    .counted(),
    number(
        "pour_10000_standardise_a",
        ["figure-standard-high", "figure-standard-high-about"],
    )
    .counted(),
    number("part_active", ["figure-part", "figure-part-about"]).within(0.0, 1.0),
    text(
        "ecart_part_active",
        ["figure-part-verdict", "figure-part-verdict-about"],
    ),
    number(
        "par_active_q1",
        ["figure-first-quartile", "figure-first-quartile-about"],
    )
    .counted(),
    number(
        "par_active_mediane",
        ["figure-median", "figure-median-about"],
    )
    .counted(),
    number(
        "par_active_q3",
        ["figure-third-quartile", "figure-third-quartile-about"],
    )
    .counted(),
    count("arobases_1", ["figure-level-one", "figure-level-about"]),
    count("arobases_2", ["figure-level-two", "figure-level-about"]),
    count("arobases_3", ["figure-level-three", "figure-level-about"]),
    count("arobases_4", ["figure-level-four", "figure-level-about"]),
    count("arobases_5", ["figure-level-five", "figure-level-about"]),
    count(OBJECTS, ["figure-entries", "figure-objects-about"]),
    OwnColumn::new(
        "partielle",
        ["figure-partial", "figure-partial-about"],
        Holds::Boolean,
    )
    .required(),
    text("parmi", ["figure-among", "figure-among-about"]).required(),
    OwnColumn::new("liste", ["figure-list", "figure-list-about"], Holds::Link),
    SNAPSHOT,
];

const fn text(name: &'static str, words: [&'static str; 2]) -> OwnColumn {
    OwnColumn::new(name, words, Holds::Text)
}

const fn number(name: &'static str, words: [&'static str; 2]) -> OwnColumn {
    OwnColumn::new(name, words, Holds::Number)
}

const fn count(name: &'static str, words: [&'static str; 2]) -> OwnColumn {
    OwnColumn::new(name, words, Holds::Integer)
        .required()
        .counted()
}

/// The columns of these names, in their order.
pub fn told(asked: &AskedBarometer<'_>, names: &[String]) -> Vec<Field> {
    names.iter().map(|name| field(asked, name)).collect()
}

fn field(asked: &AskedBarometer<'_>, name: &str) -> Field {
    let language = asked.language;
    if let Some(field) = dimension(asked, name) {
        return field;
    }
    let own = |wanted: &str| OWN.iter().find(|column| column.name == wanted);
    if let Some(column) = own(name) {
        return column.told(language);
    }
    let layer = name
        .strip_prefix(OBJECTS)
        .and_then(|layer| asked.snapshot.schema().layer_named(layer));
    match (layer, own(OBJECTS)) {
        (Some(layer), Some(column)) => Field {
            name: name.to_owned(),
            title: language.of(&layer.title).to_owned(),
            ..column.told(language)
        },
        _ => Field::of(name, Holds::Text),
    }
}

/// A value of a dimension, or the name of one.
fn dimension(asked: &AskedBarometer<'_>, name: &str) -> Option<Field> {
    let mut dimensions = asked.found.dimensions.iter();
    let of_names = name.strip_suffix(NAMED);
    let found = dimensions.find(|one| one.name == name || of_names == Some(&*one.name))?;
    let title = barometer::title(asked.snapshot, found, asked.language);
    let mut field = Field::of(name, Holds::Text);
    field.required = true;
    if found.name == name {
        return Some(field.titled(title));
    }
    let words = Message::new("figure-value-name").with("title", title);
    let about = asked.language.say("figure-value-name-about");
    about.clone_into(&mut field.about);
    Some(field.titled(asked.language.tell(&words)))
}
