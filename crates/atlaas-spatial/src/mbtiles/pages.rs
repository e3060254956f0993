//! Pages of an SQLite database (file format, §1.5 and §1.6), appended one after the other: trees are
//! built from their leaves up, so nothing is ever read back or rewritten but the first page.

use super::record::varint;
use std::io::{self, Seek, SeekFrom, Write};

pub(super) const PAGE: usize = 4096;
/// A row that is longer than this goes on in overflow pages.
const LONGEST_LOCAL: usize = PAGE - 35;
/// What then stays at least in the leaf.
const SHORTEST_LOCAL: usize = (PAGE - 12) * 32 / 255 - 23;
/// Children of an inner page of a table: each takes 4 bytes, at most 5 of a key and 2 of a pointer.
const TABLE_FAN: usize = 360;
/// Entries of a page of the index: each takes at most 19 bytes, 4 of a child and 2 of a pointer.
const INDEX_FAN: usize = 160;

#[derive(Clone, Copy)]
enum Kind {
    TableLeaf = 0x0d,
    TableInner = 0x05,
    IndexLeaf = 0x0a,
    IndexInner = 0x02,
}

/// A database file in the making.
pub(super) struct Pages<W> {
    out: W,
    count: u32,
}

impl<W: Write + Seek> Pages<W> {
    /// Leaves room for the first page.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(&[0; PAGE])?;
        Ok(Self { out, count: 1 })
    }

    /// Writes the first page: the header of the file, and the table of tables, whose rows must fit.
    pub fn finish(mut self, schema: &[Vec<u8>]) -> io::Result<()> {
        let cells: Vec<Vec<u8>> = schema
            .iter()
            .zip(1..)
            .map(|(row, rowid)| {
                let mut cell = Vec::new();
                varint(&mut cell, row.len() as u64);
                varint(&mut cell, rowid);
                cell.extend_from_slice(row);
                cell
            })
            .collect();
        let mut page = page(Kind::TableLeaf, &cells, None, 100);
        page[..16].copy_from_slice(b"SQLite format 3\0");
        page[16..18].copy_from_slice(&(PAGE as u16).to_be_bytes());
        // Journal mode "delete" twice, no reserved bytes, three fixed fractions.
        page[18..24].copy_from_slice(&[1, 1, 0, 64, 32, 32]);
        let words: [(usize, u32); 7] = [
            (24, 1),
            (28, self.count),
            (40, 1),
            (44, 4),
            (56, 1),
            // "MPBX", by which the MBTiles specification tells its files.
            (68, 0x4d50_4258),
            (92, 1),
        ];
        for (at, word) in words {
            page[at..at + 4].copy_from_slice(&word.to_be_bytes());
        }
        page[96..100].copy_from_slice(&3_045_000_u32.to_be_bytes());
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&page)?;
        self.out.flush()
    }

    fn append(&mut self, page: &[u8]) -> io::Result<u32> {
        self.out.write_all(page)?;
        self.count = self
            .count
            .checked_add(1)
            .ok_or_else(|| io::Error::other("more pages than a database can have"))?;
        Ok(self.count)
    }

    /// The cell of a row, what does not fit being written to overflow pages.
    fn cell(&mut self, row: &[u8], rowid: u32) -> io::Result<Vec<u8>> {
        let local = if row.len() <= LONGEST_LOCAL {
            row.len()
        } else {
            let rest = (row.len() - SHORTEST_LOCAL) % (PAGE - 4);
            match SHORTEST_LOCAL + rest {
                fits if fits <= LONGEST_LOCAL => fits,
                _ => SHORTEST_LOCAL,
            }
        };
        let mut cell = Vec::with_capacity(local + 20);
        varint(&mut cell, row.len() as u64);
        varint(&mut cell, u64::from(rowid));
        cell.extend_from_slice(&row[..local]);
        let mut parts = row[local..].chunks(PAGE - 4).peekable();
        if parts.peek().is_some() {
            cell.extend((self.count + 1).to_be_bytes());
        }
        while let Some(part) = parts.next() {
            // The next part follows on the next page.
            let next = parts.peek().map_or(0, |_| self.count + 2);
            let mut page = Vec::with_capacity(PAGE);
            page.extend(next.to_be_bytes());
            page.extend_from_slice(part);
            page.resize(PAGE, 0);
            self.append(&page)?;
        }
        Ok(cell)
    }

    /// Writes the inner pages over leaves; tells the root. `keys` are what stands in an inner page
    /// beside each child but the last.
    fn root(&mut self, kind: Kind, fan: usize, leaves: Vec<(u32, Vec<u8>)>) -> io::Result<u32> {
        let mut level = leaves;
        while level.len() > 1 {
            let mut above = Vec::new();
            let groups = level.len().div_ceil(fan);
            for group in 0..groups {
                // Groups of nearly the same size: none is left with a single child.
                let children =
                    &level[group * level.len() / groups..(group + 1) * level.len() / groups];
                let Some(((last, key), rest)) = children.split_last() else {
                    continue;
                };
                let cells: Vec<Vec<u8>> = rest
                    .iter()
                    .map(|(child, key)| [&child.to_be_bytes(), key.as_slice()].concat())
                    .collect();
                let number = self.append(&page(kind, &cells, Some(*last), 0))?;
                above.push((number, key.clone()));
            }
            level = above;
        }
        Ok(level.first().map_or(0, |(root, _)| *root))
    }

    /// Writes an index over entries that are sorted, each a record with its row id; tells its root.
    pub fn index(&mut self, entries: impl ExactSizeIterator<Item = Vec<u8>>) -> io::Result<u32> {
        // Between two leaves one entry stands in the page above.
        let count = entries.len();
        let leaves = (count + 1).div_ceil(INDEX_FAN + 1).max(1);
        let mut entries = entries.map(|entry| {
            let mut cell = Vec::with_capacity(entry.len() + 1);
            varint(&mut cell, entry.len() as u64);
            cell.extend(entry);
            cell
        });
        let mut written = Vec::with_capacity(leaves);
        let inside = count + 1 - leaves;
        for leaf in 0..leaves {
            let size = (leaf + 1) * inside / leaves - leaf * inside / leaves;
            let cells: Vec<Vec<u8>> = entries.by_ref().take(size).collect();
            let number = self.append(&page(Kind::IndexLeaf, &cells, None, 0))?;
            written.push((number, entries.next().unwrap_or_default()));
        }
        self.root(Kind::IndexInner, INDEX_FAN, written)
    }
}

/// A table being filled, rows in the order of their ids, from 1.
#[derive(Default)]
pub(super) struct Table {
    cells: Vec<Vec<u8>>,
    used: usize,
    rows: u32,
    leaves: Vec<(u32, Vec<u8>)>,
}

impl Table {
    /// Adds a row; tells its id.
    pub fn push<W: Write + Seek>(&mut self, row: &[u8], pages: &mut Pages<W>) -> io::Result<u32> {
        let rowid = self.rows + 1;
        let cell = pages.cell(row, rowid)?;
        if 8 + self.used + cell.len() + 2 > PAGE {
            self.flush(pages)?;
        }
        self.rows = rowid;
        self.used += cell.len() + 2;
        self.cells.push(cell);
        Ok(rowid)
    }

    fn flush<W: Write + Seek>(&mut self, pages: &mut Pages<W>) -> io::Result<()> {
        let number = pages.append(&page(Kind::TableLeaf, &self.cells, None, 0))?;
        let mut key = Vec::new();
        varint(&mut key, u64::from(self.rows));
        self.leaves.push((number, key));
        self.cells.clear();
        self.used = 0;
        Ok(())
    }

    /// Writes what is left and the pages above; tells the root.
    pub fn finish<W: Write + Seek>(mut self, pages: &mut Pages<W>) -> io::Result<u32> {
        if self.leaves.is_empty() || !self.cells.is_empty() {
            self.flush(pages)?;
        }
        pages.root(Kind::TableInner, TABLE_FAN, self.leaves)
    }
}

/// A page of a tree; cells lie at its end, pointers to them at its start behind `offset` bytes.
fn page(kind: Kind, cells: &[Vec<u8>], last_child: Option<u32>, offset: usize) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    let mut content = PAGE;
    let mut pointer = offset + if last_child.is_some() { 12 } else { 8 };
    for cell in cells {
        content -= cell.len();
        page[content..content + cell.len()].copy_from_slice(cell);
        page[pointer..pointer + 2].copy_from_slice(&(content as u16).to_be_bytes());
        pointer += 2;
    }
    page[offset] = kind as u8;
    page[offset + 3..offset + 5].copy_from_slice(&(cells.len() as u16).to_be_bytes());
    page[offset + 5..offset + 7].copy_from_slice(&(content as u16).to_be_bytes());
    if let Some(child) = last_child {
        page[offset + 8..offset + 12].copy_from_slice(&child.to_be_bytes());
    }
    page
}
