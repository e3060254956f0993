//! A query made ready to run: names resolved, words understood, constraints turned into ids.

use crate::{
    answer::{Alternative, Comprehension, Correction, Place},
    expand::{Expanded, Expander, Means, Relax},
    facets::Counting,
    filter::Filters,
    gazetteer::{LookupOptions, Match, PlaceMatch},
    index::Part,
    query::{Near, Query},
    query_error::ParameterError,
    query_limits::DEFAULT_RADIUS_KM,
    query_words::QueryWords,
    search::Search,
};
use atlaas_model::{Area, Code, DocId, DocSet, Facet, Kind, Position};
use std::{io, sync::Arc};

/// A query with everything resolved. The engine turns [`Plan::areas`] into one set of documents
/// (each area must hold) and gives it to `execute` as the scope.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Areas that a fiche must lie in, all of them; empty is no constraint.
    pub areas: Vec<Area>,
    /// Where distances are measured from.
    pub origin: Option<Position>,
    /// How the query was understood.
    pub comprehension: Comprehension,
    /// The query with what was understood made explicit: territories by code, place and facets as
    /// parameters. [`Query::filter_canonical`] of it is the key under which results can be cached.
    pub resolved: Query,
    /// As it was asked, for cursors.
    pub(crate) asked: Query,
    pub(crate) filters: Filters,
    pub(crate) counting: Counting,
    /// The words to search for, with the terms that answer them.
    pub(crate) words: Vec<Expanded>,
    /// What the words were read from.
    pub(crate) text: QueryWords,
    /// The words as one name, hashed.
    pub(crate) name: u64,
    /// Why the dictionaries could not be read.
    pub(crate) failure: Option<Arc<io::Error>>,
    /// The fiche of the place that was named: first among the hits.
    pub(crate) place: Option<DocId>,
    /// Whether nearness to the origin raises the score.
    pub(crate) near_first: bool,
}

/// Alternatives that are told for a place.
const MAX_ALTERNATIVES: usize = 5;

impl Search {
    /// Resolves names, understands words, checks values against what exists.
    pub fn plan(&self, query: &Query) -> Result<Plan, Vec<ParameterError>> {
        let plan = self.plan_as(query)?;
        if !query.q_brut && self.contradicted(&plan) {
            let raw = Query {
                q_brut: true,
                ..query.clone()
            };
            let mut words_only = self.plan_as(&raw)?;
            if self.any_name_holds(&words_only.words).unwrap_or(false) {
                // The cursor and the links are those of the query as it was asked.
                words_only.asked = query.clone();
                return Ok(words_only);
            }
        }
        Ok(plan)
    }

    fn plan_as(&self, query: &Query) -> Result<Plan, Vec<ParameterError>> {
        let mut planner = Planner {
            search: self,
            errors: Vec::new(),
            plan: Plan::new(query),
            near_doc: None,
        };
        planner.territories();
        planner.interpret();
        planner.near();
        planner.around();
        planner.areas();
        planner.facets();
        planner.words();
        if planner.errors.is_empty() {
            Ok(planner.plan)
        } else {
            Err(planner.errors)
        }
    }

    /// Whether the place that was understood holds nothing of the other words. If these words and
    /// its name stand together in a title, they were hardly meant as a place (`Paris match`).
    fn contradicted(&self, plan: &Plan) -> bool {
        let Some(doc) = plan.place.filter(|_| !plan.words.is_empty()) else {
            return false;
        };
        let fiche = &self.fiches[doc as usize];
        let Some(code) = fiche.code else {
            return false;
        };
        let column = |facet| {
            let column = self.columns.of(facet);
            let ids: Vec<_> = column.id(code.as_str()).into_iter().collect();
            column.any_of(&ids, self.columns.universe)
        };
        let inside = match fiche.kind {
            Kind::Commune => self.columns.in_communes(&[code]),
            Kind::Epci => column(Facet::Epci),
            Kind::Departement => column(Facet::Departement),
            Kind::Region => column(Facet::Region),
            Kind::Colieu | Kind::Initiative => return false,
        };
        !self.any_holds(&plan.words, Some(&inside)).unwrap_or(true)
    }
}

impl Plan {
    fn new(query: &Query) -> Self {
        Self {
            areas: Vec::new(),
            origin: query.position,
            comprehension: Comprehension {
                texte: query.q.clone().unwrap_or_default(),
                ..Comprehension::default()
            },
            resolved: query.clone(),
            asked: query.clone(),
            filters: Filters::default(),
            counting: Counting {
                facets: query.counted.clone().unwrap_or(Facet::ALL.to_vec()),
                search: query.facet_search.clone(),
            },
            words: Vec::new(),
            text: QueryWords::default(),
            name: 0,
            failure: None,
            place: None,
            near_first: query.position.is_some(),
        }
    }
}

/// A plan in the making.
pub(crate) struct Planner<'a> {
    pub search: &'a Search,
    errors: Vec<ParameterError>,
    pub plan: Plan,
    /// The place that `pres_de` names, for `autour`.
    near_doc: Option<DocId>,
}

impl Planner<'_> {
    fn lookup(&self, name: &str, kinds: &[Kind], limit: usize) -> Vec<PlaceMatch> {
        let options = LookupOptions {
            limit,
            near: self.plan.asked.position,
            kinds: kinds.to_vec(),
            autocomplete: false,
        };
        self.search.gazetteer.lookup(name, &options)
    }

    /// The document of a territory by code, else by name.
    fn territory(&self, kind: Kind, value: &str) -> Option<DocId> {
        let code: Option<Code> = value.parse().ok();
        code.and_then(|code| self.search.territories.doc(kind, code))
            .or_else(|| Some(self.lookup(value, &[kind], 1).first()?.doc))
    }

    /// `commune epci departement region`: names become codes, unknown ones errors.
    fn territories(&mut self) {
        let asked = std::mem::take(&mut self.plan.resolved.territories);
        for (kind, values) in asked {
            let mut codes: Vec<String> = Vec::new();
            for value in values {
                let found = self.territory(kind, &value);
                let fiche = found.map(|doc| &self.search.fiches[doc as usize]);
                match fiche.and_then(|fiche| fiche.code) {
                    Some(code) => codes.push(code.to_string()),
                    None => self.unknown_territory(kind, &value),
                }
            }
            codes.sort();
            codes.dedup();
            self.plan.resolved.territories.insert(kind, codes);
        }
    }

    fn unknown_territory(&mut self, kind: Kind, value: &str) {
        let error = ParameterError::new(
            kind.as_str(),
            value,
            "Territoire inconnu : un code ou un nom est attendu.",
            "Unknown territory: expected a code or a name.",
        );
        let options = LookupOptions {
            limit: 1,
            near: None,
            kinds: vec![kind],
            autocomplete: true,
        };
        let nearest = self.search.gazetteer.lookup(value, &options);
        self.errors.push(match nearest.first() {
            Some(place) => error.suggesting(&place.name),
            None => error,
        });
    }

    /// `pres_de` and the circle around it, or around `lat` and `lon` with `rayon`.
    fn near(&mut self) {
        let radius = self.plan.asked.radius_km;
        match self.plan.asked.near.clone() {
            Some(Near::Position(centre)) => {
                self.plan.origin = Some(centre);
                let text = format!("{},{}", centre.longitude(), centre.latitude());
                self.plan.comprehension.lieu = Some(Place {
                    id: None,
                    nom: text,
                    ancien_nom: None,
                    relation: "pres",
                    pourquoi: "position donnée par `pres_de`".into(),
                });
                self.circle(centre, radius.unwrap_or(DEFAULT_RADIUS_KM));
            }
            Some(Near::Name(name)) => self.near_name(&name),
            None => match (self.plan.asked.position, radius) {
                (Some(centre), Some(radius_km)) => self.circle(centre, radius_km),
                (None, Some(radius_km)) if self.plan.areas.is_empty() => {
                    self.errors.push(ParameterError::new(
                        "rayon",
                        &radius_km.to_string(),
                        "Aucun lieu n’est reconnu dans `q` : ajoutez `pres_de`, ou `lat` et `lon`.",
                        "No place is recognised in `q`: add `pres_de`, or `lat` and `lon`.",
                    ));
                }
                _ => {}
            },
        }
    }

    fn circle(&mut self, centre: Position, radius_km: f64) {
        self.plan.areas.push(Area::Disc { centre, radius_km });
        self.plan.comprehension.rayon = Some(radius_km);
        self.plan.near_first = true;
    }

    fn near_name(&mut self, name: &str) {
        let found = match self.by_id(name) {
            Some(place) => vec![place],
            None => self.lookup(name, &[], 1 + MAX_ALTERNATIVES),
        };
        let Some(best) = found.first() else {
            self.errors.push(ParameterError::new(
                "pres_de",
                name,
                "Lieu inconnu : un nom, un code ou lon,lat est attendu.",
                "Unknown place: expected a name, a code or lon,lat.",
            ));
            return;
        };
        self.plan.comprehension.lieu = Some(self.place(best, "pres", "nommé par `pres_de`"));
        for other in &found[1..] {
            let mut asked = self.plan.asked.clone();
            let id = &self.search.fiches[other.doc as usize].id;
            asked.near = Some(self.near_of(other.doc));
            self.plan.comprehension.alternatives.push(Alternative {
                id: id.to_string(),
                nom: other.name.clone(),
                precision: self.search.where_it_lies(other.doc),
                requete: asked.canonical(),
            });
        }
        if self.plan.asked.around_km.is_none() {
            let radius_km = self.plan.asked.radius_km.unwrap_or(DEFAULT_RADIUS_KM);
            self.near_place(best.doc, best.alias, radius_km);
        } else {
            self.near_doc = Some(best.doc);
        }
    }

    /// A territory by the id of its fiche.
    fn by_id(&self, name: &str) -> Option<PlaceMatch> {
        let (kind, code) = name.split_once('-')?;
        let (kind, code): (Kind, Code) = (kind.parse().ok()?, code.parse().ok()?);
        let doc = self.search.territories.doc(kind, code)?;
        Some(PlaceMatch {
            doc,
            alias: None,
            kind,
            population: 0,
            score: 1.0,
            edits: 0,
            how: Match::Code,
            qualified: false,
            name: self.search.fiches[doc as usize].name.clone(),
        })
    }

    /// What names a territory and no other: its code, but the id of a région, whose code is that of
    /// a département to everybody but INSEE.
    pub(crate) fn near_of(&self, doc: DocId) -> Near {
        let fiche = &self.search.fiches[doc as usize];
        let code = fiche.code.filter(|_| fiche.kind != Kind::Region);
        Near::Name(code.map_or_else(|| fiche.id.to_string(), |code| code.to_string()))
    }

    /// Around the centre of a commune, around the boundary of a wider territory.
    pub(crate) fn near_place(&mut self, doc: DocId, alias: Option<usize>, radius_km: f64) {
        let fiche = &self.search.fiches[doc as usize];
        let own = alias.and_then(|alias| fiche.aliases.get(alias)?.position);
        let Some(centre) = own.or(fiche.position) else {
            self.errors.push(ParameterError::new(
                "pres_de",
                &fiche.name,
                "La position de ce lieu n’est pas connue : donnez lon,lat.",
                "The position of this place is not known: give lon,lat.",
            ));
            return;
        };
        self.plan.origin = Some(centre);
        self.plan.near_first = true;
        self.plan.comprehension.rayon = Some(radius_km);
        self.plan.areas.push(match fiche.code {
            Some(code) if fiche.kind != Kind::Commune => Area::Around {
                kind: fiche.kind,
                code,
                margin_km: radius_km,
            },
            _ => Area::Disc { centre, radius_km },
        });
    }

    /// `autour`: the one territory becomes an area and is no facet selection any more.
    fn around(&mut self) {
        let Some(margin_km) = self.plan.asked.around_km else {
            return self.measure_from_territory();
        };
        let selected = self.plan.resolved.territories.iter().next();
        let by_code = selected.and_then(|(&kind, codes)| {
            let code: Code = codes.first()?.parse().ok()?;
            self.search.territories.doc(kind, code)
        });
        let Some(doc) = by_code.or(self.near_doc) else {
            if self.errors.is_empty() {
                self.errors.push(ParameterError::new(
                    "autour",
                    &margin_km.to_string(),
                    "Aucun territoire n’est nommé : `autour` en demande un.",
                    "No territory is named: `autour` needs one.",
                ));
            }
            return;
        };
        self.plan.resolved.territories.clear();
        let fiche = &self.search.fiches[doc as usize];
        if let Some(code) = fiche.code {
            let kind = fiche.kind;
            self.plan
                .resolved
                .territories
                .insert(kind, vec![code.to_string()]);
            self.plan.areas.push(Area::Around {
                kind,
                code,
                margin_km,
            });
        }
        self.plan.origin = self.plan.origin.or(fiche.position);
    }

    /// Distances are told from the centre of a territory when nothing nearer is asked for.
    fn measure_from_territory(&mut self) {
        let territories = &self.plan.resolved.territories;
        if self.plan.origin.is_none()
            && let Some((&kind, codes)) = territories.iter().next()
            && let [code] = codes.as_slice()
            && let Ok(code) = code.parse()
        {
            let doc = self.search.territories.doc(kind, code);
            self.plan.origin = doc.and_then(|doc| self.search.fiches[doc as usize].position);
        }
    }

    fn areas(&mut self) {
        let query = &self.plan.asked;
        self.plan.areas.extend(query.bbox.map(Area::Box));
        self.plan
            .areas
            .extend(query.polygon.clone().map(Area::Polygons));
    }

    fn facets(&mut self) {
        let territory_is_area = self.plan.asked.around_km.is_some();
        for facet in Facet::ALL {
            let wanted = self.plan.resolved.selected(facet);
            let is_territory = matches!(facet, Facet::Region | Facet::Departement | Facet::Epci);
            if wanted.is_empty() || (is_territory && territory_is_area) {
                continue;
            }
            let column = self.search.columns.of(facet);
            let ids = wanted.iter().filter_map(|value| column.id(value)).collect();
            self.plan.filters.selections.push((facet, ids));
        }
        if let Some(codes) = self.plan.resolved.territories.get(&Kind::Commune)
            && !territory_is_area
        {
            let codes = codes.iter().filter_map(|code| code.parse().ok());
            self.plan.filters.communes = codes.collect();
        }
    }

    fn words(&mut self) {
        let text = &self.plan.comprehension.texte;
        self.plan.text = QueryWords::read(text);
        self.plan.name = crate::rank::hash(&crate::analysis::name_key(text));
        match self.search.find_words(&self.plan.text) {
            Ok(words) => self.plan.words = words,
            Err(error) => self.plan.failure = Some(Arc::new(error)),
        }
        for word in &self.plan.words {
            if let (Means::Correction, Some(read)) = (word.means, &word.correction) {
                self.plan.comprehension.corrections.push(Correction {
                    mot: word.written.clone(),
                    lu: read.clone(),
                });
            }
        }
    }
}

impl Search {
    /// The terms that answer words: as written when any fiche holds them all, else relaxed step by
    /// step. It depends on the words alone, so filters never change what words mean.
    fn find_words(&self, text: &QueryWords) -> io::Result<Vec<Expanded>> {
        let expander = Expander {
            index: &self.index,
            stems: &self.stems,
            weights: &self.weights,
        };
        let strict = expander.expand(text, Relax::Strict)?;
        let hopeless = strict.iter().any(|word| word.sources.is_empty());
        if strict.len() < 2 || hopeless || self.any_holds(&strict, None)? {
            return Ok(strict);
        }
        for relax in [Relax::Complete, Relax::Correct] {
            let relaxed = expander.expand(text, relax)?;
            if self.any_holds(&relaxed, None)? {
                return Ok(relaxed);
            }
        }
        Ok(strict)
    }

    /// Whether the name of any fiche holds every word.
    fn any_name_holds(&self, words: &[Expanded]) -> io::Result<bool> {
        let mut words = words.to_vec();
        for word in &mut words {
            let in_name = |part| matches!(part, Part::Name | Part::NameStem);
            word.sources.retain(|source| in_name(source.part));
        }
        self.any_holds(&words, None)
    }

    /// Whether any fiche (of a set) holds every word.
    pub(crate) fn any_holds(
        &self,
        words: &[Expanded],
        within: Option<&DocSet>,
    ) -> io::Result<bool> {
        if words.iter().any(|word| word.sources.is_empty()) {
            return Ok(false);
        }
        let mut borrowed = self.scratch();
        crate::gather::any(&self.index, words, within, &mut borrowed.scratch)
    }
}
