//! Over a real socket: both versions of HTTP, and every bound refusing with its own status.
//!
//! | bound | setting of `[limits]` | answer |
//! |---|---|---|
//! | address | `url_bytes` | 414 |
//! | headers | `header_bytes` | 431 |
//! | body | `body_bytes` | 413 |
//! | one client | `client_per_second`, `client_burst` | 429, Retry-After |
//! | heavy work waiting | `heavy_at_once`, `heavy_waiting` | 503, Retry-After |
//! | exports under way | `exports_at_once` | 503, Retry-After |
//! | time to begin | `request_timeout_s` | 503, Retry-After |
//! | time to ask | `header_timeout_s` | closed |
//! | connections | `connections`, `client_connections` | the one idle longest is closed |
//! | answers not read | `unread_bytes`, `connection_unread_bytes` | 503, Retry-After |
//! | time to read | `write_timeout_s` | closed |

use crate::demonstration::{directory, serve_within};
use atlaas_server::{App, AppState, Limits, PublicAddress};
use axum::body::Body;
use axum::http::{Request, Version};
use http_body_util::BodyExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Serves within bounds on a port of its own.
pub async fn listen(limits: Limits) -> (SocketAddr, AppState) {
    let app = serve_within(directory(), limits, PublicAddress::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(atlaas_server::serve(listener, Arc::clone(&app)));
    (address, app)
}

/// Sends bytes, reads to the end: status, head with lower-case names, body.
pub async fn exchange(address: SocketAddr, sent: &[u8]) -> (u16, String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The service may refuse and close before it has read everything.
    _ = stream.write_all(sent).await;
    let mut answer = Vec::new();
    _ = stream.read_to_end(&mut answer).await;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or(answer.len());
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    let body = answer.get(end + 4..).unwrap_or_default().to_vec();
    (status.unwrap_or(0), head, body)
}

/// `GET path`, read to the end.
pub async fn get(address: SocketAddr, path: &str) -> (u16, String, Vec<u8>) {
    let sent = format!("GET {path} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
    exchange(address, sent.as_bytes()).await
}

/// A refusal: RFC 9457, with the seconds to wait where waiting helps.
fn assert_refused(answer: &(u16, String, Vec<u8>), status: u16, waits: bool) {
    let (found, head, body) = answer;
    assert_eq!(*found, status, "{head}");
    assert!(
        head.contains("content-type: application/problem+json"),
        "{head}"
    );
    assert!(head.contains("access-control-allow-origin: *"), "{head}");
    assert_eq!(head.contains("retry-after: "), waits, "{head}");
    let text = String::from_utf8_lossy(body);
    assert!(text.contains(&format!("\"status\":{status}")), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn http_1_1_keeps_a_connection_and_http_2_needs_no_upgrade() {
    let (address, _) = listen(Limits::default()).await;
    let twice = "GET /health/livez HTTP/1.1\r\nHost: a.test\r\n\r\nGET /regions HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
    let (status, _, body) = exchange(address, twice.as_bytes()).await;
    assert_eq!(status, 200);
    let rest = String::from_utf8_lossy(&body);
    assert!(
        rest.contains("HTTP/1.1 200 OK") && rest.contains("Bretagne"),
        "{rest}"
    );

    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut client, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), stream)
            .await
            .unwrap();
    tokio::spawn(connection);
    for path in [
        "/tiles/territoires/5/16/11.mvt",
        "/regions",
        "/api/v1/fiches.csv?type=region",
    ] {
        let request = Request::get(format!("http://a.test{path}"))
            .body(Body::empty())
            .unwrap();
        let answer = client.send_request(request).await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.version()),
            (200, Version::HTTP_2),
            "{path}"
        );
        assert!(
            !answer
                .into_body()
                .collect()
                .await
                .unwrap()
                .to_bytes()
                .is_empty()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_is_refused_by_name() {
    let limits = Limits {
        url_bytes: 300,
        header_bytes: 400,
        body_bytes: 10,
        ..Limits::default()
    };
    let (address, _) = listen(limits).await;
    assert_refused(
        &get(address, &format!("/communes?nom={}", "a".repeat(300))).await,
        414,
        false,
    );
    let request = |line: &str, body: &str| {
        format!(
            "GET /regions HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n{line}\r\n\r\n{body}"
        )
    };
    let long = request(&format!("X-Long: {}", "a".repeat(500)), "");
    assert_refused(&exchange(address, long.as_bytes()).await, 431, false);
    let body = request("Content-Length: 11", "hello world");
    assert_refused(&exchange(address, body.as_bytes()).await, 413, false);
    let chunked = request(
        "Transfer-Encoding: chunked",
        "b\r\nhello world\r\n0\r\n\r\n",
    );
    assert_refused(&exchange(address, chunked.as_bytes()).await, 413, false);
    let short = request("Content-Length: 5", "hello");
    assert_eq!(exchange(address, short.as_bytes()).await.0, 200);
    // Far beyond, before there is a request to speak of: refused without words.
    let endless = request(&format!("X-Long: {}", "a".repeat(100_000)), "");
    assert_eq!(exchange(address, endless.as_bytes()).await.0, 431);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_asks_too_often_waits_and_health_is_never_refused() {
    let limits = Limits {
        client_per_second: 1,
        client_burst: 2,
        ..Limits::default()
    };
    let (address, _) = listen(limits).await;
    for _ in 0..2 {
        assert_eq!(get(address, "/regions").await.0, 200);
    }
    assert_refused(&get(address, "/regions").await, 429, true);
    assert_eq!(get(address, "/health/readyz").await.0, 200);
}

/// Takes the only turn of the service until told.
async fn occupy(app: &AppState) -> mpsc::Sender<()> {
    let (release, released) = mpsc::channel::<()>();
    let (begin, begun) = tokio::sync::oneshot::channel();
    let app = Arc::clone(app);
    tokio::spawn(async move {
        let work = move || {
            _ = begin.send(());
            _ = released.recv();
            Ok(())
        };
        App::heavy(&app, work).await
    });
    begun.await.unwrap();
    release
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_turn_searches_are_refused_or_late_while_tiles_are_served() {
    let limits = Limits {
        heavy_at_once: 1,
        heavy_waiting: 0,
        ..Limits::default()
    };
    let (address, app) = listen(limits).await;
    let release = occupy(&app).await;
    assert_refused(&get(address, "/api/v1/fiches?q=wifi").await, 503, true);
    assert_eq!(get(address, "/tiles/territoires/5/16/11.mvt").await.0, 200);
    drop(release);

    let limits = Limits {
        heavy_at_once: 1,
        request_timeout_s: 1,
        ..Limits::default()
    };
    let (address, app) = listen(limits).await;
    let release = occupy(&app).await;
    assert_refused(&get(address, "/api/v1/fiches?q=wifi").await, 503, true);
    drop(release);
    assert_eq!(get(address, "/api/v1/fiches?q=wifi").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_exports_that_may_be_under_way_the_next_comes_back_later() {
    let (address, _) = listen(Limits {
        exports_at_once: 1,
        ..Limits::default()
    })
    .await;
    // A client that takes the head and leaves ten megabytes lying.
    let mut slow = TcpStream::connect(address).await.unwrap();
    let export = "/api/v1/fiches.csv?type=initiative";
    slow.write_all(format!("GET {export} HTTP/1.1\r\nHost: a.test\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut first = [0; 15];
    slow.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    assert_refused(&get(address, export).await, 503, true);
    // A client that leaves frees its place.
    drop(slow);
    let mut status = 503;
    for _ in 0..200 {
        status = get(address, export).await.0;
        if status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_ask_is_not_waited_for() {
    let (address, _) = listen(Limits {
        header_timeout_s: 1,
        ..Limits::default()
    })
    .await;
    for begun in ["", "PRI *", "GET /regions HTTP/1.1\r\nHost:"] {
        let (status, ..) = exchange(address, begun.as_bytes()).await;
        assert!([0, 408].contains(&status), "{begun:?}: {status}");
    }
}
