//! Builds a snapshot: dataset → fiches, index, territories, tile archives → manifest → rename.

use crate::catalogue::Catalogue;
use crate::error::EngineError;
use crate::files::manifest::{MANIFEST_FILE, Manifest};
use crate::files::{context_file, records, report_file};
use crate::store::{Store, inventory};
use crate::tilesets::{
    PREBUILT_ZOOM, PointLayers, Tileset, metadata, point_layers, territory_attributes,
    write_joined, write_point_archives,
};
use atlaas_compare::Method;
use atlaas_model::{Action, Corpus, Dataset, Report, ReportLine};
use atlaas_search::Search;
use atlaas_spatial::{Territories, TopologyRemark};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the directory of the text index in a snapshot.
pub const INDEX_DIRECTORY: &str = "index";
/// Name of the file of boundaries in a snapshot.
pub const TERRITORIES_FILE: &str = "territoires.bin";

/// A finished build.
#[derive(Debug)]
pub struct Built {
    /// The snapshot's directory.
    pub path: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
}

/// Builds a snapshot of `dataset` in the directory of snapshots `out` and makes it the current one.
/// The old one stays until the new one is whole, and a build that fails leaves nothing. `progress` hears the name of each step.
pub fn build(
    mut dataset: Dataset,
    out: &Path,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Built, EngineError> {
    let store = Store::lock(out)?;
    let workspace = store.workspace()?;
    dataset.sort();
    leave_out_what_is_compared(&mut dataset)?;
    let catalogue = catalogue_of(&mut dataset);
    let points = point_layers(&catalogue);
    let (index, boundaries) = rayon::join(
        || write_index(&catalogue, workspace.path(), progress),
        || {
            write_territories(
                &mut dataset,
                &catalogue,
                &points,
                workspace.path(),
                progress,
            )
        },
    );
    index?;
    boundaries?;
    progress("tuiles des couches de points");
    write_point_archives(&points, workspace.path(), catalogue.schema())?;
    progress("tuiles réunies");
    write_joined(workspace.path(), &points, catalogue.schema())?;
    progress("contrôle et mise en place");
    context_file::write(workspace.path(), &dataset.context)?;
    records::write(workspace.path(), catalogue.fiches(), catalogue.schema())?;
    report_file::write(workspace.path(), &dataset.report)?;
    dataset.fiches = Vec::new();
    progress("journal des changements");
    let told = store.compare(catalogue.corpus());
    let manifest = write_manifest(&dataset, &catalogue, workspace.path())?;
    let path = store.publish(workspace, &manifest, Some(told))?;
    Ok(Built { path, manifest })
}

/// Writes the archives of territories and of each layer alone into an existing directory, with
/// the boundaries that they are drawn from: what tiles cost without the rest of a snapshot.
pub fn write_tilesets(
    mut dataset: Dataset,
    directory: &Path,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<(), EngineError> {
    dataset.sort();
    let catalogue = catalogue_of(&mut dataset);
    let points = point_layers(&catalogue);
    write_territories(&mut dataset, &catalogue, &points, directory, progress)?;
    write_point_archives(&points, directory, catalogue.schema())
}

fn catalogue_of(dataset: &mut Dataset) -> Catalogue {
    let fiches = std::mem::take(&mut dataset.fiches);
    Catalogue::new(Corpus::new(
        Arc::new(fiches),
        Arc::new(dataset.schema.clone()),
    ))
}

fn write_index(
    catalogue: &Catalogue,
    workspace: &Path,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<(), EngineError> {
    progress("index de recherche");
    let directory = workspace.join(INDEX_DIRECTORY);
    Ok(Search::build(
        &directory,
        catalogue.fiches(),
        catalogue.schema(),
    )?)
}

fn write_territories(
    dataset: &mut Dataset,
    catalogue: &Catalogue,
    points: &PointLayers,
    workspace: &Path,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<(), EngineError> {
    progress("topologie des territoires");
    let outlines = std::mem::take(&mut dataset.outlines);
    let mut remarks = Vec::new();
    let built = Territories::build(&outlines, territory_attributes(catalogue), &mut remarks)?;
    drop(outlines);
    built.write(&workspace.join(TERRITORIES_FILE))?;
    progress("tuiles des territoires");
    let path = workspace.join(Tileset::Territoires.archive_file());
    built.write_pyramid(
        &path,
        0..=PREBUILT_ZOOM,
        metadata(Tileset::Territoires, points, catalogue.schema()),
        &|_| {},
    )?;
    note(&mut dataset.report, remarks);
    Ok(())
}

/// Columns of the context that hold objects of layers or labels do not enter: they would decide who is
/// compared with whom.
fn leave_out_what_is_compared(dataset: &mut Dataset) -> Result<(), EngineError> {
    for field in Method::shipped()?.admit(&mut dataset.context, &dataset.schema) {
        dataset.report.push(ReportLine {
            file: "contexte.csv".to_owned(),
            line: 0,
            field,
            value: String::new(),
            action: Action::Ignore,
            advice: "ce qui est comparé ne dit pas qui est comparé : colonne laissée de côté"
                .into(),
        });
    }
    Ok(())
}

/// Enters what the topology repaired or doubts into the report.
fn note(report: &mut Report, remarks: Vec<TopologyRemark>) {
    for remark in remarks {
        report.push(ReportLine {
            file: "communes.geojson".to_owned(),
            line: 0,
            field: "geometry".to_owned(),
            value: format!("{} {}", remark.code, remark.value)
                .trim_end()
                .to_owned(),
            action: remark.action,
            advice: remark.advice,
        });
    }
}

fn write_manifest(
    dataset: &Dataset,
    catalogue: &Catalogue,
    workspace: &Path,
) -> Result<Manifest, EngineError> {
    let created = jiff::Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string();
    let kinds = catalogue.schema().kinds().into_iter();
    let counts = kinds.map(|kind| (kind.to_string(), catalogue.docs_of(kind).len() as u64));
    let manifest = Manifest::new(dataset, counts.collect(), inventory(workspace)?, created);
    let path = workspace.join(MANIFEST_FILE);
    std::fs::write(&path, manifest.to_json()).map_err(EngineError::at(&path))?;
    Ok(manifest)
}
