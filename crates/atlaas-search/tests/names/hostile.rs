//! Hostile texts are answered, whatever they are.

use atlaas_model::{Code, Fiche, FicheId, Level, Schema};
use atlaas_search::{Gazetteer, LookupOptions, Suggester, Understander, fold};
use proptest::prelude::*;

fn few_names() -> Vec<Fiche> {
    let names = [
        "Y",
        "Paris",
        "Saint-Denis",
        "L'Haÿ-les-Roses",
        "Les Arcs",
        "Œuf-en-Ternois",
    ];
    let commune = |(rank, name): (usize, &&str)| {
        let code: Code = format!("{:05}", rank + 1).parse().expect("a code");
        let id = FicheId::territory(Level::Commune, code);
        let mut fiche = Fiche::new(id, Level::Commune, (*name).to_owned());
        fiche.code = Some(code);
        fiche
    };
    names.iter().enumerate().map(commune).collect()
}

fn ask_everything(text: &str) {
    let fiches = few_names();
    let gazetteer = Gazetteer::build(&fiches);
    for autocomplete in [false, true] {
        let options = LookupOptions {
            autocomplete,
            ..LookupOptions::default()
        };
        let places = gazetteer.lookup(text, &options);
        assert!(places.len() <= options.limit);
        assert!(
            places
                .iter()
                .all(|place| (0.0..=1.0).contains(&place.score))
        );
    }
    let found = Understander::default().understand(text, &gazetteer, None);
    if let Some(place) = found.place {
        assert!(text.get(place.range).is_some());
        assert!(place.alternatives.len() <= 5);
    }
    let schema = Schema::default();
    Suggester::build(&fiches, &schema).suggest(text, &gazetteer, None, 5);
}

#[test]
fn nothing_typed_brings_it_down() {
    for text in [
        "",
        " ",
        "\0\u{1}\u{7f}",
        "\"*(:)[]{}^~\\",
        "🇫🇷🏳️‍🌈 à 🗼",
        "مدينة باريس",
        "\u{202e}siraP",
        "東京 à moins de 20 km de",
        "à moins de 99999999999999999999999 km de Paris",
        "à 1,99 km de Paris",
        "entre 2018 et 2015",
        "5@@@@@@",
        "@@@@@ @@@@@",
        "de de de de de de de de de de de de de",
        "-----''''’’’’",
    ] {
        ask_everything(text);
    }
    for piece in ["a", "é", "paris ", "saint-", "'", "🙂", "de ", "l'", "9"] {
        ask_everything(&piece.repeat(10_000));
    }
}

#[test]
fn an_empty_gazetteer_answers_nothing() {
    let gazetteer = Gazetteer::build(&[]);
    assert!(gazetteer.is_empty());
    assert!(
        gazetteer
            .lookup("paris", &LookupOptions::default())
            .is_empty()
    );
    assert!(gazetteer.lookup("44", &LookupOptions::default()).is_empty());
}

proptest! {
    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        ask_everything(&text);
    }

    #[test]
    fn any_sentence_of_french_pieces_is_answered(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "à", "de", "du", "près de", "20 km", "Paris", "y", "l'", "saint", "denis", "2015",
                "depuis", "entre", "et", "5@", "@@@", "arobases", "93", "les arcs", "moins de", "-",
            ]),
            0..14,
        )
    ) {
        ask_everything(&pieces.join(" "));
    }

    #[test]
    fn a_name_is_found_however_it_is_written(rank in 0_usize..6, upper in any::<bool>()) {
        let fiches = few_names();
        let gazetteer = Gazetteer::build(&fiches);
        let name = &fiches[rank].name;
        let typed = if upper { name.to_uppercase() } else { fold(name) };
        let places = gazetteer.lookup(&typed, &LookupOptions::default());
        prop_assert_eq!(places[0].doc as usize, rank);
    }
}
