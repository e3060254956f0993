//! Directories (PMTiles v3, §4): which tile lies where, in columns of varints, gzipped.
//!
//! Small archives have one directory, the root; larger ones have leaves, and a root that points to
//! them and fits into the first 16 KiB of the file with the header.

use super::{
    gzip::{GzipLevel, gunzip, gzip},
    header,
};
use crate::encode::varint;

/// What is left for the root directory behind the header in the first 16 KiB.
pub(super) const LONGEST_ROOT: usize = 16_384 - header::LENGTH;
/// More than a directory of ten million entries.
const LARGEST_DIRECTORY: usize = 256 << 20;
/// Root, leaf, leaf of leaf, and one to spare.
const DEEPEST_LEAF: u8 = 4;

/// A tile, or `run` tiles in a row that are equal; a `run` of 0 points to a leaf directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub id: u64,
    /// In the tile section (or the leaf section).
    pub offset: u64,
    pub length: u32,
    pub run: u32,
}

/// Root and leaves, as they lie in the file.
pub(super) struct Directories {
    pub root: Vec<u8>,
    pub leaves: Vec<u8>,
}

impl Directories {
    /// Encodes entries sorted by id, with as few leaves as let the root fit.
    pub fn encode(entries: &[Entry]) -> Self {
        // Beyond this the root cannot fit, and trying is slow.
        if entries.len() < 16_384 {
            let root = encode(entries);
            if root.len() <= LONGEST_ROOT {
                return Self {
                    root,
                    leaves: Vec::new(),
                };
            }
        }
        let mut leaf_size = (entries.len() / 3500).max(4096);
        loop {
            let directories = Self::with_leaves(entries, leaf_size);
            if directories.root.len() <= LONGEST_ROOT {
                return directories;
            }
            leaf_size += leaf_size / 5;
        }
    }

    fn with_leaves(entries: &[Entry], leaf_size: usize) -> Self {
        let mut leaves = Vec::new();
        let pointer = |leaf: &[Entry]| {
            let bytes = encode(leaf);
            let entry = Entry {
                id: leaf[0].id,
                offset: leaves.len() as u64,
                length: bytes.len() as u32,
                run: 0,
            };
            leaves.extend(bytes);
            entry
        };
        let pointers: Vec<Entry> = entries.chunks(leaf_size).map(pointer).collect();
        Self {
            root: encode(&pointers),
            leaves,
        }
    }
}

fn encode(entries: &[Entry]) -> Vec<u8> {
    let mut raw = Vec::with_capacity(entries.len() * 5);
    varint(&mut raw, entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        varint(&mut raw, entry.id - last);
        last = entry.id;
    }
    for entry in entries {
        varint(&mut raw, u64::from(entry.run));
    }
    for entry in entries {
        varint(&mut raw, u64::from(entry.length));
    }
    let mut end = None;
    for entry in entries {
        // 0 says: right behind the one before.
        let follows = end == Some(entry.offset);
        varint(&mut raw, if follows { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + u64::from(entry.length));
    }
    gzip(&raw, GzipLevel::SMALL)
}

/// Decodes the root and all leaves into tiles sorted by id; refuses whatever is out of order, so
/// that a directory which points to itself ends at once.
pub(super) fn decode_all(root: &[u8], leaves: &[u8]) -> Result<Vec<Entry>, String> {
    let mut tiles = Vec::new();
    collect(root, leaves, 0, &mut tiles)?;
    Ok(tiles)
}

fn collect(bytes: &[u8], leaves: &[u8], depth: u8, tiles: &mut Vec<Entry>) -> Result<(), String> {
    for entry in decode(bytes).ok_or("a directory is damaged; make the archive again")? {
        let next = tiles.last().map_or(0, |last| last.id + u64::from(last.run));
        if entry.id < next {
            return Err("its directories are not in order; make the archive again".into());
        }
        if entry.run > 0 {
            tiles.push(entry);
            continue;
        }
        let section = header::Section {
            offset: entry.offset,
            length: u64::from(entry.length),
        };
        let leaf = section.of(leaves).filter(|_| depth < DEEPEST_LEAF);
        let before = tiles.len();
        collect(
            leaf.ok_or("a directory is missing")?,
            leaves,
            depth + 1,
            tiles,
        )?;
        if tiles.len() == before {
            return Err("a directory is empty; make the archive again".into());
        }
    }
    Ok(())
}

fn decode(bytes: &[u8]) -> Option<Vec<Entry>> {
    let raw = gunzip(bytes, LARGEST_DIRECTORY)?;
    let mut input = raw.as_slice();
    let count = usize::try_from(read_varint(&mut input)?).ok()?;
    // Four columns of at least a byte each.
    if count > input.len() / 4 {
        return None;
    }
    let mut entries = Vec::with_capacity(count);
    let mut id = 0_u64;
    for _ in 0..count {
        id = id.checked_add(read_varint(&mut input)?)?;
        entries.push(Entry {
            id,
            offset: 0,
            length: 0,
            run: 0,
        });
    }
    for entry in &mut entries {
        entry.run = read_varint(&mut input)?.try_into().ok()?;
        entry.id.checked_add(u64::from(entry.run))?;
    }
    for entry in &mut entries {
        entry.length = read_varint(&mut input)?.try_into().ok()?;
    }
    let mut end = None;
    for entry in &mut entries {
        entry.offset = match (read_varint(&mut input)?, end) {
            (0, None) => return None,
            (0, Some(end)) => end,
            (offset, _) => offset - 1,
        };
        end = Some(entry.offset.checked_add(u64::from(entry.length))?);
    }
    Some(entries)
}

fn read_varint(input: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = input.split_first()?;
        *input = rest;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entries(gaps: &[(u16, u16, u32, u32)]) -> Vec<Entry> {
        let (mut id, mut offset) = (0, 0);
        let mut next = |&(skip, hole, length, run): &(u16, u16, u32, u32)| {
            id += u64::from(skip);
            offset += u64::from(hole);
            let entry = Entry {
                id,
                offset,
                length,
                run,
            };
            id += u64::from(run);
            offset += u64::from(length);
            entry
        };
        gaps.iter().map(&mut next).collect()
    }

    proptest! {
        #[test]
        fn directories_come_back(gaps in proptest::collection::vec(
            (any::<u16>(), prop_oneof![Just(0_u16), any::<u16>()], any::<u32>(), 1..100_u32),
            0..200,
        )) {
            let entries = entries(&gaps);
            let directories = Directories::encode(&entries);
            prop_assert_eq!(decode_all(&directories.root, &directories.leaves), Ok(entries));
        }

        #[test]
        fn hostile_directories_are_refused_without_panic(raw in proptest::collection::vec(any::<u8>(), 0..200)) {
            let bytes = gzip(&raw, GzipLevel::FAST);
            let _ = decode_all(&bytes, &bytes);
            let _ = decode_all(&raw, &raw);
        }
    }

    #[test]
    fn many_entries_are_cut_into_leaves_and_the_root_fits() {
        let mut state = 1_u32;
        let gaps: Vec<_> = (0..200_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ((state >> 20) as u16, 0, state >> 16, 1)
            })
            .collect();
        let entries = entries(&gaps);
        let directories = Directories::encode(&entries);
        assert!(directories.root.len() <= LONGEST_ROOT);
        assert!(!directories.leaves.is_empty());
        assert_eq!(
            decode_all(&directories.root, &directories.leaves),
            Ok(entries)
        );
    }

    #[test]
    fn a_leaf_that_points_to_itself_is_refused() {
        let mut pointer = Entry {
            id: 0,
            offset: 0,
            length: 0,
            run: 0,
        };
        // The length of the gzipped pointer depends on the pointer; a few rounds settle it.
        for _ in 0..5 {
            pointer.length = encode(&[pointer]).len() as u32;
        }
        let bytes = encode(&[pointer]);
        assert!(decode_all(&bytes, &bytes).is_err());
    }
}
