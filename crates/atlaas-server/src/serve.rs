//! Runs the router on a listener: SIGTERM and SIGINT drain, SIGHUP reloads.

use crate::app::AppState;
use crate::quick::Quick;
use crate::router::router;
use crate::{connections, metrics};
use std::future::Future;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Serves until SIGTERM or SIGINT, then lets requests under way end (20 s at most).
pub async fn serve(listener: TcpListener, app: AppState) -> std::io::Result<()> {
    let stop = stop_signal()?;
    let reload = tokio::spawn(reload_on_hangup(Arc::clone(&app))?);
    let stopping = async move {
        stop.await;
        tracing::info!("stopping: requests under way may end");
    };
    let service = Quick::new(Arc::clone(&app), router(Arc::clone(&app)));
    connections::run(listener, service, &app.limits, stopping).await;
    reload.abort();
    Ok(())
}

/// Serves `/metrics` until the process ends: on a listener of its own, for operators only.
pub async fn serve_admin(listener: TcpListener, app: AppState) -> std::io::Result<()> {
    axum::serve(listener, metrics::show::admin(app)).await
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
            let app = Arc::clone(&app);
            let outcome = tokio::task::spawn_blocking(move || app.reload()).await;
            match outcome {
                Ok(Ok(snapshot)) => tracing::info!(id = snapshot.id(), "snapshot reloaded"),
                Ok(Err(error)) => tracing::error!(%error, "reload failed: the old snapshot stays"),
                Err(error) => tracing::error!(%error, "reload failed: the old snapshot stays"),
            }
        }
    })
}
