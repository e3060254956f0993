//! Links between the forms and pages of an answer, in bodies and in `Link` headers (RFC 8288).

use axum::http::header::LINK;
use axum::http::{HeaderMap, HeaderValue};
use serde::Serialize;

/// A link to another form or page of an answer.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Lien)]
pub struct Link {
    /// Relation: `self`, `next`, `prev`, `alternate`, `license`…
    pub rel: &'static str,
    /// Absolute URL.
    pub href: String,
    /// Media type behind it; empty where that is not ours to say.
    #[serde(rename = "type", skip_serializing_if = "str::is_empty")]
    pub media: &'static str,
    /// What is behind it, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Link {
    /// A link without a title.
    pub const fn new(rel: &'static str, href: String, media: &'static str) -> Self {
        Self {
            rel,
            href,
            media,
            title: None,
        }
    }

    /// The same with a title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }
}

/// Where the terms of reuse stand.
pub fn license(base: &str) -> Link {
    Link::new("license", format!("{base}/mentions"), "text/html")
}

/// Puts links on an answer, one header each; whatever a header cannot hold is left out.
pub fn apply(links: &[Link], headers: &mut HeaderMap) {
    for link in links {
        // Our URLs are percent-encoded; a host that is not ASCII would be the exception.
        let media = link.media.split(';').next().unwrap_or_default();
        let mut text = format!("<{}>; rel=\"{}\"", link.href, link.rel);
        if !media.is_empty() {
            text += &format!("; type=\"{media}\"");
        }
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.append(LINK, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_link_is_a_header_of_its_own() {
        let links = [
            Link::new("self", "http://x/a?b=1".into(), "text/html; charset=utf-8"),
            Link::new("next", "é\n".into(), "x"),
        ];
        let mut headers = HeaderMap::new();
        apply(&links, &mut headers);
        let values: Vec<_> = headers.get_all(LINK).iter().collect();
        assert_eq!(
            values,
            ["<http://x/a?b=1>; rel=\"self\"; type=\"text/html\""]
        );
    }
}
