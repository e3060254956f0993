//! Parameters of a URL → [`Query`], with every mistake told at once.
//!
//! Names are known or refused; single values may be repeated only if they agree; lists may be
//! repeated, separated by commas, or both. An empty value is as if the parameter were absent, so
//! that plain HTML forms work.

use crate::{
    query::cursor::Cursor,
    query::limits,
    query::parameter_error::ParameterError,
    query::parameters::{FACET_SEARCH_PREFIX, PARAMETERS, also_called, named},
    query::polygon,
    query::{centre::Near, order::Sort, request::Query},
    query::{mistake::Mistake, values},
};
use atlaas_model::{Facet, Kind, Position, Vocabulary};
use std::collections::BTreeMap;

const TERRITORIES: [Kind; 4] = [Kind::Commune, Kind::Epci, Kind::Departement, Kind::Region];
const TERM_FACETS: [Facet; 6] = [
    Facet::Enjeu,
    Facet::Categorie,
    Facet::Services,
    Facet::Publics,
    Facet::Typologie,
    Facet::Mention,
];

impl Query {
    /// Reads decoded `(name, value)` pairs. `extra_allowed` names parameters that belong to the
    /// caller (`f`, `lang`…): they are let through unread. All mistakes are reported, up to
    /// [`limits::MAX_ERRORS`].
    pub fn parse(
        pairs: &[(String, String)],
        vocabulary: &Vocabulary,
        extra_allowed: &[&str],
    ) -> Result<Self, Vec<ParameterError>> {
        let mut given = Given::collect(pairs, extra_allowed);
        let mut query = Self::default();
        given.read_words(&mut query);
        given.read_place(&mut query);
        given.read_facets(&mut query, vocabulary);
        given.read_page(&mut query);
        given.check_together(&query);
        if given.errors.is_empty() {
            Ok(query)
        } else {
            given.errors.truncate(limits::MAX_ERRORS);
            Err(given.errors)
        }
    }
}

/// Values by parameter name, and the mistakes met so far.
struct Given<'a> {
    values: BTreeMap<&'a str, Vec<&'a str>>,
    errors: Vec<ParameterError>,
}

impl<'a> Given<'a> {
    fn collect(pairs: &'a [(String, String)], extra_allowed: &[&str]) -> Self {
        let mut given = Self {
            values: BTreeMap::new(),
            errors: Vec::new(),
        };
        if pairs.len() > limits::MAX_PARAMETERS {
            let most = limits::MAX_PARAMETERS;
            given.errors.push(ParameterError::new(
                "",
                "",
                format!("{} paramètres : {most} au plus.", pairs.len()),
                format!("{} parameters: at most {most}.", pairs.len()),
            ));
            return given;
        }
        for (name, value) in pairs {
            if extra_allowed.contains(&name.as_str()) {
                continue;
            }
            if named(name).is_none() {
                given.unknown(name, value, extra_allowed);
            } else if !value.trim().is_empty() || name == "facettes" {
                given.values.entry(name).or_default().push(value.trim());
            }
        }
        given
    }

    fn unknown(&mut self, name: &str, value: &str, extra_allowed: &[&str]) {
        if self.errors.len() >= limits::MAX_ERRORS
            || self.errors.iter().any(|e| e.parametre == name)
        {
            return;
        }
        let error = ParameterError::new(name, value, "Paramètre inconnu.", "Unknown parameter.")
            .allowed(name, listed().chain(extra_allowed.iter().copied()));
        self.errors.push(match also_called(name) {
            Some(meant) => error.suggesting(meant.name),
            None => error,
        });
    }

    fn fail(&mut self, name: &str, value: &str, mistake: Mistake) {
        if self.errors.len() >= limits::MAX_ERRORS {
            return;
        }
        let error = ParameterError::new(name, value, mistake.french, mistake.english);
        self.errors.push(if mistake.allowed.is_empty() {
            error
        } else {
            error.allowed(value, mistake.allowed)
        });
    }

    /// The one value of a parameter, parsed.
    fn one<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, Mistake>) -> Option<T> {
        let values = self.values.remove(name)?;
        let first = *values.first()?;
        if let Some(other) = values.iter().find(|&&value| value != first) {
            let mistake = Mistake::new(
                "Paramètre donné deux fois avec des valeurs différentes : gardez-en une.",
                "Parameter given twice with different values: keep one.",
            );
            self.fail(name, other, mistake);
            return None;
        }
        match parse(first) {
            Ok(value) => Some(value),
            Err(mistake) => {
                self.fail(name, first, mistake);
                None
            }
        }
    }

    /// All values of a list parameter, parsed, sorted, without repetition. A value that is right
    /// as a whole is not split at its commas.
    fn many<T: Ord>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Result<Vec<T>, Mistake>,
    ) -> Vec<T> {
        let spelt = self.values.remove(name).unwrap_or_default();
        let mut parsed = Vec::new();
        let mut count = 0;
        for whole in spelt {
            if whole.contains(',')
                && whole.chars().nth(limits::MAX_VALUE_CHARS).is_none()
                && let Ok(values) = parse(whole)
            {
                count += 1;
                parsed.extend(values);
                continue;
            }
            for value in whole.split(',').map(str::trim).filter(|v| !v.is_empty()) {
                count += 1;
                if count > limits::MAX_VALUES {
                    break;
                }
                let result = if value.chars().nth(limits::MAX_VALUE_CHARS).is_some() {
                    Err(Mistake::too_long(limits::MAX_VALUE_CHARS))
                } else {
                    parse(value)
                };
                match result {
                    Ok(values) => parsed.extend(values),
                    Err(mistake) => self.fail(name, value, mistake),
                }
            }
        }
        if count > limits::MAX_VALUES {
            let most = limits::MAX_VALUES;
            let mistake = Mistake::new(
                format!("Trop de valeurs : {most} au plus."),
                format!("Too many values: at most {most}."),
            );
            self.fail(name, "", mistake);
        }
        parsed.sort();
        parsed.dedup();
        parsed
    }

    fn read_words(&mut self, query: &mut Query) {
        query.q = self.one("q", values::words).flatten();
        query.q_brut = self.one("q_brut", values::flag).unwrap_or(false);
        query.explain = self.one("explication", values::flag).unwrap_or(false);
    }

    fn read_place(&mut self, query: &mut Query) {
        query.bbox = self.one("bbox", values::bbox);
        query.polygon = self.one("polygone", polygon::parse);
        query.near = self.one("pres_de", values::near).flatten();
        query.radius_km = self.one("rayon", |v| values::kilometres(v, limits::MIN_RADIUS_KM));
        query.around_km = self.one("autour", |v| values::kilometres(v, 0.0));
        let (has_lat, has_lon) = (self.has("lat"), self.has("lon"));
        let lat = self.one("lat", |v| values::degrees(v, 90.0));
        let lon = self.one("lon", |v| values::degrees(v, 180.0));
        query.position = match (lat, lon) {
            (Some(lat), Some(lon)) => Position::new(lon, lat).ok(),
            _ => None,
        };
        for (present, absent, name) in [(has_lat, !has_lon, "lon"), (has_lon, !has_lat, "lat")] {
            if present && absent {
                let mistake = Mistake::new(
                    "`lat` et `lon` vont ensemble : donnez les deux.",
                    "`lat` and `lon` go together: give both.",
                );
                self.fail(name, "", mistake);
            }
        }
        for kind in TERRITORIES {
            let values = self.many(kind.as_str(), values::territory);
            if !values.is_empty() {
                query.territories.insert(kind, values);
            }
        }
    }

    fn read_facets(&mut self, query: &mut Query, vocabulary: &Vocabulary) {
        query.kinds = self.many("type", values::kind);
        for facet in TERM_FACETS {
            let slugs = self.many(facet.as_str(), |v| values::term(facet, v, vocabulary));
            if !slugs.is_empty() {
                query.facets.insert(facet, slugs);
            }
        }
        query.years = values::merge_years(self.many("annee", values::years));
        query.levels = self.many("arobases", values::levels);
        if let Some(values) = self.values.get("facettes") {
            let none = values
                .iter()
                .all(|value| value.is_empty() || *value == "aucune");
            let counted = self.many("facettes", values::facet_name);
            query.counted = if none {
                Some(Vec::new())
            } else if counted.len() == Facet::ALL.len() {
                None
            } else {
                Some(counted)
            };
        }
        for facet in Facet::ALL {
            let name = format!("{FACET_SEARCH_PREFIX}{facet}");
            if let Some(words) = self.one(&name, values::words).flatten() {
                query.facet_search.insert(facet, words);
            }
        }
    }

    fn read_page(&mut self, query: &mut Query) {
        query.sort = self.one("tri", values::sort).unwrap_or_default();
        query.limit = self
            .one("limit", |v| values::count(v, limits::MAX_LIMIT))
            .unwrap_or(limits::DEFAULT_LIMIT);
        query.offset = self
            .one("offset", |v| values::count(v, limits::MAX_OFFSET))
            .unwrap_or(0);
        let broken = || {
            Mistake::new(
                "Curseur abîmé ou d’une autre requête : reprenez celui du lien « next », ou retirez-le.",
                "Damaged cursor, or one of another query: take it from the `next` link, or leave it out.",
            )
        };
        query.after = self.one("apres", |v| v.parse::<Cursor>().map_err(|_| broken()));
        if let Some(after) = query.after
            && self.errors.is_empty()
            && !after.belongs_to(&query.canonical_for_cursor(), query.sort)
        {
            self.fail("apres", &after.to_string(), broken());
        }
    }

    fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// What is wrong only in combination.
    fn check_together(&mut self, query: &Query) {
        if !self.errors.is_empty() {
            return;
        }
        let centred = query.position.is_some() || query.near.is_some() || query.q.is_some();
        if let (Some(radius), false) = (query.radius_km, centred) {
            let mistake = Mistake::new(
                "`rayon` demande un centre : `pres_de`, ou `lat` et `lon`.",
                "`rayon` needs a centre: `pres_de`, or `lat` and `lon`.",
            );
            self.fail("rayon", &radius.to_string(), mistake);
        }
        let territories: usize = query.territories.values().map(Vec::len).sum();
        let named = matches!(query.near, Some(Near::Name(_))) || query.q.is_some();
        if let Some(margin) = query.around_km
            && (territories > 1 || (territories == 0 && !named))
        {
            let mistake = Mistake::new(
                "`autour` demande un territoire, et un seul : `commune`, `epci`, `departement`, `region` ou `pres_de`.",
                "`autour` needs one territory, and only one: `commune`, `epci`, `departement`, `region` or `pres_de`.",
            );
            self.fail("autour", &margin.to_string(), mistake);
        }
        let placed = centred || territories > 0;
        if query.sort == Sort::Distance && !placed {
            let mistake = Mistake::new(
                "`tri=distance` demande un lieu : `pres_de`, `lat` et `lon`, ou un territoire.",
                "`tri=distance` needs a place: `pres_de`, `lat` and `lon`, or a territory.",
            );
            self.fail("tri", "distance", mistake);
        }
        if query.after.is_some() && query.offset > 0 {
            let mistake = Mistake::new(
                "`apres` et `offset` s’excluent : gardez l’un des deux.",
                "`apres` and `offset` exclude each other: keep one.",
            );
            self.fail("offset", &query.offset.to_string(), mistake);
        }
    }
}

/// The names that a mistake lists: without those that search inside a facet.
fn listed<'a>() -> impl Iterator<Item = &'a str> {
    PARAMETERS
        .iter()
        .map(|parameter| parameter.name)
        .filter(|name| !name.starts_with(FACET_SEARCH_PREFIX))
}
