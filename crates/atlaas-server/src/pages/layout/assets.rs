//! Scripts and style sheets: embedded by the build, addressed by their digest, sent precompressed.

use crate::clients::unread::Kept;
use crate::describe::parameter::{LONGEST_TEXT, Parameter, Takes, parameters};
use crate::describe::responses::{Binary, Missing};
use crate::error::problem::ApiError;
use crate::wire::conditional::is_held;
use crate::words::message::Message;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

/// An embedded file.
pub struct Asset {
    /// Name before hashing: `explorer.js`.
    pub name: &'static str,
    /// Name in its address: `explorer-0123456789abcdef.js`.
    file: &'static str,
    tag: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The path of an asset below the public address, or `None` when it was not built: then the page
/// goes without.
pub fn address(name: &str) -> Option<String> {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map(|asset| format!("/actifs/{}", asset.file))
}

parameters! {
    /// A file of a page.
    AssetName = [Parameter::path("file", Takes::Text, "Nom du fichier, avec son empreinte.")]
}

/// `GET /actifs/{file}`: one version of a file, for ever.
#[utoipa::path(
    get,
    path = "/actifs/{file}",
    tag = "Images et pages",
    summary = "Feuille de style, script ou licences d’une page, gardés sans fin",
    description = "",
    params(AssetName),
    responses(
        (status = 200, content(
            (String = "text/css; charset=utf-8"),
            (String = "text/javascript; charset=utf-8"),
            (String = "text/plain; charset=utf-8"),
        )), Missing),
)]
pub async fn versioned(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, ApiError> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.file == file)
        .ok_or_else(gone)?;
    Ok(asset.respond(&headers, "public, max-age=31536000, immutable"))
}

/// `GET /embed/v1/atlaas.js`: the element that hosts load; its address is a promise, so it has no
/// digest and is kept for an hour.
#[utoipa::path(
    get,
    path = "/embed/v1/atlaas.js",
    tag = "Images et pages",
    summary = "Élément atlaas-carte, à charger par un site",
    description = "",
    responses((status = 200, body = String, content_type = "text/javascript; charset=utf-8"), Missing),
    extensions(("x-example" = json!("/embed/v1/atlaas.js")))
)]
pub async fn element(headers: HeaderMap) -> Result<Response, ApiError> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.name == "atlaas.js")
        .ok_or_else(gone)?;
    Ok(asset.respond(
        &headers,
        "public, max-age=3600, stale-while-revalidate=86400",
    ))
}

parameters! {
    /// A range of signs.
    Signs = [
        Parameter::path("fontstack", Takes::Text, "Nom de police, quel qu’il soit : il y en a une.").like("Noto Sans Regular"),
        Parameter::path("range", Takes::Text, "Intervalle de 256 signes.").like("0-255").when("Le premier est un multiple de 256."),
    ]
}

/// `GET /glyphes/{fontstack}/{range}.pbf`: the signs of the one font that there is, as map libraries ask
/// for them; a range in which it has none is empty, so that names in other scripts break no map.
#[utoipa::path(
    get,
    path = "/glyphes/{fontstack}/{range}.pbf",
    tag = "Images et pages",
    summary = "Signes dont les styles écrivent les noms (Noto Sans, licence OFL 1.1)",
    description = "",
    params(Signs),
    responses((status = 200, body = Binary, content_type = "application/x-protobuf"), Missing),
    extensions(("x-example" = json!("/glyphes/Noto%20Sans%20Regular/0-255.pbf")))
)]
pub async fn glyphs(
    Path((font, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if font.chars().count() > LONGEST_TEXT {
        return Err(gone());
    }
    let range = file.strip_suffix(".pbf").unwrap_or(&file);
    let name = is_range(range).then(|| format!("glyphs-{range}.pbf"));
    let has_signs = |asset: &Asset| asset.name.starts_with("glyphs-");
    let asset = ASSETS
        .iter()
        .find(|asset| Some(asset.name) == name.as_deref());
    let empty = || (name.is_some() && ASSETS.iter().any(has_signs)).then_some(&NO_SIGNS);
    let asset = asset.or_else(empty).ok_or_else(gone)?;
    Ok(asset.respond(
        &headers,
        "public, max-age=86400, stale-while-revalidate=604800",
    ))
}

/// A range without signs: an empty message.
static NO_SIGNS: Asset = Asset {
    name: "glyphs-.pbf",
    file: "",
    tag: "0",
    plain: b"",
    brotli: None,
    gzip: None,
};

/// `0-255`, `256-511`… to the end of the first plane.
fn is_range(text: &str) -> bool {
    let Some((first, last)) = text.split_once('-') else {
        return false;
    };
    let ends = first.parse::<u32>().ok().zip(last.parse::<u32>().ok());
    ends.is_some_and(|(first, last)| {
        first % 256 == 0
            && Some(last) == first.checked_add(255)
            && last < 0x1_0000
            && format!("{first}-{last}") == text
    })
}

fn gone() -> ApiError {
    ApiError::not_found(Message::new("error-no-asset"))
}

impl Asset {
    fn respond(&self, request: &HeaderMap, cache: &'static str) -> Response {
        let (body, coding) = self.best(request);
        let tag = format!("\"{}{}\"", self.tag, coding.unwrap_or_default());
        let mut response = if is_held(request, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(Bytes::from_static(body)))
        };
        response.extensions_mut().insert(Kept::NOTHING);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, self.media());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(coding) = coding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        if let Ok(tag) = HeaderValue::try_from(tag) {
            headers.insert(ETAG, tag);
        }
        response
    }

    /// The smallest form that the client reads.
    fn best(&self, request: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
        let accepted = request
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let reads = |wanted: &str| {
            accepted.split(',').any(|range| {
                let (name, quality) = range.split_once(";q=").unwrap_or((range, "1"));
                name.trim() == wanted
                    && quality
                        .trim()
                        .parse::<f32>()
                        .is_ok_and(|quality| quality > 0.0)
            })
        };
        match (self.brotli, self.gzip) {
            (Some(body), _) if reads("br") => (body, Some("br")),
            (_, Some(body)) if reads("gzip") => (body, Some("gzip")),
            _ => (self.plain, None),
        }
    }

    fn media(&self) -> HeaderValue {
        HeaderValue::from_static(match self.name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("txt") => "text/plain; charset=utf-8",
            Some("pbf") => "application/x-protobuf",
            _ => "text/javascript; charset=utf-8",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(encoding: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(encoding))])
    }

    #[test]
    fn the_style_sheet_is_always_there_and_small() {
        let sheet = ASSETS
            .iter()
            .find(|asset| asset.name == "atlaas.css")
            .unwrap();
        assert!(sheet.plain.len() < 21_000, "{} bytes", sheet.plain.len());
        assert!(!String::from_utf8_lossy(sheet.plain).contains("/*"));
        assert!(sheet.brotli.is_none_or(|packed| packed.len() <= 8_000));
    }

    #[test]
    fn a_range_is_of_256_signs() {
        for (text, expected) in [
            ("0-255", true),
            ("7680-7935", true),
            ("65280-65535", true),
            ("65536-65791", false),
            ("1-256", false),
            ("0-256", false),
            ("00-255", false),
            ("0-255.pbf", false),
            ("../0-255", false),
            ("4294967040-4294967295", false),
            ("", false),
        ] {
            assert_eq!(is_range(text), expected, "{text}");
        }
    }

    #[test]
    fn the_best_coding_that_the_client_reads_is_sent() {
        let asset = Asset {
            name: "x.js",
            file: "x-0.js",
            tag: "0",
            plain: b"p",
            brotli: Some(b"b"),
            gzip: Some(b"g"),
        };
        for (sent, expected) in [
            ("gzip, br", "b"),
            ("gzip", "g"),
            ("br;q=0, gzip;q=0.5", "g"),
            ("zstd", "p"),
            ("", "p"),
        ] {
            assert_eq!(asset.best(&headers(sent)).0, expected.as_bytes(), "{sent}");
        }
    }
}
