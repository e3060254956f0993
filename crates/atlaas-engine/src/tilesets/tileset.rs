//! The tilesets that are served, by name.

use atlaas_model::Kind;
use std::fmt;
use std::str::FromStr;

/// A set of tiles with its layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tileset {
    /// Régions, départements, EPCI, communes, and their labels.
    Territoires,
    /// Initiatives, clustered.
    Initiatives,
    /// Places of digital mediation, clustered.
    Colieux,
    /// All of them in one tile.
    Atlaas,
}

impl Tileset {
    /// Every tileset.
    pub const ALL: [Self; 4] = [
        Self::Territoires,
        Self::Initiatives,
        Self::Colieux,
        Self::Atlaas,
    ];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Territoires => "territoires",
            Self::Initiatives => "initiatives",
            Self::Colieux => "colieux",
            Self::Atlaas => "atlaas",
        }
    }

    /// What it holds, for people.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Territoires => "Communes, EPCI, départements et régions de France",
            Self::Initiatives => "Initiatives numériques des communes, regroupées",
            Self::Colieux => "Lieux publics de médiation numérique, regroupés",
            Self::Atlaas => "Territoires, initiatives et lieux de médiation numérique",
        }
    }

    /// Name of its archive in a snapshot.
    pub fn archive_file(self) -> String {
        format!("{self}.pmtiles")
    }

    /// Deepest zoom that is served: territories are overzoomed by clients, points are not.
    pub const fn max_zoom(self) -> u8 {
        match self {
            Self::Territoires => PREBUILT_ZOOM,
            Self::Initiatives | Self::Colieux | Self::Atlaas => 14,
        }
    }

    /// The kinds of points in it.
    pub const fn points(self) -> &'static [Kind] {
        match self {
            Self::Territoires => &[],
            Self::Initiatives => &[Kind::Initiative],
            Self::Colieux => &[Kind::Colieu],
            Self::Atlaas => &[Kind::Initiative, Kind::Colieu],
        }
    }

    /// Whether it draws territories.
    pub const fn has_territories(self) -> bool {
        matches!(self, Self::Territoires | Self::Atlaas)
    }
}

/// Where a map starts: metropolitan France as a whole.
pub const CENTRE: [f64; 3] = [2.5, 46.6, 5.0];

/// Deepest zoom of the prebuilt archives.
pub const PREBUILT_ZOOM: u8 = 12;

impl fmt::Display for Tileset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Tileset {
    type Err = ();
    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|tileset| tileset.as_str() == name)
            .ok_or(())
    }
}
