//! The whole surface on one screen: every route, and the order of the layers.

use crate::api::{clusters, fiches, health, similar, styles, suggestions, tiles};
use crate::describe::openapi;
use crate::formats::{self, LIST};
use crate::national::{geo_api, geocoding};
use crate::ogc::{items, landing};
use crate::pages;
use crate::pages::sitemap;
use crate::serve::surround;
use crate::state::app::AppState;
use axum::Router;
use axum::http::StatusCode;
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::get;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

/// Every route of the service; the first layer sees a request first.
pub fn router(app: AppState) -> Router {
    let timeout = Duration::from_secs(app.limits.request_timeout_s.max(1));
    Router::new()
        .route("/health/livez", get(health::livez))
        .route("/health/readyz", get(health::readyz))
        .route("/tiles/{file}", get(tiles::tilejson))
        .route(tiles::TILE, get(tiles::tile))
        .route("/api/v1/fiches", get(fiches::list))
        .merge(lists_by_extension())
        .route("/api/v1/fiches/{id}", get(fiches::one))
        .route("/api/v1/fiches/{id}/semblables", get(similar::list))
        .route("/api/v1/grappes/{tileset}/{id}", get(clusters::one))
        .route("/api/v1/suggestions", get(suggestions::suggest))
        .route("/search", get(geocoding::search))
        .route("/search/", get(geocoding::search))
        .route("/reverse", get(geocoding::reverse))
        .route("/reverse/", get(geocoding::reverse))
        .merge(styles::routes())
        .merge(territories())
        .merge(ogc_routes())
        .route("/openapi.json", get(openapi::document))
        .merge(sitemap::routes())
        .merge(pages::routes())
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
                })),
        )
}

/// The shape of the national API.
fn territories() -> Router<AppState> {
    Router::new()
        .route("/communes", get(geo_api::communes))
        .route("/communes/{code}", get(geo_api::commune))
        .route("/epcis", get(geo_api::epcis))
        .route("/epcis/{code}", get(geo_api::epci))
        .route("/epcis/{code}/communes", get(geo_api::communes_of_epci))
        .route("/departements", get(geo_api::departements))
        .route("/departements/{code}", get(geo_api::departement))
        .route(
            "/departements/{code}/communes",
            get(geo_api::communes_of_departement),
        )
        .route("/regions", get(geo_api::regions))
        .route("/regions/{code}", get(geo_api::region))
        .route(
            "/regions/{code}/departements",
            get(geo_api::departements_of_region),
        )
}

/// OGC API: Features and Tiles.
fn ogc_routes() -> Router<AppState> {
    Router::new()
        .route("/ogc", get(landing::landing))
        .route("/ogc/", get(landing::landing))
        .route("/ogc/conformance", get(landing::conformance))
        .route("/ogc/api", get(landing::definition))
        .route("/ogc/collections", get(landing::collections))
        .route("/ogc/collections/{collection}", get(landing::collection))
        .route("/ogc/collections/{collection}/items", get(items::list))
        .route("/ogc/collections/{collection}/items/{id}", get(items::one))
        .route("/ogc/tiles", get(landing::tilesets))
        .route("/ogc/tiles/{tileset}", get(landing::tileset))
}

/// `/api/v1/fiches.csv` and the like.
fn lists_by_extension() -> Router<AppState> {
    formats::names().fold(Router::new(), |router, name| {
        router.route(&format!("{LIST}.{name}"), get(fiches::list))
    })
}
