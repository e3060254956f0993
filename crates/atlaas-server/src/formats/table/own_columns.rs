//! The columns that a table of fiches has whatever layers declare, in their order: before, between and
//! after what is declared and what sources add.

use super::field::{Holds, OwnColumn};

/// Columns before those that layers declare.
pub const FIRST: [OwnColumn; 4] = [
    OwnColumn::new("id", ["column-id", "column-id-about"], Holds::Text).required(),
    OwnColumn::new("type", ["column-type", "column-type-about"], Holds::Term).required(),
    OwnColumn::new("nom", ["column-name", "column-name-about"], Holds::Text).required(),
    OwnColumn::new("texte", ["column-text", "column-text-about"], Holds::Text),
];

/// Columns between those that layers declare and those that a source adds.
pub const NEXT: [OwnColumn; 19] = [
    OwnColumn::new(
        "date_maj",
        ["column-updated", "column-updated-about"],
        Holds::Date,
    ),
    OwnColumn::new(
        "adresse",
        ["column-address", "column-address-about"],
        Holds::Text,
    ),
    named("commune", ["column-commune", "column-commune-about"]),
    named(
        "code_commune",
        ["column-commune-code", "column-commune-code-about"],
    ),
    named("epci", ["column-epci", "column-epci-about"]),
    named("code_epci", ["column-epci-code", "column-epci-code-about"]),
    named(
        "departement",
        ["column-departement", "column-departement-about"],
    ),
    named(
        "code_departement",
        ["column-departement-code", "column-departement-code-about"],
    ),
    named("region", ["column-region", "column-region-about"]),
    named(
        "code_region",
        ["column-region-code", "column-region-code-about"],
    ),
    named("code", ["column-code", "column-code-about"]),
    OwnColumn::new(
        "codes_postaux",
        ["column-postcodes", "column-postcodes-about"],
        Holds::Texts,
    ),
    OwnColumn::new(
        "arobases",
        ["column-level", "column-level-about"],
        Holds::Integer,
    )
    .required()
    .within(0.0, 5.0),
    named("label_de", ["column-label-of", "column-label-of-about"]),
    OwnColumn::new(
        "labels",
        ["column-labels", "column-labels-about"],
        Holds::Texts,
    ),
    OwnColumn::new(
        "longitude",
        ["column-longitude", "column-longitude-about"],
        Holds::Number,
    )
    .within(-180.0, 180.0)
    .of("°"),
    OwnColumn::new(
        "latitude",
        ["column-latitude", "column-latitude-about"],
        Holds::Number,
    )
    .within(-90.0, 90.0)
    .of("°"),
    OwnColumn::new(
        PRECISION,
        ["column-precision", "column-precision-about"],
        Holds::Term,
    )
    .required(),
    OwnColumn::new(
        "distance_km",
        ["column-distance", "column-distance-about"],
        Holds::Number,
    )
    .counted()
    .of("km"),
];

/// Columns after them.
pub const LAST: [OwnColumn; 2] = [
    OwnColumn::new(
        "url_fiche",
        ["column-page", "column-page-about"],
        Holds::Link,
    )
    .required(),
    SNAPSHOT,
];

/// The column that says which snapshot a row is of, in every table.
pub const SNAPSHOT: OwnColumn = OwnColumn::new(
    "snapshot",
    ["column-snapshot", "column-snapshot-about"],
    Holds::Text,
)
.required();

/// The column that tells fiches apart.
pub const IDENTIFIER: &str = FIRST[0].name;
/// The column of the kind of a fiche.
pub const KIND: &str = FIRST[1].name;
/// The column that says how far a position can be trusted.
pub const PRECISION: &str = "precision";

const fn named(name: &'static str, words: [&'static str; 2]) -> OwnColumn {
    OwnColumn::new(name, words, Holds::Text)
}
