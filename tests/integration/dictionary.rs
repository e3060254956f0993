//! Every table that is exported is what its dictionary says, to a reader that is not ours: frictionless for
//! Table Schema and Data Package, csvw for the file beside a CSV. And each column of a table is told.

use crate::demonstration::{Answer, get};
use crate::tools::{printed, python, python_has};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Tables that are validated in the usual dialect alone: in another they are the same rows, and many.
const LARGE: [&str; 2] = ["communes", "fiches"];

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("clients")
        .join(name)
}

/// Path and query of an absolute address of ours.
fn within(address: &str) -> &str {
    address.strip_prefix("http://atlaas.test").expect(address)
}

/// Where it is told what lies beside a CSV.
fn described_by(answer: &Answer) -> String {
    let links = answer.headers.get_all("link").iter();
    let mut links = links.map(|link| link.to_str().unwrap());
    let link = links
        .find(|link| link.contains("rel=\"describedby\""))
        .unwrap();
    assert!(link.ends_with("type=\"application/csvm+json\""), "{link}");
    let address = link.split('>').next().unwrap().trim_start_matches('<');
    within(address).to_owned()
}

/// Saves a package and its tables beside it; returns how many rows each has.
async fn save_package(directory: &Path, dialect: &str) -> BTreeMap<String, usize> {
    let address = format!("/api/v1/schemas?dialecte={dialect}");
    let mut package = get(&address).await.json();
    let mut counts = BTreeMap::new();
    let resources = package["resources"].as_array_mut().unwrap();
    if dialect != "standard" {
        resources.retain(|resource| !LARGE.contains(&resource["name"].as_str().unwrap()));
    }
    for resource in resources {
        if dialect != "standard" {
            // The territories that they refer to are not all there.
            let schema = resource["schema"].as_object_mut().unwrap();
            schema.remove("foreignKeys");
        }
        let address = within(resource["path"].as_str().unwrap()).to_owned();
        let answer = get(&address).await;
        assert_eq!(answer.status, 200, "{address}");
        let name = format!("{}-{dialect}.csv", resource["name"].as_str().unwrap());
        let mut reader = csv::ReaderBuilder::new();
        let delimiter = resource["dialect"]["delimiter"].as_str().unwrap();
        let mut rows = reader
            .delimiter(delimiter.as_bytes()[0])
            .from_reader(&*answer.body);
        counts.insert(name.clone(), rows.records().map(Result::unwrap).count());
        std::fs::write(directory.join(&name), &answer.body).unwrap();
        resource["path"] = Value::String(name);
    }
    std::fs::write(directory.join(dialect), package.to_string()).unwrap();
    counts
}

#[tokio::test]
async fn every_table_is_what_its_dictionary_says_in_each_dialect() {
    if !python_has("frictionless") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let mut expected = save_package(directory.path(), "standard").await;
    assert!(expected.len() >= 9, "{expected:?}");
    expected.extend(save_package(directory.path(), "excel-fr").await);
    let run = |packages: &[&str]| {
        let mut python = python();
        python.current_dir(directory.path());
        python.arg(script("dictionary.py")).args(packages);
        python.output().unwrap()
    };
    let told = printed(&run(&["standard", "excel-fr"]));
    let found: BTreeMap<String, usize> = serde_json::from_str(&told).unwrap();
    assert_eq!(found, expected);
    // A column that is called otherwise is found.
    let path = directory.path().join("regions-standard.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let other = text.replacen("population", "habitants", 1);
    assert_ne!(text, other);
    std::fs::write(&path, other).unwrap();
    assert!(!run(&["standard"]).status.success());
}

/// Queries whose CSV has a file beside it.
const QUERIES: [&str; 7] = [
    "/api/v1/fiches.csv?type=region",
    "/api/v1/fiches.csv?type=initiative&departement=13",
    "/api/v1/fiches.csv?departement=15&dialecte=excel-fr",
    "/api/v1/fiches.csv?q=m%C3%A9diation&limit=20",
    "/api/v1/barometre?par=departement,annee&f=csv",
    "/api/v1/barometre?par=departement&f=csv&dialecte=excel-fr",
    "/api/v1/comparaison?commune=13056&f=csv",
];

#[tokio::test]
async fn the_file_beside_a_csv_tells_its_columns_snapshot_query_and_licence() {
    let snapshot = get("/health/readyz").await.json();
    for query in QUERIES {
        let answer = get(query).await;
        let beside = get(&described_by(&answer)).await;
        assert_eq!(beside.status, 200, "{query}");
        assert_eq!(beside.header("content-type"), "application/csvm+json");
        let told = beside.json();
        let text = String::from_utf8(answer.body.clone()).unwrap();
        let header = text.trim_start_matches('\u{feff}').lines().next().unwrap();
        let delimiter = told["dialect"]["delimiter"].as_str().unwrap();
        let columns = told["tableSchema"]["columns"].as_array().unwrap();
        let titles: Vec<&str> = columns
            .iter()
            .map(|column| column["titles"].as_str().unwrap())
            .collect();
        assert_eq!(titles.join(delimiter), header, "{query}");
        for column in columns {
            assert!(column["dc:title"].is_string(), "{query}: {column}");
        }
        // It is the address of the very bytes.
        let again = get(within(told["url"].as_str().unwrap())).await;
        assert!(again.body == answer.body, "{query}: {}", told["url"]);
        assert!(
            told["dc:license"]["@id"]
                .as_str()
                .unwrap()
                .contains("licence-ouverte")
        );
        assert!(told["dc:subject"].as_str().unwrap().len() > 3, "{query}");
        assert!(
            snapshot
                .to_string()
                .contains(told["schema:version"].as_str().unwrap())
        );
    }
}

#[tokio::test]
async fn a_csv_and_the_file_beside_it_agree_to_a_reader_of_csv_on_the_web() {
    if !python_has("csvw") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    for (rank, query) in QUERIES.iter().enumerate() {
        let answer = get(query).await;
        let mut told = get(&described_by(&answer)).await.json();
        let name = format!("{rank}.csv");
        std::fs::write(directory.path().join(&name), answer.body).unwrap();
        told["url"] = Value::String(name.clone());
        let beside = directory.path().join(format!("{name}-metadata.json"));
        std::fs::write(beside, told.to_string()).unwrap();
    }
    let script = "import csvw, glob\n\
        names = sorted(glob.glob('*.csv-metadata.json'))\n\
        for name in names:\n\
        \x20   read = csvw.CSVW(name, validate=True)\n\
        \x20   assert read.is_valid and not read.warnings, (name, read.warnings)\n\
        \x20   rows = list(read.tables[0].iterdicts())\n\
        \x20   assert rows and all('snapshot' in row for row in rows), name\n\
        print(len(names))";
    let output = python()
        .current_dir(directory.path())
        .args(["-c", script])
        .output();
    assert_eq!(printed(&output.unwrap()).trim(), QUERIES.len().to_string());
}

/// Of every table, in each language, each column has a title; of what we name ourselves, what it tells.
#[tokio::test]
async fn each_column_of_every_table_is_told_in_both_languages() {
    let mut titles = Vec::new();
    for language in ["fr", "en"] {
        let package = get(&format!("/api/v1/schemas?lang={language}"))
            .await
            .json();
        for resource in package["resources"].as_array().unwrap() {
            let name = resource["name"].as_str().unwrap();
            let fields = resource["schema"]["fields"].as_array().unwrap();
            for field in fields {
                assert!(field["title"].is_string(), "{name} {language}: {field}");
            }
            let alone = format!("/api/v1/schemas/{name}.json?lang={language}");
            let alone = match name {
                "barometre" => format!("{alone}&par=departement"),
                _ => alone,
            };
            let alone = get(&alone).await.json();
            assert_eq!(&alone["fields"], &resource["schema"]["fields"], "{name}");
            titles.push((name.to_owned(), fields[0]["title"].clone()));
        }
    }
    let (french, english) = titles.split_at(titles.len() / 2);
    assert_ne!(french, english);
    for wrong in [
        "/api/v1/schemas/arbres.json",
        "/api/v1/schemas/communes.json?par=annee",
    ] {
        assert!(get(wrong).await.status.is_client_error(), "{wrong}");
    }
}

/// What leaves as one file says inside where it comes from.
#[tokio::test]
async fn other_exports_carry_snapshot_query_date_and_licence_inside() {
    let id = get("/api/v1/schemas").await.json()["version"]
        .as_str()
        .unwrap()
        .to_owned();
    let gpx = get("/api/v1/fiches.gpx?type=colieu&departement=13").await;
    let gpx = String::from_utf8(gpx.body).unwrap();
    let head = gpx.split("</metadata>").next().unwrap();
    for told in [&*id, "type=colieu", "licence-ouverte", "<time>20"] {
        assert!(head.contains(told), "{told}: {head}");
    }
    if !python_has("openpyxl") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    for (name, address) in [
        ("a.xlsx", "/api/v1/fiches.xlsx?type=region"),
        ("b.xlsx", "/api/v1/barometre?par=annee&f=xlsx"),
        ("c.xlsx", "/api/v1/comparaison?commune=13056&f=xlsx"),
    ] {
        std::fs::write(directory.path().join(name), get(address).await.body).unwrap();
    }
    let script = "import openpyxl, sys\n\
        for name in ('a.xlsx', 'b.xlsx', 'c.xlsx'):\n\
        \x20   book = openpyxl.load_workbook(name)\n\
        \x20   rows, told = book.worksheets\n\
        \x20   lines = [[c.value for c in row] for row in told.iter_rows()]\n\
        \x20   texts = [str(v) for line in lines for v in line]\n\
        \x20   for wanted in sys.argv[1:]:\n\
        \x20       assert any(wanted in text for text in texts), (name, wanted)\n\
        \x20   header = [c.value for c in next(rows.iter_rows())]\n\
        \x20   assert [l[0] for l in lines[-len(header):]] == header, name\n\
        \x20   assert all(l[1] for l in lines[-len(header):]), name\n\
        \x20   assert book.properties.keywords == sys.argv[1], name";
    let mut python = python();
    python.current_dir(directory.path());
    python.args([
        "-c",
        script,
        &id,
        "Licence Ouverte",
        "http://atlaas.test/api/v1/",
    ]);
    printed(&python.output().unwrap());
}
