//! Connections: HTTP/1.1 and HTTP/2 in clear text on one port, with bounds on how many there are, on
//! how long a head may be and on how slowly it may come.

use crate::state::limits::Limits;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::Service;

/// How long requests under way may take to end once the service stops.
pub const DRAIN: Duration = Duration::from_secs(20);
/// How an HTTP/2 connection begins (RFC 9113 §3.4).
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Between two looks at a preface that comes in pieces.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// After an accept that failed: no file descriptors left, usually.
const PAUSE: Duration = Duration::from_millis(50);
/// Beyond the bounds that have words of their own, up to which a head is read to be refused.
const HEAD_MARGIN: usize = 16 * 1024;
/// Requests at once on one HTTP/2 connection.
const STREAMS: u32 = 200;

/// Takes connections until `stop`, then lets those that are open end (20 s at most).
pub async fn run<S>(
    listener: TcpListener,
    service: S,
    limits: &Limits,
    stop: impl Future<Output = ()>,
) where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    let patience = Duration::from_secs(limits.header_timeout_s.max(1));
    let builders = [builder(limits).http1_only(), builder(limits).http2_only()];
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(limits.connections.max(1)));
    tokio::pin!(stop);
    loop {
        let taken = async {
            // Never closed; without room, the others wait in the system's queue.
            let permit = Arc::clone(&room).acquire_owned().await.ok();
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            taken = taken => taken,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (service, builders, watcher) = (service.clone(), builders.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _permit = permit;
            // Answers are written whole: nothing is gained by waiting for more.
            _ = stream.set_nodelay(true);
            let version = tokio::time::timeout(patience, speaks_http2(&stream)).await;
            let Ok(Some(http2)) = version else { return };
            let service = service_fn(move |mut request: hyper::Request<Incoming>| {
                request.extensions_mut().insert(ConnectInfo(peer));
                // A router is always ready, and so is what stands before it.
                service.clone().call(request.map(Body::new))
            });
            let builder = &builders[usize::from(http2)];
            let connection = builder.serve_connection(TokioIo::new(stream), service);
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(error, "a connection broke off");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end within {} s", DRAIN.as_secs());
    }
}

fn builder(limits: &Limits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    let head = limits.url_bytes + limits.header_bytes + HEAD_MARGIN;
    let patience = Duration::from_secs(limits.header_timeout_s.max(1));
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(head);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(head).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS)
        .keep_alive_interval(patience)
        .keep_alive_timeout(patience);
    builder
}

/// Looks at the first bytes without taking them; `None` when the client left.
async fn speaks_http2(stream: &TcpStream) -> Option<bool> {
    let mut first = [0; PREFACE.len()];
    loop {
        let length = stream
            .peek(&mut first)
            .await
            .ok()
            .filter(|&length| length > 0)?;
        if !PREFACE.starts_with(&first[..length]) {
            return Some(false);
        }
        if length == PREFACE.len() {
            return Some(true);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
