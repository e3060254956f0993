//! Elements of a JSON array, one by one, from a stream of any length.
//!
//! The array is the document itself, or stands under one of the given keys of the top-level object
//! (`features`). Only one element is in memory at a time; everything else is skipped unseen. Strings,
//! brackets and commas are all that is known of it: whoever takes an element parses it.

use crate::tables::json_scan::Scan;
use std::io::{self, Read};

/// Most bytes of one element.
pub(crate) const ELEMENT_LIMIT: usize = 64 << 20;
const KEY_LIMIT: usize = 1 << 10;
const CHUNK: usize = 1 << 16;

/// One element of the array.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    /// Its first byte, counted from the start of the document.
    pub(crate) offset: u64,
    /// Its first line, counted from 1.
    pub(crate) line: u64,
    /// The JSON text of the element.
    pub(crate) json: &'a [u8],
}

/// Why the stream stops early.
#[derive(Debug)]
pub(crate) enum StreamError {
    /// The reader failed.
    Io(io::Error),
    /// The document is not what it should be.
    Syntax {
        /// Byte where it was seen.
        offset: u64,
        /// What is wrong.
        problem: String,
    },
    /// An element that has no end, or none within the limit: a quote or a bracket is missing.
    Unended {
        /// Its first byte.
        offset: u64,
        /// Its first line.
        line: u64,
        /// What was read of it.
        json: Vec<u8>,
        /// What is wrong.
        problem: String,
    },
}

/// Reads an array element by element.
pub(crate) struct ElementStream<'k, R> {
    reader: R,
    keys: &'k [&'k str],
    chunk: Vec<u8>,
    at: usize,
    /// Bytes before the current chunk.
    before: u64,
    line: u64,
    element: Vec<u8>,
    limit: usize,
    /// The array is a member of the document, not the document itself.
    within_object: bool,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    First,
    Next,
    End,
}

impl<'k, R: Read> ElementStream<'k, R> {
    /// A stream of the document's array, or of the array under one of `keys`.
    pub(crate) fn new(reader: R, keys: &'k [&'k str]) -> Self {
        Self {
            reader,
            keys,
            chunk: Vec::with_capacity(CHUNK),
            at: 0,
            before: 0,
            line: 1,
            element: Vec::new(),
            limit: ELEMENT_LIMIT,
            within_object: false,
            state: State::Start,
        }
    }

    /// The stream, its elements of at most so many bytes.
    pub(crate) fn with_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The next element; `None` after the last.
    pub(crate) fn next(&mut self) -> Result<Option<Element<'_>>, StreamError> {
        if self.state == State::Start {
            self.enter()?;
        }
        if self.state == State::End {
            return Ok(None);
        }
        let mut byte = self.token()?;
        if byte == b']' {
            self.at += 1;
            self.leave()?;
            self.state = State::End;
            return Ok(None);
        }
        if self.state == State::Next {
            if byte != b',' {
                return Err(self.wrong("a comma or ] is expected between two elements"));
            }
            self.at += 1;
            byte = self.token()?;
        }
        self.state = State::Next;
        let (offset, line) = (self.offset(), self.line);
        let mut element = std::mem::take(&mut self.element);
        element.clear();
        let value = self.value(byte, Some(&mut element));
        if let Err(StreamError::Syntax { problem, .. }) = value {
            return Err(StreamError::Unended {
                offset,
                line,
                json: element,
                problem,
            });
        }
        self.element = element;
        value?;
        Ok(Some(Element {
            offset,
            line,
            json: &self.element,
        }))
    }

    /// Goes to the first element of the array.
    fn enter(&mut self) -> Result<(), StreamError> {
        if self.peek()? == Some(0xef) {
            for expected in [0xef, 0xbb, 0xbf] {
                self.expect(expected, "the document must be UTF-8")?;
            }
        }
        match self.token()? {
            b'[' => {}
            b'{' => {
                self.within_object = true;
                self.at += 1;
                loop {
                    if self.token()? == b'}' {
                        let problem = format!("no array under {}", self.keys.join(" or "));
                        return Err(self.wrong(&problem));
                    }
                    let key = self.key()?;
                    self.token()?;
                    self.expect(b':', "a colon is expected after a key")?;
                    let byte = self.token()?;
                    if byte == b'[' && self.keys.contains(&key.as_str()) {
                        break;
                    }
                    self.value(byte, None)?;
                    if self.token()? == b',' {
                        self.at += 1;
                    }
                }
            }
            _ => return Err(self.wrong("a JSON array or object is expected")),
        }
        self.at += 1;
        self.state = State::First;
        Ok(())
    }

    /// Reads what stands behind the array, so that nothing there is passed over unseen.
    fn leave(&mut self) -> Result<(), StreamError> {
        while self.within_object {
            match self.token()? {
                b'}' => {
                    self.at += 1;
                    break;
                }
                b',' => {
                    self.at += 1;
                    self.key()?;
                    self.token()?;
                    self.expect(b':', "a colon is expected after a key")?;
                    let byte = self.token()?;
                    self.value(byte, None)?;
                }
                _ => return Err(self.wrong("a comma or } is expected behind the array")),
            }
        }
        while let Some(byte) = self.peek()? {
            // A byte 0 may pad the end of a file.
            if !b" \t\r\n\0".contains(&byte) {
                return Err(self.wrong("there is more behind the end: two documents in one file?"));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn key(&mut self) -> Result<String, StreamError> {
        let byte = self.token()?;
        if byte != b'"' {
            return Err(self.wrong("a key in quotes is expected"));
        }
        let mut key = Vec::new();
        self.value(byte, Some(&mut key))?;
        if key.len() > KEY_LIMIT {
            return Err(self.wrong("a key is longer than 1,000 bytes"));
        }
        Ok(serde_json::from_slice(&key).unwrap_or_default())
    }

    /// Skips one value, or copies it.
    fn value(&mut self, first: u8, mut copy: Option<&mut Vec<u8>>) -> Result<(), StreamError> {
        let mut scan = Scan::default();
        let scalar = !matches!(first, b'{' | b'[' | b'"');
        loop {
            if self.peek()?.is_none() {
                return Err(self.wrong("the file ends inside a value: it is truncated"));
            }
            let chunk = &self.chunk[self.at..];
            let (length, done) = if scalar {
                let end = chunk.iter().position(|byte| b",]} \t\r\n".contains(byte));
                (end.unwrap_or(chunk.len()), end.is_some())
            } else {
                scan.run(chunk)
            };
            let taken = &chunk[..length];
            self.line += memchr::memchr_iter(b'\n', taken).count() as u64;
            if let Some(copy) = &mut copy {
                copy.extend_from_slice(taken);
            }
            let too_long = copy.as_ref().is_some_and(|copy| copy.len() > self.limit);
            self.at += length;
            if too_long {
                let mebibytes = self.limit >> 20;
                let problem = format!("one element is larger than {mebibytes} MiB: split it");
                return Err(self.wrong(&problem));
            }
            if done {
                return Ok(());
            }
        }
    }

    fn expect(&mut self, byte: u8, otherwise: &str) -> Result<(), StreamError> {
        if self.peek()? == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.wrong(otherwise))
        }
    }

    /// The next byte that is no white space, not consumed.
    fn token(&mut self) -> Result<u8, StreamError> {
        loop {
            match self.peek()? {
                Some(b'\n') => self.line += 1,
                Some(b' ' | b'\t' | b'\r') => {}
                Some(byte) => return Ok(byte),
                None => return Err(self.wrong("the file ends too early: it is truncated")),
            }
            self.at += 1;
        }
    }

    fn peek(&mut self) -> Result<Option<u8>, StreamError> {
        while self.at >= self.chunk.len() {
            self.before += self.chunk.len() as u64;
            self.at = 0;
            self.chunk.resize(CHUNK, 0);
            let read = self.reader.read(&mut self.chunk);
            self.chunk.truncate(*read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => return Ok(None),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(StreamError::Io(error)),
            }
        }
        Ok(self.chunk.get(self.at).copied())
    }

    fn offset(&self) -> u64 {
        self.before + self.at as u64
    }

    fn wrong(&self, problem: &str) -> StreamError {
        StreamError::Syntax {
            offset: self.offset(),
            problem: problem.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str, keys: &[&str]) -> Result<Vec<(u64, u64, String)>, String> {
        let mut stream = ElementStream::new(Slow(text.as_bytes()), keys);
        let mut out = Vec::new();
        loop {
            match stream.next() {
                Ok(Some(element)) => out.push((
                    element.offset,
                    element.line,
                    String::from_utf8_lossy(element.json).into_owned(),
                )),
                Ok(None) => return Ok(out),
                Err(
                    StreamError::Syntax { offset, problem }
                    | StreamError::Unended {
                        offset, problem, ..
                    },
                ) => return Err(format!("{offset}: {problem}")),
                Err(StreamError::Io(error)) => return Err(error.to_string()),
            }
        }
    }

    /// Gives three bytes at a time, so that every state meets the end of a chunk.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(3).min(buffer.len());
            let (now, later) = self.0.split_at(length);
            buffer[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    #[test]
    fn elements_come_with_their_place() {
        let text = "[\n{\"a\":\"]}\\\"\"},\n [1,[2]] , 3,\"x\"]";
        let expected = [
            (2, 2, "{\"a\":\"]}\\\"\"}"),
            (17, 3, "[1,[2]]"),
            (27, 3, "3"),
            (29, 3, "\"x\""),
        ];
        let got = all(text, &[]).unwrap();
        assert_eq!(got.len(), expected.len());
        for (got, (offset, line, json)) in got.iter().zip(expected) {
            assert_eq!((got.0, got.1, got.2.as_str()), (offset, line, json));
        }
    }

    #[test]
    fn the_array_under_the_key_is_found_behind_other_members() {
        let text = r#"{"type":"x","crs":{"features":[9]},"n":1,"features":[{"b":2}],"z":0}"#;
        assert_eq!(all(text, &["features"]).unwrap()[0].2, "{\"b\":2}");
    }

    #[test]
    fn what_is_no_such_document_is_refused_with_its_place() {
        for text in [
            "",
            "  ",
            "{}",
            "[1 2]",
            "[1,",
            "{\"features\":[{\"a\":",
            "x",
            "{\"a\" 1}",
            "[1][2]",
            "[1]x",
            "{\"features\":[1]",
            "{\"features\":[1] 2}",
            "{\"features\":[1],\"a\":",
        ] {
            assert!(all(text, &["features"]).is_err(), "{text:?}");
        }
        assert!(all("[1,\n2", &[]).unwrap_err().starts_with("4: "));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(text in "[\\[\\]{}\",:\\\\a1 \n]{0,60}") {
            let _ = all(&text, &["a"]);
        }

        #[test]
        fn every_element_that_serde_sees_is_seen(values in proptest::collection::vec("[a\"\\\\\\]{},]{0,8}", 0..6)) {
            let text = serde_json::to_string(&values).unwrap();
            let got = all(&text, &[]).unwrap();
            let read: Vec<String> = got.iter().map(|(_, _, json)| serde_json::from_str(json).unwrap()).collect();
            prop_assert_eq!(read, values);
        }
    }
}
