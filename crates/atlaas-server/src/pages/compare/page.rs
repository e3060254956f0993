//! `/comparer` and `/comparer/{id}`: the form, then the comparison.

use crate::call::peers as who;
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Language as LanguageParameter, Likeness};
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::pages::compare::choice::{self, ComparisonChoice};
use crate::pages::compare::diagnosis::{Beside, FacetTable, Gap, LabelRow, Teller};
use crate::pages::compare::order::PeerOrder;
use crate::pages::compare::peers::{self, PeerRow};
use crate::pages::compare::profile::{self, ProfileLine};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::pages::list::hits;
use crate::words::message::Message;
use askama::Template;
use atlaas_engine::{Compared, Query, QueryError, Snapshot, Width, peers_pairs};
use atlaas_model::{Level, PeerChoice, PeersOf, Weighing};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

/// Parameters of the page beside those that say how peers are chosen.
const OWN: [&str; 3] = ["lieu", "ordre", "lang"];
/// Peers that are listed of a stratum.
const LISTED: usize = 100;

#[derive(Template)]
#[template(path = "compare_choose.html")]
struct ChoosePage {
    frame: Frame,
    choice: ComparisonChoice,
    problem: String,
    proposals: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    frame: Frame,
    choice: ComparisonChoice,
    name: String,
    page: String,
    level: String,
    lead: String,
    reason: String,
    lacking: String,
    most: bool,
    gaps: Vec<Gap>,
    tables: Vec<FacetTable>,
    beside: Vec<Beside>,
    labels: Vec<LabelRow>,
    profile: Vec<ProfileLine>,
    orders: Vec<(String, String, bool)>,
    layers: Vec<String>,
    peers: Vec<PeerRow>,
    more: String,
    picture: String,
    explore: String,
    exports: Vec<(&'static str, String)>,
    embed: String,
    formula: &'static str,
    version: u32,
    sources: Vec<(String, String)>,
    stratum: (String, String),
    address: String,
}

parameters! {
    /// A place to choose.
    Place = [Parameter::query("lieu", Takes::Anything, "Nom, code ou code postal du territoire.").like("Martigues")]
}
parameters! {
    /// Which territory, and in which order its peers are listed.
    How = [
        Parameter::path("id", Takes::Text, "Identifiant du territoire.").like("commune-13056"),
        Parameter::query("ordre", Takes::Anything, "Ordre du tableau : distance, nom ou population."),
    ]
}

/// `GET /comparer`: a place leads to its comparison.
#[utoipa::path(
    get,
    path = "/comparer",
    tag = "Images et pages",
    summary = "Choisir un territoire à comparer",
    description = "",
    params(Place, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), (status = 303, description = "La comparaison du territoire trouvé"), Missing),
    extensions(("x-example" = json!("/comparer")))
)]
pub async fn choose(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| OWN.contains(&name) || who::QUALIFIERS.contains(&name));
    let frame = Frame::new(&call);
    let place = call.parameter("lieu").unwrap_or_default().trim().to_owned();
    let found = match who::homonyms(&call.snapshot, &place).as_slice() {
        [] | [_] if !place.is_empty() => who::place(&call.snapshot, "territoire", &place),
        _ => None,
    };
    if let Some((level, code)) = found {
        let how = call.pairs.iter().filter(|(name, value)| {
            who::QUALIFIERS.contains(&name.as_str()) && !value.trim().is_empty()
        });
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(how);
        let location = frame.to(&format!("/comparer/{level}-{code}"), &query.finish());
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response());
    }
    answer(&call, frame, &call.pairs, move |mut frame, snapshot| {
        let lang = frame.lang;
        frame.entitle(
            &format!("{} – Atlaas", lang.say("compare-choose")),
            lang.say("compare-about"),
        );
        let homonyms = who::homonyms(snapshot, &place);
        let several = homonyms.len() > 1;
        let problem = if several {
            Message::new("compare-several").with("place", short(&place))
        } else {
            Message::new("compare-unknown").with("place", short(&place))
        };
        let docs = if several {
            homonyms
        } else {
            who::near_names(snapshot, &place)
        };
        html(&ChoosePage {
            choice: ComparisonChoice::of(&frame, snapshot, &place, None),
            problem: if place.is_empty() {
                String::new()
            } else {
                lang.tell(&problem)
            },
            proposals: choice::proposals(&frame, snapshot, &docs),
            frame,
        })
    })
    .await
}

/// `GET /comparer/{id}`: a territory beside those that resemble it.
#[utoipa::path(
    get,
    path = "/comparer/{id}",
    tag = "Images et pages",
    summary = "Un territoire, ceux qui lui ressemblent, et un pré-diagnostic à imprimer",
    description = "",
    params(How, Likeness, LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Missing),
    extensions(("x-example" = json!("/comparer/commune-13056")))
)]
pub async fn compare(Path(id): Path<String>, mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| OWN.contains(&name) || who::QUALIFIERS.contains(&name));
    let (level, code) =
        who::territory(&call.snapshot, &id).ok_or_else(|| ApiError::unknown_fiche(&id))?;
    let how = call.pairs.iter();
    let how = how.filter(|(name, _)| who::QUALIFIERS.contains(&name.as_str()));
    let ask = who::of(&call.snapshot, level, code, how.cloned())?;
    let order = PeerOrder::named(call.parameter("ordre").unwrap_or_default());
    let frame = Frame::new(&call);
    answer(&call, frame, &call.pairs, move |frame, snapshot| {
        match snapshot.compare(&ask) {
            Ok(compared) => html(&page(frame, snapshot, (&ask, order), &compared)),
            // A territory of which nothing is known still has a page, that says so.
            Err(QueryError::Parameters(_)) if ask == PeersOf::usual(level, code) => {
                let place = snapshot
                    .catalogue()
                    .territory_name(level, code)
                    .unwrap_or_default();
                let nothing = Message::new("compare-nothing-known").with("place", place);
                html(&ChoosePage {
                    choice: ComparisonChoice::of(&frame, snapshot, place, None),
                    problem: frame.lang.tell(&nothing),
                    proposals: Vec::new(),
                    frame,
                })
            }
            Err(error) => Err(error.into()),
        }
    })
    .await
}

fn page(
    mut frame: Frame,
    snapshot: &Snapshot,
    (ask, order): (&PeersOf, PeerOrder),
    compared: &Compared,
) -> ComparePage {
    let (lang, comparer) = (frame.lang, snapshot.comparer());
    let fiche = snapshot.catalogue().fiche(compared.doc);
    let path = format!("/comparer/{}", fiche.id);
    let how = encoded(&peers_pairs(ask));
    let query = Query {
        peers: Some(ask.clone()),
        ..Query::default()
    };
    let peers_query = query.canonical();
    let own = format!("{}={}", ask.level, ask.code);
    entitle(&mut frame, &fiche.name, (&path, &how));
    frame.picture.clone_from(&peers_query);
    let found = snapshot.diagnose(compared);
    let teller = Teller {
        frame: &frame,
        snapshot,
        found: &found,
        peers: &peers_query,
        own: &own,
    };
    let (most, gaps) = teller.gaps();
    let shown = &compared.peers[..compared.peers.len().min(LISTED)];
    let layers = snapshot.schema().layers().iter();
    let layers = layers.filter(|layer| layer.counted);
    let map = format!("{peers_query}&type={}&largeur=800&hauteur=560", ask.level);
    let stratum = stratum(&frame, snapshot, (ask, &path), compared);
    ComparePage {
        stratum,
        choice: ComparisonChoice::of(&frame, snapshot, &fiche.name, Some(ask)),
        name: fiche.name.clone(),
        page: frame.to(&hits::path(fiche), ""),
        level: "@".repeat(usize::from(snapshot.catalogue().level(compared.doc))),
        lead: lead(&frame, ask, compared),
        reason: reason(&frame, snapshot, ask),
        lacking: lacking(&frame, snapshot, compared),
        most,
        gaps,
        tables: teller.tables(),
        beside: teller.beside(),
        labels: teller.labels(),
        profile: profile::lines(&frame, comparer, compared, ask.level),
        orders: choice::orders(&frame, &path, &how, order),
        layers: layers
            .map(|layer| lang.of(&layer.title).to_owned())
            .collect(),
        peers: peers::rows(&frame, snapshot, shown, order),
        more: more(&frame, compared.peers.len(), shown.len()),
        picture: frame.data("/carte.svg", &map),
        explore: frame.explorer(&peers_query),
        exports: exports(&frame, ask, &how),
        embed: frame.to("/integrer", &peers_query),
        formula: lang.say("compare-formula"),
        version: comparer.version(),
        sources: sources(&frame, snapshot, compared),
        address: frame.absolute(&frame.canonical.clone(), ""),
        frame,
    }
}

/// Title and address of the comparison of a place.
fn entitle(frame: &mut Frame, place: &str, (path, how): (&str, &str)) {
    let title = Message::new("compare-title").with("place", place);
    frame.entitle(
        &format!("{} – Atlaas", frame.lang.tell(&title)),
        frame.lang.say("compare-about"),
    );
    frame.canonical = format!("{path}{}{how}", if how.is_empty() { "" } else { "?" });
}

/// How many, among how many, by what.
fn lead(frame: &Frame, ask: &PeersOf, compared: &Compared) -> String {
    let lang = frame.lang;
    let people = |number: f64| lang.number(number.max(0.0).round() as u64);
    let kinds = lang.say(match ask.level {
        Level::Commune => "compare-communes",
        Level::Epci => "compare-epci",
        Level::Departement => "compare-departements",
        Level::Region => "compare-regions",
    });
    let n = lang.number(compared.peers.len() as u64);
    let candidates = lang.number(compared.candidates as u64);
    lang.tell(&match (&ask.choice, compared.band, &compared.stratum) {
        (PeerChoice::Chosen(_), ..) => Message::new("compare-lead-chosen")
            .with("kinds", kinds)
            .with("n", n),
        (PeerChoice::Stratum, _, Some(stratum)) => Message::new("compare-lead-stratum")
            .with("kinds", kinds)
            .with("n", n)
            .with("from", people(stratum.least))
            .with("to", stratum.most.map_or_else(|| "∞".to_owned(), people))
            .with("width", lang.say(width(stratum.width)))
            .with("least", stratum.at_least),
        (_, Some(band), _) if band.factor.is_some() => Message::new("compare-lead-band")
            .with("kinds", kinds)
            .with("n", n)
            .with("from", people(band.least))
            .with("to", people(band.most))
            .with("candidates", candidates),
        _ => Message::new("compare-lead-all")
            .with("kinds", kinds)
            .with("n", n)
            .with("candidates", candidates),
    })
}

const fn width(width: Width) -> &'static str {
    match width {
        Width::Exact => "compare-width-exact",
        Width::Grouped => "compare-width-grouped",
        Width::Class => "compare-width-class",
        Width::Classes(_) => "compare-width-classes",
    }
}

/// The other way to tell who is alike, and its address: the stratum beside the neighbours, or these.
fn stratum(
    frame: &Frame,
    snapshot: &Snapshot,
    (ask, path): (&PeersOf, &str),
    compared: &Compared,
) -> (String, String) {
    let other = PeersOf {
        choice: match ask.choice {
            PeerChoice::Nearest => PeerChoice::Stratum,
            PeerChoice::Stratum | PeerChoice::Chosen(_) => PeerChoice::Nearest,
        },
        ..ask.clone()
    };
    let href = frame.to(path, &encoded(&peers_pairs(&other)));
    let own = snapshot.comparer().stratum(compared.at);
    match (own, &ask.choice) {
        (Some(own), PeerChoice::Nearest) => {
            let n = own.count() as u64;
            let message = Message::new("compare-own-stratum").count("n", n);
            (frame.lang.tell(&message), href)
        }
        (None, PeerChoice::Nearest) => (String::new(), href),
        _ => (frame.lang.say("compare-see-nearest").to_owned(), href),
    }
}

fn reason(frame: &Frame, snapshot: &Snapshot, ask: &PeersOf) -> String {
    let Weighing::Lens(name) = &ask.weighing else {
        return frame.lang.say("lens-own-reason").to_owned();
    };
    let mut lenses = snapshot.comparer().lenses().iter();
    let lens = lenses.find(|lens| lens.name == *name);
    lens.map_or_else(String::new, |lens| frame.lang.of(&lens.reason).to_owned())
}

/// What should weigh and is not known, and how many candidates lack something.
fn lacking(frame: &Frame, snapshot: &Snapshot, compared: &Compared) -> String {
    let variables = snapshot.comparer().variables();
    let names = compared
        .lacking
        .iter()
        .map(|&rank| frame.lang.of(&variables[rank].title));
    let names: Vec<String> = names.map(str::to_lowercase).collect();
    let mut sentences = Vec::new();
    if !names.is_empty() {
        let message = Message::new("compare-lacking").with("names", names.join(", "));
        sentences.push(frame.lang.tell(&message));
    }
    if compared.incomplete > 0 {
        let n = compared.incomplete as u64;
        let message = Message::new("compare-incomplete").count("n", n);
        sentences.push(frame.lang.tell(&message));
    }
    sentences.join(" ")
}

fn more(frame: &Frame, all: usize, shown: usize) -> String {
    let rest = all.saturating_sub(shown) as u64;
    let message = Message::new("compare-more").count("n", rest);
    if rest > 0 {
        frame.lang.tell(&message)
    } else {
        String::new()
    }
}

fn exports(frame: &Frame, ask: &PeersOf, how: &str) -> Vec<(&'static str, String)> {
    let mark = if how.is_empty() { "" } else { "&" };
    let form = |form: &str| {
        let query = format!("territoire={}-{}{mark}{how}&f={form}", ask.level, ask.code);
        frame.data("/api/v1/comparaison", &query)
    };
    vec![
        ("CSV", form("csv")),
        ("XLSX", form("xlsx")),
        ("JSON", form("json")),
    ]
}

/// Who made the columns that weigh, each once with the titles of theirs: what the figures stand on.
fn sources(frame: &Frame, snapshot: &Snapshot, compared: &Compared) -> Vec<(String, String)> {
    let mut told: Vec<(String, String)> = Vec::new();
    for source in snapshot.comparer().sources(&compared.weights) {
        let title = frame.lang.of(&source.about.title);
        match told.iter_mut().find(|(by, _)| *by == source.about.source) {
            Some((_, titles)) if titles.contains(title) => {}
            Some((_, titles)) => {
                titles.push_str(", ");
                titles.push_str(title);
            }
            None => told.push((source.about.source.clone(), title.to_owned())),
        }
    }
    told
}

fn encoded(pairs: &[(String, String)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    query.finish()
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
