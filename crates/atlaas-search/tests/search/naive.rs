//! The oracle: the same questions answered by reading every fiche, one by one.

use crate::synthetic::{WORDS, World};
use atlaas_model::{Facet, Fiche, Label, Level, slug};
use std::collections::{BTreeMap, BTreeSet};

/// A random query in the terms that the oracle understands.
#[derive(Debug, Default)]
pub struct Asked {
    pub words: Vec<&'static str>,
    pub communes: Vec<String>,
    pub selections: BTreeMap<Facet, Vec<String>>,
}

impl Asked {
    /// As URL parameters.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = vec![("q_brut".into(), "1".into())];
        if !self.words.is_empty() {
            pairs.push(("q".into(), self.words.join(" ") + " "));
        }
        for code in &self.communes {
            pairs.push(("commune".into(), code.clone()));
        }
        for (facet, values) in &self.selections {
            pairs.push((facet.to_string(), values.join(",")));
        }
        pairs
    }
}

/// The values of a facet that a fiche bears.
pub fn values(world: &World, facet: Facet, fiche: &Fiche) -> BTreeSet<String> {
    let text = |code: Option<atlaas_model::Code>| code.map(|code| code.to_string());
    let labels = labels(world, fiche);
    match facet {
        Facet::Type => [fiche.kind.to_string()].into(),
        Facet::Column(name) if name.as_str() == "annee" => fiche
            .year()
            .map(|year| year.to_string())
            .into_iter()
            .collect(),
        Facet::Arobases => latest_level(&labels)
            .map(|level| level.to_string())
            .into_iter()
            .collect(),
        Facet::Region => text(fiche.territory.region).into_iter().collect(),
        Facet::Departement => text(fiche.territory.departement).into_iter().collect(),
        Facet::Epci => text(fiche.territory.epci).into_iter().collect(),
        Facet::Mention => labels
            .iter()
            .filter_map(|label| label.mention.as_deref().map(slug))
            .collect(),
        other @ Facet::Column(_) => {
            let class = fiche.value(other).and_then(|value| {
                let info = world.schema.info(other)?;
                info.classes().nth(info.class_of(value.measure()?))
            });
            fiche.slugs(other).iter().cloned().chain(class).collect()
        }
    }
}

/// Labels that count for a fiche: those of its commune, and of its EPCI where no own one has a level.
fn labels(world: &World, fiche: &Fiche) -> Vec<Label> {
    let of = |kind: Level, code: Option<atlaas_model::Code>| {
        let bears = |other: &&Fiche| other.kind == kind && other.code == code;
        let found = code.and_then(|_| world.fiches.iter().find(bears));
        found.map_or(Vec::new(), |found| found.labels.clone())
    };
    let Some(commune) = fiche.territory.commune else {
        return if fiche.kind == Level::Epci {
            fiche.labels.clone()
        } else {
            Vec::new()
        };
    };
    let mut labels = of(Level::Commune, Some(commune));
    if latest_level(&labels).is_none() {
        labels.extend(of(Level::Epci, fiche.territory.epci));
    }
    labels
}

fn latest_level(labels: &[Label]) -> Option<u8> {
    let levels = labels.iter().filter(|label| label.level.is_some());
    levels.max_by_key(|label| (label.year, label.level))?.level
}

fn matches(world: &World, fiche: &Fiche, asked: &Asked, lifted: Option<Facet>) -> bool {
    let text = format!("{} {}", fiche.name, fiche.text);
    let words: BTreeSet<&str> = text.split_whitespace().collect();
    let commune = fiche.territory.commune.map(|code| code.to_string());
    asked.words.iter().all(|word| words.contains(word))
        && (asked.communes.is_empty() || commune.is_some_and(|code| asked.communes.contains(&code)))
        && asked
            .selections
            .iter()
            .filter(|(facet, _)| lifted != Some(**facet))
            .all(|(facet, wanted)| {
                let borne = values(world, *facet, fiche);
                wanted.iter().any(|value| borne.contains(value))
            })
}

/// The documents that match.
pub fn scan(world: &World, asked: &Asked) -> Vec<u32> {
    let all = world.fiches.iter().zip(0..);
    all.filter(|(fiche, _)| matches(world, fiche, asked, None))
        .map(|(_, doc)| doc)
        .collect()
}

/// The counts of a facet with its own selection lifted; selected values are there even at zero.
pub fn count(world: &World, asked: &Asked, facet: Facet) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for fiche in world.fiches.iter() {
        if matches(world, fiche, asked, Some(facet)) {
            for value in values(world, facet, fiche) {
                *counts.entry(value).or_insert(0) += 1;
            }
        }
    }
    for value in asked.selections.get(&facet).into_iter().flatten() {
        counts.entry(value.clone()).or_insert(0);
    }
    counts
}

/// A random query; half of them have words.
pub fn ask(random: &mut crate::random::Random) -> Asked {
    let mut asked = Asked::default();
    for _ in 0..random.below(4) {
        asked.words.push(*random.pick(&WORDS));
    }
    if random.once_in(4) {
        for _ in 0..=random.below(3) {
            asked
                .communes
                .push(format!("{:05}", 1000 + random.below(60)));
        }
    }
    let choices: [(Facet, &[&str]); 10] = [
        (
            Facet::Type,
            &["commune", "epci", "colieu", "initiative", "region"],
        ),
        (Facet::column("enjeu"), &crate::synthetic::ENJEUX),
        (Facet::column("services"), &crate::synthetic::SERVICES),
        (Facet::column("typologie"), &["mairie", "tiers-lieu"]),
        (Facet::Mention, &["mention-a", "mention-b"]),
        (Facet::column("annee"), &["2012", "2013", "2015", "2017"]),
        (Facet::Arobases, &["1", "2", "3", "4", "5"]),
        (Facet::Region, &["84", "85"]),
        (Facet::Departement, &["01", "02", "03"]),
        (Facet::Epci, &["200000000", "200000003", "200000005"]),
    ];
    for (facet, values) in choices {
        if random.once_in(6) {
            let mut picked: Vec<String> = (0..=random.below(3))
                .map(|_| (*random.pick(values)).to_owned())
                .collect();
            picked.sort();
            picked.dedup();
            asked.selections.insert(facet, picked);
        }
    }
    asked
}
