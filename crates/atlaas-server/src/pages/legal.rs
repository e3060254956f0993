//! `/accessibilite` and `/mentions`: what we promise, what we owe to others.

use crate::call::request::Call;
use crate::describe::query_parameters::Language as LanguageParameter;
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::assets;
use crate::pages::layout::frame::Frame;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "notices.html")]
struct NoticesPage {
    frame: Frame,
    licences: String,
}

/// `GET /accessibilite`.
#[utoipa::path(
    get,
    path = "/accessibilite",
    tag = "Images et pages",
    summary = "Accessibilité",
    description = "",
    params(LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/accessibilite")))
)]
pub async fn accessibility(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| name == "lang");
    let mut frame = Frame::new(&call);
    let lang = frame.lang;
    frame.entitle(
        lang.say("accessibility-title"),
        lang.say("accessibility-description"),
    );
    answer(&call, frame, &[], |frame, _| {
        html(&AccessibilityPage { frame })
    })
    .await
}

/// `GET /mentions`.
#[utoipa::path(
    get,
    path = "/mentions",
    tag = "Images et pages",
    summary = "Mentions et licences",
    description = "",
    params(LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/mentions")))
)]
pub async fn notices(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| name == "lang");
    let mut frame = Frame::new(&call);
    let lang = frame.lang;
    frame.entitle(lang.say("notices-title"), lang.say("notices-description"));
    let licences = assets::address("licences.txt")
        .map(|path| frame.data(&path, ""))
        .unwrap_or_default();
    answer(&call, frame, &[], move |frame, _| {
        html(&NoticesPage { frame, licences })
    })
    .await
}
