//! Labels out of `labels.csv`: `code,millesime,arobases,mention,…`, for communes, EPCI and EPT.
//!
//! A row needs a territory of today (or one that leads there) and a year. A level out of one to
//! five is left out. Two rows of one code and year that differ in level: the later one wins.

use crate::{
    report::{read_dates::ReadDates, remarks::Remarks},
    tables::row::Row,
    territories::resolver::{Resolver, Route},
    values::codes::{self, ReadCode},
    values::fields,
    values::terms::Terms,
};
use atlaas_model::{Action, Code, Facet, Fiche, Label, LabelOrigin, LabelledGroup, Level};
use std::collections::{BTreeSet, HashMap, hash_map::Entry};

/// Who was labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Bearer {
    Commune(Code),
    Epci(Code),
    /// It has no fiche: its communes carry its labels.
    Ept(Code),
}

/// Labels by the code that the row gave, kept apart until the end.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    by_bearer: HashMap<Bearer, Vec<Label>>,
    dates: ReadDates,
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
        let Some((own, bearer)) = bearer(&text, resolver, remarks) else {
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
            group: None,
        };
        self.dates.label("millesime", year, remarks);
        self.put((own, row.line), bearer, label, remarks);
    }

    fn put(
        &mut self,
        (own, line): (Code, u64),
        bearer: Bearer,
        label: Label,
        remarks: &mut Remarks<'_>,
    ) {
        let labels = self.by_bearer.entry(bearer).or_default();
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
        self.by_bearer.values().map(Vec::len).sum()
    }

    /// The years of all rows.
    pub(crate) fn into_dates(self) -> ReadDates {
        self.dates
    }

    /// Gives the labels to the fiches of their territories, oldest first; gives back their years.
    pub(crate) fn give(self, resolver: &Resolver, fiches: &mut [Fiche]) -> ReadDates {
        let mut by_fiche: HashMap<(Level, Code), Vec<Label>> = HashMap::new();
        for (bearer, labels) in self.by_bearer {
            match bearer {
                Bearer::Commune(code) => by_fiche.entry((Level::Commune, code)).or_default(),
                Bearer::Epci(code) => by_fiche.entry((Level::Epci, code)).or_default(),
                Bearer::Ept(code) => {
                    for (commune, label) in of_communes(code, &labels, resolver) {
                        let key = (Level::Commune, commune);
                        by_fiche.entry(key).or_default().push(label);
                    }
                    continue;
                }
            }
            .extend(labels);
        }
        for fiche in fiches {
            let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) else {
                continue;
            };
            if let Some(mut labels) = by_fiche.remove(&(level, code)) {
                labels.sort_by(|a, b| order(a).cmp(&order(b)));
                fiche.labels = labels;
            }
        }
        self.dates
    }
}

type Order<'a> = (u16, Option<Code>, Option<u8>, Option<&'a str>);

fn order(label: &Label) -> Order<'_> {
    let ept = label.group.as_ref().map(|ept| ept.code);
    (label.year, ept, label.level, label.mention.as_deref())
}

/// The labels of an EPT as its communes of today carry them.
fn of_communes<'a>(
    code: Code,
    labels: &'a [Label],
    resolver: &'a Resolver,
) -> impl Iterator<Item = (Code, Label)> + 'a {
    let ept = resolver.ept(code);
    let communes: BTreeSet<Code> = ept
        .iter()
        .flat_map(|ept| &ept.communes)
        .filter_map(|&commune| Some(resolver.by_code(commune)?.0))
        .collect();
    let group = ept.map(|ept| LabelledGroup {
        code,
        name: ept.name.clone(),
    });
    communes.into_iter().flat_map(move |commune| {
        let group = group.clone();
        labels.iter().map(move |label| {
            let mut label = label.clone();
            label.group.clone_from(&group);
            (commune, label)
        })
    })
}

/// The code as given, and whom of today it stands for.
fn bearer(text: &str, resolver: &Resolver, remarks: &mut Remarks<'_>) -> Option<(Code, Bearer)> {
    let Some(ReadCode { code: own, mended }) = codes::commune(text) else {
        let advice = "un code INSEE ou le SIREN d'un EPCI ou d'un EPT est attendu";
        remarks.note(Action::Refuse, "code", text, advice);
        return None;
    };
    if let Some(mended) = mended {
        let advice = format!("{mended} : {own} ; garder les codes comme du texte");
        remarks.note(Action::Repare, "code", text, advice);
    }
    if resolver.is_epci(own) {
        return Some((own, Bearer::Epci(own)));
    }
    if resolver.ept(own).is_some() {
        return Some((own, Bearer::Ept(own)));
    }
    let Some((today, route)) = resolver.by_code(own) else {
        let advice = "ni commune, ni EPCI, ni EPT d'aujourd'hui : vérifier le code";
        remarks.note(Action::Refuse, "code", text, advice);
        return None;
    };
    if route != Route::Today {
        let advice = format!("ancien code : label rattaché à {today}, commune d'aujourd'hui");
        remarks.note(Action::Repare, "code", text, advice);
    }
    Some((own, Bearer::Commune(today)))
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
