//! `/exemples`: pages to copy, one for each map library, from `tiles/exemples/`.
//!
//! The libraries are not ours to serve: a megabyte each, in versions that age. A page waits for a
//! copy beside it, under `bibliotheques/`, says so, and shows its code meanwhile; tests put one there.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Language as LanguageParameter;
use crate::describe::responses::{Missing, Refused};
use crate::error::problem::ApiError;
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::wire::media::HTML;
use crate::words::message::Message;
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;

/// Stands for the public address in an example.
const ADDRESS: &str = "ADRESSE";
/// The examples run as on a stranger's site: an opaque origin, from which only open doors are open.
const POLICY: &str = "sandbox allow-scripts allow-top-navigation-by-user-activation; default-src 'none'; \
script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// A page to copy.
pub struct Example {
    /// File name, in its address.
    pub name: &'static str,
    /// Title.
    pub title: &'static str,
    text: &'static str,
}

macro_rules! example {
    ($name:literal, $title:literal) => {
        Example {
            name: $name,
            title: $title,
            text: include_str!(concat!("../../../../../tiles/exemples/", $name)),
        }
    };
}

static EXAMPLES: [Example; 7] = [
    example!("maplibre.html", "MapLibre GL JS 6"),
    example!("maplibre-5.html", "MapLibre GL JS 5"),
    example!("openlayers.html", "OpenLayers"),
    example!("leaflet-vectorgrid.html", "Leaflet.VectorGrid"),
    example!(
        "protomaps-leaflet.html",
        "protomaps-leaflet et l’archive PMTiles"
    ),
    example!("umap.html", "uMap, données distantes"),
    example!("qgis.html", "QGIS"),
];

impl Example {
    /// The page, with the public address in it.
    fn page(&self, base: &str) -> String {
        self.text.replace(ADDRESS, base)
    }
}

#[derive(Template)]
#[template(path = "examples.html")]
struct ExamplesPage {
    frame: Frame,
    /// Address, title and code of each.
    examples: Vec<(String, &'static str, String)>,
}

parameters! {
    /// An example, by its file.
    ExampleName = [Parameter::path("name", Takes::Text, "Nom de la page.").like("maplibre.html")]
}

/// `GET /exemples`.
#[utoipa::path(
    get,
    path = "/exemples",
    tag = "Images et pages",
    summary = "Exemples de cartes à copier",
    description = "",
    params(LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/exemples")))
)]
pub async fn list(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| name == "lang");
    let mut frame = Frame::new(&call);
    let lang = frame.lang;
    frame.entitle(lang.say("examples-title"), lang.say("examples-description"));
    answer(&call, frame, &[], |frame, _| {
        let shown = |example: &Example| {
            let address = frame.data(&format!("/exemples/{}", example.name), "");
            (address, example.title, example.page(&frame.base))
        };
        let examples = EXAMPLES.iter().map(shown).collect();
        html(&ExamplesPage { frame, examples })
    })
    .await
}

/// `GET /exemples/{name}`.
#[utoipa::path(
    get,
    path = "/exemples/{name}",
    tag = "Images et pages",
    summary = "Une page d’exemple",
    description = "",
    params(ExampleName),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Missing),
    extensions(("x-example" = json!("/exemples/maplibre.html")))
)]
pub async fn one(Path(name): Path<String>, mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|_| false);
    let example = EXAMPLES.iter().find(|example| example.name == name);
    let example = example.ok_or_else(|| unknown(&name))?;
    let validator = call.validator(&[example.text]).revalidated();
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let mut response = call.respond(HTML, example.page(&call.base).into_bytes(), &validator);
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

fn unknown(name: &str) -> ApiError {
    let name: String = name.chars().take(40).collect();
    let known = EXAMPLES.each_ref().map(|example| example.name).join(", ");
    ApiError::not_found(
        Message::new("error-unknown-example")
            .with("name", name)
            .with("known", known),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_name_no_stranger_and_our_address_only_where_it_is_filled_in() {
        for example in &EXAMPLES {
            assert!(!example.text.contains("://"), "{}", example.name);
            let page = example.page("https://x.fr/a");
            assert!(
                !page.contains(ADDRESS) && page.contains(example.title),
                "{}",
                example.name
            );
        }
    }
}
