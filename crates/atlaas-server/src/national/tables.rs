//! `POST /search/csv/` and `/reverse/csv/`: a file in, its rows with what was found of each out, as
//! addok-csv does. Nothing of the file is stored or logged.

use crate::call::ignored::Ignored;
use crate::call::request::Call;
use crate::describe::responses::{Binary, Refused};
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::national::row_stream;
use crate::state::uploads::{self, UploadPlace};
use crate::tables::error::TableError;
use crate::tables::order::{TableOrder, Way};
use crate::tables::table::GeocodedTable;
use crate::wire::multipart::{self, Part};
use crate::wire::packing::{self, Packer};
use crate::words::message::Message;
use axum::Extension;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use bytes::Bytes;
use http_body_util::BodyExt;
use std::io::Cursor;

/// Longest value of a field beside the file, bytes.
const LONGEST_VALUE: usize = 500;
/// Longest name of a file that is given back, characters.
const LONGEST_NAME: usize = 80;

/// A file and what is asked of it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "the shape of a form that is read part by part")]
#[schema(as = TableAGeocoder)]
struct TableForm {
    /// The file: any delimiter, UTF-8, UTF-16 or Windows-1252 without being told, 50 MB.
    #[schema(value_type = Binary)]
    data: String,
    /// Columns whose texts are looked for, in their order; all when there is none.
    columns: Option<Vec<String>>,
    /// Column of INSEE codes.
    citycode: Option<String>,
    /// Column of post codes.
    postcode: Option<String>,
    /// Column of latitudes.
    lat: Option<String>,
    /// Column of longitudes.
    lon: Option<String>,
    /// Columns that are added; all when there is none.
    result_columns: Option<Vec<String>>,
    /// Sign between cells.
    delimiter: Option<String>,
    /// Sign around cells.
    quote: Option<String>,
    /// Encoding of the file.
    encoding: Option<String>,
    /// Whether the answer begins with a mark for spreadsheets.
    with_bom: Option<String>,
}

/// `POST /search/csv/`.
#[utoipa::path(
    post,
    path = "/search/csv/",
    tag = "Géocodage",
    summary = "Communes que désignent les lignes d’un fichier CSV, comme addok-csv",
    description = "Champ data : le fichier ; columns, citycode, postcode, lat, lon : des noms de ses colonnes ; result_columns, delimiter, quote, encoding, with_bom. La réponse est le même fichier en UTF-8, avec les colonnes trouvées. Le fichier n’est ni gardé ni journalisé.",
    request_body(content = TableForm, content_type = "multipart/form-data"),
    responses((status = 200, body = String, content_type = "text/csv; charset=utf-8"), Refused)
)]
pub async fn search(
    call: Call,
    place: Extension<UploadPlace>,
    body: Body,
) -> Result<Response, ApiError> {
    answer(call, place, body, Way::Search).await
}

/// `POST /reverse/csv/`.
#[utoipa::path(
    post,
    path = "/reverse/csv/",
    tag = "Géocodage",
    summary = "Communes où se trouvent les positions d’un fichier CSV, comme addok-csv",
    description = "Colonnes latitude ou lat, longitude, lon, lng ou long, ou celles que nomment lat et lon ; les autres champs comme pour /search/csv/.",
    request_body(content = TableForm, content_type = "multipart/form-data"),
    responses((status = 200, body = String, content_type = "text/csv; charset=utf-8"), Refused)
)]
pub async fn reverse(
    call: Call,
    place: Extension<UploadPlace>,
    body: Body,
) -> Result<Response, ApiError> {
    answer(call, place, body, Way::Reverse).await
}

async fn answer(
    call: Call,
    Extension(place): Extension<UploadPlace>,
    body: Body,
    way: Way,
) -> Result<Response, ApiError> {
    let body = body
        .collect()
        .await
        .map_err(|error| ApiError::internal(&error))?;
    let body = body.to_bytes();
    let parts = multipart::parts(&call.headers, &body);
    let parts = parts.ok_or_else(|| ApiError::bad_request(Message::new("error-no-form")))?;
    let asked = AskedTable::read(&call, parts, way)?;
    let begun = call.app.exports.begin(call.client).await?;
    let (order, file) = (asked.order, Cursor::new(asked.file));
    let table = call
        .heavy(move |_| GeocodedTable::open(file, &order).map_err(refused))
        .await?;
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    attach(asked.file_name.as_deref(), headers);
    let packer = Packer::new(call.coding);
    if packer.is_some() {
        call.coding.mark(headers);
    }
    response
        .extensions_mut()
        .insert(uploads::kept(body.len(), packing::kept(call.coding)));
    let snapshot = call.snapshot;
    *response.body_mut() = row_stream::stream(begun, packer, move |out| {
        let written = table.write(&snapshot, out);
        drop((body, place));
        written.map(|_| ()).map_err(std::io::Error::other)
    });
    Ok(asked.ignored.say(response))
}

/// What a form asks, in its fields or in the address.
struct AskedTable {
    file: Bytes,
    file_name: Option<String>,
    order: TableOrder,
    ignored: Ignored,
}

impl AskedTable {
    fn read(call: &Call, parts: Vec<Part>, way: Way) -> Result<Self, ApiError> {
        let mut asked = Self {
            file: Bytes::new(),
            file_name: None,
            order: TableOrder::new(way),
            ignored: Ignored::default(),
        };
        let mut fields = call.pairs.clone();
        let mut file = None;
        for part in parts {
            if part.name == "data" {
                asked.file_name.clone_from(&part.file_name);
                file = Some(part.body);
            } else if part.body.len() <= LONGEST_VALUE {
                let value = String::from_utf8_lossy(&part.body).into_owned();
                fields.push((part.name, value));
            } else {
                let name = part.name.chars().take(80).collect::<String>();
                let too_long = Message::new("mistake-too-long").with("most", LONGEST_VALUE);
                return Err(ApiError::parameters(vec![Refusal::new(
                    &name, "", too_long,
                )]));
            }
        }
        asked.file = file.ok_or_else(|| ApiError::bad_request(Message::new("error-no-file")))?;
        for (name, value) in fields {
            asked.take(&name, value);
        }
        Ok(asked)
    }

    fn take(&mut self, name: &str, value: String) {
        let order = &mut self.order;
        let given = Some(value.clone()).filter(|value| !value.trim().is_empty());
        match name {
            "columns" => order.columns.extend(given),
            "result_columns" => order.result_columns.extend(given),
            "citycode" => order.citycode = given,
            "postcode" => order.postcode = given,
            "lat" => order.lat = given,
            "lon" => order.lon = given,
            // A tabulation is blank, and a delimiter.
            "delimiter" => order.delimiter = Some(value).filter(|value| !value.is_empty()),
            "quote" => order.quote = given,
            "encoding" => order.encoding = given,
            "with_bom" => {
                order.with_bom =
                    given.is_some_and(|on| ["1", "true", "True", "oui"].contains(&on.as_str()));
            }
            "lang" => {}
            _ => self.ignored.name(name),
        }
    }
}

/// What is wrong with a table, as clients are told.
fn refused(error: TableError) -> ApiError {
    let cut = |text: String| text.chars().take(500).collect::<String>();
    ApiError::bad_request(match error {
        TableError::Empty => Message::new("error-table-empty"),
        TableError::Encoding(name) => Message::new("error-table-encoding").with("name", cut(name)),
        TableError::Character(text) => {
            Message::new("error-table-character").with("text", cut(text))
        }
        TableError::Column { name, known } => Message::new("error-table-column")
            .with("name", cut(name))
            .with("known", cut(known)),
        TableError::NoPosition(known) => {
            Message::new("error-table-no-position").with("known", cut(known))
        }
        TableError::TooWide(most) => Message::new("error-table-too-wide").with("most", most),
        TableError::Io(error) => return ApiError::internal(&error),
        TableError::Csv(error) => return ApiError::internal(&error),
    })
}

/// Names the answer after the file: `mes-lieux.geocoded.csv`.
fn attach(file_name: Option<&str>, headers: &mut HeaderMap) {
    let stem = file_name.unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let sound = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let stem: String = stem
        .chars()
        .map(|letter| if sound(letter) { letter } else { '_' })
        .take(LONGEST_NAME)
        .collect();
    let stem = if stem.is_empty() { "table" } else { &stem };
    // ASCII letters and signs without meaning: always a header value.
    if let Ok(value) =
        HeaderValue::try_from(format!("attachment; filename=\"{stem}.geocoded.csv\""))
    {
        headers.insert(CONTENT_DISPOSITION, value);
    }
}
