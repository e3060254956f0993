//! Communes of `communes.json`, of today and of before, with the parts that they are made of.

use crate::{
    report::remarks::Remarks,
    territories::decoupage::{Commune, CommunePart, Decoupage},
    territories::record_fields::{code, optional, people, postcodes},
    text::clean,
};
use atlaas_model::{Action, AliasKind};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommuneRecord {
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

/// Takes a commune of today, or a part or a former life of one.
pub(crate) fn commune(record: CommuneRecord, division: &mut Decoupage, remarks: &mut Remarks<'_>) {
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
        division.parts.push(CommunePart {
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
