//! MBTiles 1.3 from tile archives: an SQLite database, for the programs that want one.
//!
//! SQLite writes it in one transaction without a journal: nobody reads the file before it is whole. The
//! same archives always give the same bytes. Tiles stay gzipped, rows count from the south (TMS).
//!
//! Specification: <https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md>.

use super::gzip::{GzipLevel, gzip};
use super::reader::Archive;
use crate::error::SpatialError;
use crate::grid::TileId;
use bytes::Bytes;
use rusqlite::{Connection, OpenFlags, Transaction};
use std::{collections::BTreeSet, fs, io, path::Path};

/// How the file is laid out and written; the number is "MPBX", by which the MBTiles specification
/// tells its files.
const LAYOUT: &str = "PRAGMA page_size = 4096; PRAGMA application_id = 0x4d504258;
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;
    PRAGMA locking_mode = EXCLUSIVE;";
const TABLES: &str = "CREATE TABLE metadata (name text, value text);
    CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);";
/// Made once the tiles are in: sorting is faster than keeping in order.
const INDEX: &str = "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);";
const ADD_METADATA: &str = "INSERT INTO metadata VALUES (?1, ?2)";
const ADD_TILE: &str = "INSERT INTO tiles VALUES (?1, ?2, ?3, ?4)";

/// Writes one database of one archive or several: where several have a tile, their layers stand
/// one after the other. Name, bounds and centre are those of the first. Tells how many tiles there
/// are. An existing file is overwritten.
pub fn write_mbtiles(path: &Path, archives: &[&Archive]) -> Result<u32, SpatialError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(SpatialError::io("replace", path)(error));
        }
        _ => {}
    }
    write_database(path, archives).map_err(SpatialError::io("write", path))
}

fn write_database(path: &Path, archives: &[&Archive]) -> io::Result<u32> {
    // Without URIs: a file may bear any name.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut database = Connection::open_with_flags(path, flags).map_err(io::Error::other)?;
    database.execute_batch(LAYOUT).map_err(io::Error::other)?;
    let transaction = database.transaction().map_err(io::Error::other)?;
    transaction
        .execute_batch(TABLES)
        .map_err(io::Error::other)?;
    for (name, value) in metadata_of(archives) {
        transaction
            .execute(ADD_METADATA, (name, value))
            .map_err(io::Error::other)?;
    }
    let count = write_tiles(archives, &transaction)?;
    transaction.execute_batch(INDEX).map_err(io::Error::other)?;
    transaction.commit().map_err(io::Error::other)?;
    database
        .close()
        .map_err(|(_, error)| io::Error::other(error))?;
    Ok(count)
}

/// Writes all tiles; tells how many there are.
fn write_tiles(archives: &[&Archive], transaction: &Transaction<'_>) -> io::Result<u32> {
    let addresses: BTreeSet<TileId> = archives
        .iter()
        .flat_map(|archive| archive.tiles().map(|(tile, _)| tile))
        .collect();
    let mut insert = transaction.prepare(ADD_TILE).map_err(io::Error::other)?;
    for &tile in &addresses {
        let bytes = joined(archives, tile)
            .map_err(|damaged| io::Error::new(io::ErrorKind::InvalidData, damaged))?;
        let tms = (1_u32 << tile.z()) - 1 - tile.y();
        insert
            .execute((tile.z(), tile.x(), tms, bytes.as_ref()))
            .map_err(io::Error::other)?;
    }
    Ok(addresses.len() as u32)
}

/// The gzipped tile of all archives together, empty where none has one.
fn joined(archives: &[&Archive], tile: TileId) -> Result<Bytes, SpatialError> {
    let mut parts = archives
        .iter()
        .filter(|archive| archive.tile(tile).is_some());
    match (parts.next(), parts.next()) {
        (None, _) => Ok(Bytes::new()),
        (Some(only), None) => Ok(only.sound_tile(tile)?.unwrap_or_default()),
        (Some(first), Some(second)) => {
            let mut raw = Vec::new();
            for part in [first, second].into_iter().chain(parts) {
                raw.extend(part.unpacked(tile)?.unwrap_or_default());
            }
            Ok(gzip(&raw, GzipLevel::SMALL).into())
        }
    }
}

/// The rows of the table of metadata.
fn metadata_of(archives: &[&Archive]) -> Vec<(String, String)> {
    let Some(first) = archives.first() else {
        return Vec::new();
    };
    let zooms = archives.iter().map(|archive| archive.zooms());
    let (low, high) = zooms.fold((u8::MAX, 0), |(low, high), zooms| {
        (low.min(*zooms.start()), high.max(*zooms.end()))
    });
    let (bounds, (centre, zoom)) = (first.bounds(), first.centre());
    let mut rows = vec![
        ("format".to_owned(), "pbf".to_owned()),
        ("minzoom".to_owned(), low.to_string()),
        ("maxzoom".to_owned(), high.to_string()),
        (
            "bounds".to_owned(),
            format!(
                "{},{},{},{}",
                bounds.west, bounds.south, bounds.east, bounds.north
            ),
        ),
        (
            "center".to_owned(),
            format!("{},{},{zoom}", centre.longitude(), centre.latitude()),
        ),
    ];
    // The specification asks for a name.
    let name = first.path().file_stem().map(|stem| stem.to_string_lossy());
    let name = first.metadata()["name"]
        .as_str()
        .map_or_else(|| name.unwrap_or_default().into_owned(), ToOwned::to_owned);
    rows.push(("name".to_owned(), name));
    for key in ["description", "attribution", "version", "type"] {
        if let Some(text) = first.metadata()[key].as_str() {
            rows.push((key.to_owned(), text.to_owned()));
        }
    }
    let layers: Vec<&serde_json::Value> = archives
        .iter()
        .filter_map(|archive| archive.metadata()["vector_layers"].as_array())
        .flatten()
        .collect();
    let json = serde_json::json!({ "vector_layers": layers });
    rows.push(("json".to_owned(), json.to_string()));
    rows
}

#[cfg(test)]
mod tests;
