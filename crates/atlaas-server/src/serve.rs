//! Runs the router on a listener: SIGTERM and SIGINT drain, SIGHUP reloads.

use crate::app::AppState;
use crate::metrics;
use crate::quick::Quick;
use crate::router::router;
use axum::ServiceExt;
use axum::extract::Request;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How long requests under way may take to end once the service stops.
const DRAIN: Duration = Duration::from_secs(20);

/// Serves until SIGTERM or SIGINT, then lets requests under way end (20 s at most).
pub async fn serve(listener: TcpListener, app: AppState) -> std::io::Result<()> {
    let stop = stop_signal()?;
    let reload = tokio::spawn(reload_on_hangup(Arc::clone(&app))?);
    let (begin, begun) = tokio::sync::oneshot::channel();
    let stopping = async move {
        stop.await;
        tracing::info!("stopping: requests under way may end");
        // The receiver lives as long as the server does.
        let _ = begin.send(());
    };
    let service = Quick::new(Arc::clone(&app), router(app));
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(service);
    let server = axum::serve(listener, service).with_graceful_shutdown(stopping);
    let deadline = async {
        // An error means that the server ended by itself: then there is nothing to wait for.
        if begun.await.is_ok() {
            tokio::time::sleep(DRAIN).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let result = tokio::select! {
        result = async { server.await } => result,
        () = deadline => {
            tracing::warn!("some requests did not end within {} s", DRAIN.as_secs());
            Ok(())
        }
    };
    reload.abort();
    result
}

/// Serves `/metrics` until the process ends: on a listener of its own, for operators only.
pub async fn serve_admin(listener: TcpListener, app: AppState) -> std::io::Result<()> {
    axum::serve(listener, metrics::admin(app)).await
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
