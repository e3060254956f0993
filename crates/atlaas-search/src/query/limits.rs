//! Every bound on a request, in one place: nothing is worked on before these hold.

/// Characters in `q` and `pres_de`.
pub const MAX_TEXT_CHARS: usize = 500;
/// Words of `q` that are looked up; a longer text is refused with its count.
pub const MAX_WORDS: usize = 40;
/// Values a parameter may hold, repeated or separated by commas.
pub const MAX_VALUES: usize = 100;
/// Characters in one value of a facet or territory.
pub const MAX_VALUE_CHARS: usize = 120;
/// Vertices in `polygone`.
pub const MAX_VERTICES: usize = 1_000;
/// Characters in `polygone`: 1,000 vertices of 30 characters, with room for the syntax.
pub const MAX_POLYGON_CHARS: usize = 40_000;
/// Rings in `polygone`.
pub const MAX_RINGS: usize = 50;
/// Hits of one page.
pub const MAX_LIMIT: u32 = 1_000;
/// Hits of a page when `limit` is not given.
pub const DEFAULT_LIMIT: u32 = 20;
/// Hits that `offset` may skip; `apres` goes further.
pub const MAX_OFFSET: u32 = 100_000;
/// Smallest `rayon`, in kilometres.
pub const MIN_RADIUS_KM: f64 = 0.001;
/// Largest `rayon` and `autour`, in kilometres.
pub const MAX_RADIUS_KM: f64 = 500.0;
/// `rayon` of a `pres_de` that does not say one, in kilometres.
pub const DEFAULT_RADIUS_KM: f64 = 20.0;
/// Parameters in one request.
pub const MAX_PARAMETERS: usize = 1_000;
/// Mistakes that are reported at once.
pub const MAX_ERRORS: usize = 50;
/// Years that `annee` accepts.
pub const YEARS: std::ops::RangeInclusive<u16> = 1900..=2100;
/// Numbers that the end of a range may be, either way.
pub const MAX_BOUND: f64 = 1e9;
/// Territories of one level that `autour` surrounds at once.
pub const MOST_AROUND: usize = 30;
