//! What a query may be centred on.

use atlaas_model::Position;

/// What `pres_de` names.
#[derive(Clone, Debug, PartialEq)]
pub enum Near {
    /// A longitude and a latitude.
    Position(Position),
    /// A name or a code, resolved by the gazetteer when the query is planned.
    Name(String),
}
