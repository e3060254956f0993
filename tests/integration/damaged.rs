//! A damaged snapshot is said, and never opened in part.
//!
//! 1. Whatever byte of whatever file changes, `verify` fails with 1, names the file and says what to do;
//!    it never panics. So does `serve`, unless an older whole snapshot is there: then it says that.
//! 2. A reload whose newest snapshot is damaged leaves open what is open; readiness, metrics and the log
//!    say what is refused and why.
//! 3. A tile that is damaged after the opening is a 500 for every client, and is counted.
//! 4. Opening writes nothing and locks nothing: from a read-only directory, for two at once.
//! 5. A build that fails or is killed leaves nothing that the next does not clean; a directory that holds
//!    only failed builds is refused, not filled with the demonstration.

use crate::demonstration::{Answer, get_with};
use crate::process::{self, Server, index_of, program, sample};
use atlaas_engine::{Snapshot, Tileset};
use atlaas_server::{App, AppState, Limits, Site};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A directory with one snapshot of the sample, of this test alone.
fn built() -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    assert!(index_of(&sample(), out.path()).status.success());
    out
}

/// Sources that differ by a row, so that they make another snapshot.
fn other_sources() -> tempfile::TempDir {
    let sources = tempfile::tempdir().unwrap();
    copy(&sample(), sources.path());
    let path = sources.path().join("initiatives.csv");
    let rows = fs::read_to_string(&path).unwrap();
    let kept: Vec<&str> = rows.lines().collect();
    fs::write(&path, kept[..kept.len() - 1].join("\n")).unwrap();
    sources
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The snapshot that was built last.
fn newest(out: &Path) -> PathBuf {
    out.join(fs::read_to_string(out.join("actuel")).unwrap().trim())
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn verify(directory: &Path) -> Output {
    program().arg("verify").arg(directory).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn app(out: &Path) -> AppState {
    let opening = Snapshot::open_best(out, 1 << 20).unwrap();
    App::new(opening, out.to_owned(), Site::default(), Limits::default())
}

async fn get(app: &AppState, path: &str) -> Answer {
    get_with(app, path, &[]).await
}

/// A change to the content of a file.
type Damage = fn(&mut Vec<u8>, usize);

const DAMAGES: [(&str, Damage); 3] = [
    ("flip", |bytes, rank| {
        if let Some(byte) = bytes.get_mut(rank) {
            *byte ^= 1 << (rank % 8);
        }
    }),
    ("truncate", |bytes, rank| bytes.truncate(rank)),
    ("extend", |bytes, _| bytes.push(0)),
];

#[test]
fn any_damage_to_any_file_is_named_by_verify_and_never_a_panic() {
    let out = built();
    let snapshot = newest(out.path());
    let everything = files(&snapshot);
    assert!(everything.len() > 8, "{everything:?}");
    let mut tried = 0;
    for path in everything {
        let whole = fs::read(&path).unwrap();
        // In the middle and at the end of each: the bench damages each in two hundred places.
        for rank in [whole.len() / 2, whole.len().saturating_sub(1)] {
            for (name, damage) in DAMAGES {
                let mut bytes = whole.clone();
                damage(&mut bytes, rank);
                if bytes == whole {
                    continue;
                }
                fs::write(&path, &bytes).unwrap();
                let error = match Snapshot::verify(out.path()) {
                    Ok(_) => panic!("{} {name} {rank}: whole", path.display()),
                    Err(error) => error.to_string(),
                };
                let file = path.file_name().unwrap().to_string_lossy().into_owned();
                assert!(error.contains(&file), "{file} {name} {rank}: {error}");
                assert!(error.contains("atlaas index"), "{file} {name}: {error}");
                tried += 1;
            }
        }
        fs::write(&path, &whole).unwrap();
    }
    assert!(tried > 40, "{tried}");
    assert!(verify(out.path()).status.success());
}

#[test]
fn a_foreign_file_and_a_changed_manifest_are_found_by_verify() {
    let out = built();
    let snapshot = newest(out.path());
    for name in ["index/.tantivy-meta.lock", "copie.bin"] {
        let path = snapshot.join(name);
        fs::write(&path, "").unwrap();
        let output = verify(out.path());
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(told(&output).contains(name), "{}", told(&output));
        fs::remove_file(&path).unwrap();
    }
    let path = snapshot.join("manifeste.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let year = manifest.split("\"cree\": \"").nth(1).unwrap()[..4].to_owned();
    for (from, to) in [
        (format!("\"cree\": \"{year}"), "\"cree\": \"1999".to_owned()),
        ("communes.geojson".to_owned(), "communes.geojsom".to_owned()),
        ("\"rows\": 1".to_owned(), "\"rows\": 2".to_owned()),
        ("  ".to_owned(), " ".to_owned()),
    ] {
        let changed = manifest.replacen(&from, &to, 1);
        assert_ne!(changed, manifest, "{from}");
        fs::write(&path, changed).unwrap();
        let output = verify(out.path());
        assert_eq!(output.status.code(), Some(1), "{from}");
        assert!(
            told(&output).contains("manifeste.json"),
            "{}",
            told(&output)
        );
    }
}

#[tokio::test]
async fn a_start_on_a_damaged_snapshot_opens_the_older_whole_one_and_says_so() {
    let out = built();
    let older = newest(out.path());
    let sources = other_sources();
    assert!(index_of(sources.path(), out.path()).status.success());
    let newer = newest(out.path());
    assert_ne!(older, newer);
    let index = files(&newer.join("index"));
    let postings = index
        .iter()
        .find(|path| path.extension().is_some_and(|end| end == "idx"));
    let damaged = postings.expect("the index has postings");
    let mut bytes = fs::read(damaged).unwrap();
    bytes[3] ^= 1;
    fs::write(damaged, bytes).unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let app = app(out.path());
    assert_eq!(app.snapshot().id(), name(&older));
    let ready = get(&app, "/health/readyz").await;
    assert_eq!(ready.status, 200);
    let json = ready.json();
    assert_eq!(json["snapshot"]["id"], name(&older));
    assert_eq!(json["refuses"][0]["id"], name(&newer));
    let reason = json["refuses"][0]["raison"].as_str().unwrap();
    assert!(reason.contains(&name(damaged)), "{reason}");
    assert!(
        !reason.contains(out.path().to_str().unwrap()),
        "no path of the machine: {reason}"
    );
    let told = told(
        &program()
            .args(["search", "--snapshot"])
            .arg(out.path())
            .arg("y")
            .output()
            .unwrap(),
    );
    assert!(
        told.contains("ERROR") && told.contains(&name(&newer)),
        "{told}"
    );
}

#[tokio::test]
async fn a_reload_on_a_damaged_snapshot_keeps_what_is_open_and_says_so_until_it_is_mended() {
    let out = built();
    let app = app(out.path());
    let open = app.snapshot();
    let sources = other_sources();
    assert!(index_of(sources.path(), out.path()).status.success());
    let newer = newest(out.path());
    let path = newer.join("fiches.bin");
    let whole = fs::read(&path).unwrap();
    let pointer = out.path().join("actuel");
    let named = fs::read(&pointer).unwrap();
    // The snapshot itself, the file that names it, and its absence: never the older one in silence.
    for (file, content) in [
        (&path, &whole[..whole.len() / 2]),
        (&pointer, b"nothing of the kind".as_slice()),
        (&pointer, b"0000000000000000\n".as_slice()),
    ] {
        let before = fs::read(file).unwrap();
        fs::write(file, content).unwrap();
        let refusal = app.reload().err().expect("it is damaged");
        assert!(Arc::ptr_eq(&open, &app.snapshot()), "{refusal}");
        let ready = get(&app, "/health/readyz").await.json();
        assert_eq!(ready["snapshot"]["id"], open.id());
        assert_eq!(
            ready["refuses"].as_array().map(Vec::len),
            Some(1),
            "{ready}"
        );
        assert_eq!(ready["refuses"][0]["raison"], refusal.reason.as_str());
        let metrics = metrics(&app).await;
        assert!(
            metrics.contains("\natlaas_snapshots_refused 1\n"),
            "{metrics}"
        );
        let refused = format!("atlaas_snapshot_refused_info{{id=\"{}\"", refusal.name);
        assert!(metrics.contains(&refused), "{metrics}");
        fs::write(file, before).unwrap();
    }
    assert_eq!(fs::read(&pointer).unwrap(), named);
    app.reload().expect("it is whole again");
    assert_eq!(app.snapshot().path(), newer);
    let ready = get(&app, "/health/readyz").await.json();
    assert_eq!(ready["refuses"], serde_json::json!([]));
    let metrics = metrics(&app).await;
    for line in [
        "atlaas_snapshots_refused 0",
        "atlaas_reloads_total{outcome=\"done\"} 1",
        "atlaas_reloads_total{outcome=\"refused\"} 3",
    ] {
        assert!(
            metrics.contains(&format!("\n{line}\n")),
            "{line} in {metrics}"
        );
    }
}

/// What operators read.
async fn metrics(app: &AppState) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let serving = tokio::spawn(atlaas_server::serve_admin(listener, Arc::clone(app)));
    let asking = tokio::task::spawn_blocking(move || process::get(&address, "/metrics"));
    let (status, text) = asking.await.unwrap();
    serving.abort();
    assert_eq!(status, 200);
    text
}

#[test]
fn a_signal_to_reload_a_damaged_snapshot_is_an_error_in_the_log_and_nothing_stops() {
    let out = built();
    let open = newest(out.path());
    let place = tempfile::tempdir().unwrap();
    let log = place.path().join("log");
    let file = fs::File::create(&log).unwrap();
    let server = Server::start_logging(out.path(), &[], file.into());
    let sources = other_sources();
    assert!(index_of(sources.path(), out.path()).status.success());
    fs::write(newest(out.path()).join("fiches.bin"), "").unwrap();
    server.signal("-HUP");
    let refused = || {
        let log = fs::read_to_string(&log).unwrap();
        log.contains("ERROR newest snapshot refused") && log.contains("fiches.bin is damaged")
    };
    let end = Instant::now() + Duration::from_secs(30);
    while !refused() {
        assert!(
            Instant::now() < end,
            "{}",
            fs::read_to_string(&log).unwrap()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    let (status, ready) = process::get(&server.address, "/health/readyz");
    assert_eq!(status, 200);
    assert!(
        ready.contains(open.file_name().unwrap().to_str().unwrap()),
        "{ready}"
    );
}

#[tokio::test]
async fn a_tile_damaged_after_the_opening_is_a_500_on_every_path_and_is_counted() {
    let out = built();
    let app = app(out.path());
    let snapshot = app.snapshot();
    // The tile of the whole world: its place in the file is known from where its bytes lie.
    for name in ["territoires", "atlaas"] {
        let path = snapshot.path().join(format!("{name}.pmtiles"));
        let tileset = Tileset::named(name, snapshot.schema()).unwrap();
        let world = atlaas_spatial::TileId::new(0, 0, 0).unwrap();
        let packed = snapshot
            .archive(tileset)
            .unwrap()
            .tile(world)
            .unwrap()
            .to_vec();
        let bytes = fs::read(&path).unwrap();
        let place = bytes
            .windows(packed.len())
            .position(|window| window == packed);
        // In place, as no one should: the file stays mapped, its length the same.
        let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        let middle = place.unwrap() + packed.len() / 2;
        std::os::unix::fs::FileExt::write_at(&file, &[bytes[middle] ^ 1], middle as u64).unwrap();
    }
    let asked = [
        ("/tiles/territoires/0/0/0.mvt", "gzip"),
        ("/tiles/territoires/0/0/0.mvt", "identity"),
        ("/tiles/atlaas/0/0/0.mvt", "gzip"),
        ("/tiles/atlaas/0/0/0.mvt", "identity"),
        ("/tiles/atlaas/0/0/0.mvt?type=initiative", "gzip"),
        ("/tiles/atlaas/0/0/0.mvt?type=initiative", "identity"),
    ];
    for (path, coding) in asked {
        let answer = get_with(&app, path, &[("accept-encoding", coding)]).await;
        assert_eq!(answer.status, 500, "{path} {coding}");
        assert_eq!(answer.json()["status"], 500, "{path} {coding}");
        assert!(
            !answer.header("cache-control").contains("max-age"),
            "{path}"
        );
    }
    let met = |name: &str| {
        snapshot
            .archive(Tileset::named(name, snapshot.schema()).unwrap())
            .unwrap()
            .damage_met()
    };
    // The filtered tile draws on the archive of territories.
    assert_eq!((met("territoires"), met("atlaas")), (4, 2));
    let counted = metrics(&app).await;
    let line = "\natlaas_damaged_tiles_total{archive=\"territoires\"} 4\n";
    assert!(counted.contains(line), "{counted}");
    assert_eq!(get(&app, "/tiles/initiatives/0/0/0.mvt").await.status, 200);
    let live = get(&app, "/tiles/territoires/1/1/0.mvt").await;
    assert_eq!(live.status, 200, "the others are served");
}

#[test]
fn a_snapshot_opens_from_a_read_only_directory_for_two_at_once_and_nothing_is_written() {
    let out = built();
    let snapshot = newest(out.path());
    let before = files(out.path());
    let modes = |directory: u32, file: u32| {
        for path in files(out.path()) {
            fs::set_permissions(&path, Permissions::from_mode(file)).unwrap();
        }
        for path in [
            snapshot.join("index"),
            snapshot.clone(),
            out.path().to_owned(),
        ] {
            fs::set_permissions(path, Permissions::from_mode(directory)).unwrap();
        }
    };
    modes(0o555, 0o444);
    let open = Snapshot::open(out.path(), 0).unwrap();
    let again = Snapshot::open(out.path(), 0).unwrap();
    let verified = verify(out.path());
    assert!(verified.status.success(), "{}", told(&verified));
    let as_nobody = as_nobody(out.path());
    drop((open, again));
    assert_eq!(files(out.path()), before, "no file is added");
    modes(0o755, 0o644);
    match as_nobody {
        Some(output) => assert!(output.status.success(), "{}", told(&output)),
        None => println!("skipped: no `setpriv`, or not the right to use it"),
    }
}

/// `verify` as a user who owns nothing; `None` where that cannot be arranged.
fn as_nobody(directory: &Path) -> Option<Output> {
    let become_nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let may = std::process::Command::new("setpriv")
        .args(become_nobody)
        .arg("true")
        .status();
    may.ok().filter(std::process::ExitStatus::success)?;
    // Where it is built another user may not look: a copy beside the snapshot, which he may reach.
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), Permissions::from_mode(0o755)).unwrap();
    let copy = place.path().join("atlaas");
    fs::copy(program().get_program(), &copy).unwrap();
    let mut command = std::process::Command::new("setpriv");
    command
        .args(become_nobody)
        .arg(&copy)
        .arg("verify")
        .arg(directory);
    command.current_dir("/").output().ok()
}

#[test]
fn a_directory_with_only_failed_builds_or_anything_else_is_refused_rather_than_filled() {
    for (left, is_directory) in [
        (".construction-7", true),
        (".verrou", false),
        ("0123456789abcdef", true),
        ("photo.jpg", false),
    ] {
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join(left);
        if is_directory {
            fs::create_dir(&path).unwrap();
        } else {
            fs::write(&path, "").unwrap();
        }
        let output = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--snapshot"])
            .arg(out.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{left}");
        let told = told(&output);
        assert!(told.contains("holds no whole snapshot"), "{left}: {told}");
        assert!(told.contains("atlaas index"), "{left}: {told}");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1, "{left}");
    }
}

#[test]
fn a_build_that_cannot_write_leaves_no_workspace() {
    let out = built();
    let before = files(out.path());
    // The largest file may have so many blocks of 512 bytes: the build fails as on a full disk.
    let script = "ulimit -f 64; trap '' XFSZ; exec \"$0\" \"$@\"";
    let output = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(program().get_program())
        .args(["index", "--seed", "7", "--out"])
        .arg(out.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert_eq!(files(out.path()), before);
    assert!(verify(out.path()).status.success());
}
