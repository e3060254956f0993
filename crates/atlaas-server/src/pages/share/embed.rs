//! `/embed`: the map and its list for other people's pages, in any frame, with any query.

use crate::call::request::Call;
use crate::describe::query_parameters::{PageForm, PageSearch, Pages};
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::pages::layout::address::{PAGE_PARAMETERS, clean, is_known, parse, value};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::pages::layout::page_data::embed_data;
use crate::pages::layout::policy::{Framing, Policy};
use crate::pages::list::results::ResultsView;
use crate::picture::Scene;
use crate::picture::view::View;
use askama::Template;
use atlaas_model::FicheId;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbedPage {
    frame: Frame,
    results: ResultsView,
    picture: String,
    data: String,
}

/// `GET /embed`: the same query string as everywhere; `fiche=` shows one fiche and its surroundings.
#[utoipa::path(
    get,
    path = "/embed",
    tag = "Images et pages",
    summary = "Page à intégrer par iframe",
    description = "",
    params(PageSearch, Pages, PageForm),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/embed?departement=13")))
)]
pub async fn page(mut call: Call) -> Result<Response, ApiError> {
    let schema = Arc::clone(call.snapshot.schema());
    call.forget_strangers(|name| is_known(&schema, name));
    let pairs = around_fiche(&call, clean(&call.pairs));
    let query = parse(&call.snapshot, &pairs).map_err(ApiError::query)?;
    let mut frame = Frame::new(&call);
    frame.script = "embed.js";
    let base_map = call.app.base_map.clone();
    frame.policy = Policy::with_map(Framing::Anybody, base_map.as_ref());
    let ground = value(&pairs, "fond");
    answer(&call, frame, &pairs, move |mut frame, snapshot| {
        let found = snapshot.answer(&query)?;
        let docs = snapshot.matching_plan(&found.plan)?;
        let view = View::of(snapshot, &found.plan, &docs);
        let picture = Scene::of_query(snapshot, &view, &docs, frame.lang).inline();
        let results = ResultsView::new(&frame, snapshot, &query, &found, view);
        frame.title.clone_from(&results.title);
        frame.canonical = format!("/?{}", results.whole_query);
        let data = embed_data(&frame, snapshot, base_map.as_ref(), &ground);
        html(&EmbedPage {
            frame,
            results,
            picture,
            data,
        })
    })
    .await
}

/// A fiche alone becomes the query around it.
fn around_fiche(call: &Call, mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let searched = pairs
        .iter()
        .any(|(name, _)| !PAGE_PARAMETERS.contains(&name.as_str()));
    let catalogue = call.snapshot.catalogue();
    let doc = value(&pairs, "fiche")
        .parse::<FicheId>()
        .ok()
        .and_then(|id| catalogue.doc_of(&id));
    let Some(fiche) = doc.filter(|_| !searched).map(|doc| catalogue.fiche(doc)) else {
        return pairs;
    };
    if let (Some(code), true) = (fiche.code, fiche.kind.is_territory()) {
        pairs.push((fiche.kind.to_string(), code.to_string()));
    } else if let Some(place) = fiche.position {
        for (name, value) in [
            ("lat", place.latitude()),
            ("lon", place.longitude()),
            ("rayon", 2.0),
        ] {
            pairs.push((name.to_owned(), value.to_string()));
        }
        pairs.push(("tri".to_owned(), "distance".to_owned()));
    }
    pairs
}
