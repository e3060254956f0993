//! What a proxy of ours says of a request: `X-Forwarded-For`, `-Host`, `-Proto`, `-Prefix`, or the
//! standard `Forwarded` (RFC 7239) when there is none of those.
//!
//! Of a list the last counts, which the proxy next to us wrote itself: whatever is before it may have come
//! from anyone. A proxy must set these headers or remove them; the two families are not mixed, so that a
//! client cannot add what a proxy left out by the other one.

use crate::clients::host::is_host;
use crate::clients::trusted::TrustedProxies;
use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

const FAMILY: [&str; 4] = [
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-prefix",
];
/// Elements of a list that are looked at.
const MOST: usize = 50;

/// Scheme, host and path prefix that the client asked for; `None` when the proxy names no sound host.
pub fn address(headers: &HeaderMap) -> Option<String> {
    let (host, proto, prefix) = if is_of_the_family(headers) {
        let last = |name| elements(headers, name).next_back();
        (last(FAMILY[1]), last(FAMILY[2]), last(FAMILY[3]))
    } else {
        let element = elements(headers, "forwarded").next_back()?;
        (
            directive(element, "host"),
            directive(element, "proto"),
            None,
        )
    };
    let host = host.filter(|host| is_host(host))?;
    let secure = proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https"));
    let scheme = if secure { "https" } else { "http" };
    let prefix = prefix.and_then(sound_prefix).unwrap_or_default();
    Some(format!("{scheme}://{host}{prefix}"))
}

/// The client: the last address that is none of our proxies.
pub fn client(headers: &HeaderMap, proxies: &TrustedProxies) -> Option<IpAddr> {
    let chain: Vec<IpAddr> = if is_of_the_family(headers) {
        elements(headers, FAMILY[0]).map_while_back(ip)
    } else {
        elements(headers, "forwarded").map_while_back(|element| ip(directive(element, "for")?))
    };
    let foreign = chain.iter().find(|address| !proxies.trusts(**address));
    foreign.or(chain.last()).copied()
}

fn is_of_the_family(headers: &HeaderMap) -> bool {
    FAMILY.iter().any(|name| headers.contains_key(*name))
}

/// Elements of a list header, all its lines together, in order.
fn elements<'a>(headers: &'a HeaderMap, name: &str) -> Elements<'a> {
    let lines = headers.get_all(name).iter();
    let split = lines.flat_map(|line| line.to_str().unwrap_or_default().split(','));
    let mut all: Vec<&str> = split
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    let first = all.len().saturating_sub(MOST);
    Elements(all.split_off(first))
}

struct Elements<'a>(Vec<&'a str>);

impl<'a> Elements<'a> {
    fn next_back(&self) -> Option<&'a str> {
        self.0.last().copied()
    }

    /// From the last one back, as far as each can be read: behind one that cannot nothing is known.
    fn map_while_back<T>(&self, read: impl Fn(&'a str) -> Option<T>) -> Vec<T> {
        self.0.iter().rev().map_while(|text| read(text)).collect()
    }
}

/// A directive of one element of `Forwarded`, without its quotes.
fn directive<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
    let value = named.next()?.1.trim();
    Some(value.trim_matches('"')).filter(|value| !value.is_empty())
}

/// An address with or without a port, IPv6 in brackets or not.
fn ip(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(text).parse::<IpAddr>().ok();
    let with_port = || Some(text.parse::<SocketAddr>().ok()?.ip());
    address
        .or_else(with_port)
        .map(|address| address.to_canonical())
}

/// A path below which the service lies for the client, without a slash at its end; empty for none.
/// `//elsewhere`, `/..` and whatever else could lead out of the host is refused.
fn sound_prefix(prefix: &str) -> Option<&str> {
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    if prefix.is_empty() {
        return Some(prefix);
    }
    let character = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let segment = |segment: &str| {
        !segment.is_empty() && segment.bytes().all(character) && segment != "." && segment != ".."
    };
    prefix
        .strip_prefix('/')?
        .split('/')
        .all(segment)
        .then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn the_last_of_each_list_counts() {
        for (sent, expected) in [
            (
                &[("x-forwarded-host", "evil.example, a.example")][..],
                Some("http://a.example"),
            ),
            (
                &[
                    ("x-forwarded-host", "evil.example"),
                    ("x-forwarded-host", "a.example"),
                ],
                Some("http://a.example"),
            ),
            (
                &[
                    ("x-forwarded-host", "a.example"),
                    ("x-forwarded-proto", "http, HTTPS"),
                ],
                Some("https://a.example"),
            ),
            (&[("x-forwarded-proto", "https")], None),
            (&[("x-forwarded-host", "a.example, ..")], None),
            (
                &[(
                    "forwarded",
                    "host=evil.example, for=192.0.2.1;host=\"a.example:8443\";proto=https",
                )],
                Some("https://a.example:8443"),
            ),
            (&[("forwarded", "for=192.0.2.1")], None),
            // A client may send what its proxy does not know.
            (
                &[
                    ("forwarded", "host=evil.example"),
                    ("x-forwarded-for", "192.0.2.1"),
                ],
                None,
            ),
            (&[], None),
        ] {
            assert_eq!(address(&headers(sent)).as_deref(), expected, "{sent:?}");
        }
    }

    #[test]
    fn a_prefix_that_leads_elsewhere_is_refused() {
        for (prefix, expected) in [
            ("/carte", "http://a/carte"),
            ("/a/b-c_d.e~f/", "http://a/a/b-c_d.e~f"),
            ("/", "http://a"),
            ("//evil.example", "http://a"),
            ("/a//b", "http://a"),
            ("/../x", "http://a"),
            ("/a/..", "http://a"),
            ("/a/./b", "http://a"),
            ("evil.example", "http://a"),
            ("/\\evil.example", "http://a"),
            ("/a?b", "http://a"),
            ("/a@b", "http://a"),
            ("https://evil.example", "http://a"),
        ] {
            let sent = headers(&[("x-forwarded-host", "a"), ("x-forwarded-prefix", prefix)]);
            assert_eq!(address(&sent).as_deref(), Some(expected), "{prefix}");
        }
    }

    #[test]
    fn the_client_is_the_last_who_is_none_of_our_proxies() {
        let proxies = TrustedProxies::parse(&["10.0.0.0/8"]).unwrap();
        for (sent, expected) in [
            (
                &[("x-forwarded-for", "6.6.6.6, 192.0.2.9")][..],
                Some("192.0.2.9"),
            ),
            (
                &[("x-forwarded-for", "6.6.6.6, 192.0.2.9, 10.0.0.2")],
                Some("192.0.2.9"),
            ),
            (
                &[("x-forwarded-for", "10.0.0.3, 10.0.0.2")],
                Some("10.0.0.3"),
            ),
            (&[("x-forwarded-for", "192.0.2.9:4711")], Some("192.0.2.9")),
            (&[("x-forwarded-for", "192.0.2.1, nonsense")], None),
            (
                &[("forwarded", "for=6.6.6.6, for=\"[2001:db8::1]:80\"")],
                Some("2001:db8::1"),
            ),
            (
                &[("forwarded", "for=\"[2001:db8::1]\"")],
                Some("2001:db8::1"),
            ),
            (&[("forwarded", "for=_hidden")], None),
            (&[], None),
        ] {
            let found = client(&headers(sent), &proxies).map(|ip| ip.to_string());
            assert_eq!(found.as_deref(), expected, "{sent:?}");
        }
    }
}
