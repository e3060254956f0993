//! How every document of the OGC API that is no data is answered.

use crate::call::request::Call;
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::words::message::Message;
use atlaas_engine::Snapshot;
use axum::response::Response;
use serde::Serialize;

/// Parameters of the documents that are no data.
const ALLOWED: [&str; 3] = ["f", "lang", "v"];

/// Answers with a document that is only made for those who have not got it.
pub async fn answer<T: Serialize + Send + 'static>(
    call: Call,
    media: &'static str,
    document: impl FnOnce(&Snapshot, &str) -> T + Send + 'static,
) -> Result<Response, ApiError> {
    call.only(&ALLOWED)?;
    if let Some(f) = call.parameter("f").filter(|f| !["", "json"].contains(f)) {
        let mistake = Refusal::new("f", f, Message::new("mistake-json-only"));
        return Err(ApiError::parameters(vec![mistake.allowed(f, ["json"])]));
    }
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let document = call
        .heavy(move |snapshot| Ok(document(snapshot, &base)))
        .await?;
    call.json(media, &document, &validator)
}
