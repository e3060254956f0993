//! The same table and the same questions, answered by scikit-learn (`benches/comparison.py`).

use crate::seeded::Seeded;
use atlaas_engine::Comparer;
use atlaas_model::{Code, Level, PeersOf, Weighing};
use serde_json::json;
use std::io;
use std::path::Path;
use std::process::Command;

/// What is asked of both.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/comparison.py");

/// Asks `questions` random communes and weights of both; gives what the script says of it, or `None` when
/// there is no interpreter with scikit-learn.
pub fn ask(
    comparer: &Comparer,
    codes: &[Code],
    questions: usize,
    folder: &Path,
) -> io::Result<Option<String>> {
    let python = std::env::var("ATLAAS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python)
        .args(["-c", "import sklearn"])
        .output();
    if !there.is_ok_and(|output| output.status.success()) {
        return Ok(None);
    }
    let mut random = Seeded(20);
    let names: Vec<&str> = comparer
        .variables()
        .iter()
        .map(|v| v.name.as_str())
        .collect();
    let mut asked = Vec::new();
    while asked.len() < questions {
        let code = codes[random.below(codes.len())];
        let weights = names.iter().filter_map(|name| {
            let weight = random.below(9) as f64 / 2.0;
            (weight > 0.0).then(|| ((*name).to_owned(), weight))
        });
        let ask = PeersOf {
            weighing: Weighing::Own(weights.collect()),
            ..PeersOf::usual(Level::Commune, code)
        };
        let Ok(compared) = comparer.compare(&ask) else {
            continue;
        };
        let band = compared
            .band
            .and_then(|band| band.factor.map(|_| [band.least, band.most]));
        let peers = compared.peers.iter();
        let peers = peers.map(|peer| json!([peer.code, peer.distance.map(|far| far.value)]));
        asked.push(json!({
            "code": code,
            "weights": compared.weights,
            "band": band,
            "peers": peers.collect::<Vec<_>>(),
        }));
    }
    let file = folder.join("questions.json");
    let mut document = table(comparer, codes);
    document["questions"] = asked.into();
    std::fs::write(&file, serde_json::to_vec(&document)?)?;
    let output = Command::new(&python).arg(SCRIPT).arg(&file).output()?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(io::Error::other(told));
    }
    Ok(Some(
        String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    ))
}

/// The values of all communes as they are, and how each variable is compared.
fn table(comparer: &Comparer, codes: &[Code]) -> serde_json::Value {
    let names = comparer.variables();
    let raw: Vec<Vec<Option<f64>>> = codes
        .iter()
        .filter_map(|&code| comparer.standing(Level::Commune, code))
        .map(|at| {
            let values = (0..names.len()).map(|rank| comparer.value(at, rank));
            values
                .map(|value| value.is_finite().then_some(value))
                .collect()
        })
        .collect();
    let logs: Vec<bool> = comparer
        .variables()
        .iter()
        .map(|variable| variable.transform == atlaas_model::Transform::Log)
        .collect();
    let population: Vec<Option<f64>> = codes
        .iter()
        .filter_map(|&code| comparer.standing(Level::Commune, code))
        .map(|at| Some(comparer.population(at)).filter(|value| value.is_finite()))
        .collect();
    json!({ "codes": codes, "raw": raw, "logs": logs, "population": population })
}
