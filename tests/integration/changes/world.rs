//! The small sample, mutated, indexed and reloaded: what is to be told of it is known from a naive comparison.

use crate::demonstration::serve;
use crate::process;
use atlaas_model::{Dataset, Facet, Fiche, FicheId, Kind, Level, Name, Value};
use atlaas_server::AppState;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use super::reader::Seen;

/// A service over a directory of snapshots that changes.
pub struct World {
    /// The service.
    pub app: AppState,
    /// Moment and name of each snapshot since the first change.
    pub lines: Vec<(String, String)>,
    dataset: Dataset,
    directory: tempfile::TempDir,
    seed: u64,
    next: usize,
    /// By line: kind of change, id, the fiche as it was last.
    steps: Vec<Vec<(&'static str, Fiche)>>,
}

/// Read once: reading takes longer than indexing.
fn sample() -> Dataset {
    static SAMPLE: OnceLock<Dataset> = OnceLock::new();
    let read = || {
        let options = atlaas_ingest::ReadOptions::default();
        let mut dataset =
            atlaas_ingest::read_sources(&process::sample(), &options, &|_| {}).unwrap();
        let points: Vec<Fiche> = points(&dataset.fiches).cloned().collect();
        for copy in 0..3 {
            for point in &points {
                let own = format!("{}-copie{copy}", point.id);
                let mut more = point.clone();
                more.id = FicheId::of_row(point.kind, &own).unwrap();
                dataset.fiches.push(more);
            }
        }
        dataset.sort();
        dataset
    };
    SAMPLE.get_or_init(read).clone()
}

fn points(fiches: &[Fiche]) -> impl Iterator<Item = &Fiche> {
    fiches.iter().filter(|fiche| !fiche.kind.is_territory())
}

impl World {
    /// The sample as it is, served.
    pub fn new(seed: u64) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let dataset = sample();
        atlaas_engine::build(dataset.clone(), directory.path(), &|_| {}).unwrap();
        Self {
            app: serve(directory.path()),
            lines: Vec::new(),
            dataset,
            directory,
            seed: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            next: 0,
            steps: Vec::new(),
        }
    }

    /// Where the snapshots lie.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    fn below(&mut self, most: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed % most as u64) as usize
    }

    /// Some fiches come, some change, some go; then an index and a reload.
    pub fn step(&mut self) {
        let before: BTreeMap<FicheId, Fiche> = by_id(&self.dataset.fiches);
        let ids: Vec<FicheId> = points(&self.dataset.fiches)
            .map(|one| one.id.clone())
            .collect();
        for _ in 0..=self.below(3) {
            let gone = ids[self.below(ids.len())].clone();
            self.dataset.fiches.retain(|one| one.id != gone);
        }
        for _ in 0..2 + self.below(5) {
            let changed = ids[self.below(ids.len())].clone();
            let how = self.below(4);
            let number = self.below(1_000_000);
            let homes: Vec<Fiche> = communes(&self.dataset.fiches);
            let home = homes[self.below(homes.len())].clone();
            let mut fiches = self.dataset.fiches.iter_mut();
            if let Some(fiche) = fiches.find(|one| one.id == changed) {
                mutate(fiche, how, number, &home);
            }
        }
        for _ in 0..=self.below(4) {
            let model = ids[self.below(ids.len())].clone();
            self.next += 1;
            let mut added = before[&model].clone();
            added.id = FicheId::of_row(added.kind, &format!("neuve{}", self.next)).unwrap();
            added.name = format!("Nouveauté <{}> & co", self.next);
            self.dataset.fiches.push(added);
        }
        self.dataset.sort();
        let built = atlaas_engine::build(self.dataset.clone(), self.directory(), &|_| {}).unwrap();
        self.app.reload().unwrap();
        self.steps
            .push(compared(&before, &by_id(&self.dataset.fiches)));
        let snapshot = self.app.snapshot();
        assert_eq!(snapshot.id(), built.manifest.id);
        let moment = snapshot.journal().runs().last().unwrap().moment.clone();
        self.lines.push((moment, built.manifest.id));
    }

    /// What a feed of everything must have shown.
    pub fn seen(&self) -> BTreeSet<Seen> {
        let told = self.told().into_iter();
        told.map(|(moment, genre, id)| Seen {
            id,
            moment,
            is_gone: genre == "retrait",
        })
        .collect()
    }

    /// Moment, kind, id of every change: the newest line first.
    pub fn told(&self) -> Vec<(String, String, String)> {
        let lines = self.lines.iter().zip(&self.steps).rev();
        lines
            .flat_map(|((moment, _), step)| {
                step.iter().map(|(genre, fiche)| {
                    (moment.clone(), (*genre).to_owned(), fiche.id.to_string())
                })
            })
            .collect()
    }

    /// What the last step added, changed, removed.
    pub fn last_step(&self) -> [BTreeSet<String>; 3] {
        ["ajout", "modification", "retrait"].map(|genre| {
            let step = self.steps.last().unwrap().iter();
            step.filter(|(own, _)| *own == genre)
                .map(|(_, fiche)| fiche.id.to_string())
                .collect()
        })
    }

    /// A département with objects in it.
    pub fn departement(&self) -> String {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for fiche in points(&self.dataset.fiches) {
            if let Some(code) = fiche.territory.departement {
                *counts.entry(code.to_string()).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, n)| *n).unwrap().0
    }

    /// Ids of what went and what one of the queries of the test would have found of it.
    pub fn removed(&self, query: &str) -> BTreeSet<String> {
        let gone = self.steps.iter().flatten();
        let gone = gone.filter(|(genre, _)| *genre == "retrait");
        gone.map(|(_, fiche)| fiche)
            .filter(|fiche| query.split('&').all(|pair| finds(pair, fiche)))
            .map(|fiche| fiche.id.to_string())
            .collect()
    }
}

fn by_id(fiches: &[Fiche]) -> BTreeMap<FicheId, Fiche> {
    fiches
        .iter()
        .map(|one| (one.id.clone(), one.clone()))
        .collect()
}

fn communes(fiches: &[Fiche]) -> Vec<Fiche> {
    let communes = fiches.iter().filter(|one| one.kind == Level::Commune);
    communes
        .filter(|one| one.position.is_some())
        .cloned()
        .collect()
}

fn mutate(fiche: &mut Fiche, how: usize, number: usize, home: &Fiche) {
    match how {
        0 => fiche.name = format!("{} {number}", fiche.name),
        1 => {
            fiche.territory = home.territory;
            fiche.position = home.position;
        }
        2 => {
            let terms = ["education", "sante", "culture"];
            let own = Value::Terms(vec![terms[number % terms.len()].to_owned()]);
            fiche.values.set(Name::new("enjeu").unwrap(), own);
        }
        _ => fiche.text = format!("Autre texte {number}"),
    }
}

/// What differs, in the order of the journal.
fn compared(
    before: &BTreeMap<FicheId, Fiche>,
    after: &BTreeMap<FicheId, Fiche>,
) -> Vec<(&'static str, Fiche)> {
    let mut told: Vec<(&'static str, Fiche)> = Vec::new();
    for (id, fiche) in after {
        match before.get(id) {
            None => told.push(("ajout", fiche.clone())),
            Some(old) if old != fiche => told.push(("modification", fiche.clone())),
            Some(_) => {}
        }
    }
    told.sort_by(|(_, a), (_, b)| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    let mut gone: Vec<Fiche> = gone.map(|(_, fiche)| fiche.clone()).collect();
    gone.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    told.extend(gone.into_iter().map(|fiche| ("retrait", fiche)));
    told
}

/// Whether one parameter of a query of the test finds a fiche.
fn finds(pair: &str, fiche: &Fiche) -> bool {
    let (name, value) = pair.split_once('=').unwrap();
    match name {
        "type" => fiche.kind == Kind::Point(Name::new(value).unwrap()),
        "departement" => fiche
            .territory
            .departement
            .is_some_and(|code| code.as_str() == value),
        "enjeu" => fiche
            .slugs(Facet::column("enjeu"))
            .iter()
            .any(|slug| slug == value),
        "annee" => {
            let (first, last) = value.split_once('-').unwrap();
            let years = first.parse::<u16>().unwrap()..=last.parse().unwrap();
            fiche.year().is_some_and(|year| years.contains(&year))
        }
        "bbox" => {
            let ends: Vec<f64> = value.split(',').map(|end| end.parse().unwrap()).collect();
            fiche.position.is_some_and(|at| {
                (ends[0]..=ends[2]).contains(&at.longitude())
                    && (ends[1]..=ends[3]).contains(&at.latitude())
            })
        }
        other => panic!("{other}"),
    }
}
