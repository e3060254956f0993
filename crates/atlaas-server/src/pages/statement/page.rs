//! The page of a report.

use crate::call::peers;
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Language as LanguageParameter;
use crate::describe::responses::{Missing, Refused};
use crate::error::problem::ApiError;
use crate::pages::barometer::charts;
use crate::pages::barometer::figures::{FigureRow, lead};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::pages::statement::label::{self, LabelledYear};
use crate::pages::statement::parts::{self, Scope, StatementMap};
use crate::pages::statement::years::{self, YearsPart};
use crate::picture::attribution;
use crate::picture::chart::Caption;
use crate::words::message::Message;
use askama::Template;
use atlaas_engine::Snapshot;
use atlaas_model::{Facet, Layer};
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage {
    frame: Frame,
    heading: String,
    lead: String,
    layers: Vec<FigureRow>,
    beside: Option<(FigureRow, FigureRow)>,
    years: Option<YearsPart>,
    maps: Vec<StatementMap>,
    /// Title and chart.
    themes: Option<(String, String)>,
    strata: Vec<FigureRow>,
    labels: Vec<LabelledYear>,
    /// Whether the territory itself can be labelled, beside its communes.
    of_group: bool,
    source: &'static str,
    address: String,
    barometer: String,
    tables: Vec<(String, String)>,
}

parameters! {
    /// Which territory.
    Reported = [Parameter::path("id", Takes::Text, "Identifiant du territoire.").like("region-93")]
}

/// `GET /releve`: the report of the country.
#[utoipa::path(
    get,
    path = "/releve",
    tag = "Images et pages",
    summary = "Relevé de la France, daté, à imprimer",
    description = "",
    params(LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/releve")))
)]
pub async fn france(call: Call) -> Result<Response, ApiError> {
    respond(call, Scope::France).await
}

/// `GET /releve/{id}`: the report of a territory.
#[utoipa::path(
    get,
    path = "/releve/{id}",
    tag = "Images et pages",
    summary = "Relevé d’un territoire, daté, à imprimer : chiffres, évolution, cartes, label, méthode",
    description = "",
    params(Reported, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Missing),
    extensions(("x-example" = json!("/releve/region-93")))
)]
pub async fn place(Path(id): Path<String>, call: Call) -> Result<Response, ApiError> {
    let (level, code) = peers::territory(&call.snapshot, &id).ok_or_else(|| unknown(&id))?;
    let doc = call.snapshot.catalogue().territory(level, code);
    let doc = doc.ok_or_else(|| unknown(&id))?;
    respond(call, Scope::Place { level, code, doc }).await
}

fn unknown(id: &str) -> ApiError {
    let id: String = id.chars().take(40).collect();
    ApiError::not_found(Message::new("error-unknown-fiche").with("id", id))
}

async fn respond(mut call: Call, scope: Scope) -> Result<Response, ApiError> {
    call.forget_strangers(|name| ["lang", "v"].contains(&name));
    let frame = Frame::new(&call);
    answer(&call, frame, &[], move |frame, snapshot| {
        html(&report(frame, snapshot, &scope)?)
    })
    .await
}

fn report(mut frame: Frame, snapshot: &Snapshot, scope: &Scope) -> Result<StatementPage, ApiError> {
    let lang = frame.lang;
    let name = match scope {
        Scope::France => lang.say("statement-france").to_owned(),
        Scope::Place { doc, .. } => snapshot.catalogue().fiche(*doc).name.clone(),
    };
    let heading = lang.tell(&Message::new("statement-heading").with("name", name));
    frame.entitle(&format!("{heading} – Atlaas"), lang.say("statement-about"));
    frame.canonical = scope.path();
    let total = parts::counted(snapshot, scope.query(), &[])?;
    let by_year = match snapshot.schema().year_facet() {
        Some(year) => Some(parts::counted(snapshot, scope.query(), &[year.as_str()])?),
        None => None,
    };
    let asked = scope.query().filter_canonical();
    let query = if asked.is_empty() {
        total.query.canonical()
    } else {
        asked
    };
    Ok(StatementPage {
        lead: lead(&frame, &total, false),
        layers: parts::layers(&frame, snapshot, scope)?,
        beside: parts::beside(&frame, snapshot, scope)?,
        years: by_year.and_then(|found| years::told(&frame, &found)),
        maps: parts::maps(&frame, scope),
        themes: themes(&frame, snapshot, scope)?,
        strata: parts::strata(&frame, snapshot, scope)?,
        labels: label::years(snapshot, scope, lang),
        of_group: matches!(
            scope,
            Scope::Place {
                level: atlaas_model::Level::Epci,
                ..
            }
        ),
        source: attribution(lang, frame.demonstration),
        address: frame.absolute(&scope.path(), &format!("v={}", frame.snapshot)),
        barometer: frame.to("/barometre", &query),
        tables: tables(&frame, snapshot, &query),
        heading,
        frame,
    })
}

/// The terms of the first layer that territories enter themselves, as bars.
fn themes(
    frame: &Frame,
    snapshot: &Snapshot,
    scope: &Scope,
) -> Result<Option<(String, String)>, ApiError> {
    let layers = snapshot.schema().layers().iter();
    let mut entered = layers.filter(|layer| layer.participation);
    let Some(facet) = entered.find_map(|layer: &Layer| layer.coloured_by) else {
        return Ok(None);
    };
    let found = parts::counted(snapshot, scope.query(), &[facet.as_str()])?;
    let title = frame.lang.facet(snapshot.schema(), facet);
    Ok(charts::charts(frame, &found)
        .into_iter()
        .next()
        .map(|(name, chart)| {
            let title = frame.lang.tell(&Message::new(name).with("by", title));
            let svg = chart.inline(&Caption {
                title: &title,
                description: &lead(frame, &found, false),
                source: "",
            });
            (title, svg)
        }))
}

/// The figures as tables to take away.
fn tables(frame: &Frame, snapshot: &Snapshot, query: &str) -> Vec<(String, String)> {
    let year = snapshot.schema().year_facet();
    let by = year.map(Facet::as_str).into_iter();
    by.chain(["strate", "commune"])
        .map(|by| {
            let href = format!("par={by}&{query}&f=csv");
            (
                format!("CSV, par={by}"),
                frame.data("/api/v1/barometre", &href),
            )
        })
        .collect()
}
