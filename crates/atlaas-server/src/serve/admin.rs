//! `/metrics`: what operators watch, on a listener of its own.

use crate::state::app::{App, AppState};
use crate::state::metrics::{head, line};
use atlaas_engine::{CacheUse, Snapshot, Tileset};
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
    write_standing(&mut out, app, &snapshot);
    write_clients(&mut out, app);
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

/// Connections and answers that are not read.
fn write_clients(out: &mut String, app: &App) {
    let name = "atlaas_connections_open";
    head(out, name, "gauge", "Connections that are open.");
    line(out, format_args!("{name} {}", app.connections.count_open()));
    let name = "atlaas_connections_ended_total";
    head(
        out,
        name,
        "counter",
        "Connections cut or refused, by reason.",
    );
    for (reason, count) in app.connections.ended() {
        line(out, format_args!("{name}{{reason=\"{reason}\"}} {count}"));
    }
    let name = "atlaas_unread_bytes";
    head(
        out,
        name,
        "gauge",
        "Memory of answers that are not read yet.",
    );
    line(out, format_args!("{name} {}", app.unread.used()));
    let name = "atlaas_unread_refused_total";
    head(out, name, "counter", "Answers refused for want of room.");
    line(out, format_args!("{name} {}", app.unread.refused()));
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
