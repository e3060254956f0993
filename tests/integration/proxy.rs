//! Behind nginx and behind Varnish, under a path: every address that an answer tells leads back
//! through the proxy; the second request is answered from its cache; when the snapshot is swapped
//! below, pages are new at once, addresses that name the old snapshot keep its answers, and nothing
//! old is ever kept under the name of the new.

use crate::process::{Server, index_of, sample};
use crate::tools::has;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PREFIX: &str = "/carte";

/// A proxy that ends with the test.
struct Proxy {
    child: Child,
    address: String,
    _directory: tempfile::TempDir,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn launch(command: &mut Command, port: u16, directory: tempfile::TempDir) -> Proxy {
    let child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let address = format!("127.0.0.1:{port}");
    let proxy = Proxy {
        child,
        address,
        _directory: directory,
    };
    let start = Instant::now();
    while TcpStream::connect(&proxy.address).is_err() {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "the proxy does not listen"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    proxy
}

fn nginx(upstream: &str) -> Proxy {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path().display();
    let port = free_port();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {at}/{name};\n"))
        .concat();
    let settings = format!(
        "daemon off; master_process off; pid {at}/pid; error_log {at}/errors;\n\
         events {{}}\n\
         http {{ access_log off; {temporary}\n\
         proxy_cache_path {at}/cache keys_zone=a:1m;\n\
         server {{ listen 127.0.0.1:{port};\n\
         location {PREFIX}/ {{\n\
         proxy_pass http://{upstream}/; proxy_http_version 1.1; proxy_cache a; proxy_cache_revalidate on;\n\
         proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Forwarded-Proto http;\n\
         proxy_set_header X-Forwarded-Prefix {PREFIX};\n\
         add_header X-Cache $upstream_cache_status always; }} }} }}\n"
    );
    let file = directory.path().join("nginx.conf");
    std::fs::write(&file, settings).unwrap();
    launch(Command::new("nginx").arg("-c").arg(&file), port, directory)
}

fn varnish(upstream: &str) -> Proxy {
    let directory = tempfile::tempdir().unwrap();
    let port = free_port();
    let (host, upstream_port) = upstream.split_once(':').unwrap();
    let rules = format!(
        "vcl 4.1;\n\
         backend default {{ .host = \"{host}\"; .port = \"{upstream_port}\"; }}\n\
         sub vcl_recv {{\n\
         set req.http.X-Forwarded-Host = req.http.Host; set req.http.X-Forwarded-Proto = \"http\";\n\
         set req.http.X-Forwarded-Prefix = \"{PREFIX}\"; set req.url = regsub(req.url, \"^{PREFIX}\", \"\");\n\
         }}\n\
         sub vcl_deliver {{ if (obj.hits > 0) {{ set resp.http.X-Cache = \"HIT\"; }} else {{ set resp.http.X-Cache = \"MISS\"; }} }}\n"
    );
    let file = directory.path().join("default.vcl");
    std::fs::write(&file, rules).unwrap();
    let mut command = Command::new("varnishd");
    command
        .args([
            "-F",
            "-j",
            "none",
            "-s",
            "malloc,32m",
            "-a",
            &format!("127.0.0.1:{port}"),
        ])
        .arg("-n")
        .arg(directory.path().join("work"))
        .arg("-f")
        .arg(&file);
    launch(&mut command, port, directory)
}

/// An answer through a proxy.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn ask(proxy: &Proxy, path: &str, more: &str) -> Answer {
    let mut stream = TcpStream::connect(&proxy.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    // Version 1.0: no chunks to put together.
    write!(
        stream,
        "GET {PREFIX}{path} HTTP/1.0\r\nHost: {}\r\n{more}\r\n",
        proxy.address
    )
    .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let mut headers = BTreeMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        let kept: &mut String = headers.entry(name.to_lowercase()).or_default();
        kept.push_str(value);
        kept.push('\n');
    }
    for value in headers.values_mut() {
        value.truncate(value.trim_end().len());
    }
    Answer {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
    }
}

/// Every absolute address in a text.
fn addresses(text: &str) -> Vec<&str> {
    let after = text
        .match_indices("http://127.0.0.1")
        .map(|(start, _)| &text[start..]);
    after
        .map(|rest| {
            rest.split(['"', '\'', '<', '>', ' ', '\n', ',', ';', ')'])
                .next()
                .unwrap()
        })
        .collect()
}

/// What a service tells, in every form that holds addresses.
const TOLD: [&str; 17] = [
    "/",
    "/?q=y",
    "/docs",
    "/integrer",
    "/embed",
    "/tiles/atlaas.json",
    "/api/v1/fiches?limit=5",
    "/api/v1/fiches.atom",
    "/api/v1/fiches.csv",
    "/api/v1/fiches.ndjson",
    "/api/v1/suggestions?q=y",
    "/ogc",
    "/ogc/collections",
    "/ogc/collections/communes/items?limit=2",
    "/ogc/tiles/atlaas",
    "/openapi.json",
    "/sitemap.xml",
];

fn every_address_leads_back(proxy: &Proxy) {
    let base = format!("http://{}{PREFIX}", proxy.address);
    let embed = format!(
        "/oembed?url={}",
        base.replace(':', "%3A").replace('/', "%2F") + "%2F"
    );
    let mut told = 0;
    for path in TOLD.into_iter().chain([embed.as_str()]) {
        let answer = ask(proxy, path, "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let text = answer.text() + answer.header("link");
        for address in addresses(&text) {
            assert!(address.starts_with(&base), "{path}: {address}");
            told += 1;
        }
        // From the root of the host, an address would miss the path.
        for attribute in ["href=\"/", "src=\"/", "action=\"/"] {
            for rest in text.split(attribute).skip(1) {
                assert!(rest.starts_with("carte/"), "{path}: {attribute}{rest:.40}");
            }
        }
    }
    assert!(told > 100, "{told}");
    let page = ask(proxy, "/api/v1/fiches?q=y", "Accept: text/html\r\n");
    assert_eq!(
        (page.status, page.header("location")),
        (303, format!("{base}/?q=y").as_str())
    );
    // What a page loads is where the page says.
    let home = ask(proxy, "/", "").text();
    let asset = home
        .split("actifs/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(ask(proxy, &format!("/actifs/{asset}"), "").status, 200);
}

fn the_second_request_is_a_hit(proxy: &Proxy) {
    for path in [
        "/tiles/territoires/5/16/11.mvt",
        "/api/v1/fiches?q=ly&limit=2",
        "/api/v1/fiches.csv?q=ly",
        "/communes?nom=lyon",
        "/ogc/collections/epcis",
    ] {
        let coded = "Accept-Encoding: gzip\r\n";
        let first = ask(proxy, path, coded);
        let second = ask(proxy, path, coded);
        assert_eq!((first.status, second.status), (200, 200), "{path}");
        assert_eq!(
            second.header("x-cache"),
            "HIT",
            "{path}: {:?}",
            second.headers
        );
        assert!(second.body == first.body, "{path}");
        let tag = second.header("etag").to_owned();
        let third = ask(proxy, path, &format!("{coded}If-None-Match: {tag}\r\n"));
        assert_eq!((third.status, third.body.len()), (304, 0), "{path}");
    }
}

fn snapshot(proxy: &Proxy) -> String {
    let ready = ask(proxy, "/health/readyz", "");
    let json: serde_json::Value = serde_json::from_slice(&ready.body).unwrap();
    json["snapshot"]["id"].as_str().unwrap().to_owned()
}

/// The id that an answer says it comes from.
fn origin(answer: &Answer) -> String {
    let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    json["snapshot"]["id"].as_str().unwrap().to_owned()
}

/// Swaps the snapshot below the proxy: the sources without their last colieu.
fn swap(server: &Server, proxy: &Proxy, out: &Path) -> (String, String) {
    let old = snapshot(proxy);
    let fewer = tempfile::tempdir().unwrap();
    let mut copy = Command::new("cp");
    copy.arg("-r")
        .arg(format!("{}/.", sample().display()))
        .arg(fewer.path());
    assert!(copy.status().unwrap().success());
    let file = fewer.path().join("colieux.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let shorter = text.trim_end().rsplit_once('\n').unwrap().0.to_owned() + "\n";
    std::fs::write(&file, shorter).unwrap();
    assert!(index_of(fewer.path(), out).status.success());
    server.signal("-HUP");
    let start = Instant::now();
    while snapshot(proxy) == old {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "the service does not reload"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    (old, snapshot(proxy))
}

fn nothing_is_mixed_after_a_reload(proxy: &Proxy, server: &Server, out: &Path) {
    let list = "/api/v1/fiches?limit=1";
    let old_id = snapshot(proxy);
    let named = format!("{list}&v={old_id}");
    let (page, before, kept) = (
        ask(proxy, "/", ""),
        ask(proxy, list, ""),
        ask(proxy, &named, ""),
    );
    assert!(kept.header("cache-control").contains("immutable"));
    let tilejson = ask(proxy, "/tiles/atlaas.json", "").text();
    assert!(tilejson.contains(&format!("v={old_id}")), "{tilejson}");
    let (old, new) = swap(server, proxy, out);
    assert_eq!(old, old_id);
    // A page is asked for again each time: new at once, also for who holds the old one.
    let held = format!("If-None-Match: {}\r\n", page.header("etag"));
    for more in ["", held.as_str()] {
        let fresh = ask(proxy, "/", more);
        assert_eq!(fresh.status, 200);
        assert_ne!(fresh.header("etag"), page.header("etag"));
    }
    // Under the name of the old one: what was kept of it, whole.
    let again = ask(proxy, &named, "");
    assert_eq!(
        (origin(&again), again.body == kept.body),
        (old.clone(), true)
    );
    // Under the name of the new one: the new one.
    let named_new = ask(proxy, &format!("{list}&v={new}"), "");
    assert_eq!(origin(&named_new), new);
    assert!(named_new.header("cache-control").contains("immutable"));
    // Under the name of the one before, which no proxy has: from the disk, for good; its tiles are the new one's,
    // and not to be kept as if they were not.
    let late = ask(proxy, &format!("/api/v1/fiches?limit=2&v={old}"), "");
    assert_eq!(origin(&late), old);
    assert!(late.header("cache-control").contains("immutable"));
    let tile = ask(proxy, &format!("/tiles/territoires/4/8/5.mvt?v={old}"), "");
    assert!(
        !tile.header("cache-control").contains("immutable"),
        "{:?}",
        tile.headers
    );
    // Without a name: old for five minutes at most, and then wholly old, tag included.
    let unnamed = ask(proxy, list, "");
    if origin(&unnamed) == old {
        assert_eq!(unnamed.header("etag"), before.header("etag"));
    } else {
        assert_ne!(unnamed.header("etag"), before.header("etag"));
    }
    assert!(unnamed.header("cache-control").contains("max-age=300"));
}

fn behind(program: &str, asking: &str, start: fn(&str) -> Proxy) {
    if !has(program, asking) {
        return;
    }
    let out = tempfile::tempdir().unwrap();
    assert!(index_of(&sample(), out.path()).status.success());
    let server = Server::start_with(out.path(), &["--trust-forwarded"]);
    let proxy = start(&server.address);
    every_address_leads_back(&proxy);
    the_second_request_is_a_hit(&proxy);
    nothing_is_mixed_after_a_reload(&proxy, &server, out.path());
}

#[test]
fn behind_nginx_addresses_are_right_hits_are_hits_and_a_reload_mixes_nothing() {
    behind("nginx", "-v", nginx);
}

#[test]
fn behind_varnish_addresses_are_right_hits_are_hits_and_a_reload_mixes_nothing() {
    behind("varnishd", "-V", varnish);
}
