//! The 127 bytes that open an archive (PMTiles v3, §3): where its parts lie and what it covers.

use crate::grid::DEEPEST_ZOOM;
use atlaas_model::{Bbox, Position};

pub(super) const LENGTH: usize = 127;
const MAGIC: &[u8; 7] = b"PMTiles";
const VERSION: u8 = 3;
const GZIP: u8 = 2;
const MVT: u8 = 1;

/// A run of bytes in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub offset: u64,
    pub length: u64,
}

impl Section {
    /// The bytes, when the file has them.
    pub fn of(self, file: &[u8]) -> Option<&[u8]> {
        let start = usize::try_from(self.offset).ok()?;
        let length = usize::try_from(self.length).ok()?;
        file.get(start..start.checked_add(length)?)
    }
}

/// What the header says, checked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    pub root: Section,
    pub metadata: Section,
    pub leaves: Section,
    pub tiles: Section,
    /// Addresses that have a tile, runs counted in full.
    pub addressed: u64,
    /// Entries of the directories that are tiles.
    pub entries: u64,
    /// Different tiles.
    pub contents: u64,
    pub zooms: (u8, u8),
    pub bounds: Bbox,
    pub centre: Position,
    pub centre_zoom: u8,
}

impl Header {
    pub fn encode(&self) -> [u8; LENGTH] {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.extend_from_slice(MAGIC);
        bytes.push(VERSION);
        for section in [self.root, self.metadata, self.leaves, self.tiles] {
            bytes.extend(section.offset.to_le_bytes());
            bytes.extend(section.length.to_le_bytes());
        }
        for count in [self.addressed, self.entries, self.contents] {
            bytes.extend(count.to_le_bytes());
        }
        let clustered = 1;
        bytes.extend([clustered, GZIP, GZIP, MVT, self.zooms.0, self.zooms.1]);
        let corners = [
            self.bounds.west,
            self.bounds.south,
            self.bounds.east,
            self.bounds.north,
        ];
        for degrees in corners {
            bytes.extend(to_e7(degrees));
        }
        bytes.push(self.centre_zoom);
        bytes.extend(to_e7(self.centre.longitude()));
        bytes.extend(to_e7(self.centre.latitude()));
        bytes
            .try_into()
            .expect("the fields above are 127 bytes together")
    }

    /// Reads and checks a header; the error says what to do.
    pub fn decode(file: &[u8]) -> Result<Self, String> {
        let bytes: &[u8; LENGTH] = file
            .first_chunk()
            .ok_or("it is shorter than the header of a PMTiles archive; make it again")?;
        if !bytes.starts_with(MAGIC) {
            return Err("it is not a PMTiles archive".into());
        }
        if bytes[7] != VERSION {
            return Err(format!(
                "it is PMTiles version {}, and only version {VERSION} is read; convert it with `pmtiles convert`",
                bytes[7]
            ));
        }
        if bytes[97..100] != [GZIP, GZIP, MVT] {
            return Err("only gzipped vector tiles with gzipped directories are read".into());
        }
        let word = |at: usize| u64::from_le_bytes(chunk(bytes, at));
        let section = |at: usize| Section {
            offset: word(at),
            length: word(at + 8),
        };
        let degrees = |at: usize| f64::from(i32::from_le_bytes(chunk(bytes, at))) / 1e7;
        let zooms = (bytes[100], bytes[101]);
        if zooms.0 > zooms.1 || zooms.1 > DEEPEST_ZOOM {
            return Err(format!(
                "its zooms {} to {} make no sense",
                zooms.0, zooms.1
            ));
        }
        Ok(Self {
            root: section(8),
            metadata: section(24),
            leaves: section(40),
            tiles: section(56),
            addressed: word(72),
            entries: word(80),
            contents: word(88),
            zooms,
            bounds: Bbox::new(degrees(102), degrees(106), degrees(110), degrees(114))
                .map_err(|error| format!("its bounds make no sense: {error}"))?,
            centre_zoom: bytes[118],
            centre: Position::new(degrees(119), degrees(123))
                .map_err(|error| format!("its centre makes no sense: {error}"))?,
        })
    }
}

fn to_e7(degrees: f64) -> [u8; 4] {
    ((degrees * 1e7).round() as i32).to_le_bytes()
}

fn chunk<const N: usize>(bytes: &[u8; LENGTH], at: usize) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&bytes[at..at + N]);
    out
}
