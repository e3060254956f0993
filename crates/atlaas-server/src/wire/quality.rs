//! Quality lists: what `Accept`, `Accept-Language` and `Accept-Encoding` say, read in one way (RFC 9110
//! §12.4.2).
//!
//! White space may stand around `;`, `q` and `=`, names are compared without case, a comma in quotes
//! does not part, and a quality that cannot be read is a refusal.

use axum::http::HeaderMap;
use axum::http::header::HeaderName;

/// Most members that are read of one header: browsers send about ten.
const MOST: usize = 50;

/// One member of a list, and how much it is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted<'a> {
    /// Media range, language tag or coding, as it was sent, without its parameters.
    pub name: &'a str,
    /// From 0, which refuses, to 1.
    pub quality: f32,
}

impl Wanted<'_> {
    /// Whether it names this, whatever the case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The members of every header of this name, in order.
pub fn wanted(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = Wanted<'_>> {
    let lists = headers.get_all(name).into_iter();
    lists
        .flat_map(|value| Members(value.to_str().unwrap_or_default()))
        .filter_map(read)
        .take(MOST)
}

fn read(member: &str) -> Option<Wanted<'_>> {
    let mut parts = member.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let quality = parts
        .find_map(|parameter| {
            let (key, value) = parameter.split_once('=')?;
            key.trim_end()
                .eq_ignore_ascii_case("q")
                .then(|| value.trim_start())
        })
        .map_or(1.0, quality);
    Some(Wanted { name, quality })
}

fn quality(text: &str) -> f32 {
    let value = text.parse().unwrap_or(0.0);
    if (0.0..=1.0).contains(&value) {
        value
    } else {
        0.0
    }
}

/// The members of a list: parted by commas, but for those in quotes.
struct Members<'a>(&'a str);

impl<'a> Iterator for Members<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.0.is_empty() {
            return None;
        }
        let (mut quoted, mut escaped) = (false, false);
        let end = self.0.bytes().position(|byte| match byte {
            _ if escaped => {
                escaped = false;
                false
            }
            b'\\' if quoted => {
                escaped = true;
                false
            }
            b'"' => {
                quoted = !quoted;
                false
            }
            byte => byte == b',' && !quoted,
        });
        // A comma is one byte, so both halves stand at borders of characters.
        let (member, rest) = end.map_or((self.0, ""), |at| (&self.0[..at], &self.0[at + 1..]));
        self.0 = rest;
        Some(member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use axum::http::header::ACCEPT;

    fn read_all(lists: &[&'static str]) -> Vec<(String, f32)> {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(ACCEPT, HeaderValue::from_static(list));
        }
        wanted(&headers, ACCEPT)
            .map(|one| (one.name.to_owned(), one.quality))
            .collect()
    }

    #[test]
    fn names_and_qualities_are_read_whatever_the_white_space() {
        for (list, expected) in [
            ("", vec![]),
            (" , ,", vec![]),
            ("gzip", vec![("gzip", 1.0)]),
            ("fr;q=0.5", vec![("fr", 0.5)]),
            ("fr ; q=0.5", vec![("fr", 0.5)]),
            ("fr;\tq = 0.5 ", vec![("fr", 0.5)]),
            ("fr;Q=0.5", vec![("fr", 0.5)]),
            ("text/csv;header=present;q=0.2;x=1", vec![("text/csv", 0.2)]),
            ("a;title=\"x,y\";q=0.1,b", vec![("a", 0.1), ("b", 1.0)]),
            ("a;t=\"\\\",\";q=0.3 , b", vec![("a", 0.3), ("b", 1.0)]),
            (
                "a;q=2, b;q=x, c;q=-1, d;q=NaN, e;q=",
                vec![("a", 0.0), ("b", 0.0), ("c", 0.0), ("d", 0.0), ("e", 0.0)],
            ),
            ("a;quality=0.5", vec![("a", 1.0)]),
            (";q=1", vec![]),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(n, q)| (n.to_owned(), q))
                .collect();
            assert_eq!(read_all(&[list]), expected, "{list:?}");
        }
    }

    #[test]
    fn several_headers_are_one_list_and_a_long_one_is_cut() {
        assert_eq!(
            read_all(&["a", "b;q=0"]),
            [("a".into(), 1.0), ("b".into(), 0.0)]
        );
        let long: &'static str = Box::leak("a,".repeat(10_000).into_boxed_str());
        assert_eq!(read_all(&[long]).len(), MOST);
    }
}
