//! The headers of a page: what it may load, who may frame it, how long it may be kept.

use crate::state::base_map::BaseMap;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

/// Who may show a page in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Our own pages only.
    Ours,
    /// Any site: that is what embeds are for.
    Anybody,
}

/// What a page may do.
#[derive(Clone, Debug)]
pub struct Policy {
    framing: Framing,
    /// The one origin beside ours that pictures may come from; empty for none.
    pictures: String,
}

impl Policy {
    /// Nobody but us frames it, and it loads from us alone.
    pub const OURS: Self = Self {
        framing: Framing::Ours,
        pictures: String::new(),
    };

    /// A page with a live map, which may lie over the operator's base map.
    pub fn with_map(framing: Framing, base_map: Option<&BaseMap>) -> Self {
        let pictures = base_map.map_or("", BaseMap::origin).to_owned();
        Self { framing, pictures }
    }

    /// Puts the headers of a page on an answer.
    pub fn secure(&self, response: &mut Response, language: &'static str) {
        let headers = response.headers_mut();
        // The origin was checked when the settings were read.
        if let Ok(policy) = HeaderValue::try_from(self.content_policy()) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(
            REFERRER_POLICY,
            HeaderValue::from_static("strict-origin-when-cross-origin"),
        );
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language));
        // A page names the scripts of this very build: it is kept, but asked for again each time.
        // One that repeats the host that its client sent is private already.
        let kept = headers.get(CACHE_CONTROL);
        if !kept.is_some_and(|kept| kept.as_bytes().starts_with(b"private")) {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
        }
        headers.insert(
            "permissions-policy",
            HeaderValue::from_static("geolocation=(self), camera=(), microphone=()"),
        );
    }

    fn content_policy(&self) -> String {
        let mark = if self.pictures.is_empty() { "" } else { " " };
        let framing = match self.framing {
            Framing::Ours => {
                "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
            }
            Framing::Anybody => "form-action 'none'; base-uri 'none'; frame-ancestors *",
        };
        format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{mark}{}; \
             connect-src 'self'; {framing}",
            self.pictures
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::base_map::BaseMapSettings;

    #[test]
    fn a_base_map_adds_its_origin_to_pictures_and_nothing_else() {
        let settings = BaseMapSettings {
            url: "https://t.example.fr/{z}/{x}/{y}.png".to_owned(),
            attribution: "IGN".to_owned(),
            max_zoom: 18,
        };
        let map = BaseMap::try_from(settings).unwrap();
        let plain = Policy::with_map(Framing::Anybody, None).content_policy();
        let mapped = Policy::with_map(Framing::Anybody, Some(&map)).content_policy();
        assert_eq!(
            mapped,
            plain.replace(
                "img-src 'self' data:",
                "img-src 'self' data: https://t.example.fr"
            )
        );
        assert!(!plain.contains("http"), "{plain}");
    }
}
