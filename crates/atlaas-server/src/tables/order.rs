//! What is asked of a table: the names of its columns, and how it is written.

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From texts to places.
    Search,
    /// From positions to places.
    Reverse,
}

/// What is asked of a table; what is empty is found out.
#[derive(Clone, Debug)]
pub struct TableOrder {
    /// Which way.
    pub way: Way,
    /// Columns whose texts are looked for, in their order; all when empty.
    pub columns: Vec<String>,
    /// Column of INSEE codes.
    pub citycode: Option<String>,
    /// Column of post codes.
    pub postcode: Option<String>,
    /// Column of latitudes.
    pub lat: Option<String>,
    /// Column of longitudes.
    pub lon: Option<String>,
    /// Columns that are added; all when empty.
    pub result_columns: Vec<String>,
    /// Sign between cells.
    pub delimiter: Option<String>,
    /// Sign around cells.
    pub quote: Option<String>,
    /// Name of the encoding (WHATWG).
    pub encoding: Option<String>,
    /// Whether the answer begins with a mark for spreadsheets.
    pub with_bom: bool,
}

impl TableOrder {
    /// Everything found out.
    pub const fn new(way: Way) -> Self {
        Self {
            way,
            columns: Vec::new(),
            citycode: None,
            postcode: None,
            lat: None,
            lon: None,
            result_columns: Vec::new(),
            delimiter: None,
            quote: None,
            encoding: None,
            with_bom: false,
        }
    }
}
