//! `rapport.csv`: every row refused and every value repaired, for people and spreadsheets.

use crate::error::EngineError;
use atlaas_model::Report;
use std::fs::File;
use std::io;
use std::path::Path;

/// Name of the file in a snapshot.
pub const REPORT_FILE: &str = "rapport.csv";

/// Writes the report of a snapshot.
pub fn write(snapshot: &Path, report: &Report) -> Result<(), EngineError> {
    let path = snapshot.join(REPORT_FILE);
    File::create(&path)
        .and_then(|file| write_report(report, file))
        .map_err(EngineError::at(&path))
}

/// Writes the report as CSV (UTF-8, commas): `fichier,ligne,champ,valeur,action,conseil`.
///
/// A value that a spreadsheet would take for a formula gets an apostrophe before it.
fn write_report(report: &Report, out: impl io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["fichier", "ligne", "champ", "valeur", "action", "conseil"])?;
    for line in &report.lines {
        let number = line.line.to_string();
        writer.write_record([
            &line.file,
            number.as_str(),
            &line.field,
            &harmless(&line.value),
            line.action.as_str(),
            &line.advice,
        ])?;
    }
    writer.flush()
}

fn harmless(value: &str) -> String {
    let formula = value.starts_with(['=', '@', '\t']);
    if formula {
        format!("'{value}")
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{Action, ReportLine};

    #[test]
    fn a_report_is_a_table_with_a_line_a_remark() {
        let mut report = Report::default();
        report.push(ReportLine {
            file: "a.csv".into(),
            line: 3,
            field: "nom".into(),
            value: "=1+1, \"x\"".into(),
            action: Action::Refuse,
            advice: "le donner".into(),
        });
        let mut out = Vec::new();
        write_report(&report, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "fichier,ligne,champ,valeur,action,conseil\n\
             a.csv,3,nom,\"'=1+1, \"\"x\"\"\",refuse,le donner\n"
        );
    }
}
