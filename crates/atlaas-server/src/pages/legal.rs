//! `/accessibilite` and `/mentions`: what we promise, what we owe to others.

use super::explorer::validator;
use super::frame::Frame;
use super::policy::{self, Framing};
use crate::assets;
use crate::problem::ApiError;
use crate::request::Call;
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
pub async fn accessibility(call: Call) -> Result<Response, ApiError> {
    let mut frame = Frame::new(&call);
    let lang = frame.lang;
    frame.entitle(
        lang.t("Accessibilité – Atlaas", "Accessibility – Atlaas"),
        lang.t(
            "Comment utiliser l’Atlaas au clavier, avec un lecteur d’écran, sans script.",
            "How to use Atlaas with a keyboard, a screen reader, without scripts.",
        ),
    );
    answer(&call, &AccessibilityPage { frame })
}

/// `GET /mentions`.
pub async fn notices(call: Call) -> Result<Response, ApiError> {
    let mut frame = Frame::new(&call);
    let lang = frame.lang;
    frame.entitle(
        lang.t(
            "Mentions et licences – Atlaas",
            "Notices and licences – Atlaas",
        ),
        lang.t(
            "Sources des données, licences, vie privée.",
            "Sources of the data, licences, privacy.",
        ),
    );
    let licences = assets::address("licences.txt")
        .map(|path| frame.data(&path, ""))
        .unwrap_or_default();
    answer(&call, &NoticesPage { frame, licences })
}

trait Framed: Template {
    fn frame(&self) -> &Frame;
}

impl Framed for AccessibilityPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }
}

impl Framed for NoticesPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }
}

fn answer(call: &Call, page: &impl Framed) -> Result<Response, ApiError> {
    call.only(&["lang"])?;
    let validator = validator(call, page.frame(), &[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let html = page.render().map_err(|error| ApiError::internal(&error))?;
    Ok(policy::respond(
        call,
        html,
        page.frame().lang.tag(),
        Framing::Ours,
        &validator,
    ))
}
