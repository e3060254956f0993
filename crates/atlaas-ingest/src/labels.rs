//! Labels out of `labels.csv`: `code,millesime,arobases,mention,…`, for communes and EPCI.
//!
//! A row needs a territory of today (or one that leads there) and a year. A level out of one to
//! five is left out. Two rows of one code and year that differ in level: the later one wins.

use crate::{
    fields,
    remarks::Remarks,
    resolver::{Resolver, Route},
    row::Row,
    terms::Terms,
};
use atlaas_model::{Action, Code, Facet, Fiche, Kind, Label, LabelOrigin};
use std::collections::{HashMap, hash_map::Entry};

/// Labels by the code that the row gave, kept apart until the end.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    by_territory: HashMap<(Kind, Code), Vec<Label>>,
    /// Line of the row that set the level, and where that label stands.
    levels: HashMap<(Code, u16), (u64, usize)>,
}

impl Labels {
    /// Takes one row.
    pub(crate) fn take(
        &mut self,
        row: &Row,
        resolver: &Resolver,
        terms: &mut Terms,
        remarks: &mut Remarks<'_>,
    ) {
        let text = row.first(&["code", "code_insee", "siren"]);
        let Some((own, territory)) = territory(&text, resolver, remarks) else {
            return;
        };
        let column = if row.raw("millesime").is_empty() {
            "annee"
        } else {
            "millesime"
        };
        let Some(year) = fields::year(row, column, remarks) else {
            let advice = "label sans année : la donner dans « millesime »";
            remarks.note(Action::Refuse, "millesime", &row.get("millesime"), advice);
            return;
        };
        let level = level(&row.first(&["arobases", "niveau"]), remarks);
        let mention = Some(row.get("mention")).filter(|mention| !mention.is_empty());
        let mention = mention.and_then(|mention| terms.term(Facet::Mention, &mention, remarks));
        if level.is_none() && mention.is_none() {
            remarks.note(
                Action::Refuse,
                "arobases",
                "",
                "ni arobases ni mention : donner l'un des deux",
            );
            return;
        }
        let label = Label {
            year,
            level,
            mention: mention.map(|(_, name)| name),
            origin: match row.get("origine").to_lowercase().as_str() {
                "releve" | "relevé" => LabelOrigin::Releve,
                "synthetique" | "synthétique" => LabelOrigin::Synthetique,
                _ => LabelOrigin::Inconnue,
            },
        };
        self.put((own, row.line), territory, label, remarks);
    }

    fn put(
        &mut self,
        (own, line): (Code, u64),
        territory: (Kind, Code),
        label: Label,
        remarks: &mut Remarks<'_>,
    ) {
        let labels = self.by_territory.entry(territory).or_default();
        if labels.contains(&label) {
            let advice = "label déjà lu : ligne laissée de côté";
            remarks.note(Action::Repare, "code", own.as_str(), advice);
            return;
        }
        if label.level.is_none() {
            labels.push(label);
            return;
        }
        match self.levels.entry((own, label.year)) {
            Entry::Vacant(entry) => {
                entry.insert((line, labels.len()));
                labels.push(label);
            }
            Entry::Occupied(mut entry) => {
                let (earlier, rank) = *entry.get();
                if labels[rank].level == label.level {
                    // The same level with another mention: both are told.
                    labels.push(label);
                    return;
                }
                let advice = format!(
                    "autre niveau que ligne {earlier} pour la même année : cette ligne la remplace"
                );
                remarks.note(Action::Repare, "arobases", own.as_str(), advice);
                labels[rank] = label;
                entry.insert((line, rank));
            }
        }
    }

    /// How many labels there are.
    pub(crate) fn len(&self) -> usize {
        self.by_territory.values().map(Vec::len).sum()
    }

    /// Gives the labels to the fiches of their territories, oldest first.
    pub(crate) fn give(mut self, fiches: &mut [Fiche]) {
        for fiche in fiches {
            let Some(code) = fiche.code else { continue };
            if let Some(mut labels) = self.by_territory.remove(&(fiche.kind, code)) {
                labels.sort_by(|a, b| {
                    (a.year, a.level, &a.mention).cmp(&(b.year, b.level, &b.mention))
                });
                fiche.labels = labels;
            }
        }
    }
}

/// The code as given, and the territory of today it leads to.
fn territory(
    text: &str,
    resolver: &Resolver,
    remarks: &mut Remarks<'_>,
) -> Option<(Code, (Kind, Code))> {
    let Some(own) = fields::commune_code(text) else {
        let advice = "un code INSEE ou le SIREN d'un EPCI est attendu";
        remarks.note(Action::Refuse, "code", text, advice);
        return None;
    };
    if resolver.is_epci(own) {
        return Some((own, (Kind::Epci, own)));
    }
    let Some((today, route)) = resolver.by_code(own) else {
        let advice = "ni commune ni EPCI d'aujourd'hui : vérifier le code";
        remarks.note(Action::Refuse, "code", text, advice);
        return None;
    };
    if route != Route::Today {
        let advice = format!("ancien code : label rattaché à {today}, commune d'aujourd'hui");
        remarks.note(Action::Repare, "code", text, advice);
    }
    Some((own, (Kind::Commune, today)))
}

fn level(text: &str, remarks: &mut Remarks<'_>) -> Option<u8> {
    if text.is_empty() {
        return None;
    }
    let signs = text.chars().filter(|&character| character == '@').count();
    let number = if signs == text.chars().count() {
        u8::try_from(signs).ok()
    } else {
        text.strip_suffix(".0").unwrap_or(text).parse().ok()
    };
    let level = number.filter(|level| (1..=5).contains(level));
    if level.is_none() {
        let advice = "un niveau de 1 à 5 est attendu : laissé de côté";
        remarks.note(Action::Ignore, "arobases", text, advice);
    }
    level
}
