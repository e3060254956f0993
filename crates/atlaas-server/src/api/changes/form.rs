//! The forms of the changes: each by its extension, by `f=`, or by `Accept`; a page for those who want one.

use crate::api::changes::document::{ChangesDocument, LIST};
use crate::api::changes::{atom, json_feed, told};
use crate::call::request::Call;
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::wire::media::{HTML, JSON};
use crate::wire::offered::{self, Offered};
use crate::words::message::Message;
use std::io;

/// A form that the changes can take.
pub struct ChangesForm {
    /// Value of `f=`, and extension of the address.
    pub name: &'static str,
    /// What an answer in it is, in French, as its address is described.
    pub about: &'static str,
    /// Media type as it is sent.
    pub media: &'static str,
    /// Other values of `f=` that mean it.
    spellings: &'static [&'static str],
    /// Media types by which it is asked for as well.
    aliases: &'static [&'static str],
    /// Writes it.
    pub write: fn(&ChangesDocument<'_>) -> io::Result<Vec<u8>>,
}

/// JSON of our own shape.
const PLAIN: ChangesForm = ChangesForm {
    name: "json",
    about: "Ce qui est venu, a changé, est parti",
    media: JSON,
    spellings: &[],
    aliases: &[],
    write: told::write,
};
/// For readers of feeds.
const ATOM: ChangesForm = ChangesForm {
    name: "atom",
    about: "Le flux de ce qui est venu, a changé, est parti",
    media: "application/atom+xml; charset=utf-8",
    spellings: &["xml", "rss"],
    aliases: &["application/xml"],
    write: atom::write,
};
/// For readers of feeds, in JSON.
const JSON_FEED: ChangesForm = ChangesForm {
    name: "jsonfeed",
    about: "Le même flux en JSON Feed 1.1",
    media: "application/feed+json",
    spellings: &["feed"],
    aliases: &[],
    write: json_feed::write,
};

/// Every form, the default first.
pub static ALL: [ChangesForm; 3] = [PLAIN, ATOM, JSON_FEED];

/// As `f=` takes them.
pub const NAMES: [&str; 4] = ["json", "atom", "jsonfeed", "html"];

/// The form that a request asks for: its extension, else `f=`, else the best of `Accept`; `None` is the page.
pub fn choose(call: &Call) -> Result<Option<&'static ChangesForm>, ApiError> {
    let extension = call.path.strip_prefix(LIST);
    let extension = extension.and_then(|rest| rest.strip_prefix('.'));
    if let Some(form) = extension.and_then(named) {
        return Ok(Some(form));
    }
    let given = call.parameter("f").map(str::trim).unwrap_or_default();
    match given.to_ascii_lowercase().as_str() {
        "" => accepted(call),
        "html" => Ok(None),
        name => named(name).map(Some).ok_or_else(|| {
            let mistake = Refusal::new("f", name, Message::new("mistake-format"));
            ApiError::parameters(vec![mistake.allowed(name, NAMES)])
        }),
    }
}

fn named(name: &str) -> Option<&'static ChangesForm> {
    let mut forms = ALL.iter();
    forms.find(|form| form.name == name || form.spellings.contains(&name))
}

fn accepted(call: &Call) -> Result<Option<&'static ChangesForm>, ApiError> {
    let page = Offered {
        media: HTML,
        aliases: &[],
    };
    let forms = || {
        let forms = ALL.iter().map(|form| Offered {
            media: form.media,
            aliases: form.aliases,
        });
        forms.chain([page])
    };
    let best = offered::best(&call.headers, forms());
    best.map(|rank| ALL.get(rank)).ok_or_else(|| {
        let media: Vec<&str> = forms().map(|form| offered::bare(form.media)).collect();
        let offered = media.join(", ");
        ApiError::not_acceptable(Message::new("error-no-format").with("offered", offered))
    })
}
