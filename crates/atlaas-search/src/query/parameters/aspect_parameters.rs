//! The rows of `habitants`, `grille`, `mise_a_jour`.

use crate::query::parameter::{Form, Parameter, which, words};
use crate::query::parameters::declared_parameters::years as some_years;

pub(in crate::query) const INHABITANTS: &str = "habitants";
pub(in crate::query) const DENSITY: &str = "grille";
pub(in crate::query) const UPDATED: &str = "mise_a_jour";

/// Their rows.
pub(super) fn rows() -> Vec<Parameter> {
    vec![
        which(
            INHABITANTS,
            Form::Text,
            words(
                "Habitants de la commune où la fiche se trouve.",
                "Inhabitants of the commune that a fiche lies in.",
            ),
        )
        .when(words(
            "Un intervalle : 500-1999, 500-, -999.",
            "A span: 500-1999, 500-, -999.",
        ))
        .like("-1999"),
        which(
            DENSITY,
            Form::Texts,
            words(
                "Niveaux de la grille de densité de la commune où la fiche se trouve.",
                "Levels of the density grid of the commune that a fiche lies in.",
            ),
        )
        .when(words("Des nombres de 1 à 99.", "Numbers from 1 to 99."))
        .like("5,6,7"),
        which(
            UPDATED,
            Form::Texts,
            words(
                "Années de la dernière mise à jour de la fiche.",
                "Years of the last change of a fiche.",
            ),
        )
        .when(some_years())
        .like("2020-"),
    ]
}
