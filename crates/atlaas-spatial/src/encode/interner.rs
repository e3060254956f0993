//! The keys and the values of a layer: byte strings, each kept once and numbered.

use super::varint::{varint, varint_length};
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Byte strings, each kept once, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Interner {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// The one after the one that was asked for last.
    next: u32,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    fn get<'a>(bytes: &'a [u8], ends: &[u32], rank: u32) -> &'a [u8] {
        let start = rank
            .checked_sub(1)
            .map_or(0, |before| ends[before as usize]);
        &bytes[start as usize..ends[rank as usize] as usize]
    }

    /// As [`intern`](Self::intern), for byte strings that come in the same order again and again.
    pub fn intern_next(&mut self, wanted: &[u8]) -> u32 {
        let next = if (self.next as usize) < self.ends.len() {
            self.next
        } else {
            0
        };
        let known = !self.ends.is_empty() && Self::get(&self.bytes, &self.ends, next) == wanted;
        let rank = if known { next } else { self.intern(wanted) };
        self.next = rank + 1;
        rank
    }

    pub fn intern(&mut self, wanted: &[u8]) -> u32 {
        let Self {
            bytes,
            ends,
            table,
            hasher,
            next: _,
        } = self;
        let hash = hasher.hash_one(wanted);
        let same = |&rank: &u32| Self::get(bytes, ends, rank) == wanted;
        if let Some(&rank) = table.find(hash, same) {
            return rank;
        }
        let rank = ends.len() as u32;
        bytes.extend_from_slice(wanted);
        ends.push(bytes.len() as u32);
        table.insert_unique(hash, rank, |&rank| {
            hasher.hash_one(Self::get(bytes, ends, rank))
        });
        rank
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len() as u32).map(|rank| Self::get(&self.bytes, &self.ends, rank))
    }

    /// Bytes that [`Self::write`] appends.
    pub fn field_length(&self) -> usize {
        let lengths = self
            .iter()
            .map(|item| 1 + varint_length(item.len() as u64) + item.len());
        lengths.sum()
    }

    pub fn write(&self, field: u8, out: &mut Vec<u8>) {
        for item in self.iter() {
            out.push(field);
            varint(out, item.len() as u64);
            out.extend_from_slice(item);
        }
    }

    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.table.clear();
        self.next = 0;
    }
}
