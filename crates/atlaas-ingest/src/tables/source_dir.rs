//! The files of a source directory, all found and opened before the first is read.
//!
//! Nothing that is named as a source file is passed over in silence: what cannot be read is an error,
//! what nothing reads is told.

use crate::{IngestError, report::remarks::Remarks, tables::source_file::SourceFile};
use atlaas_model::Action;
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// What a file can be called (a CSV may be a workbook, `.xlsx` or `.ods`, instead), and whether the dataset cannot do without it.
const NAMES: [(&str, bool); 14] = [
    ("decoupage/communes.json", true),
    ("decoupage/epci.json", true),
    ("decoupage/departements.json", true),
    ("decoupage/regions.json", true),
    ("decoupage/ept.json", false),
    ("communes.geojson", false),
    ("centres.csv", false),
    ("labels.csv", false),
    ("colieux.csv", false),
    ("initiatives.csv", false),
    ("initiatives.geojson", false),
    ("initiatives.json", false),
    ("contexte.csv", false),
    ("contexte.toml", false),
];

/// The directory with its open files.
#[derive(Debug)]
pub(crate) struct SourceDir {
    path: PathBuf,
    files: BTreeMap<&'static str, SourceFile>,
    /// Files that look like sources by the start of their names, and are not read.
    strays: Vec<String>,
}

impl SourceDir {
    /// Opens every file that is there; fails when one that is needed is not.
    pub(crate) fn open(path: &Path) -> Result<Self, IngestError> {
        let mut dir = Self {
            path: path.to_owned(),
            files: BTreeMap::new(),
            strays: Vec::new(),
        };
        for (name, needed) in NAMES {
            let mut found = SourceFile::find(path, name)?;
            let table = name.strip_suffix(".csv");
            for ending in ["xlsx", "ods"] {
                if let (None, Some(stem)) = (&found, table) {
                    found = SourceFile::find(path, &format!("{stem}.{ending}"))?;
                }
            }
            match found {
                Some(file) => {
                    dir.files.insert(name, file);
                }
                None if needed => return Err(dir.missing(name)),
                None => {}
            }
        }
        dir.list().map_err(|source| IngestError::Io {
            path: path.to_owned(),
            source,
        })?;
        Ok(dir)
    }

    fn list(&mut self) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let lower = name.to_lowercase();
            let alike = [
                "colieu",
                "initiative",
                "label",
                "centre",
                "communes",
                "contexte",
            ];
            let read = self.files.values().any(|file| file.name == name);
            let extension = lower
                .trim_end_matches(".gz")
                .rsplit_once('.')
                .map(|(_, end)| end);
            let data = matches!(
                extension,
                Some("csv" | "tsv" | "txt" | "json" | "geojson" | "xlsx" | "xls" | "ods")
            );
            if data && !read && alike.iter().any(|start| lower.starts_with(start)) {
                self.strays.push(name);
            }
        }
        self.strays.sort();
        Ok(())
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The file of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&SourceFile> {
        self.files.get(name)
    }

    /// The file of that name; the error that says to put it there.
    pub(crate) fn needed(&self, name: &str) -> Result<&SourceFile, IngestError> {
        self.get(name).ok_or_else(|| self.missing(name))
    }

    /// The error about a file that is not there.
    pub(crate) fn missing(&self, name: &str) -> IngestError {
        IngestError::Missing {
            name: name.to_owned(),
            dir: self.path.clone(),
        }
    }

    /// Files that look like sources and that nothing reads.
    pub(crate) fn strays(&self) -> &[String] {
        &self.strays
    }

    /// Says that a file is not read.
    pub(crate) fn warn(remarks: &mut Remarks<'_>) {
        let advice = "fichier que rien ne lit : le nommer comme le README le dit (colieux.csv, initiatives.csv, labels.csv, centres.csv, communes.geojson, contexte.csv), ou l'enlever";
        remarks.note(Action::Ignore, "", "", advice);
    }
}
