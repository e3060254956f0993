//! The changes as an Atom feed: what is there as entries, what went as tombstones (RFC 6721), both under the ids that
//! feeds of lists use, so that a reader of either knows what is meant.

use crate::api::changes::document::{ChangesDocument, ToldChange};
use crate::formats::atom::{ATOM, empty_link, tag};
use crate::formats::xml::element;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// Namespace of paged and archived feeds (RFC 5005).
const HISTORY: &str = "http://purl.org/syndication/history/1.0";
/// Namespace of tombstones (RFC 6721).
const TOMBSTONES: &str = "http://purl.org/atompub/tombstones/1.0";

/// Writes it.
pub fn write(document: &ChangesDocument<'_>) -> io::Result<Vec<u8>> {
    let base = document.to.base;
    let mut xml = Writer::new(Vec::with_capacity(16 * 1024));
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut root = BytesStart::new("feed");
    root.push_attribute(("xmlns", ATOM));
    root.push_attribute(("xmlns:fh", HISTORY));
    root.push_attribute(("xmlns:at", TOMBSTONES));
    root.push_attribute(("xml:lang", document.to.language.tag()));
    xml.write_event(Event::Start(root))?;
    let own = document.asked.address("changements", "");
    element(&mut xml, "id", &tag(base, &own))?;
    element(&mut xml, "title", &document.title())?;
    element(&mut xml, "updated", document.updated())?;
    xml.create_element("author")
        .write_inner_content(|xml| element(xml, "name", "Atlaas"))?;
    let generator = xml
        .create_element("generator")
        .with_attribute(("version", env!("CARGO_PKG_VERSION")));
    generator.write_text_content(BytesText::new("Atlaas"))?;
    if document.is_archive {
        xml.create_element("fh:archive").write_empty()?;
    }
    for link in &document.links {
        empty_link(&mut xml, link.rel, link.media, &link.href)?;
    }
    for told in &document.changes {
        if told.genre.is_gone() {
            tombstone(&mut xml, document, told)?;
        } else {
            entry(&mut xml, document, told)?;
        }
    }
    xml.write_event(Event::End(BytesEnd::new("feed")))?;
    Ok(xml.into_inner())
}

fn entry(
    xml: &mut Writer<Vec<u8>>,
    document: &ChangesDocument<'_>,
    told: &ToldChange<'_>,
) -> io::Result<()> {
    let fiche = &told.change.fiche;
    xml.write_event(Event::Start(BytesStart::new("entry")))?;
    element(xml, "id", &tag(document.to.base, fiche.id.as_str()))?;
    element(xml, "title", &fiche.nom)?;
    element(xml, "updated", &told.run.moment)?;
    // The address of its page, whether or not it is still there: an archive does not change.
    let url = format!("{}/fiche/{}", document.to.base, fiche.id);
    empty_link(xml, "alternate", "text/html", &url)?;
    let category = xml.create_element("category");
    category
        .with_attribute(("term", told.genre.as_str()))
        .write_empty()?;
    let category = xml.create_element("category");
    category
        .with_attribute(("term", fiche.kind.as_str()))
        .write_empty()?;
    element(xml, "summary", &told.summary(document.to.language))?;
    xml.write_event(Event::End(BytesEnd::new("entry")))
}

fn tombstone(
    xml: &mut Writer<Vec<u8>>,
    document: &ChangesDocument<'_>,
    told: &ToldChange<'_>,
) -> io::Result<()> {
    let fiche = &told.change.fiche;
    let mut start = BytesStart::new("at:deleted-entry");
    start.push_attribute(("ref", tag(document.to.base, fiche.id.as_str()).as_str()));
    start.push_attribute(("when", told.run.moment.as_str()));
    xml.write_event(Event::Start(start))?;
    let summary = told.summary(document.to.language);
    element(xml, "at:comment", &format!("{} : {summary}", fiche.nom))?;
    xml.write_event(Event::End(BytesEnd::new("at:deleted-entry")))
}
