//! The tilesets that are served, by name.

use atlaas_model::{Layer, Name, Schema};
use std::fmt;

/// A set of tiles with its layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tileset {
    /// Régions, départements, EPCI, communes, and their labels.
    Territoires,
    /// The points of one declared layer, clustered.
    Layer(Name),
    /// All of them in one tile.
    Atlaas,
}

impl Tileset {
    /// The tileset of the layer that stands in code under this name.
    pub const fn layer(name: &'static str) -> Self {
        Self::Layer(Name::known(name))
    }

    /// Every tileset: territories, each layer, all together.
    pub fn all(schema: &Schema) -> Vec<Self> {
        let layers = schema.layers().iter().map(|layer| Self::Layer(layer.name));
        let ends = [Self::Territoires, Self::Atlaas];
        let [first, last] = ends;
        std::iter::once(first).chain(layers).chain([last]).collect()
    }

    /// The tileset of that public name.
    pub fn named(name: &str, schema: &Schema) -> Option<Self> {
        let ends = [Self::Territoires, Self::Atlaas];
        let end = ends.into_iter().find(|tileset| tileset.as_str() == name);
        end.or_else(|| {
            schema
                .layer_named(name)
                .map(|layer| Self::Layer(layer.name))
        })
    }

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Territoires => "territoires",
            Self::Layer(name) => name.as_str(),
            Self::Atlaas => "atlaas",
        }
    }

    /// What it holds, for people.
    pub fn description(self, schema: &Schema) -> String {
        match self {
            Self::Territoires => "Communes, EPCI, départements et régions de France".to_owned(),
            Self::Layer(name) => {
                let layer = schema.layer_named(name.as_str());
                layer.map_or_else(String::new, |layer| layer.description.fr.clone())
            }
            Self::Atlaas => {
                let names = schema.layers().iter().map(|layer| layer.plural.fr.as_str());
                let mut names: Vec<&str> = std::iter::once("Territoires").chain(names).collect();
                let last = names.pop().unwrap_or_default();
                if names.is_empty() {
                    return last.to_owned();
                }
                format!("{} et {last}", names.join(", "))
            }
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
            Self::Layer(_) | Self::Atlaas => 14,
        }
    }

    /// Whether it draws the points of a layer.
    pub fn draws(self, layer: &Layer) -> bool {
        match self {
            Self::Territoires => false,
            Self::Layer(name) => layer.name == name,
            Self::Atlaas => true,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tilesets_are_those_of_the_schema() {
        let schema = Schema::default();
        let names: Vec<&str> = Tileset::all(&schema)
            .into_iter()
            .map(Tileset::as_str)
            .collect();
        assert_eq!(names, ["territoires", "initiatives", "colieux", "atlaas"]);
        for tileset in Tileset::all(&schema) {
            assert_eq!(Tileset::named(tileset.as_str(), &schema), Some(tileset));
            assert!(!tileset.description(&schema).is_empty(), "{tileset}");
        }
        assert_eq!(Tileset::named("communes", &schema), None);
    }
}
