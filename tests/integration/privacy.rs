//! What the log keeps of people: a shortened address, the path, the request's id; what they search
//! for only at level `debug`.

use crate::process::{index_of, program, sample};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

/// What nobody but the one who asks should know.
const SECRET: &str = "motsecret";

/// A service whose log is kept.
struct Logged {
    child: Child,
    address: String,
}

impl Logged {
    fn start(snapshots: &std::path::Path, level: &str) -> Self {
        let mut child = program()
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--trust-forwarded",
                "--log-format",
                "json",
                "--snapshot",
            ])
            .arg(snapshots)
            .env("RUST_LOG", level)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.find_map(|line| {
            line.unwrap()
                .split_once("http://")
                .map(|(_, url)| url.to_owned())
        });
        let address = url.unwrap().trim_end_matches('/').to_owned();
        Self { child, address }
    }

    fn ask(&self, path: &str, more: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n{more}\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        // Bodies here are texts.
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends the service; what it logged.
    fn log(mut self) -> String {
        let pid = self.child.id().to_string();
        std::process::Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap();
        let mut log = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut log)
            .unwrap();
        self.child.wait().unwrap();
        log
    }
}

fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let line = answer
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_default()
}

#[test]
fn the_log_keeps_ids_and_shortened_addresses_and_no_words() {
    let out = tempfile::tempdir().unwrap();
    assert!(index_of(&sample(), out.path()).status.success());
    let service = Logged::start(out.path(), "info");
    let search = format!("/api/v1/fiches?q={SECRET}");
    let forwarded = "X-Forwarded-For: 6.6.6.6, 203.0.113.77\r\n";
    let drawn = service.ask(&search, forwarded);
    let given = service.ask(
        &search,
        "X-Request-Id: demande-17\r\nX-Forwarded-For: 2001:db8:1:2:3:4:5:6\r\n",
    );
    let refused = service.ask(&format!("/api/v1/fiches?{SECRET}=1"), "");
    assert_eq!(header(&given, "x-request-id"), "demande-17");
    assert!(refused.starts_with("HTTP/1.1 400"), "{refused}");
    let log = service.log();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let line_of = |id: &str| {
        let line = lines.iter().find(|line| line["fields"]["id"] == id);
        line.unwrap_or_else(|| panic!("no line for {id} in {log}"))["fields"].clone()
    };
    let first = line_of(header(&drawn, "x-request-id"));
    assert_eq!(
        (first["client"].as_str(), first["path"].as_str()),
        (Some("203.0.113.0"), Some("/api/v1/fiches"))
    );
    assert_eq!(first["status"], 200);
    assert_eq!(line_of("demande-17")["client"], "2001:db8:1::");
    assert_eq!(
        line_of(header(&refused, "x-request-id"))["client"],
        "127.0.0.0"
    );
    for kept in [
        SECRET,
        "203.0.113.77",
        "6.6.6.6",
        "2001:db8:1:2",
        "127.0.0.1\"",
    ] {
        assert!(!log.contains(kept), "{kept} in {log}");
    }
}

#[test]
fn words_are_logged_for_those_who_ask_for_details() {
    let out = tempfile::tempdir().unwrap();
    assert!(index_of(&sample(), out.path()).status.success());
    let service = Logged::start(out.path(), "info,acces=debug");
    service.ask(&format!("/api/v1/fiches?q={SECRET}"), "");
    let log = service.log();
    assert_eq!(log.matches(SECRET).count(), 1, "{log}");
}
