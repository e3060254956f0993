//! The changes as a JSON Feed 1.1. It has no tombstones: a fiche that went is an item that says so, in its text and
//! in `_atlaas`, under the id of those that came before it.

use crate::api::changes::document::{ChangesDocument, ToldChange};
use crate::formats::atom::tag;
use atlaas_engine::ChangeKind;
use serde::Serialize;
use std::io;
use utoipa::ToSchema;

/// What the form calls itself.
const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// A feed.
#[derive(Serialize, ToSchema)]
#[schema(as = FluxJson)]
pub struct JsonFeed<'a> {
    version: &'static str,
    title: String,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<&'a str>,
    language: &'static str,
    authors: [Author; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FluxJsonAuteur)]
struct Author {
    name: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FluxJsonConcentrateur)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FluxJsonEntree)]
struct Item<'a> {
    id: String,
    url: String,
    title: &'a str,
    content_text: String,
    date_modified: &'a str,
    tags: [&'static str; 2],
    #[serde(rename = "_atlaas")]
    own: Own<'a>,
}

/// What only this service tells.
#[derive(Serialize, ToSchema)]
#[schema(as = FluxJsonAtlaas)]
struct Own<'a> {
    about: String,
    changement: ChangeKind,
    fiche: &'a str,
    instantane: &'a str,
    champs: &'a [String],
}

/// Writes it.
pub fn write(document: &ChangesDocument<'_>) -> io::Result<Vec<u8>> {
    let hub = document.to.hub.map(|url| Hub {
        kind: "WebSub",
        url,
    });
    let feed = JsonFeed {
        version: VERSION,
        title: document.title(),
        home_page_url: document.link("alternate").unwrap_or_default(),
        feed_url: document.link("self").unwrap_or_default(),
        next_url: document.link("next"),
        language: document.to.language.tag(),
        authors: [Author { name: "Atlaas" }],
        hubs: hub.into_iter().collect(),
        items: document
            .changes
            .iter()
            .map(|one| item(document, one))
            .collect(),
    };
    serde_json::to_vec(&feed).map_err(io::Error::other)
}

fn item<'a>(document: &ChangesDocument<'_>, told: &'a ToldChange<'a>) -> Item<'a> {
    let fiche = &told.change.fiche;
    Item {
        id: tag(document.to.base, fiche.id.as_str()),
        url: format!("{}/fiche/{}", document.to.base, fiche.id),
        title: &fiche.nom,
        content_text: told.summary(document.to.language),
        date_modified: &told.run.moment,
        tags: [told.genre.as_str(), fiche.kind.as_str()],
        own: Own {
            about: format!("{}/docs", document.to.base),
            changement: told.genre,
            fiche: fiche.id.as_str(),
            instantane: &told.run.instantane,
            champs: &told.change.champs,
        },
    }
}
