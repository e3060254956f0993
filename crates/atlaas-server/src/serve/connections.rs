//! Connections: HTTP/1.1 and HTTP/2 in clear text on one port, with bounds on how many there are, on
//! how long a head may be, on how slowly it may come and on how slowly an answer may be read.

use crate::clients::open_connections::{ConnectionPlace, OpenConnections};
use crate::serve::watch::Watch;
use crate::serve::watched_stream::WatchedStream;
use crate::state::app::App;
use crate::state::limits::Limits;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::Version;
use axum::response::Response;
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tower::Service;

/// How long requests under way may take to end once the service stops.
pub const DRAIN: Duration = Duration::from_secs(20);
/// After an accept that failed: no file descriptors left, usually.
const PAUSE: Duration = Duration::from_millis(50);
/// Beyond the bounds that have words of their own, up to which a head is read to be refused.
const HEAD_MARGIN: usize = 16 * 1024;
/// Bytes of one stream that wait for its connection, beside those in its window.
const STREAM_BUFFER: usize = 64 * 1024;

/// What the system may keep of unread answers for one connection, by how many are open: left to itself it
/// keeps megabytes for each, and when its share of memory runs out it drops what others send.
const KEPT_BY_THE_SYSTEM: [(usize, usize); 3] = [
    (256, 512 * 1024),
    (2_048, 64 * 1024),
    (usize::MAX, 16 * 1024),
];

/// Takes connections until `stop`, then lets those that are open end (20 s at most).
pub async fn run<S>(listener: TcpListener, service: S, app: &App, stop: impl Future<Output = ()>)
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    let builder = builder(&app.limits);
    let graceful = GracefulShutdown::new();
    let open = Arc::clone(&app.connections);
    let watch = Watch::new(Arc::clone(&open), Arc::clone(&app.unread), &app.limits);
    let watch = tokio::spawn(watch.run());
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
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
        let Some(guest) = Guest::admit(&open, stream, peer) else {
            continue;
        };
        let serving = guest.serve(service.clone(), builder.clone(), graceful.watcher());
        tokio::spawn(serving);
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end within {} s", DRAIN.as_secs());
    }
    watch.abort();
}

/// A connection that was let in.
struct Guest {
    place: ConnectionPlace,
    stream: WatchedStream,
    socket: Arc<OwnedWriteHalf>,
    peer: SocketAddr,
}

impl Guest {
    fn admit(open: &Arc<OpenConnections>, stream: TcpStream, peer: SocketAddr) -> Option<Self> {
        // Answers are written whole: nothing is gained by waiting for more.
        _ = stream.set_nodelay(true);
        let (reading, writing) = stream.into_split();
        let socket = Arc::new(writing);
        let place = open.admit(&socket, peer.ip())?;
        keep_little(socket.as_ref().as_ref(), place.among);
        let stream = WatchedStream::new(reading, Arc::clone(&socket), Arc::clone(&place.traffic));
        Some(Self {
            place,
            stream,
            socket,
            peer,
        })
    }

    async fn serve<S>(self, service: S, builder: auto::Builder<TokioExecutor>, watcher: Watcher)
    where
        S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
        S::Future: Send + 'static,
    {
        let Self {
            place,
            stream,
            socket,
            peer,
        } = self;
        let traffic = Arc::clone(&place.traffic);
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            let under_way = traffic.begin();
            let extensions = request.extensions_mut();
            extensions.insert(ConnectInfo(peer));
            extensions.insert(Arc::clone(&traffic));
            let is_http2 = request.version() == Version::HTTP_2;
            // A router is always ready, and so is what stands before it.
            let answer = service.clone().call(request.map(body));
            async move {
                let answer = answer.await;
                // HTTP/2 writes when it will; its answers are all charged.
                if !is_http2 {
                    under_way.answered();
                }
                answer
            }
        });
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        tokio::select! {
            served = watcher.watch(connection.into_owned()) => {
                if let Err(error) = served {
                    tracing::debug!(error, "a connection broke off");
                }
            }
            () = place.traffic.cut.notified() => give_up(socket.as_ref().as_ref()),
        }
    }
}

/// The body of a request; of one without, which most are, nothing is kept.
fn body(body: Incoming) -> Body {
    if body.is_end_stream() {
        Body::empty()
    } else {
        Body::new(body)
    }
}

/// Bounds what the system keeps of answers that nobody reads.
fn keep_little(socket: &TcpStream, open: usize) {
    let bound = KEPT_BY_THE_SYSTEM.iter().find(|(most, _)| open <= *most);
    let Some(&(_, bytes)) = bound else { return };
    if let Err(error) = socket2::SockRef::from(socket).set_send_buffer_size(bytes) {
        tracing::debug!(%error, "the system's buffer could not be bounded");
    }
}

/// Nobody reads what could still be said: the system forgets it at once, instead of offering it for minutes.
fn give_up(socket: &TcpStream) {
    if let Err(error) = socket2::SockRef::from(socket).set_linger(Some(Duration::ZERO)) {
        tracing::debug!(%error, "a connection that was cut lingers");
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
        .max_concurrent_streams(limits.streams_at_once.max(1))
        .max_send_buf_size(STREAM_BUFFER)
        .keep_alive_interval(patience)
        .keep_alive_timeout(patience);
    builder
}
