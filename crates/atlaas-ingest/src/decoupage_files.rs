//! The files of the open découpage administratif: `communes.json`, `epci.json`,
//! `departements.json` and `regions.json`, each a JSON array of objects.
//!
//! A record without a code or a name is refused and reported; a
//! field that makes no sense is left out and reported; unknown fields are not looked at.

use crate::{
    IngestError, clean,
    decoupage::{Commune, Decoupage, Epci, Part, Province},
    json_stream::ElementStream,
    json_table::failure,
    remarks::Remarks,
    source_file::{STREAMED_LIMIT, SourceFile},
};
use atlaas_model::{Action, AliasKind, Code, Report, Source};
use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::HashMap, path::Path};

/// More people than any territory has; what is above is a mistake.
const MOST_PEOPLE: u64 = 100_000_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CommuneRecord {
    code: String,
    nom: String,
    #[serde(rename = "type", default)]
    kind: String,
    departement: Option<String>,
    region: Option<String>,
    siren: Option<String>,
    population: Option<u64>,
    #[serde(default)]
    codes_postaux: Vec<String>,
    #[serde(default)]
    anciens_codes: Vec<String>,
    chef_lieu: Option<String>,
    commune: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EpciRecord {
    code: String,
    nom: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    mode_financement: String,
    population_municipale: Option<u64>,
    population_totale: Option<u64>,
    #[serde(default)]
    membres: Vec<MemberRecord>,
}

#[derive(Deserialize)]
struct MemberRecord {
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProvinceRecord {
    code: String,
    nom: String,
    region: Option<String>,
    chef_lieu: Option<String>,
}

/// Reads the division under `dir`; all four files must be there.
pub(crate) fn read(
    dir: &Path,
    report: &mut Report,
    sources: &mut Vec<Source>,
) -> Result<Decoupage, IngestError> {
    let mut division = Decoupage::default();
    for name in ["communes", "epci", "departements", "regions"] {
        let path = format!("decoupage/{name}.json");
        let file = SourceFile::find(dir, &path).ok_or_else(|| IngestError::Missing {
            name: path,
            dir: dir.to_owned(),
        })?;
        let mut remarks = Remarks::on(report, &file.name);
        let rows = read_file(&file, name, &mut division, &mut remarks)?;
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
    let mut stream = ElementStream::new(file.open(STREAMED_LIMIT)?, &[]);
    let mut count = 0;
    loop {
        let element = match stream.next() {
            Ok(Some(element)) => element,
            Ok(None) => return Ok(count),
            Err(error) => return Err(failure(file, &file.name, error)),
        };
        count += 1;
        remarks.at(element.line);
        match serde_json::from_slice(element.json) {
            Ok(record) => take(record, remarks),
            Err(error) => {
                let text = String::from_utf8_lossy(&element.json[..element.json.len().min(200)]);
                let advice = format!("enregistrement illisible : {error}");
                remarks.note(Action::Refuse, "", &text, advice);
            }
        }
    }
}

fn commune(record: CommuneRecord, division: &mut Decoupage, remarks: &mut Remarks<'_>) {
    let (Some(own), name) = (
        code("code", &record.code, remarks),
        clean::line(&record.nom),
    ) else {
        return;
    };
    if name.is_empty() {
        remarks.note(
            Action::Refuse,
            "nom",
            &record.code,
            "commune sans nom : le donner",
        );
        return;
    }
    let kind = match record.kind.as_str() {
        "" | "commune-actuelle" => None,
        "commune-deleguee" => Some(AliasKind::Deleguee),
        "commune-associee" => Some(AliasKind::Associee),
        "arrondissement-municipal" => Some(AliasKind::Arrondissement),
        _ => Some(AliasKind::Ancienne),
    };
    let postcodes = postcodes(&record.codes_postaux, remarks);
    let population = people(record.population, remarks);
    let Some(kind) = kind else {
        division.communes.push(Commune {
            code: own,
            name,
            departement: optional("departement", record.departement, remarks),
            region: optional("region", record.region, remarks),
            epci: None,
            siren: optional("siren", record.siren, remarks),
            postcodes,
            population,
            former_codes: record
                .anciens_codes
                .iter()
                .filter_map(|text| code("anciensCodes", text, remarks))
                .collect(),
            centre: None,
        });
        return;
    };
    let parent = record.commune.or(record.chef_lieu).unwrap_or_default();
    if let Some(parent) = code("chefLieu", &parent, remarks) {
        division.parts.push(Part {
            code: own,
            name,
            kind,
            parent,
            postcodes,
            population,
            centre: None,
        });
    }
}

fn epci(
    record: &EpciRecord,
    division: &mut Decoupage,
    members: &mut HashMap<Code, Code>,
    remarks: &mut Remarks<'_>,
) {
    let (Some(own), name) = (
        code("code", &record.code, remarks),
        clean::line(&record.nom),
    ) else {
        return;
    };
    if name.is_empty() {
        remarks.note(
            Action::Refuse,
            "nom",
            &record.code,
            "EPCI sans nom : le donner",
        );
        return;
    }
    for member in &record.membres {
        let Some(commune) = code("membres", &member.code, remarks) else {
            continue;
        };
        if members
            .insert(commune, own)
            .is_some_and(|other| other != own)
        {
            let advice = format!("commune de deux EPCI : {own}, lu en dernier, est retenu");
            remarks.note(Action::Garde, "membres", commune.as_str(), advice);
        }
    }
    division.epcis.push(Epci {
        code: own,
        name,
        nature: clean::line(&record.kind),
        funding: clean::line(&record.mode_financement),
        population: people(
            record.population_municipale.or(record.population_totale),
            remarks,
        ),
    });
}

/// Tells each commune its EPCI.
fn join(division: &mut Decoupage, members: &HashMap<Code, Code>, remarks: &mut Remarks<'_>) {
    let mut met = 0;
    for commune in &mut division.communes {
        commune.epci = members.get(&commune.code).copied();
        met += usize::from(commune.epci.is_some());
    }
    if met < members.len() && !division.communes.is_empty() {
        remarks.at(0);
        remarks.note(
            Action::Ignore,
            "membres",
            &(members.len() - met).to_string(),
            "membres d'EPCI qui ne sont pas des communes d'aujourd'hui : mettre les deux fichiers au même millésime",
        );
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

fn code(field: &str, text: &str, remarks: &mut Remarks<'_>) -> Option<Code> {
    let code = text.parse().ok();
    if code.is_none() {
        let advice = "un code de 1 à 9 lettres ou chiffres est attendu, comme 2A004 ou 200054807";
        remarks.note(Action::Refuse, field, text, advice);
    }
    code
}

fn optional(field: &str, text: Option<String>, remarks: &mut Remarks<'_>) -> Option<Code> {
    code(field, &text.filter(|text| !text.is_empty())?, remarks)
}

fn people(count: Option<u64>, remarks: &mut Remarks<'_>) -> Option<u32> {
    let count = count?;
    if count > MOST_PEOPLE {
        let advice = "population hors de toute mesure, laissée de côté : la corriger";
        remarks.note(Action::Ignore, "population", &count.to_string(), advice);
        return None;
    }
    u32::try_from(count).ok()
}

fn postcodes(raw: &[String], remarks: &mut Remarks<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(raw.len());
    for text in raw {
        if text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            out.push(text.clone());
        } else {
            let advice = "un code postal a cinq chiffres : le corriger";
            remarks.note(Action::Ignore, "codesPostaux", text, advice);
        }
    }
    out
}
