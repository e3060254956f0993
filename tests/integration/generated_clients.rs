//! Clients made from `/openapi.json` by tools that are not ours: `openapi-typescript` and
//! `openapi-python-client` read the description, and a call through what each made gets an answer of the
//! type that the description names.
//!
//! Skipped, and says so, where Node or the Python package is not there; `ATLAAS_REQUIRE_TOOLS` makes the
//! absence of `node` and of `python:openapi_python_client` a failure.

use crate::demonstration::{app, on_a_socket};
use crate::tools::{has, printed, python, python_has};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder outside of the source tree with a copy of what calls.
fn callers() -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated");
    std::fs::create_dir_all(&copy).unwrap();
    for name in [
        ".npmrc",
        "package.json",
        "package-lock.json",
        "call.ts",
        "call.py",
    ] {
        std::fs::copy(source.join(name), copy.join(name)).unwrap();
    }
    copy
}

#[test]
fn a_call_through_the_client_of_openapi_typescript_gets_a_typed_answer() {
    if !has("node", "--version") || !has("npm", "--version") {
        return;
    }
    let directory = callers();
    if !directory.join("node_modules/openapi-fetch").exists() {
        let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        let done = Command::new("npm")
            .args(install)
            .current_dir(&directory)
            .output();
        printed(&done.unwrap());
    }
    let (_runtime, address) = on_a_socket(app());
    let node = |arguments: &[&str]| {
        let output = Command::new("node")
            .args(arguments)
            .current_dir(&directory)
            .output();
        printed(&output.unwrap())
    };
    let description = format!("{address}/openapi.json");
    let generator = "node_modules/openapi-typescript/bin/cli.js";
    node(&[generator, &description, "-o", "description.d.ts"]);
    // What is not of its type does not compile.
    let strict = ["--strict", "--target", "es2022", "--module", "nodenext"];
    let compiler = ["node_modules/typescript/bin/tsc", "call.ts"];
    node(&[&compiler[..], &strict[..]].concat());
    let answer: Value = serde_json::from_str(&node(&["call.js", &address])).unwrap();
    assert_eq!(answer["nom"], "Martigues");
    assert_eq!(answer["type"], "commune");
    assert_eq!(answer["premier"], "Martigues");
    assert_eq!(answer["faute"], "lon");
}

#[test]
fn a_call_through_the_client_of_openapi_python_client_gets_a_typed_answer() {
    if !python_has("openapi_python_client") {
        return;
    }
    let directory = callers();
    let (_runtime, address) = on_a_socket(app());
    // Nothing formats what is thrown away.
    std::fs::write(directory.join("config.yml"), "post_hooks: []\n").unwrap();
    let made = python()
        .args(["-m", "openapi_python_client", "generate", "--overwrite"])
        .args(["--url", &format!("{address}/openapi.json")])
        .args(["--config", "config.yml", "--meta", "none"])
        .args(["--output-path", "atlaas_client"])
        .current_dir(&directory)
        .output();
    printed(&made.unwrap());
    let called = python()
        .args(["call.py", &address])
        .current_dir(&directory)
        .output();
    let answer: Value = serde_json::from_str(&printed(&called.unwrap())).unwrap();
    assert_eq!(answer["nom"], "Martigues");
    assert_eq!(answer["type"], "commune");
    assert_eq!(answer["premier"], "Martigues");
}
