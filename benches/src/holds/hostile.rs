//! Addresses that try to get out of their place: traversal, injection, broken encodings, numbers beyond
//! every bound. Nothing may fail, nothing of the machine be told, nothing sent be repeated as it came.

use super::ground::{Ground, Outcome};
use crate::http::{Connection, Server};
use crate::seeded::Seeded;
use std::io;

/// Attempts.
const TIMES: usize = 20_000;

/// Places of an address that take text.
const PLACES: [&str; 16] = [
    "/{}",
    "/tiles/{}/6/32/22.mvt",
    "/tiles/atlaas/{}/32/22.mvt",
    "/tiles/atlaas/6/32/22.mvt?q={}",
    "/api/v1/fiches?q={}",
    "/api/v1/fiches?pres_de={}",
    "/api/v1/fiches?bbox={}",
    "/api/v1/fiches?{}=1",
    "/api/v1/fiches.{}",
    "/api/v1/fiches/{}",
    "/search/?q={}",
    "/communes?nom={}&fields={}",
    "/ogc/collections/{}/items",
    "/fiche/{}",
    "/oembed?url={}",
    "/actifs/{}",
];

/// What is put there, encoded or not.
const PAYLOADS: [&str; 26] = [
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "..%252f..%252fetc%252fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "..%5c..%5cwindows%5cwin.ini",
    "%c0%ae%c0%ae/etc/passwd",
    "/etc/passwd%00.mvt",
    "file:///etc/passwd",
    "%0d%0aSet-Cookie:%20a=b",
    "%0d%0a%0d%0a%3Cscript%3Ealert(1)%3C/script%3E",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%22%3E%3Csvg%20onload=alert(1)%3E",
    "%27%20OR%201=1--",
    "1;DROP%20TABLE%20fiches",
    "%7B%7B7*7%7D%7D",
    "$%7Bjndi:ldap://127.0.0.1/a%7D",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "1e999",
    "-99999999999999999999",
    "NaN,inf,-inf,1",
    "((((((((((((((((((((((((((((",
    "POLYGON((0%200,1%201,0%200))",
    "%E2%80%AE%EF%BB%BF%E2%80%8B",
    "a%20AND%20NOT%20*%20OR%20%22",
];

/// All attempts on one server.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let snapshots = ground.directory("hostile")?;
    ground.index(&ground.sources, &snapshots)?;
    let server = ground.serve(&snapshots)?;
    let mut outcome = Outcome::of("attempts at traversal and injection");
    let (mut random, mut line) = (Seeded(12), None);
    for _ in 0..TIMES {
        let path = attempt(&mut random);
        outcome.count(ask(&server, &mut line, &path));
    }
    Ok(vec![outcome])
}

fn attempt(random: &mut Seeded) -> String {
    let place = PLACES[random.below(PLACES.len())];
    let mut payload = PAYLOADS[random.below(PAYLOADS.len())].to_owned();
    match random.below(4) {
        0 => payload.push_str(PAYLOADS[random.below(PAYLOADS.len())]),
        1 => payload = payload.repeat(1 + random.below(40)),
        2 => payload.truncate(random.below(payload.len() + 1)),
        _ => {}
    }
    place.replace("{}", &payload)
}

/// What was lost by one attempt.
fn ask(server: &Server, line: &mut Option<Connection>, path: &str) -> Option<String> {
    let answered = match line.take() {
        Some(open) => Ok(open),
        None => server.connect(),
    }
    .and_then(|mut open| Ok((open.send(path, "Accept: text/html\r\n")?, open)));
    let (reply, open) = match answered {
        Ok(answered) => answered,
        Err(error) => return Some(format!("{path}: {error}")),
    };
    if reply.header("connection") != Some("close") {
        *line = Some(open);
    }
    let body = String::from_utf8_lossy(&reply.body);
    let told = ["root:x:0", "root:*:0", "[fonts]"]
        .iter()
        .any(|secret| body.contains(secret));
    let page = reply
        .header("content-type")
        .is_some_and(|media| media.starts_with("text/html"));
    let repeated = page && (body.contains("<script>alert") || body.contains("<svg onload"));
    let split = reply.header("set-cookie").is_some();
    let failed = reply.status >= 500;
    (told || repeated || split || failed).then(|| format!("{path}: {}", reply.status))
}
