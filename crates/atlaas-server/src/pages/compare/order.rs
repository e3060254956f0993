//! In which order the peers of a territory are listed on its page.

/// In which order peers are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeerOrder {
    /// The nearest first.
    #[default]
    Distance,
    /// By name.
    Name,
    /// The most populous first.
    Population,
}

impl PeerOrder {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Distance, Self::Name, Self::Population];

    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Name => "nom",
            Self::Population => "population",
        }
    }

    /// The message that calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Distance => "compare-order-distance",
            Self::Name => "compare-order-name",
            Self::Population => "compare-order-population",
        }
    }

    /// The order of that name; the usual one for any other.
    pub fn named(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|order| order.as_str() == name).unwrap_or_default()
    }
}
