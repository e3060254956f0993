//! How every page is answered: 304 when the client has it, else rendered off the threads that serve
//! tiles, with the headers of a page.

use crate::call::request::Call;
use crate::error::problem::ApiError;
use crate::pages::layout::frame::Frame;
use crate::wire::conditional::Validator;
use crate::wire::media::HTML;
use askama::Template;
use atlaas_engine::Snapshot;
use axum::response::Response;

/// Answers with a page that `render` makes of its frame; `pairs` are the parameters that it shows.
pub async fn answer(
    call: &Call,
    frame: Frame,
    pairs: &[(String, String)],
    render: impl FnOnce(Frame, &Snapshot) -> Result<String, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let validator = validator(call, &frame, pairs);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let (language, policy) = (frame.lang.tag(), frame.policy.clone());
    let html = call.heavy(move |snapshot| render(frame, snapshot)).await?;
    let mut response = call.respond(HTML, html.into_bytes(), &validator);
    policy.secure(&mut response, language);
    Ok(response)
}

/// A template as a page.
pub fn html(page: &impl Template) -> Result<String, ApiError> {
    page.render().map_err(|error| ApiError::internal(&error))
}

/// What identifies a page: all its parameters, its language, the build that wrote it, and what the
/// operator lays under its map.
fn validator(call: &Call, frame: &Frame, pairs: &[(String, String)]) -> Validator {
    let (sheet, script) = (frame.sheet(), frame.script_address());
    let base_map = call.app.base_map.as_ref();
    let mut parts = vec![
        frame.lang.tag(),
        env!("CARGO_PKG_VERSION"),
        &sheet,
        &script,
        base_map.map_or("", |map| map.url()),
        base_map.map_or("", |map| map.attribution()),
        // Whether the page says that a newer one is there.
        &frame.older,
    ];
    for (name, value) in pairs {
        parts.extend([name.as_str(), value.as_str()]);
    }
    call.validator(&parts).revalidated()
}
