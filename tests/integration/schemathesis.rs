//! The served description against the service, by a tool that is not ours: `schemathesis` makes up
//! requests from `/openapi.json`, right and wrong ones, and checks every answer against it.
//!
//! Skipped, and says so, where the tool is not installed (`pip install schemathesis`).

use crate::demonstration::app;
use std::process::Command;

#[test]
fn what_is_described_is_what_is_served() {
    let present = Command::new("schemathesis").arg("--version").output();
    if !present.is_ok_and(|output| output.status.success()) {
        println!("skipped: schemathesis is not installed (pip install schemathesis)");
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(atlaas_server::serve(listener, app()));
    // Free texts are facet values and codes to us: a made-up one is refused, rightly, so the check
    // that every well-typed request is accepted does not apply.
    let output = Command::new("schemathesis")
        .args(["run", &format!("{address}/openapi.json"), "--checks", "all"])
        .args(["--exclude-checks", "positive_data_acceptance"])
        .args([
            "--seed",
            "1",
            "--max-examples",
            "10",
            "--request-timeout",
            "30",
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
