//! One walk along two sorted lists finds what a naive comparison of every pair finds, over seeded mutations.

use super::*;
use atlaas_model::{Attribute, Code, FicheId, Level, Name, Position, Schema, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A sequence of numbers that is the same each time.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

fn fiche(rank: usize) -> Fiche {
    let kind = Kind::point(["arbre", "banc", "mare"][rank % 3]);
    let id = FicheId::of_row(kind, &rank.to_string()).unwrap();
    let mut fiche = Fiche::new(id, kind, format!("Nom {rank}"));
    fiche.position = Position::new(2.0 + rank as f64 / 1e3, 47.0).ok();
    fiche
        .values
        .set(Name::known("hauteur"), Value::Number(rank as f64));
    fiche
}

/// Changes one field; its name, or nothing when the field holds the same as before.
fn mutate(fiche: &mut Fiche, seeded: &mut Seeded) -> &'static str {
    let number = seeded.below(1_000_000) + 1;
    match seeded.below(8) {
        0 => {
            fiche.name = format!("Autre {number}");
            "nom"
        }
        1 => {
            fiche.text = format!("Texte {number}");
            "texte"
        }
        2 => {
            let hauteur = Value::Number(number as f64 + 0.5);
            fiche.values.set(Name::known("hauteur"), hauteur);
            "hauteur"
        }
        3 => {
            let essence = Value::Terms(vec![format!("essence-{number}")]);
            fiche.values.set(Name::known("essence"), essence);
            "essence"
        }
        4 => {
            fiche.position = Position::new(3.0, 40.0 + number as f64 / 1e6).ok();
            "latitude"
        }
        5 => {
            fiche.territory.commune = format!("{:05}", number % 90_000).parse::<Code>().ok();
            "code_commune"
        }
        6 => {
            fiche.attributes = vec![Attribute {
                name: "gardien".to_owned(),
                values: vec![number.to_string()],
            }];
            "gardien"
        }
        _ => {
            fiche.address = Some(format!("{number} rue"));
            "adresse"
        }
    }
}

fn side(id: &str, mut fiches: Vec<Fiche>) -> Side {
    fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    Side {
        id: id.to_owned(),
        created: String::new(),
        fiches: Arc::new(fiches),
        schema: Arc::new(Schema::default()),
    }
}

#[test]
fn what_differs_is_what_a_naive_comparison_finds() {
    for seed in 1..40_u64 {
        let mut seeded = Seeded(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let old: Vec<Fiche> = (0..seeded.below(200)).map(fiche).collect();
        let mut new: Vec<Fiche> = old.clone();
        let mut mutated: BTreeMap<FicheId, BTreeSet<&str>> = BTreeMap::new();
        new.retain(|_| seeded.below(10) > 0);
        for one in &mut new {
            for _ in 0..seeded.below(3) {
                let field = mutate(one, &mut seeded);
                mutated.entry(one.id.clone()).or_default().insert(field);
            }
        }
        new.extend((500..500 + seeded.below(30)).map(fiche));
        let (old, new) = (side("a", old), side("b", new));
        let found = Changes::between(&old, &new);

        let ids = |side: &Side| -> BTreeSet<FicheId> {
            side.fiches.iter().map(|fiche| fiche.id.clone()).collect()
        };
        let named = |side: &Side, docs: &[DocId]| -> BTreeSet<FicheId> {
            docs.iter().map(|&doc| side.fiche(doc).id.clone()).collect()
        };
        let (before, after) = (ids(&old), ids(&new));
        assert_eq!(named(&new, &found.added), &after - &before, "seed {seed}");
        assert_eq!(named(&old, &found.removed), &before - &after, "seed {seed}");
        let changed: BTreeMap<FicheId, BTreeSet<String>> = found
            .changed
            .iter()
            .map(|&(was, is)| {
                assert_eq!(old.fiche(was).id, new.fiche(is).id);
                let fields =
                    changed_fields((old.fiche(was), &old.schema), (new.fiche(is), &new.schema));
                let names = fields.into_iter().map(|field| field.champ);
                (new.fiche(is).id.clone(), names.collect())
            })
            .collect();
        assert!(changed.keys().eq(mutated.keys()), "seed {seed}");
        for (id, fields) in &mutated {
            // A move changes both ends of a position.
            let own: BTreeSet<&str> = changed[id].iter().map(String::as_str).collect();
            assert!(fields.is_subset(&own), "{id}: {fields:?} in {own:?}");
            assert!(
                own.iter()
                    .all(|name| fields.contains(name) || *name == "longitude")
            );
        }
        assert!(found.changed.is_sorted() && found.added.is_sorted());
        assert!(Changes::between(&new, &new).is_empty());
    }
}

#[test]
fn what_was_and_what_is_stand_beside_each_other_under_declared_names() {
    let mut before = fiche(1);
    before.values.set(
        Name::known("essence"),
        Value::Terms(vec!["orme".into(), "if".into()]),
    );
    let mut after = before.clone();
    after.values = atlaas_model::Values::default();
    after.values.set(Name::known("hauteur"), Value::Number(2.5));
    let schema = Schema::default();
    let told = changed_fields((&before, &schema), (&after, &schema));
    let told: Vec<String> = told
        .iter()
        .map(|field| format!("{}: {:?} {:?}", field.champ, field.avant, field.apres))
        .collect();
    assert_eq!(
        told,
        [r#"hauteur: ["1"] ["2.5"]"#, r#"essence: ["orme", "if"] []"#]
    );
    let level: Kind = Level::Commune.into();
    assert!(
        schema
            .columns(level)
            .iter()
            .any(|column| column.name.as_str() == "population")
    );
}
