//! Programs of others that tests call: found, or skipped with a sentence.
//!
//! `ATLAAS_REQUIRE_TOOLS` names those whose absence is a failure, separated by commas; Python modules
//! as `python:duckdb`. `ATLAAS_PYTHON` names another interpreter than `python3`.

use std::process::{Command, Output};

/// Whether a program answers to one argument; says that the test is skipped when it does not.
pub fn has(program: &str, asking: &str) -> bool {
    let answer = Command::new(program).arg(asking).output();
    let there = answer.is_ok();
    require(program, there);
    there
}

/// Whether Python has a module.
pub fn python_has(module: &str) -> bool {
    let answer = python().args(["-c", &format!("import {module}")]).output();
    let there = answer.is_ok_and(|answer| answer.status.success());
    require(&format!("python:{module}"), there);
    there
}

/// The interpreter.
pub fn python() -> Command {
    let named = std::env::var("ATLAAS_PYTHON");
    Command::new(named.as_deref().unwrap_or("python3"))
}

fn require(name: &str, there: bool) {
    if there {
        return;
    }
    let required = std::env::var("ATLAAS_REQUIRE_TOOLS").unwrap_or_default();
    assert!(
        required.split(',').all(|one| one != name),
        "{name} is required and absent"
    );
    println!("skipped: {name} is absent");
}

/// What a program printed, when it succeeded.
pub fn printed(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}
