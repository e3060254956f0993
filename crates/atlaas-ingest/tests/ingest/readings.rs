//! Directories of sources to read in tests, and what a test looks up in their datasets.

use atlaas_ingest::{ReadOptions, read_sources};
use atlaas_model::{Action, Dataset, Fiche};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The committed data.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

/// The dataset of a directory.
pub fn read(dir: &Path) -> Dataset {
    read_sources(dir, &ReadOptions::default(), &|_| {}).expect("the sample can be read")
}

/// The dataset of the sample.
pub fn sample() -> Dataset {
    read(&data().join("echantillon"))
}

/// The fiche of an id.
pub fn fiche<'a>(dataset: &'a Dataset, id: &str) -> &'a Fiche {
    let found = dataset.fiches.iter().find(|fiche| fiche.id.as_str() == id);
    found.unwrap_or_else(|| panic!("no {id}"))
}

/// What the report says of one line.
pub fn remarks(dataset: &Dataset, file: &str, line: u64) -> Vec<(Action, String)> {
    let lines = dataset.report.lines.iter();
    lines
        .filter(|remark| remark.file == file && remark.line == line)
        .map(|remark| (remark.action, remark.field.clone()))
        .collect()
}

/// The values of an attribute.
pub fn attribute<'a>(fiche: &'a Fiche, name: &str) -> Vec<&'a str> {
    let found = fiche
        .attributes
        .iter()
        .find(|attribute| attribute.name == name);
    found.map_or(Vec::new(), |a| {
        a.values.iter().map(String::as_str).collect()
    })
}

/// Copies a directory whole.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a temporary directory can be written");
    for entry in fs::read_dir(from).expect("the sample is there") {
        let path = entry.expect("the sample can be listed").path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("the sample can be copied");
        }
    }
}
