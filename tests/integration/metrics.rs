//! `/metrics` on the operators' listener: names that dashboards rely on, in both forms, each read by a
//! program of others.

use crate::demonstration::{directory, serve_within};
use crate::tools;
use atlaas_server::{Limits, PublicAddress, Quick, router};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HOST};
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::TokioIo;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

const OPEN_METRICS: &str = "application/openmetrics-text;version=1.0.0";

/// Asks a service a few things, then its operators' listener once for each `Accept`.
async fn ask(accepts: &[&str]) -> Vec<(String, String)> {
    let app = serve_within(directory(), Limits::default(), PublicAddress::default());
    let service = Quick::new(Arc::clone(&app), router(Arc::clone(&app)));
    for path in [
        "/tiles/territoires/5/16/11.mvt",
        "/tiles/territoires/5/16/11.mvt",
        "/tiles/initiatives/6/32/22.mvt?enjeu=education",
        "/api/v1/fiches?q=fablab",
        "/nulle-part",
    ] {
        let request = Request::get(path).header(HOST, "a.test");
        let request = request.body(Body::empty()).unwrap();
        let answer = service.clone().oneshot(request).await.unwrap();
        answer.into_body().collect().await.unwrap();
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let admin = tokio::spawn(atlaas_server::serve_admin(listener, app));
    let mut answers = Vec::new();
    for accept in accepts {
        let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
        let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
        tokio::spawn(connection);
        let request = Request::get("/metrics")
            .header(HOST, "a.test")
            .header(ACCEPT, *accept)
            .body(Empty::<&[u8]>::new())
            .unwrap();
        let answer = sender.send_request(request).await.unwrap();
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()[CONTENT_TYPE].to_str().unwrap().to_owned();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        answers.push((kind, String::from_utf8(body.to_vec()).unwrap()));
    }
    admin.abort();
    answers
}

/// What a program says of a text on its standard input.
fn judged(command: &mut Command, text: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(text.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_names_and_kinds_of_metrics_stay() {
    let [(kind, text), (open_kind, open)] = ask(&["*/*", OPEN_METRICS]).await.try_into().unwrap();
    assert_eq!(kind, "text/plain; version=0.0.4; charset=utf-8");
    assert!(open_kind.starts_with("application/openmetrics-text; version=1.0.0"));
    let types: Vec<&str> = text
        .lines()
        .filter_map(|l| l.strip_prefix("# TYPE "))
        .collect();
    assert_eq!(
        types,
        [
            "atlaas_http_requests_total counter",
            "atlaas_http_request_seconds histogram",
            "atlaas_http_requests_under_way gauge",
            "atlaas_snapshot_info gauge",
            "atlaas_snapshot_age_seconds gauge",
            "atlaas_fiches gauge",
            "atlaas_snapshots_refused gauge",
            "atlaas_snapshot_refused_info gauge",
            "atlaas_reloads_total counter",
            "atlaas_damaged_tiles_total counter",
            "atlaas_connections_open gauge",
            "atlaas_connections_ended_total counter",
            "atlaas_unread_bytes gauge",
            "atlaas_unread_refused_total counter",
            "atlaas_filter_cache_hits_total counter",
            "atlaas_filter_cache_misses_total counter",
            "atlaas_filter_cache_entries gauge",
            "atlaas_filter_cache_bytes gauge",
            "process_resident_memory_bytes gauge",
        ]
    );
    let tiles = "route=\"/tiles/{tileset}/{z}/{x}/{y}\"";
    for text in [&text, &open] {
        for line in [
            &format!("atlaas_http_requests_total{{{tiles},status=\"200\"}} 3"),
            "atlaas_http_requests_total{route=\"aucune\",status=\"404\"} 1",
            &format!("atlaas_http_request_seconds_count{{{tiles}}} 3"),
            "atlaas_http_requests_under_way 0",
            "atlaas_fiches{type=\"commune\"} 34969",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} in\n{text}");
        }
        // The two forms put `le` at different ends of the labels.
        let last_bucket = |line: &str| {
            let within = [tiles, "le=\"+Inf\"", "_seconds_bucket{"];
            within.iter().all(|part| line.contains(part)) && line.ends_with("} 3")
        };
        assert!(text.lines().any(last_bucket), "{text}");
        for (start, end) in [
            ("atlaas_snapshot_info{id=\"", "\"} 1"),
            ("atlaas_filter_cache_misses_total ", ""),
            ("process_resident_memory_bytes ", ""),
        ] {
            let there = |line: &str| line.starts_with(start) && line.ends_with(end);
            assert!(text.lines().any(there), "{start}…{end} in\n{text}");
        }
        assert!(
            !text.contains("atlaas_filter_cache_misses_total 0"),
            "{text}"
        );
    }
    assert!(open.ends_with("\n# EOF\n") && !text.contains("# EOF"));
}

#[tokio::test(flavor = "multi_thread")]
async fn promtool_finds_nothing_to_say() {
    if !tools::has("promtool", "--version") {
        return;
    }
    let [(_, text)] = ask(&["text/plain"]).await.try_into().unwrap();
    let check = |text: &str| judged(Command::new("promtool").args(["check", "metrics"]), text);
    let output = check(&text);
    assert_eq!(tools::printed(&output), "");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = check(&text.replace("_total counter", "_total gauge"));
    assert!(!output.status.success(), "it looks at what it is given");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parser_of_open_metrics_reads_the_other_form() {
    if !tools::python_has("prometheus_client") {
        return;
    }
    let [(_, text)] = ask(&[OPEN_METRICS]).await.try_into().unwrap();
    let program = "import sys\n\
        from prometheus_client.openmetrics.parser import text_string_to_metric_families as read\n\
        print(*(f'{family.name}:{family.type}' for family in read(sys.stdin.read())))";
    let output = judged(tools::python().args(["-c", program]), &text);
    let families = tools::printed(&output);
    let expected = "atlaas_http_requests:counter atlaas_http_request_seconds:histogram \
        atlaas_http_requests_under_way:gauge atlaas_snapshot:info \
        atlaas_snapshot_age_seconds:gauge atlaas_fiches:gauge atlaas_snapshots_refused:gauge \
         atlaas_snapshot_refused:info \
         atlaas_reloads:counter \
         atlaas_damaged_tiles:counter \
         atlaas_connections_open:gauge \
         atlaas_connections_ended:counter \
         atlaas_unread_bytes:gauge \
         atlaas_unread_refused:counter \
atlaas_filter_cache_hits:counter \
        atlaas_filter_cache_misses:counter atlaas_filter_cache_entries:gauge \
        atlaas_filter_cache_bytes:gauge process_resident_memory_bytes:gauge";
    assert_eq!(families.trim(), expected);
}
