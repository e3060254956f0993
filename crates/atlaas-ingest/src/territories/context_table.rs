//! Context of the communes out of `contexte.csv`: `code` and any columns, each of numbers or of words.
//!
//! A row needs a commune of today (or a code that leads to one). A cell that cannot be read is missing,
//! with a remark; a missing value is never taken for zero.

use crate::{
    report::remarks::Remarks,
    tables::row::Row,
    territories::context_declaration::Declaration,
    territories::resolver::{Resolver, Route},
    values::codes::{self, ReadCode},
    values::numbers,
};
use atlaas_model::{Action, Code, ContextColumn, ContextTable, Merge};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the code of a commune is called.
const CODES: [&str; 3] = ["code", "code_insee", "insee"];
/// Names of places, that are in such files for whoever reads them.
const NAMES: [&str; 3] = ["nom", "commune", "libelle"];
/// Most different words of a nominal column.
const MOST_WORDS: usize = 4096;
/// Most columns.
const MOST_COLUMNS: usize = 200;

/// What stands in a row, by the rank of its column.
type Cells = Vec<Option<Box<str>>>;

/// The rows as they are read.
#[derive(Debug, Default)]
pub(crate) struct ReadContext {
    rows: BTreeMap<Code, (Route, Cells)>,
    columns: Vec<String>,
    ranks: HashMap<String, usize>,
}

impl ReadContext {
    /// Takes one row.
    pub(crate) fn take(&mut self, row: &Row, resolver: &Resolver, remarks: &mut Remarks<'_>) {
        let text = row.first(&CODES);
        let Some((code, route)) = commune(&text, resolver, remarks) else {
            return;
        };
        let mut cells = Cells::new();
        let known: Vec<&str> = CODES.into_iter().chain(NAMES).collect();
        for (column, raw) in row.others(&known) {
            if let Some(rank) = self.rank(column, remarks) {
                cells.resize(cells.len().max(rank + 1), None);
                cells[rank] = Some(raw.trim().into());
            }
        }
        if let Some((earlier, _)) = self.rows.get(&code) {
            let advice = "commune donnée deux fois : la ligne au code d'aujourd'hui est retenue, sinon la première";
            remarks.note(Action::Garde, "code", &text, advice);
            if *earlier == Route::Today || route != Route::Today {
                return;
            }
        }
        self.rows.insert(code, (route, cells));
    }

    fn rank(&mut self, column: &str, remarks: &mut Remarks<'_>) -> Option<usize> {
        if let Some(&rank) = self.ranks.get(column) {
            return Some(rank);
        }
        if self.columns.len() >= MOST_COLUMNS {
            let advice = format!("{MOST_COLUMNS} colonnes au plus : laissée de côté");
            remarks.note(Action::Ignore, column, "", advice);
            return None;
        }
        let rank = self.columns.len();
        self.columns.push(column.to_owned());
        self.ranks.insert(column.to_owned(), rank);
        Some(rank)
    }

    /// How many communes there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The table, each column told by what is declared of it.
    pub(crate) fn into_table(
        self,
        declaration: &Declaration,
        remarks: &mut Remarks<'_>,
    ) -> ContextTable {
        remarks.at(0);
        let absent = declaration
            .columns()
            .filter(|name| !self.ranks.contains_key(*name));
        let absent: Vec<&str> = absent.collect();
        for name in absent {
            let advice = "colonne déclarée dans contexte.toml et vide ou absente de contexte.csv";
            remarks.note(Action::Garde, name, "", advice);
        }
        let mut columns = Vec::new();
        for (rank, name) in self.columns.iter().enumerate() {
            let cells = self
                .rows
                .values()
                .map(|(_, cells)| cells.get(rank)?.as_deref());
            let cells: Vec<Option<&str>> = cells.collect();
            let about = declaration.about(name, remarks);
            let nominal = about.merge == Some(Merge::Nominal)
                || about.merge.is_none()
                    && cells.iter().flatten().all(|&cell| number(cell).is_none());
            let read = if nominal {
                words(name, &cells, remarks)
            } else {
                Some((Vec::new(), figures(name, &cells, remarks)))
            };
            if let Some((terms, values)) = read {
                columns.push(ContextColumn::new(name.clone(), about, terms, &values));
            }
        }
        ContextTable {
            communes: self.rows.into_keys().collect(),
            columns,
        }
    }
}

fn number(cell: &str) -> Option<f64> {
    numbers::measured(cell, None)
}

fn figures(column: &str, cells: &[Option<&str>], remarks: &mut Remarks<'_>) -> Vec<f64> {
    let mut read = |cell: Option<&str>| {
        let Some(text) = cell else { return f64::NAN };
        number(text).unwrap_or_else(|| {
            let advice = "un nombre est attendu : valeur manquante";
            remarks.note(Action::Ignore, column, text, advice);
            f64::NAN
        })
    };
    cells.iter().copied().map(&mut read).collect()
}

/// The words in alphabetical order, and the rank of each row's.
fn words(
    column: &str,
    cells: &[Option<&str>],
    remarks: &mut Remarks<'_>,
) -> Option<(Vec<String>, Vec<f64>)> {
    let terms: BTreeSet<&str> = cells.iter().flatten().copied().collect();
    if terms.len() > MOST_WORDS {
        let advice = format!("plus de {MOST_WORDS} mots différents : colonne laissée de côté");
        remarks.note(Action::Ignore, column, "", advice);
        return None;
    }
    let ranks: HashMap<&str, f64> = terms
        .iter()
        .copied()
        .zip((0_u32..).map(f64::from))
        .collect();
    let rank = |cell: Option<&str>| cell.and_then(|cell| ranks.get(cell).copied());
    let values = cells.iter().map(|cell| rank(*cell).unwrap_or(f64::NAN));
    let values = values.collect();
    Some((terms.into_iter().map(str::to_owned).collect(), values))
}

fn commune(text: &str, resolver: &Resolver, remarks: &mut Remarks<'_>) -> Option<(Code, Route)> {
    let Some(ReadCode { code, mended }) = codes::commune(text) else {
        remarks.note(Action::Refuse, "code", text, "un code INSEE est attendu");
        return None;
    };
    if let Some(mended) = mended {
        let advice = format!("{mended} : {code} ; garder les codes comme du texte");
        remarks.note(Action::Repare, "code", text, advice);
    }
    let Some((today, route)) = resolver.by_code(code) else {
        let advice = "ni commune d'aujourd'hui, ni ancienne commune : vérifier le code";
        remarks.note(Action::Refuse, "code", text, advice);
        return None;
    };
    if route != Route::Today {
        let advice = format!("ancien code : ligne rattachée à {today}, commune d'aujourd'hui");
        remarks.note(Action::Garde, "code", text, advice);
    }
    Some((today, route))
}
