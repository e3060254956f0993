//! `/`: the explorer, and `/fragments/resultats`, the part of it that scripts swap.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{PageForm, PageSearch, Pages};
use crate::describe::responses::Refused;
use crate::error::body::Problem;
use crate::error::mistake::{Refusal, refusals};
use crate::error::problem::ApiError;
use crate::pages::layout::address::{clean, is_known, parse, value};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::pages::layout::page_data::page_data;
use crate::pages::layout::policy::{Framing, Policy};
use crate::pages::list::results::ResultsView;
use crate::pages::{fiche, trouble};
use crate::picture::Scene;
use crate::picture::view::View;
use crate::state::base_map::BaseMap;
use askama::Template;
use atlaas_engine::{ParameterError, Query, Snapshot};
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "explorer.html")]
struct ExplorerPage {
    frame: Frame,
    results: Option<ResultsView>,
    errors: Vec<Refusal>,
    q: String,
    near: String,
    radius: String,
    picture: String,
    article: String,
    intro: bool,
    data: String,
}

#[derive(Template)]
#[template(path = "results_only.html")]
struct ResultsPage {
    frame: Frame,
    results: ResultsView,
    bare: bool,
}

parameters! {
    /// Whether the results are shown as embeds show them.
    Bare = [Parameter::query("integre", Takes::Anything, "1 : comme dans une page intégrée.")]
}

/// `GET /`: form, results, facets, map, and the fiche that `fiche=` names.
#[utoipa::path(
    get,
    path = "/",
    tag = "Images et pages",
    summary = "Explorateur : recherche, facettes, carte, fiches",
    description = "",
    params(PageSearch, Pages, PageForm),
    responses(
        (status = 200, body = String, content_type = "text/html; charset=utf-8"),
        (status = 400, description = "Paramètres à corriger, dits dans la page", content(
            (String = "text/html; charset=utf-8"),
            (Problem = "application/problem+json"),
        )),
        (status = 503, description = "Service occupé : réessayer après Retry-After", body = Problem, content_type = "application/problem+json"),
    ),
    extensions(("x-example" = json!("/?q=wifi")))
)]
pub async fn page(mut call: Call) -> Result<Response, ApiError> {
    let schema = Arc::clone(call.snapshot.schema());
    call.forget_strangers(|name| is_known(&schema, name));
    let pairs = clean(&call.pairs);
    let mut frame = Frame::new(&call);
    frame.script = "explorer.js";
    let base_map = call.app.base_map.clone();
    frame.policy = Policy::with_map(Framing::Ours, base_map.as_ref());
    let query = match parse(&call.snapshot, &pairs) {
        Ok(query) => query,
        Err(errors) => return mistaken(&call, frame, &pairs, errors),
    };
    let asked = OpenedFiche {
        form: ["q", "pres_de", "rayon"].map(|name| value(&pairs, name)),
        open: value(&pairs, "fiche"),
        query,
        base_map,
    };
    answer(&call, frame, &pairs, move |frame, snapshot| {
        explore(frame, snapshot, asked)
    })
    .await
}

/// What the address of the explorer says.
struct OpenedFiche {
    query: Query,
    /// Words, place and radius as they were typed.
    form: [String; 3],
    /// The fiche that is open.
    open: String,
    base_map: Option<BaseMap>,
}

fn explore(mut frame: Frame, snapshot: &Snapshot, asked: OpenedFiche) -> Result<String, ApiError> {
    let query = &asked.query;
    let found = snapshot.answer(query)?;
    let docs = snapshot.matching_plan(&found.plan)?;
    let view = View::of(snapshot, &found.plan, &docs);
    let picture = Scene::of_query(snapshot, &view, &docs, frame.lang).inline();
    let results = ResultsView::new(&frame, snapshot, query, &found, view);
    frame.title.clone_from(&results.title);
    frame.description = describe(&frame, &results.count, query);
    frame.picture.clone_from(&results.query);
    frame.canonical = canonical(&results.whole_query);
    let article = if asked.open.is_empty() {
        String::new()
    } else {
        fiche::article_of(&frame, snapshot, &asked.open)?
    };
    if let Some(name) = fiche::name_of(snapshot, &asked.open) {
        frame.title = format!("{name} – {}", frame.title);
    }
    let [q, near, radius] = asked.form;
    let page = ExplorerPage {
        intro: results.whole_query.is_empty(),
        results: Some(results),
        errors: Vec::new(),
        q,
        near,
        radius,
        picture,
        article,
        data: page_data(&frame, snapshot, asked.base_map.as_ref()),
        frame,
    };
    html(&page)
}

/// `GET /fragments/resultats`: the results region alone; `integre=1` as embeds show it.
#[utoipa::path(
    get,
    path = "/fragments/resultats",
    tag = "Images et pages",
    summary = "Les résultats seuls, que l’explorateur remplace dans sa page",
    description = "",
    params(PageSearch, Pages, PageForm, Bare),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/fragments/resultats?q=wifi")))
)]
pub async fn fragment(mut call: Call) -> Result<Response, ApiError> {
    let schema = Arc::clone(call.snapshot.schema());
    call.forget_strangers(|name| is_known(&schema, name));
    let pairs = clean(&call.pairs);
    let query = parse(&call.snapshot, &pairs).map_err(ApiError::query)?;
    let frame = Frame::new(&call);
    let bare = value(&pairs, "integre") == "1";
    answer(&call, frame, &pairs, move |frame, snapshot| {
        let found = snapshot.answer(&query)?;
        let docs = snapshot.matching_plan(&found.plan)?;
        let view = View::of(snapshot, &found.plan, &docs);
        let results = ResultsView::new(&frame, snapshot, &query, &found, view);
        html(&ResultsPage {
            frame,
            results,
            bare,
        })
    })
    .await
}

/// A query that cannot be answered: the form as it was sent, and what to correct.
fn mistaken(
    call: &Call,
    mut frame: Frame,
    pairs: &[(String, String)],
    errors: Vec<ParameterError>,
) -> Result<Response, ApiError> {
    let lang = frame.lang;
    frame.entitle(lang.say("explorer-mistaken-title"), "");
    frame.script = "";
    let (language, policy) = (frame.lang.tag(), frame.policy.clone());
    let page = ExplorerPage {
        results: None,
        errors: refusals(errors),
        q: value(pairs, "q"),
        near: value(pairs, "pres_de"),
        radius: value(pairs, "rayon"),
        picture: Scene::of_mainland(&call.snapshot, frame.lang).inline(),
        article: String::new(),
        intro: false,
        data: String::new(),
        frame,
    };
    let mut response = trouble::plain(call, html(&page)?);
    *response.status_mut() = StatusCode::BAD_REQUEST;
    policy.secure(&mut response, language);
    Ok(response)
}

fn canonical(query: &str) -> String {
    if query.is_empty() {
        "/".to_owned()
    } else {
        format!("/?{query}")
    }
}

fn describe(frame: &Frame, count: &str, query: &Query) -> String {
    let words = query
        .q
        .as_ref()
        .map(|q| format!(" : {q}"))
        .unwrap_or_default();
    let about = frame.lang.say("explorer-description");
    format!("{count}{words}. Atlaas : {about}.")
}
