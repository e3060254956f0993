//! What the public definition of geo.api.gouv.fr holds is answered, or is in the table of what differs on
//! purpose; our own definition says the same as our description.

use crate::demonstration::get;
use serde_json::Value;

/// Addresses of the original's definition (datagouv/api-geo `definition.yml` and `server.js`), with the
/// parameters and the fields that each takes.
const ORIGINAL: [(&str, &str, &str); 6] = [
    (
        "/communes",
        "type code codePostal nom siren deleguees associees codeEpci codeDepartement codeRegion boost zone lat lon limit fields format geometry",
        "nom code codesPostaux centre surface contour codeDepartement departement codeRegion region population siren codeEpci epci bbox mairie zone type associees deleguees anciensCodes codeParent",
    ),
    (
        "/communes_associees_deleguees",
        "type code nom codeEpci codeDepartement codeRegion lat lon limit fields format geometry",
        "nom code type chefLieu codeDepartement codeEpci codeRegion codesPostaux departement region epci centre",
    ),
    (
        "/epcis",
        "code nom codeEpci codeDepartement codeRegion boost zone limit fields format geometry",
        "nom code codesDepartements codesRegions population type financement centre surface contour bbox zone",
    ),
    (
        "/departements",
        "code nom codeRegion zone limit fields",
        "nom code codeRegion region zone chefLieu",
    ),
    (
        "/regions",
        "code nom zone limit fields",
        "nom code zone chefLieu",
    ),
    (
        "/communes/13056",
        "fields format geometry",
        "nom code population",
    ),
];

/// What differs on purpose, each told in `/docs`: the words by which it is told there.
const DIFFERENCES: [&str; 9] = [
    "atlaas-parametres-ignores",
    "celle du contour",
    "le centre de la commune",
    "zone=metro,drom,com",
    "sans <code>lat</code>",
    "n’ont pas de contour",
    "se calcule autrement",
    "commune disparue",
    "Tous les contours de France",
];

#[tokio::test]
async fn what_the_original_defines_is_answered_or_told_to_differ() {
    let definition = get("/definition.yml").await;
    assert_eq!(definition.header("content-type"), "application/yaml");
    let definition = String::from_utf8(definition.body).unwrap();
    assert!(
        definition.contains("\n\"openapi\": \"3.0.3\"\n"),
        "{definition}"
    );
    let told = get("/openapi.json").await.json();
    for (address, parameters, fields) in ORIGINAL {
        for name in parameters.split(' ') {
            let answer = get(&format!("{address}?{name}=")).await;
            assert_eq!(
                answer.header("atlaas-parametres-ignores"),
                "",
                "{address}?{name}="
            );
        }
        for field in fields.split(' ') {
            let answer = get(&format!("{address}?fields={field}&limit=1")).await;
            let ignored = answer.header("atlaas-parametres-ignores");
            assert!(!ignored.contains("fields"), "{address}: {ignored}");
        }
        if told["paths"][address].is_object() {
            assert!(
                definition.contains(&format!("\n  \"{address}\":\n")),
                "{address}"
            );
        }
    }
    let docs = String::from_utf8(get("/docs").await.body).unwrap();
    let told = docs.split("id=\"ecarts\"").nth(1).unwrap();
    for words in DIFFERENCES {
        assert!(told.contains(words), "{words} is told nowhere");
    }
}

#[tokio::test]
async fn the_definition_says_in_yaml_what_the_description_says() {
    if !crate::tools::python_has("yaml") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("definition.yml");
    std::fs::write(&file, get("/definition.yml").await.body).unwrap();
    let script = "import json,sys,yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
    let read = crate::tools::python()
        .args(["-c", script])
        .arg(&file)
        .output()
        .unwrap();
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    let read: Value = serde_json::from_slice(&read.stdout).unwrap();
    let told = get("/openapi.json").await.json();
    let paths = read["paths"].as_object().unwrap();
    assert!(paths.len() > 10 && paths.keys().all(|path| !path.starts_with("/api")));
    for (path, item) in paths {
        let (own, whole) = (
            &item["get"]["operationId"],
            &told["paths"][path]["get"]["operationId"],
        );
        assert_eq!(own, whole, "{path}");
    }
}
