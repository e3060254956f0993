//! What to try when nothing matches: fewer facets, a wider circle, fewer words, each counted.

use crate::{
    answer::answered::{Advice, Proposal},
    answer::matches,
    answer::scoring::Distance,
    error::SearchError,
    matching::query_words::QueryWords,
    opened::Opened,
    plan::planned::Plan,
    plan::steps,
    query::request::Query,
};
use atlaas_model::{Area, DocSet, Facet, Level};

/// Proposals that are told at most.
const MAX_PROPOSALS: usize = 8;
/// By how much a circle is widened, until something is found.
const WIDER: [f64; 4] = [2.0, 5.0, 10.0, 25.0];

/// Changes of the query that find something, most useful first.
pub(super) fn propose(
    opened: &Opened,
    plan: &Plan,
    scope: Option<&DocSet>,
    distance_km: Distance,
) -> Result<Vec<Proposal>, SearchError> {
    let mut proposing = Proposing {
        opened,
        plan,
        scope,
        found: Vec::new(),
    };
    proposing.radius(distance_km)?;
    proposing.lifting()?;
    proposing.fewer_words()?;
    proposing.everywhere()?;
    proposing.without_words()?;
    let mut found = proposing.found;
    let place_alone = |proposal: &Proposal| proposal.advice == Advice::PlaceAlone;
    if found.iter().all(place_alone) {
        let mut alone = Proposing {
            opened,
            plan,
            scope: None,
            found,
        };
        alone.words_alone()?;
        found = alone.found;
    }
    found.truncate(MAX_PROPOSALS);
    Ok(found)
}

/// Proposals on their way.
struct Proposing<'a> {
    opened: &'a Opened,
    plan: &'a Plan,
    scope: Option<&'a DocSet>,
    found: Vec<Proposal>,
}

impl Proposing<'_> {
    /// A circle alone can be widened here: what it holds is told by distances.
    fn radius(&mut self, distance_km: Distance) -> Result<(), SearchError> {
        let [Area::Disc { radius_km, .. }] = self.plan.areas.as_slice() else {
            return Ok(());
        };
        let anywhere = matches::matching(self.opened, self.plan, None)?;
        for factor in WIDER {
            let wider = (radius_km * factor).min(crate::query::limits::MAX_RADIUS_KM);
            let near = |doc| distance_km(doc).is_some_and(|km| km <= wider);
            let n = anywhere.iter().filter(|&doc| near(doc)).count() as u32;
            if n > 0 {
                let mut query = self.plan.resolved.first_page();
                query.radius_km = Some(wider);
                self.found.push(Proposal {
                    advice: Advice::Wider(wider.round()),
                    requete: query.canonical(),
                    n,
                });
                break;
            }
        }
        Ok(())
    }

    fn lifting(&mut self) -> Result<(), SearchError> {
        for (rank, selection) in self.plan.filters.selections.iter().enumerate() {
            let facet = selection.facet;
            let mut lifted = self.plan.clone();
            lifted.filters.selections.remove(rank);
            let n = matches::matching(self.opened, &lifted, self.scope)?.len();
            if n > 0 {
                let query = without(&self.plan.resolved, facet);
                self.found.push(Proposal {
                    advice: Advice::WithoutFacet(facet),
                    requete: query.canonical(),
                    n,
                });
            }
        }
        if !self.plan.filters.communes.is_empty() {
            let mut lifted = self.plan.clone();
            lifted.filters.communes.clear();
            let n = matches::matching(self.opened, &lifted, self.scope)?.len();
            if n > 0 {
                let mut query = self.plan.resolved.first_page();
                query.territories.remove(&Level::Commune);
                self.found.push(Proposal {
                    advice: Advice::BeyondCommune,
                    requete: query.canonical(),
                    n,
                });
            }
        }
        Ok(())
    }

    fn fewer_words(&mut self) -> Result<(), SearchError> {
        if self.plan.words.len() < 2
            || self.plan.words.len() > 6
            || !self.plan.text.phrases.is_empty()
        {
            return Ok(());
        }
        for left_out in &self.plan.words {
            let kept: Vec<&str> = self
                .plan
                .words
                .iter()
                .map(|word| word.written.as_str())
                .filter(|word| *word != left_out.written)
                .collect();
            let mut query = self.plan.resolved.first_page();
            query.q = Some(kept.join(" "));
            let advice = Advice::WithoutWord(left_out.written.clone());
            self.words(&query, advice)?;
        }
        Ok(())
    }

    /// Proposes a query of other words. They are read anew: a word may be found otherwise when it
    /// stands with others, and the count must be what the link finds.
    fn words(&mut self, query: &Query, advice: Advice) -> Result<(), SearchError> {
        let Ok(plan) = steps::plan(self.opened, query) else {
            return Ok(());
        };
        let n = matches::matching(self.opened, &plan, self.scope)?.len();
        if n > 0 {
            self.found.push(Proposal {
                advice,
                requete: query.canonical(),
                n,
            });
        }
        Ok(())
    }

    /// All there is in the place, when it is the words that find nothing.
    fn without_words(&mut self) -> Result<(), SearchError> {
        let somewhere = !self.plan.resolved.territories.is_empty() || !self.plan.areas.is_empty();
        if self.plan.words.is_empty() || !somewhere {
            return Ok(());
        }
        let mut all = self.plan.clone();
        all.words.clear();
        all.text = QueryWords::default();
        let n = matches::matching(self.opened, &all, self.scope)?.len();
        if n > 0 {
            let mut query = self.plan.resolved.first_page();
            query.q = None;
            query.q_brut = false;
            self.found.push(Proposal {
                advice: Advice::PlaceAlone,
                requete: query.canonical(),
                n,
            });
        }
        Ok(())
    }

    /// Each word alone and everywhere, when nothing less finds anything.
    fn words_alone(&mut self) -> Result<(), SearchError> {
        if self.plan.words.len() > 6 || !self.plan.text.phrases.is_empty() {
            return Ok(());
        }
        for word in &self.plan.words {
            let query = Query {
                q: Some(word.written.clone()),
                q_brut: true,
                ..Query::default()
            };
            let advice = Advice::WordAlone(word.written.clone());
            self.words(&query, advice)?;
        }
        Ok(())
    }

    fn everywhere(&mut self) -> Result<(), SearchError> {
        if self.plan.areas.is_empty() {
            return Ok(());
        }
        let n = matches::matching(self.opened, self.plan, None)?.len();
        if n > 0 {
            let mut query = self.plan.resolved.first_page();
            query.bbox = None;
            query.polygon = None;
            query.near = None;
            query.radius_km = None;
            if query.around_km.take().is_some() {
                // The territory was what the circle lay around, no filter.
                query.territories.clear();
            }
            self.found.push(Proposal {
                advice: Advice::Everywhere,
                requete: query.canonical(),
                n,
            });
        }
        Ok(())
    }
}

fn without(query: &Query, facet: Facet) -> Query {
    let mut query = query.first_page();
    match facet {
        Facet::Type => query.kinds.clear(),
        Facet::Arobases => query.levels.clear(),
        Facet::Region => drop(query.territories.remove(&Level::Region)),
        Facet::Departement => drop(query.territories.remove(&Level::Departement)),
        Facet::Epci => drop(query.territories.remove(&Level::Epci)),
        Facet::Mention | Facet::Column(_) => {
            query.facets.remove(&facet);
            query.years.remove(&facet);
            query.ranges.remove(&facet);
        }
    }
    query.or_named.remove(&facet);
    query.or_texted.remove(&facet);
    query
}
