//! The same distance on the data of others, beside the peers that they published.

use crate::comparison::Plain;
use atlaas_compare::{Scale, nearest};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// mySociety's nearest authorities by deprivation and density: how many of its peers come at the same
/// rank, out of how many.
pub fn deprivation(folder: &Path) -> io::Result<(usize, usize)> {
    let table = Plain::read(&folder.join("mysociety-privation.csv"))?;
    let codes = table.column("code")?;
    let columns = ["score_privation", "densite"]
        .map(|name| table.numbers(name).map(|values| standardised(&values)));
    let [deprivation, density] = columns;
    let rows: Vec<f64> = deprivation?
        .into_iter()
        .zip(density?)
        .flat_map(|(a, b)| [a, b])
        .collect();
    let published = Plain::read(&folder.join("mysociety-privation-voisins.csv"))?;
    let (of, peers) = (published.column("code")?, published.column("voisin")?);
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (of, peer) in of.into_iter().zip(peers) {
        expected.entry(of).or_default().push(peer);
    }
    let (mut same, mut all) = (0, 0);
    for (code, peers) in &expected {
        let own = codes.iter().position(|known| known == code);
        let own = own.ok_or_else(|| io::Error::other(format!("{code} is not in the table")))?;
        let found = nearest(&rows, own, &[1.0, 1.0], 0..codes.len(), peers.len());
        let found = found.iter().map(|(row, _)| codes[*row]);
        same += found.zip(peers).filter(|(a, b)| a == *b).count();
        all += peers.len();
    }
    Ok((same, all))
}

/// By mean and standard deviation (n − 1), as that method does.
fn standardised(values: &[f64]) -> Vec<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let spread = (squares / (count - 1.0)).sqrt();
    values.iter().map(|value| (value - mean) / spread).collect()
}

/// The Office for National Statistics' global peers, found by all its public indicators on our scale with
/// equal weights: how many of its peers are among ours, out of how many.
pub fn statistics_office(folder: &Path) -> io::Result<(usize, usize)> {
    let table = Plain::read(&folder.join("ons-indicateurs.csv"))?;
    let codes = table.column("code")?;
    let names: Vec<&str> = table.columns().filter(|name| *name != "code").collect();
    let mut columns = Vec::new();
    for name in &names {
        let values = table.numbers(name)?;
        let scale = Scale::robust(&values);
        let on_scale = |value: &f64| scale.map_or(f64::NAN, |scale| scale.of(*value));
        columns.push(values.iter().map(on_scale).collect::<Vec<f64>>());
    }
    let rows: Vec<f64> = (0..codes.len())
        .flat_map(|row| columns.iter().map(move |column| column[row]))
        .collect();
    let published = Plain::read(&folder.join("ons-voisins.csv"))?;
    let (of, models) = (published.column("code")?, published.column("modele")?);
    let peers = published.column("voisin")?;
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for ((of, model), peer) in of.into_iter().zip(models).zip(peers) {
        if model == "global" {
            expected.entry(of).or_default().push(peer);
        }
    }
    let weights = vec![1.0; names.len()];
    let (mut same, mut all) = (0, 0);
    for (code, peers) in &expected {
        let Some(own) = codes.iter().position(|known| known == code) else {
            continue;
        };
        let candidates = (0..codes.len()).filter(|&row| expected.contains_key(codes[row]));
        let found = nearest(&rows, own, &weights, candidates, peers.len());
        same += found
            .iter()
            .filter(|(row, _)| peers.contains(&codes[*row]))
            .count();
        all += peers.len();
    }
    Ok((same, all))
}
