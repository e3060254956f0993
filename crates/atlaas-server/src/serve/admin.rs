//! `/metrics`: what operators watch, on a listener of its own.

use crate::state::app::{App, AppState};
use crate::state::metrics::{head, line};
use atlaas_engine::CacheUse;
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

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
