//! Groups of communes: the EPCI of `epci.json` and the EPT of Grand Paris of `ept.json`, one shape.

use crate::{
    report::remarks::Remarks,
    territories::decoupage::{Decoupage, Epci, Ept},
    territories::record_fields::{code, people},
    text::clean,
};
use atlaas_model::{Action, Code};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupRecord {
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
pub(crate) struct MemberRecord {
    code: String,
}

/// Takes an EPCI; which commune is in it is noted in `members`.
pub(crate) fn epci(
    record: &GroupRecord,
    division: &mut Decoupage,
    members: &mut HashMap<Code, Code>,
    remarks: &mut Remarks<'_>,
) {
    let Some((own, name)) = named(record, "EPCI", remarks) else {
        return;
    };
    let communes: BTreeSet<Code> = member_codes(record, remarks).into_iter().collect();
    let count = u32::try_from(communes.len()).ok();
    for commune in communes {
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
        members: count,
    });
}

/// Takes an EPT.
pub(crate) fn ept(record: &GroupRecord, division: &mut Decoupage, remarks: &mut Remarks<'_>) {
    let Some((code, name)) = named(record, "EPT", remarks) else {
        return;
    };
    division.epts.push(Ept {
        code,
        name,
        communes: member_codes(record, remarks),
    });
}

/// The code and the name, both of which a group must have.
fn named(record: &GroupRecord, kind: &str, remarks: &mut Remarks<'_>) -> Option<(Code, String)> {
    let own = code("code", &record.code, remarks)?;
    let name = clean::line(&record.nom);
    if name.is_empty() {
        let advice = format!("{kind} sans nom : le donner");
        remarks.note(Action::Refuse, "nom", &record.code, advice);
        return None;
    }
    Some((own, name))
}

fn member_codes(record: &GroupRecord, remarks: &mut Remarks<'_>) -> Vec<Code> {
    let members = record.membres.iter();
    members
        .filter_map(|member| code("membres", &member.code, remarks))
        .collect()
}

/// Tells each commune its EPCI.
pub(crate) fn join(
    division: &mut Decoupage,
    members: &HashMap<Code, Code>,
    remarks: &mut Remarks<'_>,
) {
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
