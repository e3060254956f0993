//! Which columns of a table are read, and which are written: results overwrite a column of their name,
//! others are added after the last.

use crate::tables::error::TableError;
use crate::tables::found::{Question, REVERSED, SEARCHED};
use crate::tables::order::{TableOrder, Way};
use atlaas_model::Position;
use csv::StringRecord;

/// Most columns.
pub const MOST_COLUMNS: usize = 1_000;
/// Names of columns of positions, when none are told.
const LATITUDES: [&str; 2] = ["latitude", "lat"];
const LONGITUDES: [&str; 4] = ["longitude", "lon", "lng", "long"];

/// Which columns are read and written.
#[derive(Debug)]
pub struct Layout {
    /// Names of the columns that are written.
    pub header: Vec<String>,
    /// Of each written column, which of the results it holds.
    pub results: Vec<Option<usize>>,
    texts: Vec<usize>,
    postcode: Option<usize>,
    citycode: Option<usize>,
    position: Option<[usize; 2]>,
}

impl Layout {
    /// Of a header, as it is asked for.
    pub fn of(header: &StringRecord, order: &TableOrder) -> Result<Self, TableError> {
        let names: Vec<&str> = header.iter().map(str::trim).collect();
        if names.iter().all(|name| name.is_empty()) {
            return Err(TableError::Empty);
        }
        if names.len() > MOST_COLUMNS {
            return Err(TableError::TooWide(MOST_COLUMNS));
        }
        let find = |name: &str| names.iter().position(|known| *known == name.trim());
        let column = |name: &String| {
            find(name).ok_or_else(|| TableError::Column {
                name: name.clone(),
                known: names.join(", "),
            })
        };
        let texts = order
            .columns
            .iter()
            .map(column)
            .collect::<Result<Vec<_>, _>>()?;
        let told = |name: &Option<String>| name.as_ref().map(column).transpose();
        let usual = |known: &[&str]| {
            let usual = known.iter().find_map(|name| find(name));
            usual.filter(|_| order.way == Way::Reverse)
        };
        let lat = told(&order.lat)?.or_else(|| usual(&LATITUDES));
        let lon = told(&order.lon)?.or_else(|| usual(&LONGITUDES));
        let position = lat.zip(lon).map(|(lat, lon)| [lon, lat]);
        if order.way == Way::Reverse && position.is_none() {
            return Err(TableError::NoPosition(names.join(", ")));
        }
        let mut layout = Self {
            header: names.iter().map(|&name| name.to_owned()).collect(),
            results: vec![None; names.len()],
            texts: if texts.is_empty() {
                (0..names.len()).collect()
            } else {
                texts
            },
            postcode: told(&order.postcode)?,
            citycode: told(&order.citycode)?,
            position,
        };
        layout.add_results(order);
        Ok(layout)
    }

    fn add_results(&mut self, order: &TableOrder) {
        let known = match order.way {
            Way::Search => &SEARCHED,
            Way::Reverse => &REVERSED,
        };
        let wanted = &order.result_columns;
        for (rank, name) in known.iter().enumerate() {
            if !wanted.is_empty() && !wanted.iter().any(|own| own.trim() == *name) {
                continue;
            }
            let column = self.header.iter().position(|own| own == name);
            let column = column.unwrap_or_else(|| {
                self.header.push((*name).to_owned());
                self.results.push(None);
                self.header.len() - 1
            });
            self.results[column] = Some(rank);
        }
    }

    /// What a row asks.
    pub fn question(&self, row: &StringRecord) -> Question {
        let cell = |column: &usize| row.get(*column).unwrap_or_default().trim();
        let own = |column: Option<usize>| column.as_ref().map(cell).unwrap_or_default().to_owned();
        let texts = self.texts.iter().map(cell).filter(|text| !text.is_empty());
        let number = |column: usize| cell(&column).replace(',', ".").parse::<f64>().ok();
        Question {
            texts: texts.map(str::to_owned).collect(),
            postcode: own(self.postcode),
            citycode: own(self.citycode).to_ascii_uppercase(),
            at: self
                .position
                .and_then(|[lon, lat]| Position::new(number(lon)?, number(lat)?).ok()),
        }
    }
}
