//! What of an address was ignored, and the header that says so: callers of the national APIs send
//! parameters that we do not have, and are answered as those APIs answer, but not in silence.
//!
//! `atlaas-parametres-ignores: codepostal,fields=inconnu`, percent-encoded but for the sign between a
//! name and a value.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The header.
pub const IGNORED: HeaderName = HeaderName::from_static("atlaas-parametres-ignores");
/// Names that are told at most.
const MOST: usize = 20;
/// Longest name that is told whole, characters.
const LONGEST: usize = 60;

/// Names of what was ignored, in the order of the address.
#[derive(Debug, Default)]
pub struct Ignored {
    names: Vec<String>,
}

impl Ignored {
    /// A parameter that is not known.
    pub fn name(&mut self, name: &str) {
        self.note(written(name));
    }

    /// A value that a known parameter does not have.
    pub fn value(&mut self, name: &str, value: &str) {
        self.note(format!("{}={}", written(name), written(value)));
    }

    fn note(&mut self, name: String) {
        if self.names.len() < MOST && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// Says it on an answer; nothing when nothing was ignored.
    #[must_use]
    pub fn say(&self, mut response: Response) -> Response {
        if self.names.is_empty() {
            return response;
        }
        // Percent-encoded: always a header value.
        if let Ok(value) = HeaderValue::try_from(self.names.join(",")) {
            response.headers_mut().insert(IGNORED, value);
        }
        response
    }
}

fn written(text: &str) -> String {
    let text: String = text.chars().take(LONGEST).collect();
    utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_is_named_once_and_never_breaks_the_header() {
        let mut ignored = Ignored::default();
        assert!(ignored.say(Response::default()).headers().is_empty());
        for name in ["codepostal", "codepostal", "é,\r\nx: 1", ""] {
            ignored.name(name);
        }
        ignored.value("fields", "inconnu");
        for extra in 0..100 {
            ignored.name(&format!("p{extra}"));
        }
        let response = ignored.say(Response::default());
        let said = response.headers()[IGNORED].to_str().unwrap();
        assert!(
            said.starts_with("codepostal,%C3%A9%2C%0D%0Ax%3A%201,,fields=inconnu,p0,"),
            "{said}"
        );
        assert_eq!(said.split(',').count(), MOST);
    }
}
