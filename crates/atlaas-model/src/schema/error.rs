//! Why declarations cannot be used.

use crate::{Name, NameError};

/// What is wrong with a declaration, or with several of them together.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// Not the TOML that is expected.
    #[error("the declaration is not readable: {0}")]
    Toml(#[from] toml::de::Error),
    /// A name that cannot be one.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Two layers under one name, or a layer under a name of the core.
    #[error("a layer cannot be called {0:?}: the name is taken")]
    Taken(Name),
    /// Two columns of one name in a layer.
    #[error("the layer {0} declares the column {1} twice")]
    Repeated(Name, Name),
    /// A column under a name that the query already has.
    #[error("a column cannot be called {0:?}: the name belongs to the query or to every answer")]
    Reserved(Name),
    /// A text, a link or a picture as a facet.
    #[error("the column {0} cannot be a facet: a text has no values to choose from")]
    NoFacet(Name),
    /// The column that colours is no facet of terms.
    #[error("the layer is coloured by {0:?}, which is no facet of terms among its columns")]
    Colour(String),
    /// Classes out of order.
    #[error("the classes of {0} must be numbers in ascending order")]
    Classes(Name),
    /// Radii that are none.
    #[error("`rayons` must be at most three numbers of kilometres, above 0 and up to 100")]
    Radii,
    /// An origin whose addresses or date are none.
    #[error(
        "`origine`: `source` and `licence` must be addresses of the web, `millesime` a day (2026-03-01) or a year, no text longer than 300 characters"
    )]
    Making,
    /// A column that compares and has no terms to count.
    #[error("the column {0} cannot be compared: only a facet of terms can be counted by term")]
    Compared(Name),
    /// One shared facet with two types.
    #[error("the facet {0} is shared by columns of different types")]
    Shared(Name),
}
