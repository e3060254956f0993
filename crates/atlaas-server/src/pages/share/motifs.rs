//! `/motifs/{file}`: the patterns that map styles fill areas with, as a sprite.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Own;
use crate::describe::responses::{Binary, Missing};
use crate::error::problem::ApiError;
use crate::picture::raster;
use crate::wire::coding::Coding;
use crate::wire::media::JSON;
use crate::words::message::Message;
use axum::extract::Path;
use axum::response::Response;

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

/// What a sprite holds, by the names of its patterns.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[schema(as = MotifsDeCarte)]
struct Motifs {
    hachures: MotifPlace,
}

/// Where a pattern lies in the picture.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[schema(as = MotifDeCarte)]
#[serde(rename_all = "camelCase")]
struct MotifPlace {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
    pixel_ratio: u32,
}

/// `GET /motifs/{file}`.
#[utoipa::path(
    get,
    path = "/motifs/{fichier}",
    tag = "Tuiles",
    summary = "Motifs des styles : les hachures des territoires qui ne participent pas",
    description = "",
    params(Motif, Own),
    responses(
        (status = 200, content((Binary = "image/png"), (Motifs = "application/json"))),
        Missing
    ),
    extensions(("x-example" = json!("/motifs/hachures.png")))
)]
pub async fn file(Path(file): Path<String>, mut call: Call) -> Result<Response, ApiError> {
    call.only(&["v", "lang"])?;
    let known = FILES.iter().find(|(name, ..)| *name == file);
    let (_, ratio, is_picture) =
        *known.ok_or_else(|| ApiError::not_found(Message::new("error-no-asset")))?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let side = SIDE * ratio;
    if !is_picture {
        let hachures = MotifPlace {
            x: 0,
            y: 0,
            width: side,
            height: side,
            pixel_ratio: ratio,
        };
        return call.json(JSON, &Motifs { hachures }, &validator);
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
