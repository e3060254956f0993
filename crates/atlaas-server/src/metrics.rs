//! What operators watch, in the Prometheus text format, on a listener of its own.
//!
//! Requests are counted by route template (`/tiles/{tileset}/{z}/{x}/{y}`), never by address: the
//! number of series is that of the routes. Counting is a hash look-up and a few atomic additions.

use crate::app::{App, AppState};
use atlaas_engine::{CacheUse, Snapshot, Tileset};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Upper edges of the latency buckets, microseconds.
const EDGES_US: [u64; 16] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 2_500_000, 5_000_000, 10_000_000,
];
/// Statuses that are counted by themselves; all others together as 0.
const STATUSES: [u16; 18] = [
    200, 204, 206, 301, 302, 303, 304, 308, 400, 404, 405, 406, 413, 414, 429, 500, 503, 0,
];
/// Name for requests that no route takes.
const NO_ROUTE: &str = "aucune";

/// Counts of one route.
#[derive(Default)]
struct Route {
    statuses: [AtomicU64; STATUSES.len()],
    buckets: [AtomicU64; EDGES_US.len()],
    sum_us: AtomicU64,
}

/// Counts of all routes.
#[derive(Default)]
pub struct Metrics {
    routes: RwLock<HashMap<String, Arc<Route>>>,
    under_way: AtomicU64,
}

impl Metrics {
    fn route(&self, name: &str) -> Arc<Route> {
        // A poisoned lock only means that another thread panicked: the counts are still good.
        let routes = self.routes.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(route) = routes.get(name) {
            return Arc::clone(route);
        }
        drop(routes);
        let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(routes.entry(name.to_owned()).or_default())
    }

    /// Counts one answer.
    pub fn count(&self, route: &str, status: u16, took: Duration) {
        let route = self.route(route);
        let rank = STATUSES
            .iter()
            .position(|&known| known == status)
            .unwrap_or(STATUSES.len() - 1);
        route.statuses[rank].fetch_add(1, Ordering::Relaxed);
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        route.sum_us.fetch_add(us, Ordering::Relaxed);
        if let Some(bucket) = EDGES_US.iter().position(|&edge| us <= edge) {
            route.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        }
    }

    fn write(&self, out: &mut String) {
        let routes = self.routes.read().unwrap_or_else(PoisonError::into_inner);
        let mut routes: Vec<_> = routes
            .iter()
            .map(|(name, route)| (name.clone(), Arc::clone(route)))
            .collect();
        routes.sort_by(|a, b| a.0.cmp(&b.0));
        head(
            out,
            "atlaas_http_requests_total",
            "counter",
            "Answers by route and status.",
        );
        for (name, route) in &routes {
            for (status, count) in STATUSES.iter().zip(&route.statuses) {
                let n = count.load(Ordering::Relaxed);
                if n > 0 {
                    line(
                        out,
                        format_args!(
                            "atlaas_http_requests_total{{route=\"{name}\",status=\"{status}\"}} {n}"
                        ),
                    );
                }
            }
        }
        head(
            out,
            "atlaas_http_request_seconds",
            "histogram",
            "Time until the head of the answer, by route.",
        );
        for (name, route) in &routes {
            write_histogram(out, name, route);
        }
        head(
            out,
            "atlaas_http_requests_under_way",
            "gauge",
            "Requests being answered.",
        );
        line(
            out,
            format_args!(
                "atlaas_http_requests_under_way {}",
                self.under_way.load(Ordering::Relaxed)
            ),
        );
    }
}

fn write_histogram(out: &mut String, name: &str, route: &Route) {
    let total: u64 = route
        .statuses
        .iter()
        .map(|count| count.load(Ordering::Relaxed))
        .sum();
    let mut below = 0;
    for (edge, bucket) in EDGES_US.iter().zip(&route.buckets) {
        below += bucket.load(Ordering::Relaxed);
        let seconds = *edge as f64 / 1e6;
        line(
            out,
            format_args!(
                "atlaas_http_request_seconds_bucket{{route=\"{name}\",le=\"{seconds}\"}} {below}"
            ),
        );
    }
    let sum = route.sum_us.load(Ordering::Relaxed) as f64 / 1e6;
    line(
        out,
        format_args!("atlaas_http_request_seconds_bucket{{route=\"{name}\",le=\"+Inf\"}} {total}"),
    );
    line(
        out,
        format_args!("atlaas_http_request_seconds_sum{{route=\"{name}\"}} {sum}"),
    );
    line(
        out,
        format_args!("atlaas_http_request_seconds_count{{route=\"{name}\"}} {total}"),
    );
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    line(
        out,
        format_args!("# HELP {name} {help}\n# TYPE {name} {kind}"),
    );
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    _ = out.write_fmt(text);
    out.push('\n');
}

/// A request being answered: counted as under way while it lives.
pub struct UnderWay {
    app: AppState,
    start: Instant,
    route: RouteName,
}

/// The template that a request was routed by.
pub enum RouteName {
    /// The router's.
    Matched(MatchedPath),
    /// Known before the router.
    Known(&'static str),
    /// No route takes it.
    Nothing,
}

impl RouteName {
    /// The route that the router found.
    pub fn of(request: &Request) -> Self {
        let matched = request.extensions().get::<MatchedPath>().cloned();
        matched.map_or(Self::Nothing, Self::Matched)
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Matched(path) => path.as_str(),
            Self::Known(path) => path,
            Self::Nothing => NO_ROUTE,
        }
    }
}

impl UnderWay {
    /// Counts a request that begins.
    pub fn begin(app: &AppState, route: RouteName) -> Self {
        app.metrics.under_way.fetch_add(1, Ordering::Relaxed);
        Self {
            app: Arc::clone(app),
            start: Instant::now(),
            route,
        }
    }

    /// Counts and times its answer.
    pub fn answered(self, status: u16) {
        let took = self.start.elapsed();
        self.app.metrics.count(self.route.as_str(), status, took);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.app.metrics.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The routes of the admin listener.
pub fn admin(app: AppState) -> Router {
    Router::new().route("/metrics", get(show)).with_state(app)
}

async fn show(State(app): State<AppState>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text(&app),
    )
}

/// All metrics of the service.
fn text(app: &App) -> String {
    let mut out = String::with_capacity(16 * 1024);
    app.metrics.write(&mut out);
    let snapshot = app.snapshot();
    let manifest = snapshot.manifest();
    head(
        &mut out,
        "atlaas_snapshot_info",
        "gauge",
        "The snapshot that is served.",
    );
    let (id, date) = (snapshot.id(), &manifest.cree);
    line(
        &mut out,
        format_args!("atlaas_snapshot_info{{id=\"{id}\",date=\"{date}\"}} 1"),
    );
    if let Ok(built) = manifest.cree.parse::<jiff::Timestamp>() {
        let age = jiff::Timestamp::now().as_second() - built.as_second();
        head(
            &mut out,
            "atlaas_snapshot_age_seconds",
            "gauge",
            "Time since the snapshot was built.",
        );
        line(&mut out, format_args!("atlaas_snapshot_age_seconds {age}"));
    }
    head(
        &mut out,
        "atlaas_fiches",
        "gauge",
        "Fiches of the snapshot by type.",
    );
    for (kind, count) in &manifest.comptes {
        line(
            &mut out,
            format_args!("atlaas_fiches{{type=\"{kind}\"}} {count}"),
        );
    }
    write_standing(&mut out, app, &snapshot);
    write_cache(&mut out, snapshot.filter_cache());
    if let Some(bytes) = resident_bytes() {
        head(
            &mut out,
            "process_resident_memory_bytes",
            "gauge",
            "Resident memory.",
        );
        line(
            &mut out,
            format_args!("process_resident_memory_bytes {bytes}"),
        );
    }
    out
}

/// What is refused, and damage that was met; tiles are counted from nothing with each snapshot.
fn write_standing(out: &mut String, app: &App, snapshot: &Snapshot) {
    let refused = app.standing.refused();
    let name = "atlaas_snapshots_refused";
    let help = "Snapshots built later than the one that is served, and damaged.";
    head(out, name, "gauge", help);
    line(out, format_args!("{name} {}", refused.len()));
    let name = "atlaas_snapshot_refused_info";
    head(out, name, "gauge", "A refused snapshot, and why.");
    for snapshot in &refused {
        let (id, reason) = (label(&snapshot.id), label(&snapshot.raison));
        line(
            out,
            format_args!("{name}{{id=\"{id}\",reason=\"{reason}\"}} 1"),
        );
    }
    let name = "atlaas_reloads_total";
    head(out, name, "counter", "Reloads by outcome.");
    let (done, failed) = app.standing.reloads();
    for (outcome, count) in [("done", done), ("refused", failed)] {
        line(out, format_args!("{name}{{outcome=\"{outcome}\"}} {count}"));
    }
    let name = "atlaas_damaged_tiles_total";
    head(out, name, "counter", "Damaged tiles asked for, by archive.");
    for tileset in Tileset::ALL {
        let met = snapshot.archive(tileset).damage_met();
        line(out, format_args!("{name}{{archive=\"{tileset}\"}} {met}"));
    }
}

/// A text as the value of a label.
fn label(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

/// Clusters of recent filters: they start from nothing with each snapshot.
fn write_cache(out: &mut String, cache: CacheUse) {
    for (name, kind, help, value) in [
        (
            "atlaas_filter_cache_hits_total",
            "counter",
            "Filters whose clusters were at hand.",
            cache.hits,
        ),
        (
            "atlaas_filter_cache_misses_total",
            "counter",
            "Filters whose clusters were made.",
            cache.misses,
        ),
        (
            "atlaas_filter_cache_entries",
            "gauge",
            "Filters at hand.",
            cache.kept as u64,
        ),
        (
            "atlaas_filter_cache_bytes",
            "gauge",
            "Memory for them.",
            cache.bytes,
        ),
    ] {
        head(out, name, kind, help);
        line(out, format_args!("{name} {value}"));
    }
}

/// Resident memory of this process, where the system tells (Linux).
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_route_and_status_in_cumulative_buckets() {
        let metrics = Metrics::default();
        metrics.count("/a", 200, Duration::from_micros(90));
        metrics.count("/a", 304, Duration::from_micros(700));
        metrics.count("/a", 418, Duration::from_secs(60));
        let mut text = String::new();
        metrics.write(&mut text);
        for expected in [
            "atlaas_http_requests_total{route=\"/a\",status=\"200\"} 1",
            "atlaas_http_requests_total{route=\"/a\",status=\"304\"} 1",
            "atlaas_http_requests_total{route=\"/a\",status=\"0\"} 1",
            "atlaas_http_request_seconds_bucket{route=\"/a\",le=\"0.0001\"} 1",
            "atlaas_http_request_seconds_bucket{route=\"/a\",le=\"0.001\"} 2",
            "atlaas_http_request_seconds_bucket{route=\"/a\",le=\"10\"} 2",
            "atlaas_http_request_seconds_bucket{route=\"/a\",le=\"+Inf\"} 3",
            "atlaas_http_request_seconds_count{route=\"/a\"} 3",
        ] {
            assert!(
                text.lines().any(|line| line == expected),
                "{expected} in\n{text}"
            );
        }
    }
}
