//! `/motifs/{file}`: the patterns that map styles fill areas with, as a sprite.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::responses::{Binary, Missing};
use crate::error::problem::ApiError;
use crate::picture::raster;
use crate::wire::coding::Coding;
use crate::wire::media::JSON;
use crate::words::message::Message;
use axum::extract::Path;
use axum::response::Response;
use serde_json::json;

/// The sprite: its name, and that of its only pattern.
const NAME: &str = "hachures";
/// Files of the sprite, each with its pixels in a pixel of the map, and whether it is the picture.
const FILES: [(&str, u32, bool); 4] = [
    ("hachures.json", 1, false),
    ("hachures.png", 1, true),
    ("hachures@2x.json", 2, false),
    ("hachures@2x.png", 2, true),
];
/// Side of the pattern, in pixels of the map.
const SIDE: u32 = 8;

parameters! {
    /// File of a sprite.
    Motif = [
        Parameter::path("fichier", Takes::OneOf(&["hachures.json", "hachures.png", "hachures@2x.json", "hachures@2x.png"]), "Fichier du motif.")
            .like("hachures.png"),
    ]
}

/// `GET /motifs/{file}`.
#[utoipa::path(
    get,
    path = "/motifs/{fichier}",
    tag = "Tuiles",
    summary = "Motifs des styles : les hachures des territoires qui ne participent pas",
    description = "",
    params(Motif),
    responses(
        (status = 200, content((Binary = "image/png"), (serde_json::Value = "application/json"))),
        Missing
    ),
    extensions(("x-example" = json!("/motifs/hachures.png")))
)]
pub async fn file(Path(file): Path<String>, mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| ["v", "lang"].contains(&name));
    let known = FILES.iter().find(|(name, ..)| *name == file);
    let (_, ratio, is_picture) =
        *known.ok_or_else(|| ApiError::not_found(Message::new("error-no-asset")))?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let side = SIDE * ratio;
    if !is_picture {
        let pattern = json!({ "x": 0, "y": 0, "width": side, "height": side, "pixelRatio": ratio });
        return call.json(JSON, &json!({ NAME: pattern }), &validator);
    }
    let image = raster::png(&pattern(side)).map_err(|error| ApiError::internal(&error))?;
    call.coding = Coding::Identity;
    Ok(call.respond("image/png", image, &validator))
}

/// Diagonal lines that meet those of the next tile of the pattern.
fn pattern(side: u32) -> String {
    let (half, width) = (side / 2, f64::from(side) / 8.0);
    let end = side + half;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\"><path d=\"M-{half} {half}L{half} -{half}M0 {side}L{side} 0M{half} {end}L{end} {half}\" stroke=\"#7d8a90\" stroke-width=\"{width}\"/></svg>"
    )
}
