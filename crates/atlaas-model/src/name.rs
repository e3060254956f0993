//! Names that declarations give: of layers, of columns, of facets.
//!
//! A name is copied and compared everywhere, so it is kept once for the whole process. Only what an
//! operator declares becomes a name; what a visitor types is looked up among them and never kept.

use hashbrown::HashSet;
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::{LazyLock, PoisonError, RwLock};

/// Longest name, bytes.
const LONGEST: usize = 64;
/// Names of one process, at most: 100 layers of 200 columns, and as many of the snapshots before.
const MOST: usize = 100_000;

/// Every value of every fiche is read under a name when a snapshot opens: the hash is a quick one, over what an
/// operator declares and no visitor chooses.
static KNOWN: LazyLock<RwLock<HashSet<&'static str>>> = LazyLock::new(RwLock::default);

/// A declared name: `a-z`, digits and `_`, a letter first; joined by dots where a column is
/// told with its layer, or a parameter with its facet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(&'static str);

/// Why a text is not a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty, too long, or of other characters.
    #[error(
        "{0:?} is no name: lower-case letters, digits and _ are expected, a letter first, at most 64"
    )]
    Form(String),
    /// More names than a process keeps.
    #[error("too many different names were declared")]
    TooMany,
}

impl Name {
    /// A name that stands in code.
    ///
    /// ```
    /// use atlaas_model::Name;
    /// assert_eq!(Name::new("enjeu"), Ok(Name::known("enjeu")));
    /// ```
    pub const fn known(text: &'static str) -> Self {
        Self(text)
    }

    /// A name that a declaration gives.
    pub fn new(text: &str) -> Result<Self, NameError> {
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(&kept) = known.get(text) {
            return Ok(Self(kept));
        }
        drop(known);
        // A minus before a column is the order that has its greatest values first.
        let bare = text.strip_prefix('-').unwrap_or(text);
        if !bare.split('.').all(is_plain) || text.len() > LONGEST || text.split('.').count() > 3 {
            return Err(NameError::Form(text.chars().take(LONGEST).collect()));
        }
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            return Err(NameError::TooMany);
        }
        let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
        known.insert(kept);
        // Another thread may have kept the same name meanwhile: both are equal.
        Ok(Self(kept))
    }

    /// The name of the parameter that searches inside the values of a facet.
    pub(crate) fn search(facet: Self) -> Result<Self, NameError> {
        Self::new(&format!("facette.{facet}"))
    }

    /// The name of the order that has the greatest values of a column first.
    pub(crate) fn falling(column: Self) -> Result<Self, NameError> {
        Self::new(&format!("-{column}"))
    }

    /// The name as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

fn is_plain(part: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    part.starts_with(|first: char| first.is_ascii_lowercase()) && part.bytes().all(plain)
}

impl fmt::Debug for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Name;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a declared name")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Name, E> {
                Name::new(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_lower_case_and_short() {
        for good in ["a", "arbres", "arbres.hauteur", "pm2_5"] {
            assert_eq!(Name::new(good).map(Name::as_str), Ok(good));
        }
        let long = "a".repeat(65);
        for bad in [
            "", "A", "été", "1a", "a-b", "a.b.c.d", ".a", "a.", "a b", &long,
        ] {
            assert!(matches!(Name::new(bad), Err(NameError::Form(_))), "{bad:?}");
        }
    }
}
