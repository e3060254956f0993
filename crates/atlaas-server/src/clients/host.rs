//! What is a host: a name or an address, with or without a port (RFC 9110 §7.2, RFC 3986 §3.2.2).

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode, Version};
use std::net::Ipv6Addr;

/// Longest host with its port, bytes.
const LONGEST: usize = 255 + ":65535".len();
/// Longest label of a name, bytes (RFC 1035 §2.3.4).
const LONGEST_LABEL: usize = 63;

/// Whether a text is a host that may stand in an address of ours.
pub fn is_host(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else {
            return false;
        };
        return address.parse::<Ipv6Addr>().is_ok()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (name, port) = text.split_once(':').unwrap_or((text, "80"));
    // One dot at the end is that of the root.
    let labels = name.strip_suffix('.').unwrap_or(name).split('.');
    labels.into_iter().all(is_label) && is_port(port)
}

fn is_label(label: &str) -> bool {
    let character = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=LONGEST_LABEL).contains(&label.len()) && label.bytes().all(character)
}

/// Digits, or none after the colon.
fn is_port(text: &str) -> bool {
    text.is_empty()
        || (text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok())
}

/// The host that a request of HTTP/1.1 must name exactly once, and soundly: 400 otherwise (RFC 9112
/// §3.2). HTTP/2 names it in `:authority`; HTTP/1.0 need not.
pub fn misnamed(request: &Request) -> Option<StatusCode> {
    let sound = match request.version() {
        Version::HTTP_11 => is_named_once(request.headers()),
        Version::HTTP_2 => match request.uri().authority() {
            Some(authority) => is_host(authority.as_str()),
            None => is_named_once(request.headers()),
        },
        _ => !request.headers().contains_key(HOST) || is_named_once(request.headers()),
    };
    (!sound).then_some(StatusCode::BAD_REQUEST)
}

fn is_named_once(headers: &HeaderMap) -> bool {
    let mut named = headers.get_all(HOST).iter();
    let first = named.next().and_then(|host| host.to_str().ok());
    first.is_some_and(is_host) && named.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_hosts_and_what_could_leave_an_address_is_none() {
        for host in [
            "a",
            "a.example",
            "a.example.",
            "A-b.example:8080",
            "my_app:80",
            "a:",
            "127.0.0.1:8080",
            "[::1]",
            "[2001:db8::1]:443",
            "xn--bcher-kva.example",
        ] {
            assert!(is_host(host), "{host}");
        }
        for wrong in [
            "",
            ":",
            ":80",
            ".",
            "..",
            "a..b",
            ".a",
            "[::1",
            "::1",
            "[::1]x",
            "[a]",
            "[]",
            "a:b",
            "a:65536",
            "a:80:80",
            "a/b",
            "a b",
            "a\"",
            "a@b",
            "a,b",
            "é.example",
            "a?b",
            "a#b",
            "a\\b",
            "[::1]:",
            "http://a",
        ] {
            // A colon with nothing behind it is allowed after an address as after a name.
            let allowed = wrong == "[::1]:";
            assert_eq!(is_host(wrong), allowed, "{wrong}");
        }
        assert!(!is_host(&"a".repeat(64)) && !is_host(&"a.".repeat(140)));
    }

    #[test]
    fn http_1_1_names_one_sound_host() {
        let asked = |version, hosts: &[&'static str]| {
            let mut request = Request::builder().version(version).uri("/");
            for host in hosts {
                request = request.header(HOST, *host);
            }
            misnamed(&request.body(axum::body::Body::empty()).unwrap()).is_none()
        };
        assert!(asked(Version::HTTP_11, &["a.example"]));
        for wrong in [&[][..], &["a", "b"], &["a", "a"], &[".."], &[""]] {
            assert!(!asked(Version::HTTP_11, wrong), "{wrong:?}");
        }
        assert!(asked(Version::HTTP_10, &[]));
        assert!(!asked(Version::HTTP_10, &["a", "b"]));
    }
}
