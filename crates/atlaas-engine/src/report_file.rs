//! `rapport.csv`: every row refused and every value repaired, for people and spreadsheets.

use crate::EngineError;
use atlaas_model::Report;
use std::path::Path;

/// Name of the file in a snapshot.
pub const REPORT_FILE: &str = "rapport.csv";

/// Writes the report as RFC 4180 CSV with a header.
pub fn write(snapshot: &Path, report: &Report) -> Result<(), EngineError> {
    let path = snapshot.join(REPORT_FILE);
    let failed = |error: csv::Error| EngineError::Io {
        path: path.clone(),
        source: error.into(),
    };
    let mut writer = csv::Writer::from_path(&path).map_err(failed)?;
    writer
        .write_record(["fichier", "ligne", "champ", "valeur", "action", "conseil"])
        .map_err(failed)?;
    for line in &report.lines {
        let number = line.line.to_string();
        let fields: [&str; 6] = [
            &line.file,
            &number,
            &line.field,
            &line.value,
            line.action.as_str(),
            &line.advice,
        ];
        writer.write_record(fields).map_err(failed)?;
    }
    writer.flush().map_err(EngineError::at(&path))
}
