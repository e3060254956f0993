//! Whether the service lives, and what it serves.
//!
//! Any parameter is tolerated here, unlike everywhere else: probes add some against caches, and a
//! service that works must not be restarted over the spelling of a probe.

use crate::formats::stamp::SnapshotStamp;
use crate::state::app::AppState;
use crate::state::standing::RefusedReload;
use atlaas_engine::JournalGround;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use serde::Serialize;
use std::collections::BTreeMap;

/// Health is never cached.
const NO_STORE: [(HeaderName, &str); 1] = [(CACHE_CONTROL, "no-store")];

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Vivant)]
struct Alive {
    statut: &'static str,
}

/// `GET /health/livez`: the process answers.
#[utoipa::path(
    get,
    path = "/health/livez",
    tag = "État",
    summary = "Le service vit",
    description = "",
    responses((status = 200, body = Alive)),
    extensions(("x-example" = json!("/health/livez")))
)]
pub async fn livez() -> impl axum::response::IntoResponse {
    (NO_STORE, Json(Alive { statut: "ok" }))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Pret)]
struct Ready {
    statut: &'static str,
    snapshot: SnapshotStamp,
    counts: BTreeMap<String, u64>,
    /// Built later than what is open, and damaged; empty when all is well.
    refuses: Vec<RefusedReload>,
    journal: JournalStanding,
}

/// What the journal of changes holds, and what of it could not be read.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = EtatDuJournal)]
struct JournalStanding {
    /// Moment of its first line.
    #[serde(skip_serializing_if = "Option::is_none")]
    debut: Option<String>,
    /// Indexes that changed something.
    passages: usize,
    /// Fiches that came, changed or went.
    changements: usize,
    /// What of the file is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    defaut: Option<String>,
}

impl JournalStanding {
    fn of(ground: &JournalGround) -> Self {
        let runs = ground.runs();
        Self {
            debut: runs.first().map(|run| run.moment.clone()),
            passages: runs.len(),
            changements: ground.len(),
            defaut: ground.damage().map(str::to_owned),
        }
    }
}

/// `GET /health/readyz`: a snapshot is open; which one, how much is in it, and what is not served.
#[utoipa::path(
    get,
    path = "/health/readyz",
    tag = "État",
    summary = "Le service est prêt : instantané, nombres de fiches, instantanés refusés",
    description = "",
    responses((status = 200, body = Ready)),
    extensions(("x-example" = json!("/health/readyz")))
)]
pub async fn readyz(State(app): State<AppState>) -> impl axum::response::IntoResponse {
    let snapshot = app.snapshot();
    let counts = snapshot.manifest().comptes.clone();
    (
        NO_STORE,
        Json(Ready {
            statut: "ok",
            snapshot: SnapshotStamp::of(&snapshot),
            counts,
            refuses: app.standing.refused(),
            journal: JournalStanding::of(snapshot.journal()),
        }),
    )
}
