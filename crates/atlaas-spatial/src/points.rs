//! The points of one tileset: where each fiche lies on the map, what its symbol says, and which
//! categories it counts for. Everything that does not depend on a filter is prepared here, once a
//! snapshot.

mod wording;

pub(crate) use wording::{abbreviate, cut};

use crate::mercator::{Point, project, unproject};
use atlaas_model::{Bbox, DocId, Facet, Fiche, Kind, Position, TerritoryIndex, Vocabulary};
use std::{borrow::Cow, collections::HashMap, ops::Range};

/// Characters of a name in a tile; the fiche has the rest.
const LONGEST_NAME: usize = 80;

/// A place on the square of Web Mercator cut into 2³² by 2³² parts, one centimetre at the equator:
/// whole numbers, so that sums, distances and tile edges are exact on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WorldPoint {
    /// From west to east.
    pub x: u32,
    /// From north to south.
    pub y: u32,
}

const WORLD: f64 = 4_294_967_296.0;

impl WorldPoint {
    pub fn of(position: Position) -> Self {
        let Point { x, y } = project(position);
        // A cast from a float stops at the ends of u32.
        Self {
            x: (x * WORLD) as u32,
            y: (y * WORLD) as u32,
        }
    }
}

/// The box of degrees around a box of parts, one part wider on the far sides, so that it holds the
/// positions that fell into these parts.
pub(crate) fn degrees(north_west: WorldPoint, south_east: WorldPoint) -> Bbox {
    let corner = |x: f64, y: f64| {
        unproject(Point {
            x: x / WORLD,
            y: y / WORLD,
        })
    };
    let (west, north) = corner(f64::from(north_west.x), f64::from(north_west.y));
    let (east, south) = corner(f64::from(south_east.x) + 1.0, f64::from(south_east.y) + 1.0);
    Bbox {
        west,
        south,
        east,
        north,
    }
}

/// One fiche on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRow {
    /// The fiche.
    pub doc: DocId,
    /// Where its symbol stands.
    pub position: Position,
    /// Ranks of its categories in the list of the table; ranks outside of it count for nothing.
    pub categories: Vec<u16>,
    /// Property `id`: the fiche's id.
    pub id: String,
    /// Property `titre` of an initiative, `nom` of anything else; cut at 80 characters.
    pub name: String,
    /// Property `enjeu`, by slug.
    pub enjeu: Option<String>,
    /// Property `annee`.
    pub year: Option<u16>,
    /// Property `commune`: the name of the commune.
    pub commune: Option<String>,
    /// Property `arobases`: level of the commune or EPCI, 0 without any.
    pub arobases: u8,
}

/// The points of one layer, in the order of their documents.
#[derive(Debug)]
pub struct PointTable {
    layer: Cow<'static, str>,
    kind: Kind,
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
    /// Sorts the rows by document. `categories` are slugs; clusters count them as `n_{slug}`.
    pub fn new(
        layer: impl Into<Cow<'static, str>>,
        kind: Kind,
        categories: &[String],
        mut rows: Vec<PointRow>,
    ) -> Self {
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
            layer: layer.into(),
            kind,
            categories: flat,
            category_starts: starts,
            category_keys: categories.iter().map(|slug| format!("n_{slug}")).collect(),
            rows,
            places,
            place_ranks,
            place_count: ranks.len() as u32,
        }
    }

    /// The points of one kind of fiche that have a position: layer `initiatives` counted by enjeu,
    /// layer `colieux` counted by typologie. `arobases` tells the level that a fiche inherits.
    pub fn of_kind(
        kind: Kind,
        fiches: &[Fiche],
        vocabulary: &Vocabulary,
        arobases: impl Fn(&Fiche) -> u8,
    ) -> Self {
        let facet = match kind {
            Kind::Colieu => Facet::Typologie,
            _ => Facet::Enjeu,
        };
        let terms = vocabulary.terms(facet);
        let ranks: HashMap<&str, u16> = terms
            .iter()
            .map(|term| term.slug.as_str())
            .zip(0..)
            .collect();
        let territories = TerritoryIndex::new(fiches);
        let commune = |fiche: &Fiche| {
            let doc = territories.doc(Kind::Commune, fiche.territory.commune?)?;
            Some(fiches[doc as usize].name.clone())
        };
        let row = |(fiche, doc): (&Fiche, DocId)| {
            Some(PointRow {
                doc,
                position: fiche.position?,
                categories: fiche
                    .slugs(facet)
                    .iter()
                    .filter_map(|slug| ranks.get(slug.as_str()).copied())
                    .collect(),
                id: fiche.id.as_str().to_owned(),
                name: fiche.name.clone(),
                enjeu: fiche.slugs(Facet::Enjeu).first().cloned(),
                year: fiche.year,
                commune: commune(fiche),
                arobases: arobases(fiche),
            })
        };
        let docs = fiches.iter().zip(0..);
        let rows = docs
            .filter(|(fiche, _)| fiche.kind == kind)
            .filter_map(row)
            .collect();
        let categories: Vec<String> = terms.iter().map(|term| term.slug.clone()).collect();
        let layer: Cow<'static, str> = match kind {
            Kind::Initiative => "initiatives".into(),
            Kind::Colieu => "colieux".into(),
            other => other.as_str().into(),
        };
        Self::new(layer, kind, &categories, rows)
    }

    /// Name of the layer in tiles.
    pub fn layer(&self) -> &str {
        &self.layer
    }

    /// What every point of the table is.
    pub const fn kind(&self) -> Kind {
        self.kind
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
        let fixed = [
            ("cluster", "Boolean"),
            ("cluster_id", "Number"),
            ("point_count", "Number"),
            ("point_count_abbreviated", "String"),
            ("expansion_zoom", "Number"),
            ("bbox", "String"),
            ("coincident", "Boolean"),
            ("id", "String"),
            ("type", "String"),
            (self.name_key(), "String"),
            (self.category_key(), "String"),
            ("annee", "Number"),
            ("commune", "String"),
            ("arobases", "Number"),
        ];
        let fixed = fixed.map(|(key, kind)| (key.to_owned(), kind)).into_iter();
        let counts = self.category_keys.iter().map(|key| (key.clone(), "Number"));
        fixed.chain(counts).collect()
    }

    pub(crate) fn layer_name(&self) -> Cow<'static, str> {
        self.layer.clone()
    }

    /// The property that says what a single point is about.
    const fn category_key(&self) -> &'static str {
        match self.kind {
            Kind::Initiative => "enjeu",
            _ => "typologie",
        }
    }

    /// The slug of the first category of a place.
    pub(crate) fn category_of(&self, row: &PointRow) -> Option<&str> {
        let rank = row
            .categories
            .first()
            .filter(|_| self.kind != Kind::Initiative)?;
        self.category_keys
            .get(usize::from(*rank))?
            .strip_prefix("n_")
    }

    pub(crate) fn name_key(&self) -> &'static str {
        match self.kind {
            Kind::Initiative => "titre",
            _ => "nom",
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::FicheId;

    #[test]
    fn the_box_around_a_place_holds_its_position() {
        for (longitude, latitude) in [(2.35, 48.85), (-61.55, 16.24), (179.999, -84.9)] {
            let position = Position::new(longitude, latitude).unwrap();
            let place = WorldPoint::of(position);
            assert!(degrees(place, place).contains(position));
        }
        let corner = WorldPoint::of(Position::new(180.0, -90.0).unwrap());
        assert_eq!((corner.x, corner.y), (u32::MAX, u32::MAX));
    }

    #[test]
    fn points_come_from_the_fiches_of_a_kind_that_have_a_position() {
        let text = "[[enjeu]]\nslug = \"education\"\nnom = \"éducation\"\n[[enjeu]]\nslug = \"emploi\"\nnom = \"emploi\"";
        let vocabulary = Vocabulary::from_toml(text).unwrap();
        let code = "13056".parse().unwrap();
        let mut commune = Fiche::new(
            FicheId::territory(Kind::Commune, code),
            Kind::Commune,
            "Martigues".into(),
        );
        commune.code = Some(code);
        let fiche = |own: &str, position| {
            let id = FicheId::of_row(Kind::Initiative, own).unwrap();
            let mut fiche = Fiche::new(id, Kind::Initiative, "é".repeat(100));
            fiche.position = position;
            fiche.territory.commune = Some(code);
            fiche.terms.insert(
                Facet::Enjeu,
                vec!["emploi".into(), "education".into(), "emploi".into()],
            );
            fiche
        };
        let fiches = [
            commune,
            fiche("1", None),
            fiche("2", Position::new(5.0, 43.4).ok()),
        ];
        let table = PointTable::of_kind(Kind::Initiative, &fiches, &vocabulary, |_| 4);
        assert_eq!(table.layer(), "initiatives");
        assert_eq!(table.category_keys(), ["n_education", "n_emploi"]);
        let [row] = table.rows() else {
            panic!("one point")
        };
        assert_eq!((row.doc, row.id.as_str()), (2, "initiative-2"));
        assert_eq!(row.categories, [0, 1]);
        assert_eq!(row.enjeu.as_deref(), Some("emploi"));
        assert_eq!(row.commune.as_deref(), Some("Martigues"));
        assert_eq!(row.name.chars().count(), 80);
    }
}
