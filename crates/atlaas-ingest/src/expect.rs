//! What the operator expects of the counts: `commune=34969`, `initiative=15000..25000`.

use crate::IngestError;
use atlaas_model::{Fiche, Kind, Schema};
use std::str::FromStr;

/// A range that the count of one kind of fiche must lie in.
///
/// ```
/// let expectation: atlaas_ingest::Expectation = "initiative=15000..25000".parse()?;
/// assert_eq!((expectation.min, expectation.max), (15_000, 25_000));
/// # Ok::<(), atlaas_ingest::ExpectationError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Kind of fiches, by its public name.
    pub kind: String,
    /// The least.
    pub min: u64,
    /// The most.
    pub max: u64,
}

/// Why a text is no expectation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no expectation: write type=count, type=min..max, type=min.. or type=..max")]
pub struct ExpectationError(pub String);

impl FromStr for Expectation {
    type Err = ExpectationError;
    fn from_str(text: &str) -> Result<Self, ExpectationError> {
        let refuse = || ExpectationError(text.to_owned());
        let (kind, range) = text.split_once('=').ok_or_else(refuse)?;
        let kind = kind.trim().to_owned();
        let bound = |text: &str, open: u64| match text.trim() {
            "" => Ok(open),
            number => number.parse().map_err(|_| refuse()),
        };
        let (min, max) = if let Some((min, max)) = range.split_once("..") {
            (bound(min, 0)?, bound(max, u64::MAX)?)
        } else {
            let exact = range.trim().parse().map_err(|_| refuse())?;
            (exact, exact)
        };
        if min > max {
            return Err(refuse());
        }
        Ok(Self { kind, min, max })
    }
}

/// Compares the counts with what is expected.
pub(crate) fn check(
    fiches: &[Fiche],
    schema: &Schema,
    expectations: &[Expectation],
) -> Result<(), IngestError> {
    for Expectation { kind, min, max } in expectations {
        let (min, max) = (*min, *max);
        let Some(kind) = schema.kind(kind) else {
            return Err(IngestError::UnknownKind {
                name: kind.clone(),
                known: schema.kinds().into_iter().map(Kind::as_str).collect(),
            });
        };
        let found = fiches.iter().filter(|fiche| fiche.kind == kind).count() as u64;
        if !(min..=max).contains(&found) {
            return Err(IngestError::Unexpected {
                kind,
                found,
                min,
                max,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_open_and_closed() {
        for (text, expected) in [
            ("commune=34969", Some((34_969, 34_969))),
            ("epci=1..", Some((1, u64::MAX))),
            ("colieu=..9", Some((0, 9))),
            ("colieu = 2 .. 9", Some((2, 9))),
            ("commune", None),
            ("commune=a..b", None),
            ("commune=9..1", None),
        ] {
            let got = text.parse::<Expectation>().ok().map(|e| (e.min, e.max));
            assert_eq!(got, expected, "{text}");
        }
    }
}
