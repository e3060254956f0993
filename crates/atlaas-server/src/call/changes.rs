//! What is asked of the journal of changes: one query or several, from when on, which page or which archive.

use crate::error::mistake::{Refusal, refusals};
use crate::words::message::Message;
use atlaas_engine::{
    FollowAsk, FollowedChange, JournalGround, MOST_FOLLOWED, Purpose, Query, Since, is_parameter,
    parameters,
};
use atlaas_model::Schema;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// What it reads besides the query.
pub const OWN: [&str; 5] = ["depuis", "suivre", "limit", "apres", "archive"];
/// Changes of a page unless `limit` says otherwise.
pub const USUAL: u32 = 50;
/// The most that a page has.
pub const MOST: u32 = 1_000;
/// Changes of a line of the journal that share an archive.
const ARCHIVED: u32 = 500;
/// Most characters of one followed query.
const LONGEST: usize = 2_000;
/// What an address of a page that is followed may say besides, which is no part of a query.
const OF_PAGES: [&str; 12] = [
    "lang", "v", "f", "dialecte", "fiche", "carte", "fond", "integre", "hauteur", "largeur",
    "titre", "suivre",
];

/// A place among the changes: a line of the journal, and a rank in it, of a change or of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangePlace {
    /// Number of the line.
    pub numero: i64,
    /// Rank within it.
    pub rank: u32,
}

impl fmt::Display for ChangePlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.numero, self.rank)
    }
}

impl FromStr for ChangePlace {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (numero, rank) = text.split_once('.').ok_or(())?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(numero) || !digits(rank) {
            return Err(());
        }
        Ok(Self {
            numero: numero.parse().map_err(|_| ())?,
            rank: rank.parse().map_err(|_| ())?,
        })
    }
}

impl ChangePlace {
    /// Where a change stands.
    pub fn of(ground: &JournalGround, one: &FollowedChange) -> Self {
        Self {
            numero: ground.run_of(one.change).numero,
            rank: ground.rank_of(one.change),
        }
    }

    /// The archive that holds the change which stands here.
    pub const fn archive(self) -> Self {
        Self {
            numero: self.numero,
            rank: self.rank / ARCHIVED,
        }
    }

    /// Whether another place comes after this one, where the newest line comes first.
    const fn is_before(self, other: Self) -> bool {
        other.numero < self.numero || (other.numero == self.numero && other.rank > self.rank)
    }
}

/// Which of the changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeCut {
    /// So many, from the newest.
    Newest(u32),
    /// So many after a place.
    After(ChangePlace, u32),
    /// Those of one archive.
    Archive(ChangePlace),
}

/// What a request asks.
#[derive(Clone, Debug)]
pub struct AskedChanges {
    /// What is followed, from when on.
    pub follow: FollowAsk,
    /// Which of it is told.
    pub cut: ChangeCut,
    /// The one spelling of what is followed, without the cut; may be empty.
    pub spelt: String,
}

impl AskedChanges {
    /// Which ranks of all that is followed are told.
    pub fn range(&self, ground: &JournalGround, all: &[FollowedChange]) -> Range<usize> {
        let place = |one: &FollowedChange| ChangePlace::of(ground, one);
        match self.cut {
            ChangeCut::Newest(limit) => 0..all.len().min(limit as usize),
            ChangeCut::After(after, limit) => {
                let start = all.partition_point(|one| !after.is_before(place(one)));
                start..all.len().min(start + limit as usize)
            }
            ChangeCut::Archive(archive) => {
                let first = ChangePlace {
                    rank: archive.rank.saturating_mul(ARCHIVED),
                    ..archive
                };
                let end = ChangePlace {
                    rank: first.rank.saturating_add(ARCHIVED),
                    ..archive
                };
                let before =
                    |limit: ChangePlace| all.partition_point(|one| place(one).is_before(limit));
                before(first)..before(end)
            }
        }
    }

    /// The same query in the address of a page or an archive: `cut` is what follows, `apres=…`.
    pub fn address(&self, path: &str, cut: &str) -> String {
        let parts = [self.spelt.as_str(), cut];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let mark = if parts.is_empty() { "" } else { "?" };
        format!("{path}{mark}{}", parts.join("&"))
    }
}

/// Reads the pairs of a request, `others` being parameters that say nothing here; every mistake at once.
pub fn of(
    schema: &Schema,
    pairs: &[(String, String)],
    others: &[&str],
) -> Result<AskedChanges, Vec<Refusal>> {
    let mut mistakes = Vec::new();
    let (own, of_query): (Vec<_>, Vec<_>) = pairs
        .iter()
        .cloned()
        .partition(|(name, _)| OWN.contains(&name.as_str()));
    let rows = parameters(schema);
    let mut asked = Vec::new();
    for (name, value) in of_query {
        let how = rows
            .iter()
            .any(|row| row.name == name && row.purpose == Purpose::How);
        if how && !value.trim().is_empty() {
            let not_here = Message::new("mistake-not-here").with("name", &name);
            mistakes.push(Refusal::new(&name, &value, not_here));
        } else if !how {
            asked.push((name, value));
        }
    }
    let known: Vec<&str> = OWN.iter().chain(others).copied().collect();
    let query = Query::parse(&asked, schema, &known).unwrap_or_else(|errors| {
        mistakes.extend(refusals(errors));
        Query::default()
    });
    let mut queries = followed(schema, &own, &mut mistakes);
    let since = since(last(&own, "depuis"), &mut mistakes);
    let cut = cut(&own, &mut mistakes);
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let spelt = spelt(&query, &queries, &since);
    if queries.is_empty() || !query.filter_canonical().is_empty() {
        queries.insert(0, query);
    }
    Ok(AskedChanges {
        follow: FollowAsk { queries, since },
        cut,
        spelt,
    })
}

/// The queries of `suivre`: query strings, or addresses of which they are a part.
fn followed(schema: &Schema, own: &[(String, String)], mistakes: &mut Vec<Refusal>) -> Vec<Query> {
    let given = own.iter().filter(|(name, _)| name == "suivre");
    let given = given.map(|(_, value)| value.trim());
    let given: Vec<&str> = given.filter(|value| !value.is_empty()).collect();
    if given.len() > MOST_FOLLOWED {
        let many = Message::new("mistake-too-many-followed").with("most", MOST_FOLLOWED);
        mistakes.push(Refusal::new("suivre", "", many));
        return Vec::new();
    }
    let mut queries = Vec::new();
    for text in given {
        if text.len() > LONGEST {
            let long = Message::new("mistake-too-long").with("most", LONGEST);
            mistakes.push(Refusal::new("suivre", text, long));
            continue;
        }
        let text = text.split_once('?').map_or(text, |(_, query)| query);
        let text = text.split_once('#').map_or(text, |(query, _)| query);
        let pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
        let rows = parameters(schema);
        let kept = pairs.filter(|(name, _)| {
            let how = rows
                .iter()
                .any(|row| row.name == name && row.purpose == Purpose::How);
            !how && (is_parameter(schema, name) || !OF_PAGES.contains(&name.as_str()))
        });
        match Query::parse(&kept.collect::<Vec<_>>(), schema, &[]) {
            // What finds everything is no query to follow beside others.
            Ok(query) if query.filter_canonical().is_empty() => {}
            Ok(query) => queries.push(query),
            Err(errors) => mistakes.extend(refusals(errors).into_iter().map(|mut refusal| {
                refusal.valeur = format!("{}={}", refusal.parametre, refusal.valeur);
                "suivre".clone_into(&mut refusal.parametre);
                refusal
            })),
        }
    }
    queries
}

/// A day, a moment, or the name of a snapshot.
fn since(text: &str, mistakes: &mut Vec<Refusal>) -> Since {
    if text.is_empty() {
        return Since::Start;
    }
    if let Ok(day) = text.parse::<jiff::civil::Date>() {
        return Since::Moment(format!("{day}T00:00:00Z"));
    }
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Since::Moment(moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    }
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() == 16 && text.bytes().all(hexadecimal) {
        return Since::Snapshot(text.to_owned());
    }
    mistakes.push(Refusal::new("depuis", text, Message::new("mistake-since")));
    Since::Start
}

fn cut(own: &[(String, String)], mistakes: &mut Vec<Refusal>) -> ChangeCut {
    let mut place = |name: &str| {
        let text = last(own, name);
        let place = text.parse::<ChangePlace>().ok();
        if place.is_none() && !text.is_empty() {
            mistakes.push(Refusal::new(
                name,
                text,
                Message::new("mistake-change-place"),
            ));
        }
        place
    };
    let (after, archive) = (place("apres"), place("archive"));
    let limit = last(own, "limit");
    let number = limit
        .parse()
        .ok()
        .filter(|limit| (1..=MOST).contains(limit));
    if number.is_none() && !limit.is_empty() {
        let whole = Message::new("mistake-whole-number")
            .with("first", 1)
            .with("last", MOST);
        mistakes.push(Refusal::new("limit", limit, whole));
    }
    let limit = number.unwrap_or(USUAL);
    match (archive, after) {
        (Some(archive), _) => ChangeCut::Archive(archive),
        (None, Some(after)) => ChangeCut::After(after, limit),
        (None, None) => ChangeCut::Newest(limit),
    }
}

fn spelt(query: &Query, followed: &[Query], since: &Since) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for query in followed {
        pairs.append_pair("suivre", &query.filter_canonical());
    }
    match since {
        Since::Start => {}
        Since::Moment(since) | Since::Snapshot(since) => {
            pairs.append_pair("depuis", since);
        }
    }
    let parts = [query.filter_canonical(), pairs.finish()];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("&")
}

fn last<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    let mut named = pairs.iter().rev().filter(|(key, _)| key == name);
    named.next().map_or("", |(_, value)| value.trim())
}

#[cfg(test)]
mod tests;
