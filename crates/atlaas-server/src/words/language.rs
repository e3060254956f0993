//! The languages of an answer, French first, and texts in both.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// A text in the two languages of the service.
#[derive(Clone, Debug)]
pub struct Bilingual {
    /// French, the default.
    pub fr: String,
    /// English, on request.
    pub en: String,
}

impl Bilingual {
    /// Both texts.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            fr: fr.into(),
            en: en.into(),
        }
    }

    /// The text in one language.
    pub fn pick(&self, language: Language) -> &str {
        match language {
            Language::French => &self.fr,
            Language::English => &self.en,
        }
    }
}

/// Language of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The default.
    French,
    /// When the client prefers it.
    English,
}

impl Language {
    /// The first of French and English in `Accept-Language`, by order then quality; else French.
    pub fn of(headers: &HeaderMap) -> Self {
        let accepted = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let mut best = (0.0, Self::French);
        for range in accepted.unwrap_or_default().split(',').take(20) {
            let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
            let quality = quality.trim().parse::<f32>().unwrap_or(0.0);
            let language = match tag.trim().get(..2).map(str::to_ascii_lowercase).as_deref() {
                Some("fr") => Self::French,
                Some("en") => Self::English,
                _ => continue,
            };
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }

    /// The tag for `Content-Language` and `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// One of two texts.
    pub const fn t<'a>(self, french: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::French => french,
            Self::English => english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_preferred_of_the_two_languages_is_chosen() {
        for (accept, expected) in [
            ("", Language::French),
            ("en", Language::English),
            ("en-GB,en;q=0.9,fr;q=0.8", Language::English),
            ("de,fr;q=0.7,en;q=0.3", Language::French),
            ("de;q=x,*", Language::French),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            assert_eq!(Language::of(&headers), expected, "{accept}");
        }
    }
}
