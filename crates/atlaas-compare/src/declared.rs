//! `data/comparaison.toml`, as it is written: variables, lenses, strata; and which columns of a context
//! are refused because they hold what is compared.

use atlaas_model::{ContextTable, Schema, Transform, Wording};
use serde::Deserialize;
use std::collections::BTreeMap;

const TABLE: &str = include_str!("../../../data/comparaison.toml");

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Declared {
    pub(crate) version: u32,
    exclus: Vec<String>,
    pub(crate) variable: Vec<DeclaredVariable>,
    pub(crate) lentille: Vec<DeclaredLens>,
    pub(crate) strates: DeclaredStrata,
}

/// One `[[variable]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredVariable {
    pub(crate) nom: String,
    pub(crate) titre: Wording,
    pub(crate) unite: Wording,
    #[serde(default)]
    pub(crate) colonne: Vec<String>,
    #[serde(default)]
    pub(crate) ordre: Vec<String>,
    pub(crate) rapport: Option<DeclaredRatio>,
    pub(crate) evolution: Option<String>,
    pub(crate) transformation: Option<Transform>,
}

/// `rapport`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredRatio {
    pub(crate) plus: Vec<String>,
    #[serde(default)]
    pub(crate) moins: Vec<String>,
    pub(crate) sur: Vec<String>,
    pub(crate) fois: f64,
}

/// One `[[lentille]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredLens {
    pub(crate) nom: String,
    pub(crate) titre: Wording,
    pub(crate) pourquoi: Wording,
    pub(crate) poids: BTreeMap<String, f64>,
}

/// `[strates]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredStrata {
    pub(crate) au_moins: usize,
    pub(crate) commune: DeclaredClasses,
    pub(crate) epci: DeclaredClasses,
    pub(crate) departement: DeclaredClasses,
    pub(crate) region: DeclaredClasses,
}

/// Classes of one level.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredClasses {
    pub(crate) bornes: Vec<f64>,
    pub(crate) colonne: Option<String>,
    #[serde(default)]
    pub(crate) groupes: Vec<Vec<i64>>,
    /// What the values of the column are called, from 1.
    #[serde(default)]
    pub(crate) noms: Vec<Wording>,
}

/// How territories are compared: the file that ships with the program.
#[derive(Clone, Debug)]
pub struct Method(pub(crate) Declared);

impl Method {
    /// What ships with the program.
    pub fn shipped() -> Result<Self, toml::de::Error> {
        toml::from_str(TABLE).map(Self)
    }

    /// Leaves out the columns of a context that hold what is compared, and gives their names: whoever has
    /// many sheets or a label must not be like those who have many sheets or a label.
    pub fn admit(&self, context: &mut ContextTable, schema: &Schema) -> Vec<String> {
        let refused = self.refused(context, schema);
        context
            .columns
            .retain(|column| !refused.contains(&column.name));
        refused
    }

    /// Columns of a context that hold objects of layers or labels.
    fn refused(&self, context: &ContextTable, schema: &Schema) -> Vec<String> {
        let mut excluded = self.0.exclus.clone();
        for layer in schema.layers() {
            excluded.push(layer.id.as_str().replace('-', "_"));
            excluded.push(layer.name.as_str().replace('-', "_"));
        }
        let begins = |name: &str, start: &str| {
            let rest = name.strip_prefix(start);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        let names = context.columns.iter().map(|column| &column.name);
        let held = names.filter(|name| excluded.iter().any(|start| begins(name, start)));
        held.cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{ColumnAbout, ContextColumn};

    #[test]
    fn columns_that_hold_what_is_compared_are_left_out() {
        let column = |name: &str| {
            let about = ColumnAbout::default();
            ContextColumn::new(name.to_owned(), about, Vec::new(), &[])
        };
        let names = [
            "france_services_2024",
            "initiatives_2020",
            "colieux",
            "arobases",
            "population_2021",
            "labeur_2020",
        ];
        let mut context = ContextTable {
            communes: Vec::new(),
            columns: names.map(column).to_vec(),
        };
        let method = Method::shipped().unwrap();
        method.admit(&mut context, &Schema::default());
        let left: Vec<&str> = context.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(left, ["population_2021", "labeur_2020"]);
    }

    #[test]
    fn no_lens_and_no_variable_that_ships_names_what_is_compared() {
        let method = Method::shipped().unwrap();
        let declared = &method.0;
        let names = |variable: &DeclaredVariable| {
            let ratio = variable.rapport.clone();
            let sums = ratio.map_or_else(Vec::new, |r| [r.plus, r.moins, r.sur].concat());
            let evolution = variable.evolution.clone();
            [
                vec![variable.nom.clone()],
                variable.colonne.clone(),
                sums,
                evolution.into_iter().collect(),
            ]
            .concat()
        };
        let mut all: Vec<String> = declared.variable.iter().flat_map(names).collect();
        all.extend(
            declared
                .lentille
                .iter()
                .flat_map(|lens| lens.poids.keys().cloned()),
        );
        let columns = all
            .iter()
            .map(|name| ContextColumn::new(name.clone(), ColumnAbout::default(), Vec::new(), &[]));
        let context = ContextTable {
            communes: Vec::new(),
            columns: columns.collect(),
        };
        assert!(all.len() > 20);
        assert_eq!(
            method.refused(&context, &Schema::default()),
            Vec::<String>::new()
        );
    }

    #[test]
    fn every_weight_is_of_a_variable() {
        let method = Method::shipped().unwrap();
        let declared = &method.0;
        for lens in &declared.lentille {
            for name in lens.poids.keys() {
                let known = declared
                    .variable
                    .iter()
                    .any(|variable| variable.nom == *name);
                assert!(known, "{}: {name}", lens.nom);
            }
        }
    }
}
