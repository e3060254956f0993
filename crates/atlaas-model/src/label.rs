//! The label of a commune or an EPCI: a level of one to five arobases for a year, and mentions.

use serde::{Deserialize, Serialize};

/// Where a label comes from, as told by its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelOrigin {
    /// A published fact.
    Releve,
    /// Drawn at random from known proportions.
    Synthetique,
    /// The source does not say.
    Inconnue,
}

/// One year's label; a mention may come without a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Year of the award.
    pub year: u16,
    /// One to five arobases.
    pub level: Option<u8>,
    /// Mention as people read it.
    pub mention: Option<String>,
    /// Fact or stand-in.
    pub origin: LabelOrigin,
}

impl Label {
    /// The level of the latest year that has one; 0 when there is none.
    pub fn latest_level(labels: &[Self]) -> u8 {
        labels
            .iter()
            .filter(|label| label.level.is_some())
            .max_by_key(|label| (label.year, label.level))
            .and_then(|label| label.level)
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_level_ignores_years_with_a_mention_only() {
        let label = |year, level| Label {
            year,
            level,
            mention: None,
            origin: LabelOrigin::Releve,
        };
        assert_eq!(Label::latest_level(&[]), 0);
        let labels = [
            label(2015, Some(3)),
            label(2019, Some(4)),
            label(2022, None),
        ];
        assert_eq!(Label::latest_level(&labels), 4);
    }
}
