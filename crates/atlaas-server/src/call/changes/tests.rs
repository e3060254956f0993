//! What is asked is read in one way, spelt in one way, and wrong in a way that is told.

use super::*;

fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}

fn asked(text: &str) -> Result<AskedChanges, Vec<String>> {
    let schema = Schema::default();
    of(&schema, &pairs(text), &["f", "lang", "v"])
        .map_err(|mistakes| mistakes.into_iter().map(|one| one.parametre).collect())
}

#[test]
fn several_queries_are_followed_and_spelt_in_one_way() {
    for (text, queries, spelt) in [
        ("", 1, ""),
        ("type=commune", 1, "type=commune"),
        (
            "suivre=type%3Dcommune%26departement%3D13",
            1,
            "suivre=departement%3D13%26type%3Dcommune",
        ),
        (
            "suivre=https%3A%2F%2Fx.fr%2F%3Fdepartement%3D13%26fiche%3Dx%26tri%3Dnom%23carte&type=epci&suivre=",
            2,
            "type=epci&suivre=departement%3D13",
        ),
        ("suivre=lang%3Dfr", 1, ""),
        ("depuis=2026-11-01", 1, "depuis=2026-11-01T00%3A00%3A00Z"),
        ("depuis=0123456789abcdef", 1, "depuis=0123456789abcdef"),
    ] {
        let asked = asked(text).unwrap();
        assert_eq!(asked.follow.queries.len(), queries, "{text}");
        assert_eq!(asked.spelt, spelt, "{text}");
        assert_eq!(self::asked(&asked.spelt).unwrap().spelt, spelt, "{text}");
    }
}

#[test]
fn every_mistake_is_told_under_the_name_of_its_parameter() {
    let many = "suivre=type%3Depci&".repeat(MOST_FOLLOWED + 1);
    for (text, wrong) in [
        ("depuis=hier", "depuis"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("apres=1", "apres"),
        ("apres=1.-1", "apres"),
        ("archive=x.0", "archive"),
        ("tri=nom", "tri"),
        ("suivre=enjue%3Dx", "suivre"),
        ("enjue=x", "enjue"),
        (many.as_str(), "suivre"),
    ] {
        assert_eq!(asked(text).unwrap_err(), [wrong], "{text}");
    }
    assert!(asked(&many[..many.len() / (MOST_FOLLOWED + 1) * MOST_FOLLOWED]).is_ok());
}

#[test]
fn a_place_is_written_as_it_is_read() {
    let place = ChangePlace {
        numero: 1_795_000_000,
        rank: 1_234,
    };
    assert_eq!(place.to_string().parse(), Ok(place));
    assert_eq!(place.archive().to_string(), "1795000000.2");
    let next = ChangePlace {
        rank: 1_235,
        ..place
    };
    let older = ChangePlace { numero: 1, rank: 0 };
    assert!(place.is_before(next) && next.is_before(older) && !older.is_before(place));
}
