//! A reader of Atom feeds as we know that ours are written: entries, tombstones, links.

/// One entry or one tombstone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Id of the fiche.
    pub id: String,
    /// `updated`, or `when`.
    pub moment: String,
    /// Whether it is a tombstone.
    pub is_gone: bool,
}

/// A document of a feed.
pub struct AtomFeed {
    /// In their order.
    pub entries: Vec<Seen>,
    /// Whether it says that it is an archive.
    pub is_archive: bool,
    links: Vec<(String, String)>,
}

impl AtomFeed {
    /// Reads a document.
    pub fn read(text: &str) -> Self {
        let mut entries = Vec::new();
        for piece in text.split('<') {
            if piece.starts_with("entry>") {
                entries.push(Seen {
                    id: String::new(),
                    moment: String::new(),
                    is_gone: false,
                });
            } else if let Some(tag) = piece.strip_prefix("at:deleted-entry ") {
                entries.push(Seen {
                    id: bare(attribute(tag, "ref")),
                    moment: attribute(tag, "when").to_owned(),
                    is_gone: true,
                });
            } else if let (Some(entry), Some(id)) = (entries.last_mut(), piece.strip_prefix("id>"))
            {
                entry.id = bare(id);
            } else if let (Some(entry), Some(moment)) =
                (entries.last_mut(), piece.strip_prefix("updated>"))
            {
                moment.clone_into(&mut entry.moment);
            }
        }
        let links = text.split("<link ").skip(1).map(|link| {
            let href = attribute(link, "href").replace("&amp;", "&");
            (attribute(link, "rel").to_owned(), href)
        });
        Self {
            entries,
            is_archive: text.contains("<fh:archive/>"),
            links: links.collect(),
        }
    }

    /// Where a relation leads.
    pub fn link(&self, rel: &str) -> Option<&str> {
        let mut links = self.links.iter();
        links
            .find(|(own, _)| own == rel)
            .map(|(_, href)| href.as_str())
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let start = tag.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
    tag[start..].split('"').next().unwrap()
}

/// `tag:atlaas.test,2026:initiative-1` without what stands before.
fn bare(tag: &str) -> String {
    tag.rsplit(':').next().unwrap().to_owned()
}
