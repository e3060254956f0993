//! Ids of fiches: unique in a dataset, the same from one reading to the next, safe in any address.

use crate::{Code, Kind, Level};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A fiche's id: `{kind}-{rest}` in `a-z A-Z 0-9 . _ -`, at most 80 characters, safe in any URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FicheId(String);

/// Why a text is not a fiche id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a fiche id: expected a kind, a hyphen and a name, such as commune-13056")]
pub struct FicheIdError(pub String);

impl FicheId {
    /// The id of a territory.
    pub fn territory(level: Level, code: Code) -> Self {
        Self(format!("{level}-{code}"))
    }

    /// The level and the code of the territory that an id names; whether it exists is not known here.
    pub fn territory_of(id: &str) -> Option<(Level, Code)> {
        let (level, code) = id.split_once('-')?;
        Some((level.parse().ok()?, code.parse().ok()?))
    }

    /// The id of a row of a source: its own id, prefixed by the kind unless it bears it already.
    pub fn of_row(kind: Kind, own: &str) -> Result<Self, FicheIdError> {
        let own = own.trim();
        if own
            .strip_prefix(kind.as_str())
            .is_some_and(|rest| rest.starts_with('-'))
        {
            own.parse()
        } else {
            format!("{kind}-{own}").parse()
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FicheId {
    type Err = FicheIdError;
    fn from_str(text: &str) -> Result<Self, FicheIdError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let good = text.len() <= 80
            && text.bytes().all(plain)
            && text
                .split_once('-')
                .is_some_and(|(kind, rest)| is_kind(kind) && !rest.is_empty());
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(FicheIdError(text.chars().take(100).collect()))
        }
    }
}

/// Whether a text may name a kind: which kinds there are is the schema's to say.
fn is_kind(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(plain)
}

impl TryFrom<String> for FicheId {
    type Error = FicheIdError;
    fn try_from(text: String) -> Result<Self, FicheIdError> {
        text.parse()
    }
}

impl From<FicheId> for String {
    fn from(id: FicheId) -> Self {
        id.0
    }
}

impl fmt::Display for FicheId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_id_bears_its_kind_once() {
        for (own, expected) in [
            ("initiative-00001", "initiative-00001"),
            ("42", "initiative-42"),
            ("initiatives42", "initiative-initiatives42"),
        ] {
            assert_eq!(
                FicheId::of_row(Kind::point("initiative"), own)
                    .unwrap()
                    .as_str(),
                expected
            );
        }
    }

    #[test]
    fn an_id_that_would_need_escaping_is_refused() {
        for text in [
            "",
            "commune-",
            "Ville-1",
            "9-1",
            "commune-a b",
            "commune-../x",
            "initiative-é",
        ] {
            assert!(text.parse::<FicheId>().is_err(), "{text:?}");
        }
    }
}
