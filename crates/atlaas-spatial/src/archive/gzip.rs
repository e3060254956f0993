//! Gzip by libdeflate: the same bytes every time, compressors kept by thread.

use libdeflater::{CompressionLvl, Compressor, Decompressor};
use std::cell::RefCell;

/// How hard to compress, from 1 (fast) to 12 (small).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GzipLevel(i32);

impl GzipLevel {
    /// For what a request waits for: tiles made on the fly.
    pub const FAST: Self = Self(4);
    /// For what is written once: three times slower than [`Self::FAST`], some percents smaller.
    pub const SMALL: Self = Self(9);

    /// A level; numbers outside 1 to 12 land on the nearest end.
    pub fn new(level: i32) -> Self {
        Self(level.clamp(1, 12))
    }
}

/// A buffer larger than this is not kept for the next tile, in bytes.
const KEPT_BUFFER: usize = 4 << 20;

struct Kept {
    level: GzipLevel,
    compressor: Compressor,
    buffer: Vec<u8>,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// Compresses into one gzip member without name or date.
///
/// # Panics
/// Never: the buffer has the size that libdeflate asks for.
pub fn gzip(raw: &[u8], level: GzipLevel) -> Vec<u8> {
    KEPT.with_borrow_mut(|slot| {
        let kept = match slot {
            Some(kept) if kept.level == level => kept,
            _ => slot.insert(Kept {
                level,
                compressor: Compressor::new(CompressionLvl::new(level.0).unwrap_or_default()),
                buffer: Vec::new(),
            }),
        };
        let bound = kept.compressor.gzip_compress_bound(raw.len());
        if kept.buffer.len() < bound {
            kept.buffer.resize(bound, 0);
        }
        let length = kept
            .compressor
            .gzip_compress(raw, &mut kept.buffer)
            .expect("the buffer has the size that libdeflate asks for");
        let packed = kept.buffer[..length].to_vec();
        if kept.buffer.len() > KEPT_BUFFER {
            kept.buffer = Vec::new();
        }
        packed
    })
}

/// Decompresses one gzip member of at most `limit` bytes; `None` when it is damaged or larger.
pub fn gunzip(compressed: &[u8], limit: usize) -> Option<Vec<u8>> {
    // The last four bytes are the length of what was compressed (RFC 1952 §2.3.1).
    let (_, length) = compressed.split_last_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    // Deflate never shrinks more than 1032 times: a greater claim is a lie, not worth its memory.
    if length > limit || length > compressed.len().saturating_mul(1032) {
        return None;
    }
    let mut out = vec![0; length];
    let written = Decompressor::new().gzip_decompress(compressed, &mut out);
    (written.ok()? == length).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back_at_every_level() {
        let text = "L'Abergement-Clémenciat ".repeat(100).into_bytes();
        for level in 0..=13 {
            for raw in [b"".as_slice(), b"Y", &text] {
                let small = gzip(raw, GzipLevel::new(level));
                assert_eq!(gunzip(&small, 10_000).as_deref(), Some(raw));
            }
        }
    }

    #[test]
    fn damaged_cut_or_oversized_input_is_refused() {
        let mut small = gzip(&[7; 5000], GzipLevel::SMALL);
        assert!(gunzip(&small, 4999).is_none());
        assert!(gunzip(&small[..small.len() - 1], 10_000).is_none());
        small[12] ^= 0xff;
        assert!(gunzip(&small, 10_000).is_none());
        assert!(gunzip(b"", 10).is_none());
        assert!(gunzip(&[0xff; 20], usize::MAX).is_none());
    }
}
