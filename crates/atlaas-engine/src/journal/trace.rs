//! What the journal keeps of a fiche: its id, its name, and what queries filter by. No text, no address, no
//! contact: whatever was removed at its source is not told here for another year.

use atlaas_model::{Fiche, FicheId, Kind, LabelRule, Position, Territory, Value, Values, slug};
use serde::{Deserialize, Serialize};

/// A fiche as the journal knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Its id.
    pub id: FicheId,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Its name.
    pub nom: String,
    /// Where it lies, by codes of that time.
    pub territoire: Territory,
    /// Its position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Its terms, numbers, years, days, yes or no, by column.
    #[serde(default)]
    pub valeurs: Values,
    /// The label level that counted for it; 0 for none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub arobases: u8,
    /// Slugs of the mentions that counted for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<String>,
    /// Years in which it was given a label itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annees_label: Vec<u16>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_none(level: &u8) -> bool {
    *level == 0
}

impl Trace {
    /// What is kept of a fiche, under the labels of its snapshot.
    pub fn of(fiche: &Fiche, labels: &LabelRule) -> Self {
        let standing = labels.of(fiche);
        let mentions = standing.map_or(&[][..], |standing| &standing.mentions);
        let mut values = Values::default();
        for (column, value) in fiche.values.iter() {
            if !matches!(value, Value::Texts(_)) {
                values.set(column, value.clone());
            }
        }
        Self {
            id: fiche.id.clone(),
            kind: fiche.kind,
            nom: fiche.name.clone(),
            territoire: fiche.territory,
            position: fiche.position,
            valeurs: values,
            arobases: standing.map_or(0, |standing| standing.level),
            mentions: mentions.iter().map(|mention| slug(mention)).collect(),
            annees_label: fiche.labels.iter().map(|label| label.year).collect(),
        }
    }

    /// Whether a query could tell it from another state of the same fiche, by anything but words.
    pub fn filters_as(&self, other: &Self) -> bool {
        let named = |trace: &Self| Self {
            nom: String::new(),
            ..trace.clone()
        };
        named(self) == named(other)
    }
}
