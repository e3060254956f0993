//! `atlaas check`: one person's own files, read as far as each can be read alone.
//!
//! Codes are checked against the embedded gazetteer, distances against its centres, dates against
//! one another; nothing is written anywhere.

mod content;

use crate::{
    IngestError, demonstration,
    points::fiches::{Context, Fiches},
    points::surroundings::Surroundings,
    points::{colieux, initiatives},
    report::{read_dates::ReadDates, remarks::Remarks},
    rows::{self, Needed},
    tables::source_file::SourceFile,
    territories::context_declaration::Declaration,
    territories::context_table::ReadContext,
    territories::decoupage::Decoupage,
    territories::labels::Labels,
    territories::resolver::Resolver,
    territories::{centres, decoupage_files, outline_parts, outlines},
    values::terms::Terms,
};
use atlaas_model::{Action, Fiche, Report, SourceDate};
use std::{path::PathBuf, sync::OnceLock};

pub use content::Content;

/// What checking some files found.
#[derive(Clone, Debug, Default)]
pub struct CheckOutcome {
    /// One entry a file, in the order given.
    pub files: Vec<CheckedFile>,
    /// All remarks, file by file.
    pub report: Report,
    /// The places and initiatives that would enter the Atlaas, in the order of their rows.
    pub fiches: Vec<Fiche>,
}

/// What one file is and how it fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedFile {
    /// Name of the file.
    pub name: String,
    /// What it was taken for.
    pub content: Content,
    /// Rows, records or features read.
    pub rows: u64,
    /// How many of them would enter the Atlaas.
    pub kept: u64,
    /// Remarks by action: refused, repaired, left out, doubted.
    pub remarks: [usize; 4],
}

impl CheckedFile {
    /// The result in one French sentence.
    pub fn french(&self) -> String {
        let [refused, repaired, ignored, doubted] = self.remarks;
        format!(
            "{} : {} ; {} lues, {} retenues. Remarques : {refused} refus, {repaired} réparations, \
             {ignored} valeurs laissées de côté, {doubted} à vérifier.",
            self.name,
            self.content.french(),
            self.rows,
            self.kept,
        )
    }

    /// The result in one English sentence.
    pub fn english(&self) -> String {
        let [refused, repaired, ignored, doubted] = self.remarks;
        format!(
            "{}: {}; {} read, {} kept. Remarks: {refused} refused, {repaired} repaired, {ignored} \
             values left out, {doubted} to look at.",
            self.name,
            self.content.english(),
            self.rows,
            self.kept,
        )
    }

    /// Whether nothing at all was to say.
    pub fn is_clean(&self) -> bool {
        self.remarks.iter().sum::<usize>() == 0
    }
}

/// Reads each file alone and tells what would be refused, repaired or doubted.
///
/// Fails when a file cannot be opened, cannot be recognised, or cannot be read at all.
pub fn check_files(paths: &[PathBuf]) -> Result<CheckOutcome, IngestError> {
    let files: Result<Vec<SourceFile>, _> = paths.iter().map(|path| SourceFile::at(path)).collect();
    check(&files?)
}

/// Checks one file that was handed over under a name, as [`check_files`] does for files on disk.
pub fn check_bytes(name: &str, bytes: &[u8]) -> Result<CheckOutcome, IngestError> {
    check(&[SourceFile::in_memory(name, bytes)])
}

fn check(files: &[SourceFile]) -> Result<CheckOutcome, IngestError> {
    /// Reading the gazetteer takes longer than reading most people's files.
    static COMMUNES: OnceLock<Resolver> = OnceLock::new();
    let resolver = if let Some(resolver) = COMMUNES.get() {
        resolver
    } else {
        let division = demonstration::gazetteer()?;
        COMMUNES.get_or_init(|| Resolver::new(&division))
    };
    let mut checking = Checking {
        around: Surroundings::new(resolver, &[]),
        terms: Terms::new()?,
        outcome: CheckOutcome::default(),
    };
    for file in files {
        checking.check(file)?;
    }
    Ok(checking.outcome)
}

struct Checking<'a> {
    around: Surroundings<'a>,
    terms: Terms,
    outcome: CheckOutcome,
}

impl Checking<'_> {
    fn check(&mut self, file: &SourceFile) -> Result<(), IngestError> {
        let content = content::recognise(file)?;
        let before = self.outcome.report.lines.len();
        let mut remarks = Remarks::on(&mut self.outcome.report, &file.name);
        let mut context = Context {
            around: &self.around,
            terms: &mut self.terms,
        };
        let read = read_alone(file, content, &mut context, &mut remarks)?;
        drop(remarks);
        if read.rows == 0 {
            return Err(file.empty("rows"));
        }
        read.dates.doubt(read.date, &mut self.outcome.report);
        let said = &self.outcome.report.lines[before..];
        self.outcome.fiches.extend(read.fiches);
        let count = |action| said.iter().filter(|line| line.action == action).count();
        self.outcome.files.push(CheckedFile {
            name: file.name.clone(),
            content,
            rows: read.rows,
            kept: read.kept,
            remarks: [
                Action::Refuse,
                Action::Repare,
                Action::Ignore,
                Action::Garde,
            ]
            .map(count),
        });
        Ok(())
    }
}

/// What reading one file alone gave.
#[derive(Debug, Default)]
struct Alone {
    rows: u64,
    /// How many of them would enter the Atlaas.
    kept: u64,
    dates: ReadDates,
    /// The file's own date.
    date: SourceDate,
    fiches: Vec<Fiche>,
}

impl Alone {
    /// Of a file without dates.
    fn undated(rows: u64, kept: usize) -> Self {
        Self {
            rows,
            kept: kept as u64,
            ..Self::default()
        }
    }
}

/// Reads a file of a known kind.
fn read_alone(
    file: &SourceFile,
    content: Content,
    context: &mut Context<'_>,
    remarks: &mut Remarks<'_>,
) -> Result<Alone, IngestError> {
    match content {
        Content::Communes
        | Content::Epci
        | Content::Ept
        | Content::Departements
        | Content::Regions => {
            let mut division = Decoupage::default();
            let name = match content {
                Content::Communes => "communes",
                Content::Epci => "epci",
                Content::Ept => "ept",
                Content::Departements => "departements",
                _ => "regions",
            };
            let rows = decoupage_files::read_file(file, name, &mut division, remarks)?;
            let kept = division.communes.len()
                + division.parts.len()
                + division.epcis.len()
                + division.epts.len()
                + division.departements.len()
                + division.regions.len();
            Ok(Alone::undated(rows, kept))
        }
        Content::Centres => {
            let (centres, rows) = centres::read(file, remarks)?;
            Ok(Alone::undated(rows, centres.len()))
        }
        Content::Outlines => {
            let (read, rows) = outlines::read(file, remarks)?;
            let resolver = context.around.resolver;
            let kept = outline_parts::resolve(read, resolver, remarks).len();
            Ok(Alone::undated(rows, kept))
        }
        Content::Labels => {
            let mut labels = Labels::default();
            let Context { around, terms } = context;
            let rows = rows::each(file, Needed::LABELS, remarks, &mut |row, _, remarks| {
                labels.take(row, around.resolver, terms, remarks);
            })?;
            let kept = labels.len() as u64;
            let dates = labels.into_dates();
            let date = SourceDate::among(std::iter::empty(), dates.label_years());
            Ok(Alone {
                rows,
                kept,
                dates,
                date,
                fiches: Vec::new(),
            })
        }
        Content::Context => context_of_communes(file, context, remarks),
        Content::Colieux | Content::Initiatives => points(file, content, context, remarks),
    }
}

fn context_of_communes(
    file: &SourceFile,
    context: &Context<'_>,
    remarks: &mut Remarks<'_>,
) -> Result<Alone, IngestError> {
    let declaration = match file.beside("contexte.toml")? {
        Some(beside) => Declaration::read(&beside)?,
        None => Declaration::default(),
    };
    let mut read = ReadContext::default();
    let resolver = context.around.resolver;
    let rows = rows::each(file, Needed::CONTEXT, remarks, &mut |row, _, remarks| {
        read.take(row, resolver, remarks);
    })?;
    let kept = read.len();
    read.into_table(&declaration, remarks);
    Ok(Alone::undated(rows, kept))
}

fn points(
    file: &SourceFile,
    content: Content,
    context: &mut Context<'_>,
    remarks: &mut Remarks<'_>,
) -> Result<Alone, IngestError> {
    let mut fiches = Fiches::default();
    let initiatives = content == Content::Initiatives;
    let needed = if initiatives {
        Needed::INITIATIVES
    } else {
        Needed::COLIEUX
    };
    let rows = rows::each(file, needed, remarks, &mut |row, schema, remarks| {
        let fiche = if initiatives {
            initiatives::fiche(row, context, remarks)
        } else {
            colieux::fiche(row, schema, context, remarks)
        };
        if let Some(fiche) = fiche {
            fiches.put(fiche, row.line, remarks);
        }
    })?;
    let (fiches, dates) = fiches.into_parts();
    Ok(Alone {
        rows,
        kept: fiches.len() as u64,
        dates,
        date: SourceDate::of(&fiches),
        fiches,
    })
}

#[cfg(test)]
mod tests;
