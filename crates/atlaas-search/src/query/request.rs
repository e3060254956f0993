//! The one query that lists, tiles, exports and pages share: what may be asked, and its one
//! canonical spelling.
//!
//! A [`Query`] is parsed once from URL parameters (`parse.rs`) and is right from then on. Its
//! canonical form does not depend on the order, case or repetition of parameters, and parses back
//! to the same query: it is the cache key and the link.

use crate::query::{centre::Near, limits::DEFAULT_LIMIT, order::Sort};
use atlaas_model::{Aspect, Bbox, Facet, Kind, Level, PeersOf, Position, Ring};
use std::{collections::BTreeMap, ops::RangeInclusive};

/// The least and the most that is wanted of a number or a date, both included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Range {
    /// The least.
    pub least: Option<Bound>,
    /// The most.
    pub most: Option<Bound>,
}

impl Range {
    /// `500..2000`, `..1000`, `20..`.
    pub fn spelt(&self) -> String {
        let end = |bound: &Option<Bound>| bound.as_ref().map_or("", |bound| &bound.text).to_owned();
        format!("{}..{}", end(&self.least), end(&self.most))
    }
}

/// An end of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// As columns hold it: a number, or the days of a date.
    pub value: f64,
    /// As the query spells it.
    pub text: String,
}

/// What is asked. Lists are sorted and without repetition; absent means no constraint.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a parameter of its own"
)]
pub struct Query {
    /// Words, spaces collapsed; never empty when present.
    pub q: Option<String>,
    /// `q_brut=1`: take `q` as words only, understand nothing.
    pub q_brut: bool,
    /// `strict=1`: the words hold as they are: no other reading, no fewer words, no wider place.
    pub strict: bool,
    /// `sens_proches=1`: what the words hint at counts beside them (`data/thesaurus.toml`).
    pub close: bool,
    /// `ou_nom=FACET:words`: beside what is selected under a facet, fiches whose name holds these.
    pub or_named: BTreeMap<Facet, String>,
    /// `ou_texte=FACET:words`: the same, wherever the words stand.
    pub or_texted: BTreeMap<Facet, String>,
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
    /// `autour`, in kilometres around the boundary of the territories asked for, any of them.
    pub around_km: Option<f64>,
    /// `polygone`: polygons, each an exterior ring followed by its holes.
    pub polygon: Option<Vec<Vec<Ring>>>,
    /// `semblables_a`, and how: territories that resemble one by their context.
    pub peers: Option<PeersOf>,
    /// `habitants`, `grille`, `mise_a_jour`: at most one of each.
    pub aspects: Vec<Aspect>,
    /// `commune epci departement region`: codes or names; names are resolved when planned.
    pub territories: BTreeMap<Level, Vec<String>>,
    /// Terms of declared facets, and mentions, by slug.
    pub facets: BTreeMap<Facet, Vec<String>>,
    /// Facets of years: disjoint ranges in ascending order.
    pub years: BTreeMap<Facet, Vec<RangeInclusive<u16>>>,
    /// Facets of numbers and dates: `hauteur_min`, `hauteur_max`.
    pub ranges: BTreeMap<Facet, Range>,
    /// `annee_label`: years in which a label was given; disjoint ranges in ascending order.
    pub label_years: Vec<RangeInclusive<u16>>,
    /// `arobases`: levels 1 to 5.
    pub levels: Vec<u8>,
    /// `facettes`: which facets to count, in the order of the schema; `None` is all.
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
    pub after: Option<crate::query::cursor::Cursor>,
    /// `explication=1`.
    pub explain: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            q: None,
            q_brut: false,
            strict: false,
            close: false,
            or_named: BTreeMap::new(),
            or_texted: BTreeMap::new(),
            kinds: Vec::new(),
            bbox: None,
            position: None,
            radius_km: None,
            near: None,
            around_km: None,
            polygon: None,
            peers: None,
            aspects: Vec::new(),
            territories: BTreeMap::new(),
            facets: BTreeMap::new(),
            years: BTreeMap::new(),
            ranges: BTreeMap::new(),
            label_years: Vec::new(),
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
    /// The same query from its first hit.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self {
            offset: 0,
            after: None,
            ..self.clone()
        }
    }

    /// Whether its words may give way when they find nothing.
    pub const fn may_climb(&self) -> bool {
        self.q.is_some() && !self.q_brut && !self.strict
    }

    /// Whether it selects anything under a facet.
    pub fn names(&self, facet: Facet) -> bool {
        self.ranges.contains_key(&facet) || !self.selected(facet).is_empty()
    }

    /// The terms selected under a facet, as the facet's values are spelt; empty without selection.
    /// Territories are given as they stand in the query.
    pub fn selected(&self, facet: Facet) -> Vec<String> {
        let territory = |level| self.territories.get(&level).cloned().unwrap_or_default();
        match facet {
            Facet::Type => self.kinds.iter().map(Kind::to_string).collect(),
            Facet::Region => territory(Level::Region),
            Facet::Departement => territory(Level::Departement),
            Facet::Epci => territory(Level::Epci),
            Facet::Arobases => self.levels.iter().map(u8::to_string).collect(),
            Facet::Mention | Facet::Column(_) => match self.years.get(&facet) {
                Some(years) => {
                    let years = years.iter().flat_map(Clone::clone);
                    years.map(|year| year.to_string()).collect()
                }
                None => self.facets.get(&facet).cloned().unwrap_or_default(),
            },
        }
    }
}
