//! The counts under every value of one dimension, or every pair of values of two: one pass over the
//! documents, one over the communes.

use crate::recipes::barometer::communes::Communes;
use crate::recipes::barometer::dimension::Dimension;
use atlaas_compare::Quartiles;
use atlaas_model::DocId;

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
    /// Place and commune of each object.
    seen: Vec<(u32, u32)>,
    /// Objects without a value of each dimension.
    pub without: Vec<u32>,
}

impl<'a> Tally<'a> {
    /// Room for the values of the dimensions; none of them is the one place of everything.
    pub fn new(dimensions: &'a [Dimension<'a>], communes: &'a Communes, of_all: bool) -> Self {
        let places = dimensions.iter().map(|one| one.values.len()).product();
        Self {
            dimensions,
            communes,
            of_all,
            counts: vec![Counts::default(); places],
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

    /// Counts one commune of the extent, under every value of the objects that it might have.
    pub fn commune(&mut self, commune: &CountedCommune<'_>) {
        let counts = &mut self.counts;
        let inhabitants = self.communes.inhabitants(commune.row);
        let counted = self.of_all || commune.takes_part;
        each_place_of_commune(self.dimensions, self.communes, commune.row, |place| {
            let at = &mut counts[place];
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
        (self.counts, self.without)
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

/// Every place that a commune counts under: all values of a dimension of objects.
fn each_place_of_commune(
    dimensions: &[Dimension<'_>],
    communes: &Communes,
    row: u32,
    mut take: impl FnMut(usize),
) {
    let doc = communes.doc(row);
    let each = |dimension: &Dimension<'_>, take: &mut dyn FnMut(usize)| {
        if dimension.of_communes {
            dimension.each(doc, Some(row), communes, |rank| take(rank as usize));
        } else {
            (0..dimension.values.len()).for_each(take);
        }
    };
    match dimensions {
        [] => take(0),
        [one] => each(one, &mut take),
        [one, two, ..] => {
            let width = two.values.len();
            each(one, &mut |a| each(two, &mut |b| take(a * width + b)));
        }
    }
}
