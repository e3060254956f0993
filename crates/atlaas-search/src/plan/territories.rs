//! First step: `commune epci departement region` by code; unknown names are mistakes.

use crate::{
    gazetteer::LookupOptions,
    opened::Opened,
    plan::places,
    query::{mistake::Mistake, parameter_error::ParameterError, request::Query},
};
use atlaas_model::{Code, DocId, DocSet, Facet, Level, Position};

/// A query whose territories are codes.
pub(super) struct Named {
    /// As it was asked.
    pub asked: Query,
    /// The same, with territories by code.
    pub resolved: Query,
}

/// Names become codes, unknown ones mistakes.
pub(super) fn name(opened: &Opened, asked: &Query, mistakes: &mut Vec<ParameterError>) -> Named {
    let mut resolved = asked.clone();
    for (kind, values) in std::mem::take(&mut resolved.territories) {
        let mut codes: Vec<String> = Vec::new();
        for value in values {
            let found = territory(opened, kind, &value, asked.position);
            let fiche = found.map(|doc| &opened.fiches[doc as usize]);
            match fiche.and_then(|fiche| fiche.code) {
                Some(code) => codes.push(code.to_string()),
                None => mistakes.push(unknown(opened, kind, &value)),
            }
        }
        codes.sort();
        codes.dedup();
        resolved.territories.insert(kind, codes);
    }
    if let Some(peers) = &mut resolved.peers {
        let found = opened.territories.doc(peers.level, peers.code);
        match found.and_then(|doc| opened.fiches[doc as usize].code) {
            Some(today) => peers.code = today,
            None => mistakes.push(ParameterError::new(
                "semblables_a",
                &format!("{}-{}", peers.level, peers.code),
                Mistake::UnknownTerritory,
            )),
        }
    }
    Named {
        asked: asked.clone(),
        resolved,
    }
}

/// The document of a territory by code, else by name.
fn territory(opened: &Opened, kind: Level, value: &str, near: Option<Position>) -> Option<DocId> {
    let code: Option<Code> = value.parse().ok();
    code.and_then(|code| opened.territories.doc(kind, code))
        .or_else(|| Some(places::named(opened, value, &[kind], near, 1).first()?.doc))
}

fn unknown(opened: &Opened, kind: Level, value: &str) -> ParameterError {
    let error = ParameterError::new(kind.as_str(), value, Mistake::UnknownTerritory);
    let options = LookupOptions {
        limit: 1,
        near: None,
        kinds: vec![kind],
        autocomplete: true,
    };
    let nearest = opened.gazetteer.lookup(value, &options);
    match nearest.first() {
        Some(place) => error.suggesting(&place.name),
        None => error,
    }
}

/// The fiches that lie in a territory; `None` of anything else.
pub(super) fn docs(opened: &Opened, doc: DocId) -> Option<DocSet> {
    let fiche = &opened.fiches[doc as usize];
    let (level, code) = (fiche.kind.level()?, fiche.code?);
    let facet = match level {
        Level::Commune => return Some(opened.columns.in_communes(&[code])),
        Level::Epci => Facet::Epci,
        Level::Departement => Facet::Departement,
        Level::Region => Facet::Region,
    };
    let column = opened.columns.of(facet);
    let ids: Vec<_> = column.id(code.as_str()).into_iter().collect();
    Some(column.any_of(&ids, opened.columns.universe))
}
