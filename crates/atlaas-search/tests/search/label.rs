//! The label's own words: those who bear it, of a level, of a year.

use crate::synthetic::world;
use atlaas_model::Fiche;
use atlaas_search::Query;

fn found(pairs: &[(&str, &str)]) -> (String, Vec<u32>) {
    let pairs: Vec<(String, String)> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
    let plan = world().search.plan(&query).unwrap();
    let docs = world().search.matching(&plan, None).unwrap();
    (plan.resolved.canonical(), docs.iter().collect())
}

fn given(fiche: &Fiche, years: std::ops::RangeInclusive<u16>) -> bool {
    fiche.labels.iter().any(|label| years.contains(&label.year))
}

#[test]
fn those_labelled_in_a_year_are_found_by_parameter_and_in_words() {
    let expected = |years: std::ops::RangeInclusive<u16>| -> Vec<u32> {
        let all = (0..).zip(world().fiches.iter());
        all.filter(|(_, fiche)| given(fiche, years.clone()))
            .map(|(doc, _)| doc)
            .collect()
    };
    let (canonical, docs) = found(&[("annee_label", "2010")]);
    assert_eq!(canonical, "annee_label=2010");
    assert_eq!(docs, expected(2010..=2010));
    assert!(!docs.is_empty());
    assert_eq!(
        found(&[("annee_label", "2010-2011")]).1,
        expected(2010..=2011)
    );
    let levels = "annee_label=2010&arobases=1,2,3,4,5";
    for (words, resolved) in [
        ("labellisées 2010", levels),
        (
            "communes labellisées en 2010",
            &format!("{levels}&type=commune"),
        ),
        ("villes internet 2010", levels),
        (
            "ville internet 3 arobases 2010",
            "annee_label=2010&arobases=3",
        ),
        ("communes 4@", "arobases=4&type=commune"),
        ("ville internet 5 arobases", "arobases=5&type=commune,epci"),
        ("2010", "annee=2010"),
    ] {
        assert_eq!(found(&[("q", words)]).0, resolved, "{words}");
    }
}
