//! Whose peers an address asks for, and how: `commune=`, `epci=`… or `territoire=` name the place, what
//! else there is belongs to the one query.

use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::words::message::Message;
use atlaas_engine::{LookupOptions, Query, Snapshot};
use atlaas_model::{Code, FicheId, Level, PeersOf};

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
    let id = value
        .split_once('-')
        .and_then(|(level, code)| Some((level.parse::<Level>().ok()?, code.parse::<Code>().ok()?)));
    let by_id = id.filter(|(level, _)| levels.contains(level));
    let by_code = value.parse::<Code>().ok();
    let by_code = by_code.and_then(|code| Some((*levels.first()?, code)));
    let catalogue = snapshot.catalogue();
    let known = |(level, code)| catalogue.territory(level, code);
    let by_name = || {
        let options = LookupOptions {
            limit: 1,
            near: None,
            kinds: levels.clone(),
            autocomplete: false,
        };
        Some(snapshot.lookup(value, &options).first()?.doc)
    };
    let doc = by_id.and_then(known).or_else(|| by_code.and_then(known));
    let fiche = catalogue.fiche(doc.or_else(by_name)?);
    Some((fiche.kind.level()?, fiche.code?))
}

/// The territory of an id, as pages have it in their addresses.
pub fn territory(snapshot: &Snapshot, id: &str) -> Option<(Level, Code)> {
    let id: FicheId = id.parse().ok()?;
    let (level, code) = id.as_str().split_once('-')?;
    let doc = snapshot
        .catalogue()
        .territory(level.parse().ok()?, code.parse().ok()?)?;
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

/// In which order peers are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The nearest first.
    #[default]
    Distance,
    /// By name.
    Name,
    /// The most populous first.
    Population,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Distance, Self::Name, Self::Population];

    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Name => "nom",
            Self::Population => "population",
        }
    }

    /// The message that calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Distance => "compare-order-distance",
            Self::Name => "compare-order-name",
            Self::Population => "compare-order-population",
        }
    }

    /// The order of that name; the usual one for any other.
    pub fn named(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|order| order.as_str() == name).unwrap_or_default()
    }
}
