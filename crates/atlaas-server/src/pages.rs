//! Pages: everything that people read, whole without JavaScript, in French or in English.
//!
//! Each view is one URL, rendered by askama from `templates/`; scripts only enrich what is there.
//! Nothing inline is executed, nothing is stored, nobody else is called: see [`layout`].

mod barometer;
mod catalogue;
mod changes;
mod compare;
mod docs;
mod explorer;
mod fiche;
mod layout;
mod legal;
mod list;
mod palmares;
mod share;
pub mod sitemap;
mod statement;
mod territory;
mod trouble;

use crate::describe::surface::Surface;
use crate::pages::barometer::page as barometer_page;
use crate::pages::compare::page as compare_page;
use crate::pages::layout::{assets, policy};
use crate::pages::share::{embed, examples, generator, motifs, oembed, still};
use crate::pages::statement::page as statement_page;
use crate::state::app::AppState;
use axum::response::Response;
use utoipa_axum::routes;

pub use trouble::error_page;

/// Puts the headers of a page that nobody may frame on an answer.
pub fn secure(response: &mut Response, language: &'static str) {
    policy::Policy::OURS.secure(response, language);
}

/// The pages and what they load.
pub fn addresses() -> Surface<AppState> {
    Surface::new()
        .with(routes!(explorer::page))
        .with(routes!(explorer::fragment))
        .with(routes!(fiche::page))
        .with(routes!(territory::commune))
        .with(routes!(territory::epci))
        .with(routes!(territory::departement))
        .with(routes!(territory::region))
        .with(routes!(compare_page::choose))
        .with(routes!(compare_page::compare))
        .with(routes!(barometer_page::page))
        .with(routes!(barometer_page::svg))
        .with(routes!(barometer_page::png))
        .with(routes!(statement_page::france))
        .with(routes!(statement_page::place))
        .and(catalogue::addresses())
        .with(routes!(changes::page))
        .with(routes!(palmares::page))
        .with(routes!(generator::page))
        .with(routes!(embed::page))
        .with(routes!(oembed::answer))
        .with(routes!(legal::accessibility))
        .with(routes!(legal::notices))
        .with(routes!(sitemap::plan))
        .with(routes!(docs::page))
        .with(routes!(examples::list))
        .with(routes!(examples::one))
        .with(routes!(still::svg))
        .with(routes!(still::png))
        .with(routes!(motifs::file))
        .with(routes!(assets::versioned))
        .with(routes!(assets::element))
        .with(routes!(assets::glyphs))
}
