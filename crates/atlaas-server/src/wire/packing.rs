//! Compressing piece by piece: exports as they are made, and large bodies as they are sent.
//!
//! Windows are of 256 KiB: an export under way keeps up to three megabytes, whatever its length.

use crate::wire::coding::Coding;
use axum::body::HttpBody;
use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Frame;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Logarithm of the window.
const WINDOW_LOG: u32 = 18;
/// Windows of whole bodies, which are short.
const WHOLE_WINDOW_LOG: i32 = 22;
/// Bytes that brotli asks of us at once.
const BUFFER: usize = 16 * 1024;
/// Plain bytes after which brotli gives out what it has: left to itself it waits for half a megabyte, with twice
/// the memory and holes behind it, to be 0.3 % shorter.
const BROTLI_HOLDS: usize = 128 * 1024;
/// Measured on 19,000 initiatives (bench `codings`): 5 needs a larger window to be of use.
const BROTLI_QUALITY: u32 = 4;
const ZSTD_LEVEL: i32 = 3;
/// A third larger than at level 3, for a third of its time: those who care send `br` or `zstd`.
const GZIP_LEVEL: u32 = 1;
/// Plain bytes of one piece of a large body: a millisecond or two of work.
const PIECE: usize = 128 * 1024;

/// Bytes that a compressor keeps from its first piece to its last: tables, window and what it has not given
/// out yet, measured on forty at once.
pub const fn kept(coding: Coding) -> usize {
    match coding {
        Coding::Identity => 0,
        Coding::Gzip => 384 * 1024,
        Coding::Zstd => 1536 * 1024,
        Coding::Brotli => 3 << 20,
    }
}

/// A compressor that is fed piece by piece.
pub enum Packer {
    /// RFC 1952.
    Gzip(GzEncoder<Vec<u8>>),
    /// RFC 7932; and the plain bytes that it has not given out.
    Brotli(Box<CompressorWriter<Vec<u8>>>, usize),
    /// RFC 8878.
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
    /// The last piece was given.
    Done,
}

impl Packer {
    /// A compressor for this coding; none when there is nothing to do, or no memory to do it.
    pub fn new(coding: Coding) -> Option<Self> {
        Some(match coding {
            Coding::Identity => return None,
            Coding::Gzip => Self::Gzip(GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL))),
            Coding::Brotli => {
                let (quality, window) = (BROTLI_QUALITY, WINDOW_LOG);
                let encoder = CompressorWriter::new(Vec::new(), BUFFER, quality, window);
                Self::Brotli(Box::new(encoder), 0)
            }
            Coding::Zstd => {
                let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), ZSTD_LEVEL).ok()?;
                encoder.window_log(WINDOW_LOG).ok()?;
                Self::Zstd(encoder)
            }
        })
    }

    /// Takes a piece; gives what is ready, maybe nothing, and everything after the last piece.
    pub fn push(&mut self, plain: &[u8], last: bool) -> io::Result<Vec<u8>> {
        match self {
            Self::Gzip(encoder) => {
                encoder.write_all(plain)?;
                if last {
                    encoder.try_finish()?;
                }
                Ok(std::mem::take(encoder.get_mut()))
            }
            Self::Brotli(encoder, held) => {
                encoder.write_all(plain)?;
                *held += plain.len();
                if last {
                    return Ok(self.end());
                }
                if *held >= BROTLI_HOLDS {
                    encoder.flush()?;
                    *held = 0;
                }
                Ok(std::mem::take(encoder.get_mut()))
            }
            Self::Zstd(encoder) => {
                encoder.write_all(plain)?;
                if last {
                    encoder.do_finish()?;
                }
                Ok(std::mem::take(encoder.get_mut()))
            }
            Self::Done => Ok(Vec::new()),
        }
    }

    /// Everything that brotli has not given out; ending takes its writer apart.
    fn end(&mut self) -> Vec<u8> {
        match std::mem::replace(self, Self::Done) {
            Self::Brotli(encoder, _) => encoder.into_inner(),
            _ => Vec::new(),
        }
    }
}

/// A whole body in brotli.
pub fn brotli(body: &[u8], quality: i32) -> Option<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality,
        lgwin: WHOLE_WINDOW_LOG,
        size_hint: body.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::with_capacity(body.len() / 3);
    let mut reader = body;
    brotli::BrotliCompress(&mut reader, &mut out, &parameters).ok()?;
    Some(out)
}

/// A large body that is compressed while the client takes it.
pub struct Packing {
    plain: Vec<u8>,
    next: usize,
    packer: Packer,
}

impl Packing {
    /// Compresses `plain` piece by piece.
    pub const fn new(plain: Vec<u8>, packer: Packer) -> Self {
        Self {
            plain,
            next: 0,
            packer,
        }
    }

    /// The next packed piece that is not empty; `None` at the end.
    fn step(&mut self) -> io::Result<Option<Bytes>> {
        while self.next < self.plain.len() {
            let end = (self.next + PIECE).min(self.plain.len());
            let last = end == self.plain.len();
            let packed = self.packer.push(&self.plain[self.next..end], last)?;
            self.next = end;
            if !packed.is_empty() {
                return Ok(Some(packed.into()));
            }
        }
        Ok(None)
    }
}

impl HttpBody for Packing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let step = self.step();
        if step.is_err() {
            self.next = self.plain.len();
        }
        Poll::Ready(step.transpose().map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.next == self.plain.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use std::io::Read;

    fn inflate(coding: Coding, packed: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        match coding {
            Coding::Identity => plain.extend_from_slice(packed),
            Coding::Gzip => {
                flate2::read::GzDecoder::new(packed)
                    .read_to_end(&mut plain)
                    .unwrap();
            }
            Coding::Brotli => {
                let mut reader = packed;
                brotli::BrotliDecompress(&mut reader, &mut plain).unwrap();
            }
            Coding::Zstd => plain = zstd::decode_all(packed).unwrap(),
        }
        plain
    }

    #[test]
    fn pieces_make_up_one_whole_in_every_coding() {
        let pieces: Vec<Vec<u8>> = (0..50_u8).map(|n| vec![n; 5_000]).collect();
        for coding in [Coding::Gzip, Coding::Brotli, Coding::Zstd] {
            let mut packer = Packer::new(coding).unwrap();
            let mut packed = Vec::new();
            for (rank, piece) in pieces.iter().enumerate() {
                packed.extend(packer.push(piece, rank == 49).unwrap());
            }
            assert_eq!(inflate(coding, &packed), pieces.concat(), "{coding:?}");
        }
        assert!(Packer::new(Coding::Identity).is_none());
    }

    #[tokio::test]
    async fn a_large_body_arrives_whole() {
        let plain: Vec<u8> = (0..600_000_u32).flat_map(u32::to_le_bytes).collect();
        for coding in [Coding::Gzip, Coding::Brotli, Coding::Zstd] {
            let body = Packing::new(plain.clone(), Packer::new(coding).unwrap());
            let packed = body.collect().await.unwrap().to_bytes();
            assert_eq!(inflate(coding, &packed), plain, "{coding:?}");
        }
    }
}
