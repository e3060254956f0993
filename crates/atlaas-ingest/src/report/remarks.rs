//! Remarks on one file while it is read: they keep its name, its current line, and their number
//! within bounds.

use atlaas_model::{Action, Report, ReportLine};
use std::sync::Arc;

/// Most remarks kept for one file; the rest are counted.
const MOST: usize = 50_000;

/// Collects what is refused, repaired, dropped or doubted in one file.
#[derive(Debug)]
pub(crate) struct Remarks<'a> {
    report: &'a mut Report,
    file: Arc<str>,
    line: u64,
    written: usize,
    beyond: u64,
}

impl<'a> Remarks<'a> {
    /// Remarks on the file of that name, going to the report.
    pub(crate) fn on(report: &'a mut Report, file: &str) -> Self {
        Self {
            report,
            file: file.into(),
            line: 0,
            written: 0,
            beyond: 0,
        }
    }

    /// Sets the line that the next remarks are about; 0 is the file as a whole.
    pub(crate) fn at(&mut self, line: u64) {
        self.line = line;
    }

    /// The file.
    pub(crate) fn file(&self) -> Arc<str> {
        Arc::clone(&self.file)
    }

    /// How many remarks there are.
    pub(crate) const fn count(&self) -> u64 {
        self.written as u64 + self.beyond
    }

    /// The current line.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// Adds a remark on a field of the current line.
    pub(crate) fn note(
        &mut self,
        action: Action,
        field: &str,
        value: &str,
        advice: impl Into<String>,
    ) {
        if self.written >= MOST {
            self.beyond += 1;
            return;
        }
        self.written += 1;
        self.report.push(ReportLine {
            file: self.file.to_string(),
            line: self.line,
            field: field.to_owned(),
            value: value.to_owned(),
            action,
            advice: advice.into(),
        });
    }
}

impl Drop for Remarks<'_> {
    fn drop(&mut self) {
        if self.beyond > 0 {
            self.report.push(ReportLine {
                file: self.file.to_string(),
                line: 0,
                field: String::new(),
                value: self.beyond.to_string(),
                action: Action::Garde,
                advice: format!(
                    "{} autres remarques sur ce fichier ne sont pas détaillées : corriger d'abord les premières",
                    self.beyond
                ),
            });
        }
    }
}
