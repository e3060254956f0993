//! The manifest: what a snapshot is, where it comes from, and what each of its files must be.

use crate::error::EngineError;
use atlaas_model::{Dataset, Kind, Origin};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Version of the directory layout and of the binary files in it.
pub const FORMAT: u32 = 1;

/// Name of the manifest in a snapshot.
pub const MANIFEST_FILE: &str = "manifeste.json";

/// Size and digest of one file of the snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Size in bytes.
    pub octets: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// What a snapshot says of itself; `manifeste.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `atlaas`: tells our directories from others.
    pub produit: String,
    /// Version of the layout.
    pub format: u32,
    /// Name of the snapshot: sixteen hexadecimal digits of a digest of its content.
    pub id: String,
    /// When it was built, RFC 3339 in UTC; not part of the id.
    pub cree: String,
    /// Version of the program that built it.
    pub version: String,
    /// Version of the text analysis that the index was written with.
    pub analyseur: u32,
    /// Source files, or the demonstration's seed.
    pub origine: Origin,
    /// Fiches by type.
    pub comptes: BTreeMap<Kind, u64>,
    /// Rows refused, values repaired, ignored, kept with a doubt.
    pub rapport: BTreeMap<atlaas_model::Action, u64>,
    /// Every file but the manifest, by path relative to the snapshot.
    pub fichiers: BTreeMap<String, FileEntry>,
}

impl Manifest {
    /// Describes a dataset and the files made of it.
    pub fn new(
        dataset: &Dataset,
        comptes: BTreeMap<Kind, u64>,
        fichiers: BTreeMap<String, FileEntry>,
        cree: String,
    ) -> Self {
        let mut manifest = Self {
            produit: "atlaas".to_owned(),
            format: FORMAT,
            id: String::new(),
            cree,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            analyseur: atlaas_search::ANALYSER_VERSION,
            origine: dataset.origin.clone(),
            comptes,
            rapport: BTreeMap::new(),
            fichiers,
        };
        for line in &dataset.report.lines {
            *manifest.rapport.entry(line.action).or_default() += 1;
        }
        manifest.id = manifest.content_id();
        manifest
    }

    /// Whether the data was generated.
    pub const fn is_demonstration(&self) -> bool {
        matches!(self.origine, Origin::Demonstration { .. })
    }

    /// The name that the content gives: versions and digests of the reproducible files. The text
    /// index is left out, because its segment names are drawn at random; it is a function of the
    /// fiches and of the analyser's version, which are in.
    fn content_id(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(format!(
            "{} {} {}\n",
            self.format, self.version, self.analyseur
        ));
        for (name, entry) in &self.fichiers {
            if !name.starts_with("index/") {
                digest.update(format!("{name} {} {}\n", entry.octets, entry.sha256));
            }
        }
        hex(&digest.finalize())[..16].to_owned()
    }

    /// Reads and checks the manifest of a snapshot directory.
    pub fn read(snapshot: &Path) -> Result<Self, EngineError> {
        let foreign = |reason: String| EngineError::Foreign {
            path: snapshot.to_owned(),
            reason,
        };
        let path = snapshot.join(MANIFEST_FILE);
        let bytes =
            std::fs::read(&path).map_err(|error| foreign(format!("{MANIFEST_FILE}: {error}")))?;
        let value: serde_json::Value = serde_json::from_slice(&bytes)
            .map_err(|error| foreign(format!("{MANIFEST_FILE}: {error}")))?;
        if value.get("produit").and_then(|product| product.as_str()) != Some("atlaas") {
            return Err(foreign(format!("{MANIFEST_FILE} is another program's")));
        }
        let found = value
            .get("format")
            .and_then(serde_json::Value::as_u64)
            .unwrap_or(0) as u32;
        if found != FORMAT {
            let path = snapshot.to_owned();
            return Err(EngineError::Format {
                path,
                found,
                expected: FORMAT,
            });
        }
        let manifest: Self = serde_json::from_value(value)
            .map_err(|error| foreign(format!("{MANIFEST_FILE}: {error}")))?;
        if manifest.analyseur != atlaas_search::ANALYSER_VERSION {
            return Err(foreign(format!(
                "its index was written by analyser {}, this binary has {}",
                manifest.analyseur,
                atlaas_search::ANALYSER_VERSION
            )));
        }
        if manifest.id != manifest.content_id() {
            return Err(foreign("its id does not follow from its files".to_owned()));
        }
        Ok(manifest)
    }

    /// Checks that every file is there with its size and digest, and that none is foreign.
    pub fn check_files(&self, snapshot: &Path) -> Result<(), EngineError> {
        use rayon::prelude::*;
        let files: Vec<_> = self.fichiers.iter().collect();
        files.par_iter().try_for_each(|(name, expected)| {
            let path = snapshot.join(name);
            let found = FileEntry::of(&path)?;
            let damaged = |reason: String| EngineError::Damaged {
                path: path.clone(),
                reason,
            };
            if found.octets != expected.octets {
                return Err(damaged(format!(
                    "{} bytes, expected {}",
                    found.octets, expected.octets
                )));
            }
            if found.sha256 != expected.sha256 {
                return Err(damaged(
                    "its SHA-256 differs from the manifest's".to_owned(),
                ));
            }
            Ok(())
        })
    }
}

impl FileEntry {
    /// Reads a file through and describes it.
    pub fn of(path: &Path) -> Result<Self, EngineError> {
        let mut file = File::open(path).map_err(EngineError::at(path))?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; 1 << 18];
        let mut octets = 0;
        loop {
            let read = file.read(&mut buffer).map_err(EngineError::at(path))?;
            if read == 0 {
                return Ok(Self {
                    octets,
                    sha256: hex(&digest.finalize()),
                });
            }
            octets += read as u64;
            digest.update(&buffer[..read]);
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
