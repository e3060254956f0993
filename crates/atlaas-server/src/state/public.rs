//! The public address of the service, for every absolute URL that an answer contains.
//!
//! From the setting when there is one; else from forwarded headers when the operator trusts them;
//! else from `Host`. Whatever a client sends is checked before it enters a URL.

use axum::http::HeaderMap;
use axum::http::header::HOST;

/// How to know the public address.
#[derive(Clone, Debug, Default)]
pub struct PublicAddress {
    /// Scheme, host and path prefix, without a slash at the end.
    configured: Option<String>,
    trust_forwarded: bool,
}

/// Why a setting is not a public address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("public_url {0:?} must start with http:// or https:// and hold no query")]
pub struct PublicAddressError(String);

impl PublicAddress {
    /// Checks the setting.
    pub fn new(
        configured: Option<&str>,
        trust_forwarded: bool,
    ) -> Result<Self, PublicAddressError> {
        let configured = configured.map(|url| url.trim().trim_end_matches('/').to_owned());
        if let Some(url) = &configured {
            let rest = url
                .strip_prefix("https://")
                .or_else(|| url.strip_prefix("http://"));
            if !rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_url_character)) {
                return Err(PublicAddressError(url.clone()));
            }
        }
        Ok(Self {
            configured,
            trust_forwarded,
        })
    }

    /// Whether forwarded headers come from our own proxy.
    pub const fn trusts_forwarded(&self) -> bool {
        self.trust_forwarded
    }

    /// Scheme, host and prefix without a slash at the end; empty when the request does not tell, so
    /// that URLs become relative to the host.
    pub fn base(&self, headers: &HeaderMap) -> String {
        if let Some(url) = &self.configured {
            return url.clone();
        }
        let forwarded = |name: &str| {
            let value = headers
                .get(name)
                .filter(|_| self.trust_forwarded)?
                .to_str()
                .ok()?;
            Some(value.split(',').next()?.trim()).filter(|value| !value.is_empty())
        };
        let host = forwarded("x-forwarded-host")
            .or_else(|| headers.get(HOST)?.to_str().ok())
            .filter(|host| host.len() <= 255 && host.chars().all(is_host_character));
        let Some(host) = host else {
            return String::new();
        };
        let scheme = forwarded("x-forwarded-proto")
            .filter(|scheme| *scheme == "https")
            .unwrap_or("http");
        let prefix = forwarded("x-forwarded-prefix")
            .map(|prefix| prefix.trim_end_matches('/'))
            .filter(|prefix| prefix.starts_with('/') && prefix.chars().all(is_url_character))
            .unwrap_or("");
        format!("{scheme}://{host}{prefix}")
    }
}

const fn is_host_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | ':' | '[' | ']')
}

const fn is_url_character(character: char) -> bool {
    is_host_character(character) || matches!(character, '/' | '_' | '~')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn the_setting_wins_over_every_header() {
        let address = PublicAddress::new(Some("https://carte.example.fr/atlaas/"), true).unwrap();
        let sent = headers(&[
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
        ]);
        assert_eq!(address.base(&sent), "https://carte.example.fr/atlaas");
    }

    #[test]
    fn forwarded_headers_count_only_when_trusted() {
        let sent = headers(&[
            ("host", "127.0.0.1:8080"),
            ("x-forwarded-host", "carte.example.fr"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-prefix", "/a/"),
        ]);
        let base = |trust| PublicAddress::new(None, trust).unwrap().base(&sent);
        assert_eq!(base(true), "https://carte.example.fr/a");
        assert_eq!(base(false), "http://127.0.0.1:8080");
    }

    #[test]
    fn a_host_that_could_break_out_of_a_url_is_not_used() {
        let sent = headers(&[("host", "a.example/\"><script>")]);
        assert_eq!(PublicAddress::default().base(&sent), "");
    }

    #[test]
    fn a_setting_that_is_no_address_is_refused() {
        for url in ["carte.example.fr", "ftp://x", "https://", "https://x/?a=b"] {
            assert!(PublicAddress::new(Some(url), false).is_err(), "{url}");
        }
    }
}
