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

use crate::{
    gazetteer::PlaceMatch,
    opened::Opened,
    plan::{
        comprehension::{Alternative, ChosenPlace, Comprehension, Correction, Recognised},
        places,
        planned::Spot,
        territories::Named,
        whereabouts::Whereabouts,
    },
    query::{
        centre::Near,
        limits::{DEFAULT_RADIUS_KM, YEARS},
        parameter_error::ParameterError,
        request::{Bound, Query, Range},
        values::year_span,
    },
    text::fold::fold,
    understand::{Relation, Understanding, UnderstoodCountry, UnderstoodPlace},
};
use atlaas_model::{DocId, Facet, Level, PeersOf};

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

/// What is understood on its way into the query.
struct Taking<'a> {
    opened: &'a Opened,
    asked: Query,
    resolved: Query,
    comprehension: Comprehension,
    place: Option<DocId>,
    spot: Option<Spot>,
    whereabouts: Whereabouts,
    mistakes: &'a mut Vec<ParameterError>,
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
        if !self.asked.strict && !words.is_empty() {
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

    /// Whether parameters say around what to look.
    fn has_a_centre(&self) -> bool {
        let asked = &self.asked;
        asked.near.is_some() || (asked.position.is_some() && asked.radius_km.is_some())
    }

    fn take_place(&mut self, place: &UnderstoodPlace) {
        let asked = &self.asked;
        let own_around = asked.around_km.is_some() && !asked.territories.is_empty();
        if self.has_a_centre() || own_around {
            return;
        }
        if place.relation == Relation::Alike && asked.radius_km.is_none() {
            self.take_peers(place);
            return;
        }
        let near = place.relation == Relation::Near || asked.radius_km.is_some();
        let chosen = place.chosen();
        let candidates = std::iter::once(&chosen).chain(&place.alternatives);
        let Some(found) = candidates
            .into_iter()
            .find(|found| near || self.holds(found.doc))
        else {
            return;
        };
        let why = if found.doc == place.doc {
            place.why.as_str()
        } else {
            "homonyme qui se trouve dans le territoire choisi"
        };
        let known = self.opened.fiches[found.doc as usize].position.is_some();
        let near = near && known;
        let relation = if near { "pres" } else { "dans" };
        self.comprehension.lieu = Some(places::chosen(self.opened, found, relation, why));
        let before = self.resolved.clone();
        let radius_km = self.asked.radius_km.or(place.radius_km);
        let others = std::iter::once(&chosen)
            .chain(&place.alternatives)
            .filter(|other| other.doc != found.doc);
        for other in others {
            let alternative = self.alternative(other, &before, near.then_some(radius_km).flatten());
            self.comprehension.alternatives.push(alternative);
        }
        if near {
            self.resolve_near(found, radius_km.unwrap_or(DEFAULT_RADIUS_KM));
        } else {
            // Around a place of which nobody knows where it lies is at least inside it.
            self.resolve_inside(found.doc);
            if found.doc == place.doc {
                self.resolve_also(&place.also);
            }
        }
        if let Some(spot) = &mut self.spot {
            let name = fold(&found.name);
            let same = |other: &&PlaceMatch| {
                other.doc != found.doc && other.kind == found.kind && fold(&other.name) == name
            };
            let others = std::iter::once(&chosen).chain(&place.alternatives);
            spot.homonyms = others.filter(same).map(|other| other.doc).collect();
        }
    }

    /// The territories that resemble a place, unless a parameter says of which.
    fn take_peers(&mut self, place: &UnderstoodPlace) {
        let fiche = &self.opened.fiches[place.doc as usize];
        let (Some(level), Some(code), None) = (fiche.kind.level(), fiche.code, &self.asked.peers)
        else {
            return;
        };
        let chosen = place.chosen();
        let told = places::chosen(self.opened, &chosen, "semblables", &place.why);
        self.comprehension.lieu = Some(told);
        for other in &place.alternatives {
            let fiche = &self.opened.fiches[other.doc as usize];
            let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) else {
                continue;
            };
            let mut query = self.resolved.first_page();
            query.peers = Some(PeersOf::usual(level, code));
            self.comprehension.alternatives.push(Alternative {
                id: fiche.id.to_string(),
                nom: other.name.clone(),
                precision: places::where_it_lies(self.opened, other.doc),
                requete: query.canonical(),
            });
        }
        self.resolved.peers = Some(PeersOf::usual(level, code));
    }

    /// A set of départements, unless a parameter says where.
    fn take_country(&mut self, country: &UnderstoodCountry) {
        if self.has_a_centre() || !self.asked.territories.is_empty() {
            return;
        }
        let territories = &self.opened.territories;
        let known = country.departements.iter().filter_map(|code| {
            let doc = territories.doc(Level::Departement, code.parse().ok()?)?;
            Some((doc, code.clone()))
        });
        let (docs, codes): (Vec<DocId>, Vec<String>) = known.unzip();
        let Some(&doc) = docs.first() else { return };
        self.resolved.territories.insert(Level::Departement, codes);
        let position = self.opened.fiches[doc as usize].position;
        self.spot = Some(Spot::at(doc, position, 0.0));
        let what = if country.was_a_region {
            "ancienne région"
        } else {
            "pays, à peu près"
        };
        self.comprehension.lieu = Some(ChosenPlace {
            id: None,
            nom: country.name.clone(),
            ancien_nom: None,
            relation: "dans",
            pourquoi: format!("{what} : départements {}", country.departements.join(", ")),
        });
    }

    /// Whether a territory lies in those that were asked for.
    fn holds(&self, doc: DocId) -> bool {
        let territory = &self.opened.fiches[doc as usize].territory;
        self.resolved.territories.iter().all(|(&kind, codes)| {
            territory
                .at(kind)
                .is_some_and(|code| codes.iter().any(|wanted| *wanted == code.to_string()))
        })
    }

    fn resolve_inside(&mut self, doc: DocId) {
        let fiche = &self.opened.fiches[doc as usize];
        let level = fiche.kind.level();
        if let (Some(level), Some(code)) = (level, fiche.code) {
            let territories = &mut self.resolved.territories;
            territories.insert(level, vec![code.to_string()]);
        }
        self.place = Some(doc);
        // What a parameter says as well is not for the words to let go.
        if level.is_none_or(|level| !self.asked.territories.contains_key(&level)) {
            self.spot = Some(Spot::at(doc, fiche.position, 0.0));
        }
    }

    /// Further places beside the one that was named: in any of them.
    fn resolve_also(&mut self, also: &[PlaceMatch]) {
        for other in also {
            let fiche = &self.opened.fiches[other.doc as usize];
            let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) else {
                continue;
            };
            let asked = self.asked.territories.contains_key(&level);
            let Some(codes) = self.resolved.territories.get_mut(&level).filter(|_| !asked) else {
                continue;
            };
            codes.push(code.to_string());
            codes.sort();
            codes.dedup();
            // No single place is meant.
            self.place = None;
            if let Some(told) = &mut self.comprehension.lieu {
                told.nom = format!("{} ou {}", told.nom, fiche.name);
            }
        }
    }

    fn resolve_near(&mut self, found: &PlaceMatch, radius_km: f64) {
        let fiche = &self.opened.fiches[found.doc as usize];
        let own = found
            .alias
            .and_then(|alias| fiche.aliases.get(alias)?.position);
        self.spot = Some(Spot::at(found.doc, own.or(fiche.position), radius_km));
        let near = own.map_or_else(|| places::near_of(self.opened, found.doc), Near::Position);
        self.resolved.near = Some(near);
        self.resolved.radius_km = Some(radius_km);
        let around = self.whereabouts.around(fiche, found.alias, radius_km);
        self.mistakes.extend(around.err().map(|mistake| *mistake));
    }

    fn alternative(&self, other: &PlaceMatch, query: &Query, near_km: Option<f64>) -> Alternative {
        let fiche = &self.opened.fiches[other.doc as usize];
        let mut query = query.first_page();
        if let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) {
            if near_km.is_some() {
                query.near = Some(places::near_of(self.opened, other.doc));
                query.radius_km = near_km;
            } else {
                query.territories.insert(level, vec![code.to_string()]);
            }
        }
        Alternative {
            id: fiche.id.to_string(),
            nom: other.name.clone(),
            precision: places::where_it_lies(self.opened, other.doc),
            requete: query.canonical(),
        }
    }
}
