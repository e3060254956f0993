//! The tables that are exported: fiches of each kind, of all kinds together, figures; and what their
//! columns are, read from what writes them.

use crate::api::figures::{barometer, comparison};
use crate::error::problem::ApiError;
use crate::formats::LIST;
use crate::formats::table::Table;
use crate::formats::table::field::Field;
use crate::formats::table::own_columns::IDENTIFIER;
use crate::words::language::Language;
use atlaas_engine::Snapshot;
use atlaas_model::{DocId, Kind, Level, Schema};

/// A table that is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportTable {
    /// The fiches of a kind.
    Of(Kind),
    /// The fiches of all kinds.
    All,
    /// The barometer.
    Barometer,
    /// A territory beside those that resemble it.
    Comparison,
}

impl ExportTable {
    /// Every table of a schema, in the order of its kinds.
    pub fn all(schema: &Schema) -> Vec<Self> {
        let kinds = schema.kinds().into_iter().map(Self::Of);
        kinds
            .chain([Self::All, Self::Barometer, Self::Comparison])
            .collect()
    }

    /// The table of that name.
    pub fn named(schema: &Schema, name: &str) -> Option<Self> {
        let all = Self::all(schema);
        all.into_iter().find(|table| table.name(schema) == name)
    }

    /// Its name in addresses and packages.
    pub fn name(self, schema: &Schema) -> &'static str {
        match self {
            Self::Of(kind) => schema.plural(kind),
            Self::All => "fiches",
            Self::Barometer => "barometre",
            Self::Comparison => "comparaison",
        }
    }

    /// Its title.
    pub fn title(self, schema: &Schema, language: Language) -> String {
        match self {
            Self::Of(kind) => {
                let title = schema.layer(kind).map(|layer| language.of(&layer.title));
                title.map_or_else(|| language.kinds(schema, kind), str::to_owned)
            }
            Self::All => language.say("table-all").to_owned(),
            Self::Barometer => language.say("barometer-title").to_owned(),
            Self::Comparison => language.say("table-comparison").to_owned(),
        }
    }

    /// The path and query of its CSV, in the usual dialect; of figures one that shows them.
    pub fn csv(self, snapshot: &Snapshot) -> String {
        match self {
            Self::Of(kind) => format!("{LIST}.csv?type={kind}"),
            Self::All => format!("{LIST}.csv"),
            Self::Barometer => format!("{}?par={SHOWN}&f=csv", barometer::PATH),
            Self::Comparison => {
                let territory = first_commune(snapshot)
                    .map(|doc| snapshot.catalogue().fiche(doc).id.to_string());
                let territory = territory.unwrap_or_default();
                format!("{}?territoire={territory}&f=csv", comparison::PATH)
            }
        }
    }

    /// The column that tells its rows apart, where one does.
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Of(_) | Self::All => Some(IDENTIFIER),
            Self::Barometer | Self::Comparison => None,
        }
    }

    /// Its columns; those of a barometer follow from what these parameters ask.
    pub fn fields(
        self,
        snapshot: &Snapshot,
        pairs: &[(String, String)],
        language: Language,
    ) -> Result<Vec<Field>, ApiError> {
        let catalogue = snapshot.catalogue();
        let docs: Vec<DocId> = match self {
            Self::Of(kind) => catalogue.docs_of(kind).collect(),
            Self::All => (0..catalogue.len()).collect(),
            Self::Barometer => return barometer::fields(snapshot, pairs, language),
            Self::Comparison => {
                let commune = first_commune(snapshot).map(|doc| catalogue.fiche(doc));
                let code = commune.and_then(|fiche| fiche.code);
                return code.map_or_else(
                    || Ok(Vec::new()),
                    |code| comparison::fields(snapshot, (Level::Commune, code), language),
                );
            }
        };
        let table = Table::new(catalogue, &docs, snapshot.id());
        Ok(table.fields(catalogue, language))
    }
}

/// What the barometer of a package is told apart by.
pub const SHOWN: &str = "departement";

fn first_commune(snapshot: &Snapshot) -> Option<DocId> {
    snapshot.catalogue().docs_of(Level::Commune).next()
}
