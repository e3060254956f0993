//! What product code may not name: a layer that only a test declares, and those that ship, of which the schema
//! tells everything.

use std::fs;
use std::path::Path;

#[test]
fn no_product_code_names_the_layer_of_the_test() {
    for (path, text) in sources("") {
        assert!(!text.contains("lampadaire"), "{path}");
    }
}

/// Files of product code that name what ships: the readers of two historical formats and what calls them,
/// the demonstration, the declarations themselves, recipes to copy, the help of the command line.
const NAMING: [&str; 4] = [
    "crates/atlaas-ingest/",
    "crates/atlaas-model/src/schema.rs",
    "crates/atlaas-server/src/describe/recipes.rs",
    "crates/atlaas/src/cli.rs",
];

/// Words of the two layers that ship, and of columns that only a declaration has.
const NAMES: [&str; 8] = [
    "initiative",
    "colieu",
    "enjeu",
    "typologie",
    "\"publics\"",
    "population_m",
    "superficie",
    "densite",
];

#[test]
fn no_product_code_names_what_ships() {
    let mut named = Vec::new();
    for (path, text) in sources("src") {
        let extension = Path::new(&path).extension();
        let code = extension.is_some_and(|own| own == "rs" || own == "js");
        if !code || NAMING.iter().any(|known| path.starts_with(known)) {
            continue;
        }
        let text = text.split("#[cfg(test)]").next().unwrap();
        for line in text.lines().filter(|line| is_product(line)) {
            if NAMES.iter().any(|name| line.contains(name)) && !is_name_of_the_core(&path, line) {
                named.push(format!("{path}: {}", line.trim()));
            }
        }
    }
    assert_eq!(named, Vec::<String>::new());
}

/// Whether a line is no comment, no documentation and no example of an address.
fn is_product(line: &str) -> bool {
    let line = line.trim();
    let told = ["//", "*", "/*"].iter().any(|mark| line.starts_with(mark));
    let example = [
        ".like(",
        "x-example",
        "example:",
        "collection_parameter(",
        "tileset(\"",
    ];
    !told && !example.iter().any(|mark| line.contains(mark))
}

/// Columns that the reader of territories fills, under the names that the model gives them.
fn is_name_of_the_core(path: &str, line: &str) -> bool {
    path == "crates/atlaas-model/src/fiche.rs" && line.starts_with("const ")
}

/// Every text of the crates below a folder of theirs, tests apart.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut waiting = vec![root.join("crates")];
    let mut found = Vec::new();
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let relative = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let of_tests = ["tests", "examples", "fuzz"].contains(&name.as_str());
            if path.is_dir() {
                let made = ["target", "node_modules", "dist"].contains(&name.as_str());
                if !made && (folder.is_empty() || !of_tests) {
                    waiting.push(path);
                }
            } else if (folder.is_empty() || relative.contains(&format!("/{folder}/")))
                && (folder.is_empty() || name != "tests.rs")
                && let Ok(text) = fs::read_to_string(&path)
            {
                found.push((relative, text));
            }
        }
    }
    found
}
