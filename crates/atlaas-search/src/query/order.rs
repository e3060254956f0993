//! The orders in which hits can be asked for.

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
    /// Most inhabitants first (`-population`); others last.
    Population,
}

impl Sort {
    /// Every order, with its public name.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Relevance, "pertinence"),
        (Self::Distance, "distance"),
        (Self::Newest, "-date"),
        (Self::Name, "nom"),
        (Self::Population, "-population"),
    ];

    /// The public name.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(sort, _)| *sort == self)
            .map_or("pertinence", |(_, name)| name)
    }
}
