//! Wrong outlines, from the file to the tile: a file that does not parse is told by byte and replaces
//! nothing; a commune that has lost its outline is a point; wrong rings are in the report by commune.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn program(arguments: &[&str], snapshots: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atlaas-under-test"))
        .args(arguments)
        .env("ATLAAS_SNAPSHOT", snapshots)
        .env("ATLAAS_OUT", snapshots)
        .env_remove("RUST_LOG")
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap()
}

/// A copy of the sample whose outlines went through `change`, and room for snapshots.
struct Case {
    directory: tempfile::TempDir,
}

impl Case {
    fn new(change: impl Fn(&str) -> String) -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/echantillon");
        let directory = tempfile::tempdir().unwrap();
        let sources = directory.path().join("sources");
        copy(&sample, &sources);
        let outlines = sources.join("communes.geojson");
        let text = std::fs::read_to_string(&outlines).unwrap();
        let changed = change(&text);
        assert_ne!(changed, text, "the case changes the outlines");
        std::fs::write(&outlines, changed).unwrap();
        Self { directory }
    }

    fn snapshots(&self) -> PathBuf {
        self.directory.path().join("instantanes")
    }

    fn index(&self, snapshots: &Path) -> Output {
        let sources = self.directory.path().join("sources");
        program(
            &["index", "--sources", sources.to_str().unwrap()],
            snapshots,
        )
    }

    /// Builds a snapshot that must succeed, and gives its directory.
    fn indexed(&self) -> PathBuf {
        let snapshots = self.snapshots();
        let output = self.index(&snapshots);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
        let current = std::fs::read_to_string(snapshots.join("actuel")).unwrap();
        snapshots.join(current.trim())
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Replaces the line of a commune's outline.
fn replace(text: &str, code: &str, line: &str) -> String {
    let mark = format!("\"code\":\"{code}\"");
    let lines = text
        .lines()
        .map(|l| if l.contains(&mark) { line } else { l });
    lines.collect::<Vec<_>>().join("\n")
}

fn feature(code: &str, rings: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[{rings}]}}}},"#
    )
}

#[test]
fn outlines_that_do_not_parse_are_told_by_byte_and_replace_nothing() {
    // Cut in the middle of a number, and broken by a stray brace.
    let cut = Case::new(|text| text[..1500].to_owned());
    let stray = Case::new(|text| text.replacen("[2.32,48.765]", "}2.32,48.765]", 1));
    let good = Case::new(|text| format!("{text}\n"));
    let snapshots = good.snapshots();
    good.indexed();
    let before = std::fs::read_to_string(snapshots.join("actuel")).unwrap();
    for (case, least) in [(&cut, 1400), (&stray, 800)] {
        let output = case.index(&snapshots);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("communes.geojson"), "{told}");
        let (_, place) = told
            .split_once("byte ")
            .expect("the message tells the byte");
        let digits: String = place.chars().take_while(char::is_ascii_digit).collect();
        let byte: usize = digits.parse().expect("a number follows");
        assert!((least..=1600).contains(&byte), "{told}");
        let after = std::fs::read_to_string(snapshots.join("actuel")).unwrap();
        assert_eq!(after, before);
    }
    let verified = program(&["verify", snapshots.to_str().unwrap()], &snapshots);
    assert!(verified.status.success());
}

#[test]
fn a_commune_that_has_no_outline_is_served_as_a_point() {
    let case = Case::new(|text| replace(text, "44109", ""));
    case.indexed();
    // Nantes, where the sample's centres put it: 1.54718° W, 47.23265° N.
    for (zoom, column, row) in [("5", "15", "11"), ("12", "2030", "1436")] {
        let arguments = ["tile", "territoires", zoom, column, row];
        let output = program(&arguments, &case.snapshots());
        let tile: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let layers = tile.as_array().unwrap().iter();
        let communes = layers.filter(|layer| layer["name"] == "communes");
        let nantes: Vec<_> = communes
            .flat_map(|layer| layer["features"].as_array().unwrap())
            .filter(|feature| feature["properties"]["code"] == "44109")
            .collect();
        assert_eq!(nantes.len(), 1, "{zoom}: {tile}");
        let geometry = nantes[0]["geometry"]["type"].as_str().unwrap();
        assert!(geometry.ends_with("Point"), "{geometry}");
        assert_eq!(nantes[0]["id"], 44109);
    }
}

#[test]
fn open_repeated_and_crossing_rings_are_in_the_report_by_commune() {
    let case = Case::new(|text| {
        let open = "[[2.19,50.35],[2.23,50.35],[2.23,50.37],[2.19,50.37]]";
        let repeated = "[[2.32,48.765],[2.36,48.765],[2.36,48.765],[2.36,48.785],[2.32,48.765]]";
        let crossing = "[[6.25,46.86],[6.3,46.89],[6.3,46.86],[6.25,46.885],[6.25,46.86]]";
        let flat = "[[4.77,45.71],[4.9,45.71],[4.8,45.71],[4.77,45.71]]";
        let mut text = text.to_owned();
        for (code, rings) in [
            ("62633", open),
            ("94038", repeated),
            ("25515", crossing),
            ("69123", flat),
        ] {
            text = replace(&text, code, &feature(code, rings));
        }
        text
    });
    let report = std::fs::read_to_string(case.indexed().join("rapport.csv")).unwrap();
    for (code, advice) in [
        ("62633", "anneau non fermé"),
        ("94038", "sommets répétés"),
        ("25515", "se croise"),
        ("69123", "anneau sans surface"),
    ] {
        let about = |line: &&str| line.contains("communes.geojson") && line.contains(code);
        let found = report
            .lines()
            .filter(about)
            .any(|line| line.contains(advice));
        assert!(found, "{code}: {advice}\n{report}");
    }
}
