//! What the columns of every export are: a schema a table, all of them as one package, and the file that
//! lies beside a CSV.

pub mod package;
pub mod schema;
pub mod sidecar;
mod tables;

use crate::describe::surface::Surface;
use crate::state::app::AppState;
use utoipa_axum::routes;

/// Addresses of dictionaries.
pub fn addresses() -> Surface<AppState> {
    Surface::new()
        .with(routes!(sidecar::beside_fiches))
        .with(routes!(package::list))
        .with(routes!(schema::one))
}
