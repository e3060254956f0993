//! The short way to prebuilt tiles answers like the router, to the byte.

use crate::demonstration::app;
use atlaas_server::{Quick, router};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use std::sync::Arc;
use tower::ServiceExt;

type Answer = (StatusCode, HeaderMap, Vec<u8>);

async fn ask(quick: bool, request: &Request<()>) -> Answer {
    let app = app();
    let mut whole = Request::new(Body::empty());
    *whole.uri_mut() = request.uri().clone();
    *whole.method_mut() = request.method().clone();
    *whole.headers_mut() = request.headers().clone();
    let response = if quick {
        let service = Quick::new(Arc::clone(&app), router(app));
        service.oneshot(whole).await.unwrap()
    } else {
        router(app).oneshot(whole).await.unwrap()
    };
    let (parts, body) = response.into_parts();
    let mut headers = parts.headers;
    // One differs by design; the other the server of a socket adds to both.
    headers.remove("x-request-id");
    headers.remove("content-length");
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    (parts.status, headers, body)
}

fn request(method: &Method, path: &str, headers: &[(&str, &str)]) -> Request<()> {
    let mut request = Request::builder().method(method).uri(path);
    request = request.header("host", "atlaas.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap()
}

#[tokio::test]
async fn prebuilt_tiles_are_the_same_with_and_without_the_router() {
    let id = app().snapshot().id().to_owned();
    let paths = [
        "/tiles/territoires/6/32/22.mvt".to_owned(),
        "/tiles/territoires/6/32/22.pbf".to_owned(),
        "/tiles/initiatives/0/0/0.mvt".to_owned(),
        format!("/tiles/atlaas/8/129/88.mvt?v={id}"),
        "/tiles/atlaas/8/129/88.mvt?v=another".to_owned(),
        "/tiles/territoires/6/10/22.mvt".to_owned(),
        "/tiles/territoires/13/0/0.mvt".to_owned(),
        "/tiles/atlaas/14/8298/5640.mvt".to_owned(),
        "/tiles/territoires/6/32/64.mvt".to_owned(),
        "/tiles/inconnu/6/32/22.mvt".to_owned(),
        "/tiles/territoires/6/32/22/1.mvt".to_owned(),
        "/tiles/initiatives/6/32/22.mvt?enjeu=education".to_owned(),
        "/tiles/initiatives/6/32/22.mvt?enjeux=education".to_owned(),
        "/tiles/%74erritoires/6/32/22.mvt".to_owned(),
    ];
    let codings = ["gzip", "identity", "gzip;q=0, identity", "br"];
    let mut compared = 0;
    for path in &paths {
        for coding in codings {
            for method in [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS] {
                let plain = request(&method, path, &[("accept-encoding", coding)]);
                let routed = ask(false, &plain).await;
                assert_eq!(ask(true, &plain).await, routed, "{method} {path} {coding}");
                let Some(tag) = routed.1.get("etag") else {
                    continue;
                };
                let tag = tag.to_str().unwrap();
                let headers = [("accept-encoding", coding), ("if-none-match", tag)];
                let again = request(&method, path, &headers);
                let routed = ask(false, &again).await;
                assert_eq!(routed.0, StatusCode::NOT_MODIFIED, "{method} {path}");
                assert_eq!(ask(true, &again).await, routed, "{method} {path} {coding}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 50, "{compared} answers bear a tag");
}
