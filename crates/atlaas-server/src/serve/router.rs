//! The whole surface on one screen: every address, once, with its handler and its description, and the
//! order of the layers.

use crate::api::figures::{barometer, choropleth, comparison};
use crate::api::{
    changes, clusters, dictionary, extensions, fiches, health, similar, styles, suggestions, tiles,
};
use crate::describe::openapi::{self, Description};
use crate::describe::surface::Surface;
use crate::national::{completion, geo_api, geocoding, tables};
use crate::ogc::{items, landing, queryables, tile_matrix};
use crate::pages;
use crate::pages::sitemap;
use crate::serve::surround;
use crate::state::app::AppState;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Extension, Router, middleware};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::Components;
use utoipa::openapi::path::Paths;
use utoipa_axum::routes;

/// Every route of the service; the first layer sees a request first.
pub fn router(app: AppState) -> Router {
    let timeout = Duration::from_secs(app.limits.request_timeout_s.max(1));
    let (router, ..) = addresses().split();
    router
        .with_state(Arc::clone(&app))
        // One stack: each `layer` of a router copies, for every request, all those within.
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn_with_state(app, surround::every))
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::SERVICE_UNAVAILABLE,
                    timeout,
                ))
                .layer(CatchPanicLayer::custom(|_| {
                    StatusCode::INTERNAL_SERVER_ERROR.into_response()
                }))
                .layer(Extension(Description::new(described))),
        )
}

/// What the addresses say of themselves, for the schema in scope.
fn described() -> (Paths, Components) {
    let (_, paths, components) = addresses().split();
    (paths, components)
}

/// Every address, in the order of the documentation.
fn addresses() -> Surface<AppState> {
    Surface::new()
        .and(extensions::addresses())
        .and(dictionary::addresses())
        .with(routes!(fiches::one))
        .with(routes!(similar::list))
        .with(routes!(suggestions::suggest))
        .with(routes!(clusters::one))
        .with(routes!(comparison::compare))
        .with(routes!(barometer::figures))
        .with(routes!(choropleth::map))
        .and(changes::addresses())
        .with(routes!(tiles::tilejson))
        .with(routes!(tiles::tile))
        .with(routes!(styles::list))
        .with(routes!(styles::one))
        .and(geocoders())
        .and(territories())
        .and(ogc())
        .and(pages::addresses())
        .with(routes!(health::livez))
        .with(routes!(health::readyz))
        .with(routes!(openapi::document))
        .with(routes!(openapi::definition))
        .with(routes!(sitemap::robots))
        .with(routes!(sitemap::index))
        .with(routes!(sitemap::part))
}

/// The shapes of the national address API, and of its next edition.
fn geocoders() -> Surface<AppState> {
    Surface::new()
        .with(routes!(geocoding::search))
        .also("/search", routes!(geocoding::search), |_| {})
        .also("/geocodage/search", routes!(geocoding::search), |_| {})
        .with(routes!(geocoding::reverse))
        .also("/reverse", routes!(geocoding::reverse), |_| {})
        .also("/geocodage/reverse", routes!(geocoding::reverse), |_| {})
        .with(routes!(completion::complete))
        .with(routes!(tables::search))
        .also("/search/csv", routes!(tables::search), |_| {})
        .also("/geocodage/search/csv", routes!(tables::search), |_| {})
        .with(routes!(tables::reverse))
        .also("/reverse/csv", routes!(tables::reverse), |_| {})
        .also("/geocodage/reverse/csv", routes!(tables::reverse), |_| {})
        .with_slashes()
}

/// The shape of the national API.
fn territories() -> Surface<AppState> {
    Surface::new()
        .with(routes!(geo_api::parts))
        .with(routes!(geo_api::part))
        .with(routes!(geo_api::communes))
        .with(routes!(geo_api::commune))
        .with(routes!(geo_api::epcis))
        .with(routes!(geo_api::epci))
        .with(routes!(geo_api::communes_of_epci))
        .with(routes!(geo_api::departements))
        .with(routes!(geo_api::departement))
        .with(routes!(geo_api::communes_of_departement))
        .with(routes!(geo_api::regions))
        .with(routes!(geo_api::region))
        .with(routes!(geo_api::departements_of_region))
        .with_slashes()
}

/// OGC API: Features and Tiles.
fn ogc() -> Surface<AppState> {
    Surface::new()
        .with(routes!(landing::landing))
        .also("/ogc/", routes!(landing::landing), |_| {})
        .with(routes!(landing::conformance))
        .with(routes!(landing::definition))
        .with(routes!(landing::collections))
        .with(routes!(landing::collection))
        .with(routes!(queryables::queryables))
        .with(routes!(queryables::schema))
        .with(routes!(items::list))
        .with(routes!(items::one))
        .with(routes!(landing::tilesets))
        .with(routes!(landing::tileset))
        .with(routes!(tile_matrix::list))
        .with(routes!(tile_matrix::one))
}
