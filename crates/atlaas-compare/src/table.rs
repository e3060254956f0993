//! The territories of one level as a table: a row a territory in the order of their codes, a column a
//! variable, as it is and standardised.

use crate::columns::Places;
use crate::quantiles::Quartiles;
use crate::scale::Scale;
use crate::variable::Variable;
use atlaas_model::{Code, DocId};

/// The table of one level.
pub(crate) struct Table {
    pub(crate) codes: Vec<Code>,
    pub(crate) docs: Vec<DocId>,
    pub(crate) population: Vec<f64>,
    /// Rows by inhabitants, those of unknown ones left out.
    by_population: Vec<u32>,
    /// How many variables a row has.
    width: usize,
    raw: Vec<f64>,
    pub(crate) standard: Vec<f64>,
    pub(crate) scales: Vec<Option<Scale>>,
    /// Quartiles of each variable as it is, over all territories of the level.
    pub(crate) spreads: Vec<Option<Quartiles>>,
}

impl Table {
    /// A table of columns, each as long as there are territories.
    pub(crate) fn new(places: &Places<'_>, variables: &[Variable], columns: &[Vec<f64>]) -> Self {
        let (rows, width) = (places.docs.len(), variables.len());
        let population = places.population();
        let (mut raw, mut standard) = (vec![f64::NAN; rows * width], vec![f64::NAN; rows * width]);
        let mut scales = Vec::with_capacity(width);
        let spreads = columns
            .iter()
            .map(|column| Quartiles::of(column.iter().copied()));
        for (rank, (variable, column)) in variables.iter().zip(columns).enumerate() {
            let compared: Vec<f64> = column.iter().map(|&v| variable.transformed(v)).collect();
            let scale = Scale::robust(&compared);
            for row in 0..rows {
                raw[row * width + rank] = column[row];
                let on_scale = scale.map_or(f64::NAN, |scale| scale.of(compared[row]));
                standard[row * width + rank] = on_scale;
            }
            scales.push(scale);
        }
        let mut by_population: Vec<u32> = (0..rows as u32).collect();
        by_population.retain(|&row| population[row as usize].is_finite());
        by_population.sort_by(|&a, &b| population[a as usize].total_cmp(&population[b as usize]));
        Self {
            codes: places.codes(),
            docs: places.docs.clone(),
            population,
            by_population,
            width,
            raw,
            standard,
            scales,
            spreads: spreads.collect(),
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.codes.len()
    }

    pub(crate) fn row_of(&self, code: Code) -> Option<usize> {
        self.codes.binary_search(&code).ok()
    }

    /// A value as the source has it.
    pub(crate) fn value(&self, row: usize, variable: usize) -> f64 {
        self.raw[row * self.width + variable]
    }

    /// A row as it is compared.
    pub(crate) fn standard_row(&self, row: usize) -> &[f64] {
        &self.standard[row * self.width..(row + 1) * self.width]
    }

    /// The rows whose inhabitants lie between two numbers, included.
    pub(crate) fn between(&self, least: f64, most: f64) -> &[u32] {
        let of = |row: &u32| self.population[*row as usize];
        let start = self.by_population.partition_point(|row| of(row) < least);
        let end = self.by_population.partition_point(|row| of(row) <= most);
        &self.by_population[start..end.max(start)]
    }
}
