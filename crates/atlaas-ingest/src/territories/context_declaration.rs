//! `contexte.toml`: what the columns of `contexte.csv` are (title, unit, year, source, licence, how
//! they add up, how they are compared).

use crate::{IngestError, report::remarks::Remarks, tables::source_file::SourceFile};
use atlaas_model::{Action, ColumnAbout, Merge, Transform, Wording, slug};
use serde::Deserialize;
use std::{collections::BTreeMap, io::Read};

/// Most bytes of the file.
const LONGEST: u64 = 1 << 20;
/// The heaviest that a column may weigh in a lens.
const HEAVIEST: f64 = 100.0;

/// The file, as it is written; what others keep in it beside is theirs.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Declaration {
    #[serde(default)]
    colonnes: BTreeMap<String, Declared>,
}

#[derive(Debug, Default, Deserialize)]
struct Declared {
    #[serde(default)]
    libelle: String,
    #[serde(default)]
    libelle_en: String,
    #[serde(default)]
    unite: String,
    annee: Option<u16>,
    agregation: Option<Merge>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    licence: String,
    transformation: Option<Transform>,
    #[serde(default)]
    poids: BTreeMap<String, f64>,
}

impl Declaration {
    /// Reads the file; one that cannot be understood is refused, for it would be misread in part.
    pub(crate) fn read(file: &SourceFile) -> Result<Self, IngestError> {
        let refused = |problem: String| IngestError::Table {
            name: file.name.clone(),
            problem,
        };
        let mut text = String::new();
        let read = file.open(LONGEST)?.read_to_string(&mut text);
        read.map_err(|error| refused(error.to_string()))?;
        let declaration: Self =
            toml::from_str(&text).map_err(|error| refused(error.to_string()))?;
        let named = declaration.colonnes.into_iter();
        Ok(Self {
            colonnes: named.map(|(name, about)| (spelt(&name), about)).collect(),
        })
    }

    /// What is declared of a column, by its header.
    pub(crate) fn about(&self, column: &str, remarks: &mut Remarks<'_>) -> ColumnAbout {
        let Some(declared) = self.colonnes.get(column) else {
            return ColumnAbout {
                title: titled(column),
                ..ColumnAbout::default()
            };
        };
        let mut weights = declared.poids.clone();
        weights.retain(|lens, weight| {
            let fits = (0.0..=HEAVIEST).contains(weight);
            if !fits {
                let advice =
                    format!("poids de 0 à {HEAVIEST} attendu pour « {lens} » : laissé de côté");
                remarks.note(Action::Ignore, column, &weight.to_string(), advice);
            }
            fits
        });
        ColumnAbout {
            title: Wording {
                fr: if declared.libelle.is_empty() {
                    column.replace('_', " ")
                } else {
                    declared.libelle.clone()
                },
                en: declared.libelle_en.clone(),
            },
            unit: declared.unite.clone(),
            year: declared.annee,
            source: declared.source.clone(),
            licence: declared.licence.clone(),
            merge: declared.agregation,
            transform: declared.transformation,
            weights,
        }
    }

    /// The columns that are declared.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.colonnes.keys().map(String::as_str)
    }
}

/// As headers are spelt.
fn spelt(name: &str) -> String {
    slug(name).replace('-', "_")
}

fn titled(column: &str) -> Wording {
    Wording {
        fr: column.replace('_', " "),
        en: String::new(),
    }
}
