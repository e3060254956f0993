//! The demonstration snapshot that the tests share, built once a run, and requests to it in process.

use atlaas_engine::Snapshot;
use atlaas_server::{App, AppState, Limits, PublicAddress, Site, router};
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tower::ServiceExt;

/// Seed of the data that every test sees.
pub const SEED: u64 = 1;

/// The directory of the shared snapshot.
pub fn directory() -> &'static Path {
    static DIRECTORY: OnceLock<tempfile::TempDir> = OnceLock::new();
    let directory = DIRECTORY.get_or_init(|| {
        let directory = tempfile::tempdir().unwrap();
        let dataset = atlaas_ingest::demonstration(SEED, &|_| {}).unwrap();
        atlaas_engine::build(dataset, directory.path(), &|_| {}).unwrap();
        directory
    });
    directory.path()
}

/// The service over the shared snapshot.
pub fn app() -> AppState {
    static APP: OnceLock<AppState> = OnceLock::new();
    let app = APP.get_or_init(|| serve(directory()));
    Arc::clone(app)
}

/// A service over a directory of snapshots.
pub fn serve(directory: &Path) -> AppState {
    let public = PublicAddress::new(Some("http://atlaas.test"), false).unwrap();
    serve_from(directory, Site::from(public))
}

/// A service of its own over the shared snapshot, under another face.
pub fn serve_as(site: Site) -> AppState {
    serve_from(directory(), site)
}

fn serve_from(directory: &Path, site: Site) -> AppState {
    serve_within(directory, Limits::default(), site)
}

/// A service over a directory of snapshots, within these bounds, under this face.
pub fn serve_within(directory: &Path, limits: Limits, site: impl Into<Site>) -> AppState {
    let snapshot = Snapshot::open(directory, limits.filter_cache_bytes).unwrap();
    App::new(snapshot, directory.to_owned(), site.into(), limits)
}

/// Serves on a free port of this machine as long as the runtime lives; the address.
pub fn on_a_socket(app: AppState) -> (tokio::runtime::Runtime, String) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(atlaas_server::serve(listener, app));
    (runtime, address)
}

/// An answer, whole.
pub struct Answer {
    /// Status code.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!(
                "not JSON ({error}): {}",
                String::from_utf8_lossy(&self.body)
            )
        })
    }

    /// One header as text; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// `GET path` with headers.
pub async fn get_with(app: &AppState, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path).header("host", "atlaas.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(app, request.body(Body::empty()).unwrap()).await
}

/// `GET path`.
pub async fn get(path: &str) -> Answer {
    get_with(&app(), path, &[]).await
}

/// Any request.
pub async fn send(app: &AppState, request: Request<Body>) -> Answer {
    let response = router(Arc::clone(app)).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

/// Names of the parameters that a description gives to the list of fiches.
pub fn list_parameters(document: &serde_json::Value) -> Vec<&str> {
    let described = &document["paths"]["/api/v1/fiches"]["get"]["parameters"];
    let parameters = described.as_array().unwrap().iter();
    parameters.filter_map(|one| one["name"].as_str()).collect()
}
