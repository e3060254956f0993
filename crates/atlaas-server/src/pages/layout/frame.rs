//! What every page shares: language, addresses, title, the snapshot it tells about.

use crate::call::request::Call;
use crate::pages::layout::address::mapped;
use crate::pages::layout::assets;
use crate::pages::layout::policy::Policy;
use crate::words::language::Language;
use crate::words::message::Message;
use std::fmt::Write as _;

/// The frame around a view.
pub struct Frame {
    /// Language.
    pub lang: Language,
    /// Path prefix of the service, without a slash at the end.
    pub prefix: String,
    /// Scheme, host and prefix, for addresses that leave the page.
    pub base: String,
    /// Title.
    pub title: String,
    /// One sentence for search engines and cards.
    pub description: String,
    /// Path and query of the address that stands for this page.
    pub canonical: String,
    /// Query of the still picture that stands for this page.
    pub picture: String,
    /// Name of the script that enriches it.
    pub script: &'static str,
    /// Linked data, safe inside a `script` element.
    pub json_ld: String,
    /// Whether the data is made up.
    pub demonstration: bool,
    /// Day of the snapshot, `2026-11-22`.
    pub day: String,
    /// The same as people write it.
    pub date: String,
    /// Name of the snapshot.
    pub snapshot: String,
    /// That the snapshot is not the current one; empty when it is.
    pub older: String,
    /// This page of the current snapshot.
    pub current: String,
    /// What the page may load, and who may frame it.
    pub policy: Policy,
    /// Whether the address says the language: then its links say it too.
    pub explicit_lang: bool,
    here: String,
}

impl Frame {
    /// The frame of an answer, to be given a title.
    pub fn new(call: &Call) -> Self {
        let manifest = call.snapshot.manifest();
        let lang = call.language();
        let day: String = manifest.cree.chars().take(10).collect();
        let date = day
            .parse()
            .map_or_else(|_| day.clone(), |date| lang.date(date));
        Self {
            lang,
            prefix: prefix_of(&call.base).to_owned(),
            base: call.base.clone(),
            title: "Atlaas".to_owned(),
            description: String::new(),
            canonical: call.path.clone(),
            picture: String::new(),
            script: "",
            json_ld: String::new(),
            demonstration: manifest.is_demonstration(),
            day,
            date: date.clone(),
            snapshot: manifest.id.clone(),
            older: older(call, lang, &date),
            current: format!("{}{}", prefix_of(&call.base), here(call, &["v"])),
            policy: Policy::OURS,
            explicit_lang: matches!(call.parameter("lang"), Some("fr" | "en")),
            here: here(call, &["lang"]),
        }
    }

    /// Gives the page its title and the sentence that describes it.
    pub fn entitle(&mut self, title: &str, description: &str) {
        title.clone_into(&mut self.title);
        description.clone_into(&mut self.description);
    }

    /// The address of a view, with its query, in the language of the page.
    pub fn to(&self, path: &str, query: &str) -> String {
        let mut out = format!("{}{path}", self.prefix);
        let mut mark = '?';
        if !query.is_empty() {
            out.push(mark);
            out.push_str(query);
            mark = '&';
        }
        if self.explicit_lang {
            let _ = write!(out, "{mark}lang={}", self.lang.tag());
        }
        out
    }

    /// The explorer under a query.
    pub fn explorer(&self, query: &str) -> String {
        self.to("/", query)
    }

    /// A machine-readable form: the language does not matter.
    pub fn data(&self, path: &str, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{path}{mark}{query}", self.prefix)
    }

    /// The same for outside of the page.
    pub fn absolute(&self, path: &str, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{path}{mark}{query}", self.base)
    }

    /// This page in the other language.
    pub fn other_language(&self) -> String {
        let other = self.lang.other().tag();
        let mark = if self.here.contains('?') { '&' } else { '?' };
        format!("{}{}{mark}lang={other}", self.prefix, self.here)
    }

    /// The style sheet; empty when it was not built.
    pub fn sheet(&self) -> String {
        assets::address("atlaas.css")
            .map(|path| format!("{}{path}", self.prefix))
            .unwrap_or_default()
    }

    /// The script that enriches the page; empty when it was not built or none is wanted.
    pub fn script_address(&self) -> String {
        assets::address(self.script)
            .map(|path| format!("{}{path}", self.prefix))
            .unwrap_or_default()
    }

    /// The oEmbed document of this page; empty for a page that is no map.
    pub fn oembed(&self) -> String {
        let path = self.canonical.split('?').next().unwrap_or_default();
        if mapped(path).is_none() {
            return String::new();
        }
        let url =
            percent_encoding::utf8_percent_encode(&self.absolute(&self.canonical, ""), ENCODED)
                .to_string();
        format!("{}/oembed?url={url}", self.base)
    }
}

/// Everything but the characters that are the same in every part of a URL.
pub const ENCODED: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// JSON that cannot end the `script` element which holds it.
pub fn inert_json(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// The path part of the public address.
fn prefix_of(base: &str) -> &str {
    let host = base.split_once("://").map_or(base, |(_, rest)| rest);
    host.find('/').map_or("", |slash| &host[slash..])
}

/// That an answer is of a snapshot before the current one.
fn older(call: &Call, lang: Language, date: &str) -> String {
    if call.app.snapshot().id() == call.snapshot.id() {
        return String::new();
    }
    lang.tell(&Message::new("layout-older").with("date", date))
}

/// Path and query of the request, without some parameters.
fn here(call: &Call, without: &[&str]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in call
        .pairs
        .iter()
        .filter(|(name, value)| !without.contains(&name.as_str()) && !value.is_empty())
    {
        query.append_pair(name, value);
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{mark}{query}", call.path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_what_follows_the_host() {
        for (base, prefix) in [
            ("", ""),
            ("http://x:1", ""),
            ("https://x/atlaas", "/atlaas"),
            ("https://x/a/b", "/a/b"),
        ] {
            assert_eq!(prefix_of(base), prefix, "{base}");
        }
    }

    #[test]
    fn json_cannot_leave_its_element() {
        let json = inert_json(&serde_json::json!({ "a": "</script><!--" }));
        assert!(!json.contains('<'));
    }
}
