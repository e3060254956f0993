//! A tile for the rare client that accepts no gzip: inflated piece by piece, as it is read.

use axum::body::HttpBody;
use bytes::Bytes;
use flate2::bufread::GzDecoder;
use hyper::body::{Frame, SizeHint};
use std::io::{self, Cursor, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Bytes inflated at once.
const PIECE: usize = 16 * 1024;
/// What the body keeps while it is sent: the decoder’s window and tables, and the pieces under way.
pub const KEPT: usize = 128 * 1024;

/// One gzip member, of which the length is known beforehand (RFC 1952 §2.3.1).
pub struct Inflating {
    decoder: GzDecoder<Cursor<Bytes>>,
    left: u64,
}

impl Inflating {
    /// Begins at the head of a packed tile; `None` when it is too short to be one.
    pub fn new(packed: Bytes) -> Option<Self> {
        let left = u64::from(u32::from_le_bytes(*packed.last_chunk::<4>()?));
        Some(Self {
            decoder: GzDecoder::new(Cursor::new(packed)),
            left,
        })
    }

    fn next(&mut self) -> io::Result<Bytes> {
        let wanted = usize::try_from(self.left).map_or(PIECE, |left| left.min(PIECE));
        let mut piece = vec![0; wanted];
        self.decoder.read_exact(&mut piece)?;
        self.left -= wanted as u64;
        if self.left == 0 && self.decoder.read(&mut [0])? != 0 {
            // Longer than it says, or not what was packed: reading to the end checks its sum.
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(Bytes::from(piece))
    }
}

impl HttpBody for Inflating {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let piece = self.next();
        if piece.is_err() {
            self.left = 0;
        }
        Poll::Ready(Some(piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use http_body_util::BodyExt;
    use std::io::Write;

    fn packed(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    fn inflating(packed: &[u8]) -> Inflating {
        Inflating::new(Bytes::copy_from_slice(packed)).unwrap()
    }

    #[tokio::test]
    async fn any_length_comes_back_whole_with_its_length_told_before() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 10 * PIECE + 7] {
            let plain: Vec<u8> = (0..length).map(|n| (n / 7) as u8).collect();
            let body = inflating(&packed(&plain));
            assert_eq!(body.size_hint().exact(), Some(length as u64));
            assert_eq!(body.collect().await.unwrap().to_bytes(), plain, "{length}");
        }
        assert!(Inflating::new(Bytes::from_static(b"abc")).is_none());
    }

    #[tokio::test]
    async fn a_damaged_member_breaks_off_rather_than_look_whole() {
        let plain: Vec<u8> = (0..50_000_u32).map(|n| (n * n / 31) as u8).collect();
        let whole = packed(&plain);
        for at in (0..whole.len()).step_by(whole.len() / 97 + 1) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            let read = inflating(&bytes).collect().await;
            let read = read.map(http_body_util::Collected::to_bytes);
            // Flags of the head that nobody reads may change without harm.
            assert!(
                read.is_err() || read.is_ok_and(|read| read == plain),
                "{at}"
            );
        }
    }
}
