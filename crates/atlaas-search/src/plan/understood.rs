//! Second step: what is done with what was understood: explicit parameters win, each in its own dimension.
//!
//! | understood | explicit parameter | what happens |
//! |---|---|---|
//! | kinds, amounts, years, levels | of the same dimension | the words are dropped, the parameter holds |
//! | a facet's term | the same facet | the words are searched for as text |
//! | a place | `pres_de`, or `lat`, `lon` and `rayon` | the place is dropped |
//! | in a territory | a wider or equal territory that holds it | both hold |
//! | in a territory | one that does not hold it | a homonym inside is taken, else the place is dropped |
//! | near a place | any territory, box or polygon | both hold |
//!
//! What becomes of places is in `placed`.

use crate::{
    matching::tuning::LadderStep,
    opened::Opened,
    plan::{
        comprehension::{Comprehension, Correction, Recognised},
        planned::Spot,
        territories::Named,
        whereabouts::Whereabouts,
    },
    query::{
        limits::YEARS,
        parameter_error::ParameterError,
        request::{Bound, Query, Range},
        values::year_span,
    },
    understand::Understanding,
};
use atlaas_model::{DocId, Facet, Level};

/// A query of which it is known what its words say.
pub(super) struct Understood {
    /// As it was asked.
    pub asked: Query,
    /// With what was understood made explicit.
    pub resolved: Query,
    pub comprehension: Comprehension,
    /// The place that its words name, when fiches must lie in it.
    pub place: Option<DocId>,
    /// The place that its words name, inside it or near it.
    pub spot: Option<Spot>,
    pub whereabouts: Whereabouts,
}

/// Understands the words, unless `q_brut` says not to.
pub(super) fn understand(
    opened: &Opened,
    named: Named,
    mistakes: &mut Vec<ParameterError>,
) -> Understood {
    let Named { asked, resolved } = named;
    let mut taking = Taking {
        opened,
        comprehension: Comprehension {
            texte: asked.q.clone().unwrap_or_default(),
            ..Comprehension::default()
        },
        whereabouts: Whereabouts::of(asked.position),
        asked,
        resolved,
        place: None,
        spot: None,
        mistakes,
    };
    taking.words();
    Understood {
        asked: taking.asked,
        resolved: taking.resolved,
        comprehension: taking.comprehension,
        place: taking.place,
        spot: taking.spot,
        whereabouts: taking.whereabouts,
    }
}

/// What is understood on its way into the query; what it says of places is taken in `placed`.
pub(super) struct Taking<'a> {
    pub opened: &'a Opened,
    pub asked: Query,
    pub resolved: Query,
    pub comprehension: Comprehension,
    pub place: Option<DocId>,
    pub spot: Option<Spot>,
    pub whereabouts: Whereabouts,
    pub mistakes: &'a mut Vec<ParameterError>,
}

impl Taking<'_> {
    fn words(&mut self) {
        let (Some(q), false) = (self.asked.q.clone(), self.asked.q_brut) else {
            return;
        };
        let opened = self.opened;
        let understood = opened
            .understander
            .understand(&q, &opened.gazetteer, self.asked.position);
        let mut text = understood.text.clone();
        self.take_terms(&q, &understood, &mut text);
        self.take_kinds(&q, &understood);
        self.take_amounts(&q, &understood, &mut text);
        self.take_years(&q, &understood);
        self.take_levels(&q, &understood);
        self.bearers(&q, &understood, &text);
        for correction in &understood.corrections {
            self.comprehension.corrections.push(Correction {
                mot: correction.typed.clone(),
                lu: correction.read.clone(),
            });
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let has_words = text.chars().any(char::is_alphanumeric);
        self.resolved.q = has_words.then(|| text.clone());
        self.resolved.q_brut = has_words;
        self.comprehension.texte = if has_words { text } else { String::new() };
        if let Some(place) = understood.place {
            self.take_place(&place);
        }
        if let Some(country) = understood.country {
            self.take_country(&country);
        }
    }

    fn recognised(&mut self, facet: Facet, value: &str, typed: &str) {
        let column = self.opened.columns.of(facet);
        let nom = column.id(value).map_or_else(
            || self.opened.schema.vocabulary.label(facet, value).to_owned(),
            |id| column.values[usize::from(id)].nom.to_string(),
        );
        self.comprehension.facettes.push(Recognised {
            facette: facet,
            valeur: value.to_owned(),
            nom,
            typed: typed.to_owned(),
        });
    }

    /// The first term of a facet without selection becomes its selection; any other goes back to
    /// the text, since a selection of two terms would mean either.
    fn take_terms(&mut self, q: &str, understood: &Understanding, text: &mut String) {
        for term in &understood.terms {
            let selected = self.resolved.facets.entry(term.facet).or_default();
            if selected.is_empty() {
                selected.push(term.slug.clone());
                let typed = q.get(term.range.clone()).unwrap_or_default();
                self.recognised(term.facet, &term.slug, typed);
                self.beside(term.facet, typed);
            } else if *selected != [term.slug.clone()] {
                text.push(' ');
                text.push_str(q.get(term.range.clone()).unwrap_or_default());
            }
        }
    }

    /// What bears the words in its name counts beside what bears the term.
    fn beside(&mut self, facet: Facet, words: &str) {
        let words: Vec<&str> = words
            .split(|c: char| c == ',' || c.is_whitespace())
            .collect();
        let named = !self.asked.strict && self.opened.takes(LadderStep::Names);
        if named && !words.is_empty() {
            self.resolved.or_named.insert(facet, words.join(" "));
        }
    }

    fn take_kinds(&mut self, q: &str, understood: &Understanding) {
        if !self.asked.kinds.is_empty() {
            return;
        }
        let found = understood.kinds.iter();
        let mut kinds: Vec<_> = found.map(|found| (found.kind, &found.range)).collect();
        kinds.sort_by_key(|(kind, _)| *kind);
        kinds.dedup_by_key(|(kind, _)| *kind);
        for &(kind, range) in &kinds {
            let typed = q.get(range.clone()).unwrap_or_default();
            self.recognised(Facet::Type, kind.as_str(), typed);
        }
        self.resolved.kinds = kinds.into_iter().map(|(kind, _)| kind).collect();
    }

    /// An amount is of a column that the kinds of fiches have: those that were asked for, else, when
    /// nothing else is looked for, those of the only column that fits. Any other goes back to the text.
    fn take_amounts(&mut self, q: &str, understood: &Understanding, text: &mut String) {
        let schema = &self.opened.schema;
        let alone = !text.chars().any(char::is_alphanumeric) && understood.terms.is_empty();
        for amount in &understood.amounts {
            let typed = q.get(amount.range.clone()).unwrap_or_default();
            let fits = |column: &&Facet| {
                let kinds = schema.info(**column).map_or(&[][..], |info| &info.kinds);
                let mut wanted = self.resolved.kinds.iter();
                wanted.any(|kind| kinds.iter().any(|name| name.as_str() == kind.as_str()))
            };
            let chosen = match amount.columns.as_slice() {
                [only] if self.resolved.kinds.is_empty() && alone => Some(only),
                several => several.iter().find(fits),
            };
            let Some(info) = chosen.and_then(|column| schema.info(*column)) else {
                text.push(' ');
                text.push_str(typed);
                continue;
            };
            let facet = info.facet;
            let asked = |query: &Query| {
                query.ranges.contains_key(&facet) || query.facets.contains_key(&facet)
            };
            if asked(&self.asked) || self.resolved.ranges.contains_key(&facet) {
                continue;
            }
            let bound = |value: f64| Bound {
                value,
                text: value.to_string(),
            };
            let range = Range {
                least: amount.least.map(bound),
                most: amount.most.map(bound),
            };
            self.comprehension.facettes.push(Recognised {
                facette: facet,
                valeur: range.spelt(),
                nom: info.range_name(amount.least, amount.most),
                typed: typed.to_owned(),
            });
            self.resolved.ranges.insert(facet, range);
        }
    }

    fn take_years(&mut self, q: &str, understood: &Understanding) {
        let (Some(years), true) = (&understood.years, self.asked.years.is_empty()) else {
            return;
        };
        let facet = self.opened.schema.year_facet();
        let from = years.from.unwrap_or(*YEARS.start()).max(*YEARS.start());
        let to = years.to.unwrap_or(*YEARS.end()).min(*YEARS.end());
        if from > to {
            return;
        }
        // Who asks for those labelled in a year means the year of the label.
        if understood.of_the_label {
            if self.asked.label_years.is_empty() {
                self.resolved.label_years = vec![from..=to];
            }
            return;
        }
        let Some(facet) = facet else { return };
        self.resolved.years.insert(facet, vec![from..=to]);
        let spelt = year_span(&(from..=to));
        self.comprehension.facettes.push(Recognised {
            facette: facet,
            nom: spelt.clone(),
            valeur: spelt,
            typed: q.get(years.range.clone()).unwrap_or_default().to_owned(),
        });
    }

    /// Who asks for levels of the label and nothing else means the territories that bear it.
    fn bearers(&mut self, q: &str, understood: &Understanding, text: &str) {
        let alone = !text.chars().any(char::is_alphanumeric)
            && understood.terms.is_empty()
            && understood.amounts.is_empty()
            && understood.years.is_none()
            && self.resolved.kinds.is_empty();
        let Some(level) = understood.levels.first().filter(|_| alone) else {
            return;
        };
        let typed = q.get(level.range.clone()).unwrap_or_default();
        for level in [Level::Commune, Level::Epci] {
            self.recognised(Facet::Type, level.as_str(), typed);
            self.resolved.kinds.push(level.into());
        }
    }

    fn take_levels(&mut self, q: &str, understood: &Understanding) {
        if !self.asked.levels.is_empty() {
            return;
        }
        let found = understood.levels.iter();
        let mut levels: Vec<_> = found.map(|found| (found.arobases, &found.range)).collect();
        levels.sort_by_key(|(level, _)| *level);
        levels.dedup_by_key(|(level, _)| *level);
        for &(level, range) in &levels {
            let typed = q.get(range.clone()).unwrap_or_default();
            self.recognised(Facet::Arobases, &level.to_string(), typed);
        }
        self.resolved.levels = levels.into_iter().map(|(level, _)| level).collect();
    }
}
