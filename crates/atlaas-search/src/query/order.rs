//! The orders in which hits can be asked for.

use atlaas_model::{Facet, Name, Schema};

/// Order of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first; see the table of weights in `tuning.rs`.
    #[default]
    Relevance,
    /// Nearest first; fiches without a position last.
    Distance,
    /// Newest first (`-date`): date of change, else year; undated last.
    Newest,
    /// By name, accents and case ignored (`nom`).
    Name,
    /// By a declared column, the least first (`hauteur`); those without a value last.
    Rising(Facet),
    /// By a declared column, the greatest first; under the name that the schema gives it (`-hauteur`).
    Falling(Facet, Name),
}

impl Sort {
    /// The orders of every schema, with their public names.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Relevance, "pertinence"),
        (Self::Distance, "distance"),
        (Self::Newest, "-date"),
        (Self::Name, "nom"),
    ];

    /// Every order of a schema.
    pub fn all(schema: &Schema) -> Vec<Self> {
        let declared = schema.orders().iter().flat_map(|order| {
            [
                Self::Rising(order.column),
                Self::Falling(order.column, order.falling),
            ]
        });
        let core = Self::ALL.into_iter().map(|(sort, _)| sort);
        core.chain(declared).collect()
    }

    /// The public name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rising(facet) => facet.as_str(),
            Self::Falling(_, name) => name.as_str(),
            Self::Relevance | Self::Distance | Self::Newest | Self::Name => {
                let known = Self::ALL.iter().find(|(sort, _)| *sort == self);
                known.map_or("pertinence", |(_, name)| name)
            }
        }
    }
}
