//! The echo of a query: how its words were read, what else they could mean, which filters are in
//! force, each with the query that changes it.

use crate::pages::layout::frame::Frame;
use crate::pages::list::anchor::Anchor;
use crate::pages::list::choices::kinds;
use crate::pages::list::links;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{ChosenPlace, Plan, Query, Range, Snapshot, Sort, Widening};
use atlaas_model::{Aspect, Facet, Schema};

/// Chips of one facet, at most.
const MOST: usize = 30;

pub fn understood(lang: Language, schema: &Schema, plan: &Plan, query: &Query) -> Vec<String> {
    let told = &plan.comprehension;
    let mut lines = Vec::new();
    if let Some(place) = &told.lieu {
        lines.push(place_line(lang, place, told.rayon));
    }
    if query.q.is_some()
        && !told.texte.is_empty()
        && (told.lieu.is_some() || !told.facettes.is_empty())
    {
        let words = Message::new("echo-words").with("words", &told.texte);
        lines.push(lang.tell(&words));
    }
    for facet in &told.facettes {
        lines.push(format!(
            "{} : {}",
            lang.facet(schema, facet.facette).to_lowercase(),
            lang.value(schema, facet.facette, &facet.valeur, &facet.nom)
        ));
    }
    for correction in &told.corrections {
        let line = Message::new("echo-correction")
            .with("written", &correction.mot)
            .with("read", &correction.lu);
        lines.push(lang.tell(&line));
    }
    lines
}

/// Where, under which name it was asked for, and within how much.
fn place_line(lang: Language, place: &ChosenPlace, radius_km: Option<f64>) -> String {
    let name = match &place.ancien_nom {
        Some(former) => lang.tell(
            &Message::new("echo-formerly")
                .with("place", &place.nom)
                .with("name", former),
        ),
        None => place.nom.clone(),
    };
    let relation = match place.relation {
        "pres" => "echo-near",
        "semblables" => "echo-alike",
        _ => "echo-in",
    };
    let line = lang.tell(&Message::new(relation).with("place", name));
    match radius_km {
        Some(km) => format!("{line} ({})", lang.kilometres(km)),
        None => line,
    }
}

/// What gave way for anything to be found, a sentence each.
pub fn steps(lang: Language, plan: &Plan, nearest: Option<(&str, f64)>) -> Vec<String> {
    let told = &plan.comprehension;
    let mut sentences = Vec::new();
    for close in &told.sens_proches {
        let meant = close.termes.iter().chain(&close.textes);
        let meant = meant.map(|word| format!("« {word} »"));
        let message = Message::new("echo-close")
            .with("words", &close.mots)
            .with("meant", meant.collect::<Vec<_>>().join(", "));
        sentences.push(lang.tell(&message));
    }
    if !told.mots_laisses.is_empty() {
        let quoted = told.mots_laisses.iter().map(|word| format!("« {word} »"));
        let words = quoted.collect::<Vec<_>>().join(", ");
        sentences.push(lang.tell(&Message::new("echo-without").with("words", words)));
    }
    if let Some(wider) = &told.elargissement {
        sentences.push(widened(lang, told.lieu.as_ref(), wider));
        sentences.extend(nearest.map(|(name, km)| {
            let km = lang.kilometres(km.round());
            let nearest = Message::new("echo-nearest")
                .with("name", name)
                .with("km", km);
            lang.tell(&nearest)
        }));
    }
    sentences
}

/// Where nothing was found, and how far the search went from there.
fn widened(lang: Language, place: Option<&ChosenPlace>, wider: &Widening) -> String {
    let place = place.map_or("", |place| place.nom.as_str());
    let message = match (wider.rayon_km, &wider.nom) {
        (Some(km), _) => Message::new("echo-then-radius")
            .with("place", place)
            .with("km", lang.kilometres(km)),
        (None, Some(wider)) => Message::new("echo-then-name")
            .with("place", place)
            .with("name", wider),
        (None, None) => Message::new("echo-then-france").with("place", place),
    };
    lang.tell(&message)
}

/// The query as it was asked, without any step.
pub fn strictly(frame: &Frame, query: &Query) -> Anchor {
    let strict = Query {
        strict: true,
        ..links::first_page(query)
    };
    Anchor {
        text: frame.lang.say("echo-strictly").to_owned(),
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
            text: frame
                .lang
                .tell(&Message::new("echo-exactly").with("words", q)),
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
    lifted.extend(ranges(frame.lang, base, snapshot.schema()));
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
    let schema = snapshot.schema();
    let mut lifted = Vec::new();
    let facets = schema.facets().iter().map(|info| info.facet);
    for facet in facets.filter(|facet| facet.level().is_none()) {
        for value in base.selected(facet).into_iter().take(MOST) {
            let name = match facet {
                Facet::Arobases => "@".repeat(value.parse().unwrap_or(0)),
                Facet::Type => kinds(lang, schema, &value),
                _ => {
                    let label = schema.vocabulary.label(facet, &value);
                    lang.value(schema, facet, &value, label)
                }
            };
            lifted.push((name, links::toggle(base, schema, facet, &value)));
        }
    }
    lifted
}

/// Ranges of numbers and dates, and the years of the label.
fn ranges(lang: Language, base: &Query, schema: &Schema) -> Vec<(String, Query)> {
    let range = |(&facet, range): (&Facet, &Range)| {
        let said = lang.range(schema, facet, range);
        let mut without = links::first_page(base);
        without.ranges.remove(&facet);
        (format!("{} : {said}", lang.facet(schema, facet)), without)
    };
    base.ranges.iter().map(range).collect()
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
        lifted.push((lang.say("echo-around").to_owned(), without));
    }
    if base.peers.is_some() {
        let without = Query {
            peers: None,
            ..plain.clone()
        };
        lifted.push((lang.say("echo-peers").to_owned(), without));
    }
    for (rank, aspect) in base.aspects.iter().enumerate() {
        let mut without = plain.clone();
        without.aspects.remove(rank);
        lifted.push((told_aspect(lang, aspect), without));
    }
    if base.bbox.is_some() {
        let without = Query {
            bbox: None,
            ..plain.clone()
        };
        lifted.push((lang.say("echo-shown-area").to_owned(), without));
    }
    if base.polygon.is_some() {
        let without = Query {
            polygon: None,
            ..plain
        };
        lifted.push((lang.say("echo-drawn-area").to_owned(), without));
    }
    lifted
}

/// What an aspect says, as its chip has it.
fn told_aspect(lang: Language, aspect: &Aspect) -> String {
    let spelt = |numbers: &[u16]| {
        let spelt: Vec<String> = numbers.iter().map(u16::to_string).collect();
        spelt.join(", ")
    };
    let message = match aspect {
        Aspect::Inhabitants(span) => {
            let (least, most) = (*span.start(), *span.end());
            let number = |n: u32| lang.number(n.into());
            match (least, most) {
                (0, most) => Message::new("echo-inhabitants-to").with("most", number(most)),
                (least, u32::MAX) => {
                    Message::new("echo-inhabitants-from").with("least", number(least))
                }
                (least, most) => Message::new("echo-inhabitants")
                    .with("least", number(least))
                    .with("most", number(most)),
            }
        }
        Aspect::Density(levels) => Message::new("echo-density").with("levels", spelt(levels)),
        Aspect::Updated(years) => {
            let ends: Vec<String> = years
                .iter()
                .map(|span| {
                    let (first, last) = (span.start(), span.end());
                    if first == last {
                        first.to_string()
                    } else {
                        format!("{first}–{last}")
                    }
                })
                .collect();
            Message::new("echo-updated").with("years", ends.join(", "))
        }
    };
    lang.tell(&message)
}
