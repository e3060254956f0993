//! Pages: everything that people read, whole without JavaScript, in French or in English.
//!
//! Each view is one URL, rendered by askama from `templates/`; scripts only enrich what is there.
//! Nothing inline is executed, nothing is stored, nobody else is called: see [`layout`].

mod docs;
mod explorer;
mod fiche;
mod layout;
mod legal;
mod list;
mod palmares;
mod share;
pub mod sitemap;
mod territory;
mod trouble;

use crate::pages::layout::{assets, policy};
use crate::pages::share::{embed, examples, generator, oembed, still};
use crate::state::app::AppState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;

pub use trouble::error_page;

/// Puts the headers of a page that nobody may frame on an answer.
pub fn secure(response: &mut Response, language: &'static str) {
    policy::Policy::OURS.secure(response, language);
}

/// Routes of the pages and of what they load.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(explorer::page))
        .route("/fragments/resultats", get(explorer::fragment))
        .route("/fiche/{id}", get(fiche::page))
        .route("/commune/{code}", get(territory::commune))
        .route("/epci/{code}", get(territory::epci))
        .route("/departement/{code}", get(territory::departement))
        .route("/region/{code}", get(territory::region))
        .route("/palmares", get(palmares::page))
        .route("/integrer", get(generator::page))
        .route("/embed", get(embed::page))
        .route("/oembed", get(oembed::answer))
        .route("/accessibilite", get(legal::accessibility))
        .route("/mentions", get(legal::notices))
        .route("/docs", get(docs::page))
        .route("/exemples", get(examples::list))
        .route("/exemples/{name}", get(examples::one))
        .route("/carte.svg", get(still::svg))
        .route("/carte.png", get(still::png))
        .route("/actifs/{file}", get(assets::versioned))
        .route("/embed/v1/atlaas.js", get(assets::element))
}
