//! What a file really is when its name says something else: told by its first bytes, in the words of
//! the person who has to save it again.

use crate::IngestError;

const ZIP: &[u8] = b"PK\x03\x04";
const XLSX: &str = "an Excel workbook (XLSX)";
const ODS: &str = "a LibreOffice spreadsheet (ODS)";

/// What a reader can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A table in text.
    Table,
    /// JSON or GeoJSON.
    Json,
}

/// A workbook that can be read as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workbook {
    Xlsx,
    Ods,
}

impl Workbook {
    /// How its names end.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => ".xlsx",
            Self::Ods => ".ods",
        }
    }
}

/// Which workbook the bytes are.
pub(crate) fn workbook(head: &[u8]) -> Option<Workbook> {
    if !head.starts_with(ZIP) {
        return None;
    }
    match zip(head) {
        XLSX => Some(Workbook::Xlsx),
        ODS => Some(Workbook::Ods),
        _ => None,
    }
}

/// Refuses a file that is something else than its reader can read.
pub(crate) fn refuse(name: &str, head: &[u8], expected: Expected) -> Result<(), IngestError> {
    if expected == Expected::Table && workbook(head).is_some() {
        return Ok(());
    }
    let Some(what) = what(head, expected) else {
        return Ok(());
    };
    let advice = match expected {
        Expected::Table => "open it in a spreadsheet and save it as CSV (UTF-8)",
        Expected::Json => "export it again as JSON or GeoJSON, or name it after what it is",
    };
    Err(IngestError::Disguised {
        name: name.to_owned(),
        what,
        advice,
    })
}

/// How a page of HTML begins.
const HTML: [&str; 7] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<table",
    "<meta",
    "<!doctype",
];

fn what(head: &[u8], expected: Expected) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 8] = [
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (XLS)"),
        (b"%PDF", "a PDF document"),
        (
            b"\x1f\x8b",
            "a file packed with gzip, whose name must end in .gz",
        ),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"SQLite format 3", "a GeoPackage or SQLite database"),
        (b"7z\xbc\xaf", "a 7-Zip archive"),
    ];
    if head.starts_with(ZIP) {
        return Some(zip(head));
    }
    let signed = SIGNATURES.iter().find(|(start, _)| head.starts_with(start));
    if let Some((_, what)) = signed {
        return Some(what);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = text.trim_ascii_start();
    let first = String::from_utf8_lossy(&text[..text.len().min(64)]).to_lowercase();
    if HTML.iter().any(|tag| first.starts_with(tag)) {
        return Some("a page of HTML");
    }
    if first.starts_with("<?xml") || first.starts_with("<kml") || first.starts_with("<gpx") {
        return Some("XML");
    }
    match (expected, text) {
        (Expected::Table, [b'{' | b'[', rest @ ..]) => {
            let next = rest.trim_ascii_start().first();
            let json = next.is_none_or(|byte| b"\"{[]}".contains(byte));
            json.then_some("JSON, whose name must end in .json or .geojson")
        }
        (Expected::Json, [first, ..]) if first.is_ascii_alphanumeric() || *first == b'"' => {
            let line = text.split(|&byte| byte == b'\n').next().unwrap_or(text);
            let cells = line.iter().any(|byte| b",;\t".contains(byte));
            cells.then_some("a table in text, whose name must end in .csv")
        }
        _ => None,
    }
}

/// What is packed in a zip, by the names that stand first in it.
fn zip(head: &[u8]) -> &'static str {
    let has = |word: &str| memchr::memmem::find(head, word.as_bytes()).is_some();
    if has("opendocument.spreadsheet") {
        ODS
    } else if has("opendocument") {
        "a LibreOffice document"
    } else if has("xl/") || has("[Content_Types].xml") && !has("word/") && !has("ppt/") {
        XLSX
    } else if has("word/") {
        "a Word document"
    } else if has("Index/") {
        "a Numbers spreadsheet"
    } else {
        "a zip archive"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_something_else_is_said_by_name() {
        use Expected::{Json, Table};
        for (head, expected, named) in [
            (
                &b"PK\x03\x04\x14\0[Content_Types].xml xl/workbook.xml"[..],
                Json,
                "XLSX",
            ),
            (
                b"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                Json,
                "ODS",
            ),
            (b"PK\x03\x04\x14\0word/document.xml", Table, "Word"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Table, "XLS"),
            (b"%PDF-1.7", Table, "PDF"),
            (b"\x1f\x8b\x08", Table, "gzip"),
            (b"  <!DOCTYPE html><html>", Table, "HTML"),
            (b"\xef\xbb\xbf<table><tr><td>id", Table, "HTML"),
            (b"<?xml version=\"1.0\"?>", Table, "XML"),
            (b"[{\"id\": 1}]", Table, "JSON"),
            (b"{ \"type\": \"FeatureCollection\"", Table, "JSON"),
            (b"id;titre\n1;a\n", Json, "table"),
            (b"<html><body>404", Json, "HTML"),
            (b"id;titre\n", Table, ""),
            (b"[titre],id\n", Table, ""),
            (b"\xef\xbb\xbf[{\"id\": 1}]", Json, ""),
            (b"", Table, ""),
            (b"nonsense", Json, ""),
        ] {
            let told = refuse("x", head, expected)
                .err()
                .map(|error| error.to_string());
            assert_eq!(told.is_some(), !named.is_empty(), "{head:?} {told:?}");
            assert!(told.unwrap_or_default().contains(named), "{head:?}");
        }
    }
}
