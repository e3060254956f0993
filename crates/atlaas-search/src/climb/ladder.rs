//! Climbing: the first query of the ladder that finds something.

use super::{
    rungs::{self, Rung},
    units::{self, Unit, What},
};
use crate::{
    answer::matches,
    error::SearchError,
    matching::tuning::LadderStep,
    opened::Opened,
    plan::{
        comprehension::{Comprehension, Widening},
        planned::Plan,
        steps,
        words::LookedUp,
    },
    query::{order::Sort, request::Query},
};
use atlaas_model::{Area, DocId, DocSet, Facet};
use std::cell::Cell;
use std::collections::BTreeMap;

/// The documents in all of some areas; `None` is everywhere.
type Select<'a> = &'a dyn Fn(&[Area]) -> Option<DocSet>;

/// Queries that one climb may run: most need a dozen.
const MOST_TRIED: usize = 64;

/// Where to look when a plan finds nothing; `None` when no step finds anything.
pub(crate) fn climb(
    opened: &Opened,
    plan: &Plan,
    select: Select,
) -> Result<Option<Landing>, SearchError> {
    if !plan.asked.may_climb() {
        return Ok(None);
    }
    let climber = Climber {
        opened,
        first: plan,
        select,
        tried: Cell::new(0),
        looked_up: LookedUp::default(),
    };
    climber.landing()
}

/// The plan of a query that a ladder ended in, told as an answer to the one that was asked.
pub(crate) fn at(opened: &Opened, plan: &Plan, landing: &Landing) -> Option<Plan> {
    let mut found = steps::plan(opened, &landing.query).ok()?;
    let said = &plan.comprehension;
    let texte = std::mem::take(&mut found.comprehension.texte);
    found.comprehension = Comprehension {
        texte,
        rayon: found.comprehension.rayon,
        corrections: [said.corrections.clone(), found.comprehension.corrections].concat(),
        sens_proches: found.comprehension.sens_proches,
        mots_laisses: landing.let_go.clone(),
        elargissement: landing.widening.clone(),
        facettes: said
            .facettes
            .iter()
            .filter(|known| found.resolved.names(known.facette))
            .cloned()
            .collect(),
        lieu: said.lieu.clone(),
        alternatives: said.alternatives.clone(),
        requete: None,
    };
    found.comprehension.corrections.dedup();
    let nearest_first = landing.widening.is_some() && found.origin.is_some();
    if nearest_first && plan.asked.sort == Sort::Relevance {
        found.order = Sort::Distance;
        found.resolved.sort = Sort::Distance;
    }
    if let (Some(doc), Some(place)) = (landing.homonym, &mut found.comprehension.lieu) {
        let fiche = &opened.fiches[doc as usize];
        place.id = Some(fiche.id.to_string());
        place.nom.clone_from(&fiche.name);
        place.ancien_nom = None;
        "homonyme où cela se trouve".clone_into(&mut place.pourquoi);
    }
    found.comprehension.requete = Some(found.resolved.canonical());
    found.place = plan.place;
    found.asked.clone_from(&plan.asked);
    Some(found)
}

/// Where a ladder ended: the query to ask, and what gave way.
#[derive(Clone, Debug, PartialEq)]
pub struct Landing {
    /// The query that finds something.
    pub(crate) query: Query,
    let_go: Vec<String>,
    widening: Option<Widening>,
    /// Another place of the name that was asked for.
    homonym: Option<DocId>,
}

impl Landing {
    /// Words that were let go.
    pub fn let_go(&self) -> &[String] {
        &self.let_go
    }

    /// Whether what the words hint at counts too.
    pub const fn close(&self) -> bool {
        self.query.close
    }

    /// How far one had to look.
    pub const fn widening(&self) -> Option<&Widening> {
        self.widening.as_ref()
    }
}

/// One query on its way up.
struct Climber<'a> {
    opened: &'a Opened,
    first: &'a Plan,
    select: Select<'a>,
    /// Queries that were run so far.
    tried: Cell<usize>,
    looked_up: LookedUp,
}

impl Climber<'_> {
    fn landing(&self) -> Result<Option<Landing>, SearchError> {
        let spot = self.first.spot.as_ref();
        let near = rungs::near(self.opened, spot);
        let mut all = WordUnits {
            query: in_texts(self.opened, &self.first.resolved),
            let_go: Vec::new(),
        };
        // The words themselves in the place itself, then what they hint at as well.
        if self.first.hints {
            if let Some(landing) = self.up(&near[..1], &all)? {
                return Ok(Some(landing));
            }
            all.query.close = true;
        }
        // Where nothing holds all words anywhere, no place needs to be looked at.
        let everywhere = [Rung::Everywhere];
        let together = match spot {
            Some(_) => self.up(&everywhere, &all)?,
            None => None,
        };
        if (spot.is_none() || together.is_some())
            && let Some(landing) = self.up(&near, &all)?
        {
            return Ok(Some(landing));
        }
        let units = self.units(&all.query)?;
        let widest = near.last().unwrap_or(&Rung::Asked);
        for fewer in self.fewer(&units, &all, widest)? {
            if let Some(landing) = self.up(&near, &fewer)? {
                return Ok(Some(landing));
            }
        }
        if spot.is_none() || !self.opened.takes(LadderStep::Everywhere) {
            return Ok(None);
        }
        if together.is_some() {
            return Ok(together);
        }
        for fewer in self.fewer(&units, &all, &Rung::Everywhere)? {
            if let Some(landing) = self.up(&everywhere, &fewer)? {
                return Ok(Some(landing));
            }
        }
        Ok(None)
    }

    /// The first of some places where these words find something.
    fn up(&self, rungs: &[Rung], words: &WordUnits) -> Result<Option<Landing>, SearchError> {
        let spot = self.first.spot.as_ref();
        for rung in rungs {
            let tried = self.tried.get();
            if tried >= MOST_TRIED {
                return Ok(None);
            }
            self.tried.set(tried + 1);
            let query = rung.of(&words.query, self.opened, spot);
            let Ok(plan) = steps::plan_knowing(self.opened, &query, &self.looked_up) else {
                continue;
            };
            let scope = (self.select)(&plan.areas);
            let n = matches::matching(self.opened, &plan, scope.as_ref())?.len();
            if n > 0 {
                return Ok(Some(Landing {
                    query,
                    let_go: words.let_go.clone(),
                    widening: widening(rung, n),
                    homonym: match rung {
                        Rung::Homonym(doc) => Some(*doc),
                        _ => None,
                    },
                }));
            }
        }
        Ok(None)
    }

    fn units(&self, query: &Query) -> Result<Vec<Unit>, SearchError> {
        match steps::plan_knowing(self.opened, query, &self.looked_up) {
            Ok(mut plan) => {
                plan.comprehension
                    .facettes
                    .clone_from(&self.first.comprehension.facettes);
                units::of(self.opened, &plan)
            }
            Err(_) => Ok(Vec::new()),
        }
    }

    /// The same query of as few words less as find something in a place, the best first.
    fn fewer(
        &self,
        units: &[Unit],
        all: &WordUnits,
        place: &Rung,
    ) -> Result<Vec<WordUnits>, SearchError> {
        if !self.first.text.phrases.is_empty() || !self.opened.takes(LadderStep::FewerWords) {
            return Ok(Vec::new());
        }
        let mut bare = place.of(&all.query, self.opened, self.first.spot.as_ref());
        bare.q = None;
        for unit in units {
            lift(&mut bare, unit, &self.first.asked);
        }
        let Ok(plan) = steps::plan(self.opened, &bare) else {
            return Ok(Vec::new());
        };
        let scope = (self.select)(&plan.areas);
        let domain = matches::matching(self.opened, &plan, scope.as_ref())?;
        let kept = units::keep(self.opened.columns.universe, units, &domain);
        let fewer = kept.into_iter().map(|kept| self.keeping(kept, units, all));
        Ok(fewer.flatten().collect())
    }

    /// The same query with these pieces alone; `None` when they are all there are.
    fn keeping(&self, kept: u64, units: &[Unit], all: &WordUnits) -> Option<WordUnits> {
        let mut query = all.query.clone();
        let (mut words, mut let_go) = (Vec::new(), Vec::new());
        for (unit, at) in units.iter().zip(0..) {
            let keeps = kept & (1_u64 << at) != 0;
            match (&unit.what, keeps) {
                (What::Word | What::Hint, true) => words.push(unit.written.as_str()),
                (_, true) => {}
                (_, false) => {
                    lift(&mut query, unit, &self.first.asked);
                    let_go.push(unit.written.clone());
                }
            }
        }
        query.q = (!words.is_empty()).then(|| words.join(" "));
        query.q_brut = query.q.is_some();
        query.close = units
            .iter()
            .zip(0..)
            .any(|(unit, at)| unit.what == What::Hint && kept & (1_u64 << at) != 0);
        (!let_go.is_empty()).then_some(WordUnits { query, let_go })
    }
}

/// A resolved query of fewer words.
struct WordUnits {
    query: Query,
    let_go: Vec<String>,
}

/// The same query, with terms that were recognised looked for in texts as well.
fn in_texts(opened: &Opened, resolved: &Query) -> Query {
    let mut query = resolved.first_page();
    if opened.takes(LadderStep::Texts) {
        query.or_texted.append(&mut query.or_named);
    }
    // A step holds by itself.
    query.strict = true;
    query
}

/// Takes what the words said of a facet out of a query.
fn lift(query: &mut Query, unit: &Unit, asked: &Query) {
    match unit.what {
        What::Word | What::Hint => {}
        What::Term(facet) => {
            query.facets.remove(&facet);
            query.or_named.remove(&facet);
            query.or_texted.remove(&facet);
        }
        What::Frame(Facet::Type) => query.kinds.clone_from(&asked.kinds),
        What::Frame(facet @ Facet::Column(_)) => {
            restore(&mut query.years, &asked.years, facet);
            restore(&mut query.ranges, &asked.ranges, facet);
        }
        What::Frame(_) => query.levels.clone_from(&asked.levels),
    }
}

/// What parameters say of a facet, instead of what words said.
fn restore<T: Clone>(query: &mut BTreeMap<Facet, T>, asked: &BTreeMap<Facet, T>, facet: Facet) {
    match asked.get(&facet) {
        Some(own) => query.insert(facet, own.clone()),
        None => query.remove(&facet),
    };
}

fn widening(rung: &Rung, n: u32) -> Option<Widening> {
    let (etape, rayon_km, nom) = match rung {
        Rung::Asked | Rung::Homonym(_) => return None,
        Rung::Ring(km) => ("rayon", Some(*km), None),
        Rung::Within(kind, _, name) => (kind.as_str(), None, Some(name.clone())),
        Rung::Everywhere => ("partout", None, None),
    };
    Some(Widening {
        etape,
        rayon_km,
        nom,
        n,
    })
}
