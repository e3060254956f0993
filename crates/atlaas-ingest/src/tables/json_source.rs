//! A JSON file as a stream of UTF-8, whatever it was saved as; or what it is instead of JSON.

use crate::{
    IngestError,
    tables::disguise::{self, Expected},
    tables::source_file::{STREAMED_LIMIT, SourceFile},
    text::encoding,
};
use encoding_rs::{CoderResult, Decoder};
use std::io::{self, Cursor, Read};

/// How much of the file is looked at first.
const HEAD: u64 = 4096;
const CHUNK: usize = 1 << 14;

/// A reader of the file in UTF-8.
pub(crate) fn open(file: &SourceFile) -> Result<Box<dyn Read>, IngestError> {
    let mut reader = file.open(STREAMED_LIMIT)?;
    let mut head = Vec::new();
    (&mut reader)
        .take(HEAD)
        .read_to_end(&mut head)
        .map_err(|error| file.failure(error, STREAMED_LIMIT))?;
    disguise::refuse(&file.name, &head, Expected::Json)?;
    Ok(match encoding::utf16(&head) {
        Some((encoding, length)) => {
            let mut whole = Cursor::new(head).chain(reader);
            // The mark is known: the decoder need not look for it.
            io::copy(&mut (&mut whole).take(length as u64), &mut io::sink())
                .map_err(|error| file.io(error))?;
            Box::new(Transcoded {
                inner: whole,
                decoder: encoding.new_decoder_without_bom_handling(),
                raw: Vec::new(),
                text: Vec::new(),
                given: 0,
                ended: false,
            })
        }
        None => Box::new(Cursor::new(head).chain(reader)),
    })
}

/// Gives UTF-8 out of another encoding.
struct Transcoded<R> {
    inner: R,
    decoder: Decoder,
    /// Bytes that were read and not decoded yet.
    raw: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            let held = self.raw.len();
            self.raw.resize(held + CHUNK, 0);
            let read = self.inner.read(&mut self.raw[held..]);
            self.raw.truncate(held + *read.as_ref().unwrap_or(&0));
            let last = read? == 0;
            self.text.resize(4 * (self.raw.len() + 8), 0);
            let (result, taken, written, _) =
                self.decoder.decode_to_utf8(&self.raw, &mut self.text, last);
            self.raw.drain(..taken);
            self.text.truncate(written);
            self.given = 0;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        let rest = &self.text[self.given..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_as_the_same_text() {
        let text = format!("[{}\"Œuf, été\"]", "\"é\", ".repeat(9000));
        let wide = |mark: &str| format!("{mark}{text}").encode_utf16().collect::<Vec<u16>>();
        let little = |mark| wide(mark).into_iter().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = wide("\u{feff}")
            .into_iter()
            .flat_map(u16::to_be_bytes)
            .collect();
        for bytes in [
            text.clone().into_bytes(),
            little("\u{feff}"),
            little(""),
            big,
        ] {
            let file = SourceFile::in_memory("x.json", &bytes);
            let mut read = String::new();
            open(&file).unwrap().read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
    }
}
