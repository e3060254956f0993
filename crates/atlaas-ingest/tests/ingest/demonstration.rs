//! The demonstration data: what it holds, how it is spread, and that it never changes by itself.

use atlaas_ingest::demonstration;
use atlaas_model::{Dataset, Facet, Fiche, Kind, Level, Origin, Precision, Value};
use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

fn demo() -> &'static Dataset {
    static DEMO: OnceLock<Dataset> = OnceLock::new();
    DEMO.get_or_init(|| demonstration(1, &|_| {}).expect("the embedded data is whole"))
}

fn of(kind: impl Into<Kind>) -> impl Iterator<Item = &'static Fiche> {
    let kind = kind.into();
    demo().fiches.iter().filter(move |fiche| fiche.kind == kind)
}

#[test]
fn it_holds_france_and_what_happens_there() {
    let kinds = demo().schema.kinds().into_iter();
    let counts: Vec<usize> = kinds.map(|kind| of(kind).count()).collect();
    assert_eq!(counts, [34_969, 1255, 109, 26, 5000, 19_000]);
    assert_eq!(demo().origin, Origin::Demonstration { graine: 1 });
    assert!(
        demo()
            .fiches
            .is_sorted_by(|a, b| (a.kind, &a.id) < (b.kind, &b.id))
    );
    assert_eq!(demo().outlines.len(), 34_908);
}

#[test]
fn a_seed_gives_one_dataset_and_another_gives_another() {
    let again = demonstration(1, &|_| {}).unwrap();
    assert_eq!(demo().fiches, again.fiches);
    assert_eq!(demo().outlines, again.outlines);
    let other = demonstration(2, &|_| {}).unwrap();
    assert_eq!(demo().outlines, other.outlines);
    assert_ne!(demo().fiches, other.fiches);
}

#[test]
fn it_is_concentrated_as_in_reality() {
    let mut by_commune: HashMap<_, u32> = HashMap::new();
    for fiche in of(Kind::point("initiative")) {
        *by_commune
            .entry(fiche.territory.commune.unwrap())
            .or_default() += 1;
    }
    assert!(
        (1600..=1800).contains(&by_commune.len()),
        "{}",
        by_commune.len()
    );
    let most = by_commune.values().max().copied().unwrap_or_default();
    assert!((30..500).contains(&most), "{most}");
    let rural = of(Level::Commune)
        .filter(|fiche| fiche.population().is_some_and(|people| people < 2000))
        .filter(|fiche| {
            fiche
                .code
                .is_some_and(|code| by_commune.contains_key(&code))
        });
    assert!(rural.count() > 400);
    let labelled = of(Level::Commune)
        .filter(|fiche| !fiche.labels.is_empty())
        .count();
    assert!((1100..1300).contains(&labelled), "{labelled}");
}

#[test]
fn every_made_up_fiche_is_complete_and_known_to_the_vocabulary() {
    for fiche in of(Kind::point("colieu")).chain(of(Kind::point("initiative"))) {
        assert!(
            !fiche.name.is_empty() && !fiche.text.is_empty(),
            "{}",
            fiche.id
        );
        assert!(fiche.position.is_some() && fiche.precision != Precision::Inconnue);
        for sign in ['[', ']', '{', '}', '|'] {
            assert!(
                !fiche.name.contains(sign) && !fiche.text.contains(sign),
                "{}",
                fiche.text
            );
        }
        for (name, value) in fiche.values.iter() {
            let facet = Facet::Column(name);
            let Value::Terms(slugs) = value else { continue };
            for slug in slugs {
                assert!(
                    demo().schema.vocabulary.rank(facet, slug).is_some(),
                    "{facet} {slug}"
                );
            }
        }
    }
    let enjeux: HashSet<&str> = of(Kind::point("initiative"))
        .map(|f| f.slugs(Facet::column("enjeu"))[0].as_str())
        .collect();
    assert_eq!(enjeux.len(), 15);
    assert!(
        of(Kind::point("initiative"))
            .all(|fiche| fiche.year().is_some_and(|y| (2006..=2026).contains(&y)))
    );
}

#[test]
fn titles_rarely_repeat_and_some_places_hold_several() {
    let titles: HashSet<&str> = of(Kind::point("initiative"))
        .map(|fiche| fiche.name.as_str())
        .collect();
    assert!(titles.len() > 18_500, "{}", titles.len());
    let names: HashSet<&str> = of(Kind::point("colieu"))
        .map(|fiche| fiche.name.as_str())
        .collect();
    assert!(names.len() > 4500, "{}", names.len());
    let bits = |fiche: &Fiche| {
        fiche
            .position
            .map(|p| (p.longitude().to_bits(), p.latitude().to_bits()))
    };
    let places: HashSet<_> = of(Kind::point("initiative")).map(bits).collect();
    assert!((16_000..18_900).contains(&places.len()), "{}", places.len());
}

#[test]
fn neighbours_share_their_borders_exactly() {
    let bits = |[x, y]: [f64; 2]| [x.to_bits(), y.to_bits()];
    let mut edges: HashMap<_, u32> = HashMap::new();
    for outline in &demo().outlines {
        let ring = &outline.polygons[0][0];
        for (rank, &from) in ring.iter().enumerate() {
            let to = ring[(rank + 1) % ring.len()];
            *edges.entry((bits(from), bits(to))).or_default() += 1;
        }
    }
    assert!(
        edges.values().all(|&count| count == 1),
        "an edge is drawn twice in one direction"
    );
    let shared = edges
        .keys()
        .filter(|(from, to)| edges.contains_key(&(*to, *from)))
        .count();
    assert!(
        shared * 2 > edges.len(),
        "{shared} of {} are shared",
        edges.len()
    );
}

#[test]
fn points_lie_in_the_territory_of_their_commune() {
    let outlines: HashMap<_, _> = demo().outlines.iter().map(|o| (o.code, o)).collect();
    for fiche in of(Kind::point("initiative")).step_by(7) {
        let ring = &outlines[&fiche.territory.commune.unwrap()].polygons[0][0];
        let at = fiche.position.unwrap();
        let (x, y) = (at.longitude(), at.latitude());
        let crossings = (0..ring.len()).filter(|&n| {
            let (a, b) = (ring[n], ring[(n + 1) % ring.len()]);
            (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        });
        assert_eq!(crossings.count() % 2, 1, "{}", fiche.id);
    }
}
