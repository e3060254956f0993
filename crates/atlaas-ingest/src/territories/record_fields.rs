//! Fields of a record of the découpage: codes, people, post codes; what makes no sense is reported.

use crate::report::remarks::Remarks;
use atlaas_model::{Action, Code};

/// More people than any territory has; what is above is a mistake.
const MOST_PEOPLE: u64 = 100_000_000;

pub(crate) fn code(field: &str, text: &str, remarks: &mut Remarks<'_>) -> Option<Code> {
    let code = text.parse().ok();
    if code.is_none() {
        let advice = "un code de 1 à 9 lettres ou chiffres est attendu, comme 2A004 ou 200054807";
        remarks.note(Action::Refuse, field, text, advice);
    }
    code
}

pub(crate) fn optional(
    field: &str,
    text: Option<String>,
    remarks: &mut Remarks<'_>,
) -> Option<Code> {
    code(field, &text.filter(|text| !text.is_empty())?, remarks)
}

pub(crate) fn people(count: Option<u64>, remarks: &mut Remarks<'_>) -> Option<u32> {
    let count = count?;
    if count > MOST_PEOPLE {
        let advice = "population hors de toute mesure, laissée de côté : la corriger";
        remarks.note(Action::Ignore, "population", &count.to_string(), advice);
        return None;
    }
    u32::try_from(count).ok()
}

pub(crate) fn postcodes(raw: &[String], remarks: &mut Remarks<'_>) -> Vec<String> {
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
