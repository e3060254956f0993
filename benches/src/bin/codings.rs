//! Content codings of dynamic bodies: what each level costs and saves on bodies as the service makes
//! them, so that the levels of `encoding.rs` and `packing.rs` can be chosen again on other machines.
//!
//! Times are of the processor. Every packed body is inflated again and compared.
//!
//! `cargo run --profile measure -p atlaas-benches --bin codings -- BODY…`: files, such as saved with
//! `curl` from a service over the full-scale inputs.

use atlaas_benches::processor_time;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::error::Error;
use std::io::{self, Read, Write};
use std::time::Duration;

/// Plain bytes handed over at once to those that pack piece by piece.
const PIECE: usize = 128 * 1024;
/// Repeated for at least this long.
const LONG_ENOUGH: Duration = Duration::from_millis(200);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut out = io::stdout().lock();
    for path in std::env::args().skip(1) {
        let body = std::fs::read(&path)?;
        writeln!(out, "{path}: {} bytes", body.len())?;
        for level in [1, 3, 6] {
            let pack = |body: &[u8]| deflate_whole(body, level);
            measure(&mut out, &format!("gzip {level}"), &body, pack, gunzip)?;
        }
        for quality in [2, 4, 5, 6] {
            let pack = |body: &[u8]| brotli_whole(body, quality);
            measure(&mut out, &format!("br {quality}"), &body, pack, unbrotli)?;
        }
        for level in [1, 3, 6, 9] {
            let pack = |body: &[u8]| Ok(zstd::bulk::compress(body, level)?);
            measure(&mut out, &format!("zstd {level}"), &body, pack, unzstd)?;
        }
        if body.len() < PIECE {
            continue;
        }
        for level in [1, 3] {
            let pack = |body: &[u8]| deflate_pieces(body, level);
            measure(
                &mut out,
                &format!("gzip {level}, pieces"),
                &body,
                pack,
                gunzip,
            )?;
        }
        for quality in [3, 4, 5] {
            let pack = |body: &[u8]| brotli_pieces(body, quality);
            measure(
                &mut out,
                &format!("br {quality}, pieces"),
                &body,
                pack,
                unbrotli,
            )?;
        }
        for level in [1, 3] {
            let pack = |body: &[u8]| zstd_pieces(body, level);
            measure(
                &mut out,
                &format!("zstd {level}, pieces"),
                &body,
                pack,
                unzstd,
            )?;
        }
    }
    Ok(())
}

fn measure(
    out: &mut impl Write,
    name: &str,
    body: &[u8],
    pack: impl Fn(&[u8]) -> Outcome<Vec<u8>>,
    unpack: fn(&[u8]) -> Outcome<Vec<u8>>,
) -> Outcome<()> {
    let packed = pack(body)?;
    assert!(unpack(&packed)? == body, "{name} gives another body");
    let (start, mut rounds) = (processor_time(), 0_u32);
    while processor_time().saturating_sub(start) < LONG_ENOUGH {
        std::hint::black_box(pack(body)?);
        rounds += 1;
    }
    let each = processor_time().saturating_sub(start) / rounds;
    let ms = each.as_secs_f64() * 1e3;
    writeln!(out, "  {name:16} {:>9} bytes {ms:>9.3} ms", packed.len())?;
    Ok(())
}

fn deflate_whole(body: &[u8], level: i32) -> Outcome<Vec<u8>> {
    let level = libdeflater::CompressionLvl::new(level).map_err(|_| "no such level")?;
    let mut compressor = libdeflater::Compressor::new(level);
    let mut out = vec![0; compressor.gzip_compress_bound(body.len())];
    let length = compressor.gzip_compress(body, &mut out)?;
    out.truncate(length);
    Ok(out)
}

fn brotli_whole(body: &[u8], quality: i32) -> Outcome<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: body.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &body[..], &mut out, &parameters)?;
    Ok(out)
}

fn deflate_pieces(body: &[u8], level: u32) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    for piece in body.chunks(PIECE) {
        encoder.write_all(piece)?;
    }
    Ok(encoder.finish()?)
}

fn brotli_pieces(body: &[u8], quality: u32) -> Outcome<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 16 * 1024, quality, 18);
    for piece in body.chunks(PIECE) {
        encoder.write_all(piece)?;
    }
    Ok(encoder.into_inner())
}

fn zstd_pieces(body: &[u8], level: i32) -> Outcome<Vec<u8>> {
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), level)?;
    encoder.window_log(18)?;
    for piece in body.chunks(PIECE) {
        encoder.write_all(piece)?;
    }
    Ok(encoder.finish()?)
}

fn gunzip(packed: &[u8]) -> Outcome<Vec<u8>> {
    let mut plain = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut plain)?;
    Ok(plain)
}

fn unbrotli(packed: &[u8]) -> Outcome<Vec<u8>> {
    let mut plain = Vec::new();
    brotli::BrotliDecompress(&mut &packed[..], &mut plain)?;
    Ok(plain)
}

fn unzstd(packed: &[u8]) -> Outcome<Vec<u8>> {
    Ok(zstd::decode_all(packed)?)
}
