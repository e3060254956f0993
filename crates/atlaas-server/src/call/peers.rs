//! Whose peers an address asks for, and how: `commune=`, `epci=`… or `territoire=` name the place, what
//! else there is belongs to the one query.

use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::words::message::Message;
use atlaas_engine::{LookupOptions, Match, PlaceMatch, Query, Snapshot};
use atlaas_model::{Code, DocId, FicheId, Level, PeersOf};

/// What says how peers are chosen.
pub const QUALIFIERS: [&str; 5] = ["lentille", "n", "strate", "poids", "avec"];
/// What names the place.
pub const PLACES: [&str; 6] = [
    "territoire",
    "commune",
    "epci",
    "departement",
    "region",
    "semblables_a",
];

/// Most territories that a name offers.
const MOST_NAMES: usize = 20;

/// The peers that a request asks for.
pub fn read(call: &Call) -> Result<PeersOf, ApiError> {
    let known: Vec<&str> = PLACES
        .into_iter()
        .chain(QUALIFIERS)
        .chain(SERVER_PARAMETERS)
        .collect();
    call.only(&known)?;
    let named = call
        .pairs
        .iter()
        .filter(|(name, value)| PLACES.contains(&name.as_str()) && !value.trim().is_empty());
    let named: Vec<(&str, &str)> = named.map(|(n, v)| (n.as_str(), v.trim())).collect();
    let [(name, value)] = named.as_slice() else {
        return Err(one_place(&named));
    };
    let (level, code) = place(&call.snapshot, name, value)
        .ok_or_else(|| refuse(name, value, "mistake-unknown-territory"))?;
    let how = call.pairs.iter();
    let how = how.filter(|(name, _)| QUALIFIERS.contains(&name.as_str()));
    of(&call.snapshot, level, code, how.cloned())
}

/// The peers of a territory, chosen as these parameters say.
pub fn of(
    snapshot: &Snapshot,
    level: Level,
    code: Code,
    how: impl Iterator<Item = (String, String)>,
) -> Result<PeersOf, ApiError> {
    let mut pairs: Vec<(String, String)> = how.collect();
    pairs.push(("semblables_a".to_owned(), format!("{level}-{code}")));
    let query = Query::parse(&pairs, snapshot.schema(), &[]).map_err(ApiError::query)?;
    let missing = || refuse("territoire", "", "mistake-territory-id");
    query.peers.ok_or_else(missing)
}

/// The territory of today that a parameter names: by id, by code, else by name.
pub fn place(snapshot: &Snapshot, name: &str, value: &str) -> Option<(Level, Code)> {
    let levels: Vec<Level> = match name.parse() {
        Ok(level) => vec![level],
        Err(()) => Level::ALL.to_vec(),
    };
    let by_id = FicheId::territory_of(value).filter(|(level, _)| levels.contains(level));
    let by_code = value.parse::<Code>().ok();
    let by_code = by_code.and_then(|code| Some((*levels.first()?, code)));
    let catalogue = snapshot.catalogue();
    let known = |(level, code)| catalogue.territory(level, code);
    let by_name = || {
        // Some words of a name are no name, and what begins as an id is one or nothing.
        let found = look_up(snapshot, value, &levels, false)
            .into_iter()
            .next()?;
        let named = found.how != Match::Words && !is_like_an_id(value);
        named.then_some(found.doc)
    };
    let doc = by_id.and_then(known).or_else(|| by_code.and_then(known));
    let fiche = catalogue.fiche(doc.or_else(by_name)?);
    Some((fiche.kind.level()?, fiche.code?))
}

fn is_like_an_id(value: &str) -> bool {
    value
        .split_once('-')
        .is_some_and(|(level, _)| level.parse::<Level>().is_ok())
}

/// The territories of exactly this name, where several have it.
pub fn homonyms(snapshot: &Snapshot, name: &str) -> Vec<DocId> {
    let wanted = atlaas_model::slug(name);
    let found = look_up(snapshot, name, &Level::ALL, false).into_iter();
    let found = found.map(|found| found.doc);
    let same = |doc: &DocId| atlaas_model::slug(&snapshot.catalogue().fiche(*doc).name) == wanted;
    let docs: Vec<DocId> = found.filter(same).collect();
    // A département and the town of its name are told apart by everybody.
    let level = docs
        .first()
        .map(|doc| snapshot.catalogue().fiche(*doc).kind);
    let alike = |doc: &DocId| Some(snapshot.catalogue().fiche(*doc).kind) == level;
    docs.into_iter().filter(alike).collect()
}

/// Territories whose names begin so, or are near.
pub fn near_names(snapshot: &Snapshot, name: &str) -> Vec<DocId> {
    let found = look_up(snapshot, name, &Level::ALL, true).into_iter();
    found.map(|found| found.doc).collect()
}

/// The territories of some levels that a text may name, best first.
fn look_up(
    snapshot: &Snapshot,
    name: &str,
    levels: &[Level],
    autocomplete: bool,
) -> Vec<PlaceMatch> {
    if name.is_empty() {
        return Vec::new();
    }
    let options = LookupOptions {
        limit: MOST_NAMES,
        near: None,
        kinds: levels.to_vec(),
        autocomplete,
    };
    snapshot.lookup(name, &options)
}

/// The territory of an id, as pages have it in their addresses.
pub fn territory(snapshot: &Snapshot, id: &str) -> Option<(Level, Code)> {
    let (level, code) = FicheId::territory_of(id)?;
    let doc = snapshot.catalogue().territory(level, code)?;
    let fiche = snapshot.catalogue().fiche(doc);
    Some((fiche.kind.level()?, fiche.code?))
}

fn one_place(named: &[(&str, &str)]) -> ApiError {
    let (name, value) = named.get(1).copied().unwrap_or(("territoire", ""));
    refuse(name, value, "mistake-one-territory")
}

fn refuse(name: &str, value: &str, why: &'static str) -> ApiError {
    ApiError::parameters(vec![Refusal::new(name, value, Message::new(why))])
}
