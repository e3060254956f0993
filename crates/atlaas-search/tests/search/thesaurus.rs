//! The thesaurus, each entry both ways: what it means is found by the words that hint at it, and the
//! words themselves lose nothing by it.

use crate::synthetic::{World, open};
use atlaas_model::{Facet, Fiche, FicheId, Kind, Name, Schema, Vocabulary};
use atlaas_search::Query;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Table {
    sens: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    dit: Vec<String>,
    termes: Vec<String>,
    textes: Vec<String>,
}

fn table() -> Table {
    toml::from_str(include_str!("../../../../data/thesaurus.toml")).unwrap()
}

fn vocabulary() -> Vocabulary {
    Vocabulary::from_toml(include_str!("../../../../data/taxonomie.toml")).unwrap()
}

/// A fiche of a text, and perhaps of a term.
fn fiche(id: &str, text: &str, term: Option<&str>) -> Fiche {
    let kind = Kind::point("initiative");
    let id = FicheId::of_row(kind, id).unwrap();
    let mut fiche = Fiche::new(id, kind, "Projet".into());
    text.clone_into(&mut fiche.text);
    let schema = Schema::shipped(vocabulary());
    let term = term.and_then(|term| term.split_once(':'));
    if let Some((facet, slug)) = term
        && let Some(Facet::Column(name)) = schema.facet(facet)
    {
        let name: Name = name;
        fiche.values.add_terms(name, vec![slug.to_owned()]);
    }
    fiche
}

fn asked(world: &World, pairs: &[(&str, &str)]) -> Vec<String> {
    let pairs: Vec<(String, String)> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let query = Query::parse(&pairs, &world.schema, &[]).unwrap();
    let mut plan = world.search.plan(&query).unwrap();
    let mut docs = world.search.ordered(&plan, None, &|_| None).unwrap();
    if docs.is_empty()
        && let Some(landing) = world.search.climb(&plan, &|_| None).unwrap()
    {
        plan = world.search.plan_of(&plan, &landing).unwrap();
        docs = world.search.ordered(&plan, None, &|_| None).unwrap();
    }
    let id = |doc: u32| world.fiches[doc as usize].id.as_str().to_owned();
    docs.into_iter().map(id).collect()
}

/// One fiche for each term and each text of an entry, one that has nothing to do with it.
fn meant(entry: &Entry) -> (World, BTreeSet<String>) {
    let mut fiches = vec![fiche("ailleurs", "Fanfare zzz.", None)];
    for (rank, term) in entry.termes.iter().enumerate() {
        if !term.starts_with("mention:") {
            fiches.push(fiche(&format!("terme-{rank}"), "Rien.", Some(term)));
        }
    }
    for (rank, text) in entry.textes.iter().enumerate() {
        fiches.push(fiche(&format!("texte-{rank}"), text, None));
    }
    fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    let ids = fiches.iter().map(|fiche| fiche.id.as_str().to_owned());
    let ids = ids.filter(|id| !id.ends_with("ailleurs")).collect();
    (open(fiches, vocabulary()), ids)
}

#[test]
fn what_words_hint_at_is_found_and_nothing_else() {
    for entry in table().sens {
        let (world, ids) = meant(&entry);
        for said in &entry.dit {
            let close = [("q", said.as_str()), ("q_brut", "1"), ("sens_proches", "1")];
            let found: BTreeSet<String> = asked(&world, &close).into_iter().collect();
            assert_eq!(found, ids, "{said}");
            let found: BTreeSet<String> = asked(&world, &[("q", said)]).into_iter().collect();
            assert!(
                !found.is_empty() && found.is_subset(&ids),
                "{said}: {found:?}"
            );
        }
    }
}

#[test]
fn words_that_are_found_stay_so_and_what_they_hint_at_comes_first_among_them() {
    let mut wrong = Vec::new();
    for entry in table().sens {
        let (first, second) = ("a-b-term", "a-a-plain");
        let term = entry
            .termes
            .iter()
            .find(|term| !term.starts_with("mention:"));
        for said in &entry.dit {
            let text = format!("Ici {said}, puis rien.");
            let mut fiches = vec![
                fiche(second, &text, None),
                fiche(first, &text, term.map(String::as_str)),
            ];
            fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
            let world = open(fiches, vocabulary());
            let found = asked(&world, &[("q", said), ("q_brut", "1")]);
            assert_eq!(found.len(), 2, "{said}: the words alone");
            let found = asked(&world, &[("q", said)]);
            assert!(!found.is_empty(), "{said}");
            // Inflected words may be those of the texts: then both are meant.
            let plain = format!("initiative-{second}");
            let meant = entry
                .textes
                .iter()
                .any(|text| asked(&world, &[("q", text), ("q_brut", "1")]).contains(&plain));
            if term.is_some() && !meant && found[0] != format!("initiative-{first}") {
                wrong.push(said.clone());
            }
            let close = [("q", said.as_str()), ("q_brut", "1"), ("sens_proches", "1")];
            assert_eq!(
                asked(&world, &close).len(),
                2,
                "{said}: with what they hint at"
            );
        }
    }
    assert!(wrong.is_empty(), "not first: {wrong:?}");
}

#[test]
fn every_term_of_the_thesaurus_exists() {
    let schema = Schema::shipped(vocabulary());
    for entry in table().sens {
        for term in &entry.termes {
            let (facet, slug) = term.split_once(':').unwrap();
            let facet = schema.facet(facet).unwrap();
            let known = schema.vocabulary.terms(facet);
            assert!(known.iter().any(|known| known.slug == slug), "{term}");
        }
    }
}

#[test]
fn the_answer_tells_what_words_were_taken_to_mean() {
    let fiches = vec![fiche("a", "Vidéoprotection du centre.", None)];
    let world = open(fiches, vocabulary());
    let plan = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        let query = Query::parse(&pairs, &world.schema, &[]).unwrap();
        world.search.plan(&query).unwrap()
    };
    let direct = plan(&[("q", "caméras")]);
    assert!(direct.comprehension.sens_proches.is_empty());
    let landing = world.search.climb(&direct, &|_| None).unwrap().unwrap();
    assert!(landing.let_go().is_empty());
    let told = world
        .search
        .plan_of(&direct, &landing)
        .unwrap()
        .comprehension;
    assert_eq!(told.sens_proches[0].mots, "caméras");
    assert_eq!(told.sens_proches[0].termes, ["vidéoprotection"]);
    // The step can be asked by itself and finds the same.
    let requete = told.requete.unwrap();
    assert_eq!(requete, "q=cam%C3%A9ras&q_brut=1&sens_proches=1&strict=1");
    let strict = plan(&[("q", "caméras"), ("strict", "1")]);
    assert!(world.search.climb(&strict, &|_| None).unwrap().is_none());
}
