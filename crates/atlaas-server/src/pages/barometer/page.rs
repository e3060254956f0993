//! `/barometre`, and its chart alone: `/barometre.svg`, `/barometre.png`.

use crate::call::request::Call;
use crate::call::{barometer, choropleth};
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{
    FormSearch, Language as LanguageParameter, PageForm, PageSearch,
};
use crate::describe::responses::{Binary, Refused};
use crate::error::mistake::{Refusal, in_words, refusals};
use crate::error::problem::ApiError;
use crate::pages::barometer::charts;
use crate::pages::barometer::figures::{FigureGrid, FigureRow, Figures, lead};
use crate::pages::barometer::form::BarometerForm;
use crate::pages::layout::address::{PAGE_PARAMETERS, clean, is_known};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::drawing;
use crate::pages::layout::frame::Frame;
use crate::picture::chart::Caption;
use crate::words::message::Message;
use askama::Template;
use atlaas_engine::{Barometer, BarometerAsk, Measure, QueryError, Snapshot};
use atlaas_model::Level;
use axum::response::Response;
use std::sync::Arc;

/// The dimension that is shown when none is asked for: territories, which every snapshot has.
const USUAL: &str = "region";

#[derive(Template)]
#[template(path = "barometer.html")]
struct BarometerPage {
    frame: Frame,
    form: BarometerForm,
    problem: String,
    /// What was counted; absent when the form is wrong.
    told: Option<ToldFigures>,
}

/// What the page tells.
struct ToldFigures {
    lead: String,
    /// What it is about, as tables call it.
    heading: String,
    several: bool,
    partial: String,
    total: FigureRow,
    rows: Vec<FigureRow>,
    more: String,
    grid: Option<FigureGrid>,
    charts: Vec<(String, String)>,
    /// Title and address of the map; empty where territories are not told apart.
    map: (String, String),
    standardised: bool,
    exports: Vec<(&'static str, String)>,
    explore: String,
    picture: String,
}

impl ToldFigures {
    fn is_cut(&self) -> bool {
        self.grid.as_ref().is_some_and(|grid| grid.cut)
    }
}

parameters! {
    /// What figures are told apart by, as the form takes it.
    ToldBy = [
        Parameter::query("par", Takes::Anything, "Une dimension ou deux, séparées par une virgule.").when("Celles de l’API."),
        Parameter::query("parmi", Takes::Anything, "De quoi les taux sont rapportés.").when("Les valeurs de l’API."),
        Parameter::query("standardise", Takes::Anything, "strate : les taux aussi avec la composition de l’ensemble.").when("Les valeurs de l’API."),
    ]
}

/// `GET /barometre`: form, figures, charts.
#[utoipa::path(
    get,
    path = "/barometre",
    tag = "Images et pages",
    summary = "Baromètre : les chiffres d’une requête, en tableaux et en graphiques",
    description = "",
    params(ToldBy, FormSearch, PageForm),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/barometre?par=departement")))
)]
pub async fn page(mut call: Call) -> Result<Response, ApiError> {
    let pairs = pairs(&mut call);
    let mut frame = Frame::new(&call);
    let lang = frame.lang;
    frame.entitle(
        &format!("{} – Atlaas", lang.say("barometer-title")),
        lang.say("barometer-about"),
    );
    let shown = pairs.clone();
    answer(&call, frame, &pairs, move |frame, snapshot| {
        html(&told_page(frame, snapshot, &shown)?)
    })
    .await
}

/// `GET /barometre.svg`: the first chart of these figures, with its source and its date.
#[utoipa::path(
    get,
    path = "/barometre.svg",
    tag = "Images et pages",
    summary = "Graphique du baromètre, à intégrer, en SVG",
    description = "",
    params(ToldBy, PageSearch, LanguageParameter),
    responses((status = 200, body = String, content_type = "image/svg+xml; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/barometre.svg?par=departement")))
)]
pub async fn svg(mut call: Call) -> Result<Response, ApiError> {
    let pairs = pairs(&mut call);
    let validator = drawing::validator(&call, &pairs);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let document = drawn(&call, pairs).await?;
    Ok(drawing::svg(&call, document, &validator))
}

/// `GET /barometre.png`: the same in pixels.
#[utoipa::path(
    get,
    path = "/barometre.png",
    tag = "Images et pages",
    summary = "Graphique du baromètre, à intégrer",
    description = "",
    params(ToldBy, PageSearch, LanguageParameter),
    responses((status = 200, body = Binary, content_type = "image/png"), Refused),
    extensions(("x-example" = json!("/barometre.png?par=departement")))
)]
pub async fn png(mut call: Call) -> Result<Response, ApiError> {
    let pairs = pairs(&mut call);
    let validator = drawing::validator(&call, &pairs);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let document = drawn(&call, pairs).await?;
    drawing::png(call, document, &validator).await
}

/// The parameters that say something here; territories are told apart when nothing else is asked.
fn pairs(call: &mut Call) -> Vec<(String, String)> {
    let schema = Arc::clone(call.snapshot.schema());
    call.forget_strangers(|name| barometer::OWN.contains(&name) || is_known(&schema, name));
    let mut pairs = clean(&call.pairs);
    if !pairs.iter().any(|(name, _)| name == "par") {
        pairs.push(("par".to_owned(), USUAL.to_owned()));
    }
    pairs
}

/// The chart of what the pairs ask for, as a document.
async fn drawn(call: &Call, pairs: Vec<(String, String)>) -> Result<String, ApiError> {
    let frame = Frame::new(call);
    call.heavy(move |snapshot| {
        let ask =
            barometer::of(snapshot, &pairs, &PAGE_PARAMETERS).map_err(ApiError::parameters)?;
        let found = snapshot.barometer(&ask)?;
        let charts = charts::charts(&frame, &found);
        let (name, chart) = charts.into_iter().next_back().ok_or_else(|| {
            let mistake = Refusal::new("par", &ask.by.join(","), Message::new("mistake-no-chart"));
            ApiError::parameters(vec![mistake])
        })?;
        let title = title(&frame, snapshot, &found, name);
        let source = Message::new("barometer-source")
            .with("snapshot", &frame.snapshot)
            .with("date", &frame.date);
        Ok(chart.document(&Caption {
            title: &title,
            description: &lead(&frame, &found, ask.of_all),
            source: &frame.lang.tell(&source),
        }))
    })
    .await
}

fn told_page(
    frame: Frame,
    snapshot: &Snapshot,
    pairs: &[(String, String)],
) -> Result<BarometerPage, ApiError> {
    let ask = barometer::of(snapshot, pairs, &PAGE_PARAMETERS);
    let found = ask.and_then(|ask| match snapshot.barometer(&ask) {
        Ok(found) => Ok(Ok((ask, found))),
        Err(QueryError::Parameters(mistakes)) => Err(refusals(mistakes)),
        Err(error) => Ok(Err(error)),
    });
    Ok(match found {
        Ok(Ok((ask, found))) => BarometerPage {
            form: BarometerForm::of(&frame, snapshot, pairs, Some(&ask)),
            problem: String::new(),
            told: Some(told(&frame, snapshot, &ask, &found)),
            frame,
        },
        Ok(Err(error)) => return Err(error.into()),
        Err(mistakes) => BarometerPage {
            form: BarometerForm::of(&frame, snapshot, pairs, None),
            problem: in_words(&mistakes, frame.lang),
            told: None,
            frame,
        },
    })
}

fn told(frame: &Frame, snapshot: &Snapshot, ask: &BarometerAsk, found: &Barometer) -> ToldFigures {
    let lang = frame.lang;
    let figures = Figures {
        frame,
        found,
        of_all: ask.of_all,
    };
    let grid = figures.grid();
    let (rows, left) = if grid.is_some() {
        (Vec::new(), 0)
    } else {
        figures.rows()
    };
    let lead = lead(frame, found, ask.of_all);
    let charts = charts::charts(frame, found)
        .into_iter()
        .map(|(name, chart)| {
            let title = title(frame, snapshot, found, name);
            let svg = chart.inline(&Caption {
                title: &title,
                description: lang.say("barometer-chart-beside"),
                source: "",
            });
            (title, svg)
        });
    let charts: Vec<(String, String)> = charts.collect();
    let query = [barometer::spelt(ask), found.query.canonical()].join("&");
    let query = query.trim_end_matches('&');
    let forms = [("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json")];
    let more = Message::new("barometer-more").count("n", left as u64);
    ToldFigures {
        heading: heading(frame, snapshot, found),
        several: found.dimensions.iter().any(|one| one.several),
        partial: partial(frame, found),
        total: figures.total(),
        rows,
        more: if left > 0 {
            lang.tell(&more)
        } else {
            String::new()
        },
        grid,
        exports: forms
            .map(|(title, form)| {
                (
                    title,
                    frame.data("/api/v1/barometre", &format!("{query}&f={form}")),
                )
            })
            .to_vec(),
        explore: frame.explorer(&found.query.canonical()),
        picture: if charts.is_empty() {
            String::new()
        } else {
            frame.data("/barometre.svg", query)
        },
        charts,
        map: map(frame, ask, found),
        standardised: ask.standardised,
        lead,
    }
}

/// The map of the rates of territories, when these are what figures are told apart by.
fn map(frame: &Frame, ask: &BarometerAsk, found: &Barometer) -> (String, String) {
    let level = match found.dimensions.as_slice() {
        [one] => one.name.parse::<Level>().ok(),
        _ => None,
    };
    let Some(level) = level else {
        return (String::new(), String::new());
    };
    let among = if ask.of_all { "&parmi=communes" } else { "" };
    let query = found.query.filter_canonical();
    let lang = frame.lang.tag();
    let asked = format!(
        "fond={}&maille={level}{among}&{query}&largeur=720&hauteur=640&lang={lang}&v={}",
        choropleth::GROUNDS[1],
        frame.snapshot
    );
    let title = choropleth::title_by(Measure::Rate, level, frame.lang);
    (title, frame.data("/carte.svg", &asked))
}

/// The names of the dimensions.
fn heading(frame: &Frame, snapshot: &Snapshot, found: &Barometer) -> String {
    let titles = found.dimensions.iter();
    let titles = titles.map(|dimension| barometer::title(snapshot, dimension, frame.lang));
    titles.collect::<Vec<_>>().join(" × ")
}

fn title(frame: &Frame, snapshot: &Snapshot, found: &Barometer, name: &'static str) -> String {
    let message = Message::new(name).with("by", heading(frame, snapshot, found));
    frame.lang.tell(&message)
}

/// What is said of a year that the sources know in part, where one is shown.
fn partial(frame: &Frame, found: &Barometer) -> String {
    let shown = found.dimensions.iter().any(|one| one.of_years);
    let year = found.present.filter(|_| shown);
    year.map_or_else(String::new, |year| {
        frame
            .lang
            .tell(&Message::new("barometer-partial").with("year", year))
    })
}
