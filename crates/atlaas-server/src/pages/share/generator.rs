//! `/integrer`: the generator of embeds, rendered whole by the server; scripts only keep it in step.

use crate::call::request::Call;
use crate::call::{choropleth, grounds};
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{FormSearch, PageForm};
use crate::describe::responses::Refused;
use crate::error::mistake;
use crate::error::problem::ApiError;
use crate::pages::layout::address::{clean, is_known, parse, value};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::pages::list::links;
use crate::pages::share::oembed;
use crate::words::escape::escape;
use askama::Template;
use atlaas_engine::{Query, Snapshot};
use atlaas_model::{Code, Facet, Level, PeersOf, Schema};
use axum::response::Response;
use std::fmt::Write as _;
use std::sync::Arc;

/// Height of a frame in pixels, least, usual and most.
const HEIGHTS: (u32, u32, u32) = (200, 520, 2000);

/// Parameter of the form: in the commune, or in those like it.
const EXTENT: &str = "portee";
/// Its value for the communes like the one that is named.
const ALIKE: &str = "semblables";

/// One way to embed.
pub struct EmbedCode {
    /// Id of its section.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// When to choose it.
    pub when: &'static str,
    /// What to copy.
    pub text: String,
}

/// A list of the form.
pub struct Choices {
    /// Title.
    pub title: String,
    /// Its parameter.
    pub name: &'static str,
    /// What is chosen.
    pub chosen: String,
    /// Values and names.
    pub values: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "generator.html")]
struct GeneratorPage {
    frame: Frame,
    q: String,
    commune: String,
    /// Whether the map shows the communes like that one in its place.
    alike: bool,
    /// Titles, names and choices of its lists: kinds, then the facet that colours the first layer.
    lists: Vec<Choices>,
    height: u32,
    /// Name and title of what may colour the ground.
    grounds: Vec<(&'static str, String)>,
    theme: String,
    others: Vec<(String, String)>,
    codes: Vec<EmbedCode>,
    preview: String,
    problem: String,
}

parameters! {
    /// How the frame looks.
    Framed = [
        Parameter::query("hauteur", Takes::Anything, "Hauteur du cadre, en pixels."),
        Parameter::query("titre", Takes::Anything, "Titre du cadre."),
        Parameter::query(EXTENT, Takes::Anything, "Où chercher.").when("`semblables` : dans les communes qui ressemblent à celle qui est indiquée."),
    ]
}

/// `GET /integrer`: form, preview and codes for the query of its address.
#[utoipa::path(
    get,
    path = "/integrer",
    tag = "Images et pages",
    summary = "Générateur : le code qui montre une carte sur un site",
    description = "",
    params(FormSearch, PageForm, Framed),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/integrer?departement=13")))
)]
pub async fn page(mut call: Call) -> Result<Response, ApiError> {
    let schema = Arc::clone(call.snapshot.schema());
    call.forget_strangers(|name| name == EXTENT || is_known(&schema, name));
    let pairs = clean(&call.pairs);
    let mut frame = Frame::new(&call);
    frame.script = "integrer.js";
    let lang = frame.lang;
    frame.entitle(
        lang.say("generator-title"),
        lang.say("generator-description"),
    );
    let shown = pairs.clone();
    answer(&call, frame, &pairs, move |frame, snapshot| {
        html(&generator(frame, snapshot, &shown))
    })
    .await
}

fn generator(frame: Frame, snapshot: &Snapshot, pairs: &[(String, String)]) -> GeneratorPage {
    let alike = value(pairs, EXTENT) == ALIKE;
    let (query, problem) = match asked(&frame, snapshot, pairs, alike) {
        Ok(query) => (query.canonical(), String::new()),
        Err(problem) => (String::new(), problem),
    };
    let height = value(pairs, "hauteur")
        .parse()
        .unwrap_or(HEIGHTS.1)
        .clamp(HEIGHTS.0, HEIGHTS.2);
    let style = [query.as_str(), &themed(snapshot.schema(), pairs)].join(if query.is_empty() {
        ""
    } else {
        "&"
    });
    let addresses = [
        frame.absolute("/tiles/atlaas/{z}/{x}/{y}.mvt", &query),
        frame.absolute("/styles/clair.json", &style),
    ];
    let query = whole_query(query, pairs);
    let lists = lists(&frame, snapshot.schema(), pairs);
    let others = others(pairs, &lists);
    let figures = choropleth::grounds(frame.lang).into_iter();
    GeneratorPage {
        q: value(pairs, "q"),
        commune: value(pairs, "commune"),
        alike,
        lists,
        grounds: grounds::grounds(snapshot.schema())
            .iter()
            .map(|ground| (ground.name, ground.title(frame.lang)))
            .chain(figures.map(|(name, _, title)| (name, title)))
            .collect(),
        theme: value(pairs, "fond"),
        height,
        others,
        codes: codes(&frame, &query, height, &addresses.join("\n")),
        preview: frame.to("/embed", &query),
        problem,
        frame,
    }
}

/// The query of the form, or what is wrong with it.
fn asked(
    frame: &Frame,
    snapshot: &Snapshot,
    pairs: &[(String, String)],
    alike: bool,
) -> Result<Query, String> {
    let told = |mistakes| mistake::in_words(&mistake::refusals(mistakes), frame.lang);
    let searched = pairs.iter().filter(|(name, _)| name != EXTENT);
    let searched: Vec<(String, String)> = searched.cloned().collect();
    let mut query = links::first_page(&parse(snapshot, &searched).map_err(told)?);
    let plan = snapshot.search().plan(&query).map_err(told)?;
    if !alike {
        return Ok(query);
    }
    // A commune that the words name stays among the words: only the field says whom to resemble.
    let named = query.territories.contains_key(&Level::Commune);
    let communes = plan.resolved.territories.get(&Level::Commune);
    let code = match communes.map(Vec::as_slice) {
        Some([code]) if named => code.parse::<Code>().ok(),
        _ => None,
    };
    let code = code.ok_or_else(|| frame.lang.say("generator-alike-whom").to_owned())?;
    query.territories.remove(&Level::Commune);
    query.peers = Some(PeersOf::usual(Level::Commune, code));
    Ok(query)
}

/// What colours the ground of a style, as the form says it.
fn themed(schema: &Schema, pairs: &[(String, String)]) -> String {
    let asked = value(pairs, "fond");
    let known = grounds::names(schema);
    let ground = known.iter().find(|known| **known == asked);
    format!("fond={}", ground.unwrap_or(&grounds::NONE))
}

/// The query with what only the embedded page knows.
fn whole_query(mut query: String, pairs: &[(String, String)]) -> String {
    for name in ["fiche", "fond", "maille", "lang"] {
        let given = value(pairs, name);
        let plain = given
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        if !given.is_empty() && plain {
            let mark = if query.is_empty() { "" } else { "&" };
            let _ = write!(query, "{mark}{name}={given}");
        }
    }
    query
}

/// The lists of the form: kinds of points, and the terms that colour the first layer.
fn lists(frame: &Frame, schema: &Schema, pairs: &[(String, String)]) -> Vec<Choices> {
    let lang = frame.lang;
    let facet = schema.layers().first().and_then(|layer| layer.coloured_by);
    let terms = facet.map(|facet| {
        let terms = schema.vocabulary.terms(facet).iter();
        let values = terms.map(|term| (term.slug.clone(), term.nom.clone()));
        (facet, values.collect())
    });
    let kinds = schema.layers().iter().map(|layer| {
        let title = lang.of(&layer.title).to_owned();
        (layer.id.to_string(), title)
    });
    let all = terms.into_iter().chain([(Facet::Type, kinds.collect())]);
    let list = |(facet, values): (Facet, Vec<(String, String)>)| Choices {
        title: lang.facet(schema, facet),
        name: facet.as_str(),
        chosen: value(pairs, facet.as_str()),
        values,
    };
    all.map(list).collect()
}

/// Parameters that the form has no field for: kept as they came.
fn others(pairs: &[(String, String)], lists: &[Choices]) -> Vec<(String, String)> {
    let fields = ["q", "commune", EXTENT, "hauteur", "fond"];
    let has_field =
        |name: &str| fields.contains(&name) || lists.iter().any(|list| list.name == name);
    let kept = pairs.iter().filter(|(name, _)| !has_field(name));
    kept.cloned().collect()
}

/// The element that loads itself, with the query as its attributes.
fn element(frame: &Frame, query: &str, height: u32) -> String {
    let (base, page) = (&frame.base, escape(&frame.absolute("/", query)));
    let title = frame.lang.say("page-map-title");
    let attributes: String =
        links::pairs(query)
            .iter()
            .fold(String::new(), |mut out, (name, value)| {
                let _ = write!(out, " {name}=\"{}\"", escape(value));
                out
            });
    format!(
        "<script type=\"module\" src=\"{base}/embed/v1/atlaas.js\"></script>\n\
         <atlaas-carte{attributes} hauteur=\"{height}\"><a href=\"{page}\">{title}</a></atlaas-carte>"
    )
}

/// A picture that leads to the page.
fn image(frame: &Frame, query: &str) -> String {
    let page = escape(&frame.absolute("/", query));
    let picture = escape(&frame.absolute("/carte.png", query));
    let title = frame.lang.say("page-map-title");
    format!(
        "<a href=\"{page}\"><img src=\"{picture}\" alt=\"{title}\" width=\"1200\" height=\"630\"></a>"
    )
}

fn codes(frame: &Frame, query: &str, height: u32, addresses: &str) -> Vec<EmbedCode> {
    let lang = frame.lang;
    let title = lang.say("page-map-title");
    let code = |id, title, when, text| EmbedCode {
        id,
        title,
        when,
        text,
    };
    vec![
        code(
            "code-element",
            lang.say("generator-element"),
            lang.say("generator-element-when"),
            element(frame, query, height),
        ),
        code(
            "code-iframe",
            "Iframe",
            lang.say("generator-iframe-when"),
            oembed::frame(&frame.absolute("/embed", query), title, 720, height),
        ),
        code(
            "code-oembed",
            "oEmbed",
            lang.say("generator-oembed-when"),
            frame.absolute("/", query),
        ),
        code(
            "code-image",
            "Image",
            lang.say("generator-image-when"),
            image(frame, query),
        ),
        code(
            "code-tiles",
            lang.say("generator-tiles"),
            lang.say("generator-tiles-when"),
            addresses.to_owned(),
        ),
    ]
}
