//! The manifest: what a snapshot is, where it comes from, and what each of its files must be.
//!
//! Every byte of it is under a digest: those of the content through the name of the snapshot, all of
//! them, the moment of building too, through its last field. It is read only in the one spelling that
//! is written, so that nothing can be added or changed without notice.

use crate::error::EngineError;
use crate::files::digest::{FileEntry, sha256};
use crate::files::disk;
use atlaas_model::{Dataset, Origin};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Component, Path};

/// Version of the directory layout and of the binary files in it.
pub const FORMAT: u32 = 4;

/// Name of the manifest in a snapshot.
pub const MANIFEST_FILE: &str = "manifeste.json";

/// More than a manifest of any number of layers, bytes.
pub const LARGEST: u64 = 16 << 20;

/// What a snapshot says of itself; `manifeste.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    pub comptes: BTreeMap<String, u64>,
    /// Rows refused, values repaired, ignored, kept with a doubt.
    pub rapport: BTreeMap<atlaas_model::Action, u64>,
    /// Every file but the manifest, by path relative to the snapshot.
    pub fichiers: BTreeMap<String, FileEntry>,
    /// SHA-256 of this manifest as it is written with this field empty.
    pub empreinte: String,
}

impl Manifest {
    /// Describes a dataset and the files made of it.
    pub fn new(
        dataset: &Dataset,
        comptes: BTreeMap<String, u64>,
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
            empreinte: String::new(),
        };
        for line in &dataset.report.lines {
            *manifest.rapport.entry(line.action).or_default() += 1;
        }
        manifest.id = manifest.content_id();
        manifest.empreinte = manifest.imprint();
        manifest
    }

    /// As it is written to a file: the one spelling that is read back.
    pub fn to_json(&self) -> Vec<u8> {
        // Names, numbers and maps whose keys are strings: none of them can fail.
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }

    /// SHA-256 of the manifest without its own digest.
    fn imprint(&self) -> String {
        let unsealed = Self {
            empreinte: String::new(),
            ..self.clone()
        };
        sha256(&unsealed.to_json())
    }

    /// Whether the data was generated.
    pub const fn is_demonstration(&self) -> bool {
        matches!(self.origine, Origin::Demonstration { .. })
    }

    /// The name that the content gives: everything but the moment of building.
    fn content_id(&self) -> String {
        let content = Self {
            id: String::new(),
            cree: String::new(),
            empreinte: String::new(),
            ..self.clone()
        };
        sha256(&content.to_json())[..16].to_owned()
    }

    /// Reads and checks the manifest of a snapshot directory.
    pub fn read(snapshot: &Path) -> Result<Self, EngineError> {
        let manifest = Self::read_whatever_analyser(snapshot)?;
        let found = manifest.analyseur;
        if found != atlaas_search::ANALYSER_VERSION {
            let expected = atlaas_search::ANALYSER_VERSION;
            let reason =
                format!("its index was written by analyser {found}, this binary has {expected}");
            return Err(foreign(snapshot, reason));
        }
        Ok(manifest)
    }

    /// The same of a snapshot whose fiches alone are wanted.
    pub fn read_whatever_analyser(snapshot: &Path) -> Result<Self, EngineError> {
        let path = snapshot.join(MANIFEST_FILE);
        let bytes = disk::read_bounded(&path, LARGEST)
            .map_err(|error| foreign(snapshot, format!("{MANIFEST_FILE}: {error}")))?;
        check_format(snapshot, &bytes)?;
        let manifest: Self = serde_json::from_slice(&bytes)
            .map_err(|error| foreign(snapshot, format!("{MANIFEST_FILE}: {error}")))?;
        if manifest.empreinte != manifest.imprint() || manifest.to_json() != bytes {
            let reason = "it is not what was written: its own digest differs";
            return Err(EngineError::damaged(&path, reason));
        }
        if manifest.id != manifest.content_id() {
            let reason = format!("{MANIFEST_FILE}: its id does not follow from its content");
            return Err(foreign(snapshot, reason));
        }
        if let Some(name) = manifest.fichiers.keys().find(|name| !is_within(name)) {
            let reason = format!("{MANIFEST_FILE} names {name:?}, which lies elsewhere");
            return Err(foreign(snapshot, reason));
        }
        Ok(manifest)
    }

    /// Checks that every file is there with its size and digest.
    pub fn check_files(&self, snapshot: &Path) -> Result<(), EngineError> {
        use rayon::prelude::*;
        // The largest first: it takes the longest, and the others fit beside it.
        let mut files: Vec<_> = self.fichiers.iter().collect();
        files.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.octets));
        files
            .par_iter()
            .with_max_len(1)
            .map(|(name, expected)| expected.check(&snapshot.join(name)))
            .collect::<Vec<_>>()
            .into_iter()
            .collect()
    }

    /// Checks that no file lies in the snapshot that the manifest does not know.
    pub fn check_nothing_else(&self, snapshot: &Path) -> Result<(), EngineError> {
        for path in disk::files_below(snapshot)? {
            let name = disk::relative_name(snapshot, &path);
            if name != MANIFEST_FILE && !self.fichiers.contains_key(&name) {
                return Err(EngineError::ForeignFile(path));
            }
        }
        Ok(())
    }
}

/// Refuses what another program or another version wrote, before anything else is read.
fn check_format(snapshot: &Path, bytes: &[u8]) -> Result<(), EngineError> {
    let value: serde_json::Value = serde_json::from_slice(bytes)
        .map_err(|error| foreign(snapshot, format!("{MANIFEST_FILE}: {error}")))?;
    if value.get("produit").and_then(|product| product.as_str()) != Some("atlaas") {
        let reason = format!("{MANIFEST_FILE} is another program's");
        return Err(foreign(snapshot, reason));
    }
    let format = value.get("format").and_then(serde_json::Value::as_u64);
    let found = u32::try_from(format.unwrap_or(0)).unwrap_or(u32::MAX);
    if found != FORMAT {
        let path = snapshot.to_owned();
        return Err(EngineError::Format {
            path,
            found,
            expected: FORMAT,
        });
    }
    Ok(())
}

/// Whether a name of a manifest stays in the snapshot.
fn is_within(name: &str) -> bool {
    let mut parts = Path::new(name).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

fn foreign(snapshot: &Path, reason: String) -> EngineError {
    EngineError::Foreign {
        path: snapshot.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{ContextTable, Report, Schema};
    use std::fs;

    fn manifest(cree: &str) -> Manifest {
        let dataset = Dataset {
            fiches: Vec::new(),
            outlines: Vec::new(),
            schema: Schema::default(),
            context: ContextTable::default(),
            origin: Origin::Demonstration { graine: 1 },
            report: Report::default(),
        };
        let entry = |content: &str| FileEntry {
            octets: content.len() as u64,
            sha256: sha256(content.as_bytes()),
        };
        let files = BTreeMap::from([
            ("fiches.bin".to_owned(), entry("a")),
            ("index/x.term".to_owned(), entry("b")),
        ]);
        let counts = BTreeMap::from([("commune".to_owned(), 0)]);
        Manifest::new(&dataset, counts, files, cree.to_owned())
    }

    #[test]
    fn every_byte_is_under_a_digest() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(MANIFEST_FILE);
        let written = manifest("2026-01-01T00:00:00Z").to_json();
        fs::write(&path, &written).unwrap();
        assert!(Manifest::read(directory.path()).is_ok());
        for rank in 0..written.len() {
            for mask in [1, 0x20] {
                let mut changed = written.clone();
                changed[rank] ^= mask;
                fs::write(&path, &changed).unwrap();
                assert!(Manifest::read(directory.path()).is_err(), "byte {rank}");
            }
            fs::write(&path, &written[..rank]).unwrap();
            assert!(Manifest::read(directory.path()).is_err(), "{rank} bytes");
        }
        fs::write(&path, [written.as_slice(), b"\n"].concat()).unwrap();
        assert!(Manifest::read(directory.path()).is_err());
    }

    #[test]
    fn the_moment_of_building_stays_out_of_the_name_and_nothing_else_does() {
        let first = manifest("2026-01-01T00:00:00Z");
        assert_eq!(first.id, manifest("2027-02-02T00:00:00Z").id);
        let named = |change: &dyn Fn(&mut Manifest)| {
            let mut other = first.clone();
            change(&mut other);
            other.content_id()
        };
        let index = |other: &mut Manifest| {
            other.fichiers.remove("index/x.term");
        };
        let changes: [&dyn Fn(&mut Manifest); 5] = [
            &index,
            &|other| other.origine = Origin::Demonstration { graine: 2 },
            &|other| other.version.push('x'),
            &|other| other.comptes.clear(),
            &|other| other.fichiers.clear(),
        ];
        for (rank, change) in changes.into_iter().enumerate() {
            assert_ne!(first.id, named(change), "change {rank}");
        }
    }

    #[test]
    fn a_name_that_leaves_the_snapshot_is_refused() {
        assert!(is_within("index/a.term") && is_within("a"));
        for name in ["", "../a", "/etc/passwd", "a/../../b", "."] {
            assert!(!is_within(name), "{name}");
        }
    }
}
