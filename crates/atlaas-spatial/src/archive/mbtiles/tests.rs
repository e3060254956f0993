//! The database read by a reader of its own, written from the description of the format, and by
//! SQLite itself where Python is there.

use super::*;
use crate::archive::{ArchiveOptions, ArchiveWriter, gunzip};
use atlaas_model::{Bbox, Position};
use std::{collections::BTreeMap, process::Command};

/// A few thousand tiles, some larger than a page, some than several.
fn archive(directory: &Path, name: &str, zooms: std::ops::RangeInclusive<u8>) -> Archive {
    let path = directory.join(name);
    let options = ArchiveOptions {
        zooms: zooms.clone(),
        bounds: Bbox::new(-5.0, 41.0, 9.5, 51.0).unwrap(),
        centre: (Position::new(2.5, 46.6).unwrap(), 5),
        metadata: serde_json::json!({
            "name": name,
            "attribution": "l’Atlaas",
            "vector_layers": [{ "id": name, "fields": {} }],
        }),
        level: GzipLevel::FAST,
    };
    let writer = ArchiveWriter::create(&path, options).unwrap();
    for zoom in zooms {
        for x in 0..1_u32 << zoom {
            for y in 0..1_u32 << zoom {
                let seed = (x * 7919 + y * 104_729 + u32::from(zoom)) % 9973;
                let length = if seed % 50 == 0 {
                    20_000
                } else {
                    seed % 300 + 1
                };
                let noise = |rank: u32| (seed.wrapping_mul(rank * rank + 17) >> 5) as u8;
                let raw: Vec<u8> = (0..length).map(noise).collect();
                writer.add(TileId::new(zoom, x, y).unwrap(), &raw).unwrap();
            }
        }
    }
    writer.finish().unwrap();
    Archive::open(&path).unwrap()
}

struct Database(Vec<u8>);

impl Database {
    fn page(&self, number: u32) -> &[u8] {
        &self.0[(number as usize - 1) * 4096..number as usize * 4096]
    }

    fn number(bytes: &[u8]) -> usize {
        bytes
            .iter()
            .fold(0, |number, &byte| number << 8 | usize::from(byte))
    }

    fn varint(bytes: &mut &[u8]) -> usize {
        let mut number = 0;
        loop {
            let byte = bytes[0];
            *bytes = &bytes[1..];
            number = number << 7 | usize::from(byte & 0x7f);
            if byte < 0x80 {
                return number;
            }
        }
    }

    /// The rows of a table, or the entries of an index, in their order.
    fn walk(&self, number: u32, rows: &mut Vec<Vec<u8>>) {
        let page = self.page(number);
        let start = if number == 1 { 100 } else { 0 };
        let header = &page[start..];
        let inner = matches!(header[0], 2 | 5);
        let pointers = &header[if inner { 12 } else { 8 }..];
        for pointer in pointers.chunks(2).take(Self::number(&header[3..5])) {
            let mut cell = &page[Self::number(pointer)..];
            if inner {
                self.walk(Self::number(&cell[..4]) as u32, rows);
                cell = &cell[4..];
            }
            if header[0] != 5 {
                rows.push(self.payload(cell, header[0] == 13));
            }
        }
        if inner {
            self.walk(Self::number(&header[8..12]) as u32, rows);
        }
    }

    fn payload(&self, mut cell: &[u8], has_rowid: bool) -> Vec<u8> {
        let length = Self::varint(&mut cell);
        if has_rowid {
            Self::varint(&mut cell);
        }
        if length <= 4061 {
            return cell[..length].to_vec();
        }
        let local = match 489 + (length - 489) % 4092 {
            fits @ ..=4061 => fits,
            _ => 489,
        };
        let mut row = cell[..local].to_vec();
        let mut next = Self::number(&cell[local..local + 4]) as u32;
        while next != 0 {
            let page = self.page(next);
            let take = (length - row.len()).min(4092);
            row.extend_from_slice(&page[4..4 + take]);
            next = Self::number(&page[..4]) as u32;
        }
        row
    }

    /// The columns of a row as bytes.
    fn columns(row: &[u8]) -> Vec<Vec<u8>> {
        let mut types = row;
        let header = Self::varint(&mut types);
        let mut at = header;
        let mut columns = Vec::new();
        while row.len() - types.len() < header {
            let length = match Self::varint(&mut types) {
                short @ 1..=4 => short,
                // The numbers 0 and 1 are types of their own and take no room.
                number @ 8..=9 => {
                    columns.push(vec![number as u8 - 8]);
                    continue;
                }
                text => (text - 12) / 2,
            };
            columns.push(row[at..at + length].to_vec());
            at += length;
        }
        columns
    }
}

#[test]
fn every_tile_and_the_index_are_read_back() {
    let directory = tempfile::tempdir().unwrap();
    let archive = archive(directory.path(), "initiatives", 0..=6);
    let path = directory.path().join("essai.mbtiles");
    assert_eq!(write_mbtiles(&path, &[&archive]).unwrap(), 5461);
    let database = Database(fs::read(&path).unwrap());
    let table = |number| {
        let mut rows = Vec::new();
        database.walk(number, &mut rows);
        rows.iter()
            .map(|row| Database::columns(row))
            .collect::<Vec<_>>()
    };
    let schema = table(1);
    let roots: Vec<u32> = schema
        .iter()
        .map(|row| Database::number(&row[3]) as u32)
        .collect();
    let metadata: BTreeMap<Vec<u8>, Vec<u8>> = table(roots[0])
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let value = |key: &str| String::from_utf8(metadata[key.as_bytes()].clone()).unwrap();
    assert_eq!(value("name"), "initiatives");
    assert_eq!(value("format"), "pbf");
    assert_eq!(value("bounds"), "-5,41,9.5,51");
    assert_eq!(value("attribution"), "l’Atlaas");
    assert!(value("json").contains("vector_layers"));
    let tiles = table(roots[1]);
    assert_eq!(tiles.len(), 5461);
    for row in &tiles {
        let [z, x, tms] = [0, 1, 2].map(|column| Database::number(&row[column]) as u32);
        let tile = TileId::new(z as u8, x, (1 << z) - 1 - tms).unwrap();
        assert_eq!(archive.tile(tile), Some(row[3].as_slice()));
    }
    let entries: Vec<Vec<usize>> = table(roots[2])
        .iter()
        .map(|row| row.iter().map(|column| Database::number(column)).collect())
        .collect();
    assert_eq!(entries.len(), 5461);
    assert!(entries.is_sorted_by(|a, b| a[..3] < b[..3]));
    for entry in entries {
        let row = &tiles[entry[3] - 1];
        assert_eq!(Database::number(&row[1]), entry[1]);
    }
}

#[test]
fn archives_are_joined_where_they_meet() {
    let directory = tempfile::tempdir().unwrap();
    let (one, two) = (
        archive(directory.path(), "colieux", 0..=2),
        archive(directory.path(), "initiatives", 1..=3),
    );
    let tile = TileId::new(2, 1, 1).unwrap();
    let both = gunzip(&joined(&[&one, &two], tile).unwrap(), 1 << 20).unwrap();
    let [a, b] = [&one, &two].map(|archive| gunzip(archive.tile(tile).unwrap(), 1 << 20).unwrap());
    assert_eq!(both, [a, b].concat());
    let path = directory.path().join("essai.mbtiles");
    assert_eq!(write_mbtiles(&path, &[&one, &two]).unwrap(), 85);
    let rows = metadata_of(&[&one, &two]);
    let value = |key: &str| {
        rows.iter()
            .find(|row| row.0 == key)
            .map(|row| row.1.as_str())
    };
    assert_eq!((value("minzoom"), value("maxzoom")), (Some("0"), Some("3")));
    assert_eq!(value("json").unwrap().matches("\"id\"").count(), 2);
}

#[test]
fn nothing_is_a_database_too_and_the_same_archive_gives_the_same_bytes() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("essai.mbtiles");
    assert_eq!(write_mbtiles(&path, &[]).unwrap(), 0);
    assert_eq!(fs::read(&path).unwrap().len() % 4096, 0);
    let archive = archive(directory.path(), "colieux", 0..=3);
    write_mbtiles(&path, &[&archive]).unwrap();
    let once = fs::read(&path).unwrap();
    write_mbtiles(&path, &[&archive]).unwrap();
    assert_eq!(fs::read(&path).unwrap(), once);
}

#[test]
fn sqlite_itself_finds_the_database_whole() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("essai.mbtiles");
    let archive = archive(directory.path(), "initiatives", 0..=6);
    for archives in [&[][..], &[&archive]] {
        let count = write_mbtiles(&path, archives).unwrap();
        let script = "import sqlite3, sys\n\
            db = sqlite3.connect(sys.argv[1])\n\
            ok = db.execute('PRAGMA integrity_check').fetchone()[0]\n\
            print(ok, *db.execute('SELECT count(*) FROM tiles').fetchone())";
        let answer = Command::new("python3")
            .args(["-c", script])
            .arg(&path)
            .output();
        match answer {
            Ok(answer) if answer.status.success() => {
                let text = String::from_utf8_lossy(&answer.stdout);
                assert_eq!(text.trim(), format!("ok {count}"));
            }
            _ => println!("skipped: python3 with sqlite3 is not there"),
        }
    }
}
