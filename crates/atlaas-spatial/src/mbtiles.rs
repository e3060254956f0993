//! MBTiles 1.3 from tile archives: an SQLite database, for the programs that want one.
//!
//! The database is written once, from its first page to its last, so it needs no SQL engine: the
//! file format is documented and stable (<https://www.sqlite.org/fileformat2.html>). The same
//! archives always give the same bytes. Tiles stay gzipped, rows count from the south (TMS).
//!
//! Specification: <https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md>.

mod pages;
mod record;

use crate::{Archive, GzipLevel, SpatialError, TileId, gzip};
use bytes::Bytes;
use pages::{Pages, Table};
use record::{Value, record};
use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufWriter, Seek, Write},
    path::Path,
};

const SCHEMA: [(&str, &str, &str, &str); 3] = [
    (
        "table",
        "metadata",
        "metadata",
        "CREATE TABLE metadata (name text, value text)",
    ),
    (
        "table",
        "tiles",
        "tiles",
        "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)",
    ),
    (
        "index",
        "tile_index",
        "tiles",
        "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)",
    ),
];

/// Writes one database of one archive or several: where several have a tile, their layers stand
/// one after the other. Name, bounds and centre are those of the first. Tells how many tiles there
/// are. An existing file is overwritten.
pub fn write_mbtiles(path: &Path, archives: &[&Archive]) -> Result<u32, SpatialError> {
    let failed = || SpatialError::io("write", path);
    let file = File::create(path).map_err(failed())?;
    let mut pages = Pages::new(BufWriter::with_capacity(1 << 20, file)).map_err(failed())?;
    let (tiles, index) = write_tiles(archives, &mut pages).map_err(failed())?;
    let mut metadata = Table::default();
    for (name, value) in metadata_of(archives) {
        let row = record(&[Value::Text(&name), Value::Text(&value)]);
        metadata.push(&row, &mut pages).map_err(failed())?;
    }
    let metadata = metadata.finish(&mut pages).map_err(failed())?;
    let count = index.len() as u32;
    let entries = index.into_iter().map(|(address, row)| {
        let [zoom, column, tms] = address.map(|part| Value::Integer(i64::from(part)));
        record(&[zoom, column, tms, Value::Integer(i64::from(row))])
    });
    let index = pages.index(entries).map_err(failed())?;
    let schema: Vec<Vec<u8>> = SCHEMA
        .iter()
        .zip([metadata, tiles, index])
        .map(|(&(kind, name, table, sql), root)| {
            let root = Value::Integer(i64::from(root));
            let [kind, name, table, sql] = [kind, name, table, sql].map(Value::Text);
            record(&[kind, name, table, root, sql])
        })
        .collect();
    pages.finish(&schema).map_err(failed())?;
    Ok(count)
}

/// Zoom, column and row from the south, and the id of the row.
type Address = ([u32; 3], u32);

/// Writes all tiles; tells the root of their table, and the addresses sorted.
fn write_tiles<W: Write + Seek>(
    archives: &[&Archive],
    pages: &mut Pages<W>,
) -> io::Result<(u32, Vec<Address>)> {
    let addresses: BTreeSet<TileId> = archives
        .iter()
        .flat_map(|archive| archive.tiles().map(|(tile, _)| tile))
        .collect();
    let mut table = Table::default();
    let mut index = Vec::with_capacity(addresses.len());
    for tile in addresses {
        let bytes = joined(archives, tile)
            .map_err(|damaged| io::Error::new(io::ErrorKind::InvalidData, damaged))?;
        let tms = (1_u32 << tile.z()) - 1 - tile.y();
        let address = [u32::from(tile.z()), tile.x(), tms];
        let [zoom, column, row] = address.map(|part| Value::Integer(i64::from(part)));
        let row = record(&[zoom, column, row, Value::Blob(&bytes)]);
        index.push((address, table.push(&row, pages)?));
    }
    index.sort_unstable();
    Ok((table.finish(pages)?, index))
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
