//! Two encoders of vector tiles on the same layers: ours and `mvt`. Every prebuilt tile, and tiles of
//! filters drawn by seed, are taken apart and written again by both, rings and features and properties
//! in the same order; bytes under gzip at the level that each tile is served at, processor time of
//! this thread.
//!
//! `cargo run --profile measure -p atlaas-benches --bin encoders -- SNAPSHOTS [FILTERS]`. Asserts that
//! both are read back alike, but for vertices in the middle of straight lines, which `mvt` drops and the
//! bench counts; and that our bytes are those of the archive.

use atlaas_benches::encoding::{Difference, compare, ours, theirs};
use atlaas_benches::filter_mix::{filter, parse, tile};
use atlaas_benches::processor_time;
use atlaas_benches::raw_tile::take_apart;
use atlaas_benches::seeded::Seeded;
use atlaas_engine::{Snapshot, Tileset, decode};
use atlaas_spatial::{GzipLevel, gunzip, gzip, pyramid_level};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;
use std::{env, hint};

const FILTERS: usize = 3_000;
const LARGEST_TILE: usize = 64 << 20;
/// What a tile may weigh under gzip, bytes.
const BUDGET: usize = 500_000;
/// Every so many tiles, both are given to a decoder that is not ours.
const SECOND_OPINION: usize = 25;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let snapshots = arguments
        .next()
        .ok_or_else(|| io::Error::other("which directory of snapshots?"))?;
    let filters = arguments.next().and_then(|text| text.parse().ok());
    let snapshot = Snapshot::open(Path::new(&snapshots), 64 << 20).map_err(io::Error::other)?;
    for tileset in [
        Tileset::Territoires,
        Tileset::layer("initiatives"),
        Tileset::layer("colieux"),
    ] {
        let (mut account, mut labels) = (Account::default(), Account::default());
        for (address, packed) in snapshot
            .archive(tileset)
            .into_iter()
            .flat_map(atlaas_spatial::Archive::tiles)
        {
            let raw = gunzip(packed, LARGEST_TILE)
                .ok_or_else(|| io::Error::other("a tile is damaged"))?;
            let level = match tileset {
                Tileset::Territoires => pyramid_level(address.z()),
                _ => GzipLevel::SMALL,
            };
            account.enter(&raw, level)?;
            let mut layers = take_apart(&raw)?;
            layers.retain(|layer| layer.name.ends_with("_label"));
            if !layers.is_empty() {
                labels.enter(&ours(&layers), level)?;
            }
        }
        account.say(&format!("prebuilt {tileset}"))?;
        if labels.tiles > 0 {
            labels.say(&format!("labels alone of {tileset}"))?;
        }
    }
    let mut account = Account::default();
    let mut random = Seeded(4);
    for trial in 0..filters.unwrap_or(FILTERS) {
        let query = parse(&snapshot, &filter(trial, &mut random))?;
        let tile = tile(&snapshot, (trial % 15) as u8, &mut random);
        let raw = snapshot
            .filtered_tile(Tileset::layer("initiatives"), tile, &query)
            .map_err(|error| io::Error::other(error.to_string()))?;
        if !raw.is_empty() {
            account.enter(&raw, GzipLevel::FAST)?;
        }
    }
    account.say("filtered initiatives")
}

/// What one encoder has cost.
#[derive(Default)]
struct Cost {
    processor: Duration,
    bytes: usize,
    packed: usize,
    largest: usize,
}

impl Cost {
    fn timed(
        &mut self,
        level: GzipLevel,
        write: impl FnOnce() -> io::Result<Vec<u8>>,
    ) -> io::Result<Vec<u8>> {
        let start = processor_time();
        let bytes = hint::black_box(write()?);
        self.processor += processor_time().saturating_sub(start);
        let packed = gzip(&bytes, level).len();
        self.bytes += bytes.len();
        self.packed += packed;
        self.largest = self.largest.max(packed);
        Ok(bytes)
    }
}

#[derive(Default)]
struct Account {
    tiles: usize,
    straightened: usize,
    ours: Cost,
    theirs: Cost,
}

impl Account {
    fn enter(&mut self, raw: &[u8], level: GzipLevel) -> io::Result<()> {
        let layers = take_apart(raw)?;
        let own = self.ours.timed(level, || Ok(ours(&layers)))?;
        assert_eq!(own, raw, "our encoder does not write what it wrote");
        let other = self
            .theirs
            .timed(level, || theirs(&layers).map_err(io::Error::other))?;
        match compare(&layers, &take_apart(&other)?) {
            Difference::None => {}
            Difference::StraightVertices => self.straightened += 1,
            Difference::Content => panic!("the two tiles are not the same"),
        }
        if self.tiles.is_multiple_of(SECOND_OPINION) {
            assert_eq!(
                seen(own)?,
                seen(other)?,
                "another decoder sees a difference"
            );
        }
        self.tiles += 1;
        Ok(())
    }

    fn say(&self, what: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let (ours, theirs) = (&self.ours, &self.theirs);
        let ratio = theirs.packed as f64 / ours.packed as f64;
        let slower = theirs.processor.as_secs_f64() / ours.processor.as_secs_f64();
        writeln!(out, "{what}: {} tiles", self.tiles)?;
        for (name, cost) in [("ours", ours), ("mvt", theirs)] {
            let within = if cost.largest <= BUDGET {
                "within the budget"
            } else {
                "beyond the budget"
            };
            writeln!(
                out,
                "  {name}: {} B raw, {} B gzipped, largest {} B ({within}), {:.3} s processor",
                cost.bytes,
                cost.packed,
                cost.largest,
                cost.processor.as_secs_f64()
            )?;
        }
        writeln!(
            out,
            "  mvt beside ours: {ratio:.3} of the bytes, {slower:.2} of the processor; straight \
             vertices lost in {} tiles",
            self.straightened
        )
    }
}

/// What a decoder of others sees: each layer, its features and their properties.
fn seen(tile: Vec<u8>) -> io::Result<Vec<(String, String)>> {
    let layers = decode(tile).map_err(io::Error::other)?;
    let features = layers.into_iter().flat_map(|layer| {
        let name = layer.name;
        layer.features.into_iter().map(move |feature| {
            (
                name.clone(),
                format!("{:?} {:?}", feature.id, feature.properties),
            )
        })
    });
    Ok(features.collect())
}
