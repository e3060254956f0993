//! The snapshot of the full-scale inputs beside the project, built once a run when they are there.

use atlaas_engine::Snapshot;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Where an operator's real files lie beside a checkout.
pub fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data")
}

/// The snapshot of the full-scale inputs; `None`, said aloud, when they are absent and nothing
/// requires them.
pub fn snapshot() -> Option<Arc<Snapshot>> {
    static SNAPSHOT: OnceLock<Option<(tempfile::TempDir, Arc<Snapshot>)>> = OnceLock::new();
    let built = SNAPSHOT.get_or_init(|| {
        let sources = sources();
        if !sources.exists() {
            let required = std::env::var_os("ATLAAS_REQUIRE_SHARED").is_some();
            assert!(!required, "{} is required and absent", sources.display());
            println!("skipped: {} is not there", sources.display());
            return None;
        }
        let directory = tempfile::tempdir().unwrap();
        let options = atlaas_ingest::ReadOptions::default();
        let dataset = atlaas_ingest::read_sources(&sources, &options, &|_| {}).unwrap();
        atlaas_engine::build(dataset, directory.path(), &|_| {}).unwrap();
        let snapshot = Arc::new(Snapshot::open(directory.path(), 64 << 20).unwrap());
        Some((directory, snapshot))
    });
    built.as_ref().map(|(_, snapshot)| Arc::clone(snapshot))
}
