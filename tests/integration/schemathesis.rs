//! The served description against the service, by a tool that is not ours: `schemathesis` makes up
//! requests from `/openapi.json`, right and wrong ones, and checks every answer against it.
//!
//! All its checks but one run. `positive_data_acceptance` wants every well-formed value accepted;
//! names of places and terms of facets are well formed and may still be unknown, and some parameters
//! go together. The description says which (`x-condition`), and a check of ours holds it to that:
//! whatever bears no condition is never refused. `schemathesis.toml` says what does not hold at a
//! single address. Files that are sent (`POST`) are left to `tables.rs`: what they must hold no schema
//! says.
//!
//! Skipped, and says so, where the tool is not installed (`pip install schemathesis`).

use crate::demonstration::{app, on_a_socket};
use crate::tools::has;
use std::path::Path;
use std::process::Command;

/// Cases for each operation and phase: some minutes of work would find more.
const CASES: &str = "10";

#[test]
fn what_is_described_is_what_is_served() {
    if !has("schemathesis", "--version") {
        return;
    }
    let (_runtime, address) = on_a_socket(app());
    // The tool writes what it remembers where it stands.
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for (ours, as_read) in [
        ("schemathesis_hooks.py", "atlaas_hooks.py"),
        ("schemathesis.toml", "schemathesis.toml"),
    ] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration");
        std::fs::copy(source.join(ours), directory.path().join(as_read)).unwrap();
    }
    let output = Command::new("schemathesis")
        .current_dir(directory.path())
        .env("SCHEMATHESIS_HOOKS", "atlaas_hooks")
        .env("PYTHONPATH", directory.path())
        .args(["run", &format!("{address}/openapi.json"), "--checks", "all"])
        .args(["--exclude-checks", "positive_data_acceptance"])
        .args(["--exclude-method", "POST"])
        .args(["--seed", "1", "--max-examples", CASES])
        .args(["--request-timeout", "30"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
