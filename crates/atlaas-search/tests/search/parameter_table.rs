//! The table of parameters against the parser: what a row promises is what happens.
//!
//! 1. A name stands once; no other spelling is a name, or leads to two.
//! 2. What a row lists is what exists: kinds, orders, facets.
//! 3. Its example is accepted; so are its bounds and its values; what lies beyond is refused.
//! 4. Another spelling is refused, and its name suggested.
//! 5. What is canonical is in the table, and only parameters of *which* change which fiches match.
//! 6. Both languages have words.

use crate::synthetic::world;
use atlaas_model::Kind;
use atlaas_search::{
    FACET_SEARCH_PREFIX, Form, Parameter, ParameterError, Purpose, Query, Sort, parameters,
};
use std::collections::BTreeSet;

/// What a parameter needs beside it.
fn beside(name: &str) -> &'static [(&'static str, &'static str)] {
    match name {
        "lat" => &[("lon", "5"), ("rayon", "3")],
        "lon" => &[("lat", "45"), ("rayon", "3")],
        "rayon" => &[("lat", "45"), ("lon", "5")],
        "autour" => &[("commune", "13056")],
        "tri" => &[("pres_de", "5,45")],
        "lentille" | "poids" | "n" | "strate" | "avec" => &[("semblables_a", "commune-13056")],
        _ => &[],
    }
}

fn with(parameter: &Parameter, value: &str) -> Result<Query, Vec<ParameterError>> {
    let mut pairs = vec![(parameter.name.to_owned(), value.to_owned())];
    for (name, value) in beside(parameter.name) {
        pairs.push(((*name).to_owned(), (*value).to_owned()));
    }
    Query::parse(&pairs, &world().schema, &[])
}

#[track_caller]
fn accepted(parameter: &Parameter, value: &str) {
    let found = with(parameter, value);
    assert!(found.is_ok(), "{}={value}: {found:?}", parameter.name);
}

#[track_caller]
fn refused(parameter: &Parameter, value: &str) {
    let errors = with(parameter, value).expect_err(parameter.name);
    assert!(
        errors.iter().all(|error| error.parametre == parameter.name),
        "{value}: {errors:?}"
    );
}

fn table() -> Vec<Parameter> {
    parameters(&world().schema)
}

fn row(name: &str) -> Parameter {
    table()
        .into_iter()
        .find(|parameter| parameter.name == name)
        .unwrap()
}

#[test]
fn a_name_stands_once_and_no_other_spelling_is_a_name() {
    let mut seen = BTreeSet::new();
    for parameter in &table() {
        assert!(seen.insert(parameter.name), "{} twice", parameter.name);
    }
    for alias in table().iter().flat_map(|parameter| parameter.aliases) {
        assert!(seen.insert(alias), "{alias} twice");
    }
}

#[test]
fn what_a_row_lists_is_what_exists() {
    let listed = |name: &str| match row(name).form {
        Form::OneOf(values) | Form::Several(values) => values.into_owned(),
        other => panic!("{name}: {other:?}"),
    };
    let kinds: Vec<&str> = world()
        .schema
        .kinds()
        .into_iter()
        .map(Kind::as_str)
        .collect();
    assert_eq!(listed("type"), kinds);
    let orders = Sort::all(&world().schema).into_iter().map(Sort::as_str);
    let orders: Vec<&str> = orders.collect();
    assert_eq!(listed("tri"), orders);
    let facets = world()
        .schema
        .facets()
        .iter()
        .map(|info| info.facet.as_str());
    let facets: BTreeSet<&str> = facets.collect();
    let mut counted: BTreeSet<&str> = listed("facettes").into_iter().collect();
    assert!(counted.remove("toutes") && counted.remove("aucune"));
    assert_eq!(counted, facets);
    let searched: BTreeSet<&str> = table()
        .iter()
        .filter_map(|parameter| parameter.name.strip_prefix(FACET_SEARCH_PREFIX))
        .collect();
    assert_eq!(searched, facets);
}

#[test]
fn examples_bounds_and_values_are_accepted_and_what_lies_beyond_is_refused() {
    for parameter in &table() {
        if !parameter.example.is_empty() {
            accepted(parameter, &parameter.example);
        }
        match &parameter.form {
            Form::Integer { least, most } => {
                accepted(parameter, &least.to_string());
                accepted(parameter, &most.to_string());
                refused(parameter, &(*least - 1).to_string());
                refused(parameter, &(*most + 1).to_string());
                refused(parameter, "1.5");
            }
            Form::Number { least, most } => {
                accepted(parameter, &least.to_string());
                accepted(parameter, &most.to_string());
                refused(parameter, &(*least - 0.000_1).to_string());
                refused(parameter, &(*most + 0.000_1).to_string());
                refused(parameter, "beaucoup");
            }
            Form::Flag(values) => listed(parameter, values),
            Form::OneOf(values) | Form::Several(values) => listed(parameter, values),
            Form::Text | Form::Texts => {}
        }
    }
}

fn listed(parameter: &Parameter, values: &[&str]) {
    for value in values {
        accepted(parameter, value);
    }
    refused(parameter, "inconnue");
}

#[test]
fn another_spelling_is_refused_and_its_name_suggested() {
    for parameter in &table() {
        for alias in parameter.aliases {
            let pairs = [((*alias).to_owned(), "1".to_owned())];
            let errors = Query::parse(&pairs, &world().schema, &[]).expect_err(alias);
            assert_eq!(
                errors[0].suggestion.as_deref(),
                Some(parameter.name),
                "{alias}"
            );
        }
    }
}

#[test]
fn what_is_canonical_is_in_the_table_and_only_some_parameters_say_which_fiches() {
    for parameter in table()
        .iter()
        .filter(|parameter| !parameter.example.is_empty())
    {
        let query = with(parameter, &parameter.example).unwrap();
        for pair in query.canonical().split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split('=').next().unwrap();
            assert_eq!(row(name).name, name);
        }
        let filter = query.filter_canonical();
        let said = filter
            .split('&')
            .any(|pair| pair.starts_with(&format!("{}=", parameter.name)));
        assert_eq!(
            said,
            parameter.purpose == Purpose::Which,
            "{}: {filter}",
            parameter.name
        );
    }
}

#[test]
fn both_languages_have_words() {
    for parameter in &table() {
        for words in [Some(&parameter.about), parameter.condition.as_ref()]
            .into_iter()
            .flatten()
        {
            assert!(
                words.french.len() > 4 && words.english.len() > 4,
                "{}",
                parameter.name
            );
            assert!(!words.english.contains('«'), "{}", parameter.name);
        }
    }
}
