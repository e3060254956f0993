//! The counts under every value of one dimension, or every pair of values of two: one pass over the
//! documents, one over the communes.

use crate::communes::Communes;
use crate::recipes::barometer::dimension::Dimension;
use atlaas_compare::Quartiles;
use atlaas_model::DocId;

/// Pairs of values at most: what is counted beyond them is a list of communes, not a figure.
pub const MOST_CELLS: usize = 50_000;

/// What was counted under one value, or one pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Objects that match.
    pub sheets: u32,
    /// Communes that have at least one of them.
    pub active: u32,
    /// Objects of an active commune.
    pub per_active: Option<Quartiles>,
    /// Communes that take part.
    pub participating: u32,
    /// All communes.
    pub communes: u32,
    /// Inhabitants of the communes that the rate is of.
    pub inhabitants: f64,
    /// Communes of which the inhabitants are unknown, among these.
    pub without_inhabitants: u32,
    /// Communes by the level of their label, from one to five.
    pub levels: [u32; 5],
    /// Objects of each layer that lie in the communes, whatever is asked.
    pub contents: Vec<u32>,
}

/// A commune of the extent, as it is counted.
pub struct CountedCommune<'a> {
    /// Its row.
    pub row: u32,
    /// Whether it takes part.
    pub takes_part: bool,
    /// Level of its label; 0 without one.
    pub level: u8,
    /// Objects of each layer in it.
    pub contents: &'a [u32],
}

/// Places for every value of some dimensions.
pub struct Tally<'a> {
    dimensions: &'a [Dimension<'a>],
    communes: &'a Communes,
    /// Whether the rate is of all communes, or of those that take part.
    of_all: bool,
    counts: Vec<Counts>,
    /// What is counted of communes, under the values that tell these apart: a dimension of objects has all
    /// of them under each of its values.
    grounds: Vec<Counts>,
    /// Place and commune of each object.
    seen: Vec<(u32, u32)>,
    /// Objects without a value of each dimension.
    without: Vec<u32>,
}

impl<'a> Tally<'a> {
    /// Room for the values of the dimensions; none of them is the one place of everything.
    pub fn new(dimensions: &'a [Dimension<'a>], communes: &'a Communes, of_all: bool) -> Self {
        let places = dimensions.iter().map(|one| one.values.len()).product();
        let grounds = dimensions.iter().filter(|one| one.of_communes);
        let grounds = grounds.map(|one| one.values.len()).product();
        Self {
            dimensions,
            communes,
            of_all,
            counts: vec![Counts::default(); places],
            grounds: vec![Counts::default(); grounds],
            seen: Vec::new(),
            without: vec![0; dimensions.len()],
        }
    }

    /// Counts one object.
    pub fn object(&mut self, doc: DocId) {
        let row = self.communes.row_of(doc);
        let dimensions = self.dimensions;
        for (dimension, without) in dimensions.iter().zip(&mut self.without) {
            let mut any = false;
            dimension.each(doc, row, self.communes, |_| any = true);
            *without += u32::from(!any);
        }
        let (counts, seen) = (&mut self.counts, &mut self.seen);
        each_place(dimensions, self.communes, (doc, row), |place| {
            counts[place].sheets += 1;
            seen.extend(row.map(|row| (place as u32, row)));
        });
    }

    /// Counts one commune of the extent.
    pub fn commune(&mut self, commune: &CountedCommune<'_>) {
        let grounds = &mut self.grounds;
        let inhabitants = self.communes.inhabitants(commune.row);
        let counted = self.of_all || commune.takes_part;
        each_ground(self.dimensions, self.communes, commune.row, |ground| {
            let at = &mut grounds[ground];
            at.communes += 1;
            at.participating += u32::from(commune.takes_part);
            if counted && inhabitants.is_finite() {
                at.inhabitants += inhabitants;
            } else {
                at.without_inhabitants += u32::from(counted);
            }
            let level = usize::from(commune.level).checked_sub(1);
            if let Some(count) = level.and_then(|level| at.levels.get_mut(level)) {
                *count += 1;
            }
            at.contents.resize(commune.contents.len(), 0);
            for (sum, more) in at.contents.iter_mut().zip(commune.contents) {
                *sum += more;
            }
        });
    }

    /// The counts, each place with its active communes.
    pub fn end(mut self) -> (Vec<Counts>, Vec<u32>) {
        self.seen.sort_unstable();
        let mut sizes: Vec<f64> = Vec::new();
        for of_place in self.seen.chunk_by(|a, b| a.0 == b.0) {
            sizes.clear();
            let by_commune = of_place.chunk_by(|a, b| a.1 == b.1);
            sizes.extend(by_commune.map(|objects| objects.len() as f64));
            let counts = &mut self.counts[of_place[0].0 as usize];
            counts.active = sizes.len() as u32;
            counts.per_active = Quartiles::of(sizes.iter().copied());
        }
        let of_communes = self.dimensions.iter().all(|one| one.of_communes);
        for place in 0..self.counts.len() {
            let ground = &self.grounds[self.ground(place)];
            let counts = &mut self.counts[place];
            if counts.sheets > 0 || of_communes {
                counts.participating = ground.participating;
                counts.communes = ground.communes;
                counts.inhabitants = ground.inhabitants;
                counts.without_inhabitants = ground.without_inhabitants;
                counts.levels = ground.levels;
                counts.contents.clone_from(&ground.contents);
            }
        }
        (self.counts, self.without)
    }

    /// Where the communes of a place are counted.
    fn ground(&self, place: usize) -> usize {
        match self.dimensions {
            [one] if one.of_communes => place,
            [one, two] => {
                let width = two.values.len().max(1);
                match (one.of_communes, two.of_communes) {
                    (true, true) => place,
                    (true, false) => place / width,
                    (false, true) => place % width,
                    (false, false) => 0,
                }
            }
            _ => 0,
        }
    }
}

/// Every place that an object counts under.
fn each_place(
    dimensions: &[Dimension<'_>],
    communes: &Communes,
    (doc, row): (DocId, Option<u32>),
    mut take: impl FnMut(usize),
) {
    match dimensions {
        [] => take(0),
        [one] => one.each(doc, row, communes, |rank| take(rank as usize)),
        [one, two, ..] => {
            let width = two.values.len();
            one.each(doc, row, communes, |a| {
                two.each(doc, row, communes, |b| {
                    take(a as usize * width + b as usize);
                });
            });
        }
    }
}

/// Every ground that a commune counts on.
fn each_ground(
    dimensions: &[Dimension<'_>],
    communes: &Communes,
    row: u32,
    mut take: impl FnMut(usize),
) {
    let doc = communes.doc(row);
    let mut of_communes = dimensions.iter().filter(|one| one.of_communes);
    match (of_communes.next(), of_communes.next()) {
        (None, _) => take(0),
        (Some(one), None) => one.each(doc, Some(row), communes, |rank| take(rank as usize)),
        (Some(one), Some(two)) => {
            let width = two.values.len();
            one.each(doc, Some(row), communes, |a| {
                two.each(doc, Some(row), communes, |b| {
                    take(a as usize * width + b as usize);
                });
            });
        }
    }
}
