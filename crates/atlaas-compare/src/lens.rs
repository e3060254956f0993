//! Lenses: tables of weights, each with the reason of it.

use crate::declared::DeclaredLens;
use crate::variable::Variable;
use atlaas_model::{ContextTable, Wording};

/// A lens.
#[derive(Clone, Debug, PartialEq)]
pub struct Lens {
    /// Its name in addresses.
    pub name: String,
    /// Title for people.
    pub title: Wording,
    /// Why its variables weigh what they weigh, in a sentence.
    pub reason: Wording,
    /// A weight a variable, in the order of the variables; 0 for one that it leaves out.
    pub weights: Vec<f64>,
}

impl Lens {
    pub(crate) fn new(
        declared: &DeclaredLens,
        variables: &[Variable],
        context: &ContextTable,
    ) -> Self {
        let weight = |variable: &Variable| {
            let own = declared.poids.get(&variable.name).copied();
            let of_column = || {
                let mut columns = context.columns.iter();
                let column = columns.find(|column| column.name == variable.name)?;
                column.about.weights.get(&declared.nom).copied()
            };
            own.or_else(of_column).unwrap_or(0.0)
        };
        Self {
            name: declared.nom.clone(),
            title: declared.titre.clone(),
            reason: declared.pourquoi.clone(),
            weights: variables.iter().map(weight).collect(),
        }
    }
}
