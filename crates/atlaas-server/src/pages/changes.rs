//! `/changements`: what came, changed and went, for one query or several, and the feeds that tell it to readers.

use crate::call::changes::{self, AskedChanges, ChangeCut, ChangePlace};
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{FormSearch, PageForm};
use crate::describe::responses::Refused;
use crate::error::mistake::{Refusal, in_words, refusals};
use crate::error::problem::ApiError;
use crate::pages::layout::address::{PAGE_PARAMETERS, clean, is_known, value};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::wire::links::{self, Link};
use crate::words::message::Message;
use askama::Template;
use atlaas_engine::{
    ChangeKind, Followed, FollowedChange, JournalRun, MOST_FOLLOWED, QueryError, SinceError,
    Snapshot,
};
use axum::response::Response;
use std::sync::Arc;

/// Path of the same for programs.
const LIST: &str = "/api/v1/changements";
/// Fields for followed queries that the form has at least.
const FIELDS: usize = 3;
/// Names of fields that are told of one change.
const MOST_FIELDS: usize = 6;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    frame: Frame,
    form: ChangesFields,
    problem: String,
    /// What changed; absent when the form is wrong.
    told: Option<ToldChanges>,
}

/// The form as it stands.
struct ChangesFields {
    q: String,
    /// Layers: value, title, whether it is chosen.
    kinds: Vec<(String, String, bool)>,
    since: String,
    followed: Vec<String>,
    /// What else the address says.
    hidden: Vec<(String, String)>,
}

/// What the page tells.
struct ToldChanges {
    lead: String,
    notes: Vec<String>,
    runs: Vec<ToldRun>,
    /// The next page; empty on the last.
    next: String,
    /// Title and address of each feed.
    feeds: Vec<(&'static str, String)>,
}

/// One line of the journal.
struct ToldRun {
    moment: String,
    date: String,
    changes: Vec<ToldLine>,
}

/// One change.
struct ToldLine {
    kind: String,
    name: String,
    /// Page of the fiche; empty when there is none today.
    href: String,
    about: String,
    is_gone: bool,
}

parameters! {
    /// From when on, what else, and which page.
    FormCut = [
        Parameter::query("depuis", Takes::Anything, "Un jour, un instant ou le nom d’un instantané."),
        Parameter::query("suivre", Takes::Anything, "Une requête de plus à suivre, ou l’adresse d’une liste ; à répéter."),
        Parameter::query("limit", Takes::Anything, "Changements par page."),
        Parameter::query("apres", Takes::Anything, "Où la page d’avant s’arrête."),
    ]
}

/// `GET /changements`: form, changes, feeds.
#[utoipa::path(
    get,
    path = "/changements",
    tag = "Images et pages",
    summary = "Ce qui est venu, a changé, est parti, et les flux qui le disent",
    description = "",
    params(FormCut, FormSearch, PageForm),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/changements?departement=13")))
)]
pub async fn page(mut call: Call) -> Result<Response, ApiError> {
    let schema = Arc::clone(call.snapshot.schema());
    let own = |name: &str| changes::OWN.contains(&name) && name != "archive";
    call.forget_strangers(|name| own(name) || is_known(&schema, name));
    let mut pairs = clean(&call.pairs);
    // Several fields of one name, of which most are left empty.
    pairs.retain(|(name, value)| name != "suivre" || !value.trim().is_empty());
    let mut frame = Frame::new(&call);
    let lang = frame.lang;
    frame.entitle(
        &format!("{} – Atlaas", lang.say("changes-title")),
        lang.say("changes-about"),
    );
    call.read_journal().await?;
    // A snapshot that was built again has a longer journal.
    let ends = call.snapshot.journal().runs().iter().map(|run| run.numero);
    let journal = format!("{:?}", ends.clone().min().zip(ends.max()));
    let shown = pairs.clone();
    pairs.push(("journal".to_owned(), journal));
    let mut response = answer(&call, frame, &pairs, move |frame, snapshot| {
        html(&told_page(frame, snapshot, &shown)?)
    })
    .await?;
    if let Some(hub) = &call.app.websub_hub {
        let hub = [Link::new("hub", hub.clone(), "")];
        links::apply(&hub, response.headers_mut());
    }
    Ok(response)
}

fn told_page(
    frame: Frame,
    snapshot: &Snapshot,
    pairs: &[(String, String)],
) -> Result<ChangesPage, ApiError> {
    let form = fields(&frame, snapshot, pairs);
    let found = changes::of(snapshot.schema(), pairs, &PAGE_PARAMETERS).and_then(|asked| {
        let found = match snapshot.followed(&asked.follow) {
            Ok(followed) => Ok((asked, followed)),
            Err(SinceError::Query(QueryError::Engine(error))) => Err(error),
            Err(SinceError::Query(QueryError::Parameters(mistakes))) => {
                return Err(refusals(mistakes));
            }
            Err(SinceError::Unknown(id)) => {
                let unknown = Message::new("mistake-since-unknown");
                return Err(vec![Refusal::new("depuis", &id, unknown)]);
            }
        };
        Ok(found)
    });
    Ok(match found {
        Ok(found) => {
            let (asked, followed) = found?;
            ChangesPage {
                told: Some(told(&frame, snapshot, &asked, &followed)),
                form,
                problem: String::new(),
                frame,
            }
        }
        Err(mistakes) => ChangesPage {
            form,
            problem: in_words(&mistakes, frame.lang),
            told: None,
            frame,
        },
    })
}

fn fields(frame: &Frame, snapshot: &Snapshot, pairs: &[(String, String)]) -> ChangesFields {
    let kind = value(pairs, "type");
    let kinds = snapshot.schema().kinds().into_iter().map(|one| {
        let name = one.as_str().to_owned();
        let chosen = name == kind;
        (name, frame.lang.kinds(snapshot.schema(), one), chosen)
    });
    let given = pairs.iter().filter(|(name, _)| name == "suivre");
    let mut followed: Vec<String> = given.map(|(_, value)| value.clone()).collect();
    let wanted = (followed.len() + 1).clamp(FIELDS, MOST_FOLLOWED);
    followed.resize(wanted, String::new());
    let known = ["q", "type", "depuis", "suivre", "apres", "lang"];
    let hidden = pairs
        .iter()
        .filter(|(name, _)| !known.contains(&name.as_str()));
    ChangesFields {
        q: value(pairs, "q"),
        kinds: kinds.collect(),
        since: value(pairs, "depuis"),
        followed,
        hidden: hidden.cloned().collect(),
    }
}

fn told(
    frame: &Frame,
    snapshot: &Snapshot,
    asked: &AskedChanges,
    followed: &Followed,
) -> ToldChanges {
    let ground = snapshot.journal();
    let range = asked.range(ground, &followed.changes);
    let shown = &followed.changes[range.clone()];
    let mut runs: Vec<(&JournalRun, Vec<ToldLine>)> = Vec::new();
    for one in shown {
        let run = ground.run_of(one.change);
        let line = line(frame, snapshot, one);
        match runs.last_mut() {
            Some((known, lines)) if known.numero == run.numero => lines.push(line),
            _ => runs.push((run, vec![line])),
        }
    }
    let more = range.end < followed.changes.len();
    let last = shown
        .last()
        .filter(|_| more)
        .map(|one| ChangePlace::of(ground, one));
    let limit = match asked.cut {
        ChangeCut::Newest(limit) | ChangeCut::After(_, limit) if limit != changes::USUAL => {
            format!("&limit={limit}")
        }
        _ => String::new(),
    };
    let next = last.map(|last| asked.address("", &format!("apres={last}{limit}")));
    let forms = [
        ("Atom", "atom"),
        ("JSON Feed", "jsonfeed"),
        ("JSON", "json"),
    ];
    ToldChanges {
        lead: frame
            .lang
            .tell(&Message::new("changes-lead").count("n", followed.changes.len() as u64)),
        notes: notes(frame, snapshot, followed),
        runs: runs
            .into_iter()
            .map(|(run, lines)| dated(frame, run, lines))
            .collect(),
        next: next.map_or_else(String::new, |next| {
            frame.to("/changements", next.trim_start_matches('?'))
        }),
        feeds: forms
            .map(|(title, form)| {
                let address = asked.address(&format!("{LIST}.{form}"), "");
                (title, format!("{}{address}", frame.prefix))
            })
            .to_vec(),
    }
}

fn dated(frame: &Frame, run: &JournalRun, changes: Vec<ToldLine>) -> ToldRun {
    let day = run.moment.get(..10).unwrap_or_default();
    let date = day
        .parse()
        .map_or_else(|_| day.to_owned(), |day| frame.lang.date(day));
    let time = run.moment.get(11..16).unwrap_or_default();
    ToldRun {
        date: format!("{date}, {time} UTC"),
        moment: run.moment.clone(),
        changes,
    }
}

fn line(frame: &Frame, snapshot: &Snapshot, one: &FollowedChange) -> ToldLine {
    let ground = snapshot.journal();
    let change = ground.change(one.change);
    let lang = frame.lang;
    let there = ground.doc(one.change).is_some();
    let mut told: Vec<String> = Vec::new();
    for name in &change.champs {
        let column = snapshot.schema().column(change.fiche.kind, name);
        let title = match column {
            Some(column) => lang.of(&column.title).to_owned(),
            None => field(name).map_or_else(|| name.clone(), |name| lang.say(name).to_owned()),
        };
        if !told.contains(&title) {
            told.push(title);
        }
    }
    if told.len() > MOST_FIELDS {
        told.truncate(MOST_FIELDS);
        told.push("…".to_owned());
    }
    let message = match one.genre {
        ChangeKind::Ajout => Message::new("changes-added"),
        ChangeKind::Modification => {
            Message::new("changes-changed-in").with("fields", told.join(", "))
        }
        ChangeKind::Retrait => Message::new("changes-removed"),
        ChangeKind::Sortie => Message::new("changes-left"),
    };
    ToldLine {
        kind: lang.kind(snapshot.schema(), change.fiche.kind),
        name: change.fiche.nom.clone(),
        href: if there {
            frame.to(&format!("/fiche/{}", change.fiche.id), "")
        } else {
            String::new()
        },
        about: lang.tell(&message),
        is_gone: one.genre.is_gone(),
    }
}

/// What people call a field that no layer declares.
fn field(name: &str) -> Option<&'static str> {
    Some(match name {
        "nom" | "autres_noms" => "changes-field-name",
        "texte" => "changes-field-text",
        "adresse" => "changes-field-address",
        "date_maj" => "changes-field-updated",
        "labels" => "changes-field-labels",
        "longitude" | "latitude" | "precision" => "changes-field-position",
        name if name.starts_with("code") => "changes-field-territory",
        _ => return None,
    })
}

/// What has to be known to read the list.
fn notes(frame: &Frame, snapshot: &Snapshot, followed: &Followed) -> Vec<String> {
    let ground = snapshot.journal();
    let lang = frame.lang;
    let mut notes = Vec::new();
    match ground.runs().first() {
        Some(run) => {
            let day = run.moment.get(..10).unwrap_or_default();
            let date = day
                .parse()
                .map_or_else(|_| day.to_owned(), |day| lang.date(day));
            notes.push(lang.tell(&Message::new("changes-begin").with("date", date)));
        }
        None => notes.push(lang.say("changes-no-journal").to_owned()),
    }
    if ground.damage().is_some() || ground.has_gaps() {
        notes.push(lang.say("changes-gaps").to_owned());
    }
    if followed.has_words {
        notes.push(lang.say("changes-words").to_owned());
    }
    notes
}
