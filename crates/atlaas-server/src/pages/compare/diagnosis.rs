//! The pre-diagnosis in words and tables: what most peers have and the territory has not, what each has
//! under each term, how near the objects of others are, the label. No score, no rank.

use crate::pages::compare::profile::{figure, spread};
use crate::pages::layout::frame::Frame;
use crate::pages::list::hits;
use crate::words::message::Message;
use atlaas_engine::{ComparedFacet, ComparedTerm, Diagnosis, Snapshot};
use atlaas_model::{Kind, Level};

/// Terms that are told with sheets to read.
const TOLD: usize = 8;
/// Terms of a facet that are listed; the data has them all.
const LISTED: usize = 20;

/// A term that peers have and the territory has not.
pub struct Gap {
    /// Name of the term.
    pub name: String,
    /// How many of the peers have it.
    pub sentence: String,
    /// The list of their sheets.
    pub href: String,
    /// Sheets to read.
    pub read: Vec<Reading>,
}

/// A sheet to read.
pub struct Reading {
    /// Title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Town and year.
    pub facts: String,
}

/// A facet as a table.
pub struct FacetTable {
    /// Title.
    pub title: String,
    /// Its terms.
    pub rows: Vec<TermRow>,
}

/// A term as a row.
pub struct TermRow {
    /// Name.
    pub name: String,
    /// Sheets of the territory; its list.
    pub own: (String, String),
    /// How many peers have it; the list of theirs.
    pub having: (String, String),
    /// Median and quartiles of the peers.
    pub counts: String,
    /// Whether most peers have it and the territory has not.
    pub gap: bool,
}

/// Objects of a layer, or near the place, beside those of the peers.
pub struct Beside {
    /// What is counted.
    pub title: String,
    /// In the territory.
    pub own: String,
    /// In the peers.
    pub peers: String,
}

/// A year of the label.
pub struct LabelRow {
    /// The year.
    pub year: u16,
    /// The level of the territory, as arobases.
    pub own: String,
    /// Peers by level.
    pub peers: String,
}

/// What draws a diagnosis.
pub struct Teller<'a> {
    /// The page.
    pub frame: &'a Frame,
    /// The snapshot.
    pub snapshot: &'a Snapshot,
    /// What was found.
    pub found: &'a Diagnosis,
    /// The query that selects the peers: `semblables_a=commune-19015&…`.
    pub peers: &'a str,
    /// The query that selects the territory: `commune=19015`.
    pub own: &'a str,
}

impl Teller<'_> {
    /// What most peers have and the territory has not; where there is nothing of the kind, what some of
    /// them have. The flag says which of the two.
    pub fn gaps(&self) -> (bool, Vec<Gap>) {
        let terms = || {
            let facets = self.found.facets.iter();
            facets.flat_map(|facet| facet.terms.iter().map(move |term| (facet, term)))
        };
        let most = || terms().filter(|(_, term)| term.is_gap(self.found.peers));
        let some = || terms().filter(|(_, term)| term.own == 0 && term.having > 0);
        let of_most = most().next().is_some();
        let mut chosen: Vec<_> = if of_most {
            most().collect()
        } else {
            some().collect()
        };
        chosen.sort_by_key(|(_, term)| std::cmp::Reverse(term.having));
        let gaps = chosen.into_iter().take(TOLD);
        (
            of_most,
            gaps.map(|(facet, term)| self.gap(facet, term)).collect(),
        )
    }

    fn gap(&self, facet: &ComparedFacet, term: &ComparedTerm) -> Gap {
        let vocabulary = self.snapshot.catalogue().vocabulary();
        let sentence = Message::new("compare-have")
            .with("n", term.having)
            .with("all", self.found.peers);
        Gap {
            name: vocabulary.label(facet.facet, &term.slug).to_owned(),
            sentence: self.frame.lang.tell(&sentence),
            href: self.list(self.peers, facet, term),
            read: term.read.iter().map(|&doc| self.reading(doc)).collect(),
        }
    }

    fn reading(&self, doc: u32) -> Reading {
        let catalogue = self.snapshot.catalogue();
        let fiche = catalogue.fiche(doc);
        let commune = catalogue.name_at(fiche, Level::Commune);
        let year = fiche.year().map(|year| year.to_string());
        let facts = commune.map(str::to_owned).into_iter().chain(year);
        Reading {
            title: fiche.name.clone(),
            href: self.frame.to(&hits::path(fiche), ""),
            facts: facts.collect::<Vec<_>>().join(", "),
        }
    }

    fn list(&self, territory: &str, facet: &ComparedFacet, term: &ComparedTerm) -> String {
        let query = format!(
            "{territory}&type={}&{}={}",
            facet.kind, facet.facet, term.slug
        );
        self.frame.explorer(&query)
    }

    /// Each compared facet, term by term.
    pub fn tables(&self) -> Vec<FacetTable> {
        let facets = self
            .found
            .facets
            .iter()
            .filter(|facet| !facet.terms.is_empty());
        facets
            .map(|facet| {
                let schema = self.snapshot.schema();
                let facet_title = self.frame.lang.facet(schema, facet.facet);
                let rows = facet.terms.iter().take(LISTED);
                FacetTable {
                    title: format!("{} – {facet_title}", self.layer(facet.kind)),
                    rows: rows.map(|term| self.row(facet, term)).collect(),
                }
            })
            .collect()
    }

    fn row(&self, facet: &ComparedFacet, term: &ComparedTerm) -> TermRow {
        let number = |n: u64| self.frame.lang.number(n);
        let having = format!("{}\u{a0}/\u{a0}{}", term.having, self.found.peers);
        let vocabulary = self.snapshot.catalogue().vocabulary();
        TermRow {
            name: vocabulary.label(facet.facet, &term.slug).to_owned(),
            own: (number(term.own.into()), self.list(self.own, facet, term)),
            having: (having, self.list(self.peers, facet, term)),
            counts: spread(self.frame, term.counts),
            gap: term.is_gap(self.found.peers),
        }
    }

    /// Objects of each layer that is there, then those near the place.
    pub fn beside(&self) -> Vec<Beside> {
        let lang = self.frame.lang;
        let mut rows = Vec::new();
        for activity in &self.found.activity {
            if activity.own == 0 && activity.having == 0 {
                continue;
            }
            let layer = self.layer(activity.kind);
            rows.push(Beside {
                title: layer.clone(),
                own: lang.number(activity.own.into()),
                peers: spread(self.frame, activity.counts),
            });
            rows.push(Beside {
                title: lang.tell(&Message::new("compare-rate").with("layer", &layer)),
                own: figure(self.frame, activity.own_rate.unwrap_or(f64::NAN)),
                peers: spread(self.frame, activity.rates),
            });
        }
        for nearby in &self.found.nearby {
            let message = Message::new("compare-near")
                .with("layer", self.layer(nearby.kind))
                .with("km", nearby.km);
            rows.push(Beside {
                title: lang.tell(&message),
                own: figure(self.frame, nearby.own.map_or(f64::NAN, f64::from)),
                peers: spread(self.frame, nearby.counts),
            });
        }
        rows
    }

    /// The label, the latest year first.
    pub fn labels(&self) -> Vec<LabelRow> {
        let lang = self.frame.lang;
        let row = |label: &atlaas_engine::LabelYear| {
            let levels = label.levels.iter().enumerate().rev();
            let levels = levels.filter(|(_, count)| **count > 0);
            let told = levels.map(|(rank, count)| format!("{count} × {}", "@".repeat(rank + 1)));
            let told: Vec<String> = told.collect();
            LabelRow {
                year: label.year,
                own: match label.own {
                    Some(0) => lang.say("compare-mention").to_owned(),
                    Some(level) => "@".repeat(level.into()),
                    None => "–".to_owned(),
                },
                peers: if told.is_empty() {
                    "–".to_owned()
                } else {
                    told.join(", ")
                },
            }
        };
        self.found.labels.iter().rev().map(row).collect()
    }

    fn layer(&self, kind: Kind) -> String {
        let schema = self.snapshot.schema();
        let layer = schema.layer(kind);
        layer.map_or_else(String::new, |layer| {
            self.frame.lang.of(&layer.title).to_owned()
        })
    }
}
