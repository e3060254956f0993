//! Runs the router on a listener: SIGTERM and SIGINT drain, SIGHUP reloads.
//!
//! The room holds what stands around every answer: connections, bounds, ids, errors, log; and
//! [`router`], the one file that knows every address. Nobody but the crate's root knows this room.

pub mod access_log;
pub mod admin;
pub mod bounds;
pub mod collect;
pub mod connections;
pub mod cors;
pub mod give_back;
pub mod metered;
pub mod quick;
pub mod rendering;
pub mod router;
pub mod surround;
pub mod watch;
pub mod watched_stream;

use crate::serve::quick::Quick;
use crate::serve::router::router;
use crate::state::app::AppState;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// After a reload, until the memory of the snapshot before it is given back.
const LETTING_GO: Duration = Duration::from_secs(2);

/// Serves until SIGTERM or SIGINT, then lets requests under way end (20 s at most).
pub async fn serve(listener: TcpListener, app: AppState) -> std::io::Result<()> {
    let stop = stop_signal()?;
    let reload = tokio::spawn(reload_on_hangup(Arc::clone(&app))?);
    let stopping = async move {
        stop.await;
        tracing::info!("stopping: requests under way may end");
    };
    let service = Quick::new(Arc::clone(&app), router(Arc::clone(&app)));
    connections::run(listener, service, &app, stopping).await;
    reload.abort();
    Ok(())
}

/// Serves `/metrics` until the process ends: on a listener of its own, for operators only.
pub async fn serve_admin(listener: TcpListener, app: AppState) -> std::io::Result<()> {
    axum::serve(listener, admin::admin(app)).await
}

fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn reload_on_hangup(app: AppState) -> std::io::Result<impl Future<Output = ()> + Send> {
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        while hangup.recv().await.is_some() {
            // Its name alone: what is open must be free to go before its memory is given back.
            let (app, open) = (Arc::clone(&app), app.snapshot().id().to_owned());
            let outcome = tokio::task::spawn_blocking(move || app.reload()).await;
            match outcome {
                Ok(Ok(snapshot)) => {
                    tracing::info!(id = snapshot.id(), "snapshot reloaded");
                    drop(snapshot);
                    // Requests under way may hold the old one a little longer.
                    tokio::time::sleep(LETTING_GO).await;
                    _ = tokio::task::spawn_blocking(give_back::to_the_system).await;
                }
                Ok(Err(refusal)) => tracing::error!(
                    refused = refusal.name,
                    reason = refusal.reason,
                    open,
                    "newest snapshot refused: what is open stays open"
                ),
                Err(error) => tracing::error!(
                    %error,
                    open,
                    "reload failed: what is open stays open"
                ),
            }
        }
    })
}
