//! `/api/v1/barometre/carte`: a measure of the barometer on territories, as map libraries join it by code.

use crate::api::figures::answering;
use crate::api::figures::spread::tidy;
use crate::call::barometer::AMONG;
use crate::call::choropleth::{self, ChoroplethAsk, shade};
use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Own, Search};
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::formats::LIST;
use crate::formats::stamp::SnapshotStamp;
use crate::words::language::Language;
use atlaas_engine::{ATTRIBUTION, AreaState, Choropleth, Snapshot};
use axum::response::Response;
use serde::Serialize;

/// Its address.
const PATH: &str = "/api/v1/barometre/carte";

parameters! {
    /// What a map of figures shows.
    pub Shown = [
        Parameter::query("mesure", Takes::OneOf(&choropleth::MEASURES), "Ce que la carte montre : les fiches, le taux lissé pour 10 000 habitants, la part (en %) des communes actives. Le taux sans ce paramètre."),
        Parameter::query("maille", Takes::OneOf(&choropleth::LEVELS), "Les territoires. Sans ce paramètre, un niveau sous celui que la requête nomme, les départements si elle n’en nomme pas."),
        Parameter::query("parmi", Takes::OneOf(&AMONG), "De quoi les taux sont rapportés."),
    ]
}

/// A map of figures.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = CarteDuBarometre)]
pub struct ChoroplethAnswer<'a> {
    /// The query whose objects are counted.
    requete: String,
    /// `fiches`, `taux` or `actives`.
    mesure: &'static str,
    titre: &'static str,
    maille: &'static str,
    /// `participantes` or `communes`: what rates and parts are out of.
    parmi: &'static str,
    classes: Vec<MapClass>,
    /// Whether the classes are those of all years, so that maps of years compare.
    classes_de_toutes_les_annees: bool,
    /// Address of the list of a territory, `{code}` being its code.
    liste: String,
    /// Territories that take part.
    territoires: Vec<MapArea<'a>>,
    /// Codes of those that do not take part; left out where these are all the others, of a query of the whole
    /// country.
    #[serde(skip_serializing_if = "Option::is_none")]
    absents: Option<Vec<&'a str>>,
    source: &'static str,
    licence: String,
    instantane: SnapshotStamp,
}

/// A class of values; that without bounds is of those who take part and have nothing.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = ClasseDeCarte)]
struct MapClass {
    #[serde(skip_serializing_if = "Option::is_none")]
    de: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<f64>,
    /// Shade of a ramp of five; 0 is that of nothing.
    nuance: usize,
    legende: String,
}

/// A territory of the map.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = TerritoireDeCarte)]
struct MapArea<'a> {
    code: &'a str,
    /// Rank of the class; 0 is that of nothing.
    classe: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    valeur: Option<f64>,
    fiches: u32,
    actives: u32,
    participantes: u32,
    communes: u32,
}

impl<'a> ChoroplethAnswer<'a> {
    fn new(
        snapshot: &Snapshot,
        map: &'a Choropleth,
        ask: &ChoroplethAsk,
        (base, lang): (&str, Language),
    ) -> Self {
        let bounds = std::iter::once(None).chain(map.classes.iter().map(Some));
        let classes = bounds.zip(choropleth::legend(map, lang));
        let area = |(code, state, cell): (&'a str, AreaState, &'a atlaas_engine::Cell)| {
            let (classe, valeur) = match state {
                AreaState::Has(value, class) => (class + 1, Some(tidy(value))),
                AreaState::Nothing => (0, None),
                AreaState::Absent => return None,
            };
            Some(MapArea {
                code,
                classe,
                valeur,
                fiches: cell.counts.sheets,
                actives: cell.counts.active,
                participantes: cell.counts.participating,
                communes: cell.counts.communes,
            })
        };
        Self {
            requete: map.figures.query.canonical(),
            mesure: choropleth::name_of(map.measure),
            titre: choropleth::title(map.measure, lang),
            maille: map.level.as_str(),
            parmi: AMONG[usize::from(ask.of_all)],
            classes: classes
                .enumerate()
                .map(|(rank, (bounds, legende))| MapClass {
                    nuance: bounds.map_or(0, |_| shade(rank - 1, map.classes.len())),
                    de: bounds.map(|(low, _)| tidy(*low)),
                    a: bounds.map(|(_, high)| tidy(*high)),
                    legende,
                })
                .collect(),
            classes_de_toutes_les_annees: map.of_all_years,
            liste: list(base, map),
            territoires: map.areas().filter_map(area).collect(),
            absents: map.absent(),
            source: ATTRIBUTION,
            licence: format!("{base}/docs#licence"),
            instantane: SnapshotStamp::of(snapshot),
        }
    }
}

/// The address of the list of any territory of a map.
fn list(base: &str, map: &Choropleth) -> String {
    let code = "CODE";
    let mut query = map.figures.query.clone();
    query.territories.insert(map.level, vec![code.to_owned()]);
    let spelt = query.canonical();
    let named = format!("{}={code}", map.level);
    let template = format!("{}={{code}}", map.level);
    format!("{base}{LIST}?{}", spelt.replacen(&named, &template, 1))
}

/// `GET /api/v1/barometre/carte`: a measure by territory, in classes.
#[utoipa::path(
    get,
    path = "/api/v1/barometre/carte",
    tag = "Comparaison",
    summary = "Baromètre sur une carte : une mesure par territoire, en classes",
    description = "Toute la requête vaut ici, comme au baromètre. Trois états : le territoire participe et a des fiches (il est dans une classe), participe sans en avoir (classe 0), ne participe pas (il est parmi les `absents`, ou n’est nulle part quand la requête vaut pour tout le pays). Les classes sont les meilleures au sens des moindres carrés (ckmeans) ; celles d’une seule année sont celles de toutes les années, sauf par commune. Les styles les dessinent : `fond=barometre-taux`.",
    params(Shown, Search, Own),
    responses((status = 200, body = ChoroplethAnswer, content_type = "application/json"), Refused),
    extensions(("x-example" = json!("/api/v1/barometre/carte?mesure=taux&maille=departement")))
)]
pub async fn map(call: Call) -> Result<Response, ApiError> {
    let own = SERVER_PARAMETERS
        .iter()
        .filter(|name| !["f", "dialecte"].contains(name));
    let own: Vec<&str> = own.copied().collect();
    let ask =
        ChoroplethAsk::of(&call.snapshot, &call.pairs, &own, None).map_err(ApiError::parameters)?;
    let language = call.language();
    let spelt = ask.spelt();
    let validator = call.validator(&[&spelt, language.tag()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let body = call
        .heavy(move |snapshot| {
            let map = ask.answer(snapshot)?;
            let answer = ChoroplethAnswer::new(snapshot, &map, &ask, (&base, language));
            serde_json::to_vec(&answer).map_err(|error| ApiError::internal(&error))
        })
        .await?;
    Ok(answering::alone(&call, (PATH, &spelt), body, &validator))
}
