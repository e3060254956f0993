//! What the ranking weighs, in one table, and what an ablation may change of it.
//!
//! What serves is [`Tuning::default`]; `examples/ablations.rs` measures what each part is worth.

use crate::{index::part::Part, text::analysis::Stemming};

/// The score of a hit is the product of six parts, each 1 when it says nothing:
/// `text × exactness × population × proximity × freshness × kind`.
///
/// | weight | value | effect |
/// |---|---|---|
/// | `exact_name` | 5 | the words are the whole name: × (1 + 5) |
/// | `name_share` | 4 | share of the words in the name × share of the name they fill: × (1 + 4 × share) |
/// | `population` | 0.15 | each factor of ten of inhabitants of a territory adds 0.15 |
/// | `proximity` | 2 | at the place asked for: × (1 + 2), falling to × 1 far away |
/// | `proximity_km` | 15 | kilometres at which that bonus has halved |
/// | `freshness` | 0.3 | a fiche changed on the newest day: × (1 + 0.3), falling to × 1 |
/// | `freshness_years` | 3 | years at which that bonus has halved |
/// | `own_content` | 4 | without words, initiatives and colieux stand before territories: × 4 |
/// | `hinted` | 1.2 | what the words hint at (`data/thesaurus.toml`): × 1.2 |
/// | `named_place` | 10⁶ | the fiche of the place that was named comes first |
///
/// What the parts of a fiche weigh within `text` is `PART_WEIGHTS`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Of a query that is the whole name.
    pub exact_name: f32,
    /// Of the share of the words in the name.
    pub name_share: f32,
    /// Of each factor of ten of inhabitants.
    pub population: f32,
    /// Of standing at the place asked for.
    pub proximity: f32,
    /// Kilometres at which `proximity` has halved.
    pub proximity_km: f32,
    /// Of having changed on the newest day.
    pub freshness: f32,
    /// Years at which `freshness` has halved.
    pub freshness_years: f32,
    /// Of initiatives and colieux without words.
    pub own_content: f32,
    /// Of the fiche of the place that was named.
    pub named_place: f32,
    /// Of a name that holds the words by which a facet's term was recognised.
    pub named_as_asked: f32,
    /// Of what the words hint at, beside others that hold them.
    pub hinted: f32,
    /// Of the parts of a fiche, in the order of `PART_WEIGHTS`.
    pub parts: [f32; 6],
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            exact_name: 5.0,
            name_share: 4.0,
            population: 0.15,
            proximity: 2.0,
            proximity_km: 15.0,
            freshness: 0.3,
            freshness_years: 3.0,
            own_content: 4.0,
            named_place: 1e6,
            named_as_asked: 32.0,
            hinted: 1.2,
            parts: PART_WEIGHTS.map(|(_, weight, _)| weight),
        }
    }
}

impl Weights {
    /// The weight of a part.
    pub(crate) const fn of(&self, part: Part) -> f32 {
        self.parts[part as usize]
    }

    /// The weight of a word that stands for its stem as well.
    pub(crate) fn with_stem(&self, part: Part) -> f32 {
        match part {
            Part::Name => self.of(Part::Name) + self.of(Part::NameStem),
            Part::Text => self.of(Part::Text) + self.of(Part::TextStem),
            other => self.of(other),
        }
    }
}

/// Weights of the parts: what a match there is worth beside a stem in the text.
pub(crate) const PART_WEIGHTS: [(Part, f32, &str); 6] = [
    (
        Part::Name,
        1.5,
        "the word itself in the name, on top of its stem",
    ),
    (Part::NameStem, 3.0, "the stem in the name"),
    (
        Part::Text,
        0.4,
        "the word itself in the text, on top of its stem",
    ),
    (Part::TextStem, 1.0, "the stem in the text"),
    (
        Part::Context,
        0.5,
        "terms of the facets, other names, address, further fields",
    ),
    (
        Part::Place,
        0.8,
        "whole name or code of a territory it lies in",
    ),
];

/// A step by which a query of words that finds nothing finds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LadderStep {
    /// A word that names a facet's term is a name as well.
    Names,
    /// … and then a word of texts.
    Texts,
    /// What words hint at, in the order and as a step.
    Thesaurus,
    /// Another place of the same name.
    Homonyms,
    /// Around the place.
    Rings,
    /// Its département, its région.
    Territories,
    /// As few words as possible let go.
    FewerWords,
    /// All of France.
    Everywhere,
}

impl LadderStep {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Names,
        Self::Texts,
        Self::Thesaurus,
        Self::Homonyms,
        Self::Rings,
        Self::Territories,
        Self::FewerWords,
        Self::Everywhere,
    ];
}

/// How an index is made and ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tuning {
    /// What the ranking weighs.
    pub weights: Weights,
    /// What words are stemmed from; the same when building and when opening.
    pub stemming: Stemming,
    /// The step that is left out.
    pub without: Option<LadderStep>,
}
