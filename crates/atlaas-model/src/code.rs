//! Official codes: INSEE codes of communes, départements and régions, SIREN of EPCI.
//!
//! Codes are text (`2A004`, `01001`); this file refuses whatever could not be one, and gives each
//! the stable number that vector tiles need as a feature id.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

const LONGEST: usize = 9;

/// One to nine upper-case ASCII letters or digits, held inline: `01001`, `2A004`, `200054807`, `974`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code {
    bytes: [u8; LONGEST],
    length: u8,
}

/// Why a text is not a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a code: expected one to nine letters or digits, such as 2A004 or 200054807")]
pub struct CodeError(pub String);

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        // Only ASCII enters `bytes`, so this never takes the empty default.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }

    /// The stable feature id of a territory: the code read as a number, with Corsica's `2A` and
    /// `2B` read as 201 and 202 (`2A004` → 201004); unique within one kind of territory.
    pub fn feature_id(&self) -> u64 {
        let text = self.as_str();
        let digits = match (text.get(..2), text.get(2..)) {
            (Some("2A"), Some(rest)) => format!("201{rest}"),
            (Some("2B"), Some(rest)) => format!("202{rest}"),
            _ => text.to_owned(),
        };
        // A foreign code with other letters is read in base 36, above every numeric code.
        digits.parse().unwrap_or_else(|_| {
            1_000_000_000_000 + u64::from_str_radix(&digits, 36).unwrap_or_default()
        })
    }
}

impl FromStr for Code {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let trimmed = text.trim();
        let fits = (1..=LONGEST).contains(&trimmed.len());
        if !fits || !trimmed.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(CodeError(text.chars().take(40).collect()));
        }
        let mut bytes = [0; LONGEST];
        for (slot, byte) in bytes.iter_mut().zip(trimmed.bytes()) {
            *slot = byte.to_ascii_uppercase();
        }
        Ok(Self {
            bytes,
            length: trimmed.len() as u8,
        })
    }
}

impl TryFrom<String> for Code {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_zeros_and_letters() {
        for text in ["01001", "2A004", "97411", "200054807", "974", "2b"] {
            assert_eq!(text.parse::<Code>().unwrap().as_str(), text.to_uppercase());
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_refused() {
        for text in ["", " ", "1234567890", "2A-04", "é", "01 001"] {
            assert!(text.parse::<Code>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn feature_ids_are_numbers_and_corsica_has_its_own() {
        for (text, id) in [
            ("01001", 1001),
            ("2A004", 201_004),
            ("2B", 202),
            ("200054807", 200_054_807),
        ] {
            assert_eq!(text.parse::<Code>().unwrap().feature_id(), id);
        }
    }
}
