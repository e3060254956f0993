//! The recipe *tell a territory what its peers have*: term by term of the facets that layers declare as
//! compared, how near the objects of others are, the label over the years. Counts and sheets to read:
//! never a score, never a rank.

use crate::snapshot::Snapshot;
use atlaas_compare::{Compared, Quartiles, Standing};
use atlaas_model::{Area, DocId, Facet, Fiche, Kind, Layer, PEERS};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most sheets of peers that are offered under a term.
const MOST_TO_READ: usize = 5;
/// A text beyond so many characters documents no better.
const LONG_ENOUGH: usize = 2000;
/// What a filled column is worth, in characters of text.
const COLUMN_WORTH: usize = 150;

/// What a territory and its peers have.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// How many peers there are.
    pub peers: usize,
    /// Objects of each layer.
    pub activity: Vec<Activity>,
    /// Facets, term by term.
    pub facets: Vec<ComparedFacet>,
    /// Objects near the place.
    pub nearby: Vec<Nearby>,
    /// The label, the oldest year first.
    pub labels: Vec<LabelYear>,
}

/// How many objects of a layer there are in the territory and in its peers.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Which layer.
    pub kind: Kind,
    /// In the territory.
    pub own: u32,
    /// The same for 10,000 inhabitants, where these are known.
    pub own_rate: Option<f64>,
    /// Peers that have at least one.
    pub having: usize,
    /// Counts of the peers, those without any among them.
    pub counts: Option<Quartiles>,
    /// The same for 10,000 inhabitants.
    pub rates: Option<Quartiles>,
}

/// A facet of a layer, term by term.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedFacet {
    /// Which layer.
    pub kind: Kind,
    /// Which facet.
    pub facet: Facet,
    /// Its terms, those that most peers have first.
    pub terms: Vec<ComparedTerm>,
}

/// A term.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedTerm {
    /// Its slug.
    pub slug: String,
    /// Sheets of the territory under it.
    pub own: u32,
    /// Sheets of the peers under it, in all.
    pub theirs: u32,
    /// Peers that have at least one.
    pub having: usize,
    /// Counts of the peers, those without any among them.
    pub counts: Option<Quartiles>,
    /// Sheets of peers to read, the most recent and best documented first; of different peers as far as
    /// there are.
    pub read: Vec<DocId>,
}

impl ComparedTerm {
    /// Whether most of so many peers have it and the territory has not.
    pub const fn is_gap(&self, peers: usize) -> bool {
        self.own == 0 && self.having * 2 > peers
    }
}

/// Objects within a distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearby {
    /// Which layer.
    pub kind: Kind,
    /// Kilometres around the centre.
    pub km: f64,
    /// Around the territory; none where nobody knows where it lies.
    pub own: Option<u32>,
    /// Around the peers.
    pub counts: Option<Quartiles>,
}

/// The label of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelYear {
    /// The year.
    pub year: u16,
    /// The level of the territory; 0 for a mention alone.
    pub own: Option<u8>,
    /// How many peers had each level, from one to five.
    pub levels: [u32; 5],
}

impl Snapshot {
    /// What a territory and its peers have.
    pub fn diagnose(&self, compared: &Compared) -> Diagnosis {
        let layers = || self.schema().layers().iter();
        let held: Vec<Held> = layers().map(|layer| self.held(compared, layer)).collect();
        let pairs = || layers().zip(&held);
        let facets = pairs().flat_map(|(layer, held)| {
            let columns = layer.columns.iter().filter(|column| column.compared);
            columns.filter_map(|column| Some(self.facet(layer, column.facet?, held)))
        });
        let nearby = layers().flat_map(|layer| {
            let radii = layer.near_km.iter();
            radii.map(|&km| self.nearby(compared, layer.kind(), km))
        });
        Diagnosis {
            peers: compared.peers.len(),
            activity: pairs()
                .map(|(layer, held)| self.activity(compared, layer.kind(), held))
                .collect(),
            facets: facets.collect(),
            nearby: nearby.collect(),
            labels: self.labels(compared),
        }
    }

    /// The objects of a layer in the territory and in each of its peers.
    fn held(&self, compared: &Compared, layer: &Layer) -> Held {
        let of = |doc: DocId| self.objects(doc, layer.kind());
        Held {
            own: of(compared.doc),
            peers: compared.peers.iter().map(|peer| of(peer.doc)).collect(),
        }
    }

    /// The objects of a kind that lie in the territory of a document.
    fn objects(&self, territory: DocId, kind: Kind) -> Vec<DocId> {
        let fiche = self.catalogue().fiche(territory);
        let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) else {
            return Vec::new();
        };
        let of_kind = |doc: &DocId| self.catalogue().fiche(*doc).kind == kind;
        self.members(level, code).filter(of_kind).collect()
    }

    fn activity(&self, compared: &Compared, kind: Kind, held: &Held) -> Activity {
        let counts = || held.peers.iter().map(Vec::len);
        let rates = compared.peers.iter().zip(counts());
        let rates = rates.filter_map(|(peer, count)| self.rate(peer.at, count));
        Activity {
            kind,
            own: held.own.len() as u32,
            own_rate: self.rate(compared.at, held.own.len()),
            having: counts().filter(|count| *count > 0).count(),
            counts: Quartiles::of(counts().map(|count| count as f64)),
            rates: Quartiles::of(rates),
        }
    }

    fn rate(&self, at: Standing, count: usize) -> Option<f64> {
        let inhabitants = self.comparer().population(at);
        (inhabitants > 0.0).then(|| count as f64 * 10_000.0 / inhabitants)
    }

    fn facet(&self, layer: &Layer, facet: Facet, held: &Held) -> ComparedFacet {
        let catalogue = self.catalogue();
        let mut own: HashMap<&str, u32> = HashMap::new();
        for &doc in &held.own {
            for slug in distinct(catalogue.fiche(doc).slugs(facet)) {
                *own.entry(slug).or_default() += 1;
            }
        }
        let mut theirs: HashMap<&str, Vec<Vec<DocId>>> = HashMap::new();
        for (rank, docs) in held.peers.iter().enumerate() {
            for &doc in docs {
                for slug in distinct(catalogue.fiche(doc).slugs(facet)) {
                    let by_peer = theirs.entry(slug).or_default();
                    by_peer.resize(held.peers.len(), Vec::new());
                    by_peer[rank].push(doc);
                }
            }
        }
        let vocabulary = catalogue.vocabulary().terms(facet).iter();
        let term = |slug: &str| {
            let by_peer = theirs.get(slug).map_or(&[][..], Vec::as_slice);
            let own = own.get(slug).copied().unwrap_or(0);
            let counts = (0..held.peers.len()).map(|rank| by_peer.get(rank).map_or(0, Vec::len));
            let counts: Vec<usize> = counts.collect();
            ComparedTerm {
                slug: slug.to_owned(),
                own,
                theirs: counts.iter().sum::<usize>() as u32,
                having: counts.iter().filter(|count| **count > 0).count(),
                counts: Quartiles::of(counts.iter().map(|count| *count as f64)),
                read: self.to_read(by_peer),
            }
        };
        let mut terms: Vec<ComparedTerm> = vocabulary.map(|known| term(&known.slug)).collect();
        terms.retain(|term| term.own > 0 || term.having > 0);
        // Stable: terms of equal spread keep the order of the vocabulary.
        terms.sort_by_key(|term| std::cmp::Reverse(term.having));
        ComparedFacet {
            kind: layer.kind(),
            facet,
            terms,
        }
    }

    /// The sheets to read: the best of each peer, then the next best.
    fn to_read(&self, by_peer: &[Vec<DocId>]) -> Vec<DocId> {
        let fiche = |doc: DocId| self.catalogue().fiche(doc);
        let mut ranked: Vec<(usize, DocId)> = Vec::new();
        for docs in by_peer {
            let mut docs = docs.clone();
            docs.sort_by_cached_key(|&doc| (std::cmp::Reverse(worth(fiche(doc))), doc));
            ranked.extend(docs.into_iter().take(MOST_TO_READ).enumerate());
        }
        ranked.sort_by_cached_key(|&(rank, doc)| (rank, std::cmp::Reverse(worth(fiche(doc))), doc));
        let docs = ranked.into_iter().take(MOST_TO_READ);
        docs.map(|(_, doc)| doc).collect()
    }

    fn nearby(&self, compared: &Compared, kind: Kind, km: f64) -> Nearby {
        let count = |doc: DocId| -> Option<u32> {
            let centre = self.catalogue().fiche(doc).position?;
            let disc = Area::Disc {
                centre,
                radius_km: km,
            };
            let docs = self.spatial().select(&disc)?;
            let range = self.catalogue().docs_of(kind);
            Some(docs.iter().filter(|doc| range.contains(doc)).count() as u32)
        };
        // A stratum may have thousands: the nearest of them tell enough.
        let peers = compared.peers.iter().take(*PEERS.end() as usize);
        let peers = peers.filter_map(|peer| count(peer.doc));
        Nearby {
            kind,
            km,
            own: count(compared.doc),
            counts: Quartiles::of(peers.map(f64::from)),
        }
    }

    fn labels(&self, compared: &Compared) -> Vec<LabelYear> {
        let mut years: BTreeMap<u16, LabelYear> = BTreeMap::new();
        for (given, level) in best_levels(self.catalogue().fiche(compared.doc)) {
            of_year(&mut years, given).own = Some(level);
        }
        for peer in &compared.peers {
            for (given, level) in best_levels(self.catalogue().fiche(peer.doc)) {
                let place = usize::from(level).checked_sub(1);
                let levels = &mut of_year(&mut years, given).levels;
                if let Some(count) = place.and_then(|place| levels.get_mut(place)) {
                    *count += 1;
                }
            }
        }
        years.into_values().collect()
    }
}

fn of_year(years: &mut BTreeMap<u16, LabelYear>, year: u16) -> &mut LabelYear {
    years.entry(year).or_insert(LabelYear {
        year,
        own: None,
        levels: [0; 5],
    })
}

/// Objects of one layer, of the territory and of each of its peers.
struct Held {
    own: Vec<DocId>,
    peers: Vec<Vec<DocId>>,
}

fn distinct(slugs: &[String]) -> HashSet<&str> {
    slugs.iter().map(String::as_str).collect()
}

/// How recent a sheet is, then how well it documents.
fn worth(fiche: &Fiche) -> (i16, usize) {
    let updated = fiche.updated.map(jiff::civil::Date::year);
    let year = fiche.year().and_then(|year| i16::try_from(year).ok());
    let text = fiche.text.chars().take(LONG_ENOUGH).count();
    let columns = fiche.values.iter().count();
    (
        year.max(updated).unwrap_or(0),
        text + columns * COLUMN_WORTH,
    )
}

/// The highest level of each year; 0 for a mention alone.
fn best_levels(fiche: &Fiche) -> BTreeMap<u16, u8> {
    let mut best = BTreeMap::new();
    for label in &fiche.labels {
        let level = best.entry(label.year).or_insert(0);
        *level = label.level.unwrap_or(0).max(*level);
    }
    best
}
