//! Archives written and read back, damaged, and compared with a map of tiles.

use super::*;
use crate::archive::{ArchiveOptions, ArchiveStats, ArchiveWriter, GzipLevel};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn options() -> ArchiveOptions {
    ArchiveOptions {
        zooms: 0..=12,
        bounds: Bbox::new(-61.9, -21.4, 55.9, 51.1).unwrap(),
        centre: (Position::new(2.5, 46.6).unwrap(), 5),
        metadata: serde_json::json!({ "name": "essai", "vector_layers": [] }),
        level: GzipLevel::FAST,
    }
}

fn write(tiles: impl IntoIterator<Item = (TileId, Vec<u8>)>) -> (Vec<u8>, ArchiveStats) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("essai.pmtiles");
    let writer = ArchiveWriter::create(&path, options()).unwrap();
    for (tile, raw) in tiles {
        writer.add(tile, &raw).unwrap();
    }
    let stats = writer.finish().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
    assert_eq!(stats.bytes, bytes.len() as u64);
    (bytes, stats)
}

fn open(bytes: &[u8]) -> Result<Archive, SpatialError> {
    Archive::from_bytes(&Bytes::copy_from_slice(bytes), Path::new("essai.pmtiles"))
}

fn whole_zooms(deepest: u8) -> impl Iterator<Item = TileId> {
    (0..=deepest).flat_map(|z| {
        (0..1_u32 << z)
            .flat_map(move |x| (0..1_u32 << z).filter_map(move |y| TileId::new(z, x, y).ok()))
    })
}

proptest! {
    #[test]
    fn an_archive_answers_like_a_map_of_tiles(
        content in proptest::collection::btree_map(0..5461_u64, 0..6_u8, 0..300)
    ) {
        let tiles: BTreeMap<TileId, Vec<u8>> = content
            .into_iter()
            .map(|(id, kind)| (from_hilbert(id).unwrap(), vec![kind; usize::from(kind) * 9]))
            .collect();
        let (bytes, stats) = write(tiles.clone());
        let archive = open(&bytes).unwrap();
        archive.verify().unwrap();
        for tile in whole_zooms(6) {
            let expected = tiles.get(&tile).filter(|raw| !raw.is_empty());
            let found = archive.tile(tile).map(|slice| gunzip(slice, 1000).unwrap());
            prop_assert_eq!(found.as_ref(), expected);
        }
        let full = tiles.values().filter(|raw| !raw.is_empty());
        prop_assert_eq!(archive.tiles().count(), full.clone().count());
        prop_assert_eq!(stats.tiles, full.clone().count() as u64);
        let distinct: std::collections::HashSet<_> = full.collect();
        prop_assert_eq!(stats.contents, distinct.len() as u64);
    }

    #[test]
    fn a_damaged_archive_is_refused_or_read_but_never_panics(
        place in any::<prop::sample::Index>(),
        bit in 0..8_u8,
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let (mut bytes, _) = write(whole_zooms(3).zip(0..).map(|(t, n)| (t, vec![n; 30])));
        // The first half of the trials damages the header, the rest anything.
        let length = if bit % 2 == 0 { 127 } else { bytes.len() };
        bytes[place.index(length)] ^= 1 << bit;
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(archive) = open(&bytes) {
            let _ = archive.verify();
            for tile in whole_zooms(4) {
                archive.tile(tile);
            }
            archive.tiles().count();
        }
    }

    #[test]
    fn random_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(open(&bytes).is_err());
    }
}

#[test]
fn the_bytes_do_not_depend_on_the_order_of_the_tiles() {
    let tiles: Vec<_> = whole_zooms(5)
        .map(|tile| {
            (
                tile,
                vec![(tile.x() / 3) as u8 + 1; 20 + tile.y() as usize / 8],
            )
        })
        .collect();
    let (forward, stats) = write(tiles.clone());
    let (backward, _) = write(tiles.into_iter().rev());
    assert_eq!(forward, backward);
    assert!(stats.contents < stats.tiles / 4);
}

#[test]
fn threads_share_a_writer() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("essai.pmtiles");
    let writer = ArchiveWriter::create(&path, options()).unwrap();
    let tiles: Vec<_> = whole_zooms(6).collect();
    tiles.par_iter().for_each(|&tile| {
        let raw = format!("{tile:?}").into_bytes();
        writer.add(tile, &raw).unwrap();
    });
    assert_eq!(writer.finish().unwrap().tiles, 5461);
    let archive = Archive::open(&path).unwrap();
    for tile in tiles {
        let raw = archive.unpacked(tile).unwrap().unwrap();
        assert_eq!(raw, format!("{tile:?}").into_bytes());
    }
}

#[test]
fn a_damaged_tile_is_the_same_error_packed_and_unpacked_and_is_counted() {
    let tiles: Vec<_> = whole_zooms(2).map(|tile| (tile, vec![7; 300])).collect();
    let (whole, _) = write(tiles.clone());
    let archive = open(&whole).unwrap();
    let (tile, _) = tiles[0];
    let packed = archive.sound_tile(tile).unwrap().unwrap();
    assert_eq!(archive.tile(tile), Some(packed.as_ref()));
    let mut spoilt = whole.clone();
    // All tiles are alike, so that the one content is the end of the file.
    *spoilt.last_mut().unwrap() ^= 1;
    let archive = open(&spoilt).unwrap();
    for _ in 0..2 {
        let packed = archive.sound_tile(tile).unwrap_err().to_string();
        assert!(packed.contains("tile 0/0/0 is damaged"), "{packed}");
        assert_eq!(archive.unpacked(tile).unwrap_err().to_string(), packed);
    }
    assert_eq!(archive.damage_met(), 4);
    assert!(archive.verify().is_err());
    let absent = TileId::new(9, 0, 0).unwrap();
    assert!(archive.sound_tile(absent).unwrap().is_none());
    assert!(archive.unpacked(absent).unwrap().is_none());
}

#[test]
fn what_an_archive_says_of_itself_comes_back() {
    let (bytes, _) = write([]);
    let archive = open(&bytes).unwrap();
    assert_eq!(archive.zooms(), 0..=12);
    assert_eq!(archive.bounds(), options().bounds);
    assert_eq!(archive.centre(), options().centre);
    assert_eq!(archive.metadata(), &options().metadata);
    assert_eq!(archive.tile_count(), 0);
    archive.verify().unwrap();
}

#[test]
fn a_tile_comes_once_and_at_a_zoom_of_the_archive() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("essai.pmtiles");
    let writer = ArchiveWriter::create(&path, options()).unwrap();
    let deep = writer.add(TileId::new(13, 0, 0).unwrap(), b"x");
    assert_eq!(
        deep.unwrap_err().to_string(),
        "tile 13/0/0 cannot enter the archive: its zoom is not among those of the archive"
    );
    let tile = TileId::new(3, 1, 2).unwrap();
    writer.add(tile, b"one").unwrap();
    writer.add(tile, b"two").unwrap();
    let twice = writer.finish().unwrap_err().to_string();
    assert_eq!(
        twice,
        "tile 3/1/2 cannot enter the archive: it was added twice"
    );
    assert!(!path.exists());
}

#[test]
fn an_error_says_what_the_file_is_and_what_to_do() {
    let message = |bytes: &[u8]| open(bytes).unwrap_err().to_string();
    let (whole, _) = write([(TileId::new(0, 0, 0).unwrap(), vec![1])]);
    assert_eq!(
        message(&[0; 200]),
        "essai.pmtiles cannot be used: it is not a PMTiles archive"
    );
    assert_eq!(
        message(&whole[..whole.len() - 1]),
        "essai.pmtiles cannot be used: it is cut short; make it again"
    );
    let mut old = whole;
    old[7] = 2;
    assert!(message(&old).contains("version 2"));
}
