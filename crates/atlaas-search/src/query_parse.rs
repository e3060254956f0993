//! Parameters of a URL → [`Query`], with every mistake told at once.
//!
//! Names are known or refused; single values may be repeated only if they agree; lists may be
//! repeated, separated by commas, or both. An empty value is as if the parameter were absent, so
//! that plain HTML forms work.

use crate::{
    query::{Near, Query, Sort},
    query_cursor::Cursor,
    query_error::ParameterError,
    query_limits as limits, query_polygon,
    query_values::{self, Mistake},
};
use atlaas_model::{Facet, Kind, Position, Vocabulary};
use std::collections::BTreeMap;

/// Every parameter, in the order in which the documentation lists them. Besides these,
/// `facette.NAME` searches inside the values of a facet.
pub const PARAMETERS: [&str; 28] = [
    "q",
    "q_brut",
    "type",
    "pres_de",
    "lat",
    "lon",
    "rayon",
    "commune",
    "epci",
    "departement",
    "region",
    "autour",
    "bbox",
    "polygone",
    "enjeu",
    "categorie",
    "services",
    "publics",
    "typologie",
    "mention",
    "annee",
    "arobases",
    "facettes",
    "tri",
    "limit",
    "offset",
    "apres",
    "explication",
];

/// Prefix of the parameters that search inside a facet's values.
pub const FACET_SEARCH_PREFIX: &str = "facette.";

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
        let mut reader = Reader::collect(pairs, extra_allowed);
        let mut query = Self::default();
        reader.read_words(&mut query);
        reader.read_place(&mut query);
        reader.read_facets(&mut query, vocabulary);
        reader.read_page(&mut query);
        reader.check_together(&query);
        if reader.errors.is_empty() {
            Ok(query)
        } else {
            reader.errors.truncate(limits::MAX_ERRORS);
            Err(reader.errors)
        }
    }
}

/// Values by parameter name, and the mistakes met so far.
struct Reader<'a> {
    values: BTreeMap<&'a str, Vec<&'a str>>,
    errors: Vec<ParameterError>,
}

impl<'a> Reader<'a> {
    fn collect(pairs: &'a [(String, String)], extra_allowed: &[&str]) -> Self {
        let mut reader = Self {
            values: BTreeMap::new(),
            errors: Vec::new(),
        };
        if pairs.len() > limits::MAX_PARAMETERS {
            let most = limits::MAX_PARAMETERS;
            reader.errors.push(ParameterError::new(
                "",
                "",
                format!("{} paramètres : {most} au plus.", pairs.len()),
                format!("{} parameters: at most {most}.", pairs.len()),
            ));
            return reader;
        }
        for (name, value) in pairs {
            if extra_allowed.contains(&name.as_str()) {
                continue;
            }
            if !is_known(name) {
                reader.unknown(name, value, extra_allowed);
            } else if !value.trim().is_empty() || name == "facettes" {
                reader.values.entry(name).or_default().push(value.trim());
            }
        }
        reader
    }

    fn unknown(&mut self, name: &str, value: &str, extra_allowed: &[&str]) {
        if self.errors.len() >= limits::MAX_ERRORS
            || self.errors.iter().any(|e| e.parametre == name)
        {
            return;
        }
        let alias = match name {
            "lng" | "longitude" | "long" | "x" => Some("lon"),
            "latitude" | "y" => Some("lat"),
            "radius" | "distance" => Some("rayon"),
            "query" | "search" | "recherche" | "texte" => Some("q"),
            "sort" | "order" => Some("tri"),
            "page" | "start" | "debut" => Some("offset"),
            "after" | "cursor" => Some("apres"),
            "per_page" | "rows" | "size" | "limite" => Some("limit"),
            "near" | "pres" => Some("pres_de"),
            "year" | "millesime" => Some("annee"),
            "polygon" | "geometry" => Some("polygone"),
            _ => None,
        };
        let error = ParameterError::new(name, value, "Paramètre inconnu.", "Unknown parameter.")
            .allowed(name, PARAMETERS.iter().chain(extra_allowed));
        self.errors.push(match alias {
            Some(alias) => error.suggesting(alias),
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
        let given = self.values.remove(name).unwrap_or_default();
        let mut parsed = Vec::new();
        let mut count = 0;
        for whole in given {
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
        query.q = self.one("q", query_values::words).flatten();
        query.q_brut = self.one("q_brut", query_values::flag).unwrap_or(false);
        query.explain = self.one("explication", query_values::flag).unwrap_or(false);
    }

    fn read_place(&mut self, query: &mut Query) {
        query.bbox = self.one("bbox", query_values::bbox);
        query.polygon = self.one("polygone", query_polygon::parse);
        query.near = self.one("pres_de", query_values::near).flatten();
        query.radius_km = self.one("rayon", |v| query_values::kilometres(v, 0.001));
        query.around_km = self.one("autour", |v| query_values::kilometres(v, 0.0));
        let (has_lat, has_lon) = (self.has("lat"), self.has("lon"));
        let lat = self.one("lat", |v| query_values::degrees(v, 90.0));
        let lon = self.one("lon", |v| query_values::degrees(v, 180.0));
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
            let values = self.many(kind.as_str(), query_values::territory);
            if !values.is_empty() {
                query.territories.insert(kind, values);
            }
        }
    }

    fn read_facets(&mut self, query: &mut Query, vocabulary: &Vocabulary) {
        query.kinds = self.many("type", query_values::kind);
        for facet in TERM_FACETS {
            let slugs = self.many(facet.as_str(), |v| query_values::term(facet, v, vocabulary));
            if !slugs.is_empty() {
                query.facets.insert(facet, slugs);
            }
        }
        query.years = query_values::merge_years(self.many("annee", query_values::years));
        query.levels = self.many("arobases", query_values::levels);
        if let Some(values) = self.values.get("facettes") {
            let none = values
                .iter()
                .all(|value| value.is_empty() || *value == "aucune");
            let counted = self.many("facettes", query_values::facet_name);
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
            if let Some(words) = self.one(&name, query_values::words).flatten() {
                query.facet_search.insert(facet, words);
            }
        }
    }

    fn read_page(&mut self, query: &mut Query) {
        query.sort = self.one("tri", query_values::sort).unwrap_or_default();
        query.limit = self
            .one("limit", |v| query_values::count(v, limits::MAX_LIMIT))
            .unwrap_or(limits::DEFAULT_LIMIT);
        query.offset = self
            .one("offset", |v| query_values::count(v, limits::MAX_OFFSET))
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

impl Query {
    /// What a cursor is bound to: which fiches match, and where the asker is (it moves scores).
    pub(crate) fn canonical_for_cursor(&self) -> String {
        let mut shown = self.clone();
        shown.counted = None;
        shown.facet_search.clear();
        shown.limit = limits::DEFAULT_LIMIT;
        shown.offset = 0;
        shown.after = None;
        shown.explain = false;
        shown.canonical()
    }
}

fn is_known(name: &str) -> bool {
    PARAMETERS.contains(&name)
        || name
            .strip_prefix(FACET_SEARCH_PREFIX)
            .is_some_and(|facet| facet.parse::<Facet>().is_ok())
}
