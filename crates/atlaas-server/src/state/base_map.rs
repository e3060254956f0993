//! The operator's base map: raster tiles under ours, only when a setting names them.
//!
//! Its origin is the one stranger that a page may load pictures from, so the address is checked
//! before it enters a Content-Security-Policy.

use serde::Deserialize;

/// Deepest zoom of a base map that does not tell.
const USUAL_ZOOM: u8 = 19;
/// Longest attribution, characters.
const LONGEST_ATTRIBUTION: usize = 200;
/// What an address must say.
const PLACEHOLDERS: [&str; 3] = ["{z}", "{x}", "{y}"];

/// `[fond]` in `atlaas.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseMapSettings {
    /// Address of a tile, with `{z}`, `{x}` and `{y}`.
    pub url: String,
    /// Whom the pictures are from: shown on every map.
    pub attribution: String,
    /// Deepest zoom that exists; deeper views show it larger.
    #[serde(default = "usual_zoom")]
    pub max_zoom: u8,
}

const fn usual_zoom() -> u8 {
    USUAL_ZOOM
}

/// Raster tiles under ours, checked.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "BaseMapSettings")]
pub struct BaseMap {
    url: String,
    attribution: String,
    max_zoom: u8,
    origin: String,
}

/// Why a setting is no base map.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseMapError {
    /// Another scheme, no host, or characters that have no place in an address.
    #[error(
        "[fond] url {0:?} must start with https://, http:// or / and be a plain address (no space, quote, comma, user or port name)"
    )]
    Address(String),
    /// Without these no tile can be asked for.
    #[error("[fond] url must hold {{z}}, {{x}} and {{y}}, and no other {{…}}: got {0:?}")]
    Placeholders(String),
    /// Nobody is thanked, or at too great a length.
    #[error("[fond] attribution must name whom the base map is from, in 1 to 200 characters")]
    Attribution,
    /// Beyond what maps show.
    #[error("[fond] max_zoom must lie between 1 and 22: got {0}")]
    Zoom(u8),
}

impl TryFrom<BaseMapSettings> for BaseMap {
    type Error = BaseMapError;

    fn try_from(settings: BaseMapSettings) -> Result<Self, BaseMapError> {
        let url = settings.url.trim().to_owned();
        let origin = origin(&url).ok_or_else(|| BaseMapError::Address(url.clone()))?;
        let mut rest = url.clone();
        for placeholder in PLACEHOLDERS {
            if rest.matches(placeholder).count() != 1 {
                return Err(BaseMapError::Placeholders(url));
            }
            rest = rest.replace(placeholder, "");
        }
        if rest.contains(['{', '}']) {
            return Err(BaseMapError::Placeholders(url));
        }
        let attribution = settings.attribution.trim().to_owned();
        if attribution.is_empty() || attribution.chars().count() > LONGEST_ATTRIBUTION {
            return Err(BaseMapError::Attribution);
        }
        if !(1..=22).contains(&settings.max_zoom) {
            return Err(BaseMapError::Zoom(settings.max_zoom));
        }
        Ok(Self {
            url,
            attribution,
            max_zoom: settings.max_zoom,
            origin,
        })
    }
}

impl BaseMap {
    /// Address of a tile, with `{z}`, `{x}` and `{y}`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whom the pictures are from, as plain text.
    pub fn attribution(&self) -> &str {
        &self.attribution
    }

    /// Deepest zoom that exists.
    pub const fn max_zoom(&self) -> u8 {
        self.max_zoom
    }

    /// Scheme, host and port; empty when it is served from where we are.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// The origin of an address; empty for one on our own host, `None` for what is no plain address.
fn origin(url: &str) -> Option<String> {
    let plain = |character: char| {
        character.is_ascii_graphic()
            && !matches!(character, '"' | '\'' | '<' | '>' | ';' | ',' | '\\')
    };
    if !url.chars().all(plain) {
        return None;
    }
    if url.starts_with('/') && !url.starts_with("//") {
        return Some(String::new());
    }
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next().unwrap_or_default();
    let named = host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'));
    (matches!(scheme, "http" | "https") && named && host.len() < rest.len())
        .then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(url: &str, attribution: &str, max_zoom: u8) -> Result<BaseMap, BaseMapError> {
        BaseMap::try_from(BaseMapSettings {
            url: url.to_owned(),
            attribution: attribution.to_owned(),
            max_zoom,
        })
    }

    #[test]
    fn an_address_gives_the_one_origin_that_pages_may_load_from() {
        for (url, origin) in [
            (
                "https://t.example.fr/{z}/{x}/{y}.png",
                "https://t.example.fr",
            ),
            (
                "http://127.0.0.1:8081/a?m={z}&r={y}&c={x}",
                "http://127.0.0.1:8081",
            ),
            ("/fond/{z}/{x}/{y}.png", ""),
        ] {
            assert_eq!(checked(url, "IGN", 18).unwrap().origin(), origin, "{url}");
        }
    }

    #[test]
    fn what_could_widen_the_policy_or_ask_for_nothing_is_refused() {
        for url in [
            "ftp://x.fr/{z}/{x}/{y}",
            "//x.fr/{z}/{x}/{y}",
            "https://x.fr; script-src */{z}/{x}/{y}",
            "https://u:p@x.fr/{z}/{x}/{y}",
            "https://*.x.fr/{z}/{x}/{y}",
            "https://x.fr",
            "",
        ] {
            let refused = checked(url, "IGN", 18).unwrap_err();
            assert!(
                matches!(refused, BaseMapError::Address(_)),
                "{url}: {refused}"
            );
        }
        for url in [
            "https://x.fr/{z}/{x}.png",
            "https://x.fr/{s}/{z}/{x}/{y}",
            "https://x.fr/{z}{z}/{x}/{y}",
        ] {
            let refused = checked(url, "IGN", 18).unwrap_err();
            assert!(
                matches!(refused, BaseMapError::Placeholders(_)),
                "{url}: {refused}"
            );
        }
        let url = "https://x.fr/{z}/{x}/{y}";
        assert_eq!(checked(url, " ", 18), Err(BaseMapError::Attribution));
        assert_eq!(checked(url, "IGN", 0), Err(BaseMapError::Zoom(0)));
    }
}
