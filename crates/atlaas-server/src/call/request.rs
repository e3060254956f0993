//! What a request says, read once: its query string, its format, what identifies its answer.

use crate::clients::unread::Kept;
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::state::app::{App, AppState};
use crate::wire::coding::Coding;
use crate::wire::conditional::{Freshness, Validator};
use crate::wire::encoding::Accepted;
use crate::wire::packing;
use crate::wire::preferred;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{Query, Snapshot};
use axum::body::HttpBody;
use axum::extract::{FromRequestParts, RawQuery};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::response::Response;
use std::net::IpAddr;
use std::sync::Arc;

/// Parameters of the server itself, allowed beside those of a search.
pub const SERVER_PARAMETERS: [&str; 4] = ["f", "lang", "v", "dialecte"];

/// Longest name of a snapshot in `v`, bytes.
const LONGEST_VERSION: usize = 64;

/// A request against one snapshot, which it keeps to its end.
pub struct Call {
    /// The service.
    pub app: AppState,
    /// The snapshot that answers.
    pub snapshot: Arc<Snapshot>,
    /// Headers of the request.
    pub headers: HeaderMap,
    /// Path of the request, without the public prefix.
    pub path: String,
    /// Decoded `name=value` pairs, in order.
    pub pairs: Vec<(String, String)>,
    /// How absolute URLs begin.
    pub base: String,
    /// Whether the client chose that by `Host`: no cache may share what is made of it.
    base_is_claimed: bool,
    /// Who asks, when there is a connection.
    pub client: Option<IpAddr>,
    /// Coding of the body.
    pub coding: Coding,
    /// Whether the client refuses bodies without a coding, however short.
    pub refuses_plain: bool,
    /// Whether only the head of the answer is wanted.
    pub is_head: bool,
}

impl FromRequestParts<AppState> for Call {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ApiError> {
        let RawQuery(raw) = RawQuery::from_request_parts(parts, app)
            .await
            .unwrap_or(RawQuery(None));
        let raw = raw.unwrap_or_default();
        check_utf8(&raw)?;
        let pairs: Vec<(String, String)> = form_urlencoded::parse(raw.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        check_own(&pairs)?;
        let accepted = Accepted::of(&parts.headers).ok_or_else(no_coding)?;
        let snapshot = asked_snapshot(app, parts.uri.path(), &pairs).await?;
        let base = app
            .public
            .base(&parts.headers, &parts.uri, &parts.extensions);
        Ok(Self {
            app: Arc::clone(app),
            snapshot,
            path: parts.uri.path().to_owned(),
            pairs,
            base: base.url,
            base_is_claimed: base.is_claimed,
            client: app.public.client_of(&parts.headers, &parts.extensions),
            coding: accepted.coding,
            refuses_plain: accepted.always,
            is_head: parts.method == Method::HEAD,
            headers: parts.headers.clone(),
        })
    }
}

/// The snapshot that `v` names, while it is kept; without `v`, the current one. For tiles and for the styles that
/// name them `v` only says how long an answer may be kept: the current snapshot answers.
async fn asked_snapshot(
    app: &AppState,
    path: &str,
    pairs: &[(String, String)],
) -> Result<Arc<Snapshot>, ApiError> {
    let current = app.snapshot();
    let named = pairs.iter().rev().find(|(name, _)| name == "v");
    let named = named.map_or("", |(_, version)| version.trim());
    let expected = ["/tiles/", "/styles/"]
        .iter()
        .any(|own| path.starts_with(own));
    if named.is_empty() || named == current.id() || expected {
        return Ok(current);
    }
    app.versions.named(named, &current).await
}

/// `Accept-Encoding` refuses every coding that we write, and the body as it is.
fn no_coding() -> ApiError {
    ApiError::not_acceptable(Message::new("error-no-coding"))
}

/// Percent-encoded bytes that are no UTF-8 would silently become other words.
fn check_utf8(raw: &str) -> Result<(), ApiError> {
    let decoded: Vec<u8> = percent_encoding::percent_decode_str(raw).collect();
    if std::str::from_utf8(&decoded).is_ok() {
        return Ok(());
    }
    Err(ApiError::bad_request(Message::new("error-not-utf8")))
}

/// The server's own parameters, wherever they are allowed.
fn check_own(pairs: &[(String, String)]) -> Result<(), ApiError> {
    let mut mistakes = Vec::new();
    for (name, value) in pairs {
        if name == "lang" && !["", "fr", "en"].contains(&value.as_str()) {
            let mistake = Refusal::new(name, value, Message::new("mistake-language"));
            mistakes.push(mistake.allowed(value, ["fr", "en"]));
        }
        if name == "v" && value.len() > LONGEST_VERSION {
            mistakes.push(Refusal::new(name, value, Message::new("mistake-snapshot")));
        }
    }
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(ApiError::parameters(mistakes))
    }
}

impl Call {
    /// The value of one of the server's own parameters, the last one given.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Language of the answer: `lang` in the address, else what the browser prefers.
    pub fn language(&self) -> Language {
        match self.parameter("lang") {
            Some("en") => Language::English,
            Some("fr") => Language::French,
            _ => preferred::language(&self.headers),
        }
    }

    /// Whether a parameter is given a value.
    pub fn gives(&self, name: &str) -> bool {
        self.pairs
            .iter()
            .any(|(key, value)| key == name && !value.trim().is_empty())
    }

    /// The search query; every mistake at once.
    pub fn query(&self) -> Result<Query, ApiError> {
        Query::parse(&self.pairs, self.snapshot.schema(), &SERVER_PARAMETERS)
            .map_err(ApiError::query)
    }

    /// Refuses every parameter but the ones listed.
    pub fn only(&self, allowed: &[&str]) -> Result<(), ApiError> {
        let mistakes = self.unknown(allowed);
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(ApiError::parameters(mistakes))
        }
    }

    /// Refuses every `f` but GeoJSON, where there is nothing else.
    pub fn geojson_only(&self) -> Result<(), ApiError> {
        let offered = ["geojson", "json"];
        let wrong = |f: &&str| !f.is_empty() && !offered.contains(f);
        self.parameter("f").filter(wrong).map_or(Ok(()), |f| {
            let mistake = Refusal::new("f", f, Message::new("mistake-geojson-only"));
            let mistake = mistake.allowed(f, offered);
            Err(ApiError::parameters(vec![mistake]))
        })
    }

    /// Forgets every parameter that is not known, before anything is made of the address: a page is
    /// reached through other people's links, and what they add (`fbclid`, `utm_source`) is no mistake
    /// of the reader, and no part of the links that the page gives.
    pub fn forget_strangers(&mut self, known: impl Fn(&str) -> bool) {
        self.pairs.retain(|(name, _)| known(name));
    }

    /// A mistake for each parameter that is not listed.
    pub fn unknown(&self, allowed: &[&str]) -> Vec<Refusal> {
        let mistake = |(name, value): &(String, String)| {
            let not_here = Message::new("mistake-not-here").with("name", cut(name));
            Refusal::new(name, value, not_here).allowed(name, allowed.iter().copied())
        };
        let unknown = |(name, _): &&(String, String)| !allowed.contains(&name.as_str());
        self.pairs
            .iter()
            .filter(unknown)
            .take(50)
            .map(mistake)
            .collect()
    }

    /// What identifies the answer: the snapshot, the address, and whatever else `parts` tells.
    pub fn validator(&self, parts: &[&str]) -> Validator {
        let fresh = match self.parameter("v") {
            _ if self.base_is_claimed => Freshness::Private,
            Some(version) if version == self.snapshot.id() => Freshness::Immutable,
            _ => Freshness::UntilReload,
        };
        let mut all = vec![
            self.snapshot.id(),
            &self.path,
            &self.base,
            self.coding.as_str(),
        ];
        all.extend_from_slice(parts);
        Validator::new(&all, fresh)
    }

    /// A whole body with its type, coding and validator.
    pub fn respond(
        &self,
        content_type: &'static str,
        body: Vec<u8>,
        validator: &Validator,
    ) -> Response {
        let mut response = Response::default();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        validator.apply(headers);
        let accepted = Accepted {
            coding: self.coding,
            always: self.refuses_plain,
        };
        let length = body.len();
        *response.body_mut() = accepted.body(body, headers);
        if response.body().size_hint().exact().is_none() {
            // Compressed while it is sent: the plain bytes stay until the end.
            let kept = Kept::bytes(length + packing::kept(self.coding));
            response.extensions_mut().insert(kept);
        }
        response
    }

    /// A JSON body.
    pub fn json<T: serde::Serialize>(
        &self,
        content_type: &'static str,
        value: &T,
        validator: &Validator,
    ) -> Result<Response, ApiError> {
        let body = serde_json::to_vec(value).map_err(|error| ApiError::internal(&error))?;
        Ok(self.respond(content_type, body, validator))
    }

    /// Reads the journal beside the snapshot off the threads that serve tiles, where nobody did yet: that of the
    /// current snapshot is read when it is opened.
    pub async fn read_journal(&self) -> Result<(), ApiError> {
        if self.snapshot.has_read_journal() {
            return Ok(());
        }
        self.heavy(|snapshot| {
            snapshot.journal();
            Ok(())
        })
        .await
    }

    /// Runs work off the threads that serve tiles; see [`App::heavy`].
    pub async fn heavy<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Snapshot) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let snapshot = Arc::clone(&self.snapshot);
        App::heavy(&self.app, move || work(&snapshot)).await
    }
}

fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}
