//! What to try when nothing matches: fewer facets, a wider circle, fewer words, each counted.

use crate::{
    answer::Proposal, error::SearchError, execute::Distance, plan::Plan, query::Query,
    query_words::QueryWords, search::Search,
};
use atlaas_model::{Area, DocSet, Facet, Kind};

/// Proposals that are told at most.
const MAX_PROPOSALS: usize = 8;
/// The proposal to leave all words out.
const SANS_MOTS: &str = "lieu_seul";
/// By how much a circle is widened, until something is found.
const WIDER: [f64; 4] = [2.0, 5.0, 10.0, 25.0];

impl Search {
    /// Changes of the query that find something, most useful first.
    pub(crate) fn propose(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        distance_km: Distance,
    ) -> Result<Vec<Proposal>, SearchError> {
        let mut proposals = Vec::new();
        self.propose_radius(plan, distance_km, &mut proposals)?;
        self.propose_lifting(plan, scope, &mut proposals)?;
        self.propose_fewer_words(plan, scope, &mut proposals)?;
        self.propose_everywhere(plan, &mut proposals)?;
        self.propose_without_words(plan, scope, &mut proposals)?;
        if proposals.iter().all(|proposal| proposal.genre == SANS_MOTS) {
            self.propose_words_alone(plan, &mut proposals)?;
        }
        proposals.truncate(MAX_PROPOSALS);
        Ok(proposals)
    }

    /// A circle alone can be widened here: what it holds is told by distances.
    fn propose_radius(
        &self,
        plan: &Plan,
        distance_km: Distance,
        proposals: &mut Vec<Proposal>,
    ) -> Result<(), SearchError> {
        let [Area::Disc { radius_km, .. }] = plan.areas.as_slice() else {
            return Ok(());
        };
        let anywhere = self.matching(plan, None)?;
        for factor in WIDER {
            let wider = (radius_km * factor).min(crate::query_limits::MAX_RADIUS_KM);
            let near = |doc| distance_km(doc).is_some_and(|km| km <= wider);
            let n = anywhere.iter().filter(|&doc| near(doc)).count() as u32;
            if n > 0 {
                let mut query = plan.resolved.first_page();
                query.radius_km = Some(wider);
                proposals.push(Proposal {
                    genre: "rayon",
                    texte: format!("Chercher à moins de {} km", wider.round()),
                    english: format!("Search within {} km", wider.round()),
                    requete: query.canonical(),
                    n,
                });
                break;
            }
        }
        Ok(())
    }

    fn propose_lifting(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        proposals: &mut Vec<Proposal>,
    ) -> Result<(), SearchError> {
        for (rank, (facet, _)) in plan.filters.selections.iter().enumerate() {
            let mut lifted = plan.clone();
            lifted.filters.selections.remove(rank);
            let n = self.matching(&lifted, scope)?.len();
            if n > 0 {
                let query = without(&plan.resolved, *facet);
                let [french, english] = facet.titles();
                proposals.push(Proposal {
                    genre: "facette",
                    texte: format!("Retirer le filtre « {french} »"),
                    english: format!("Remove the filter “{english}”"),
                    requete: query.canonical(),
                    n,
                });
            }
        }
        if !plan.filters.communes.is_empty() {
            let mut lifted = plan.clone();
            lifted.filters.communes.clear();
            let n = self.matching(&lifted, scope)?.len();
            if n > 0 {
                let mut query = plan.resolved.first_page();
                query.territories.remove(&Kind::Commune);
                proposals.push(Proposal {
                    genre: "lieu",
                    texte: "Chercher hors de la commune".into(),
                    english: "Search beyond the commune".into(),
                    requete: query.canonical(),
                    n,
                });
            }
        }
        Ok(())
    }

    fn propose_fewer_words(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        proposals: &mut Vec<Proposal>,
    ) -> Result<(), SearchError> {
        if plan.words.len() < 2 || plan.words.len() > 6 || !plan.text.phrases.is_empty() {
            return Ok(());
        }
        for left_out in &plan.words {
            let kept: Vec<&str> = plan
                .words
                .iter()
                .map(|word| word.written.as_str())
                .filter(|word| *word != left_out.written)
                .collect();
            let mut query = plan.resolved.first_page();
            query.q = Some(kept.join(" "));
            let texts = [
                format!("Chercher sans « {} »", left_out.written),
                format!("Search without “{}”", left_out.written),
            ];
            self.propose_words(&query, scope, texts, proposals)?;
        }
        Ok(())
    }

    /// Proposes a query of other words. They are read anew: a word may be found otherwise when it
    /// stands with others, and the count must be what the link finds.
    fn propose_words(
        &self,
        query: &Query,
        scope: Option<&DocSet>,
        [texte, english]: [String; 2],
        proposals: &mut Vec<Proposal>,
    ) -> Result<(), SearchError> {
        let Ok(plan) = self.plan(query) else {
            return Ok(());
        };
        let n = self.matching(&plan, scope)?.len();
        if n > 0 {
            proposals.push(Proposal {
                genre: "mots",
                texte,
                english,
                requete: query.canonical(),
                n,
            });
        }
        Ok(())
    }

    /// All there is in the place, when it is the words that find nothing.
    fn propose_without_words(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        proposals: &mut Vec<Proposal>,
    ) -> Result<(), SearchError> {
        let somewhere = !plan.resolved.territories.is_empty() || !plan.areas.is_empty();
        if plan.words.is_empty() || !somewhere {
            return Ok(());
        }
        let mut all = plan.clone();
        all.words.clear();
        all.text = QueryWords::default();
        let n = self.matching(&all, scope)?.len();
        if n > 0 {
            let mut query = plan.resolved.first_page();
            query.q = None;
            query.q_brut = false;
            proposals.push(Proposal {
                genre: SANS_MOTS,
                texte: "Voir tout ce qui se trouve là, sans les mots".into(),
                english: "See all there is there, without the words".into(),
                requete: query.canonical(),
                n,
            });
        }
        Ok(())
    }

    /// Each word alone and everywhere, when nothing less finds anything.
    fn propose_words_alone(
        &self,
        plan: &Plan,
        proposals: &mut Vec<Proposal>,
    ) -> Result<(), SearchError> {
        if plan.words.len() > 6 || !plan.text.phrases.is_empty() {
            return Ok(());
        }
        for word in &plan.words {
            let query = Query {
                q: Some(word.written.clone()),
                q_brut: true,
                ..Query::default()
            };
            let texts = [
                format!("Chercher « {} » partout", word.written),
                format!("Search “{}” everywhere", word.written),
            ];
            self.propose_words(&query, None, texts, proposals)?;
        }
        Ok(())
    }

    fn propose_everywhere(
        &self,
        plan: &Plan,
        proposals: &mut Vec<Proposal>,
    ) -> Result<(), SearchError> {
        if plan.areas.is_empty() {
            return Ok(());
        }
        let n = self.matching(plan, None)?.len();
        if n > 0 {
            let mut query = plan.resolved.first_page();
            query.bbox = None;
            query.polygon = None;
            query.near = None;
            query.radius_km = None;
            if query.around_km.take().is_some() {
                // The territory was what the circle lay around, no filter.
                query.territories.clear();
            }
            proposals.push(Proposal {
                genre: "lieu",
                texte: "Chercher partout".into(),
                english: "Search everywhere".into(),
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
        Facet::Annee => query.years.clear(),
        Facet::Arobases => query.levels.clear(),
        Facet::Region => drop(query.territories.remove(&Kind::Region)),
        Facet::Departement => drop(query.territories.remove(&Kind::Departement)),
        Facet::Epci => drop(query.territories.remove(&Kind::Epci)),
        other => drop(query.facets.remove(&other)),
    }
    query
}
