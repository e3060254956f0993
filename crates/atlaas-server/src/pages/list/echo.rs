//! The echo of a query: how its words were read, what else they could mean, which filters are in
//! force, each with the query that changes it.

use crate::pages::layout::frame::Frame;
use crate::pages::list::anchor::Anchor;
use crate::pages::list::choices::{plural, title};
use crate::pages::list::links;
use crate::words::language::Language;
use atlaas_engine::{Comprehension, Plan, Query, Snapshot, Sort, Widening};
use atlaas_model::Facet;

/// Chips of one facet, at most.
const MOST: usize = 30;

pub fn understood(lang: Language, plan: &Plan, query: &Query) -> Vec<String> {
    let told = &plan.comprehension;
    let mut lines = Vec::new();
    if let Some(place) = &told.lieu {
        let relation = if place.relation == "pres" {
            lang.t("près de", "near")
        } else {
            lang.t("dans", "in")
        };
        let radius = told
            .rayon
            .map(|km| format!(" ({})", lang.kilometres(km)))
            .unwrap_or_default();
        let former = place
            .ancien_nom
            .as_ref()
            .map(|name| format!(", {} {name}", lang.t("autrefois", "formerly")));
        lines.push(format!(
            "{relation} {}{}{radius}",
            place.nom,
            former.unwrap_or_default()
        ));
    }
    if query.q.is_some()
        && !told.texte.is_empty()
        && (told.lieu.is_some() || !told.facettes.is_empty())
    {
        lines.push(format!(
            "{} « {} »",
            lang.t("mots cherchés :", "words:"),
            told.texte
        ));
    }
    for facet in &told.facettes {
        lines.push(format!(
            "{} : {}",
            title(lang, facet.facette).to_lowercase(),
            facet.nom
        ));
    }
    for correction in &told.corrections {
        lines.push(format!(
            "« {} » {} « {} »",
            correction.mot,
            lang.t("lu", "read as"),
            correction.lu
        ));
    }
    lines
}

/// What gave way for anything to be found, a sentence each.
pub fn steps(lang: Language, plan: &Plan, nearest: Option<(&str, f64)>) -> Vec<String> {
    let told = &plan.comprehension;
    let mut sentences = Vec::new();
    if !told.mots_laisses.is_empty() {
        let words: Vec<String> = told
            .mots_laisses
            .iter()
            .map(|word| format!("« {word} »"))
            .collect();
        sentences.push(format!(
            "{} {}.",
            lang.t(
                "Rien ne réunit tous les mots : cherché sans",
                "Nothing holds all the words: searched without"
            ),
            words.join(", ")
        ));
    }
    if let Some(wider) = &told.elargissement {
        sentences.push(widened(lang, told, wider));
        sentences.extend(nearest.map(|(name, km)| {
            let told = lang.t("Le plus proche", "The nearest");
            let at = lang.t("à", "at");
            format!("{told} : {name}, {at} {}.", lang.kilometres(km.round()))
        }));
    }
    sentences
}

/// `Rien en ce lieu (Guéret) : cherché jusqu’à 30 km, du plus proche au plus lointain.`
fn widened(lang: Language, told: &Comprehension, wider: &Widening) -> String {
    let place = told.lieu.as_ref().map_or("", |place| place.nom.as_str());
    let reach = match (wider.rayon_km, &wider.nom) {
        (Some(km), _) => format!(
            "{} {}",
            lang.t("cherché jusqu’à", "searched as far as"),
            lang.kilometres(km)
        ),
        (None, Some(name)) => {
            let lead = lang.t("cherché dans tout le territoire", "searched in all of");
            format!("{lead} « {name} »")
        }
        (None, None) => lang
            .t("cherché dans toute la France", "searched in all of France")
            .to_owned(),
    };
    format!(
        "{} ({place}) : {reach}, {}",
        lang.t("Rien en ce lieu", "Nothing in this place"),
        lang.t("le plus proche d’abord.", "nearest first.")
    )
}

/// The query as it was asked, without any step.
pub fn strictly(frame: &Frame, query: &Query) -> Anchor {
    let strict = Query {
        strict: true,
        ..links::first_page(query)
    };
    Anchor {
        text: frame
            .lang
            .t("Exactement ce que j’ai écrit", "Exactly what I wrote")
            .to_owned(),
        href: frame.explorer(&strict.canonical()),
        on: false,
    }
}

pub fn alternatives(frame: &Frame, query: &Query, plan: &Plan) -> Vec<Anchor> {
    let mut links: Vec<Anchor> = plan
        .comprehension
        .alternatives
        .iter()
        .map(|other| Anchor {
            text: if other.precision.is_empty() {
                other.nom.clone()
            } else {
                format!("{} ({})", other.nom, other.precision)
            },
            href: frame.explorer(&other.requete),
            on: false,
        })
        .collect();
    let told = &plan.comprehension;
    let read = told.lieu.is_some() || !told.facettes.is_empty() || !told.corrections.is_empty();
    if let (Some(q), true, false) = (&query.q, read, query.q_brut) {
        let literal = Query {
            q_brut: true,
            ..links::first_page(query)
        };
        links.push(Anchor {
            text: format!(
                "{} « {q} »",
                frame.lang.t("exactement les mots", "exactly the words")
            ),
            href: frame.explorer(&literal.canonical()),
            on: false,
        });
    }
    links
}

/// The filters in force, each with the query that lifts it.
pub fn active(frame: &Frame, base: &Query, snapshot: &Snapshot) -> Vec<Anchor> {
    let mut lifted = territories(base, snapshot);
    lifted.extend(terms(frame.lang, base, snapshot));
    lifted.extend(places(frame.lang, base));
    let link = |(text, without): (String, Query)| Anchor {
        text,
        href: frame.explorer(&without.canonical()),
        on: true,
    };
    lifted.into_iter().map(link).collect()
}

fn territories(base: &Query, snapshot: &Snapshot) -> Vec<(String, Query)> {
    let catalogue = snapshot.catalogue();
    let codes = base
        .territories
        .iter()
        .flat_map(|(&kind, codes)| codes.iter().map(move |code| (kind, code)));
    let lifted = |(kind, code): (_, &String)| {
        let name = code
            .parse()
            .ok()
            .and_then(|code| catalogue.territory_name(kind, code));
        let mut without = links::first_page(base);
        if let Some(codes) = without.territories.get_mut(&kind) {
            codes.retain(|other| other != code);
        }
        without.territories.retain(|_, codes| !codes.is_empty());
        (name.unwrap_or(code).to_owned(), without)
    };
    codes.map(lifted).collect()
}

fn terms(lang: Language, base: &Query, snapshot: &Snapshot) -> Vec<(String, Query)> {
    let vocabulary = snapshot.catalogue().vocabulary();
    let territorial =
        |facet: &Facet| matches!(facet, Facet::Region | Facet::Departement | Facet::Epci);
    let mut lifted = Vec::new();
    for facet in Facet::ALL.into_iter().filter(|facet| !territorial(facet)) {
        for value in base.selected(facet).into_iter().take(MOST) {
            let name = match facet {
                Facet::Annee => value.clone(),
                Facet::Arobases => "@".repeat(value.parse().unwrap_or(0)),
                Facet::Type => plural(lang, &value, 2).to_owned(),
                _ => vocabulary.label(facet, &value).to_owned(),
            };
            lifted.push((name, links::toggle(base, facet, &value)));
        }
    }
    lifted
}

fn places(lang: Language, base: &Query) -> Vec<(String, Query)> {
    let plain = links::first_page(base);
    let mut lifted = Vec::new();
    if base.near.is_some() || (base.position.is_some() && base.radius_km.is_some()) {
        let without = Query {
            near: None,
            position: None,
            radius_km: None,
            sort: Sort::default(),
            ..plain.clone()
        };
        lifted.push((
            lang.t("autour d’un lieu", "around a place").to_owned(),
            without,
        ));
    }
    if base.bbox.is_some() {
        let without = Query {
            bbox: None,
            ..plain.clone()
        };
        lifted.push((lang.t("zone affichée", "shown area").to_owned(), without));
    }
    if base.polygon.is_some() {
        let without = Query {
            polygon: None,
            ..plain
        };
        lifted.push((lang.t("zone dessinée", "drawn area").to_owned(), without));
    }
    lifted
}
