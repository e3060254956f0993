//! `atlaas check`: one person's own files, read as far as each can be read alone.
//!
//! The kind of a file is told by its name, else by its header or first record. Codes are checked
//! against the embedded gazetteer, distances against its centres; nothing is written anywhere.

use crate::{
    IngestError, centres, colieux,
    csv_table::CsvTable,
    decoupage::Decoupage,
    decoupage_files, demonstration, initiatives,
    json_table::JsonTable,
    labels::Labels,
    outlines,
    place::Surroundings,
    points::{Context, Fiches},
    read::{self, Needed},
    remarks::Remarks,
    resolver::Resolver,
    row::Row,
    source_file::SourceFile,
    terms::Terms,
};
use atlaas_model::{Action, Report};
use std::{path::PathBuf, sync::OnceLock};

/// What checking some files found.
#[derive(Clone, Debug, Default)]
pub struct CheckOutcome {
    /// One entry a file, in the order given.
    pub files: Vec<CheckedFile>,
    /// All remarks, file by file.
    pub report: Report,
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

/// What a file can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// `communes.json` of the découpage administratif.
    Communes,
    /// `epci.json`.
    Epci,
    /// `departements.json`.
    Departements,
    /// `regions.json`.
    Regions,
    /// Centres of communes.
    Centres,
    /// Outlines of communes.
    Outlines,
    /// Places of digital mediation.
    Colieux,
    /// Initiatives.
    Initiatives,
    /// Labels.
    Labels,
}

impl Content {
    const ALL: [Self; 9] = [
        Self::Communes,
        Self::Epci,
        Self::Departements,
        Self::Regions,
        Self::Centres,
        Self::Outlines,
        Self::Colieux,
        Self::Initiatives,
        Self::Labels,
    ];

    /// What it is called in French.
    pub const fn french(self) -> &'static str {
        match self {
            Self::Communes => "communes du découpage administratif",
            Self::Epci => "EPCI du découpage administratif",
            Self::Departements => "départements du découpage administratif",
            Self::Regions => "régions du découpage administratif",
            Self::Centres => "centres de communes",
            Self::Outlines => "contours de communes",
            Self::Colieux => "lieux de médiation numérique",
            Self::Initiatives => "initiatives",
            Self::Labels => "labels",
        }
    }

    /// What it is called in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Communes => "communes of the administrative division",
            Self::Epci => "EPCI of the administrative division",
            Self::Departements => "départements of the administrative division",
            Self::Regions => "régions of the administrative division",
            Self::Centres => "centres of communes",
            Self::Outlines => "outlines of communes",
            Self::Colieux => "places of digital mediation",
            Self::Initiatives => "initiatives",
            Self::Labels => "labels",
        }
    }

    /// Whether a plain file name says so.
    fn is_named(self, name: &str) -> bool {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let json = extension == "json";
        match self {
            Self::Communes => json && stem == "communes",
            Self::Epci => json && stem == "epci",
            Self::Departements => json && stem == "departements",
            Self::Regions => json && stem == "regions",
            Self::Centres => extension == "csv" && stem.starts_with("centres"),
            Self::Outlines => extension == "geojson" && stem.starts_with("communes"),
            Self::Colieux => extension == "csv" && stem.starts_with("colieux"),
            Self::Initiatives => stem.starts_with("initiatives"),
            Self::Labels => extension == "csv" && stem.starts_with("labels"),
        }
    }
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
    let files: Vec<SourceFile> = paths.iter().map(|path| SourceFile::at(path)).collect();
    check(&files)
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
        let content = recognise(file)?;
        let before = self.outcome.report.lines.len();
        let mut remarks = Remarks::on(&mut self.outcome.report, &file.name);
        let mut context = Context {
            around: &self.around,
            terms: &mut self.terms,
        };
        let (rows, kept) = read_alone(file, content, &mut context, &mut remarks)?;
        drop(remarks);
        let said = &self.outcome.report.lines[before..];
        let count = |action| said.iter().filter(|line| line.action == action).count();
        self.outcome.files.push(CheckedFile {
            name: file.name.clone(),
            content,
            rows,
            kept,
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

/// Reads a file of a known kind; gives how many rows there are and how many are kept.
fn read_alone(
    file: &SourceFile,
    content: Content,
    context: &mut Context<'_>,
    remarks: &mut Remarks<'_>,
) -> Result<(u64, u64), IngestError> {
    match content {
        Content::Communes | Content::Epci | Content::Departements | Content::Regions => {
            let mut division = Decoupage::default();
            let name = match content {
                Content::Communes => "communes",
                Content::Epci => "epci",
                Content::Departements => "departements",
                _ => "regions",
            };
            let rows = decoupage_files::read_file(file, name, &mut division, remarks)?;
            let kept = division.communes.len()
                + division.parts.len()
                + division.epcis.len()
                + division.departements.len()
                + division.regions.len();
            Ok((rows, kept as u64))
        }
        Content::Centres => {
            let (centres, rows) = centres::read(file, remarks)?;
            Ok((rows, centres.len() as u64))
        }
        Content::Outlines => {
            let (read, rows) = outlines::read(file, remarks)?;
            let resolver = context.around.resolver;
            let kept = outlines::resolve(read, resolver, remarks).len();
            Ok((rows, kept as u64))
        }
        Content::Labels => {
            let mut labels = Labels::default();
            let Context { around, terms } = context;
            let rows = read::table(file, Needed::LABELS, remarks, &mut |row, _, remarks| {
                labels.take(row, around.resolver, terms, remarks);
            })?;
            Ok((rows, labels.len() as u64))
        }
        Content::Colieux | Content::Initiatives => points(file, content, context, remarks),
    }
}

fn points(
    file: &SourceFile,
    content: Content,
    context: &mut Context<'_>,
    remarks: &mut Remarks<'_>,
) -> Result<(u64, u64), IngestError> {
    let mut fiches = Fiches::default();
    let initiatives = content == Content::Initiatives;
    let needed = if initiatives {
        Needed::INITIATIVES
    } else {
        Needed::COLIEUX
    };
    let rows = read::table(file, needed, remarks, &mut |row, schema, remarks| {
        let fiche = if initiatives {
            initiatives::fiche(row, context, remarks)
        } else {
            colieux::fiche(row, schema, context, remarks)
        };
        if let Some(fiche) = fiche {
            fiches.put(fiche, row.line, remarks);
        }
    })?;
    Ok((rows, fiches.into_vec().len() as u64))
}

/// What a file is, by its name, else by what stands in it first.
fn recognise(file: &SourceFile) -> Result<Content, IngestError> {
    let name = file.plain_name().to_lowercase();
    if let Some(content) = Content::ALL
        .into_iter()
        .find(|content| content.is_named(&name))
    {
        return Ok(content);
    }
    let mut report = Report::default();
    let mut remarks = Remarks::on(&mut report, &file.name);
    let found = if name.ends_with("json") {
        // A document that is no list of objects is nothing that can be read.
        let row = JsonTable::new(file)?
            .next(file, &mut remarks)
            .unwrap_or_default();
        row.and_then(|row| by_columns(row.columns(), Some(&row)))
    } else {
        let table = CsvTable::new(&file.name, &file.read()?, &mut remarks)?;
        by_columns(table.columns(), None)
    };
    found.ok_or_else(|| IngestError::Unrecognised {
        name: file.name.clone(),
    })
}

fn by_columns<'a>(columns: impl Iterator<Item = &'a str>, row: Option<&Row>) -> Option<Content> {
    let columns: Vec<&str> = columns.collect();
    let has = |column| columns.contains(&column);
    let polygons = row.is_some_and(|row| row.raw("geometry").contains("Polygon"));
    Some(if has("millesime") || has("arobases") {
        Content::Labels
    } else if has("membres") {
        Content::Epci
    } else if polygons {
        Content::Outlines
    } else if has("titre") {
        Content::Initiatives
    } else if has("nom") && (has("typologie") || has("services")) {
        Content::Colieux
    } else if has("code") && has("longitude") && has("latitude") {
        Content::Centres
    } else if has("cheflieu") && has("region") && !has("type") {
        Content::Departements
    } else if has("cheflieu") && !has("type") {
        Content::Regions
    } else if has("codespostaux") || has("typeliaison") {
        Content::Communes
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests;
