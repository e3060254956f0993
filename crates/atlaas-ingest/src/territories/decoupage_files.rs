//! The files of the open découpage administratif: `communes.json`, `epci.json`,
//! `departements.json`, `regions.json` and, where there is one, `ept.json`, each a JSON array of
//! objects.
//!
//! A record without a code or a name is refused and reported; a
//! field that makes no sense is left out and reported; unknown fields are not looked at.

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::json_source,
    tables::json_stream::ElementStream,
    tables::json_table::failure,
    tables::json_text::{broken, decoded},
    tables::source_dir::SourceDir,
    tables::source_file::SourceFile,
    territories::commune_records::commune,
    territories::decoupage::{Decoupage, Province},
    territories::group_records::{epci, ept, join},
    territories::record_fields::{code, optional},
    text::clean,
};
use atlaas_model::{Action, Code, Report, Source};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::HashMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProvinceRecord {
    code: String,
    nom: String,
    region: Option<String>,
    chef_lieu: Option<String>,
}

/// Reads the division of a directory; the first four files must be there, and a commune in them.
pub(crate) fn read(
    dir: &SourceDir,
    report: &mut Report,
    sources: &mut Vec<Source>,
) -> Result<Decoupage, IngestError> {
    let mut division = Decoupage::default();
    for name in ["communes", "epci", "departements", "regions"] {
        let file = dir.needed(&format!("decoupage/{name}.json"))?;
        let mut remarks = Remarks::on(report, &file.name);
        let rows = read_file(file, name, &mut division, &mut remarks)?;
        sources.push(file.fingerprint(rows)?);
        if name == "communes" && division.communes.is_empty() {
            return Err(file.empty("commune of today that can be read"));
        }
    }
    if let Some(file) = dir.get("decoupage/ept.json") {
        let mut remarks = Remarks::on(report, &file.name);
        let rows = read_file(file, "ept", &mut division, &mut remarks)?;
        sources.push(file.fingerprint(rows)?);
    }
    Ok(division)
}

/// Reads one file, by its name without folder and ending; gives its number of records.
pub(crate) fn read_file(
    file: &SourceFile,
    name: &str,
    division: &mut Decoupage,
    remarks: &mut Remarks<'_>,
) -> Result<u64, IngestError> {
    let count = read_records(file, name, division, remarks)?;
    remarks.at(0);
    keep_last(&mut division.communes, |commune| commune.code, remarks);
    keep_last(&mut division.epcis, |epci| epci.code, remarks);
    keep_last(&mut division.epts, |ept| ept.code, remarks);
    keep_last(
        &mut division.departements,
        |province| province.code,
        remarks,
    );
    keep_last(&mut division.regions, |province| province.code, remarks);
    Ok(count)
}

/// Leaves the last of several records with one code.
fn keep_last<T>(records: &mut Vec<T>, code: fn(&T) -> Code, remarks: &mut Remarks<'_>) {
    let last: HashMap<Code, usize> = records.iter().map(code).zip(0..).collect();
    if last.len() == records.len() {
        return;
    }
    let mut rank = 0;
    records.retain(|record| {
        let kept = last.get(&code(record)) == Some(&rank);
        rank += 1;
        if !kept {
            let advice = "code donné deux fois : le dernier enregistrement est retenu";
            remarks.note(Action::Repare, "code", code(record).as_str(), advice);
        }
        kept
    });
}

fn read_records(
    file: &SourceFile,
    name: &str,
    division: &mut Decoupage,
    remarks: &mut Remarks<'_>,
) -> Result<u64, IngestError> {
    match name {
        "communes" => records(file, remarks, |record, remarks| {
            commune(record, division, remarks);
        }),
        "epci" => {
            let mut members = HashMap::new();
            let count = records(file, remarks, |record, remarks| {
                epci(&record, division, &mut members, remarks);
            })?;
            join(division, &members, remarks);
            Ok(count)
        }
        "ept" => records(file, remarks, |record, remarks| {
            ept(&record, division, remarks);
        }),
        "departements" => records(file, remarks, |record, remarks| {
            division.departements.extend(province(record, remarks));
        }),
        _ => records(file, remarks, |record, remarks| {
            division.regions.extend(province(record, remarks));
        }),
    }
}

fn records<T: DeserializeOwned>(
    file: &SourceFile,
    remarks: &mut Remarks<'_>,
    mut take: impl FnMut(T, &mut Remarks<'_>),
) -> Result<u64, IngestError> {
    let mut stream = ElementStream::new(json_source::open(file)?, &[]);
    let mut count = 0;
    loop {
        let element = match stream.next() {
            Ok(Some(element)) => element,
            Ok(None) => return Ok(count),
            Err(error) => return Err(failure(file, &file.name, error)),
        };
        count += 1;
        remarks.at(element.line);
        let json = decoded(element.json, remarks);
        match serde_json::from_slice(&json) {
            Ok(record) => take(record, remarks),
            Err(error) => {
                if let Some(error) = broken(&file.name, &element, &json, &error) {
                    return Err(error);
                }
                let text = String::from_utf8_lossy(&json[..json.len().min(200)]);
                let advice = format!("enregistrement illisible : {error}");
                remarks.note(Action::Refuse, "", &text, advice);
            }
        }
    }
}

fn province(record: ProvinceRecord, remarks: &mut Remarks<'_>) -> Option<Province> {
    let own = code("code", &record.code, remarks)?;
    let name = clean::line(&record.nom);
    if name.is_empty() {
        remarks.note(
            Action::Refuse,
            "nom",
            &record.code,
            "territoire sans nom : le donner",
        );
        return None;
    }
    Some(Province {
        code: own,
        name,
        region: optional("region", record.region, remarks),
        seat: optional("chefLieu", record.chef_lieu, remarks),
    })
}
