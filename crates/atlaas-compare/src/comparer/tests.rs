//! The comparer against naive formulas and by its promises.

use super::*;
use crate::strata::Width;
use atlaas_model::{ColumnAbout, ContextColumn, FicheId, Merge, Name, Value};
use proptest::prelude::*;

fn code(number: usize) -> Code {
    format!("{number:05}").parse().unwrap()
}

fn commune(number: usize, population: Option<u32>) -> Fiche {
    let own = code(number);
    let mut fiche = Fiche::new(
        FicheId::territory(Level::Commune, own),
        Level::Commune,
        "X".into(),
    );
    fiche.code = Some(own);
    if let Some(people) = population {
        let people = Value::Number(f64::from(people));
        fiche.values.set(Name::known("population"), people);
    }
    fiche.territory.commune = Some(own);
    fiche.territory.departement = Some("01".parse().unwrap());
    fiche
}

fn departement() -> Fiche {
    let own: Code = "01".parse().unwrap();
    let mut fiche = Fiche::new(
        FicheId::territory(Level::Departement, own),
        Level::Departement,
        "Ain".into(),
    );
    fiche.code = Some(own);
    fiche.territory.departement = Some(own);
    fiche
}

/// Communes of these inhabitants and columns.
fn sample(populations: &[Option<u32>], columns: &[(&str, Merge, Vec<f64>)]) -> Comparer {
    let mut fiches: Vec<Fiche> = populations
        .iter()
        .zip(1..)
        .map(|(p, n)| commune(n, *p))
        .collect();
    fiches.push(departement());
    let column = |(name, merge, values): &(&str, Merge, Vec<f64>)| {
        let about = ColumnAbout {
            merge: Some(*merge),
            ..ColumnAbout::default()
        };
        ContextColumn::new((*name).to_owned(), about, Vec::new(), values)
    };
    let context = ContextTable {
        communes: (1..=populations.len()).map(code).collect(),
        columns: columns.iter().map(column).collect(),
    };
    Comparer::new(&Method::shipped().unwrap(), &context, &fiches)
}

fn ask(number: usize) -> PeersOf {
    PeersOf::usual(Level::Commune, code(number))
}

#[test]
fn without_a_context_inhabitants_alone_decide_and_what_lacks_is_said() {
    let populations: Vec<_> = (1..=60).map(|n| Some(n * 100)).collect();
    let comparer = sample(&populations, &[]);
    let compared = comparer
        .compare(&PeersOf {
            count: 2,
            ..ask(30)
        })
        .unwrap();
    let codes: Vec<_> = compared.peers.iter().map(|peer| peer.code).collect();
    assert_eq!(codes, [code(31), code(29)]);
    assert_eq!(compared.band.unwrap().factor, Some(2.0));
    let lacking: Vec<_> = compared
        .lacking
        .iter()
        .map(|&v| comparer.variables()[v].name.as_str())
        .collect();
    assert!(lacking.contains(&"revenu") && !lacking.contains(&"population"));
}

#[test]
fn the_band_widens_until_there_are_enough() {
    let populations: Vec<_> = [10, 1000, 1500, 9000, 1_000_000].map(Some).into();
    let comparer = sample(&populations, &[]);
    for (count, factor) in [(1, Some(2.0)), (2, Some(10.0)), (4, None)] {
        let compared = comparer.compare(&PeersOf { count, ..ask(2) }).unwrap();
        assert_eq!(compared.band.unwrap().factor, factor, "{count}");
        assert_eq!(compared.peers.len(), count as usize);
    }
}

#[test]
fn wider_territories_are_sums_and_weighted_means_of_their_communes() {
    let columns = [
        ("naissances_2022", Merge::Sum, vec![3.0, 7.0]),
        ("deces_2022", Merge::Sum, vec![1.0, 2.0]),
        ("population_2021", Merge::Sum, vec![100.0, 300.0]),
        (
            "revenu_median_2019",
            Merge::Median,
            vec![20_000.0, 24_000.0],
        ),
        ("chomeurs_15_64_2021", Merge::Sum, vec![f64::NAN, 5.0]),
        ("actifs_15_64_2021", Merge::Sum, vec![10.0, 50.0]),
    ];
    let comparer = sample(&[Some(100), Some(300)], &columns);
    let at = comparer
        .standing(Level::Departement, "01".parse().unwrap())
        .unwrap();
    let value = |name: &str| {
        let rank = comparer
            .variables()
            .iter()
            .position(|v| v.name == name)
            .unwrap();
        comparer.value(at, rank)
    };
    assert!((value("solde_naturel") - 17.5).abs() < 1e-9);
    assert!((value("revenu") - 23_000.0).abs() < 1e-9);
    // A quarter of the inhabitants are without it: no sum.
    assert!(value("chomage").is_nan());
}

#[test]
fn strata_are_the_class_and_the_density_and_grow_when_few() {
    let mut populations: Vec<_> = (0..20).map(|_| Some(300)).collect();
    populations.extend((0..5).map(|_| Some(700)));
    let densities = (0..25).map(|n| if n < 3 { 7.0 } else { 6.0 }).collect();
    let comparer = sample(&populations, &[("densite_2024", Merge::Ordinal, densities)]);
    let stratum = |number| {
        let at = comparer.standing(Level::Commune, code(number)).unwrap();
        comparer.stratum(at).unwrap()
    };
    let many = stratum(10);
    assert_eq!(
        (many.width, many.count(), many.least, many.most),
        (Width::Exact, 16, 200.0, Some(500.0))
    );
    let grouped = stratum(1);
    assert_eq!(
        (grouped.width, grouped.count(), grouped.values.as_slice()),
        (Width::Grouped, 19, &[5, 6, 7][..])
    );
    let widened = stratum(24);
    assert_eq!(
        (widened.width, widened.count(), widened.least),
        (Width::Classes(1), 24, 200.0)
    );
    let all = comparer
        .compare(&PeersOf {
            choice: PeerChoice::Stratum,
            ..ask(10)
        })
        .unwrap();
    assert_eq!(all.peers.len(), 16);
}

#[test]
fn chosen_peers_are_kept_and_unknown_names_are_errors() {
    let comparer = sample(&[Some(100), Some(90_000), None], &[]);
    let chosen = PeerChoice::Chosen(vec![code(3), code(2), code(1), code(9)]);
    let compared = comparer
        .compare(&PeersOf {
            choice: chosen,
            ..ask(1)
        })
        .unwrap();
    let peers: Vec<_> = compared
        .peers
        .iter()
        .map(|peer| (peer.code, peer.distance.is_some()))
        .collect();
    assert_eq!(peers, [(code(2), true), (code(3), false)]);
    let lens = |name: &str| PeersOf {
        weighing: Weighing::Lens(name.into()),
        ..ask(1)
    };
    assert_eq!(
        comparer.compare(&lens("x")),
        Err(CompareError::UnknownLens("x".into()))
    );
    let own = |name: &str| PeersOf {
        weighing: Weighing::Own(vec![(name.into(), 1.0)]),
        ..ask(1)
    };
    assert_eq!(
        comparer.compare(&own("x")),
        Err(CompareError::UnknownVariable("x".into()))
    );
    assert_eq!(
        comparer.compare(&own("revenu")),
        Err(CompareError::NothingKnown(code(1)))
    );
    assert_eq!(
        comparer.compare(&ask(3)),
        Err(CompareError::NothingKnown(code(3)))
    );
    assert_eq!(
        comparer.compare(&ask(9)),
        Err(CompareError::UnknownPlace(Level::Commune, code(9)))
    );
}

proptest! {
    #[test]
    fn distances_are_those_of_the_formula_symmetric_and_shares_make_one(
        populations in proptest::collection::vec(prop_oneof![9 => (0_u32..100_000).prop_map(Some), 1 => Just(None)], 3..50),
        seed in proptest::collection::vec(prop_oneof![9 => 1.0..1e5_f64, 1 => Just(f64::NAN)], 50),
        own in (0.1..10.0_f64, 0.1..10.0_f64),
    ) {
        let column = seed[..populations.len()].to_vec();
        let comparer = sample(&populations, &[("revenu_median_2019", Merge::Median, column)]);
        let weighing = Weighing::Own(vec![("population".into(), own.0), ("revenu".into(), own.1)]);
        let everybody = PeerChoice::Chosen((1..=populations.len()).map(code).collect());
        let ask = |number| PeersOf { weighing: weighing.clone(), choice: everybody.clone(), ..ask(number) };
        let Ok(compared) = comparer.compare(&ask(1)) else { return Ok(()) };
        for peer in &compared.peers {
            let Some(far) = peer.distance else { continue };
            let number: usize = peer.code.as_str().parse().unwrap();
            let back = comparer.compare(&ask(number)).unwrap();
            let back = back.peers.iter().find(|back| back.code == code(1)).unwrap();
            prop_assert_eq!(back.distance, Some(far));
            let sum: f64 = peer.shares.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-12 || far.value == 0.0);
        }
        let sorted = compared.peers.windows(2).all(|two| {
            let key = |peer: &Peer| (peer.distance.map_or(f64::INFINITY, |far| far.value), peer.code);
            let (a, b) = (key(&two[0]), key(&two[1]));
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).is_lt()
        });
        prop_assert!(sorted);
    }
}
