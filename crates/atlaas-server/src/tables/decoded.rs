//! Bytes of any encoding, read as UTF-8: as told, else by their mark, else UTF-8 when all of it is,
//! UTF-16 by its zeros, else Windows-1252, which spreadsheets write.

use crate::tables::error::TableError;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// The encoding of that name.
pub fn named(name: &str) -> Result<&'static Encoding, TableError> {
    // As addok calls UTF-8 that may begin with a mark, which is left out anyway.
    let known = name.trim().trim_end_matches("-sig");
    Encoding::for_label(known.as_bytes()).ok_or_else(|| TableError::Encoding(name.to_owned()))
}

/// The encoding that bytes seem to have; reads them to their end.
pub fn guessed(mut source: impl Read) -> io::Result<&'static Encoding> {
    let mut piece = vec![0; PIECE];
    let mut kept = 0;
    let mut first = true;
    loop {
        let read = source.read(&mut piece[kept..])?;
        let held = &piece[..kept + read];
        if first && read > 0 {
            first = false;
            if let Some((marked, _)) = Encoding::for_bom(held) {
                return Ok(marked);
            }
            if let Some(wide) = by_zeros(held) {
                return Ok(wide);
            }
        }
        match std::str::from_utf8(held) {
            Ok(_) => kept = 0,
            // A letter may be cut between two pieces.
            Err(error) if error.error_len().is_none() && read > 0 => {
                let sound = error.valid_up_to();
                kept = held.len() - sound;
                piece.copy_within(sound..sound + kept, 0);
            }
            Err(_) => return Ok(WINDOWS_1252),
        }
        if read == 0 {
            return Ok(UTF_8);
        }
    }
}

/// UTF-16 without a mark: every other byte of a header is zero.
fn by_zeros(start: &[u8]) -> Option<&'static Encoding> {
    let start = &start[..start.len().min(512)];
    let zeros = |first: usize| {
        let all = start.iter().skip(first).step_by(2);
        all.clone().filter(|byte| **byte == 0).count() * 2 > all.count()
    };
    match (zeros(0), zeros(1)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// A reader of UTF-8.
pub struct Decoded<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    next: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// Reads bytes of an encoding; its mark is left out.
    pub fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder(),
            raw: vec![0; PIECE],
            text: Vec::new(),
            next: 0,
            ended: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let read = self.source.read(&mut self.raw)?;
        self.ended = read == 0;
        // One byte gives three at most, and what waits in the decoder a few more.
        self.text.resize(read * 3 + 64, 0);
        let (result, _, written, _) =
            self.decoder
                .decode_to_utf8(&self.raw[..read], &mut self.text, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        self.text.truncate(written);
        self.next = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.next == self.text.len() && !self.ended {
            self.fill()?;
        }
        let count = out.len().min(self.text.len() - self.next);
        out[..count].copy_from_slice(&self.text[self.next..self.next + count]);
        self.next += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_of_a_file_is_found_and_read() {
        let text = "nom;commune\nL’Haÿ;Évry\n".repeat(9_000);
        let (windows, ..) = WINDOWS_1252.encode(&text);
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let wide = [vec![0xff, 0xfe], utf16(&text, u16::to_le_bytes)].concat();
        for (bytes, encoding) in [
            (text.clone().into_bytes(), UTF_8),
            (marked, UTF_8),
            (windows.into_owned(), WINDOWS_1252),
            (wide, UTF_16LE),
            (utf16(&text, u16::to_le_bytes), UTF_16LE),
            (utf16(&text, u16::to_be_bytes), UTF_16BE),
        ] {
            let found = guessed(bytes.as_slice()).unwrap();
            assert_eq!(found.name(), encoding.name());
            let mut read = String::new();
            Decoded::new(bytes.as_slice(), found)
                .read_to_string(&mut read)
                .unwrap();
            assert!(read == text, "{}", encoding.name());
        }
        assert_eq!(guessed(&b""[..]).unwrap().name(), "UTF-8");
        assert_eq!(named("utf-8-sig").unwrap().name(), "UTF-8");
        assert_eq!(named("macintosh").unwrap().name(), "macintosh");
        assert!(named("klingon").is_err());
    }
}
