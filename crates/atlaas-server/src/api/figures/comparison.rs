//! `/api/v1/comparaison`: a territory beside those that resemble it by context, as JSON and as tables.

mod answer;
mod columns;
mod diagnosis;
mod table;

use crate::api::figures::answering::{self, FigureForm};
use crate::api::figures::comparison::answer::{AskedComparison, ComparisonAnswer};
use crate::api::figures::free_table::TableStory;
use crate::call::peers;
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Likeness, Own};
use crate::describe::responses::{Binary, Refused};
use crate::error::problem::ApiError;
use crate::formats::csv_dialect::Dialect;
use crate::formats::table::csvw::CsvMetadata;
use crate::formats::table::field::Field;
use crate::words::language::Language;
use atlaas_engine::{Snapshot, peers_pairs};
use atlaas_model::{Code, Level, PeersOf};
use axum::response::Response;

/// Address of comparisons.
pub const PATH: &str = "/api/v1/comparaison";

parameters! {
    /// Which territory.
    OfPlace = [
        Parameter::query("territoire", Takes::Text, "Territoire, par identifiant.").when("Un territoire, et un seul : territoire, commune, epci, departement, region ou semblables_a.").like("commune-13056"),
        Parameter::query("commune", Takes::Text, "Code INSEE ou nom.").when("À la place de territoire."),
        Parameter::query("epci", Takes::Text, "SIREN ou nom.").when("À la place de territoire."),
        Parameter::query("departement", Takes::Text, "Numéro ou nom.").when("À la place de territoire."),
        Parameter::query("region", Takes::Text, "Code ou nom.").when("À la place de territoire."),
        Parameter::query("semblables_a", Takes::Text, "Le même identifiant, comme dans la requête.").when("À la place de territoire."),
    ]
}
/// `GET /api/v1/comparaison`: who resembles a territory, why, and what they have.
#[utoipa::path(
    get,
    path = "/api/v1/comparaison",
    tag = "Comparaison",
    summary = "Un territoire à côté de ceux qui lui ressemblent",
    description = "Les semblables sont choisis par le contexte seul (population, densité, revenu…), jamais par les fiches ni par le label : `semblables_a` en fait un filtre de toutes les requêtes. `/semblables`, lui, ressemble par les mots.",
    params(OfPlace, Likeness, FigureForm, Own),
    responses(
        (status = 200, content(
            (ComparisonAnswer = "application/json"),
            (String = "text/csv; charset=utf-8"),
            (Binary = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (CsvMetadata = "application/csvm+json"),
        )),
        Refused
    ),
    extensions(("x-example" = json!("/api/v1/comparaison?commune=13056&n=20")))
)]
pub async fn compare(call: Call) -> Result<Response, ApiError> {
    let ask = peers::read(&call)?;
    let form = answering::form(&call)?;
    let dialect = Dialect::parse(call.parameter("dialecte"))?;
    let language = call.language();
    let spelt = spelt(&ask);
    let validator = call.validator(&[&spelt, form, dialect.as_str(), language.tag()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let (base, spelling) = (call.base.clone(), spelt.clone());
    let body = call
        .heavy(move |snapshot| {
            let compared = snapshot.compare(&ask)?;
            let diagnosis = snapshot.diagnose(&compared);
            let asked = AskedComparison {
                snapshot,
                ask: &ask,
                compared: &compared,
                diagnosis: &diagnosis,
                base: &base,
                language,
            };
            if form == "json" {
                return serde_json::to_vec(&ComparisonAnswer::new(&asked))
                    .map_err(|error| ApiError::internal(&error));
            }
            let table = table::table(&asked);
            let place = (asked.base, PATH);
            let spelt = (spelling.as_str(), dialect);
            let story = TableStory {
                fields: columns::told(&asked, &table.columns),
                told: answering::provenance(snapshot, &table.title, place, spelt),
                language,
            };
            answering::written((&table, &story), (form, "Comparaison"), dialect)
        })
        .await?;
    Ok(answering::respond(
        &call,
        (PATH, &spelt),
        ((form, dialect), body),
        &validator,
    ))
}

/// The columns of the table of a territory, as they are told.
pub fn fields(
    snapshot: &Snapshot,
    (level, code): (Level, Code),
    language: Language,
) -> Result<Vec<Field>, ApiError> {
    let ask = PeersOf::usual(level, code);
    let compared = snapshot.compare(&ask)?;
    let diagnosis = snapshot.diagnose(&compared);
    let asked = AskedComparison {
        snapshot,
        ask: &ask,
        compared: &compared,
        diagnosis: &diagnosis,
        base: "",
        language,
    };
    Ok(columns::told(&asked, &table::table(&asked).columns))
}

/// The one spelling of what is asked.
fn spelt(ask: &PeersOf) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("territoire", &format!("{}-{}", ask.level, ask.code));
    query.extend_pairs(peers_pairs(ask));
    query.finish()
}
