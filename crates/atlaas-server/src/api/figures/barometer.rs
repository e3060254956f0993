//! `/api/v1/barometre`: what a query counts, by one dimension or two, each figure with what it is out of.

mod answer;
mod columns;
mod table;

use crate::api::figures::answering::{self, FigureForm};
use crate::api::figures::barometer::answer::{AskedBarometer, BarometerAnswer};
use crate::api::figures::free_table::TableStory;
use crate::call::barometer;
use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Own, Search};
use crate::describe::responses::{Binary, Refused};
use crate::error::problem::ApiError;
use crate::formats::csv_dialect::Dialect;
use crate::formats::table::csvw::CsvMetadata;
use crate::formats::table::field::Field;
use crate::words::language::Language;
use atlaas_engine::Snapshot;
use axum::response::Response;

/// Address of the barometer.
pub const PATH: &str = "/api/v1/barometre";

parameters! {
    /// What figures are told apart by, and what rates are out of.
    pub Told = [
        Parameter::query("par", Takes::Text, "Une dimension, ou deux séparées par une virgule : une facette (`departement`, `arobases`, celles des couches…), `strate`, `grille` (de densité, quand le contexte l’a), `commune`, `mise_a_jour`.").when("Deux au plus, et 50 000 cases au plus ; sans elle, le total seul.").like("departement"),
        Parameter::query("standardise", Takes::OneOf(&barometer::STANDARDS), "`strate` : chaque taux aussi comme il serait avec la composition de l’ensemble par strate de population.").when("Une seule dimension, de territoires."),
        Parameter::query("parmi", Takes::OneOf(&barometer::AMONG), "De quoi les taux sont rapportés : aux communes qui participent (une fiche, ou le label l’année demandée), ou à toutes."),
    ]
}
/// `GET /api/v1/barometre`: what is done, where, since when.
#[utoipa::path(
    get,
    path = "/api/v1/barometre",
    tag = "Comparaison",
    summary = "Baromètre : ce que compte une requête, par dimension, avec ses dénominateurs",
    description = "Toute la requête vaut ici. Sans `type`, les couches que les communes saisissent elles-mêmes. Une commune est active quand elle a au moins une fiche de la requête ; elle participe quand elle en a une, quelle qu’en soit la date, ou une ligne du label l’année demandée. Les taux pour 10 000 habitants sont lissés (bayésien empirique de Marshall, vers le département ou vers l’ensemble), avec un intervalle à 95 % ; `ecart` dit s’ils sortent de l’entonnoir à 95 ou 99,8 %. Chaque case porte la requête qui la liste. Une fiche de plusieurs valeurs compte sous chacune : les parts dépassent alors 100 %.",
    params(Told, Search, FigureForm, Own),
    responses(
        (status = 200, content(
            (BarometerAnswer = "application/json"),
            (String = "text/csv; charset=utf-8"),
            (Binary = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (CsvMetadata = "application/csvm+json"),
        )),
        Refused
    ),
    extensions(("x-example" = json!("/api/v1/barometre?par=departement")))
)]
pub async fn figures(call: Call) -> Result<Response, ApiError> {
    let ask = barometer::read(&call, &SERVER_PARAMETERS)?;
    let form = answering::form(&call)?;
    let dialect = Dialect::parse(call.parameter("dialecte"))?;
    let language = call.language();
    let spelt = [barometer::spelt(&ask), ask.query.filter_canonical()].join("&");
    let spelt = spelt.trim_end_matches('&').to_owned();
    let validator = call.validator(&[&spelt, form, dialect.as_str(), language.tag()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let (base, spelling) = (call.base.clone(), spelt.clone());
    let body = call
        .heavy(move |snapshot| {
            let found = snapshot.barometer(&ask)?;
            let asked = AskedBarometer {
                snapshot,
                ask: &ask,
                found: &found,
                base: &base,
                language,
            };
            if form == "json" {
                return serde_json::to_vec(&BarometerAnswer::new(&asked))
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
            answering::written((&table, &story), (form, "Barometre"), dialect)
        })
        .await?;
    Ok(answering::respond(
        &call,
        (PATH, &spelt),
        ((form, dialect), body),
        &validator,
    ))
}

/// The columns of the table that these parameters ask for, as they are told.
pub fn fields(
    snapshot: &Snapshot,
    pairs: &[(String, String)],
    language: Language,
) -> Result<Vec<Field>, ApiError> {
    let ask = barometer::of(snapshot, pairs, &SERVER_PARAMETERS).map_err(ApiError::parameters)?;
    let found = snapshot.barometer(&ask)?;
    let asked = AskedBarometer {
        snapshot,
        ask: &ask,
        found: &found,
        base: "",
        language,
    };
    Ok(columns::told(&asked, &table::table(&asked).columns))
}
