//! Places of the gazetteer as plans name them: found by name, code or id, told apart, asked for.

use crate::{
    gazetteer::{LookupOptions, Match, PlaceMatch},
    opened::Opened,
    plan::comprehension::ChosenPlace,
    query::centre::Near,
};
use atlaas_model::{DocId, FicheId, Level, Position};

/// The places of a name, best first.
pub(super) fn named(
    opened: &Opened,
    name: &str,
    kinds: &[Level],
    near: Option<Position>,
    limit: usize,
) -> Vec<PlaceMatch> {
    let options = LookupOptions {
        limit,
        near,
        kinds: kinds.to_vec(),
        autocomplete: false,
    };
    opened.gazetteer.lookup(name, &options)
}

/// The places that are called just so, best first.
pub(super) fn called(opened: &Opened, name: &str) -> Vec<PlaceMatch> {
    let options = LookupOptions {
        limit: 6,
        autocomplete: false,
        ..LookupOptions::default()
    };
    opened.gazetteer.called(name, &options)
}

/// Whether a place is called so.
pub(super) fn is_a_name(opened: &Opened, name: &str) -> bool {
    !called(opened, name).is_empty()
}

/// A territory by the id of its fiche.
pub(super) fn by_id(opened: &Opened, name: &str) -> Option<PlaceMatch> {
    let (kind, code) = FicheId::territory_of(name)?;
    let doc = opened.territories.doc(kind, code)?;
    Some(PlaceMatch {
        doc,
        alias: None,
        kind,
        population: 0,
        score: 1.0,
        edits: 0,
        how: Match::Code,
        qualified: false,
        name: opened.fiches[doc as usize].name.clone(),
    })
}

/// What names a territory and no other: its code, but the id of a région, whose code is that of
/// a département to everybody but INSEE, and of a commune whose code is another's post code.
pub(super) fn near_of(opened: &Opened, doc: DocId) -> Near {
    let fiche = &opened.fiches[doc as usize];
    let code = fiche.code.map(|code| code.to_string());
    let own = |code: &String| fiche.kind != Level::Region && !opened.gazetteer.is_postcode(code);
    Near::Name(code.filter(own).unwrap_or_else(|| fiche.id.to_string()))
}

/// Département and région of a territory, as people tell homonyms apart.
pub(super) fn where_it_lies(opened: &Opened, doc: DocId) -> String {
    let territory = &opened.fiches[doc as usize].territory;
    let name = |kind: Level| {
        let found = opened.territories.doc(kind, territory.at(kind)?)?;
        (found != doc).then(|| opened.fiches[found as usize].name.as_str())
    };
    let names: Vec<&str> = [Level::Departement, Level::Region]
        .into_iter()
        .filter_map(name)
        .collect();
    names.join(", ")
}

/// A place as the comprehension tells it.
pub(super) fn chosen(
    opened: &Opened,
    found: &PlaceMatch,
    relation: &'static str,
    why: &str,
) -> ChosenPlace {
    let fiche = &opened.fiches[found.doc as usize];
    let alias = found.alias.and_then(|alias| fiche.aliases.get(alias));
    ChosenPlace {
        id: Some(fiche.id.to_string()),
        nom: fiche.name.clone(),
        ancien_nom: alias.map(|alias| alias.name.clone()),
        relation,
        pourquoi: why.to_owned(),
    }
}
