//! The program as a process: what an operator types, and what happens when it is killed.
//!
//! `index`, then `serve`, `search`, `tile`, `verify`; SIGHUP swaps without losing a request; SIGTERM
//! ends with 0; a kill at any moment of `index` leaves the old snapshot serving and the next `index`
//! working; wrong input is told with exit code 2 and nothing is replaced.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The program, without what the environment says of logs.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlaas-under-test"));
    command
        .env_remove("RUST_LOG")
        .current_dir(std::env::temp_dir());
    command
}

/// Small sources with every nastiness.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/echantillon")
}

fn index(out: &Path) -> Output {
    index_of(&sample(), out)
}

/// Builds a snapshot of a directory of sources.
pub fn index_of(sources: &Path, out: &Path) -> Output {
    program()
        .arg("index")
        .arg("--sources")
        .arg(sources)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap()
}

fn succeeded(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}

/// A server that ends with the test.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
}

impl Server {
    fn start(snapshots: &Path) -> Self {
        Self::start_with(snapshots, &[])
    }

    /// Serves with more arguments.
    pub fn start_with(snapshots: &Path, more: &[&str]) -> Self {
        Self::start_logging(snapshots, more, Stdio::null())
    }

    /// The same, its log going somewhere.
    pub fn start_logging(snapshots: &Path, more: &[&str], log: Stdio) -> Self {
        let mut child = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--snapshot"])
            .arg(snapshots)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.find_map(|line| {
            line.unwrap()
                .split_once("http://")
                .map(|(_, url)| url.to_owned())
        });
        let address = url
            .expect("the URL is printed")
            .trim_end_matches('/')
            .to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> (u16, String) {
        get(&self.address, path)
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .arg(name)
            .arg(self.child.id().to_string())
            .status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, as some tests want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Status and whole answer of a request on a connection of its own.
pub fn get(address: &str, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0);
    (status, answer)
}

#[test]
fn the_whole_path_from_files_to_answers_works_from_the_command_line() {
    let out = tempfile::tempdir().unwrap();
    let snapshots = out.path().join("instantanes");
    assert!(succeeded(&index(&snapshots)).contains("commune"));
    let run = |arguments: &[&str]| {
        succeeded(
            &program()
                .args(arguments)
                .env("ATLAAS_SNAPSHOT", &snapshots)
                .output()
                .unwrap(),
        )
    };
    let found: serde_json::Value =
        serde_json::from_str(&run(&["search", "--json", "l'hay les roses"])).unwrap();
    assert_eq!(found["fiches"][0]["id"], "commune-94038", "{found}");
    let tile: serde_json::Value =
        serde_json::from_str(&run(&["tile", "territoires", "0", "0", "0"])).unwrap();
    assert!(
        tile[0]["features"]
            .as_array()
            .is_some_and(|features| !features.is_empty()),
        "{tile}"
    );
    let verified = succeeded(&program().arg("verify").arg(&snapshots).output().unwrap());
    assert!(verified.contains("is whole"), "{verified}");
    assert!(run(&["completions", "bash"]).contains("atlaas"));
}

#[test]
fn sighup_swaps_the_snapshot_without_losing_a_request_and_sigterm_ends_with_zero() {
    let out = tempfile::tempdir().unwrap();
    succeeded(&index(out.path()));
    let mut server = Server::start(out.path());
    let (stop, answered, failed) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for path in [
            "/health/readyz",
            "/api/v1/fiches?q=y",
            "/tiles/territoires/0/0/0.mvt",
        ] {
            let (address, stop, answered, failed) = (&server.address, &stop, &answered, &failed);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let count = if get(address, path).0 == 200 {
                        answered
                    } else {
                        failed
                    };
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for _ in 0..5 {
            succeeded(&index(out.path()));
            server.signal("-HUP");
            std::thread::sleep(Duration::from_millis(150));
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(failed.load(Ordering::Relaxed), 0);
    assert!(answered.load(Ordering::Relaxed) > 20);
    server.signal("-TERM");
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[test]
fn fifty_kills_of_index_leave_the_old_snapshot_serving_and_the_next_index_working() {
    let out = tempfile::tempdir().unwrap();
    let start = Instant::now();
    succeeded(&index(out.path()));
    let whole_run = start.elapsed();
    let server = Server::start(out.path());
    for round in 0..50_u32 {
        let mut child = program()
            .arg("index")
            .arg("--sources")
            .arg(sample())
            .arg("--out")
            .arg(out.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Evenly over the run rather than at random: every stretch of it is hit.
        std::thread::sleep(whole_run * round / 50);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(server.get("/health/readyz").0, 200, "round {round}");
        let verified = program().arg("verify").arg(out.path()).output().unwrap();
        assert!(
            verified.status.success(),
            "round {round}: {}",
            String::from_utf8_lossy(&verified.stderr)
        );
    }
    succeeded(&index(out.path()));
    let unfinished = std::fs::read_dir(out.path()).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with(".construction")
    });
    assert_eq!(unfinished.count(), 0);
}

#[test]
fn the_same_sources_give_the_same_snapshot_and_the_same_tiles() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let built = |out: &Path| {
        succeeded(&index(out));
        let id = std::fs::read_to_string(out.join("actuel")).unwrap();
        out.join(id.trim())
    };
    let (one, other) = (built(first.path()), built(second.path()));
    assert_eq!(one.file_name(), other.file_name());
    let (mut one, mut other) = (contents(&one), contents(&other));
    let moment = |files: &mut BTreeMap<String, Vec<u8>>| files.remove("manifeste.json").unwrap();
    assert_eq!(moment(&mut one).len(), moment(&mut other).len());
    assert!(
        one.keys().eq(other.keys()),
        "{:?} {:?}",
        one.keys(),
        other.keys()
    );
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs");
    }
    assert!(
        one.keys().any(|name| name.starts_with("index/")),
        "{:?}",
        one.keys()
    );
}

/// Every file of a snapshot, by its path in it.
fn contents(snapshot: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![snapshot.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(snapshot).unwrap().display().to_string();
                files.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn wrong_input_is_told_with_exit_code_2_and_replaces_nothing() {
    let out = tempfile::tempdir().unwrap();
    succeeded(&index(out.path()));
    let before = std::fs::read_to_string(out.path().join("actuel")).unwrap();
    let broken = tempfile::tempdir().unwrap();
    std::fs::create_dir(broken.path().join("decoupage")).unwrap();
    std::fs::write(
        broken.path().join("decoupage/communes.json"),
        "[{\"code\": ",
    )
    .unwrap();
    for arguments in [
        vec!["index", "--sources", broken.path().to_str().unwrap()],
        vec!["index", "--sources", "absent"],
        vec![
            "index",
            "--sources",
            sample().to_str().unwrap(),
            "--expect",
            "commune=1000..2000",
        ],
        vec![
            "index",
            "--sources",
            sample().to_str().unwrap(),
            "--expect",
            "villes=3",
        ],
        vec![
            "search",
            "--snapshot",
            out.path().to_str().unwrap(),
            "enjue=education",
        ],
        vec![
            "tile",
            "--snapshot",
            out.path().to_str().unwrap(),
            "territoires",
            "3",
            "9",
            "0",
        ],
        vec!["indx"],
    ] {
        let output = program()
            .args(&arguments)
            .env("ATLAAS_OUT", out.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.len() > 20, "{arguments:?}: {told}");
        assert_eq!(
            std::fs::read_to_string(out.path().join("actuel")).unwrap(),
            before
        );
    }
}

#[test]
fn a_damaged_foreign_or_older_snapshot_is_refused_with_what_to_do() {
    let out = tempfile::tempdir().unwrap();
    succeeded(&index(out.path()));
    let id = std::fs::read_to_string(out.path().join("actuel")).unwrap();
    let snapshot = out.path().join(id.trim());
    let refused = |what: &str| {
        let output = program().arg("verify").arg(&snapshot).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{what}: {told}");
        assert!(told.contains("atlaas index"), "{what}: {told}");
    };
    for name in [
        "fiches.bin",
        "territoires.pmtiles",
        "territoires.bin",
        "initiatives.pmtiles",
    ] {
        let path = snapshot.join(name);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        refused(name);
        std::fs::write(&path, &whole).unwrap();
    }
    let path = snapshot.join("manifeste.json");
    let manifest = std::fs::read_to_string(&path).unwrap();
    let read: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let format = read["format"].as_u64().unwrap();
    let [own, older] = [format, format - 1].map(|format| format!("\"format\": {format}"));
    for (from, to) in [
        (own.as_str(), older.as_str()),
        ("atlaas", "autre"),
        ("{", ""),
    ] {
        assert!(manifest.contains(from));
        std::fs::write(&path, manifest.replacen(from, to, 1)).unwrap();
        refused(to);
    }
}
