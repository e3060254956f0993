//! The dates of the rows, kept until all are known: which of them lie after the sources' own date can
//! only be told then. Those are doubted, not corrected.

use crate::report::remarks::Remarks;
use atlaas_model::{Action, Report, SourceDate};
use jiff::civil::Date;
use std::sync::Arc;

#[derive(Clone, Copy, Debug)]
enum Moment {
    /// The day of a change.
    Day(Date),
    /// The year that a fiche tells of.
    Year(u16),
    /// The year of a label.
    Label(u16),
}

#[derive(Debug)]
struct ReadDate {
    file: Arc<str>,
    line: u64,
    field: &'static str,
    moment: Moment,
}

/// Dates and years in the order in which they were read.
#[derive(Debug, Default)]
pub(crate) struct ReadDates(Vec<ReadDate>);

impl ReadDates {
    /// Keeps the date of the current line.
    pub(crate) fn day(&mut self, field: &'static str, day: Date, remarks: &Remarks<'_>) {
        self.keep(field, Moment::Day(day), remarks);
    }

    /// Keeps the year of the current line.
    pub(crate) fn year(&mut self, field: &'static str, year: u16, remarks: &Remarks<'_>) {
        self.keep(field, Moment::Year(year), remarks);
    }

    /// Keeps the year of the label on the current line.
    pub(crate) fn label(&mut self, field: &'static str, year: u16, remarks: &Remarks<'_>) {
        self.keep(field, Moment::Label(year), remarks);
    }

    fn keep(&mut self, field: &'static str, moment: Moment, remarks: &Remarks<'_>) {
        self.0.push(ReadDate {
            file: remarks.file(),
            line: remarks.line(),
            field,
            moment,
        });
    }

    /// The years of labels among them.
    pub(crate) fn label_years(&self) -> impl Iterator<Item = u16> {
        self.0.iter().filter_map(|read| match read.moment {
            Moment::Label(year) => Some(year),
            Moment::Day(_) | Moment::Year(_) => None,
        })
    }

    /// Enters those after the sources' own date into the report, file by file.
    pub(crate) fn doubt(&self, date: SourceDate, report: &mut Report) {
        for of_file in self.0.chunk_by(|one, next| one.file == next.file) {
            let mut remarks = Remarks::on(report, &of_file[0].file);
            for read in of_file {
                if let Some((value, advice)) = doubted(read.moment, date) {
                    remarks.at(read.line);
                    remarks.note(Action::Garde, read.field, &value, advice);
                }
            }
        }
    }
}

/// The date as it reads and what to say of it, when it lies after the sources' own.
fn doubted(moment: Moment, date: SourceDate) -> Option<(String, String)> {
    let after = |last: Option<String>, what: &str| {
        let last = last.unwrap_or_default();
        format!("après la date des sources ({last}) : {what} ; la vérifier")
    };
    let last_day = || date.last_day().map(|day| day.to_string());
    let stale = "gardée, mais elle ne compte pas pour la fraîcheur";
    match moment {
        Moment::Day(day) if date.doubts_day(day) => {
            Some((day.to_string(), after(last_day(), stale)))
        }
        Moment::Year(year) if date.doubts_year(year) => {
            Some((year.to_string(), after(last_day(), stale)))
        }
        Moment::Label(year) if date.doubts_label(year) => {
            let last = date.last_label_year().map(|year| year.to_string());
            let weak = "gardée, mais ce label ne décide du niveau que s'il est le seul";
            Some((year.to_string(), after(last, weak)))
        }
        Moment::Day(_) | Moment::Year(_) | Moment::Label(_) => None,
    }
}
