//! Forms with files (`multipart/form-data`, RFC 7578), cut out of bytes that are all here.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use memchr::memmem;

/// Most parts of one form.
const MOST_PARTS: usize = 500;
/// Longest head of a part, bytes.
const LONGEST_HEAD: usize = 8 * 1024;

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Name of the file, when it is one.
    pub file_name: Option<String>,
    /// What it holds.
    pub body: Bytes,
}

/// The fields of a form; none when the bytes are no such form.
pub fn parts(headers: &HeaderMap, body: &Bytes) -> Option<Vec<Part>> {
    let boundary = boundary(headers.get(CONTENT_TYPE)?.to_str().ok()?)?;
    let line = format!("--{boundary}");
    let mut start = memmem::find(body, line.as_bytes())? + line.len();
    let between = format!("\r\n{line}");
    let finder = memmem::Finder::new(between.as_bytes());
    let mut parts = Vec::new();
    while body.get(start..start + 2)? == b"\r\n" {
        let length = finder.find(&body[start..])?;
        // The line end before the head belongs to the boundary.
        parts.push(part(
            &body.slice(start + 2..(start + length).max(start + 2)),
        )?);
        if parts.len() > MOST_PARTS {
            return None;
        }
        start += length + between.len();
    }
    (body.get(start..start + 2)? == b"--").then_some(parts)
}

fn boundary(content_type: &str) -> Option<String> {
    let (media, parameters) = content_type.split_once(';')?;
    if !media.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

fn part(bytes: &Bytes) -> Option<Part> {
    let (head, body) = if bytes.starts_with(b"\r\n") {
        (0, 2)
    } else {
        let end = memmem::find(&bytes[..bytes.len().min(LONGEST_HEAD)], b"\r\n\r\n")?;
        (end, end + 4)
    };
    let head = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let own = name.trim().eq_ignore_ascii_case("content-disposition");
        own.then_some(value)
    })?;
    Some(Part {
        name: parameter(disposition, "name")?,
        file_name: parameter(disposition, "filename"),
        body: bytes.slice(body..),
    })
}

/// The value of a parameter of a header: a token, or quoted.
fn parameter(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let at = rest.find('=')?;
        let key = rest[..at].rsplit(';').next().unwrap_or_default().trim();
        let found = key.eq_ignore_ascii_case(name);
        let value = rest[at + 1..].trim_start();
        let (value, after) = if let Some(quoted) = value.strip_prefix('"') {
            let end = quoted.find('"')?;
            (&quoted[..end], &quoted[end + 1..])
        } else {
            let end = value.find(';').unwrap_or(value.len());
            (value[..end].trim(), &value[end..])
        };
        if found {
            return Some(value.to_owned());
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn read(
        content_type: &'static str,
        body: &'static str,
    ) -> Option<Vec<(String, Option<String>, String)>> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        let parts = parts(&headers, &Bytes::from_static(body.as_bytes()))?;
        let told = parts.into_iter().map(|part| {
            let body = String::from_utf8(part.body.to_vec()).unwrap();
            (part.name, part.file_name, body)
        });
        Some(told.collect())
    }

    #[test]
    fn fields_and_files_are_cut_out() {
        const FORM: &str = "multipart/form-data; boundary=x";
        let body = "before\r\n--x\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a;b.csv\"\r\n\
            Content-Type: text/csv\r\n\r\na,b\r\n--y\r\n\r\n--x\r\ncontent-disposition: form-data; name=columns\r\n\r\n\
            \r\n--x--\r\n";
        let parts = read(FORM, body).unwrap();
        let (data, columns) = (&parts[0], &parts[1]);
        assert_eq!(
            (data.0.as_str(), data.1.as_deref(), data.2.as_str()),
            ("data", Some("a;b.csv"), "a,b\r\n--y\r\n")
        );
        assert_eq!((columns.0.as_str(), columns.2.as_str()), ("columns", ""));
        assert_eq!(
            read(
                "multipart/form-data; charset=utf-8; boundary=\"x\"",
                "--x--"
            )
            .unwrap(),
            []
        );
        for (media, body) in [
            ("text/csv", body),
            ("multipart/form-data", body),
            ("multipart/form-data; boundary=", body),
            (FORM, ""),
            (FORM, "--x"),
            (FORM, "--x\r\n"),
            (FORM, "--x\r\n\r\n--x--"),
            (
                FORM,
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nunfinished",
            ),
            (
                FORM,
                "--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n--x--",
            ),
        ] {
            assert!(read(media, body).is_none(), "{media}: {body}");
        }
    }
}
