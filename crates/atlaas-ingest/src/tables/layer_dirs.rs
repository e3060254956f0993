//! The layers that lie among the sources: `couches/NAME/`, each a declaration beside its data file.

use crate::{IngestError, tables::source_file::SourceFile};
use atlaas_model::{Action, Layer};
use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Where layers lie in a source directory.
const FOLDER: &str = "couches";
/// Name of a declaration.
const DECLARATION: &str = "couche.toml";
/// Most bytes of a declaration.
const LONGEST: u64 = 1 << 20;
/// Most layers.
const MOST: usize = 100;
/// What a data file may end with, `.gz` aside.
const ENDINGS: [&str; 5] = ["csv", "json", "geojson", "xlsx", "ods"];

/// A declared layer and its data.
#[derive(Debug)]
pub(crate) struct LayerDir {
    pub(crate) layer: Layer,
    pub(crate) declaration: SourceFile,
    pub(crate) data: SourceFile,
}

/// A folder that gives no layer.
#[derive(Debug)]
pub(crate) struct NoLayer {
    /// The folder, or the file that is to blame.
    pub(crate) name: String,
    pub(crate) problem: String,
    /// Ignored where nothing says that it should be one, else refused.
    pub(crate) action: Action,
}

/// Every folder of layers of a source directory, in the order of their names.
pub(crate) fn find(sources: &Path) -> Result<Vec<Result<LayerDir, NoLayer>>, IngestError> {
    let root = sources.join(FOLDER);
    let mut folders = match folders(&root) {
        Ok(folders) => folders,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(IngestError::Io { path: root, source }),
    };
    folders.sort();
    if folders.len() > MOST {
        let problem = format!("{} layers, {MOST} at most", folders.len());
        return Err(refused(FOLDER, problem));
    }
    let named = |folder: &PathBuf| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{FOLDER}/{name}");
        let declared = ["", ".gz"]
            .iter()
            .any(|end| folder.join(format!("{DECLARATION}{end}")).exists());
        open(sources, folder, &name).map_err(|error| NoLayer {
            problem: error.to_string(),
            action: if declared {
                Action::Refuse
            } else {
                Action::Ignore
            },
            name,
        })
    };
    Ok(folders.iter().map(named).collect())
}

fn folders(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    Ok(folders)
}

fn open(sources: &Path, folder: &Path, name: &str) -> Result<LayerDir, IngestError> {
    let at = |file: &str| format!("{name}/{file}");
    let Some(declaration) = SourceFile::find(sources, &at(DECLARATION))? else {
        return Err(refused(name, format!("no {DECLARATION} in it")));
    };
    let mut text = String::new();
    let read = declaration.open(LONGEST)?.read_to_string(&mut text);
    read.map_err(|error| refused(&at(DECLARATION), error))?;
    let layer = Layer::from_toml(&text).map_err(|error| refused(&at(DECLARATION), error))?;
    let names = data_files(folder).map_err(|source| IngestError::Io {
        path: folder.to_owned(),
        source,
    })?;
    let [data] = names.as_slice() else {
        let found = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        };
        let problem = format!(
            "one data file ({}) is expected beside the declaration, there is {found}",
            ENDINGS.join(", ")
        );
        return Err(refused(name, problem));
    };
    // As it is called on disk: `find` would add the ending of a packed file itself.
    let data = data.trim_end_matches(".gz");
    let Some(data) = SourceFile::find(sources, &at(data))? else {
        return Err(refused(&at(data), "it cannot be opened"));
    };
    Ok(LayerDir {
        layer,
        declaration,
        data,
    })
}

fn data_files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let plain = name.trim_end_matches(".gz").to_lowercase();
        if ENDINGS
            .iter()
            .any(|ending| plain.ends_with(&format!(".{ending}")))
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn refused(name: &str, problem: impl std::fmt::Display) -> IngestError {
    IngestError::Table {
        name: name.to_owned(),
        problem: problem.to_string(),
    }
}
