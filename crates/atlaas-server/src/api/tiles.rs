//! Tiles: `/tiles/{tileset}/{z}/{x}/{y}.mvt`, prebuilt or filtered, and their TileJSON.
//!
//! A prebuilt tile is a slice of the mapped archive: nothing is copied, nothing compressed, and a
//! client that has it is told so before the archive is even looked at.

use crate::call::request::Call;
use crate::call::tilesets::{parse_tileset, tile_query};
use crate::clients::unread::Kept;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Search, TilesetName, tileset};
use crate::describe::responses::{Binary, Missing};
use crate::error::problem::ApiError;
use crate::state::app::AppState;
use crate::wire::coding::Coding;
use crate::wire::conditional::{Freshness, Validator};
use crate::wire::inflating::{self, Inflating};
use crate::wire::media::MVT;
use crate::wire::step;
use crate::words::message::Message;
use atlaas_engine::{Query, Snapshot, TileId, Tileset};
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Room for every header of a tile, so that their table is made once.
const HEADERS: usize = 16;

/// Template of the address of a tile.
pub const TILE: &str = "/tiles/{tileset}/{z}/{x}/{y}";

/// A prebuilt tile of a snapshot, and how long the address that was asked for holds.
#[derive(Clone, Copy)]
pub struct Prebuilt {
    tileset: Tileset,
    tile: TileId,
    freshness: Freshness,
}

/// A tile on its way, and what its body keeps where its length does not tell.
#[derive(Debug)]
pub struct Sent {
    /// The answer, which does not say itself what it keeps.
    pub response: Response,
    /// What it keeps.
    pub kept: Option<Kept>,
}

impl From<Response> for Sent {
    fn from(response: Response) -> Self {
        let kept = None;
        Self { response, kept }
    }
}

impl IntoResponse for Sent {
    fn into_response(mut self) -> Response {
        if let Some(kept) = self.kept {
            self.response.extensions_mut().insert(kept);
        }
        self.response
    }
}

parameters! {
    /// Where a tile lies.
    TileAddress = [
        tileset("initiatives"),
        Parameter::path("z", Takes::Integer(0, 14), "Zoom.").like("6"),
        Parameter::path("x", Takes::Integer(0, 16_383), "Colonne, depuis l’ouest.").like("32"),
        Parameter::path("y", Takes::Integer(0, 16_383), "Ligne, depuis le nord.").like("22"),
    ]
}

/// `GET /tiles/{tileset}/{z}/{x}/{y}.mvt`; with parameters of a search, only what matches.
#[utoipa::path(
    get,
    path = "/tiles/{tileset}/{z}/{x}/{y}.mvt",
    tag = "Tuiles",
    summary = "Tuile vectorielle, filtrée par toute requête",
    description = "",
    params(TileAddress, Search),
    responses((status = 200, body = Binary, content_type = "application/vnd.mapbox-vector-tile"), (status = 204, description = "Rien ici"), Missing),
    extensions(("x-example" = json!("/tiles/initiatives/6/32/22.mvt?enjeu=education")))
)]
pub async fn tile(
    State(app): State<AppState>,
    Path((tileset, z, x, y)): Path<(String, String, String, String)>,
    request: Request,
) -> Result<Response, ApiError> {
    let snapshot = app.snapshot();
    let tileset = parse_tileset(&tileset, snapshot.schema())?;
    let tile = parse_tile(tileset, &z, &x, &y)?;
    if let Some(freshness) = unfiltered(&snapshot, request.uri().query()) {
        let address = Prebuilt {
            tileset,
            tile,
            freshness,
        };
        return Ok(prebuilt(&snapshot, address, request.headers())?.into_response());
    }
    let (mut parts, _) = request.into_parts();
    let call = Call::from_request_parts(&mut parts, &app).await?;
    let query = tile_query(&call)?;
    filtered(call, tileset, tile, query).await
}

/// How long the answer holds, when the query string filters nothing at first sight.
fn unfiltered(snapshot: &Snapshot, query: Option<&str>) -> Option<Freshness> {
    match query.unwrap_or_default() {
        "" => Some(Freshness::UntilReload),
        version if version.strip_prefix("v=") == Some(snapshot.id()) => Some(Freshness::Immutable),
        _ => None,
    }
}

/// What an address asks for, if it is the sound address of a tile that is in an archive; anything
/// else is the router's.
pub fn prebuilt_address(snapshot: &Snapshot, uri: &Uri) -> Option<Prebuilt> {
    let mut parts = uri.path().strip_prefix("/tiles/")?.split('/');
    let mut next = || parts.next();
    let (tileset, z, x, y) = (next()?, next()?, next()?, next()?);
    if next().is_some() {
        return None;
    }
    let tileset = Tileset::named(tileset, snapshot.schema())?;
    let tile = parse_tile(tileset, z, x, y).ok()?;
    (tile.z() <= atlaas_engine::PREBUILT_ZOOM).then_some(())?;
    let freshness = unfiltered(snapshot, uri.query())?;
    Some(Prebuilt {
        tileset,
        tile,
        freshness,
    })
}

/// A tile without a filter: from the archive, or made on the fly beyond its deepest zoom. Whatever
/// fails on the way is an answer, also before the router and its layers.
pub fn prebuilt(
    snapshot: &Snapshot,
    address: Prebuilt,
    headers: &HeaderMap,
) -> Result<Sent, ApiError> {
    guarded(|| unguarded(snapshot, address, headers))
}

/// A panic is an error like another.
fn guarded(make: impl FnOnce() -> Result<Sent, ApiError>) -> Result<Sent, ApiError> {
    catch_unwind(AssertUnwindSafe(make))
        .unwrap_or_else(|_| Err(ApiError::internal(&"making a tile panicked")))
}

fn unguarded(
    snapshot: &Snapshot,
    address: Prebuilt,
    headers: &HeaderMap,
) -> Result<Sent, ApiError> {
    let Prebuilt {
        tileset,
        tile,
        freshness,
    } = address;
    let coding = Coding::accepted(headers);
    let validator = tile_validator(snapshot, (tileset, tile), coding, "", freshness);
    if let Some(unchanged) = validator.not_modified(headers) {
        return Ok(unchanged.into());
    }
    if tile.z() > atlaas_engine::PREBUILT_ZOOM {
        let bytes = snapshot
            .live_tile(tileset, tile)
            .map_err(|error| ApiError::internal(&error))?;
        return Ok(dynamic(bytes, coding, &validator).into());
    }
    let packed = snapshot
        .prebuilt_tile(tileset, tile)
        .map_err(|error| ApiError::internal(&error))?;
    let Some(bytes) = packed else {
        return Ok(empty(&validator).into());
    };
    let mut headers = HeaderMap::with_capacity(HEADERS);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MVT));
    validator.put_on(&mut headers);
    let (body, kept) = if coding == Coding::Gzip {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        (Body::from(bytes), Kept::NOTHING)
    } else {
        let inflating = Inflating::new(bytes);
        let inflating =
            inflating.ok_or_else(|| ApiError::internal(&"a prebuilt tile is damaged"))?;
        (Body::new(inflating), Kept::bytes(inflating::KEPT))
    };
    let mut response = Response::new(body);
    *response.headers_mut() = headers;
    let kept = Some(kept);
    Ok(Sent { response, kept })
}

async fn filtered(
    call: Call,
    tileset: Tileset,
    tile: TileId,
    query: Query,
) -> Result<Response, ApiError> {
    let key = query.filter_canonical();
    let fresh = match call.parameter("v") {
        Some(version) if version == call.snapshot.id() => Freshness::Immutable,
        _ => Freshness::UntilReload,
    };
    if key.is_empty() {
        let address = Prebuilt {
            tileset,
            tile,
            freshness: fresh,
        };
        return Ok(prebuilt(&call.snapshot, address, &call.headers)?.into_response());
    }
    let coding = Coding::accepted(&call.headers);
    let validator = tile_validator(&call.snapshot, (tileset, tile), coding, &key, fresh);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let (bytes, landing) = call
        .heavy(move |snapshot| {
            let bytes = snapshot.filtered_tile(tileset, tile, &query)?;
            Ok((bytes, snapshot.landing(&query)))
        })
        .await?;
    let mut response = dynamic(bytes, coding, &validator);
    if let Some(landing) = landing {
        let headers = response.headers_mut();
        step::say(
            landing.let_go(),
            landing.close(),
            landing.widening(),
            headers,
        );
    }
    Ok(response)
}

fn dynamic(bytes: Vec<u8>, coding: Coding, validator: &Validator) -> Response {
    if bytes.is_empty() {
        return empty(validator);
    }
    let mut response = Response::default();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MVT));
    validator.apply(headers);
    let body = coding.encode(bytes, headers);
    *response.body_mut() = Body::from(body);
    response
}

fn empty(validator: &Validator) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    validator.apply(response.headers_mut());
    response
}

fn tile_validator(
    snapshot: &Snapshot,
    (tileset, tile): (Tileset, TileId),
    coding: Coding,
    filter: &str,
    freshness: Freshness,
) -> Validator {
    let mut address = String::with_capacity(24);
    for number in [u32::from(tile.z()), tile.x(), tile.y()] {
        address.extend(number.to_le_bytes().map(char::from));
    }
    Validator::new(
        &[
            snapshot.id(),
            tileset.as_str(),
            &address,
            coding.as_str(),
            filter,
        ],
        freshness,
    )
}

fn parse_tile(tileset: Tileset, z: &str, x: &str, y: &str) -> Result<TileId, ApiError> {
    let y = y
        .strip_suffix(".mvt")
        .or_else(|| y.strip_suffix(".pbf"))
        .unwrap_or(y);
    let digits = |text: &str| {
        text.len() <= 10 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
    };
    let numbers = [z, x, y].map(|text| text.parse::<u32>().ok().filter(|_| digits(text)));
    let [Some(z), Some(x), Some(y)] = numbers else {
        return Err(ApiError::bad_request(Message::new("error-tile-address")));
    };
    let deepest = tileset.max_zoom();
    if z > u32::from(deepest) {
        return Err(ApiError::not_found(
            Message::new("error-too-deep")
                .with("tileset", tileset)
                .with("deepest", deepest),
        ));
    }
    TileId::new(z as u8, x, y).map_err(|_| {
        let last = (1_u64 << z) - 1;
        ApiError::not_found(
            Message::new("error-outside")
                .with("z", z)
                .with("x", x)
                .with("y", y)
                .with("last", last),
        )
    })
}

/// `GET /tiles/{tileset}.json`: TileJSON 3.0, with the same parameters as the tiles.
#[utoipa::path(
    get,
    path = "/tiles/{tileset}.json",
    tag = "Tuiles",
    summary = "TileJSON d’un jeu de tuiles",
    description = "",
    params(TilesetName, Search),
    responses((status = 200, body = atlaas_engine::TileJson), Missing),
    extensions(("x-example" = json!("/tiles/atlaas.json")))
)]
pub async fn tilejson(Path(file): Path<String>, call: Call) -> Result<Response, ApiError> {
    let name = file.strip_suffix(".json").unwrap_or(&file);
    let tileset = parse_tileset(name, call.snapshot.schema())?;
    let query = tile_query(&call)?;
    let key = query.filter_canonical();
    let validator = call.validator(&[&key]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let document = call
        .heavy(move |snapshot| Ok(snapshot.tilejson(tileset, &query, &base)?))
        .await?;
    call.json("application/json", &document, &validator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_while_a_tile_is_made_is_a_500() {
        let answer = guarded(|| panic!("for the test"));
        assert_eq!(
            answer.unwrap_err().status(),
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }
}
