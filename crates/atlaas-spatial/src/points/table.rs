//! The points of one layer, in the order of their documents. Everything that does not depend on a
//! filter is prepared here, once a snapshot.

use super::head::TableHead;
use super::row::PointRow;
use super::wording::cut;
use crate::grid::WorldPoint;
use std::{borrow::Cow, collections::HashMap, ops::Range};

/// Characters of a name in a tile; the fiche has the rest.
const LONGEST_NAME: usize = 80;

/// The points of one layer, in the order of their documents.
#[derive(Debug)]
pub struct PointTable {
    head: TableHead,
    /// `n_{slug}`, by rank.
    category_keys: Vec<String>,
    rows: Vec<PointRow>,
    places: Vec<WorldPoint>,
    /// For each row the rank of its place among all different places.
    place_ranks: Vec<u32>,
    place_count: u32,
    /// Category ranks of all rows in a line, and where each row starts; close together, because
    /// every rebuild of the clusters reads them all.
    categories: Vec<u16>,
    category_starts: Vec<u32>,
}

impl PointTable {
    /// Sorts the rows by document.
    pub fn new(head: TableHead, mut rows: Vec<PointRow>) -> Self {
        let categories = &head.categories;
        rows.sort_by_key(|row| row.doc);
        for row in &mut rows {
            cut(&mut row.name, LONGEST_NAME);
            row.categories
                .retain(|&rank| usize::from(rank) < categories.len());
            row.categories.sort_unstable();
            row.categories.dedup();
        }
        let places: Vec<WorldPoint> = rows
            .iter()
            .map(|row| WorldPoint::of(row.position))
            .collect();
        let mut ranks = HashMap::new();
        let place_ranks = places
            .iter()
            .map(|&place| {
                let next = ranks.len() as u32;
                *ranks.entry(place).or_insert(next)
            })
            .collect();
        let mut flat = Vec::with_capacity(rows.len());
        let mut starts = vec![0];
        for row in &rows {
            flat.extend_from_slice(&row.categories);
            starts.push(flat.len() as u32);
        }
        Self {
            categories: flat,
            category_starts: starts,
            category_keys: categories.iter().map(|slug| format!("n_{slug}")).collect(),
            head,
            rows,
            places,
            place_ranks,
            place_count: ranks.len() as u32,
        }
    }

    /// Name of the layer in tiles.
    pub fn layer(&self) -> &str {
        &self.head.layer
    }

    /// What all its points have in common.
    pub const fn head(&self) -> &TableHead {
        &self.head
    }

    /// The keys under which clusters count, by rank.
    pub fn category_keys(&self) -> &[String] {
        &self.category_keys
    }

    /// The points, by document.
    pub fn rows(&self) -> &[PointRow] {
        &self.rows
    }

    /// How many points there are.
    pub fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Names and types of the properties of the layer for TileJSON `vector_layers`; a type is
    /// `String`, `Number` or `Boolean`.
    pub fn fields(&self) -> Vec<(String, &'static str)> {
        let first = [
            ("cluster", "Boolean"),
            ("cluster_id", "Number"),
            ("point_count", "Number"),
            ("point_count_abbreviated", "String"),
            ("expansion_zoom", "Number"),
            ("bbox", "String"),
            ("coincident", "Boolean"),
            ("id", "String"),
            ("type", "String"),
            (&self.head.name_key, "String"),
        ];
        let told = self
            .head
            .columns
            .iter()
            .map(|(key, kind)| (key.as_str(), kind.as_str()));
        let last = [("commune", "String"), ("arobases", "Number")];
        let counts = self
            .category_keys
            .iter()
            .map(|key| (key.as_str(), "Number"));
        let all = first.into_iter().chain(told).chain(last).chain(counts);
        all.map(|(key, kind)| (key.to_owned(), kind)).collect()
    }

    pub(crate) fn layer_name(&self) -> Cow<'static, str> {
        Cow::Owned(self.head.layer.clone())
    }

    pub(crate) fn place(&self, row: u32) -> WorldPoint {
        self.places[row as usize]
    }

    pub(crate) fn place_rank(&self, row: u32) -> u32 {
        self.place_ranks[row as usize]
    }

    pub(crate) const fn place_count(&self) -> u32 {
        self.place_count
    }

    pub(crate) fn row(&self, row: u32) -> &PointRow {
        &self.rows[row as usize]
    }

    /// Ranks of the categories of a row.
    pub(crate) fn categories(&self, row: u32) -> &[u16] {
        let starts = &self.category_starts[row as usize..];
        &self.categories[starts[0] as usize..starts[1] as usize]
    }

    pub(crate) fn all(&self) -> Range<u32> {
        0..self.len()
    }
}
