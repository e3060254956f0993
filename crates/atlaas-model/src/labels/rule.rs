//! Which label counts for a fiche: the one rule, for facets, tiles, pages and exports alike.
//!
//! 1. A commune that has a level of its own keeps to its own labels.
//! 2. A commune that has none takes those of its EPT, else those of its EPCI: the *territoire* was
//!    labelled as a whole (in 2021 nine territoires stood for 190 communes). The answer says whose
//!    level it is. Mentions of its own stay beside.
//! 3. Any other fiche has what its commune has; an EPCI has its own labels; a département or a région
//!    has none.
//!
//! Of several years the latest decides; one after the sources' own date ([`SourceDate`]) does so only
//! where no other year has a level.

use crate::{Code, Fiche, Kind, Label, LabelledGroup, Level, SourceDate};
use std::{collections::HashMap, sync::Arc};

/// What counts for a fiche.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// One to five arobases; 0 for mentions alone.
    pub level: u8,
    /// Whose level it is, when it is not the commune's own.
    pub group: Option<Arc<LabelledGroup>>,
    /// Mentions of any year, as people read them.
    pub mentions: Vec<String>,
}

/// What counts for every fiche of a dataset.
#[derive(Clone, Debug, Default)]
pub struct LabelRule {
    communes: HashMap<Code, Standing>,
    epcis: HashMap<Code, Standing>,
}

impl LabelRule {
    /// Applies the rule to the labels of the communes and EPCI among the fiches.
    pub fn new(fiches: &[Fiche]) -> Self {
        let date = SourceDate::of(fiches);
        let of_kind = |level: Level| fiches.iter().filter(move |fiche| fiche.kind == level);
        let mut wholes: HashMap<Code, Whole<'_>> = HashMap::new();
        let mut epcis = HashMap::new();
        for fiche in of_kind(Level::Epci).filter(|fiche| !fiche.labels.is_empty()) {
            let Some(code) = fiche.code else { continue };
            let name = fiche.name.clone();
            let group = Arc::new(LabelledGroup { code, name });
            wholes.insert(code, (group, &fiche.labels));
            epcis.insert(code, standing(fiche.labels.iter(), date));
        }
        let communes = of_kind(Level::Commune).filter_map(|fiche| {
            let epci = fiche.territory.epci.and_then(|code| wholes.get(&code));
            Some((fiche.code?, of_commune(&fiche.labels, epci, date)?))
        });
        Self {
            communes: communes.collect(),
            epcis,
        }
    }

    /// What counts for a fiche; `None` when no label does.
    pub fn of(&self, fiche: &Fiche) -> Option<&Standing> {
        match fiche.kind {
            Kind::Territory(Level::Epci) => self.epcis.get(&fiche.code?),
            Kind::Territory(Level::Departement | Level::Region) => None,
            Kind::Territory(Level::Commune) | Kind::Point(_) => {
                self.communes.get(&fiche.territory.commune?)
            }
        }
    }
}

/// A territoire and its labels.
type Whole<'a> = (Arc<LabelledGroup>, &'a [Label]);

fn of_commune(labels: &[Label], epci: Option<&Whole<'_>>, date: SourceDate) -> Option<Standing> {
    let own = labels.iter().filter(|label| label.group.is_none());
    let mut counted = standing(own, date);
    if counted.level == 0 {
        let ept = ept_of(labels).map(|ept| {
            let of_ept = |label: &&Label| label.group.as_ref() == Some(ept);
            let standing = standing(labels.iter().filter(of_ept), date);
            (Arc::new(ept.clone()), standing)
        });
        let epci = epci.map(|(epci, labels)| (Arc::clone(epci), standing(labels.iter(), date)));
        let levelled = |whole: &(Arc<LabelledGroup>, Standing)| whole.1.level > 0;
        let both = [ept, epci];
        let nearest = both.iter().flatten().find(|whole| levelled(whole));
        if let Some((whole, standing)) = nearest.or_else(|| both.iter().flatten().next()) {
            counted.level = standing.level;
            counted.group = Some(Arc::clone(whole));
            counted.mentions.extend(standing.mentions.iter().cloned());
        }
    }
    let counts = counted.level > 0 || !counted.mentions.is_empty();
    counts.then_some(counted)
}

/// The EPT that gave a commune its latest label.
fn ept_of(labels: &[Label]) -> Option<&LabelledGroup> {
    let given = labels.iter().filter(|label| label.group.is_some());
    given.max_by_key(|label| label.year)?.group.as_ref()
}

fn standing<'a>(labels: impl Iterator<Item = &'a Label> + Clone, date: SourceDate) -> Standing {
    let latest = labels
        .clone()
        .filter(|label| label.level.is_some())
        .max_by_key(|label| (!date.doubts_label(label.year), label.year, label.level));
    Standing {
        level: latest.and_then(|label| label.level).unwrap_or(0),
        group: None,
        mentions: labels.filter_map(|label| label.mention.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FicheId, LabelOrigin};

    fn code(text: &str) -> Code {
        text.parse().unwrap()
    }

    /// `2019:4`, `2020:Santé`, `2021:3 T5` given to the EPT T5.
    fn label(text: &str) -> Label {
        let (text, ept) = text.split_once(' ').unwrap_or((text, ""));
        let (year, what) = text.split_once(':').unwrap();
        let level = what.parse().ok();
        Label {
            year: year.parse().unwrap(),
            level,
            mention: level.is_none().then(|| what.to_owned()),
            origin: LabelOrigin::Releve,
            group: (!ept.is_empty()).then(|| LabelledGroup {
                code: code(ept),
                name: ept.to_owned(),
            }),
        }
    }

    fn fiche(kind: impl Into<Kind>, commune: Option<&str>, labels: &str) -> Fiche {
        let kind = kind.into();
        let own = match kind {
            Kind::Territory(Level::Commune) => code("01001"),
            Kind::Territory(Level::Epci) => code("200000001"),
            _ => code("01"),
        };
        let id = FicheId::of_row(kind, own.as_str()).unwrap();
        let mut fiche = Fiche::new(id, kind, "Le Tout".to_owned());
        fiche.code = kind.is_territory().then_some(own);
        fiche.territory.commune = commune.map(code);
        fiche.territory.epci = (kind <= Kind::Territory(Level::Epci)).then(|| code("200000001"));
        fiche.labels = labels
            .split(',')
            .filter(|l| !l.is_empty())
            .map(label)
            .collect();
        fiche
    }

    /// `4 of Le Tout: Santé`, of the commune, the EPCI and an initiative in the commune.
    fn counted(commune: &str, epci: &str) -> [String; 3] {
        let fiches = [
            fiche(Level::Commune, Some("01001"), commune),
            fiche(Level::Epci, None, epci),
            fiche(Kind::point("initiative"), Some("01001"), ""),
            fiche(Level::Departement, None, "2019:5"),
        ];
        let rule = LabelRule::new(&fiches);
        assert_eq!(rule.of(&fiches[3]), None, "a département has no label");
        [0, 1, 2].map(|rank| {
            let Some(found) = rule.of(&fiches[rank]) else {
                return String::new();
            };
            let mut text = found.level.to_string();
            if let Some(whole) = &found.group {
                text += &format!(" of {}", whole.name);
            }
            for mention in &found.mentions {
                text += &format!(": {mention}");
            }
            text
        })
    }

    #[test]
    fn a_commune_has_its_own_label_else_that_of_its_territoire() {
        for (commune, epci, of_commune, of_epci) in [
            ("", "", "", ""),
            // Its own, the latest year that has a level.
            ("2015:3,2019:4,2022:Santé", "", "4: Santé", ""),
            ("2015:1", "2021:5,2021:Santé", "1", "5: Santé"),
            // That of its EPCI, with its mentions, said as such.
            ("", "2021:5,2022:Santé", "5 of Le Tout: Santé", "5: Santé"),
            ("", "2021:Santé", "0 of Le Tout: Santé", "0: Santé"),
            // A mention of its own is no level.
            ("2019:Ruralité", "2021:3", "3 of Le Tout: Ruralité", "3"),
            // That of its EPT before that of its EPCI; its own before both.
            ("2021:2 T5", "2021:5", "2 of T5", "5"),
            ("2021:Santé T5", "2021:5", "5 of Le Tout", "5"),
            ("2012:1,2021:2 T5", "2021:5", "1", "5"),
            // A year that has not come decides only where there is no other.
            ("2015:3,2049:1", "2021:5", "3", "5"),
            ("2049:1", "2021:5", "1", "5"),
            ("", "2015:3,2020:2,2049:1", "2 of Le Tout", "2"),
        ] {
            let found = counted(commune, epci);
            let expected = [of_commune, of_epci, of_commune];
            assert_eq!(found, expected, "{commune} within {epci}");
        }
    }

    #[test]
    fn a_fiche_without_a_commune_has_no_label() {
        let fiches = [
            fiche(Level::Epci, None, "2021:5"),
            fiche(Kind::point("colieu"), None, ""),
            fiche(Kind::point("colieu"), Some("99999"), ""),
        ];
        let rule = LabelRule::new(&fiches);
        assert_eq!([1, 2].map(|rank| rule.of(&fiches[rank])), [None, None]);
    }
}
