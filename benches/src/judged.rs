//! Queries with graded judgements (`data/jugements`), and what an order of answers is worth by them.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};

/// Ranks that count.
pub const DEPTH: usize = 10;
/// The highest grade: exactly what was asked for.
const MOST: u8 = 3;

/// A query and what the fiches that were judged are worth to who asks it.
#[derive(Debug)]
pub struct JudgedQuery {
    /// Its number in the files.
    pub number: u32,
    /// As it is asked.
    pub text: String,
    /// Grades from 0 to 3 by id of a fiche.
    pub grades: HashMap<String, u8>,
}

/// Where the judgements are.
pub fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/jugements")
}

/// Reads `requetes.csv` and `jugements.csv`; lines that begin with `#` tell how they were made.
pub fn read(directory: &Path) -> io::Result<Vec<JudgedQuery>> {
    let mut queries: BTreeMap<u32, JudgedQuery> = BTreeMap::new();
    for row in rows(&directory.join("requetes.csv"))? {
        let number = number(&row[0])?;
        let text = row[1].clone();
        let grades = HashMap::new();
        let query = JudgedQuery {
            number,
            text,
            grades,
        };
        queries.insert(number, query);
    }
    for row in rows(&directory.join("jugements.csv"))? {
        let query = queries.get_mut(&number(&row[0])?);
        let query = query.ok_or_else(|| io::Error::other(format!("no query {}", row[0])))?;
        let grade = number(&row[2])? as u8;
        if grade > MOST || query.grades.insert(row[1].clone(), grade).is_some() {
            let told = format!("query {}: {} is judged wrongly or twice", row[0], row[1]);
            return Err(io::Error::other(told));
        }
    }
    Ok(queries.into_values().collect())
}

fn rows(path: &Path) -> io::Result<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.comment(Some(b'#')).from_path(path)?;
    let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    let rows = reader.records().map(|record| record.map(row));
    rows.collect::<Result<_, _>>().map_err(io::Error::other)
}

fn number(cell: &str) -> io::Result<u32> {
    cell.parse()
        .map_err(|_| io::Error::other(format!("`{cell}` is no number")))
}

impl JudgedQuery {
    /// Normalised discounted cumulated gain of the first ten (Järvelin and Kekäläinen 2002, with gains
    /// of 2^grade − 1): 1 is the best order that the judgements allow. What nobody judged is worth
    /// nothing.
    pub fn ndcg(&self, answer: &[String]) -> f64 {
        let grade = |id: &String| self.grades.get(id).copied().unwrap_or(0);
        let mut ideal: Vec<u8> = self.grades.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let best = gain(ideal.into_iter());
        if best == 0.0 {
            return 0.0;
        }
        gain(answer.iter().map(grade)) / best
    }

    /// Whether any fiche is worth something: other queries tell nothing of an order.
    pub fn has_an_answer(&self) -> bool {
        self.grades.values().any(|grade| *grade > 0)
    }

    /// How many of the first ten nobody judged.
    pub fn unjudged(&self, answer: &[String]) -> usize {
        let first = answer.iter().take(DEPTH);
        first.filter(|id| !self.grades.contains_key(*id)).count()
    }
}

fn gain(grades: impl Iterator<Item = u8>) -> f64 {
    let discounted = |(rank, grade): (usize, u8)| {
        (f64::from(2_u32.pow(u32::from(grade))) - 1.0) / (rank as f64 + 2.0).log2()
    };
    grades.take(DEPTH).enumerate().map(discounted).sum()
}
