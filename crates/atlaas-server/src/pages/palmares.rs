//! `/palmares`: the label year by year, who received which level.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Language as LanguageParameter;
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::pages::layout::address::{clean, value};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::pages::list::hits;
use crate::words::message::Message;
use askama::Template;
use atlaas_engine::Snapshot;
use atlaas_model::Kind;
use atlaas_model::Level;

use axum::response::Response;
use std::collections::BTreeSet;

/// Who received one level in one year.
pub struct Rank {
    /// As arobases; empty for a mention alone.
    pub sign: String,
    /// How many arobases, in words for those who listen.
    pub n: u8,
    /// Winners by name.
    pub winners: Vec<Winner>,
}

/// One winner.
pub struct Winner {
    /// Name.
    pub name: String,
    /// Page; empty for an EPT, which has none.
    pub href: String,
    /// Département, or kind of territory.
    pub place: String,
    /// Mention; may be empty.
    pub mention: String,
}

#[derive(Template)]
#[template(path = "palmares.html")]
struct PalmaresPage {
    frame: Frame,
    heading: String,
    year: u16,
    years: Vec<(u16, String)>,
    levels: Vec<Rank>,
    count: String,
}

parameters! {
    /// Year of the label.
    Year = [Parameter::query("annee", Takes::Text, "Année (la dernière sans ce paramètre).").when("Une année où le label fut donné.")]
}

/// `GET /palmares`; `annee` chooses the year, the latest one by default.
#[utoipa::path(
    get,
    path = "/palmares",
    tag = "Images et pages",
    summary = "Palmarès du label, par année",
    description = "",
    params(Year, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Missing),
    extensions(("x-example" = json!("/palmares")))
)]
pub async fn page(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| ["annee", "lang"].contains(&name));
    let frame = Frame::new(&call);
    let pairs = clean(&call.pairs);
    let asked = value(&pairs, "annee");
    answer(&call, frame, &pairs, move |frame, snapshot| {
        html(&palmares(frame, snapshot, &asked)?)
    })
    .await
}

fn palmares(mut frame: Frame, snapshot: &Snapshot, asked: &str) -> Result<PalmaresPage, ApiError> {
    let years = years(snapshot);
    let year = if asked.is_empty() {
        years.last().copied().unwrap_or_default()
    } else {
        asked
            .parse()
            .ok()
            .filter(|year| years.contains(year))
            .ok_or_else(|| no_year(asked))?
    };
    let lang = frame.lang;
    let heading = lang.tell(&Message::new("winners-heading").with("year", year));
    frame.entitle(
        &format!("{heading} – Atlaas"),
        lang.say("winners-description"),
    );
    frame.canonical = format!("/palmares?annee={year}");
    let levels = levels(&frame, snapshot, year);
    let count: u64 = levels.iter().map(|level| level.winners.len() as u64).sum();
    let link = |&year: &u16| (year, frame.to("/palmares", &format!("annee={year}")));
    Ok(PalmaresPage {
        heading,
        years: years.iter().rev().map(link).collect(),
        count: lang.tell(&Message::new("winners-count").count("n", count)),
        year,
        levels,
        frame,
    })
}

fn no_year(asked: &str) -> ApiError {
    let asked: String = asked.chars().take(20).collect();
    ApiError::not_found(Message::new("error-no-year").with("year", asked))
}

fn years(snapshot: &Snapshot) -> BTreeSet<u16> {
    let catalogue = snapshot.catalogue();
    let labelled = [Level::Commune, Level::Epci]
        .into_iter()
        .flat_map(|kind| catalogue.docs_of(kind));
    labelled
        .flat_map(|doc| catalogue.fiche(doc).labels.iter().map(|label| label.year))
        .collect()
}

fn levels(frame: &Frame, snapshot: &Snapshot, year: u16) -> Vec<Rank> {
    let (catalogue, lang) = (snapshot.catalogue(), frame.lang);
    let mut wholes = BTreeSet::new();
    let mut levels: Vec<Rank> = (0..=5_u8)
        .rev()
        .map(|n| Rank {
            sign: "@".repeat(n.into()),
            n,
            winners: Vec::new(),
        })
        .collect();
    for doc in [Level::Commune, Level::Epci]
        .into_iter()
        .flat_map(|kind| catalogue.docs_of(kind))
    {
        let fiche = catalogue.fiche(doc);
        for label in fiche.labels.iter().filter(|label| label.year == year) {
            let level = label.level.unwrap_or(0).min(5);
            let mention = label.mention.clone().unwrap_or_default();
            let winners = &mut levels[usize::from(5 - level)].winners;
            if let Some(ept) = &label.group {
                // Each of its communes carries it; it won once.
                if wholes.insert((ept.code, label.level, mention.clone())) {
                    winners.push(Winner {
                        name: ept.name.clone(),
                        href: String::new(),
                        place: lang.say("winners-ept").to_owned(),
                        mention,
                    });
                }
                continue;
            }
            let departement = catalogue.name_at(fiche, Level::Departement);
            let place = match (fiche.kind, departement) {
                (Kind::Territory(Level::Commune), Some(name)) => name.to_owned(),
                _ => lang.kind(catalogue.schema(), fiche.kind),
            };
            winners.push(Winner {
                name: fiche.name.clone(),
                href: frame.to(&hits::path(fiche), ""),
                place,
                mention,
            });
        }
    }
    for level in &mut levels {
        level
            .winners
            .sort_by_cached_key(|winner| atlaas_model::slug(&winner.name));
    }
    levels.retain(|level| !level.winners.is_empty());
    levels
}
