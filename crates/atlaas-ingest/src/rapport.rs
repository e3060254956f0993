//! `rapport.csv`: the report of a reading as a file that spreadsheets open.

use atlaas_model::Report;
use std::io;

/// Writes the report as CSV (UTF-8, commas): `fichier,ligne,champ,valeur,action,conseil`.
///
/// A value that a spreadsheet would take for a formula gets an apostrophe before it.
pub fn write_report(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
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
