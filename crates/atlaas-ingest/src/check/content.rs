//! What a file is, told by its name, else by its header or first record.

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::{csv_table::CsvTable, json_table::JsonTable, row::Row, source_file::SourceFile},
};
use atlaas_model::Report;

/// What a file can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// `communes.json` of the découpage administratif.
    Communes,
    /// `epci.json`.
    Epci,
    /// `ept.json`.
    Ept,
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
    /// Context of communes.
    Context,
}

impl Content {
    const ALL: [Self; 11] = [
        Self::Communes,
        Self::Epci,
        Self::Ept,
        Self::Departements,
        Self::Regions,
        Self::Centres,
        Self::Outlines,
        Self::Colieux,
        Self::Initiatives,
        Self::Labels,
        Self::Context,
    ];

    /// What it is called in French.
    pub const fn french(self) -> &'static str {
        match self {
            Self::Communes => "communes du découpage administratif",
            Self::Epci => "EPCI du découpage administratif",
            Self::Ept => "EPT du découpage administratif",
            Self::Departements => "départements du découpage administratif",
            Self::Regions => "régions du découpage administratif",
            Self::Centres => "centres de communes",
            Self::Outlines => "contours de communes",
            Self::Colieux => "lieux de médiation numérique",
            Self::Initiatives => "initiatives",
            Self::Labels => "labels",
            Self::Context => "contexte des communes",
        }
    }

    /// What it is called in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Communes => "communes of the administrative division",
            Self::Epci => "EPCI of the administrative division",
            Self::Ept => "EPT of the administrative division",
            Self::Departements => "départements of the administrative division",
            Self::Regions => "régions of the administrative division",
            Self::Centres => "centres of communes",
            Self::Outlines => "outlines of communes",
            Self::Colieux => "places of digital mediation",
            Self::Initiatives => "initiatives",
            Self::Labels => "labels",
            Self::Context => "context of communes",
        }
    }

    /// Whether a plain file name says so.
    fn is_named(self, name: &str) -> bool {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let json = extension == "json";
        let table = matches!(extension, "csv" | "xlsx" | "ods");
        match self {
            Self::Communes => json && stem == "communes",
            Self::Epci => json && stem == "epci",
            Self::Ept => json && stem == "ept",
            Self::Departements => json && stem == "departements",
            Self::Regions => json && stem == "regions",
            Self::Centres => table && stem.starts_with("centres"),
            Self::Outlines => extension == "geojson" && stem.starts_with("communes"),
            Self::Colieux => table && stem.starts_with("colieux"),
            Self::Initiatives => stem.starts_with("initiatives"),
            Self::Labels => table && stem.starts_with("labels"),
            Self::Context => table && stem.starts_with("contexte"),
        }
    }
}

/// What a file is, by its name, else by what stands in it first.
pub(super) fn recognise(file: &SourceFile) -> Result<Content, IngestError> {
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
        let bytes = file.read()?;
        let table = CsvTable::new(&file.name, &bytes, &mut remarks)?;
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
