//! What can be wrong with a query, as data: whoever speaks to people has the sentences.

use atlaas_model::PositionError;

/// Why a parameter is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Mistake {
    /// No parameter bears this name.
    UnknownParameter,
    /// More parameters than are read.
    TooManyParameters {
        /// How many were given.
        given: usize,
        /// How many may be.
        most: usize,
    },
    /// The parameter stands twice, with different values.
    Twice,
    /// More values in one list than are read.
    TooManyValues {
        /// How many may be given.
        most: usize,
    },
    /// A value of more characters than are read.
    TooLong {
        /// How many characters it may have.
        most: usize,
    },
    /// None of the values that there are.
    UnknownValue {
        /// Those that there are; empty when they cannot be listed.
        allowed: Vec<String>,
    },
    /// More words than are read.
    TooManyWords {
        /// How many were given.
        given: usize,
        /// How many may be.
        most: usize,
    },
    /// A text without a letter or a digit.
    NoWord,
    /// A number was expected.
    NotANumber,
    /// Degrees out of bounds.
    Degrees {
        /// Most degrees, east or west, north or south.
        most: f64,
    },
    /// A number that no column holds.
    Beyond {
        /// The least.
        least: f64,
        /// The most.
        most: f64,
    },
    /// Kilometres out of bounds.
    Kilometres {
        /// Least distance.
        least: f64,
        /// Most distance.
        most: f64,
    },
    /// A whole number was expected.
    WholeNumber {
        /// The greatest.
        most: u32,
    },
    /// A position that is not on Earth.
    Position(PositionError),
    /// A vertex of a polygon that is not on Earth.
    Vertex(PositionError),
    /// Four numbers were expected.
    BboxForm,
    /// A box whose south is above its north.
    UpsideDown {
        /// Southern edge as given.
        south: f64,
        /// Northern edge as given.
        north: f64,
    },
    /// A polygon was expected.
    PolygonForm,
    /// A polygon of more vertices or rings than are read.
    PolygonTooLarge {
        /// Vertices given, and how many may be.
        vertices: [usize; 2],
        /// Rings given, and how many may be.
        rings: [usize; 2],
    },
    /// The code or the name of a territory was expected.
    CodeOrName,
    /// A facet and words were expected.
    FacetAndWords,
    /// A territory was expected by its id.
    TerritoryId,
    /// A day was expected.
    NotADate,
    /// The least of a range is above the most.
    RangeUpsideDown,
    /// A year or a span of years was expected.
    Years {
        /// The first year that is taken.
        first: u16,
        /// The last one.
        last: u16,
    },
    /// Inhabitants or a span of inhabitants were expected.
    Inhabitants,
    /// A level of the label or a span of levels was expected.
    Levels,
    /// A latitude without its longitude, or the other way round.
    HalfPosition,
    /// A cursor that is damaged, or of another query.
    Cursor,
    /// A cursor and a rank at once.
    CursorAndOffset,
    /// A radius without a centre.
    RadiusAlone,
    /// How peers are chosen, without whose they are.
    PeersOfWhat,
    /// A number out of bounds.
    CountBetween {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A variable and its weight were expected.
    Weights {
        /// The heaviest.
        most: f64,
    },
    /// Weights of one's own beside a lens that has others.
    WeightsBesideLens,
    /// Weights of one's own that are not given.
    FreeWithoutWeights,
    /// A stratum beside peers of one's own choice.
    StratumBesideChoice,
    /// Nothing by which a territory could be compared is known.
    NothingToCompare,
    /// Rates to be standardised of what are no territories.
    StandardOfWhat,
    /// A margin around no territory, or around several.
    AroundWhat,
    /// A margin around a territory that the words do not name.
    AroundNothing,
    /// An order by distance, from nowhere.
    DistanceFromNowhere,
    /// A territory that does not exist.
    UnknownTerritory,
    /// A place that does not exist.
    UnknownPlace,
    /// A radius around a place that the words do not name.
    NoPlaceInWords,
    /// A place whose position nobody knows.
    PlaceWithoutPosition,
}

impl Mistake {
    /// The values that there are, taken out.
    pub(crate) fn take_allowed(&mut self) -> Vec<String> {
        match self {
            Self::UnknownValue { allowed } => std::mem::take(allowed),
            _ => Vec::new(),
        }
    }
}
