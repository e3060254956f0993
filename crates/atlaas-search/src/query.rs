//! The one query that lists, tiles, exports and pages share: what may be asked, and its one
//! canonical spelling.
//!
//! A [`Query`] is parsed once from URL parameters (`query_parse.rs`) and is right from then on. Its
//! canonical form does not depend on the order, case or repetition of parameters, and parses back
//! to the same query: it is the cache key and the link.

use crate::query_limits::DEFAULT_LIMIT;
use atlaas_model::{Bbox, Facet, Kind, Position, Ring};
use std::{collections::BTreeMap, fmt::Write as _, ops::RangeInclusive};

/// Order of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first; see the table of weights in `rank.rs`.
    #[default]
    Relevance,
    /// Nearest first; fiches without a position last.
    Distance,
    /// Newest first (`-date`): date of change, else year; undated last.
    Newest,
    /// By name, accents and case ignored (`nom`).
    Name,
    /// Most inhabitants first (`-population`); others last.
    Population,
}

impl Sort {
    /// Every order, with its public name.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Relevance, "pertinence"),
        (Self::Distance, "distance"),
        (Self::Newest, "-date"),
        (Self::Name, "nom"),
        (Self::Population, "-population"),
    ];

    /// The public name.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(sort, _)| *sort == self)
            .map_or("pertinence", |(_, name)| name)
    }
}

/// What `pres_de` names.
#[derive(Clone, Debug, PartialEq)]
pub enum Near {
    /// A longitude and a latitude.
    Position(Position),
    /// A name or a code, resolved by the gazetteer when the query is planned.
    Name(String),
}

/// What is asked. Lists are sorted and without repetition; absent means no constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// Words, spaces collapsed; never empty when present.
    pub q: Option<String>,
    /// `q_brut=1`: take `q` as words only, understand nothing.
    pub q_brut: bool,
    /// `type`.
    pub kinds: Vec<Kind>,
    /// `bbox=west,south,east,north`.
    pub bbox: Option<Bbox>,
    /// `lon` and `lat`: where the asker is; filters only together with `rayon`.
    pub position: Option<Position>,
    /// `rayon`, in kilometres.
    pub radius_km: Option<f64>,
    /// `pres_de`.
    pub near: Option<Near>,
    /// `autour`, in kilometres around the boundary of the one territory asked for.
    pub around_km: Option<f64>,
    /// `polygone`: polygons, each an exterior ring followed by its holes.
    pub polygon: Option<Vec<Vec<Ring>>>,
    /// `commune epci departement region`: codes or names; names are resolved when planned.
    pub territories: BTreeMap<Kind, Vec<String>>,
    /// `enjeu categorie services publics typologie mention`, by slug.
    pub facets: BTreeMap<Facet, Vec<String>>,
    /// `annee`: disjoint ranges in ascending order.
    pub years: Vec<RangeInclusive<u16>>,
    /// `arobases`: levels 1 to 5.
    pub levels: Vec<u8>,
    /// `facettes`: which facets to count, in the order of [`Facet::ALL`]; `None` is all.
    pub counted: Option<Vec<Facet>>,
    /// `facette.NAME=words`: keep only values of that facet whose name holds these words.
    pub facet_search: BTreeMap<Facet, String>,
    /// `tri`.
    pub sort: Sort,
    /// `limit`.
    pub limit: u32,
    /// `offset`.
    pub offset: u32,
    /// `apres`: where the page before ended.
    pub after: Option<crate::query_cursor::Cursor>,
    /// `explication=1`.
    pub explain: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            q: None,
            q_brut: false,
            kinds: Vec::new(),
            bbox: None,
            position: None,
            radius_km: None,
            near: None,
            around_km: None,
            polygon: None,
            territories: BTreeMap::new(),
            facets: BTreeMap::new(),
            years: Vec::new(),
            levels: Vec::new(),
            counted: None,
            facet_search: BTreeMap::new(),
            sort: Sort::default(),
            limit: DEFAULT_LIMIT,
            offset: 0,
            after: None,
            explain: false,
        }
    }
}

impl Query {
    /// The one spelling of this query: `name=value` pairs in alphabetical order, percent-encoded,
    /// defaults left out. Empty for the query that asks for everything.
    pub fn canonical(&self) -> String {
        let mut pairs = self.filter_pairs();
        if let Some(position) = self.position {
            pairs.push(("lat".into(), position.latitude().to_string()));
            pairs.push(("lon".into(), position.longitude().to_string()));
        }
        if let Some(counted) = &self.counted {
            let names: Vec<&str> = counted.iter().map(|facet| facet.as_str()).collect();
            pairs.push(("facettes".into(), names.join(",")));
        }
        for (facet, words) in &self.facet_search {
            pairs.push((format!("facette.{facet}"), words.clone()));
        }
        if self.sort != Sort::default() {
            pairs.push(("tri".into(), self.sort.as_str().into()));
        }
        if self.limit != DEFAULT_LIMIT {
            pairs.push(("limit".into(), self.limit.to_string()));
        }
        if self.offset != 0 {
            pairs.push(("offset".into(), self.offset.to_string()));
        }
        if let Some(after) = &self.after {
            pairs.push(("apres".into(), after.to_string()));
        }
        if self.explain {
            pairs.push(("explication".into(), "1".into()));
        }
        encode(pairs)
    }

    /// The same without paging, order, counting and explanation: which fiches, not how they are
    /// shown. The cache key of filtered tiles.
    pub fn filter_canonical(&self) -> String {
        let mut pairs = self.filter_pairs();
        // The asker's position chooses among homonyms and is the centre of `rayon`; it does
        // nothing else to which fiches match.
        if let Some(position) = self.position
            && (self.radius_km.is_some() || self.q.is_some() || self.near.is_some())
        {
            pairs.push(("lat".into(), position.latitude().to_string()));
            pairs.push(("lon".into(), position.longitude().to_string()));
        }
        encode(pairs)
    }

    fn filter_pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if let Some(q) = &self.q {
            push("q", q.clone());
        }
        if self.q_brut {
            push("q_brut", "1".into());
        }
        if !self.kinds.is_empty() {
            let names: Vec<&str> = self.kinds.iter().map(|kind| kind.as_str()).collect();
            push("type", names.join(","));
        }
        for (kind, values) in &self.territories {
            for value in values {
                push(kind.as_str(), value.clone());
            }
        }
        for (facet, slugs) in &self.facets {
            push(facet.as_str(), slugs.join(","));
        }
        if !self.years.is_empty() {
            let spans: Vec<String> = self.years.iter().map(year_span).collect();
            push("annee", spans.join(","));
        }
        if !self.levels.is_empty() {
            let levels: Vec<String> = self.levels.iter().map(u8::to_string).collect();
            push("arobases", levels.join(","));
        }
        pairs.extend(self.place_pairs());
        pairs
    }

    fn place_pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        if let Some(b) = self.bbox {
            let value = format!("{},{},{},{}", b.west, b.south, b.east, b.north);
            pairs.push(("bbox".into(), value));
        }
        match &self.near {
            Some(Near::Position(position)) => pairs.push((
                "pres_de".into(),
                format!("{},{}", position.longitude(), position.latitude()),
            )),
            Some(Near::Name(name)) => pairs.push(("pres_de".into(), name.clone())),
            None => {}
        }
        if let Some(radius_km) = self.radius_km {
            pairs.push(("rayon".into(), radius_km.to_string()));
        }
        if let Some(around_km) = self.around_km {
            pairs.push(("autour".into(), around_km.to_string()));
        }
        if let Some(polygons) = &self.polygon {
            pairs.push(("polygone".into(), crate::query_polygon::to_wkt(polygons)));
        }
        pairs
    }

    /// The same query from its first hit.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self {
            offset: 0,
            after: None,
            ..self.clone()
        }
    }

    /// The terms selected under a facet, as the facet's values are spelt; empty without selection.
    /// Territories are given as they stand in the query.
    pub fn selected(&self, facet: Facet) -> Vec<String> {
        let territory = |kind| self.territories.get(&kind).cloned().unwrap_or_default();
        match facet {
            Facet::Type => self.kinds.iter().map(Kind::to_string).collect(),
            Facet::Region => territory(Kind::Region),
            Facet::Departement => territory(Kind::Departement),
            Facet::Epci => territory(Kind::Epci),
            Facet::Arobases => self.levels.iter().map(u8::to_string).collect(),
            Facet::Annee => self
                .years
                .iter()
                .flat_map(Clone::clone)
                .map(|year| year.to_string())
                .collect(),
            other => self.facets.get(&other).cloned().unwrap_or_default(),
        }
    }
}

/// A span of years as `annee` spells it.
pub(crate) fn year_span(span: &RangeInclusive<u16>) -> String {
    let (first, last) = (span.start(), span.end());
    let open = crate::query_limits::YEARS;
    match (first == last, first == open.start(), last == open.end()) {
        (true, ..) => first.to_string(),
        (_, true, true) => "-".to_owned(),
        (_, true, false) => format!("-{last}"),
        (_, false, true) => format!("{first}-"),
        (_, false, false) => format!("{first}-{last}"),
    }
}

fn encode(mut pairs: Vec<(String, String)>) -> String {
    pairs.sort();
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&name);
        out.push('=');
        percent_encode(&value, &mut out);
    }
    out
}

/// RFC 3986: everything but unreserved characters and the comma, which is a legal sub-delimiter in
/// a query and keeps lists readable.
fn percent_encode(value: &str, out: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            out.push(byte as char);
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}
