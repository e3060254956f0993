//! What the bench of comparisons measures against: published lists of peers, a second opinion, a
//! variable that was held out.

pub mod held_out;
pub mod published;
pub mod second_opinion;

use std::io;
use std::path::Path;

/// A CSV: its columns and its rows.
pub struct Plain {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Plain {
    /// Reads a file.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut reader = csv::Reader::from_path(path).map_err(io::Error::other)?;
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let columns = cells(reader.headers().map_err(io::Error::other)?);
        let rows = reader.records().map(|record| Ok(cells(&record?)));
        let rows: Result<Vec<Vec<String>>, csv::Error> = rows.collect();
        Ok(Self {
            columns,
            rows: rows.map_err(io::Error::other)?,
        })
    }

    /// Names of the columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(String::as_str)
    }

    /// The cells of a column.
    pub fn column(&self, name: &str) -> io::Result<Vec<&str>> {
        let rank = self.columns.iter().position(|column| column == name);
        let rank = rank.ok_or_else(|| io::Error::other(format!("no column {name}")))?;
        Ok(self
            .rows
            .iter()
            .map(|row| row.get(rank).map_or("", String::as_str))
            .collect())
    }

    /// The same as numbers; NaN where there is none.
    pub fn numbers(&self, name: &str) -> io::Result<Vec<f64>> {
        let cells = self.column(name)?.into_iter();
        Ok(cells.map(|cell| cell.parse().unwrap_or(f64::NAN)).collect())
    }
}
