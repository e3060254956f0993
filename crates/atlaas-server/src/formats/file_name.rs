//! Names of downloaded files that people can read: `atlaas-initiatives-martigues-2026-11-22.csv`.

use atlaas_engine::{Catalogue, Plan, Snapshot};
use atlaas_model::{Facet, Kind, Schema, slug};
use std::fmt::Write as _;

/// Most characters of a name, extension and date aside.
const LONGEST: usize = 80;
/// Most territories and terms that are named.
const MOST_NAMED: usize = 2;

/// The name of a file that holds what a plan matches: kinds, words, places, terms, date of the
/// snapshot. ASCII only, so that every browser and system keeps it.
pub fn file_name(snapshot: &Snapshot, plan: &Plan, extension: &str) -> String {
    let mut parts = vec![
        "atlaas".to_owned(),
        subject(snapshot.schema(), &plan.resolved.kinds),
    ];
    parts.push(slug(&plan.comprehension.texte));
    parts.extend(places(snapshot.catalogue(), plan));
    let slugs = plan.resolved.facets.values();
    let terms = slugs.flat_map(|slugs| slugs.iter().take(MOST_NAMED));
    parts.extend(terms.cloned());
    parts.retain(|part| !part.is_empty());
    let mut name = parts.join("-");
    name.truncate(LONGEST);
    let day = snapshot.manifest().cree.get(..10).unwrap_or_default();
    format!("{}-{day}.{extension}", name.trim_end_matches('-'))
}

fn subject(schema: &Schema, kinds: &[Kind]) -> String {
    match kinds {
        [Kind::Territory(level)] => format!("{level}s"),
        [only] => schema.plural(*only).to_owned(),
        _ => "fiches".to_owned(),
    }
}

fn places(catalogue: &Catalogue, plan: &Plan) -> Vec<String> {
    if let Some(place) = &plan.comprehension.lieu {
        return vec![slug(&place.nom)];
    }
    let mut names = Vec::new();
    for (kind, codes) in &plan.resolved.territories {
        for code in codes.iter().take(MOST_NAMED) {
            let name = code
                .parse()
                .ok()
                .and_then(|parsed| catalogue.territory_name(*kind, parsed));
            names.push(slug(name.unwrap_or(code)));
        }
    }
    names
}

/// What a query asks for, in words, for titles.
pub fn heading(snapshot: &Snapshot, plan: &Plan) -> String {
    let catalogue = snapshot.catalogue();
    let kinds = match plan.resolved.kinds.as_slice() {
        [] => "Fiches".to_owned(),
        kinds => {
            let titled = |kind: &Kind| match catalogue.schema().layer(*kind) {
                Some(layer) => layer.title.fr.clone(),
                None => kind.to_string(),
            };
            kinds.iter().map(titled).collect::<Vec<_>>().join(", ")
        }
    };
    let mut heading = format!("Atlaas : {kinds}");
    // Writing to a String cannot fail.
    if !plan.comprehension.texte.is_empty() {
        _ = write!(heading, " « {} »", plan.comprehension.texte);
    }
    let terms = |(facet, slugs): (&Facet, &Vec<String>)| {
        slugs
            .iter()
            .map(|slug| catalogue.vocabulary().label(*facet, slug).to_owned())
            .collect::<Vec<_>>()
    };
    let terms: Vec<String> = plan.resolved.facets.iter().flat_map(terms).collect();
    if !terms.is_empty() {
        _ = write!(heading, ", {}", terms.join(", "));
    }
    if let Some(place) = &plan.comprehension.lieu {
        _ = write!(heading, " ({})", place.nom);
    }
    heading
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Level;

    #[test]
    fn the_subject_is_a_plural() {
        let schema = Schema::default();
        let [initiative, colieu] = ["initiative", "colieu"].map(Kind::point);
        let commune = Kind::Territory(Level::Commune);
        for (kinds, expected) in [
            (&[initiative][..], "initiatives"),
            (&[colieu], "colieux"),
            (&[commune], "communes"),
            (&[], "fiches"),
            (&[colieu, commune], "fiches"),
        ] {
            assert_eq!(subject(&schema, kinds), expected);
        }
    }
}
