//! Atom feeds (RFC 4287): a query that a reader follows, the newest fiches first.
//!
//! Ids are `tag:` URIs (RFC 4151) made of the public host and the fiche's id: they do not change
//! with the snapshot, the address of the page or the order.

use crate::formats::feature::Feature;
use crate::formats::file_name::heading;
use crate::formats::format::{AnswerPage, Content, ListFormat, Offer};
use crate::formats::xml::element;
use crate::wire::links::Link;
use atlaas_engine::{Query, Sort};

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// A feed, newest first.
pub const FORMAT: ListFormat = ListFormat {
    name: "atom",
    about: "Le flux des fiches les plus récentes",
    example: "type=initiative&enjeu=education",
    media: "application/atom+xml; charset=utf-8",
    spellings: &["xml", "rss"],
    aliases: &["application/xml"],
    offers: &[Offer {
        text: |language| language.say("export-atom"),
        query: "",
    }],
    content: Content::Page { ask: newest, write },
};

/// Entries of a feed unless `limit` says otherwise.
const USUAL_ENTRIES: u32 = 50;

/// Namespace of Atom.
pub const ATOM: &str = "http://www.w3.org/2005/Atom";
/// Namespace of GeoRSS Simple.
const GEORSS: &str = "http://www.georss.org/georss";
/// Year from which the tag URIs hold.
const TAG_YEAR: &str = "2026";

/// Whatever the order of the address, a feed has the newest first, and no facets.
fn newest(query: Query, limit: Option<u32>) -> Query {
    Query {
        sort: Sort::Newest,
        limit: limit.unwrap_or(USUAL_ENTRIES),
        counted: Some(Vec::new()),
        ..query
    }
}

fn write(page: &AnswerPage<'_>) -> io::Result<Vec<u8>> {
    let AnswerPage {
        snapshot,
        base,
        query,
        found,
        links,
    } = page;
    let catalogue = snapshot.catalogue();
    let date = &snapshot.manifest().cree;
    let newest = found
        .answer
        .hits
        .iter()
        .filter_map(|hit| catalogue.fiche(hit.doc).updated)
        .max();
    let updated = newest.map_or_else(|| date.clone(), |day| format!("{day}T00:00:00Z"));
    let head = FeedHead {
        base,
        filter: &query.filter_canonical(),
        title: &heading(snapshot, &found.plan),
        subtitle: &format!("{} fiches, les plus récentes d’abord", found.answer.matched),
        updated: &updated,
        links,
    };
    let urls: Vec<String> = found
        .answer
        .hits
        .iter()
        .map(|hit| format!("{base}/fiche/{}", catalogue.fiche(hit.doc).id))
        .collect();
    let entries = found.answer.hits.iter().zip(&urls).map(|(hit, url)| {
        let fiche = catalogue.fiche(hit.doc);
        let facet = catalogue.schema().colour(fiche.kind);
        let slugs = facet.map_or(&[][..], |facet| fiche.slugs(facet));
        let label = |slug: &str| {
            let name = facet.map(|facet| catalogue.vocabulary().label(facet, slug));
            name.unwrap_or(slug).to_owned()
        };
        FeedEntry {
            id: fiche.id.as_str(),
            title: &fiche.name,
            summary: &fiche.text,
            updated: fiche.updated,
            otherwise: date,
            url,
            categories: slugs
                .iter()
                .map(|slug| (slug.as_str(), label(slug)))
                .collect(),
            coordinates: Feature::new(catalogue, hit.doc, base).coordinates(),
        }
    });
    feed(&head, entries)
}

/// What a feed says of itself.
struct FeedHead<'a> {
    /// Public address of the service.
    base: &'a str,
    /// Canonical filter of the query: part of the feed's id.
    filter: &'a str,
    /// Title.
    title: &'a str,
    /// What the query matches, in words.
    subtitle: &'a str,
    /// RFC 3339; the newest entry, or the snapshot.
    updated: &'a str,
    /// Self, alternate, next.
    links: &'a [Link],
}

/// One fiche of a feed.
struct FeedEntry<'a> {
    /// Id of the fiche.
    id: &'a str,
    /// Title.
    title: &'a str,
    /// Description, plain.
    summary: &'a str,
    /// Last change, if the source tells.
    updated: Option<Date>,
    /// RFC 3339, for fiches whose source tells no date.
    otherwise: &'a str,
    /// Page of the fiche.
    url: &'a str,
    /// `(term, label)`.
    categories: Vec<(&'a str, String)>,
    /// Longitude, latitude.
    coordinates: Option<[f64; 2]>,
}

/// Writes a whole feed.
fn feed<'a>(
    head: &FeedHead<'_>,
    entries: impl Iterator<Item = FeedEntry<'a>>,
) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::with_capacity(16 * 1024));
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut root = BytesStart::new("feed");
    root.push_attribute(("xmlns", ATOM));
    root.push_attribute(("xmlns:georss", GEORSS));
    root.push_attribute(("xml:lang", "fr"));
    xml.write_event(Event::Start(root))?;
    let own = if head.filter.is_empty() {
        String::new()
    } else {
        format!("?{}", head.filter)
    };
    element(&mut xml, "id", &tag(head.base, &format!("fiches{own}")))?;
    element(&mut xml, "title", head.title)?;
    element(&mut xml, "subtitle", head.subtitle)?;
    element(&mut xml, "updated", head.updated)?;
    xml.create_element("author")
        .write_inner_content(|xml| element(xml, "name", "Atlaas"))?;
    let generator = xml
        .create_element("generator")
        .with_attribute(("version", env!("CARGO_PKG_VERSION")));
    generator.write_text_content(BytesText::new("Atlaas"))?;
    for link in head.links {
        empty_link(&mut xml, link.rel, link.media, &link.href)?;
    }
    for one in entries {
        entry(&mut xml, head.base, &one)?;
    }
    xml.write_event(Event::End(BytesEnd::new("feed")))?;
    Ok(xml.into_inner())
}

fn entry(xml: &mut Writer<Vec<u8>>, base: &str, entry: &FeedEntry<'_>) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new("entry")))?;
    element(xml, "id", &tag(base, entry.id))?;
    element(xml, "title", entry.title)?;
    let day = entry.updated.map(|date| format!("{date}T00:00:00Z"));
    element(xml, "updated", day.as_deref().unwrap_or(entry.otherwise))?;
    empty_link(xml, "alternate", "text/html", entry.url)?;
    for (term, label) in &entry.categories {
        let category = xml.create_element("category");
        category
            .with_attribute(("term", *term))
            .with_attribute(("label", label.as_str()))
            .write_empty()?;
    }
    element(xml, "summary", entry.summary)?;
    if let Some([longitude, latitude]) = entry.coordinates {
        element(xml, "georss:point", &format!("{latitude} {longitude}"))?;
    }
    xml.write_event(Event::End(BytesEnd::new("entry")))
}

/// A link without a text.
pub fn empty_link(xml: &mut Writer<Vec<u8>>, rel: &str, media: &str, href: &str) -> io::Result<()> {
    let mut link = xml.create_element("link").with_attribute(("rel", rel));
    // What is behind a hub is for programs that know it.
    if !media.is_empty() {
        link = link.with_attribute(("type", media));
    }
    link.with_attribute(("href", href)).write_empty()?;
    Ok(())
}

/// `tag:host,2026:rest`; the host is that of the public address, without its port.
pub fn tag(base: &str, rest: &str) -> String {
    let host = base.split_once("://").map_or(base, |(_, host)| host);
    let host = host
        .split(['/', ':'])
        .next()
        .filter(|host| !host.is_empty())
        .unwrap_or("localhost");
    format!("tag:{host},{TAG_YEAR}:{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_escapes_its_texts_and_keeps_its_ids() {
        let head = FeedHead {
            base: "https://carte.example.fr:8443/atlaas",
            filter: "q=a&type=initiative",
            title: "A & B",
            subtitle: "",
            updated: "2026-01-01T00:00:00Z",
            links: &[],
        };
        let one = FeedEntry {
            id: "initiative-1",
            title: "<b>\u{1}Wifi",
            summary: "]]> \"x\"",
            updated: Some(jiff::civil::date(2025, 3, 1)),
            otherwise: "",
            url: "https://carte.example.fr/?a=1&b=2",
            categories: vec![("education", "éducation".to_owned())],
            coordinates: Some([-1.5, 47.0]),
        };
        let xml = String::from_utf8(feed(&head, std::iter::once(one)).unwrap()).unwrap();
        for expected in [
            "<id>tag:carte.example.fr,2026:fiches?q=a&amp;type=initiative</id>",
            "<id>tag:carte.example.fr,2026:initiative-1</id>",
            "<title>&lt;b&gt;Wifi</title>",
            "<updated>2025-03-01T00:00:00Z</updated>",
            "?a=1&amp;b=2\"",
            "<category term=\"education\" label=\"éducation\"/>",
            "<georss:point>47 -1.5</georss:point>",
        ] {
            assert!(xml.contains(expected), "{expected} in {xml}");
        }
    }
}
