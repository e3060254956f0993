//! Comparisons: the same peers on every surface, counts equal to a naive scan, what is refused, the pages
//! without a script, and a context of one's own.

use crate::demonstration::{self, Answer, get, get_with, serve};
use crate::process;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Territories of the demonstration, of each level and of many sizes.
const PLACES: [&str; 6] = [
    "commune-19015",
    "commune-75056",
    "commune-80829",
    "epci-200066371",
    "departement-48",
    "region-53",
];

async fn json(path: &str) -> Value {
    let answer = get(path).await;
    let told = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 200, "{path}: {told}");
    answer.json()
}

fn ids(features: &Value) -> BTreeSet<String> {
    let all = features.as_array().unwrap().iter();
    let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
    all.map(id).collect()
}

#[tokio::test]
async fn peers_are_one_set_on_every_surface() {
    for place in PLACES {
        for how in ["", "&n=7", "&strate=oui&n=200", "&poids=population:2"] {
            let compared = json(&format!("/api/v1/comparaison?territoire={place}{how}")).await;
            let (level, _) = place.split_once('-').unwrap();
            let query = format!("semblables_a={place}{how}&type={level}");
            let list = json(&format!("/api/v1/fiches?{query}&limit=0")).await;
            let csv = get(&format!("/api/v1/fiches.csv?{query}")).await;
            let csv = String::from_utf8(csv.body).unwrap();
            let rows = csv
                .lines()
                .skip(1)
                .filter_map(|line| line.split(',').next());
            let listed: BTreeSet<String> = rows.map(str::to_owned).collect();
            assert_eq!(list["numberMatched"], listed.len(), "{place}{how}");
            let peers = ids(&compared["semblables"]);
            assert!(!listed.contains(place), "{place}{how}");
            if how.contains("strate") {
                assert!(peers.is_subset(&listed), "{place}{how}");
                assert_eq!(
                    compared["methode"]["strate"]["n"],
                    listed.len(),
                    "{place}{how}"
                );
            } else {
                assert_eq!(peers, listed, "{place}{how}");
            }
        }
    }
}

#[tokio::test]
async fn sheets_of_the_peers_are_those_that_the_query_lists_and_counts_are_a_scan() {
    for place in [
        "commune-75056",
        "commune-13056",
        "commune-59350",
        "epci-200054807",
    ] {
        let compared = json(&format!("/api/v1/comparaison?territoire={place}")).await;
        let mut found = Vec::new();
        let mut next = format!("/api/v1/fiches?semblables_a={place}&type=initiative&limit=1000");
        loop {
            let page = json(&next).await;
            found.extend(page["features"].as_array().unwrap().clone());
            let links = page["links"].as_array().unwrap().clone();
            let following = links.into_iter().find(|link| link["rel"] == "next");
            let Some(href) = following.and_then(|l| l["href"].as_str().map(str::to_owned)) else {
                break;
            };
            next = href[href.find("/api").unwrap()..].to_owned();
        }
        let (level, _) = place.split_once('-').unwrap();
        let key = format!("code_{level}");
        let mut by_term: BTreeMap<String, (u64, BTreeSet<String>)> = BTreeMap::new();
        for sheet in &found {
            let properties = &sheet["properties"];
            let territory = properties[&key].as_str().unwrap().to_owned();
            let terms = properties["enjeu"].as_array().cloned().unwrap_or_default();
            let slugs: BTreeSet<String> = terms
                .iter()
                .map(|term| atlaas_model::slug(term["nom"].as_str().or(term.as_str()).unwrap()))
                .collect();
            for slug in slugs {
                let entry = by_term.entry(slug).or_default();
                entry.0 += 1;
                entry.1.insert(territory.clone());
            }
        }
        let facets = compared["diagnostic"].as_array().unwrap();
        let topics = facets
            .iter()
            .find(|facet| facet["facette"] == "enjeu")
            .unwrap();
        let listed = ids(&Value::Array(found.clone()));
        let mut told = 0;
        for term in topics["termes"].as_array().unwrap() {
            let name = atlaas_model::slug(term["nom"].as_str().unwrap());
            let (count, territories) = by_term.get(&name).cloned().unwrap_or_default();
            assert_eq!(term["fiches_semblables"], count, "{place} {name}");
            assert_eq!(
                term["semblables_actifs"],
                territories.len(),
                "{place} {name}"
            );
            let read = ids(&term["a_lire"]);
            assert!(read.is_subset(&listed), "{place} {name}");
            assert_eq!(read.len() as u64, count.min(5), "{place} {name}");
            told += count;
        }
        assert!(told > 0, "{place}");
    }
}

#[tokio::test]
async fn mistakes_are_told_with_what_would_be_right() {
    for (query, parameter) in [
        ("", "territoire"),
        ("commune=19015&epci=200066371", "epci"),
        ("commune=99999", "commune"),
        ("territoire=commune-", "territoire"),
        ("commune=19015&lentille=x", "lentille"),
        ("commune=19015&poids=x:1", "poids"),
        ("commune=19015&poids=population:-1", "poids"),
        ("commune=19015&n=201", "n"),
        ("commune=19015&f=pdf", "f"),
        ("commune=19015&avec=!", "avec"),
        ("commune=19015&enjeu=education", "enjeu"),
        // Nothing of it is known here: without a context inhabitants alone are.
        ("commune=19015&poids=revenu:1", "poids"),
    ] {
        let answer = get(&format!("/api/v1/comparaison?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(
            answer.json()["errors"][0]["parametre"],
            parameter,
            "{query}"
        );
    }
    for query in ["n=5", "semblables_a=commune-99999", "semblables_a=x"] {
        let answer = get(&format!("/api/v1/fiches?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
    }
}

#[tokio::test]
async fn words_ask_for_what_resembles_a_place() {
    for (words, id, kind) in [
        ("communes comme Ayen", "commune-19015", "commune"),
        (
            "initiatives des villes semblables à Brive",
            "commune-19031",
            "initiative",
        ),
        ("villages qui ressemblent à Ayen", "commune-19015", ""),
        (
            "initiatives de communes comparables à Tulle",
            "commune-19272",
            "initiative",
        ),
    ] {
        let encoded =
            percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC);
        let found = json(&format!("/api/v1/fiches?q={encoded}")).await;
        let place = &found["comprehension"]["lieu"];
        assert_eq!(place["id"], id, "{words}");
        assert_eq!(place["relation"], "semblables", "{words}");
        let kinds = if kind.is_empty() {
            String::new()
        } else {
            format!("&type={kind}")
        };
        let asked = json(&format!("/api/v1/fiches?semblables_a={id}{kinds}")).await;
        if !kind.is_empty() {
            assert_eq!(found["numberMatched"], asked["numberMatched"], "{words}");
        }
    }
    // An ordinary comparison is none of territories.
    let found = json("/api/v1/fiches?q=un%20outil%20comme%20paris").await;
    assert_ne!(found["comprehension"]["lieu"]["relation"], "semblables");
}

#[tokio::test]
async fn pages_are_whole_without_a_script() {
    let form = get("/comparer").await;
    assert_eq!(form.status, 200);
    let found = get("/comparer?lieu=Ayen&lentille=rural&n=10&strate=").await;
    assert_eq!(found.status, 303);
    assert_eq!(
        found.header("location"),
        "/comparer/commune-19015?lentille=rural&n=10"
    );
    let unknown = get("/comparer?lieu=Zzyzx%20du%20Bout").await;
    assert!(body(&unknown).contains("role=\"alert\""));
    for place in PLACES {
        for how in [
            "",
            "?strate=oui",
            "?ordre=nom&lang=en",
            "?poids=population:1",
        ] {
            let path = format!("/comparer/{place}{how}");
            let page = get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            let html = body(&page);
            assert!(
                html.contains("id=\"profile\"") && html.contains("id=\"peers\""),
                "{path}"
            );
            assert!(!html.contains("NaN") && !html.contains("inf "), "{path}");
        }
    }
    assert_eq!(get("/comparer/commune-99999").await.status, 404);
    assert_eq!(get("/comparer/initiative-1").await.status, 404);
    assert_eq!(get("/comparer/commune-19015?lentille=x").await.status, 400);
    let page = get_with(
        &demonstration::app(),
        "/comparer/commune-19015",
        &[("accept-encoding", "gzip")],
    )
    .await;
    assert!(page.body.len() <= 40_000, "{} bytes", page.body.len());
    let commune = body(&get("/commune/19015").await);
    assert!(commune.contains("/comparer/commune-19015"));
}

fn body(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

const CONTEXT: &str = "\
code;densite_2024;population_2021;revenu_median_2019;label_2020;france_services_2024;rouge_2022
01004;3;15934;21000;5;1;0,5
01015;6;710;22000;;0;
44109;1;320000;23500,5;4;3;0,9
75056;1;2103778;29000;5;9;0,7
99999;1;1;1;1;1;1
80829;7;87;s.o.;;;0,1
80508;7;51;abc;;;0,2
";

const DECLARED: &str = "\
[colonnes.rouge_2022]
libelle = \"Part du rouge\"
unite = \"%\"
annee = 2022
agregation = \"moyenne\"
poids = { general = 2.0 }
[colonnes.revenu_median_2019]
agregation = \"mediane\"
[colonnes.densite_2024]
agregation = \"ordinal\"
";

/// The small sample with a context beside it.
fn sources(context: &str, declared: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    crate::declared::lamps::copy(&process::sample(), folder.path());
    fs::write(folder.path().join("contexte.csv"), context).unwrap();
    if !declared.is_empty() {
        fs::write(folder.path().join("contexte.toml"), declared).unwrap();
    }
    folder
}

fn index(sources: &Path) -> (tempfile::TempDir, std::process::Output) {
    let out = tempfile::tempdir().unwrap();
    let output = process::index_of(sources, out.path());
    (out, output)
}

#[tokio::test]
async fn a_context_of_ones_own_weighs_and_what_is_compared_does_not_enter() {
    let sources = sources(CONTEXT, DECLARED);
    let (out, output) = index(sources.path());
    assert!(output.status.success(), "{output:?}");
    let app = serve(out.path());
    let answer = get_with(&app, "/api/v1/comparaison?commune=75056&n=3", &[]).await;
    let compared = answer.json();
    let variables = compared["methode"]["variables"].as_array().unwrap();
    let named = |name: &str| variables.iter().find(|variable| variable["nom"] == name);
    assert_eq!(named("rouge_2022").unwrap()["poids"], 2.0);
    assert_eq!(named("rouge_2022").unwrap()["titre"], "Part du rouge");
    let columns: Vec<&Value> = variables
        .iter()
        .map(|variable| &variable["colonnes"])
        .collect();
    let columns = serde_json::to_string(&columns).unwrap();
    assert!(
        !columns.contains("label") && !columns.contains("france_services"),
        "{columns}"
    );
    let value = |name: &str| {
        let profile = compared["profil"].as_array().unwrap();
        profile
            .iter()
            .find(|line| line["variable"] == name)
            .unwrap()["valeur"]
            .clone()
    };
    assert_eq!(value("revenu"), 29000.0);
    assert_eq!(value("rouge_2022"), 0.7);
    let report = fs::read_to_string(report(out.path())).unwrap();
    for told in ["label_2020", "france_services_2024", "99999", "abc"] {
        let line = report
            .lines()
            .find(|line| line.contains("contexte.csv") && line.contains(told));
        assert!(line.is_some(), "{told}");
    }
}

fn report(out: &Path) -> std::path::PathBuf {
    let snapshots = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let snapshot = snapshots.filter(|path| path.is_dir()).max().unwrap();
    snapshot.join("rapport.csv")
}

#[test]
fn a_context_that_cannot_be_read_is_refused_and_one_file_is_checked() {
    for (context, declared, told) in [
        ("nom;population\nAyen;3\n", "", "code"),
        (
            CONTEXT,
            "[colonnes.rouge_2022]\nagregation = \"au hasard\"\n",
            "contexte.toml",
        ),
        (CONTEXT, "pas du toml", "contexte.toml"),
    ] {
        let sources = sources(context, declared);
        let (_out, output) = index(sources.path());
        assert_eq!(output.status.code(), Some(2), "{told}");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.contains(told), "{stderr}");
    }
    let sources = sources(CONTEXT, DECLARED);
    let file = sources.path().join("contexte.csv");
    let output = process::program().arg("check").arg(&file).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(stdout.contains("7 ") && stdout.contains("6 "), "{stdout}");
}

#[tokio::test]
async fn tables_have_a_row_for_the_place_and_for_each_peer() {
    let csv = get("/api/v1/comparaison?commune=19015&n=5&f=csv").await;
    let text = body(&csv);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + 1 + 5 + 6, "{text}");
    assert!(
        lines[1].starts_with("territoire,,commune-19015,Ayen"),
        "{}",
        lines[1]
    );
    let width = lines[0].split(',').count();
    assert!(
        lines.iter().all(|line| line.split(',').count() == width),
        "{text}"
    );
    let excel = get("/api/v1/comparaison?commune=19015&n=5&f=csv&dialecte=excel-fr").await;
    assert!(body(&excel).starts_with('\u{feff}'));
    let book = get("/api/v1/comparaison?commune=19015&n=5&f=xlsx").await;
    assert!(book.body.starts_with(b"PK"));
}

#[tokio::test]
async fn a_widget_of_places_like_ours_is_made_by_the_form_and_by_a_pasted_address() {
    let form = get("/integrer?commune=Ayen&portee=semblables&type=initiative").await;
    let page = String::from_utf8(form.body).unwrap();
    for held in [
        "src=\"/embed?semblables_a=commune-19015&#38;type=initiative\"",
        "atlaas-carte semblables_a=&#34;commune-19015&#34; type=&#34;initiative&#34;",
        "value=\"semblables\" checked",
    ] {
        assert!(page.contains(held), "{held}: {page}");
    }
    let nobody = get("/integrer?portee=semblables").await;
    let page = String::from_utf8(nobody.body).unwrap();
    assert!(page.contains("role=\"alert\""), "{page}");
    assert_eq!(nobody.status, 200);
    let address = "http%3A%2F%2Fatlaas.test%2Fcomparer%2Fcommune-19015%3Fn%3D50%26lentille%3Drural";
    let pasted = json(&format!("/oembed?url={address}")).await;
    let frame = pasted["html"].as_str().unwrap();
    let held = "/embed?semblables_a=commune-19015&amp;n=50&amp;lentille=rural\"";
    assert!(frame.contains(held), "{frame}");
}
