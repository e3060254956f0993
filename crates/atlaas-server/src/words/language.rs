//! The languages of an answer, French first, and texts in both.

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
