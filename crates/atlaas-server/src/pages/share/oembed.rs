//! `/oembed`: what a site that is given one of our addresses shows in its place (oEmbed 1.0).

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Language as LanguageParameter;
use crate::describe::responses::Missing;
use crate::error::body::Problem;
use crate::error::problem::ApiError;
use crate::pages::layout::address::{Mapped, is_known, mapped, value};
use crate::words::message::Message;
use atlaas_model::Schema;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

/// Size of the frame when the consumer sets no bound, in pixels.
const USUAL: (u32, u32) = (720, 520);
/// Least size that is still a map.
const LEAST: u32 = 160;

/// What this address reads; consumers add what they like, and a reader of theirs can mend nothing.
const TAKEN: [&str; 5] = ["url", "maxwidth", "maxheight", "format", "lang"];

parameters! {
    /// What was pasted, and the room for it.
    Pasted = [
        Parameter::needed("url", Takes::Text, "Adresse d’une page de ce service.").when("Une recherche, une fiche ou un territoire d’ici."),
        Parameter::query("maxwidth", Takes::Anything, "Largeur du cadre, au plus, en pixels."),
        Parameter::query("maxheight", Takes::Anything, "Hauteur du cadre, au plus, en pixels."),
        Parameter::query("format", Takes::OneOf(&["json"]), "Seul le JSON est proposé."),
        Parameter::query("dnt", Takes::Anything, "Ne pas suivre le lecteur : c’est toujours ainsi."),
    ]
}

/// What a site shows in place of an address of ours (oEmbed 1.0, `rich`).
#[derive(Serialize, utoipa::ToSchema)]
struct OEmbed {
    cache_age: u32,
    height: u32,
    html: String,
    provider_name: &'static str,
    provider_url: String,
    thumbnail_height: u32,
    thumbnail_url: String,
    thumbnail_width: u32,
    title: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    width: u32,
}

/// `GET /oembed?url=…&maxwidth=…&maxheight=…&format=json`.
#[utoipa::path(
    get,
    path = "/oembed",
    tag = "Images et pages",
    summary = "oEmbed 1.0 : ce qui remplace une de nos adresses collée dans un site",
    description = "",
    params(Pasted, LanguageParameter),
    responses((status = 200, body = OEmbed),
        (status = 501, description = "Seul le JSON est proposé", body = Problem, content_type = "application/problem+json"), Missing),
    extensions(("x-example" = json!("/oembed?url={base}%2F%3Fq%3Dwifi")))
)]
pub async fn answer(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| TAKEN.contains(&name));
    if !matches!(value(&call.pairs, "format").as_str(), "" | "json") {
        return Err(ApiError::new(
            StatusCode::NOT_IMPLEMENTED,
            "error-not-implemented",
            Message::new("error-oembed-format"),
        ));
    }
    let url = value(&call.pairs, "url");
    let query = embed_query(call.snapshot.schema(), &call.base, &url).ok_or_else(not_ours)?;
    let bound = |name: &str, usual: u32| {
        value(&call.pairs, name)
            .parse::<u32>()
            .map_or(usual, |most| most.clamp(LEAST, usual))
    };
    let (width, height) = (bound("maxwidth", USUAL.0), bound("maxheight", USUAL.1));
    let source = format!("{}/embed?{query}", call.base);
    let title = call.language().say("page-map-title");
    let picture = format!("{}/carte.png?{query}", call.base);
    let value = OEmbed {
        cache_age: 3600,
        height,
        html: frame(&source, title, width, height),
        provider_name: "Atlaas",
        provider_url: format!("{}/", call.base),
        thumbnail_height: 630,
        thumbnail_url: picture,
        thumbnail_width: 1200,
        title,
        kind: "rich",
        version: "1.0",
        width,
    };
    let validator = call.validator(&[&url, &width.to_string(), &height.to_string(), title]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    call.json("application/json", &value, &validator)
}

/// The code of a frame. In HTML `&` between parameters must be escaped; a semicolon-free query would
/// survive a careless editor, and ours reads `amp;name` as `name` when one escapes it again.
pub fn frame(source: &str, title: &str, width: u32, height: u32) -> String {
    let source = crate::words::escape::escape(source);
    format!(
        "<iframe src=\"{source}\" title=\"{title}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" \
         style=\"border:0;max-width:100%\"></iframe>"
    )
}

/// The query of the embed that stands for one of our addresses.
fn embed_query(schema: &Schema, base: &str, url: &str) -> Option<String> {
    let rest = url.strip_prefix(base)?.split('#').next()?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let named = match mapped(path)? {
        Mapped::Query => None,
        Mapped::One(name, value) => Some((name, value)),
    };
    let given = form_urlencoded::parse(query.as_bytes());
    let given = given.filter(|(name, _)| is_known(schema, name));
    // What the path names counts, whatever the address says of it besides.
    let given = given.filter(|(name, _)| named.is_none_or(|(known, _)| known != name));
    let mut embedded = form_urlencoded::Serializer::new(String::new());
    embedded.extend_pairs(named);
    embedded.extend_pairs(given);
    Some(embedded.finish())
}

fn not_ours() -> ApiError {
    ApiError::not_found(Message::new("error-not-our-page"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_embedded() {
        let base = "https://x.fr/atlaas";
        for (url, expected) in [
            (
                "https://x.fr/atlaas/?q=wifi&commune=13056",
                Some("q=wifi&commune=13056"),
            ),
            (
                "https://x.fr/atlaas/embed?enjeu=emploi#a",
                Some("enjeu=emploi"),
            ),
            (
                "https://x.fr/atlaas/?fbclid=a&q=wifi&utm_source=b",
                Some("q=wifi"),
            ),
            ("https://x.fr/atlaas/commune/2A004", Some("commune=2A004")),
            (
                "https://x.fr/atlaas/fiche/initiative-1",
                Some("fiche=initiative-1"),
            ),
            (
                "https://x.fr/atlaas/comparer/commune-19015?n=50&lentille=rural&ordre=nom",
                Some("semblables_a=commune-19015&n=50&lentille=rural"),
            ),
            (
                "https://x.fr/atlaas/commune/13056?commune=75056&lang=en",
                Some("commune=13056&lang=en"),
            ),
            ("https://x.fr/atlaas/fiche/a\"b", None),
            ("https://evil.fr/?q=wifi", None),
            ("https://x.fr/atlaas/docs", None),
            ("", None),
        ] {
            assert_eq!(
                embed_query(&Schema::default(), base, url).as_deref(),
                expected,
                "{url}"
            );
        }
    }
}
