//! Any bytes as a query over the committed sample: parsed, planned, answered. Nothing may panic or
//! fail otherwise than by naming the parameters that are wrong; what is answered must hold together.
#![no_main]

use atlaas_engine::{Query, QueryError, SearchAnswer, Snapshot, parameters, query_limits};
use std::{path::Path, sync::OnceLock};

/// The sample as a snapshot, built once in a directory that stays until the process ends.
fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    SNAPSHOT.get_or_init(|| {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../data/echantillon");
        let options = atlaas_ingest::ReadOptions::default();
        let dataset = atlaas_ingest::read_sources(&sources, &options, &|_| {}).expect("the sample");
        let directory = tempfile::tempdir().expect("a directory").keep();
        atlaas_engine::build(dataset, &directory, &|_| {}).expect("a snapshot");
        Snapshot::open(&directory, 0).expect("the snapshot opens")
    })
}

/// The names of the parameters, those of declared columns included.
fn names() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let all = parameters(snapshot().schema()).into_iter();
        all.map(|parameter| parameter.name.to_string()).collect()
    })
}

/// Pieces between `&` as `name=value`; without `=`, the first byte chooses the parameter.
fn pairs(data: &[u8]) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let pair = |piece: &[u8]| match piece.iter().position(|byte| *byte == b'=') {
        Some(at) => Some((text(&piece[..at]), text(&piece[at + 1..]))),
        None => {
            let (first, value) = piece.split_first()?;
            let name = &names()[usize::from(*first) % names().len()];
            Some((name.clone(), text(value)))
        }
    };
    data.split(|byte| *byte == b'&').filter_map(pair).collect()
}

fn parse(pairs: &[(String, String)]) -> Option<Query> {
    Query::parse(pairs, snapshot().schema(), &[]).ok()
}

/// A link of an answer, read back.
fn reread(link: &str) -> Query {
    let pairs: Vec<(String, String)> = link
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), decode(value)))
        .collect();
    parse(&pairs).unwrap_or_else(|| panic!("a link that is refused: {link}"))
}

fn decode(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: String = rest.by_ref().take(2).map(char::from).collect();
            bytes.push(u8::from_str_radix(&digits, 16).expect("two digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Totals, pages and links of an answer agree.
fn check(query: &Query, found: &SearchAnswer) {
    let answer = &found.answer;
    assert!(answer.hits.len() <= query.limit as usize && query.limit <= query_limits::MAX_LIMIT);
    assert!(answer.hits.len() <= answer.matched as usize);
    assert_eq!(reread(&query.canonical()), *query);
    assert!(answer.hits.iter().all(|hit| hit.score.is_finite()));
    for alternative in &found.plan.comprehension.alternatives {
        let query = reread(&alternative.requete);
        assert!(snapshot().answer(&query).is_ok(), "{}", alternative.requete);
    }
    for proposal in &answer.proposals {
        let query = Query { counted: Some(Vec::new()), ..reread(&proposal.requete) };
        let told = snapshot().answer(&query).expect("a proposal").answer.matched;
        assert_eq!(told, proposal.n, "{}", proposal.requete);
    }
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some(query) = parse(&pairs(data)) else { return };
    match snapshot().answer(&query) {
        Ok(found) => check(&query, &found),
        Err(QueryError::Parameters(mistakes)) => assert!(!mistakes.is_empty()),
        Err(QueryError::Engine(error)) => panic!("{error}"),
    }
});
