//! Rules of the house as code: sizes and names of files, module docs, and the arrows between crates.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 500;
const BANNED_STEMS: [&str; 7] = [
    "mod", "utils", "util", "helpers", "common", "misc", "manager",
];

/// Which of our crates each crate may use. The arrows never go back.
const ARROWS: [(&str, &[&str]); 8] = [
    ("atlaas-model", &[]),
    ("atlaas-ingest", &["atlaas-model"]),
    ("atlaas-spatial", &["atlaas-model"]),
    ("atlaas-search", &["atlaas-model"]),
    ("atlaas-compare", &["atlaas-model"]),
    (
        "atlaas-engine",
        &[
            "atlaas-model",
            "atlaas-spatial",
            "atlaas-search",
            "atlaas-compare",
        ],
    ),
    ("atlaas-server", &["atlaas-model", "atlaas-engine"]),
    (
        "atlaas",
        &[
            "atlaas-model",
            "atlaas-ingest",
            "atlaas-engine",
            "atlaas-server",
        ],
    ),
];

/// Crates that must not even be named by a crate of ours, because of what it may never contain.
const FOREIGN: [(&str, &[&str]); 6] = [
    ("atlaas-model", &["tantivy", "axum", "tokio", "rstar"]),
    ("atlaas-ingest", &["tantivy", "axum", "tokio", "rstar"]),
    ("atlaas-spatial", &["tantivy", "axum", "tokio"]),
    ("atlaas-search", &["axum", "tokio", "rstar", "geo"]),
    (
        "atlaas-compare",
        &["axum", "tokio", "tantivy", "rstar", "geo"],
    ),
    ("atlaas-engine", &["axum", "tokio"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rust_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["crates", "tests", "benches"] {
        collect(&root().join(folder), &mut files);
    }
    assert!(
        files.len() > 30,
        "the walk found only {} files",
        files.len()
    );
    files
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules"].contains(&name.as_str()) {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn every_file_opens_with_what_it_owns_and_stays_short() {
    let mut faults = Vec::new();
    for path in rust_files() {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") {
            faults.push(format!("{}: does not open with `//!`", path.display()));
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!(
                "{}: {lines} lines, at most {LONGEST_FILE}",
                path.display()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_file_bears_a_name_that_says_nothing() {
    for path in rust_files() {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            !BANNED_STEMS.contains(&stem.as_str()),
            "{}: name it after its subject",
            path.display()
        );
    }
}

#[test]
fn crates_point_one_way() {
    let arrows: BTreeMap<_, _> = ARROWS.into_iter().collect();
    let foreign: BTreeMap<_, _> = FOREIGN.into_iter().collect();
    for (name, allowed) in arrows {
        let path = root().join("crates").join(name).join("Cargo.toml");
        let manifest: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        assert_eq!(
            manifest["package"]["name"].as_str(),
            Some(name),
            "folder and package agree"
        );
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(table) = manifest.get(section).and_then(toml::Value::as_table) else {
                continue;
            };
            for dependency in table.keys() {
                let ours = dependency.starts_with("atlaas");
                assert!(
                    !ours || allowed.contains(&dependency.as_str()),
                    "{name} → {dependency} goes back"
                );
                let banned = foreign
                    .get(name)
                    .is_some_and(|list| list.contains(&dependency.as_str()));
                assert!(!banned, "{name} must not know {dependency}");
            }
        }
    }
}

#[test]
fn every_crate_obeys_the_workspace_lints() {
    for (name, _) in ARROWS {
        let path = root().join("crates").join(name).join("Cargo.toml");
        let manifest: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        assert_eq!(
            manifest["lints"]["workspace"].as_bool(),
            Some(true),
            "{name}"
        );
    }
}

#[test]
fn the_top_level_holds_what_its_owner_fixed() {
    // Cargo writes its lock file beside the manifest and nowhere else.
    let fixed = [
        "Cargo.toml",
        "Cargo.lock",
        "crates",
        "data",
        "tiles",
        "tests",
        "benches",
        "README.md",
        "target",
    ];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || fixed.contains(&name.as_str()),
            "{name} at the top level"
        );
    }
}

/// Names of the types that a text declares at the left margin, its unit tests left out.
fn types(text: &str) -> impl Iterator<Item = &str> {
    let product = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    product.lines().filter_map(|line| {
        let mut words = line.split_whitespace().peekable();
        if line.starts_with(' ') {
            return None;
        }
        if words.peek().is_some_and(|word| word.starts_with("pub")) {
            words.next();
        }
        let what = words.next()?;
        let name = words.next()?;
        ["struct", "enum", "trait", "type"]
            .contains(&what)
            .then(|| name.split(|c: char| !c.is_alphanumeric()).next())?
    })
}

#[test]
fn a_name_means_one_type_in_a_crate() {
    let mut named: BTreeMap<(String, String), Vec<PathBuf>> = BTreeMap::new();
    for file in rust_files() {
        let path = file.strip_prefix(root()).unwrap().to_owned();
        let parts: Vec<String> = path
            .iter()
            .map(|p| p.to_string_lossy().into_owned())
            .collect();
        let of_tests = parts.iter().any(|part| part.starts_with("tests"));
        if parts[0] != "crates" || of_tests {
            continue;
        }
        for name in types(&fs::read_to_string(&file).unwrap()) {
            let key = (parts[1].clone(), name.to_owned());
            named.entry(key).or_default().push(path.clone());
        }
    }
    assert!(named.len() > 300, "{}", named.len());
    named.retain(|_, files| files.len() > 1);
    assert!(named.is_empty(), "{named:#?}");
    let planted = "pub(crate) struct A<T>(T);\nenum B {}\n    struct C;\n#[cfg(test)]\nmod tests {\nstruct D;";
    assert_eq!(types(planted).collect::<Vec<_>>(), ["A", "B"]);
}
