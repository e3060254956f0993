//! What people see, in a real browser over the demonstration snapshot: `tests/navigateur/*.test.mjs`.
//!
//! Needs Node with npm and Chromium. Without them the test says that it was skipped; with
//! `ATLAAS_REQUIRE_BROWSER=1` that is a failure.

use crate::demonstration;
use atlaas_server::{BaseMap, BaseMapSettings, Site, router};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Debian puts it, and its other usual names.
const CHROMIUM: [&str; 3] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];
/// Files that the tests are made of, beside the tests themselves.
const PACKAGE: [&str; 4] = ["package.json", "package-lock.json", ".npmrc", "browser.mjs"];
/// Suites, in the order in which they run.
const SUITES: [&str; 11] = [
    "budgets",
    "journeys",
    "explorer",
    "accessibility",
    "comparison",
    "embeds",
    "map",
    "basemap",
    "examples",
    "libraries",
    "lighthouse",
];

#[test]
fn people_see_what_they_should_in_a_real_browser() {
    let Some(chromium) = CHROMIUM.into_iter().find(|path| Path::new(path).exists()) else {
        return skip("Chromium is not there (apt-get install chromium)");
    };
    let directory = match prepare() {
        Ok(directory) => directory,
        Err(reason) => return skip(&reason),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let addresses = runtime.block_on(Addresses::serve());
    let failed: Vec<&str> = SUITES
        .into_iter()
        .filter(|suite| !run(suite, &directory, &addresses, chromium))
        .collect();
    assert!(failed.is_empty(), "failed: {}", failed.join(", "));
}

fn skip(reason: &str) {
    let required = std::env::var("ATLAAS_REQUIRE_BROWSER").is_ok_and(|value| value == "1");
    assert!(!required, "{reason}");
    eprintln!("skipped: {reason}");
}

/// What the suites visit; served as long as the runtime lives.
struct Addresses {
    /// The service.
    plain: String,
    /// Some other host of raster tiles.
    pictures: String,
    /// The service with that base map.
    mapped: String,
}

impl Addresses {
    async fn serve() -> Self {
        let pixel = include_bytes!("../navigateur/pixel.png");
        let tile = move || async move { ([(CONTENT_TYPE, "image/png")], pixel.as_slice()) };
        let pictures = listen(Router::new().route("/{z}/{x}/{y}", get(tile))).await;
        let base_map = BaseMap::try_from(BaseMapSettings {
            url: format!("{pictures}/{{z}}/{{x}}/{{y}}.png"),
            attribution: "Fond <b>d’essai</b>".to_owned(),
            max_zoom: 16,
        });
        let site = Site {
            base_map: Some(base_map.unwrap()),
            ..Site::default()
        };
        Self {
            // Without a public address: a browser follows absolute links to where it is served.
            plain: listen(router(demonstration::serve_as(Site::default()))).await,
            mapped: listen(router(demonstration::serve_as(site))).await,
            pictures,
        }
    }
}

async fn listen(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// The territories of the shared snapshot as one file, for a static host.
fn archive() -> PathBuf {
    let mut parts = std::fs::read_dir(demonstration::directory()).unwrap();
    let found = parts.find_map(|part| {
        let file = part.ok()?.path().join("territoires.pmtiles");
        file.exists().then_some(file)
    });
    found.expect("a snapshot holds its archives")
}

/// A copy of the tests with their packages, kept from run to run outside of the source tree.
fn prepare() -> Result<PathBuf, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("navigateur");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("navigateur");
    std::fs::create_dir_all(&copy).map_err(|error| error.to_string())?;
    let tests = SUITES.map(|suite| format!("{suite}.test.mjs"));
    for name in PACKAGE.into_iter().chain(tests.iter().map(String::as_str)) {
        std::fs::copy(source.join(name), copy.join(name))
            .map_err(|error| format!("{name}: {error}"))?;
    }
    let lock =
        std::fs::read(source.join("package-lock.json")).map_err(|error| error.to_string())?;
    let installed = copy.join("installed-lock.json");
    if std::fs::read(&installed).is_ok_and(|done| done == lock) {
        return Ok(copy);
    }
    let output = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&copy)
        .output()
        .map_err(|error| format!("npm is not there ({error})"))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("npm ci failed: {told}"));
    }
    std::fs::write(&installed, lock).map_err(|error| error.to_string())?;
    Ok(copy)
}

fn run(suite: &str, directory: &Path, addresses: &Addresses, chromium: &str) -> bool {
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .arg(format!("{suite}.test.mjs"))
        .current_dir(directory)
        .env("ATLAAS_URL", &addresses.plain)
        .env("ATLAAS_MAPPED_URL", &addresses.mapped)
        .env("ATLAAS_PICTURES_URL", &addresses.pictures)
        .env("ATLAAS_PMTILES", archive())
        .env("ATLAAS_CHROMIUM", chromium)
        .output()
        .unwrap();
    println!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    output.status.success()
}
