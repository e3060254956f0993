//! Clients that ask and do not read, ask for nothing, or say what they must not: none takes the service
//! down, none takes another's place, and a slow one that reads is let be.
//!
//! 1. what unread answers keep is bounded for all and for one connection, on both versions of HTTP;
//! 2. an answer that nobody reads is cut, one that is read slowly is not;
//! 3. connections are bounded for one client and for all, the one idle longest making room;
//! 4. exports that nobody reads make room for others, and one client has no more than its share;
//! 5. a request of HTTP/1.1 names one sound host, and its chunks are chunks;
//! 6. who runs it is told: of connections that were cut, of an address that nobody gave.

use crate::demonstration::{directory, serve_within};
use crate::process::{Server, index_of, sample};
use crate::socket::{exchange, get, listen};
use atlaas_server::{AppState, Limits, PublicAddress};
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::client::conn::http2::{Builder, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// The heaviest tile of the demonstration, and an export.
const TILE: &str = "/tiles/atlaas/5/16/11.mvt";
const EXPORT: &str = "/api/v1/fiches.csv?type=initiative";

/// An HTTP/2 client that lets nothing through: its streams have no window.
async fn shut(address: SocketAddr) -> SendRequest<Body> {
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (client, connection) = Builder::new(TokioExecutor::new())
        .initial_stream_window_size(0)
        .handshake(stream)
        .await
        .unwrap();
    tokio::spawn(connection);
    client
}

async fn ask(
    client: &mut SendRequest<Body>,
    path: &str,
) -> hyper::Result<hyper::Response<Incoming>> {
    let request = Request::get(format!("http://a.test{path}"));
    client
        .send_request(request.body(Body::empty()).unwrap())
        .await
}

/// A client of HTTP/1.1 with little room of its own, which has asked and reads only when told.
async fn asked(address: SocketAddr, path: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: a.test\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_cut(app: &AppState) -> u64 {
    app.connections
        .ended()
        .find(|(reason, _)| *reason == "unread")
        .unwrap()
        .1
}

#[tokio::test(flavor = "multi_thread")]
async fn what_unread_answers_keep_is_bounded_and_given_back() {
    let (address, app) = listen(Limits {
        unread_bytes: 4 << 20,
        connection_unread_bytes: 1 << 20,
        ..Limits::default()
    })
    .await;
    let (mut clients, mut held, mut refused) = (Vec::new(), Vec::new(), 0);
    for _ in 0..10 {
        let mut client = shut(address).await;
        for path in [TILE, "/api/v1/fiches?limit=100", "/", "/regions"]
            .iter()
            .cycle()
            .take(90)
        {
            let answer = ask(&mut client, path).await.unwrap();
            refused += usize::from(answer.status() == 503);
            held.push(answer);
        }
        clients.push(client);
        assert!(
            app.unread.used() <= (4 << 20) + (4 << 16),
            "{}",
            app.unread.used()
        );
    }
    assert!(refused > 0 && app.unread.refused() > 0);
    // Someone else is refused at worst for as long as it takes to make room.
    until("room is made", || app.unread.used() < 3 << 20).await;
    assert_eq!(get(address, "/regions").await.0, 200);
    drop((clients, held));
    until("all is given back", || app.unread.used() == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_reads_is_cut_and_one_that_is_read_slowly_is_not() {
    let (address, app) = listen(Limits {
        write_timeout_s: 2,
        ..Limits::default()
    })
    .await;
    let mut slow = asked(address, EXPORT).await;
    let silent = asked(address, EXPORT).await;
    let mut streams = shut(address).await;
    let unread = ask(&mut streams, EXPORT).await.unwrap();
    let start = Instant::now();
    let mut piece = [0; 1024];
    let mut read = 0;
    while is_cut(&app) < 2 || start.elapsed() < Duration::from_secs(5) {
        read += slow.read(&mut piece).await.expect("it reads, slowly");
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{} cut",
            is_cut(&app)
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(read > 20_000, "{read}");
    assert_eq!(is_cut(&app), 2);
    drop((silent, unread, streams));
    // The slow one still gets the rest, whole.
    let mut rest = Vec::new();
    let whole = async {
        while !rest.ends_with(b"\r\n0\r\n\r\n") {
            let read = slow.read_buf(&mut rest).await.unwrap();
            assert!(read > 0, "cut short");
        }
    };
    tokio::time::timeout(Duration::from_secs(30), whole)
        .await
        .unwrap();
}

/// A client that has asked for more mapped bytes than the system keeps, one answer after the other.
async fn asked_for_much(address: SocketAddr) -> TcpStream {
    let request = format!("GET {TILE} HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");
    let once = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    let (status, head, body) = exchange(address, once.as_bytes()).await;
    assert!(
        status == 200 && head.contains("content-encoding: gzip"),
        "{head}"
    );
    let times = (4 << 20) / body.len() + 1;
    let mut stream = asked(address, "/health/livez").await;
    stream
        .write_all(request.repeat(times).as_bytes())
        .await
        .unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn mapped_bytes_that_nobody_reads_are_cut_and_those_that_are_read_slowly_are_not() {
    let (address, app) = listen(Limits {
        write_timeout_s: 2,
        ..Limits::default()
    })
    .await;
    let mut slow = asked_for_much(address).await;
    let silent = asked_for_much(address).await;
    let start = Instant::now();
    let mut piece = [0; 1024];
    while is_cut(&app) < 1 || start.elapsed() < Duration::from_secs(5) {
        assert!(slow.read(&mut piece).await.expect("it reads, slowly") > 0);
        assert!(start.elapsed() < Duration::from_secs(20), "nobody is cut");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!((is_cut(&app), app.unread.used()), (1, 0));
    drop((silent, slow));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_with_mapped_bytes_on_their_way_is_not_idle_until_they_are_gone() {
    let (address, app) = listen(Limits {
        client_connections: 1,
        ..Limits::default()
    })
    .await;
    let mut slow = asked_for_much(address).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(app.unread.used(), 0, "nothing of ours is kept");
    assert_eq!(get(address, "/regions").await.0, 0, "nobody is idle");
    let mut piece = vec![0; 1 << 16];
    let patience = Duration::from_secs(2);
    while let Ok(size) = tokio::time::timeout(patience, slow.read(&mut piece)).await {
        assert!(size.unwrap() > 0, "cut short");
    }
    // It has read all, and makes room.
    assert_eq!(get(address, "/regions").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_connection_idle_longest_makes_room_and_the_busy_keep_theirs() {
    let (address, app) = listen(Limits {
        client_connections: 3,
        ..Limits::default()
    })
    .await;
    let mut idle = TcpStream::connect(address).await.unwrap();
    let busy = [asked(address, EXPORT).await, asked(address, EXPORT).await];
    until("two are busy", || {
        app.unread.used() > 0 && app.connections.count_open() == 3
    })
    .await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(get(address, "/regions").await.0, 200);
    assert_eq!(
        idle.read(&mut [0; 9]).await.unwrap_or(0),
        0,
        "it was closed"
    );
    let third = asked(address, EXPORT).await;
    until("a third is busy", || app.connections.count_open() == 3).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(get(address, "/regions").await.0, 0, "nobody is idle");
    // Another client is none the worse.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let mut other = socket.connect(address).await.unwrap();
    let request = "GET /regions HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
    other.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    drop((busy, third));
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_that_nobody_reads_make_room_and_one_client_has_its_share() {
    let (address, _) = listen(Limits {
        exports_at_once: 3,
        client_exports: 2,
        ..Limits::default()
    })
    .await;
    let mut silent = vec![asked(address, EXPORT).await, asked(address, EXPORT).await];
    for stream in &mut silent {
        let mut first = [0; 15];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200 OK");
    }
    assert_eq!(get(address, EXPORT).await.0, 503, "its share is used up");
    for n in [2, 3, 4] {
        let socket = TcpSocket::new_v4().unwrap();
        socket
            .bind(format!("127.0.0.{n}:0").parse().unwrap())
            .unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let mut other = socket.connect(address).await.unwrap();
        let request = format!("GET {EXPORT} HTTP/1.1\r\nHost: a.test\r\n\r\n");
        other.write_all(request.as_bytes()).await.unwrap();
        let mut first = [0; 12];
        other.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200", "{n}");
        silent.push(other);
        // Until the first has been silent for long enough to lose its place to the next.
        tokio::time::sleep(Duration::from_secs(if n == 2 { 8 } else { 0 })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_without_room_for_its_compressor_is_refused_and_gives_its_place_back() {
    let (address, app) = listen(Limits {
        exports_at_once: 1,
        unread_bytes: 2 << 20,
        ..Limits::default()
    })
    .await;
    for _ in 0..20 {
        let request = format!("GET {EXPORT} HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: br\r\n");
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("{request}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer).to_ascii_lowercase();
        assert!(answer.starts_with("http/1.1 503"), "{answer}");
        // No room for it, rather than no place among the exports.
        assert!(answer.contains("retry-after: 2\r\n"), "{answer}");
    }
    assert_eq!(app.unread.used(), 0);
    assert_eq!(
        get(address, EXPORT).await.0,
        200,
        "what keeps little has room"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_names_one_sound_host_and_its_chunks_are_chunks() {
    let (address, _) = listen(Limits::default()).await;
    for (head, expected) in [
        ("HTTP/1.1\r\nHost: a.test", 200),
        ("HTTP/1.1\r\nHost: [::1]:80", 200),
        ("HTTP/1.0", 200),
        ("HTTP/1.1", 400),
        ("HTTP/1.1\r\nHost: a.test\r\nHost: a.test", 400),
        ("HTTP/1.1\r\nHost: [::1", 400),
        ("HTTP/1.1\r\nHost: :", 400),
        ("HTTP/1.1\r\nHost: ..", 400),
        ("HTTP/1.1\r\nHost: a b", 400),
        ("HTTP/1.1\r\nHost:", 400),
    ] {
        for path in ["/regions", "/tiles/territoires/0/0/0.mvt"] {
            let sent = format!("GET {path} {head}\r\nConnection: close\r\n\r\n");
            let (status, answered, _) = exchange(address, sent.as_bytes()).await;
            assert_eq!(status, expected, "{path} {head}");
            assert!(
                answered.contains("x-content-type-options: nosniff"),
                "{answered}"
            );
        }
    }
    for chunk in [
        "x\r\n",
        "5\r\nab",
        "5\r\nhello0\r\n\r\n",
        "-1\r\n\r\n",
        "99999999999999999999\r\n",
    ] {
        let sent = format!(
            "GET /regions HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}"
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = String::new();
        _ = stream.read_to_string(&mut answer).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{chunk:?}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_shared_cache_may_keep_repeats_the_host_that_a_client_sent() {
    let (address, _) = listen(Limits::default()).await;
    let public = PublicAddress::new(Some("https://carte.example.fr"), false).unwrap();
    let told = serve_within(directory(), Limits::default(), public);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let told_address = listener.local_addr().unwrap();
    tokio::spawn(atlaas_server::serve(listener, Arc::clone(&told)));
    for path in [
        "/",
        "/api/v1/fiches?q=wifi",
        "/api/v1/fiches.atom?q=wifi",
        "/api/v1/fiches.csv?q=wifi",
        "/regions",
        "/tiles/atlaas.json",
        "/styles/clair.json",
        "/ogc/collections",
        "/openapi.json",
        "/sitemap.xml",
        "/robots.txt",
        "/docs",
        "/integrer",
        "/embed",
        "/exemples",
        TILE,
    ] {
        for (address, claimed) in [(address, true), (told_address, false)] {
            let sent = format!(
                "GET {path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n"
            );
            let (status, head, body) = exchange(address, sent.as_bytes()).await;
            assert_eq!(status, 200, "{path}");
            let body = String::from_utf8_lossy(&body);
            if head.contains("evil.example") || body.contains("evil.example") {
                assert!(claimed, "{path} repeats it although the address is told");
                assert!(head.contains("cache-control: private"), "{path}: {head}");
            }
        }
    }
}

#[test]
fn a_public_address_that_is_missing_and_connections_that_are_cut_are_lines_of_the_log() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("snapshots");
    assert!(index_of(&sample(), &out).status.success());
    let settings = place.path().join("atlaas.toml");
    std::fs::write(&settings, "[limits]\nconnections = 1\n").unwrap();
    let served = |log: &std::path::Path, more: &[&str]| {
        let file = std::fs::File::create(log).unwrap();
        let more = [&["--config", settings.to_str().unwrap()], more].concat();
        Server::start_logging(&out, &more, file.into())
    };
    let (one, other) = (place.path().join("one"), place.path().join("other"));
    let server = served(&one, &[]);
    let told = served(&other, &["--public-url", "https://carte.example.fr"]);
    let idle: Vec<_> = (0..5)
        .map(|_| {
            std::thread::sleep(Duration::from_millis(200));
            std::net::TcpStream::connect(&server.address).unwrap()
        })
        .collect();
    let log = |path| std::fs::read_to_string(path).unwrap();
    let start = Instant::now();
    while !log(&one).contains("connections were cut or refused") {
        assert!(start.elapsed() < Duration::from_secs(30), "{}", log(&one));
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(log(&one).contains("WARN no public_url"), "{}", log(&one));
    assert!(!log(&other).contains("WARN"), "{}", log(&other));
    drop((idle, told));
}
