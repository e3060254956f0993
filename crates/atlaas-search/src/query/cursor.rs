//! The opaque cursor `apres`: where a page ended, with a check against tampering and mix-ups.

use crate::query::order::Sort;
use atlaas_model::DocId;
use std::{fmt, str::FromStr};

/// Position of the last hit of a page in the order of its query.
///
/// It holds the hit's sort key rather than a rank, so it stays right when hits before it come or
/// go with a new snapshot. It is bound to the query's filter and order by a checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Sort key, greater is earlier.
    pub(crate) key: u64,
    /// Document, lower is earlier among equal keys.
    pub(crate) doc: DocId,
    /// Checksum over all that and the query.
    check: u32,
}

/// The text was not made by this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CursorError;

impl Cursor {
    /// The cursor after a hit of a query.
    pub(crate) fn new(key: u64, doc: DocId, filter: &str, sort: Sort) -> Self {
        Self {
            key,
            doc,
            check: checksum(key, doc, filter, sort),
        }
    }

    /// Whether the cursor was made for this filter and this order.
    pub(crate) fn belongs_to(self, filter: &str, sort: Sort) -> bool {
        self.check == checksum(self.key, self.doc, filter, sort)
    }
}

/// FNV-1a over the parts, folded to 32 bits: it catches slips, not enemies, and there is nothing
/// to gain by forging one.
fn checksum(key: u64, doc: DocId, filter: &str, sort: Sort) -> u32 {
    let parts = key
        .to_le_bytes()
        .into_iter()
        .chain(doc.to_le_bytes())
        .chain(sort.as_str().bytes())
        .chain(filter.bytes());
    let hash = parts.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) as u32
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:016x}{:08x}{:08x}",
            self.key, self.doc, self.check
        )
    }
}

impl FromStr for Cursor {
    type Err = CursorError;
    fn from_str(text: &str) -> Result<Self, CursorError> {
        let plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 32 || !text.bytes().all(plain) {
            return Err(CursorError);
        }
        let part = |range| u64::from_str_radix(&text[range], 16).map_err(|_| CursorError);
        Ok(Self {
            key: part(0..16)?,
            doc: part(16..24)? as u32,
            check: part(24..32)? as u32,
        })
    }
}
