//! The public address of the service, for every absolute URL that an answer contains.
//!
//! From the setting when there is one; else from what a proxy of ours forwards; else from `Host`, which
//! anyone may choose: then the answer is for whoever asked alone, and no cache may share it.

use crate::clients::host::is_host;
use crate::clients::trusted::TrustedProxies;
use crate::clients::{address, forwarded};
use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{Extensions, HeaderMap, Uri};
use std::net::IpAddr;

/// How to know the public address.
#[derive(Clone, Debug, Default)]
pub struct PublicAddress {
    /// Scheme, host and path prefix, without a slash at the end.
    configured: Option<String>,
    /// Whose forwarded headers are believed; nobody's unless the operator says so.
    proxies: TrustedProxies,
}

/// Why a setting is not a public address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("public_url {0:?} must start with http:// or https:// and hold no query")]
pub struct PublicAddressError(String);

/// How absolute URLs of one answer begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// Scheme, host and prefix without a slash at the end; empty when the request does not tell, so that
    /// URLs become relative to the host.
    pub url: String,
    /// Whether the client chose it by `Host`.
    pub is_claimed: bool,
}

impl PublicAddress {
    /// Checks the setting. With `trust_forwarded`, a proxy on this machine is believed; others are named
    /// by [`Self::behind`].
    pub fn new(
        configured: Option<&str>,
        trust_forwarded: bool,
    ) -> Result<Self, PublicAddressError> {
        let configured = configured.map(|url| url.trim().trim_end_matches('/').to_owned());
        if let Some(url) = &configured {
            let rest = url
                .strip_prefix("https://")
                .or_else(|| url.strip_prefix("http://"));
            if !rest.is_some_and(is_address) {
                return Err(PublicAddressError(url.clone()));
            }
        }
        let proxies = if trust_forwarded {
            TrustedProxies::this_machine()
        } else {
            TrustedProxies::default()
        };
        Ok(Self {
            configured,
            proxies,
        })
    }

    /// The same behind these proxies, who alone are believed.
    #[must_use]
    pub fn behind(self, proxies: TrustedProxies) -> Self {
        Self { proxies, ..self }
    }

    /// The proxies that are believed.
    pub const fn proxies(&self) -> &TrustedProxies {
        &self.proxies
    }

    /// Whether the operator says what the address is, or which proxy does.
    pub fn is_told(&self) -> bool {
        self.configured.is_some() || !self.proxies.is_empty()
    }

    /// Whether what a request's neighbour forwards is believed. A request without a connection was made
    /// by the program itself.
    fn believes(&self, extensions: &Extensions) -> bool {
        let peer = address::peer(extensions);
        !self.proxies.is_empty() && peer.is_none_or(|peer| self.proxies.trusts(peer))
    }

    /// How absolute URLs in the answer to a request begin.
    pub fn base(&self, headers: &HeaderMap, uri: &Uri, extensions: &Extensions) -> Base {
        if let Some(url) = &self.configured {
            return Base {
                url: url.clone(),
                is_claimed: false,
            };
        }
        if self.believes(extensions)
            && let Some(url) = forwarded::address(headers)
        {
            return Base {
                url,
                is_claimed: false,
            };
        }
        let authority = || Some(uri.authority()?.as_str());
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        let host = host.or_else(authority).filter(|host| is_host(host));
        Base {
            url: host.map_or_else(String::new, |host| format!("http://{host}")),
            is_claimed: host.is_some(),
        }
    }

    /// The client's address: what a believed proxy says, else the peer's; `None` without a connection.
    pub fn client(&self, request: &Request) -> Option<IpAddr> {
        self.client_of(request.headers(), request.extensions())
    }

    /// The same from the parts of a request.
    pub fn client_of(&self, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
        let said = || forwarded::client(headers, &self.proxies);
        let believed = self.believes(extensions);
        let said = believed.then(said).flatten();
        said.or_else(|| address::peer(extensions))
    }
}

/// A host, then a path of plain characters.
fn is_address(rest: &str) -> bool {
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    is_host(host) && path.bytes().all(plain) && !path.split('/').any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::ConnectInfo;
    use std::net::SocketAddr;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn from(peer: [u8; 4]) -> Extensions {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from((peer, 40_000))));
        extensions
    }

    fn base(address: &PublicAddress, sent: &HeaderMap, peer: [u8; 4]) -> Base {
        address.base(sent, &Uri::from_static("/"), &from(peer))
    }

    #[test]
    fn the_setting_wins_over_every_header() {
        let address = PublicAddress::new(Some("https://carte.example.fr/atlaas/"), true).unwrap();
        let sent = headers(&[
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
        ]);
        let base = base(&address, &sent, [127, 0, 0, 1]);
        assert_eq!(base.url, "https://carte.example.fr/atlaas");
        assert!(!base.is_claimed);
    }

    #[test]
    fn forwarded_headers_count_only_when_they_come_from_a_proxy_of_ours() {
        let sent = headers(&[
            ("host", "127.0.0.1:8080"),
            ("x-forwarded-host", "carte.example.fr"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-prefix", "/a/"),
            ("x-forwarded-for", "198.51.100.9"),
        ]);
        let trusting = PublicAddress::new(None, true).unwrap();
        let named = TrustedProxies::parse(&["192.0.2.7"]).unwrap();
        let behind = trusting.clone().behind(named);
        let forwarded = ("https://carte.example.fr/a", false, "198.51.100.9");
        for (address, peer, expected) in [
            (&trusting, [127, 0, 0, 1], forwarded),
            (
                &trusting,
                [192, 0, 2, 7],
                ("http://127.0.0.1:8080", true, "192.0.2.7"),
            ),
            (&behind, [192, 0, 2, 7], forwarded),
            (
                &behind,
                [127, 0, 0, 1],
                ("http://127.0.0.1:8080", true, "127.0.0.1"),
            ),
            (
                &PublicAddress::default(),
                [127, 0, 0, 1],
                ("http://127.0.0.1:8080", true, "127.0.0.1"),
            ),
        ] {
            let base = base(address, &sent, peer);
            let client = address.client_of(&sent, &from(peer)).unwrap().to_string();
            let found = (base.url.as_str(), base.is_claimed, client.as_str());
            assert_eq!(found, expected, "{address:?} {peer:?}");
        }
    }

    #[test]
    fn without_a_connection_the_program_itself_asks() {
        let address = PublicAddress::new(None, true).unwrap();
        let sent = headers(&[("x-forwarded-host", "a.example")]);
        let base = address.base(&sent, &Uri::from_static("/"), &Extensions::new());
        assert_eq!(base.url, "http://a.example");
        assert_eq!(address.client_of(&sent, &Extensions::new()), None);
    }

    #[test]
    fn a_host_that_could_break_out_of_a_url_is_not_used() {
        for host in ["a.example/\"><script>", "[::1", ":", ".."] {
            let sent = headers(&[("host", host)]);
            let base = base(&PublicAddress::default(), &sent, [127, 0, 0, 1]);
            assert_eq!(base, Base::default(), "{host}");
        }
    }

    #[test]
    fn http_2_names_its_host_in_the_address() {
        let uri = Uri::from_static("http://a.example:81/x");
        let base = PublicAddress::default().base(&HeaderMap::new(), &uri, &Extensions::new());
        assert_eq!(base.url, "http://a.example:81");
    }

    #[test]
    fn a_setting_that_is_no_address_is_refused() {
        for url in [
            "carte.example.fr",
            "ftp://x",
            "https://",
            "https://x/?a=b",
            "https://..",
            "https://a/../b",
            "https://[::1",
        ] {
            assert!(PublicAddress::new(Some(url), false).is_err(), "{url}");
        }
        for url in [
            "https://[::1]:8443/a",
            "http://localhost:8080",
            "https://a.fr/b/c/",
        ] {
            assert!(PublicAddress::new(Some(url), false).is_ok(), "{url}");
        }
    }
}
