//! The columns of a comparison's table as they are told, by their names. The table itself says which there
//! are: a column that nobody tells here is found by a test.

use crate::api::figures::comparison::answer::AskedComparison;
use crate::api::figures::comparison::table::VALUE;
use crate::formats::table::field::{Field, Holds, OwnColumn};
use crate::formats::table::own_columns::SNAPSHOT;
use crate::words::message::Message;

/// How columns of shares of the distance begin.
const SHARE: &str = "part_";

/// Columns that a comparison names itself.
const OWN: [OwnColumn; 10] = [
    OwnColumn::new(
        "ligne",
        ["compared-line", "compared-line-about"],
        Holds::Text,
    )
    .required(),
    OwnColumn::new(
        "rang",
        ["compared-rank", "compared-rank-about"],
        Holds::Integer,
    )
    .counted(),
    OwnColumn::new("id", ["compared-id", "compared-id-about"], Holds::Text),
    OwnColumn::new("nom", ["compared-name", "compared-name-about"], Holds::Text),
    OwnColumn::new(
        "departement",
        ["compared-departement", "compared-departement-about"],
        Holds::Text,
    ),
    OwnColumn::new(
        "population",
        ["compared-population", "compared-population-about"],
        Holds::Number,
    )
    .of("hab."),
    OwnColumn::new(
        "arobases",
        ["compared-level", "compared-level-about"],
        Holds::Integer,
    )
    .within(0.0, 5.0),
    OwnColumn::new(
        "distance",
        ["compared-distance", "compared-distance-about"],
        Holds::Number,
    )
    .counted(),
    OwnColumn::new(
        "part_manquante",
        ["compared-missing", "compared-missing-about"],
        Holds::Number,
    )
    .within(0.0, 1.0),
    SNAPSHOT,
];

/// The columns of these names, in their order.
pub fn told(asked: &AskedComparison<'_>, names: &[String]) -> Vec<Field> {
    names.iter().map(|name| field(asked, name)).collect()
}

fn field(asked: &AskedComparison<'_>, name: &str) -> Field {
    let language = asked.language;
    if let Some(own) = OWN.iter().find(|column| column.name == name) {
        return own.told(language);
    }
    let variables = asked.snapshot.comparer().variables();
    let variable = |name: &str| variables.iter().find(|variable| variable.name == name);
    if let Some(variable) = variable(name.strip_prefix(VALUE).unwrap_or(name)) {
        let unit = language.of(&variable.unit);
        let mut field = Field::of(name, Holds::Number).titled(language.of(&variable.title));
        field.unit = (!unit.is_empty()).then(|| unit.to_owned());
        return field;
    }
    if let Some(variable) = name.strip_prefix(SHARE).and_then(variable) {
        let title = language.of(&variable.title);
        let words = Message::new("compared-share").with("title", title);
        let mut field = Field::of(name, Holds::Number).titled(language.tell(&words));
        let about = language.say("compared-share-about");
        about.clone_into(&mut field.about);
        return field;
    }
    let layer = asked.snapshot.schema().layer_named(name);
    layer.map_or_else(
        || Field::of(name, Holds::Text),
        |layer| {
            // Quartiles of counts stand in the same column.
            let mut field = Field::of(name, Holds::Number).titled(language.of(&layer.title));
            let about = language.say("compared-objects-about");
            about.clone_into(&mut field.about);
            field.least = Some(0.0);
            field
        },
    )
}
