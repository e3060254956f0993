//! What every form of the changes tells: which of them, since when, and the addresses beside.
//!
//! An archive (RFC 5005 §4) is a fixed stretch of one line of the journal: what it holds is known when the line is
//! written, and does not change. `prev-archive` leads to the archive of the first change that comes after those
//! that are told, so that following it to its end tells everything once at least.

use crate::call::changes::{AskedChanges, ChangeCut, ChangePlace};
use crate::formats::file_name::heading;
use crate::wire::links::{self, Link};
use crate::wire::media::HTML;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{ChangeKind, Followed, JournalChange, JournalRun, Snapshot};
use std::ops::Range;

/// Path of the changes, without extension.
pub const LIST: &str = "/api/v1/changements";

/// One change that is told.
pub struct ToldChange<'a> {
    /// What happened, for who follows.
    pub genre: ChangeKind,
    /// The line of the journal.
    pub run: &'a JournalRun,
    /// The change.
    pub change: &'a JournalChange,
    /// Page of the fiche; absent when there is none today.
    pub url: Option<String>,
}

/// Who is told, and how addresses begin.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// Public address.
    pub base: &'a str,
    /// Language of what people read.
    pub language: Language,
    /// The WebSub hub of the operator, if any.
    pub hub: Option<&'a str>,
    /// Name and media type of the form.
    pub form: (&'static str, &'static str),
}

/// What is to be written.
pub struct ChangesDocument<'a> {
    /// The snapshot that answers.
    pub snapshot: &'a Snapshot,
    /// What was asked.
    pub asked: &'a AskedChanges,
    /// All that is followed, told or not.
    pub followed: &'a Followed,
    /// What is told, the newest line first.
    pub changes: Vec<ToldChange<'a>>,
    /// Who tells it, and to whom.
    pub to: Reader<'a>,
    /// Whether it is an archive.
    pub is_archive: bool,
    /// Self, next, prev-archive, current, alternate, hub, licence.
    pub links: Vec<Link>,
}

impl<'a> ChangesDocument<'a> {
    /// Cuts what is asked out of all that is followed; nothing for an archive that is not there.
    pub fn new(
        snapshot: &'a Snapshot,
        (asked, followed): (&'a AskedChanges, &'a Followed),
        to: Reader<'a>,
    ) -> Option<Self> {
        let ground = snapshot.journal();
        let range = asked.range(ground, &followed.changes);
        let is_archive = matches!(asked.cut, ChangeCut::Archive(_));
        if is_archive && range.is_empty() {
            return None;
        }
        let told = followed.changes[range.clone()].iter().map(|one| {
            let there = ground.doc(one.change);
            let change = ground.change(one.change);
            ToldChange {
                genre: one.genre,
                run: ground.run_of(one.change),
                change,
                url: there.map(|_| format!("{}/fiche/{}", to.base, change.fiche.id)),
            }
        });
        Some(Self {
            snapshot,
            asked,
            followed,
            changes: told.collect(),
            to,
            is_archive,
            links: document_links(snapshot, (asked, followed), &range, to),
        })
    }

    /// What is followed, in words.
    pub fn title(&self) -> String {
        let queries = &self.asked.follow.queries;
        let subject = match queries.as_slice() {
            [query] => {
                let plan = self.snapshot.search().plan(query);
                plan.map_or_else(
                    |_| "Atlaas".to_owned(),
                    |plan| heading(self.snapshot, &plan),
                )
            }
            several => self
                .to
                .language
                .tell(&Message::new("changes-several").count("n", several.len() as u64)),
        };
        let title = Message::new("changes-feed-title").with("subject", subject);
        self.to.language.tell(&title)
    }

    /// When the newest of what is told happened; without any, when the snapshot was built.
    pub fn updated(&self) -> &str {
        let newest = self.changes.first().map(|one| one.run.moment.as_str());
        newest.unwrap_or(&self.snapshot.manifest().cree)
    }

    /// The address of a relation.
    pub fn link(&self, rel: &str) -> Option<&str> {
        let mut links = self.links.iter();
        links
            .find(|link| link.rel == rel)
            .map(|link| link.href.as_str())
    }
}

impl ToldChange<'_> {
    /// What happened, in words.
    pub fn summary(&self, language: Language) -> String {
        let fields = self.change.champs.join(", ");
        language.tell(&match self.genre {
            ChangeKind::Ajout => Message::new("changes-added"),
            ChangeKind::Modification if fields.is_empty() => Message::new("changes-changed"),
            ChangeKind::Modification => Message::new("changes-changed-in").with("fields", fields),
            ChangeKind::Retrait => Message::new("changes-removed"),
            ChangeKind::Sortie => Message::new("changes-left"),
        })
    }
}

/// Self, the pages and the archive beside it, the other forms, the hub, the licence.
fn document_links(
    snapshot: &Snapshot,
    (asked, followed): (&AskedChanges, &Followed),
    range: &Range<usize>,
    to: Reader<'_>,
) -> Vec<Link> {
    let (form, media) = to.form;
    let path = format!("{}{LIST}.{form}", to.base);
    let ground = snapshot.journal();
    let place = |rank: usize| {
        let one = followed.changes.get(rank)?;
        Some(ChangePlace::of(ground, one))
    };
    let limit = match asked.cut {
        ChangeCut::Newest(limit) | ChangeCut::After(_, limit) => limit,
        ChangeCut::Archive(_) => 0,
    };
    let limited = |cut: String| match limit {
        0 | crate::call::changes::USUAL => cut,
        limit if cut.is_empty() => format!("limit={limit}"),
        limit => format!("{cut}&limit={limit}"),
    };
    let own = match asked.cut {
        ChangeCut::Newest(_) => limited(String::new()),
        ChangeCut::After(after, _) => limited(format!("apres={after}")),
        ChangeCut::Archive(archive) => format!("archive={archive}"),
    };
    let link = |rel, cut: &str| Link::new(rel, asked.address(&path, cut), media);
    let mut all = vec![link("self", &own)];
    let is_archive = matches!(asked.cut, ChangeCut::Archive(_));
    if is_archive {
        all.push(link("current", ""));
    }
    let last = range.end.checked_sub(1).filter(|last| range.contains(last));
    if let (Some(next), Some(last)) = (place(range.end), last.and_then(place)) {
        if !is_archive {
            all.push(link("next", &limited(format!("apres={last}"))));
        }
        all.push(link("prev-archive", &format!("archive={}", next.archive())));
    }
    let page = asked.address(&format!("{}/changements", to.base), "");
    all.push(Link::new("alternate", page, HTML));
    if let Some(hub) = to.hub {
        all.push(Link::new("hub", hub.to_owned(), ""));
    }
    all.push(links::license(to.base));
    all
}
