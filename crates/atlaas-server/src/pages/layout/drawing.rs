//! How a picture that stands alone is answered: as SVG that carries its own colours, or in pixels.

use crate::call::request::Call;
use crate::error::problem::ApiError;
use crate::picture::raster;
use crate::wire::coding::Coding;
use crate::wire::conditional::Validator;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;

/// What identifies a picture: its language, the build that drew it, and what its address asks for.
pub fn validator(call: &Call, pairs: &[(String, String)]) -> Validator {
    let mut parts = vec![call.language().tag(), env!("CARGO_PKG_VERSION")];
    for (name, value) in pairs {
        parts.extend([name.as_str(), value.as_str()]);
    }
    call.validator(&parts)
}

/// The document as it is.
pub fn svg(call: &Call, document: String, validator: &Validator) -> Response {
    let kind = "image/svg+xml; charset=utf-8";
    let mut response = call.respond(kind, document.into_bytes(), validator);
    let headers = response.headers_mut();
    // The document carries its own colours, and nothing that runs.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The document in pixels.
pub async fn png(
    mut call: Call,
    document: String,
    validator: &Validator,
) -> Result<Response, ApiError> {
    let image = call
        .heavy(move |_| raster::png(&document).map_err(|error| ApiError::internal(&error)))
        .await?;
    // Already compressed.
    call.coding = Coding::Identity;
    Ok(call.respond("image/png", image, validator))
}
