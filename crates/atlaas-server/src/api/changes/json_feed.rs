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
    authors: [FeedAuthor; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<FeedHub<'a>>,
    items: Vec<FeedItem<'a>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FluxJsonAuteur)]
struct FeedAuthor {
    name: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FluxJsonConcentrateur)]
struct FeedHub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FluxJsonEntree)]
struct FeedItem<'a> {
    id: String,
    url: String,
    title: &'a str,
    content_text: String,
    date_modified: &'a str,
    tags: [&'static str; 2],
    #[serde(rename = "_atlaas")]
    own: OwnFacts<'a>,
}

/// What only this service tells.
#[derive(Serialize, ToSchema)]
#[schema(as = FluxJsonAtlaas)]
struct OwnFacts<'a> {
    about: String,
    changement: ChangeKind,
    fiche: &'a str,
    instantane: &'a str,
    champs: &'a [String],
}

/// Writes it.
pub fn write(document: &ChangesDocument<'_>) -> io::Result<Vec<u8>> {
    let hub = document.to.hub.map(|url| FeedHub {
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
        authors: [FeedAuthor { name: "Atlaas" }],
        hubs: hub.into_iter().collect(),
        items: document
            .changes
            .iter()
            .map(|one| item(document, one))
            .collect(),
    };
    serde_json::to_vec(&feed).map_err(io::Error::other)
}

fn item<'a>(document: &ChangesDocument<'_>, told: &'a ToldChange<'a>) -> FeedItem<'a> {
    let fiche = &told.change.fiche;
    FeedItem {
        id: tag(document.to.base, fiche.id.as_str()),
        url: format!("{}/fiche/{}", document.to.base, fiche.id),
        title: &fiche.nom,
        content_text: told.summary(document.to.language),
        date_modified: &told.run.moment,
        tags: [told.genre.as_str(), fiche.kind.as_str()],
        own: OwnFacts {
            about: format!("{}/docs", document.to.base),
            changement: told.genre,
            fiche: fiche.id.as_str(),
            instantane: &told.run.instantane,
            champs: &told.change.champs,
        },
    }
}
