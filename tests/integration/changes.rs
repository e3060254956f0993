//! Changes and older snapshots, over seeded mutations of the small sample, indexed and reloaded ten times:
//!
//! 1. A feed loses nothing: by `next`, by `prev-archive` from the end, and for a reader who comes by now and then
//!    and stops at the first archive that is known. What went is there, archives do not change.
//! 2. A query follows what its list finds, and of what went what it would have found.
//! 3. `?v=` answers from a snapshot that is kept; any other name opens nothing and is told what is kept.
//! 4. A journal that is damaged is said, and nothing fails for it.

mod reader;
mod world;

use crate::demonstration::{Answer, get_with, serve_within};
use crate::process;
use atlaas_server::{Limits, Site};
use axum::body::Body;
use axum::http::Request;
use reader::{AtomFeed, Seen};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tower::ServiceExt;
use world::World;

async fn json(world: &World, path: &str) -> Value {
    let answer = get(world, path).await;
    let told = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 200, "{path}: {told}");
    answer.json()
}

async fn get(world: &World, path: &str) -> Answer {
    let path = path.strip_prefix("http://atlaas.test").unwrap_or(path);
    get_with(&world.app, path, &[]).await
}

async fn feed(world: &World, path: &str) -> AtomFeed {
    let answer = get(world, path).await;
    let text = String::from_utf8(answer.body).unwrap();
    assert_eq!(answer.status, 200, "{path}: {text}");
    AtomFeed::read(&text)
}

/// Everything from an address on, by a relation.
async fn walk(world: &World, start: &str, rel: &str) -> (BTreeSet<Seen>, Vec<(String, AtomFeed)>) {
    let (mut seen, mut documents) = (BTreeSet::new(), Vec::new());
    let mut next = Some(start.to_owned());
    while let Some(address) = next.take() {
        assert!(documents.len() < 500, "{start} never ends");
        let document = feed(world, &address).await;
        seen.extend(document.entries.iter().cloned());
        next = document.link(rel).map(str::to_owned);
        documents.push((address, document));
    }
    (seen, documents)
}

/// A reader who keeps what it has seen, and which archives.
#[derive(Default)]
struct Subscriber {
    seen: BTreeSet<Seen>,
    archives: BTreeMap<String, (Vec<u8>, String)>,
}

impl Subscriber {
    /// Reads the feed, then what precedes, to the first archive that is known.
    async fn poll(&mut self, world: &World, address: &str) {
        let document = feed(world, address).await;
        self.seen.extend(document.entries.iter().cloned());
        let mut next = document.link("prev-archive").map(str::to_owned);
        while let Some(archive) = next.take().filter(|one| !self.archives.contains_key(one)) {
            let answer = get(world, &archive).await;
            let tag = answer.header("etag").to_owned();
            self.archives
                .insert(archive.clone(), (answer.body.clone(), tag));
            let document = AtomFeed::read(&String::from_utf8(answer.body).unwrap());
            assert!(document.is_archive, "{archive}");
            self.seen.extend(document.entries.iter().cloned());
            next = document.link("prev-archive").map(str::to_owned);
        }
    }
}

const FEED: &str = "/api/v1/changements.atom?limit=4";

#[tokio::test]
async fn a_feed_across_ten_reloads_loses_nothing() {
    let mut world = World::new(1);
    let (mut often, mut seldom) = (Subscriber::default(), Subscriber::default());
    for reload in 0..10 {
        world.step();
        often.poll(&world, FEED).await;
        if reload % 4 == 1 {
            seldom.poll(&world, FEED).await;
        }
    }
    seldom.poll(&world, FEED).await;
    let expected = world.seen();
    let of = |gone: bool| expected.iter().filter(|one| one.is_gone == gone).count();
    assert!(
        of(true) > 10 && of(false) > 30,
        "{} {}",
        of(true),
        of(false)
    );
    assert_eq!(often.seen, expected);
    assert_eq!(seldom.seen, expected);
    let (by_next, pages) = walk(&world, FEED, "next").await;
    assert_eq!(by_next, expected);
    assert!(pages.len() > 10 && pages.iter().all(|(_, page)| page.entries.len() <= 4));
    let (by_archive, _) = walk(&world, FEED, "prev-archive").await;
    assert_eq!(by_archive, expected);
    for (archive, (body, tag)) in &often.archives {
        let again = get(&world, archive).await;
        assert_eq!(again.header("etag"), tag, "{archive}");
        assert!(again.body == *body, "{archive}");
    }
    json_forms_tell_the_same(&world, &expected).await;
    readers_of_others_read_it(&world).await;
}

/// JSON by its `next` links, the JSON Feed by `next_url`.
async fn json_forms_tell_the_same(world: &World, expected: &BTreeSet<Seen>) {
    let mut told = Vec::new();
    let mut next = Some("/api/v1/changements?limit=9".to_owned());
    while let Some(address) = next.take() {
        let page = json(world, &address).await;
        assert_eq!(page["total"], expected.len());
        for change in page["changements"].as_array().unwrap() {
            let text = |name: &str| change[name].as_str().unwrap().to_owned();
            told.push((text("moment"), text("changement"), text("id")));
            let changed = change["changement"] == "modification";
            assert_eq!(change["champs"].is_array(), changed, "{change}");
        }
        let links = page["links"].as_array().unwrap();
        let link = links.iter().find(|link| link["rel"] == "next");
        next = link.map(|link| link["href"].as_str().unwrap().to_owned());
    }
    assert_eq!(told, world.told(), "order and kinds");
    let mut items = BTreeSet::new();
    let mut next = Some("/api/v1/changements.jsonfeed?limit=9".to_owned());
    while let Some(address) = next.take() {
        let page = json(world, &address).await;
        assert_eq!(page["version"], "https://jsonfeed.org/version/1.1");
        for item in page["items"].as_array().unwrap() {
            let genre = item["_atlaas"]["changement"].as_str().unwrap();
            items.insert(Seen {
                id: item["_atlaas"]["fiche"].as_str().unwrap().to_owned(),
                moment: item["date_modified"].as_str().unwrap().to_owned(),
                is_gone: genre == "retrait",
            });
        }
        next = page["next_url"].as_str().map(str::to_owned);
    }
    assert_eq!(&items, expected);
}

/// `feedparser` and `atoma` read what a subscriber gets.
async fn readers_of_others_read_it(world: &World) {
    let directory = tempfile::tempdir().unwrap();
    let answer = get(world, "/api/v1/changements.atom?limit=1000").await;
    let text = String::from_utf8(answer.body.clone()).unwrap();
    let entries = text.matches("<entry>").count();
    std::fs::write(directory.path().join("a.atom"), answer.body).unwrap();
    for (module, script) in [
        (
            "atoma",
            "import atoma; f = atoma.parse_atom_file('a.atom'); print(len(f.entries))",
        ),
        (
            "feedparser",
            "import feedparser; f = feedparser.parse('a.atom'); print(-1 if f.bozo else len(f.entries))",
        ),
    ] {
        if crate::tools::python_has(module) {
            let mut python = crate::tools::python();
            let output = python.current_dir(directory.path()).args(["-c", script]);
            let read = crate::tools::printed(&output.output().unwrap());
            assert_eq!(read.trim(), entries.to_string(), "{module}");
        }
    }
}

#[tokio::test]
async fn a_query_follows_what_its_list_finds_and_what_went_of_it() {
    let mut world = World::new(2);
    for _ in 0..6 {
        world.step();
    }
    let everything = json(&world, "/api/v1/changements?limit=1000").await;
    let departement = world.departement();
    for query in [
        "type=initiative".to_owned(),
        format!("departement={departement}"),
        format!("type=colieu&departement={departement}"),
        "enjeu=education".to_owned(),
        "bbox=-5,41,10,46".to_owned(),
        "annee=2000-2018".to_owned(),
    ] {
        let list = json(
            &world,
            &format!("/api/v1/fiches?limit=500&facettes=aucune&{query}"),
        )
        .await;
        let found: BTreeSet<&str> = list["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].as_str().unwrap())
            .collect();
        let told = json(&world, &format!("/api/v1/changements?limit=1000&{query}")).await;
        let told = |genre: &'static str| -> BTreeSet<String> {
            let all = told["changements"].as_array().unwrap().iter();
            let of = all.filter(|one| genre.is_empty() != (one["changement"] == genre));
            of.filter(|one| one["changement"] != "sortie" || genre == "sortie")
                .map(|one| format!("{} {}", one["moment"], one["id"].as_str().unwrap()))
                .collect()
        };
        // The latest change of what is there.
        let mut known = BTreeSet::new();
        for one in everything["changements"].as_array().unwrap() {
            let id = one["id"].as_str().unwrap();
            if !known.insert(id) || one["changement"] == "retrait" {
                continue;
            }
            let key = format!("{} {id}", one["moment"]);
            assert_eq!(
                told("").contains(&key),
                found.contains(id),
                "{query}: {key}"
            );
        }
        let removed: BTreeSet<String> = world.removed(&query);
        let told_removed: BTreeSet<String> = told("retrait")
            .into_iter()
            .map(|key| key.split(' ').next_back().unwrap().to_owned())
            .collect();
        assert_eq!(told_removed, removed, "{query}");
    }
    several_queries_are_one_feed(&world, &departement).await;
    since_a_snapshot_or_a_moment(&world).await;
}

async fn several_queries_are_one_feed(world: &World, departement: &str) {
    let keys = |answer: &Value| -> BTreeSet<String> {
        let all = answer["changements"].as_array().unwrap().iter();
        all.map(|one| format!("{} {} {}", one["moment"], one["id"], one["changement"]))
            .collect()
    };
    let of = |query: String| async move {
        keys(&json(world, &format!("/api/v1/changements?limit=1000&{query}")).await)
    };
    let first = of("type=colieu".to_owned()).await;
    let second = of(format!("type=initiative&departement={departement}")).await;
    let both = of(format!(
        "suivre=type%3Dcolieu&suivre=type%3Dinitiative%26departement%3D{departement}"
    ))
    .await;
    assert!(!first.is_empty() && !second.is_empty());
    assert_eq!(both, &first | &second);
    let page = get(world, "/changements?suivre=type%3Dcolieu&suivre=&q=").await;
    let page = String::from_utf8(page.body).unwrap();
    let address = "/api/v1/changements.atom?suivre=type%3Dcolieu";
    assert!(page.contains(address) && page.len() < 40_000, "{page}");
    let many = "suivre=type%3Dcolieu&".repeat(21);
    let refused = get(world, &format!("/api/v1/changements?{many}")).await;
    assert_eq!(refused.status, 400);
}

async fn since_a_snapshot_or_a_moment(world: &World) {
    let told = world.told();
    for (moment, id) in &world.lines {
        let after = told.iter().filter(|(own, ..)| own > moment).count();
        let path = format!("/api/v1/changements?depuis={id}");
        assert_eq!(json(world, &path).await["total"], after, "{path}");
        let from = told.iter().filter(|(own, ..)| own >= moment).count();
        let path = format!("/api/v1/changements?depuis={moment}");
        assert_eq!(json(world, &path).await["total"], from, "{path}");
    }
    let unknown = get(world, "/api/v1/changements?depuis=0123456789abcdef").await;
    assert_eq!(unknown.status, 400);
    let missing = get(world, "/api/v1/changements.atom?archive=1.0").await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn an_address_with_v_answers_from_that_snapshot_while_it_is_kept() {
    let mut world = World::new(3);
    // Which of two snapshots of one second is the older one, nothing tells.
    let a_second = std::time::Duration::from_millis(1_100);
    std::thread::sleep(a_second);
    world.step();
    let old = world.app.snapshot().id().to_owned();
    let paths = [
        "/api/v1/fiches?type=colieu",
        "/api/v1/fiches.csv?type=initiative",
    ];
    let mut before = Vec::new();
    for path in paths {
        before.push(get(&world, path).await.body);
    }
    let count = json(&world, "/api/v1/changements").await["total"].clone();
    std::thread::sleep(a_second);
    world.step();
    assert_eq!(world.app.versions.opened(), 0, "not before it is asked for");
    for (path, before) in paths.iter().zip(&before) {
        let now = get(&world, path).await;
        let then = get(&world, &format!("{path}&v={old}")).await;
        assert_eq!(then.status, 200);
        assert!(then.header("cache-control").contains("immutable"), "{path}");
        assert!(then.body == *before && now.body != *before, "{path}");
    }
    let then = json(&world, &format!("/api/v1/changements?v={old}")).await;
    assert_eq!(then["total"], count, "the journal as it was");
    let page = get(&world, &format!("/?q=&v={old}")).await;
    assert!(String::from_utf8_lossy(&page.body).contains("instantané plus ancien"));
    assert_eq!(world.app.versions.opened(), 1, "opened once for all");
    let current = world.app.snapshot().id().to_owned();
    let named = get(&world, &format!("{}&v={current}", paths[0])).await;
    assert!(named.header("cache-control").contains("immutable"));
    std::thread::sleep(a_second);
    world.step();
    assert!(!world.app.versions.is_open(), "a reload lets it go");
    let gone = get(&world, &format!("{}&v={old}", paths[0])).await;
    let told = gone.json();
    assert_eq!(
        (gone.status.as_u16(), told["status"].as_u64()),
        (410, Some(410))
    );
    let detail = told["detail"].as_str().unwrap();
    let newest = world.app.snapshot().id().to_owned();
    assert!(
        detail.contains(&current) && detail.contains(&newest),
        "{detail}"
    );
    names_that_are_none_open_nothing(&world).await;
}

async fn names_that_are_none_open_nothing(world: &World) {
    let opened = world.app.versions.opened();
    // Made once: it takes longer to make than to ask.
    let router = atlaas_server::router(Arc::clone(&world.app));
    for number in 0..1_000_u64 {
        let name = match number % 4 {
            0 => format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            1 => format!("..%2F{number}"),
            2 => format!("{number}%00%C3%A9"),
            _ => "f".repeat(number as usize % 64 + 1),
        };
        let request = Request::get(format!("/api/v1/fiches?v={name}"));
        let request = request.header("host", "atlaas.test").body(Body::empty());
        let answer = router.clone().oneshot(request.unwrap()).await.unwrap();
        assert_eq!(answer.status(), 404, "{name}");
    }
    assert_eq!(world.app.versions.opened(), opened);
    let answer = get_with(
        &world.app,
        "/commune/13056?v=0123456789abcdef",
        &[("accept", "text/html")],
    )
    .await;
    assert_eq!(answer.status, 404);
    assert!(answer.header("content-type").starts_with("text/html"));
    let link = format!("../commune/13056?v={}", world.app.snapshot().id());
    assert!(String::from_utf8_lossy(&answer.body).contains(&link));
}

#[tokio::test]
async fn a_damaged_journal_is_said_and_nothing_fails_for_it() {
    let mut world = World::new(4);
    for _ in 0..3 {
        world.step();
    }
    let path = world.directory().join("journal.txt");
    let whole = std::fs::read(&path).unwrap();
    for length in [0, 1, 70, whole.len() / 2, whole.len() - 1, whole.len()] {
        std::fs::write(&path, &whole[..length]).unwrap();
        world.app.reload().unwrap();
        let ready = json(&world, "/health/readyz").await;
        let torn = length > 0 && whole[length - 1] != b'\n';
        assert_eq!(
            ready["journal"]["defaut"].is_string(),
            torn,
            "{length}: {ready}"
        );
        let answer = json(&world, "/api/v1/changements?limit=1000").await;
        assert_eq!(answer["journal"]["lacunes"], torn, "{length}");
        assert_eq!(get(&world, "/changements").await.status, 200);
    }
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    world.step();
    let ready = json(&world, "/health/readyz").await;
    assert!(
        ready["journal"]["defaut"].is_null(),
        "written whole again: {ready}"
    );
    let verified = process::program()
        .arg("verify")
        .arg(world.directory())
        .output();
    assert!(verified.unwrap().status.success());
}

#[tokio::test]
async fn a_hub_is_named_where_one_is_configured_and_nowhere_else() {
    let world = World::new(6);
    let hub = Site::hub("https://hub.example.fr/");
    assert!(hub.is_some() && Site::hub("hub.example.fr").is_none());
    assert!(Site::hub("https://a/>; rel=\"next\"").is_none());
    let site = Site {
        websub_hub: hub,
        ..Site::default()
    };
    let told = serve_within(world.directory(), Limits::default(), site);
    for (app, named) in [(&told, true), (&world.app, false)] {
        for form in ["atom", "jsonfeed"] {
            let path = format!("/api/v1/changements.{form}");
            let answer = get_with(app, &path, &[]).await;
            let links = answer.headers.get_all("link").iter();
            let links: Vec<&str> = links.map(|link| link.to_str().unwrap()).collect();
            let has = |rel: &str| links.iter().any(|link| link.contains(rel));
            assert_eq!(
                has("<https://hub.example.fr/>; rel=\"hub\""),
                named,
                "{links:?}"
            );
            assert!(has("rel=\"self\""), "{links:?}");
            let body = String::from_utf8(answer.body).unwrap();
            assert_eq!(body.contains("https://hub.example.fr/"), named, "{body}");
        }
    }
}

#[tokio::test]
async fn the_command_tells_what_differs_between_two_snapshots() {
    let mut world = World::new(5);
    world.step();
    let old = world.app.snapshot().id().to_owned();
    world.step();
    let new = world.app.snapshot().id().to_owned();
    let run = |arguments: &[&str]| {
        let mut command = process::program();
        let command = command.args(["diff", "--snapshot"]).arg(world.directory());
        command.args(arguments).output().unwrap()
    };
    let output = run(&[&old, &new, "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let ids = |list: &str| -> BTreeSet<String> {
        let all = told[list].as_array().unwrap().iter();
        all.map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        [ids("ajouts"), ids("modifications"), ids("retraits")],
        world.last_step()
    );
    for changed in told["modifications"].as_array().unwrap() {
        let fields = changed["champs"].as_array().unwrap();
        assert!(fields.iter().all(|field| field["avant"] != field["apres"]) && !fields.is_empty());
    }
    let path = world.directory().join(&old);
    let newest = world.directory();
    let text = run(&[
        path.to_str().unwrap(),
        newest.to_str().unwrap(),
        "--exit-code",
    ]);
    assert_eq!(text.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&text.stdout).contains("added"));
    assert_eq!(run(&[&new, &new, "--exit-code"]).status.code(), Some(0));
    assert_eq!(run(&[&new, "nowhere"]).status.code(), Some(2));
}
