//! Centres of communes: from `centres.csv` (`code,nom,longitude,latitude`), else from the outlines.

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::csv_table::CsvTable,
    tables::source_file::SourceFile,
    territories::decoupage::Decoupage,
    territories::polygon,
    values::codes::{self, ReadCode},
    values::fields,
};
use atlaas_model::{Action, Code, Outline, Position};
use std::collections::{HashMap, HashSet};

/// Reads the file; gives the centres by code and the number of rows.
pub(crate) fn read(
    file: &SourceFile,
    remarks: &mut Remarks<'_>,
) -> Result<(HashMap<Code, Position>, u64), IngestError> {
    let bytes = file.read()?;
    let mut table = CsvTable::new(&file.name, &bytes, remarks)?;
    let columns: Vec<&str> = table.columns().collect();
    if !["longitude", "latitude"]
        .iter()
        .all(|column| columns.contains(column))
    {
        return Err(IngestError::Table {
            name: file.name.clone(),
            problem: "the columns code, nom, longitude, latitude are expected".to_owned(),
        });
    }
    let (mut centres, mut rows) = (HashMap::new(), 0);
    while let Some(row) = table.next(remarks) {
        rows += 1;
        let text = row.first(&["code", "code_insee"]);
        let Some(ReadCode { code, .. }) = codes::commune(&text) else {
            remarks.note(Action::Refuse, "code", &text, "un code INSEE est attendu");
            continue;
        };
        let number = |column| fields::decimal(row.raw(column));
        let position = number("longitude")
            .zip(number("latitude"))
            .and_then(|(longitude, latitude)| Position::new(longitude, latitude).ok());
        let Some(position) = position else {
            let shown = format!("{} {}", row.raw("longitude"), row.raw("latitude"));
            let advice = "deux nombres en degrés sont attendus : longitude et latitude";
            remarks.note(Action::Refuse, "longitude", &shown, advice);
            continue;
        };
        if centres.insert(code, position).is_some() {
            let advice = "commune donnée deux fois : la dernière ligne est retenue";
            remarks.note(Action::Repare, "code", code.as_str(), advice);
        }
    }
    Ok((centres, rows + table.refused))
}

/// Gives every commune and part a centre where one is known, and tells once which have none.
pub(crate) fn place(
    division: &mut Decoupage,
    centres: &HashMap<Code, Position>,
    outlines: &[Outline],
    remarks: &mut Remarks<'_>,
) {
    let drawn: HashMap<Code, &Outline> = outlines.iter().map(|o| (o.code, o)).collect();
    let whole: HashSet<Code> = division
        .communes
        .iter()
        .map(|commune| commune.code)
        .collect();
    let mut missing = Vec::new();
    for commune in &mut division.communes {
        let centre = centres.get(&commune.code).copied();
        let from_outline = || polygon::centre(drawn.get(&commune.code)?);
        commune.centre = centre.or_else(from_outline);
        if commune.centre.is_none() {
            missing.push(commune.code.as_str().to_owned());
        }
    }
    for part in &mut division.parts {
        let from_outline = || polygon::centre(drawn.get(&part.code)?);
        // A delegated commune may bear the code of the whole, whose centre is not its own.
        part.centre = centres.get(&part.code).copied().or_else(from_outline);
        if whole.contains(&part.code) {
            part.centre = None;
        }
    }
    if !missing.is_empty() {
        let advice = format!(
            "{} communes sans centre ni contour : listées, mais absentes de la carte ; compléter centres.csv",
            missing.len()
        );
        remarks.at(0);
        remarks.note(Action::Garde, "code", &missing.join(" "), advice);
    }
}
