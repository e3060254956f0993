//! Reading of a source directory, from its files to a sorted dataset.
//!
//! 1. The administrative division, the outlines and the centres: they say which communes there are
//!    and where.
//! 2. The fiches of territories.
//! 3. Labels, colieux and initiatives, row by row, each resolved to a commune of today.
//! 4. The counts against what is expected, the dates against the sources' own.

use crate::{
    Expectation, IngestError, expect,
    points::arrondissements,
    points::colieux,
    points::declared::LayerReader,
    points::fiches::{Context, Fiches},
    points::initiatives,
    points::surroundings::Surroundings,
    report::{read_dates::ReadDates, remarks::Remarks},
    rows::{self, Needed},
    tables::layer_dirs::{self, LayerDir, NoLayer},
    tables::row::Row,
    tables::source_dir::SourceDir,
    territories::centres,
    territories::context_declaration::Declaration,
    territories::context_table::ReadContext,
    territories::decoupage::Decoupage,
    territories::decoupage_files,
    territories::labels::Labels,
    territories::resolver::Resolver,
    territories::territory_fiches,
    territories::{outline_parts, outlines},
    values::terms::Terms,
};
use atlaas_model::{
    Action, ContextTable, Dataset, Fiche, Origin, Outline, Report, Schema, Source, SourceDate,
    Vocabulary,
};
use std::{collections::HashMap, path::Path};

/// How to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Counts outside of these ranges are an error.
    pub expect: Vec<Expectation>,
}

/// Reads the sources under `dir` into a dataset; `progress` hears what is being read, in French.
///
/// Fails when a needed file is missing, when a file cannot be read at all, or when a count is not as
/// expected. Everything else is a line of the dataset's report.
pub fn read_sources(
    dir: &Path,
    options: &ReadOptions,
    progress: &dyn Fn(&str),
) -> Result<Dataset, IngestError> {
    let dir = SourceDir::open(dir)?;
    let mut reading = Reading {
        dir: &dir,
        progress,
        report: Report::default(),
        sources: Vec::new(),
        terms: Terms::new()?,
        dates: Vec::new(),
    };
    for stray in dir.strays() {
        SourceDir::warn(&mut Remarks::on(&mut reading.report, stray));
    }
    let (division, outlines) = reading.territories()?;
    let resolver = Resolver::new(&division);
    let outlines = {
        let mut remarks = Remarks::on(&mut reading.report, "communes.geojson");
        outline_parts::resolve(outlines, &resolver, &mut remarks)
    };
    let mut fiches = territory_fiches::fiches(&division, &resolver, &outlines);
    drop(division);
    reading.labels(&resolver, &mut fiches)?;
    let context = reading.context(&resolver)?;
    let around = Surroundings::new(&resolver, &outlines);
    let mut objects = reading.colieux(&around)?;
    objects.extend(reading.initiatives(&around)?);
    let (mut schema, declared) = reading.layers(&around)?;
    objects.extend(declared);
    reading.arrondissements(&mut fiches, &objects);
    fiches.extend(objects);
    schema.vocabulary = reading.terms.into_vocabulary();
    expect::check(&fiches, &schema, &options.expect)?;
    let date = SourceDate::of(&fiches);
    for read in &reading.dates {
        read.doubt(date, &mut reading.report);
    }
    reading.sources.sort_by(|a, b| a.name.cmp(&b.name));
    let mut dataset = Dataset {
        fiches,
        outlines,
        schema,
        context,
        origin: Origin::Sources {
            fichiers: reading.sources,
        },
        report: reading.report,
    };
    dataset.sort();
    Ok(dataset)
}

struct Reading<'a> {
    dir: &'a SourceDir,
    progress: &'a dyn Fn(&str),
    report: Report,
    sources: Vec<Source>,
    terms: Terms,
    dates: Vec<ReadDates>,
}

impl Reading<'_> {
    fn territories(&mut self) -> Result<(Decoupage, Vec<Outline>), IngestError> {
        (self.progress)("lecture du découpage administratif");
        let mut division = decoupage_files::read(self.dir, &mut self.report, &mut self.sources)?;
        let mut outlines = Vec::new();
        if let Some(file) = self.dir.get("communes.geojson") {
            (self.progress)("lecture des contours des communes");
            let mut remarks = Remarks::on(&mut self.report, &file.name);
            let (read, rows) = outlines::read(file, &mut remarks)?;
            outlines = read;
            self.sources.push(file.fingerprint(rows)?);
        }
        (self.progress)("lecture des centres des communes");
        let file = self.dir.get("centres.csv");
        if file.is_none() && outlines.is_empty() {
            let name = "centres.csv (or communes.geojson, to derive centres from)";
            return Err(self.dir.missing(name));
        }
        let name = file.map_or("centres.csv", |file| &file.name);
        let mut remarks = Remarks::on(&mut self.report, name);
        let mut by_code = HashMap::new();
        if let Some(file) = file {
            let (read, rows) = centres::read(file, &mut remarks)?;
            by_code = read;
            self.sources.push(file.fingerprint(rows)?);
        }
        centres::place(&mut division, &by_code, &outlines, &mut remarks);
        Ok((division, outlines))
    }

    fn labels(&mut self, resolver: &Resolver, fiches: &mut [Fiche]) -> Result<(), IngestError> {
        let Some(file) = self.dir.get("labels.csv") else {
            return Ok(());
        };
        (self.progress)("lecture des labels");
        let mut labels = Labels::default();
        let mut remarks = Remarks::on(&mut self.report, &file.name);
        let terms = &mut self.terms;
        let rows = rows::each(
            file,
            Needed::LABELS,
            &mut remarks,
            &mut |row, _, remarks| {
                labels.take(row, resolver, terms, remarks);
            },
        )?;
        self.sources.push(file.fingerprint(rows)?);
        self.dates.push(labels.give(resolver, fiches));
        Ok(())
    }

    fn arrondissements(&mut self, territories: &mut [Fiche], objects: &[Fiche]) {
        let mut remarks = Remarks::on(&mut self.report, "decoupage/communes.json");
        arrondissements::place(territories, objects, &mut remarks);
    }

    fn context(&mut self, resolver: &Resolver) -> Result<ContextTable, IngestError> {
        let Some(file) = self.dir.get("contexte.csv") else {
            return Ok(ContextTable::default());
        };
        (self.progress)("lecture du contexte des communes");
        let mut declaration = Declaration::default();
        if let Some(file) = self.dir.get("contexte.toml") {
            declaration = Declaration::read(file)?;
            self.sources.push(file.fingerprint(1)?);
        }
        let mut context = ReadContext::default();
        let mut remarks = Remarks::on(&mut self.report, &file.name);
        let mut take =
            |row: &Row, _, remarks: &mut Remarks<'_>| context.take(row, resolver, remarks);
        let rows = rows::each(file, Needed::CONTEXT, &mut remarks, &mut take)?;
        let table = context.into_table(&declaration, &mut remarks);
        self.sources.push(file.fingerprint(rows)?);
        Ok(table)
    }

    fn colieux(&mut self, around: &Surroundings<'_>) -> Result<Vec<Fiche>, IngestError> {
        let Some(file) = self.dir.get("colieux.csv") else {
            return Ok(Vec::new());
        };
        (self.progress)("lecture des colieux");
        let mut fiches = Fiches::default();
        let mut remarks = Remarks::on(&mut self.report, &file.name);
        let mut context = Context {
            around,
            terms: &mut self.terms,
        };
        let rows = rows::each(
            file,
            Needed::COLIEUX,
            &mut remarks,
            &mut |row, schema, remarks| {
                if let Some(fiche) = colieux::fiche(row, schema, &mut context, remarks) {
                    fiches.put(fiche, row.line, remarks);
                }
            },
        )?;
        self.sources.push(file.fingerprint(rows)?);
        let (fiches, dates) = fiches.into_parts();
        self.dates.push(dates);
        Ok(fiches)
    }

    /// The schema with the layers that lie among the sources, and the objects of these.
    fn layers(&mut self, around: &Surroundings<'_>) -> Result<(Schema, Vec<Fiche>), IngestError> {
        let (schema, dirs) = self.declarations()?;
        let mut all = Vec::new();
        for dir in &dirs {
            (self.progress)(&format!("lecture de la couche {}", dir.layer.name));
            // As the schema has it: facets of several layers were told apart there.
            let Some(layer) = schema.layer(dir.layer.kind()) else {
                continue;
            };
            let reader = LayerReader::new(layer);
            let mut fiches = Fiches::default();
            let mut remarks = Remarks::on(&mut self.report, &dir.data.name);
            let mut context = Context {
                around,
                terms: &mut self.terms,
            };
            let mut take = |row: &Row, _, remarks: &mut Remarks<'_>| {
                if let Some(fiche) = reader.fiche(row, &mut context, remarks) {
                    fiches.put(fiche, row.line, remarks);
                }
            };
            let rows = rows::each(&dir.data, Needed::NOTHING, &mut remarks, &mut take)?;
            self.sources.push(dir.declaration.fingerprint(1)?);
            self.sources.push(dir.data.fingerprint(rows)?);
            let (fiches, dates) = fiches.into_parts();
            self.dates.push(dates);
            all.extend(fiches);
        }
        Ok((schema, all))
    }

    /// The declarations that can be used, joined; a layer in error is left out alone, and said.
    fn declarations(&mut self) -> Result<(Schema, Vec<LayerDir>), IngestError> {
        let mut schema = Schema::default();
        let mut layers = Schema::shipped_layers();
        let mut dirs = Vec::new();
        for found in layer_dirs::find(self.dir.path())? {
            let joined = found.and_then(|dir| {
                layers.push(dir.layer.clone());
                match Schema::new(layers.clone(), Vocabulary::default()) {
                    Ok(joined) => Ok((joined, dir)),
                    Err(error) => {
                        layers.pop();
                        Err(NoLayer {
                            name: dir.declaration.name,
                            problem: error.to_string(),
                            action: Action::Refuse,
                        })
                    }
                }
            });
            match joined {
                Ok((joined, dir)) => {
                    schema = joined;
                    dirs.push(dir);
                }
                Err(none) => {
                    let advice = format!("couche laissée de côté : {}", none.problem);
                    let mut remarks = Remarks::on(&mut self.report, &none.name);
                    remarks.note(none.action, "", "", advice);
                }
            }
        }
        Ok((schema, dirs))
    }

    fn initiatives(&mut self, around: &Surroundings<'_>) -> Result<Vec<Fiche>, IngestError> {
        let mut fiches = Fiches::default();
        for name in ["initiatives.csv", "initiatives.geojson", "initiatives.json"] {
            let Some(file) = self.dir.get(name) else {
                continue;
            };
            (self.progress)("lecture des initiatives");
            let mut remarks = Remarks::on(&mut self.report, &file.name);
            let mut context = Context {
                around,
                terms: &mut self.terms,
            };
            let rows = rows::each(
                file,
                Needed::INITIATIVES,
                &mut remarks,
                &mut |row, _, remarks| {
                    if let Some(fiche) = initiatives::fiche(row, &mut context, remarks) {
                        fiches.put(fiche, row.line, remarks);
                    }
                },
            )?;
            self.sources.push(file.fingerprint(rows)?);
        }
        let (fiches, dates) = fiches.into_parts();
        self.dates.push(dates);
        Ok(fiches)
    }
}
