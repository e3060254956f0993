//! `/metrics`, in the form that the asker prefers: the Prometheus text format 0.0.4, or OpenMetrics.

use crate::error::problem::ApiError;
use crate::serve::collect::Service;
use crate::state::app::AppState;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE, VARY};
use axum::response::IntoResponse;
use axum::routing::get;
use prometheus_client::encoding::{prometheus_text, text};
use prometheus_client::registry::Registry;

/// A way to write metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exposition {
    Prometheus,
    OpenMetrics,
}

impl Exposition {
    /// The preferred one; Prometheus text among equals, and for those who say nothing.
    fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get_all(ACCEPT).iter();
        let accept = accept.filter_map(|value| value.to_str().ok());
        let ranges: Vec<&str> = accept.flat_map(|value| value.split(',')).collect();
        let open = weight(&ranges, "application/openmetrics-text").unwrap_or(0.0);
        let plain = weight(&ranges, "text/plain")
            .or_else(|| weight(&ranges, "text/*"))
            .or_else(|| weight(&ranges, "*/*"))
            .unwrap_or(0.0);
        if open > plain {
            Self::OpenMetrics
        } else {
            Self::Prometheus
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Prometheus => prometheus_text::CONTENT_TYPE,
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        }
    }

    fn write(self, registry: &Registry) -> Result<String, std::fmt::Error> {
        let mut out = String::with_capacity(16 * 1024);
        match self {
            Self::Prometheus => prometheus_text::encode(&mut out, registry)?,
            Self::OpenMetrics => text::encode(&mut out, registry)?,
        }
        Ok(out)
    }
}

/// The greatest quality of a media range, whatever its other parameters; `None` when it is not named.
fn weight(ranges: &[&str], wanted: &str) -> Option<f32> {
    let named = ranges.iter().filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let range = parts.next()?;
        let quality = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let quality = name.trim().eq_ignore_ascii_case("q");
            quality.then(|| value.trim().parse().unwrap_or(0.0))
        });
        range
            .eq_ignore_ascii_case(wanted)
            .then_some(quality.unwrap_or(1.0))
    });
    named.max_by(f32::total_cmp)
}

/// The routes of the admin listener.
pub fn admin(app: AppState) -> Router {
    Router::new().route("/metrics", get(show)).with_state(app)
}

async fn show(
    State(app): State<AppState>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let exposition = Exposition::of(&headers);
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Service(app)));
    let text = exposition
        .write(&registry)
        .map_err(|error| ApiError::internal(&error))?;
    let headers = [(CONTENT_TYPE, exposition.content_type()), (VARY, "accept")];
    Ok((headers, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_that_which_the_asker_prefers() {
        use Exposition::{OpenMetrics, Prometheus};
        for (accept, expected) in [
            (None, Prometheus),
            (Some(""), Prometheus),
            (Some("*/*"), Prometheus),
            (Some("text/plain;version=0.0.4"), Prometheus),
            (Some("application/openmetrics-text"), OpenMetrics),
            (
                Some("Application/OpenMetrics-Text; version=1.0.0"),
                OpenMetrics,
            ),
            // As Prometheus asks.
            (
                Some(
                    "application/openmetrics-text;version=1.0.0;q=0.5,\
                     application/openmetrics-text;version=0.0.1;q=0.4,\
                     text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                ),
                OpenMetrics,
            ),
            (
                Some("application/openmetrics-text ; q = 0.2, text/plain"),
                Prometheus,
            ),
            (Some("application/openmetrics-text;q=0"), Prometheus),
            (
                Some("application/openmetrics-text;q=x, text/*;q=0.1"),
                Prometheus,
            ),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(ACCEPT, accept.parse().unwrap());
            }
            assert_eq!(Exposition::of(&headers), expected, "{accept:?}");
        }
    }
}
