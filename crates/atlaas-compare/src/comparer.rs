//! The comparer of one snapshot: every territory of each level by every variable, and who is like whom.

use crate::classes_of_strata::StrataClasses;
use crate::columns::{self, Places};
use crate::declared::{Declared, DeclaredClasses, DeclaredVariable, Method};
use crate::lens::Lens;
use crate::nearest::{self, Distance};
use crate::quantiles::Quartiles;
use crate::strata::{self, Stratum};
use crate::table::Table;
use crate::variable::{self, Variable};
use atlaas_model::{
    Code, ContextColumn, ContextTable, DocId, Fiche, Level, PeerChoice, PeersOf, Transform,
    Weighing, Wording,
};

/// How many times more and less inhabitants a peer may have; widened when too few do.
const BANDS: [f64; 3] = [2.0, 4.0, 10.0];

/// Why there is no comparison.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// No territory of that level has the code.
    #[error("no territory of level {0} has the code {1}")]
    UnknownPlace(Level, Code),
    /// No lens has the name.
    #[error("no lens is called {0:?}")]
    UnknownLens(String),
    /// No variable has the name.
    #[error("no variable is called {0:?}")]
    UnknownVariable(String),
    /// The territory has none of the values that weigh.
    #[error("nothing that weighs is known of {0}")]
    NothingKnown(Code),
}

/// Which inhabitants a peer may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// How many times more and less; none where every place is a candidate.
    pub factor: Option<f64>,
    /// The least inhabitants.
    pub least: f64,
    /// The most.
    pub most: f64,
}

/// Where a territory stands in the table of its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its level.
    pub level: Level,
    pub(crate) row: usize,
}

/// A peer.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    /// Its document.
    pub doc: DocId,
    /// Its code.
    pub code: Code,
    /// Where it stands.
    pub at: Standing,
    /// How far it is; none when nothing that weighs is known of both.
    pub distance: Option<Distance>,
    /// What part of the distance comes from each variable, 0 to 1; in the order of the variables.
    pub shares: Vec<f64>,
}

/// A territory beside its peers.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Its document.
    pub doc: DocId,
    /// Where it stands.
    pub at: Standing,
    /// The weight of each variable, in their order.
    pub weights: Vec<f64>,
    /// Variables that should weigh and have no value at this level.
    pub lacking: Vec<usize>,
    /// The inhabitants that a peer may have; none when they were chosen otherwise.
    pub band: Option<Band>,
    /// Its stratum, when that was asked for.
    pub stratum: Option<Stratum>,
    /// Among how many territories peers were looked for.
    pub candidates: usize,
    /// How many of these lack a value that weighs.
    pub incomplete: usize,
    /// The peers, the nearest first.
    pub peers: Vec<Peer>,
}

/// Everything by which the territories of a snapshot are compared; immutable, shared.
pub struct Comparer {
    version: u32,
    variables: Vec<Variable>,
    lenses: Vec<Lens>,
    /// What is told of the columns of the context, without their values.
    sources: Vec<ContextColumn>,
    tables: Vec<(Level, Table, DeclaredClasses)>,
    at_least: usize,
}

/// Where a territory stands, and what weighs for it.
struct Weighed {
    at: Standing,
    /// A weight a variable; 0 for one that has no value at the level.
    weights: Vec<f64>,
    /// Variables that should weigh and have none.
    lacking: Vec<usize>,
}

impl Comparer {
    /// Makes the tables of a snapshot; `fiches` in document order.
    pub fn new(method: &Method, context: &ContextTable, fiches: &[Fiche]) -> Self {
        let declared = &method.0;
        let makers = makers(declared, context);
        let communes = Places::of(fiches, Level::Commune);
        let mut variables: Vec<Variable> = makers.iter().map(named).collect();
        let mut tables = Vec::new();
        for level in Level::ALL {
            let places = Places::of(fiches, level);
            let columns = columns::columns(context, &communes, &places);
            let made = makers
                .iter()
                .map(|maker| variable::make(maker, &columns, places.docs.len()));
            let made: Vec<variable::Made> = made.collect();
            for (variable, made) in variables.iter_mut().zip(&made) {
                if !variable.is_known() {
                    variable.columns.clone_from(&made.columns);
                    variable.years.clone_from(&made.years);
                }
            }
            let values: Vec<Vec<f64>> = made.into_iter().map(|made| made.values).collect();
            let table = Table::new(&places, &variables, &values);
            tables.push((level, table, classes(declared, level).clone()));
        }
        let lenses = declared
            .lentille
            .iter()
            .map(|lens| Lens::new(lens, &variables, context));
        Self {
            version: declared.version,
            lenses: lenses.collect(),
            variables,
            sources: context.columns.iter().map(ContextColumn::heading).collect(),
            tables,
            at_least: declared.strates.au_moins,
        }
    }

    /// Version of the algorithm, its variables and its weights.
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// What can be compared.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The lenses.
    pub fn lenses(&self) -> &[Lens] {
        &self.lenses
    }

    /// The columns of the context that the weighing variables are made of.
    pub fn sources<'a>(&'a self, weights: &'a [f64]) -> impl Iterator<Item = &'a ContextColumn> {
        let weighing = move |source: &&ContextColumn| {
            let variables = self.variables.iter().zip(weights);
            let mut weighing = variables.filter(|(_, weight)| **weight > 0.0);
            weighing.any(|(variable, _)| variable.columns.contains(&source.name))
        };
        self.sources.iter().filter(weighing)
    }

    /// Where a territory stands.
    pub fn standing(&self, level: Level, code: Code) -> Option<Standing> {
        let row = self.table(level).row_of(code)?;
        Some(Standing { level, row })
    }

    /// The value of a variable for a territory; NaN when it is missing.
    pub fn value(&self, at: Standing, variable: usize) -> f64 {
        self.table(at.level).value(at.row, variable)
    }

    /// Quartiles of a variable over all territories of a level.
    pub fn spread(&self, level: Level, variable: usize) -> Option<Quartiles> {
        self.table(level).spreads[variable]
    }

    /// Where a value of a variable lies on the scale by which territories of a level are compared,
    /// -3 to 3; NaN where it has none.
    pub fn scaled(&self, level: Level, variable: usize, value: f64) -> f64 {
        let scale = self.table(level).scales[variable];
        let compared = self.variables[variable].transformed(value);
        scale.map_or(f64::NAN, |scale| scale.of(compared))
    }

    /// Inhabitants of a territory; NaN when they are unknown.
    pub fn population(&self, at: Standing) -> f64 {
        self.table(at.level).population[at.row]
    }

    /// The standardised table of a level, as distances see it: codes, and a row of values each.
    pub fn standardised(&self, level: Level) -> (&[Code], &[f64]) {
        let table = self.table(level);
        (&table.codes, &table.standard)
    }

    /// The classes of a level.
    pub fn classes(&self, level: Level) -> StrataClasses<'_> {
        StrataClasses::new(&self.level(level).2, &self.variables)
    }

    /// The stratum of a territory.
    pub fn stratum(&self, at: Standing) -> Option<Stratum> {
        let (_, table, classes) = self.level(at.level);
        let column = self.classes(at.level).refining.map(|(rank, _)| rank);
        strata::of(table, at.row, classes, column, self.at_least)
    }

    /// The weights of a way to weigh, in the order of the variables.
    pub fn weights(&self, weighing: &Weighing) -> Result<Vec<f64>, CompareError> {
        match weighing {
            Weighing::Lens(name) => {
                let lens = self.lenses.iter().find(|lens| lens.name == *name);
                lens.map(|lens| lens.weights.clone())
                    .ok_or_else(|| CompareError::UnknownLens(name.clone()))
            }
            Weighing::Own(own) => {
                let mut weights = vec![0.0; self.variables.len()];
                for (name, weight) in own {
                    let rank = self.variables.iter().position(|v| v.name == *name);
                    let rank = rank.ok_or_else(|| CompareError::UnknownVariable(name.clone()))?;
                    weights[rank] = *weight;
                }
                Ok(weights)
            }
        }
    }

    /// A territory beside its peers.
    pub fn compare(&self, ask: &PeersOf) -> Result<Compared, CompareError> {
        let Weighed {
            at,
            weights,
            lacking,
        } = self.weigh(ask)?;
        let table = self.table(ask.level);
        let chosen = self.choose(ask, at, &weights);
        let incomplete = |row: &&usize| {
            let mut values = table.standard_row(**row).iter().zip(&weights);
            values.any(|(value, weight)| *weight > 0.0 && value.is_nan())
        };
        let peers = chosen.peers.into_iter();
        Ok(Compared {
            doc: table.docs[at.row],
            at,
            lacking,
            band: chosen.band,
            stratum: chosen.stratum,
            candidates: chosen.candidates.len(),
            incomplete: chosen.candidates.iter().filter(incomplete).count(),
            peers: peers
                .map(|(row, far)| peer(table, at, &weights, row, far))
                .collect(),
            weights,
        })
    }

    /// The codes of the peers alone, for filters.
    pub fn peers(&self, ask: &PeersOf) -> Result<Vec<Code>, CompareError> {
        let Weighed { at, weights, .. } = self.weigh(ask)?;
        let codes = &self.table(ask.level).codes;
        let chosen = self.choose(ask, at, &weights).peers.into_iter();
        Ok(chosen.map(|(row, _)| codes[row]).collect())
    }

    /// What is wrong with a request, without looking for anybody.
    pub fn check(&self, ask: &PeersOf) -> Result<(), CompareError> {
        self.weigh(ask).map(|_| ())
    }

    fn weigh(&self, ask: &PeersOf) -> Result<Weighed, CompareError> {
        let unknown = || CompareError::UnknownPlace(ask.level, ask.code);
        let at = self.standing(ask.level, ask.code).ok_or_else(unknown)?;
        let table = self.table(ask.level);
        let mut weights = self.weights(&ask.weighing)?;
        let mut lacking = Vec::new();
        for (rank, weight) in weights.iter_mut().enumerate() {
            if *weight > 0.0 && table.scales[rank].is_none() {
                *weight = 0.0;
                lacking.push(rank);
            }
        }
        let mut own = table.standard_row(at.row).iter().zip(&weights);
        if !own.any(|(value, weight)| *weight > 0.0 && value.is_finite()) {
            return Err(CompareError::NothingKnown(ask.code));
        }
        Ok(Weighed {
            at,
            weights,
            lacking,
        })
    }

    fn choose(&self, ask: &PeersOf, at: Standing, weights: &[f64]) -> Chosen {
        let table = self.table(ask.level);
        let count = ask.count as usize;
        let far = |rows: &[usize], count: usize| {
            let rows = rows.iter().copied();
            let near = nearest::nearest(&table.standard, at.row, weights, rows, count);
            near.into_iter()
                .map(|(row, far)| (row, Some(far)))
                .collect()
        };
        match &ask.choice {
            PeerChoice::Nearest => {
                let (band, candidates) = band(table, at.row, count);
                Chosen {
                    peers: far(&candidates, count),
                    band: Some(band),
                    stratum: None,
                    candidates,
                }
            }
            PeerChoice::Stratum => {
                let stratum = self.stratum(at);
                let rows = stratum.as_ref().map_or(&[][..], |stratum| &stratum.rows);
                let rows: Vec<usize> = rows.iter().copied().filter(|&row| row != at.row).collect();
                Chosen {
                    peers: all(table, at.row, weights, &rows),
                    band: None,
                    stratum,
                    candidates: rows,
                }
            }
            PeerChoice::Chosen(codes) => {
                let rows = codes.iter().filter_map(|&code| table.row_of(code));
                let rows: Vec<usize> = rows.filter(|&row| row != at.row).collect();
                Chosen {
                    peers: all(table, at.row, weights, &rows),
                    band: None,
                    stratum: None,
                    candidates: rows,
                }
            }
        }
    }

    fn level(&self, level: Level) -> &(Level, Table, DeclaredClasses) {
        // Every level has a table, in the order of the levels.
        &self.tables[level as usize]
    }

    fn table(&self, level: Level) -> &Table {
        &self.level(level).1
    }
}

/// Who was chosen, among whom.
struct Chosen {
    peers: Vec<(usize, Option<Distance>)>,
    band: Option<Band>,
    stratum: Option<Stratum>,
    candidates: Vec<usize>,
}

/// All of some rows, the nearest first, those without a distance at the end.
fn all(
    table: &Table,
    own: usize,
    weights: &[f64],
    rows: &[usize],
) -> Vec<(usize, Option<Distance>)> {
    let far =
        |row: usize| nearest::distance(table.standard_row(own), table.standard_row(row), weights);
    let mut all: Vec<_> = rows.iter().map(|&row| (row, far(row))).collect();
    let key = |far: &Option<Distance>| far.map_or(f64::INFINITY, |far| far.value);
    all.sort_by(|a, b| key(&a.1).total_cmp(&key(&b.1)).then(a.0.cmp(&b.0)));
    all
}

/// The narrowest band of inhabitants that has enough candidates, and these.
fn band(table: &Table, row: usize, count: usize) -> (Band, Vec<usize>) {
    let own = table.population[row];
    for factor in BANDS {
        let (least, most) = (own / factor, own * factor);
        let within = if own > 0.0 {
            table.between(least, most)
        } else {
            &[]
        };
        if within.len() > count {
            let within = within.iter().map(|&row| row as usize);
            let band = Band {
                factor: Some(factor),
                least,
                most,
            };
            return (band, within.filter(|&other| other != row).collect());
        }
    }
    let band = Band {
        factor: None,
        least: 0.0,
        most: f64::INFINITY,
    };
    (
        band,
        (0..table.len()).filter(|&other| other != row).collect(),
    )
}

fn peer(
    table: &Table,
    at: Standing,
    weights: &[f64],
    row: usize,
    distance: Option<Distance>,
) -> Peer {
    let shares = match distance {
        Some(_) => nearest::shares(table.standard_row(at.row), table.standard_row(row), weights),
        None => vec![0.0; weights.len()],
    };
    Peer {
        doc: table.docs[row],
        code: table.codes[row],
        at: Standing {
            level: at.level,
            row,
        },
        distance,
        shares,
    }
}

/// What is declared, and the columns of the context that weigh by themselves.
fn makers(declared: &Declared, context: &ContextTable) -> Vec<DeclaredVariable> {
    let mut makers = declared.variable.clone();
    for column in &context.columns {
        let taken = makers.iter().any(|known| known.nom == column.name);
        if column.about.weights.is_empty() || taken {
            continue;
        }
        makers.push(DeclaredVariable {
            nom: column.name.clone(),
            titre: column.about.title.clone(),
            unite: Wording {
                fr: column.about.unit.clone(),
                en: String::new(),
            },
            colonne: vec![column.name.clone()],
            ordre: Vec::new(),
            rapport: None,
            evolution: None,
            transformation: column.about.transform,
        });
    }
    makers
}

fn named(maker: &DeclaredVariable) -> Variable {
    Variable {
        name: maker.nom.clone(),
        title: maker.titre.clone(),
        unit: maker.unite.clone(),
        transform: maker.transformation.unwrap_or(Transform::Plain),
        columns: Vec::new(),
        years: Vec::new(),
    }
}

const fn classes(declared: &Declared, level: Level) -> &DeclaredClasses {
    let strata = &declared.strates;
    match level {
        Level::Commune => &strata.commune,
        Level::Epci => &strata.epci,
        Level::Departement => &strata.departement,
        Level::Region => &strata.region,
    }
}

#[cfg(test)]
mod tests;
