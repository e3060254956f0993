//! The one tile matrix set of our tiles, WebMercatorQuad (OGC 17-083r4, annex D.1), as libraries ask for
//! it to know where tiles lie.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Own;
use crate::describe::responses::{Missing, Refused};
use crate::error::problem::ApiError;
use crate::ogc::answering::answer;
use crate::ogc::crs::WEB_MERCATOR as CRS;
use crate::ogc::documents::{DocumentLink, written};
use crate::ogc::landing::Document;
use crate::ogc::tile_matrix_names::{NAME, WEB_MERCATOR};
use crate::wire::links::Link;
use crate::words::message::Message;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

const JSON: &str = "application/json";
const TITLE: &str = "Google Maps Compatible for the World";
const SCALES: &str = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible";
/// Metres from the middle of the plane to its edges.
const HALF: f64 = 20_037_508.342_789_244;
/// Pixels of a side of a tile.
const SIDE: u32 = 256;
/// Metres of a pixel at scale 1, by the standard.
const PIXEL: f64 = 0.000_28;
/// Deepest zoom of our tiles.
const DEEPEST: u8 = 14;

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OgcGrilles)]
struct Sets {
    tile_matrix_sets: Vec<SetEntry>,
    links: Vec<DocumentLink>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OgcGrilleOfferte)]
struct SetEntry {
    id: &'static str,
    title: &'static str,
    uri: &'static str,
    crs: &'static str,
    links: Vec<DocumentLink>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OgcGrille)]
struct Grid {
    id: &'static str,
    title: &'static str,
    uri: &'static str,
    crs: &'static str,
    ordered_axes: [&'static str; 2],
    well_known_scale_set: &'static str,
    tile_matrices: Vec<Zoom>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OgcMatriceDeTuiles)]
struct Zoom {
    id: String,
    scale_denominator: f64,
    /// Metres of a pixel.
    cell_size: f64,
    corner_of_origin: &'static str,
    point_of_origin: [f64; 2],
    tile_width: u32,
    tile_height: u32,
    matrix_width: u32,
    matrix_height: u32,
}

fn matrix(zoom: u8) -> Zoom {
    let side = 1_u32 << zoom;
    let cell_size = 2.0 * HALF / f64::from(SIDE) / f64::from(side);
    Zoom {
        id: zoom.to_string(),
        scale_denominator: cell_size / PIXEL,
        cell_size,
        corner_of_origin: "topLeft",
        point_of_origin: [-HALF, HALF],
        tile_width: SIDE,
        tile_height: SIDE,
        matrix_width: side,
        matrix_height: side,
    }
}

/// `GET /ogc/tileMatrixSets`.
#[utoipa::path(
    get,
    path = "/ogc/tileMatrixSets",
    tag = "OGC API",
    summary = "Grilles de tuiles",
    description = "",
    params(Document, Own),
    responses((status = 200, body = Sets), Refused),
    extensions(("x-example" = json!("/ogc/tileMatrixSets")))
)]
pub async fn list(call: Call) -> Result<Response, ApiError> {
    answer(call, JSON, |_, base| {
        let root = format!("{base}/ogc/tileMatrixSets");
        let entry = SetEntry {
            id: NAME,
            title: TITLE,
            uri: WEB_MERCATOR,
            crs: CRS,
            links: written([Link::new("self", format!("{root}/{NAME}"), JSON)]),
        };
        Sets {
            tile_matrix_sets: vec![entry],
            links: written([Link::new("self", root, JSON)]),
        }
    })
    .await
}

/// `GET /ogc/tileMatrixSets/{set}`.
#[utoipa::path(
    get,
    path = "/ogc/tileMatrixSets/{set}",
    tag = "OGC API",
    summary = "Une grille de tuiles",
    description = "",
    params(SetName, Document, Own),
    responses((status = 200, body = Grid), Missing),
    extensions(("x-example" = json!("/ogc/tileMatrixSets/WebMercatorQuad")))
)]
pub async fn one(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    if name != NAME {
        let name: String = name.chars().take(40).collect();
        let unknown = Message::new("error-unknown-tile-matrix-set")
            .with("name", name)
            .with("known", NAME);
        return Err(ApiError::not_found(unknown));
    }
    answer(call, JSON, |_, _| Grid {
        id: NAME,
        title: TITLE,
        uri: WEB_MERCATOR,
        crs: CRS,
        ordered_axes: ["X", "Y"],
        well_known_scale_set: SCALES,
        tile_matrices: (0..=DEEPEST).map(matrix).collect(),
    })
    .await
}

parameters! {
    /// A tile matrix set.
    SetName = [Parameter::path("set", Takes::OneOf(&[NAME]), "Grille.").like(NAME)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_those_of_the_standard() {
        for (zoom, scale, cell) in [
            (0, 559_082_264.028_717_4, 156_543.033_928_041),
            (9, 1_091_957.546_931_088, 305.748_113_140_705),
            (14, 34_123.673_341_596_5, 9.554_628_535_647),
        ] {
            let matrix = matrix(zoom);
            assert!(
                (matrix.scale_denominator / scale - 1.0).abs() < 1e-9,
                "{zoom}"
            );
            assert!((matrix.cell_size / cell - 1.0).abs() < 1e-9, "{zoom}");
            assert_eq!(matrix.matrix_width, 1 << zoom);
        }
    }
}
