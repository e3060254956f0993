//! What is done with what was understood: explicit parameters win, each in its own dimension.
//!
//! | understood | explicit parameter | what happens |
//! |---|---|---|
//! | kinds, years, levels | of the same dimension | the words are dropped, the parameter holds |
//! | a facet's term | the same facet | the words are searched for as text |
//! | a place | `pres_de`, or `lat`, `lon` and `rayon` | the place is dropped |
//! | in a territory | a wider or equal territory that holds it | both hold |
//! | in a territory | one that does not hold it | a homonym inside is taken, else the place is dropped |
//! | near a place | any territory, box or polygon | both hold |

use crate::{
    answer::{Alternative, Correction, Place, Recognised},
    gazetteer::PlaceMatch,
    plan::Planner,
    query::{Near, Query},
    query_limits::{DEFAULT_RADIUS_KM, YEARS},
    understand::{Relation, Understanding, UnderstoodPlace},
};
use atlaas_model::{DocId, Facet, Kind};

impl Planner<'_> {
    /// Understands the words, unless `q_brut` says not to.
    pub(crate) fn interpret(&mut self) {
        let asked = &self.plan.asked;
        let (Some(q), false) = (asked.q.clone(), asked.q_brut) else {
            return;
        };
        let search = self.search;
        let understood = search
            .understander
            .understand(&q, &search.gazetteer, asked.position);
        let mut text = understood.text.clone();
        self.take_terms(&q, &understood, &mut text);
        self.take_kinds(&understood);
        self.take_years(&understood);
        self.take_levels(&understood);
        for correction in &understood.corrections {
            self.plan.comprehension.corrections.push(Correction {
                mot: correction.typed.clone(),
                lu: correction.read.clone(),
            });
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let has_words = text.chars().any(char::is_alphanumeric);
        self.plan.resolved.q = has_words.then(|| text.clone());
        self.plan.resolved.q_brut = has_words;
        self.plan.comprehension.texte = if has_words { text } else { String::new() };
        if let Some(place) = understood.place {
            self.take_place(&place);
        }
    }

    fn recognised(&mut self, facet: Facet, value: &str) {
        let column = self.search.columns.of(facet);
        let nom = column.id(value).map_or_else(
            || self.search.vocabulary.label(facet, value).to_owned(),
            |id| column.values[usize::from(id)].nom.to_string(),
        );
        self.plan.comprehension.facettes.push(Recognised {
            facette: facet,
            valeur: value.to_owned(),
            nom,
        });
    }

    /// The first term of a facet without selection becomes its selection; any other goes back to
    /// the text, since a selection of two terms would mean either.
    fn take_terms(&mut self, q: &str, understood: &Understanding, text: &mut String) {
        for term in &understood.terms {
            let selected = self.plan.resolved.facets.entry(term.facet).or_default();
            if selected.is_empty() {
                selected.push(term.slug.clone());
                self.recognised(term.facet, &term.slug);
            } else if *selected != [term.slug.clone()] {
                text.push(' ');
                text.push_str(q.get(term.range.clone()).unwrap_or_default());
            }
        }
    }

    fn take_kinds(&mut self, understood: &Understanding) {
        if !self.plan.asked.kinds.is_empty() {
            return;
        }
        let mut kinds: Vec<Kind> = understood.kinds.iter().map(|found| found.kind).collect();
        kinds.sort();
        kinds.dedup();
        for kind in &kinds {
            self.recognised(Facet::Type, kind.as_str());
        }
        self.plan.resolved.kinds = kinds;
    }

    fn take_years(&mut self, understood: &Understanding) {
        let (Some(years), true) = (&understood.years, self.plan.asked.years.is_empty()) else {
            return;
        };
        let from = years.from.unwrap_or(*YEARS.start()).max(*YEARS.start());
        let to = years.to.unwrap_or(*YEARS.end()).min(*YEARS.end());
        if from > to {
            return;
        }
        self.plan.resolved.years = vec![from..=to];
        let spelt = crate::query::year_span(&(from..=to));
        self.plan.comprehension.facettes.push(Recognised {
            facette: Facet::Annee,
            nom: spelt.clone(),
            valeur: spelt,
        });
    }

    fn take_levels(&mut self, understood: &Understanding) {
        if !self.plan.asked.levels.is_empty() {
            return;
        }
        let mut levels: Vec<u8> = understood
            .levels
            .iter()
            .map(|found| found.arobases)
            .collect();
        levels.sort_unstable();
        levels.dedup();
        for level in &levels {
            self.recognised(Facet::Arobases, &level.to_string());
        }
        self.plan.resolved.levels = levels;
    }

    fn take_place(&mut self, place: &UnderstoodPlace) {
        let asked = &self.plan.asked;
        let own_circle = asked.position.is_some() && asked.radius_km.is_some();
        let own_around = asked.around_km.is_some() && !asked.territories.is_empty();
        if asked.near.is_some() || own_circle || own_around {
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
        let relation = if near { "pres" } else { "dans" };
        self.plan.comprehension.lieu = Some(self.place(found, relation, why));
        let before = self.plan.resolved.clone();
        let radius_km = self.plan.asked.radius_km.or(place.radius_km);
        let others = std::iter::once(&chosen)
            .chain(&place.alternatives)
            .filter(|other| other.doc != found.doc);
        for other in others {
            let alternative = self.alternative(other, &before, near.then_some(radius_km).flatten());
            self.plan.comprehension.alternatives.push(alternative);
        }
        if near {
            self.resolve_near(found, radius_km.unwrap_or(DEFAULT_RADIUS_KM));
        } else {
            self.resolve_inside(found.doc);
        }
    }

    /// Whether a territory lies in those that were asked for.
    fn holds(&self, doc: DocId) -> bool {
        let territory = &self.search.fiches[doc as usize].territory;
        self.plan.resolved.territories.iter().all(|(&kind, codes)| {
            territory
                .at(kind)
                .is_some_and(|code| codes.iter().any(|wanted| *wanted == code.to_string()))
        })
    }

    fn resolve_inside(&mut self, doc: DocId) {
        let fiche = &self.search.fiches[doc as usize];
        if let Some(code) = fiche.code {
            let territories = &mut self.plan.resolved.territories;
            territories.insert(fiche.kind, vec![code.to_string()]);
        }
        self.plan.place = Some(doc);
    }

    fn resolve_near(&mut self, found: &PlaceMatch, radius_km: f64) {
        let fiche = &self.search.fiches[found.doc as usize];
        let own = found
            .alias
            .and_then(|alias| fiche.aliases.get(alias)?.position);
        let near = own.map_or_else(|| self.near_of(found.doc), Near::Position);
        self.plan.resolved.near = Some(near);
        self.plan.resolved.radius_km = Some(radius_km);
        self.near_place(found.doc, found.alias, radius_km);
    }

    fn alternative(&self, other: &PlaceMatch, query: &Query, near_km: Option<f64>) -> Alternative {
        let fiche = &self.search.fiches[other.doc as usize];
        let mut query = query.first_page();
        if let Some(code) = fiche.code {
            if near_km.is_some() {
                query.near = Some(self.near_of(other.doc));
                query.radius_km = near_km;
            } else {
                query.territories.insert(fiche.kind, vec![code.to_string()]);
            }
        }
        Alternative {
            id: fiche.id.to_string(),
            nom: other.name.clone(),
            precision: self.search.where_it_lies(other.doc),
            requete: query.canonical(),
        }
    }

    /// A place as the comprehension tells it.
    pub(crate) fn place(&self, found: &PlaceMatch, relation: &'static str, why: &str) -> Place {
        let fiche = &self.search.fiches[found.doc as usize];
        let alias = found.alias.and_then(|alias| fiche.aliases.get(alias));
        Place {
            id: Some(fiche.id.to_string()),
            nom: fiche.name.clone(),
            ancien_nom: alias.map(|alias| alias.name.clone()),
            relation,
            pourquoi: why.to_owned(),
        }
    }
}
