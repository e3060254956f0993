//! Names of columns: one spelling for what people call the same thing, and two names for what one
//! table calls the same.

use crate::{report::remarks::Remarks, text::clean};
use atlaas_model::{Action, slug};
use std::sync::Arc;

/// The usual name, then the others that are met for it, all in one spelling.
const SYNONYMS: [(&str, &[&str]); 13] = [
    (
        "code_insee",
        &[
            "code_commune",
            "insee",
            "codeinsee",
            "code_insee_commune",
            "code_commune_insee",
            "code_insee_de_la_commune",
            "citycode",
            "com",
            "cog",
            "code_cog",
            "insee_com",
            "num_insee",
            "numero_insee",
            "no_insee",
            "n_insee",
            "depcom",
            "codgeo",
            "code_geo",
            "inseecom",
            "insee_commune",
            "commune_insee",
            "commune_code_insee",
        ],
    ),
    (
        "commune",
        &[
            "nom_commune",
            "nom_de_la_commune",
            "nom_de_commune",
            "libelle_commune",
            "commune_nom",
            "ville",
            "libgeo",
            "localite",
            "nom_com",
            "city",
        ],
    ),
    (
        "code_postal",
        &[
            "cp",
            "codepostal",
            "postcode",
            "code_postal_commune",
            "commune_code_postal",
            "codpost",
        ],
    ),
    (
        "latitude",
        &[
            "lat",
            "y_latitude",
            "y",
            "latitude_wgs84",
            "lat_wgs84",
            "latitude_y",
        ],
    ),
    (
        "longitude",
        &[
            "lon",
            "lng",
            "long",
            "x_longitude",
            "x",
            "longitude_wgs84",
            "lon_wgs84",
            "longitude_x",
        ],
    ),
    (
        "titre",
        &[
            "title",
            "intitule",
            "titre_de_l_action",
            "titre_de_l_initiative",
        ],
    ),
    ("id", &["identifiant", "n_identifiant"]),
    ("annee", &["year", "annee_de_l_action"]),
    (
        "date_maj",
        &[
            "date_de_mise_a_jour",
            "date_mise_a_jour",
            "mise_a_jour",
            "derniere_mise_a_jour",
            "maj",
        ],
    ),
    ("courriels", &["courriel", "email", "mail", "e_mail"]),
    ("telephone", &["tel", "telephones"]),
    ("modalites_acces", &["modalite_acces"]),
    (
        "dispositif_programmes_nationaux",
        &["dispositifs_programmes_nationaux"],
    ),
];

/// Further columns that the readers of points, labels and centres know: what a header is told by.
const USUAL: [&str; 29] = [
    "nom",
    "description",
    "enjeu",
    "categorie",
    "services",
    "publics",
    "adresse",
    "complement_adresse",
    "typologie",
    "site_web",
    "horaires",
    "presentation_resume",
    "presentation_detail",
    "publics_specifiquement_adresses",
    "prise_en_charge_specifique",
    "frais_a_charge",
    "formations_labels",
    "modalites_accompagnement",
    "fiche_acces_libre",
    "publics_accueillis",
    "structure_parente",
    "source",
    "millesime",
    "arobases",
    "mention",
    "siren",
    "code",
    "niveau",
    "origine",
];

/// Most bytes of a name.
const NAME_LIMIT: usize = 120;

/// One spelling: `Modalité d'accès` → `modalite_d_acces`.
fn spelling(raw: &str) -> String {
    let cut = crate::tables::row::floor(raw, NAME_LIMIT);
    slug(&clean::line(cut)).replace('-', "_")
}

/// The usual name of what a column is called.
fn usual(spelling: &str) -> &str {
    let known = SYNONYMS
        .iter()
        .find(|(_, others)| others.contains(&spelling));
    known.map_or(spelling, |(usual, _)| usual)
}

/// The usual name of a column that some reader knows; nothing for a lone letter, which a value may be.
pub(crate) fn known(raw: &str) -> Option<String> {
    let spelling = spelling(raw);
    let name = usual(&spelling);
    let known = USUAL.contains(&name) || SYNONYMS.iter().any(|(usual, _)| *usual == name);
    (known && spelling.len() > 1).then(|| name.to_owned())
}

/// The names of a table's columns, each given once: a name as it stands goes before one that means
/// the same, and what comes second keeps its own name or gets a number. Empty names stay empty.
pub(crate) fn names(raw: &[impl AsRef<str>]) -> Vec<Arc<str>> {
    let spellings: Vec<String> = raw.iter().map(|raw| spelling(raw.as_ref())).collect();
    let mut names: Vec<Arc<str>> = Vec::with_capacity(raw.len());
    for own in &spellings {
        let meant = usual(own);
        let clear = meant == own || !spellings.iter().any(|other| other == meant);
        let wanted = if clear { meant } else { own.as_str() };
        let free = |name: &str| !names.iter().any(|other| **other == *name);
        let name = if wanted.is_empty() || free(wanted) {
            wanted.to_owned()
        } else if free(own) {
            own.clone()
        } else {
            let mut numbered = (2..).map(|number| format!("{own}_{number}"));
            numbered.find(|name| free(name)).unwrap_or_default()
        };
        names.push(name.into());
    }
    names
}

/// Says which columns could not have the name that they mean, because another has it.
pub(crate) fn warn(raw: &[impl AsRef<str>], names: &[Arc<str>], remarks: &mut Remarks<'_>) {
    for (raw, name) in raw.iter().map(AsRef::as_ref).zip(names) {
        let own = spelling(raw);
        let meant = usual(&own);
        if **name != *meant {
            let advice = format!(
                "une autre colonne se nomme déjà « {meant} » : celle-ci est gardée sous le nom « {name} » ; en renommer une"
            );
            remarks.note(Action::Garde, name, raw, advice);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Report;

    #[test]
    fn one_thing_has_one_name_and_two_things_have_two() {
        for (header, expected, said) in [
            (
                &["Code INSEE", "Commune ", "Titre"][..],
                &["code_insee", "commune", "titre"][..],
                0,
            ),
            (
                &["insee", "VILLE", "intitulé"],
                &["code_insee", "commune", "titre"],
                0,
            ),
            (
                &["COG", "Latitude", "LONG"],
                &["code_insee", "latitude", "longitude"],
                0,
            ),
            (
                &["N° INSEE", "code\u{a0}postal"],
                &["code_insee", "code_postal"],
                0,
            ),
            (
                &["Code\nINSEE", "Com\u{200b}mune", "e\u{301}njeu"],
                &["code_insee", "commune", "enjeu"],
                0,
            ),
            (&["Modalité d'accès", ""], &["modalite_d_acces", ""], 0),
            // The exact name wins wherever it stands; the other keeps its own.
            (&["ville", "commune"], &["ville", "commune"], 1),
            (
                &["x", "y", "longitude", "latitude"],
                &["x", "y", "longitude", "latitude"],
                2,
            ),
            (&["cog", "insee"], &["code_insee", "insee"], 1),
            (&["nom", "Nom", "NOM"], &["nom", "nom_2", "nom_3"], 2),
            (&["courriel", "mail"], &["courriels", "mail"], 1),
        ] {
            let mut report = Report::default();
            let mut remarks = Remarks::on(&mut report, "x");
            let names = names(header);
            warn(header, &names, &mut remarks);
            drop(remarks);
            let names: Vec<&str> = names.iter().map(|name| &**name).collect();
            assert_eq!(
                (names.as_slice(), report.lines.len()),
                (expected, said),
                "{header:?}"
            );
        }
        assert_eq!(known("Code INSEE").as_deref(), Some("code_insee"));
        assert_eq!((known("Liste des lieux"), known("x")), (None, None));
    }
}
