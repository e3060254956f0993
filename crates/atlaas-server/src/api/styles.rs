//! `/styles/{name}.json`: map styles over our tiles, with absolute addresses; the parameters of a
//! search filter their points, `fond` chooses what colours the ground, `texte` whether names are drawn.

mod style_document;
mod style_figures;
mod style_grounds;
mod style_layers;

use crate::api::styles::style_document::MapStyle;
use crate::call::barometer;
use crate::call::choropleth::{self, ChoroplethAsk, of_ground};
use crate::call::grounds;
use crate::call::request::Call;
use crate::call::tilesets::{STYLE_PARAMETERS, tilesets};
use crate::describe::parameter::{FLAG, Parameter, Takes, parameters};
use crate::describe::query_parameters::{Own, Search};
use crate::describe::responses::{Missing, Refused};
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::wire::described_schema as scope;
use crate::words::message::Message;
use atlaas_engine::Query;
use atlaas_model::Schema;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;

/// What the styles write instead of the public address.
const BASE: &str = "{base}";
/// Where a style says which layers belong to which choice.
const CHOICES: &str = "atlaas:choix";

/// Where a style says how its names are drawn.
const TEXT: &str = "atlaas:texte";
/// Whether the build drew the signs of a font, which needs Node.js.
const HAS_GLYPHS: bool = env!("ATLAAS_GLYPHS").as_bytes()[0] == b'1';

/// A style as it is written.
struct Style {
    name: &'static str,
    about: &'static str,
    text: &'static str,
}

static STYLES: [Style; 3] = [
    Style {
        name: "clair",
        about: "Fond clair",
        text: include_str!("../../../../tiles/clair.json"),
    },
    Style {
        name: "sombre",
        about: "Fond sombre",
        text: include_str!("../../../../tiles/sombre.json"),
    },
    Style {
        name: "contraste",
        about: "Contrastes forts",
        text: include_str!("../../../../tiles/contraste.json"),
    },
];

/// Which styles there are, and what may colour their ground.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = StylesDeCarte)]
struct StyleList {
    fonds: Vec<&'static str>,
    styles: Vec<StyleEntry>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = StyleOffert)]
struct StyleEntry {
    id: &'static str,
    titre: &'static str,
    url: String,
}

parameters! {
    /// A map style and its ground.
    StyleChoice = [
        Parameter::path("style", Takes::OneOf(&["clair.json", "sombre.json", "contraste.json"]), "Nom du style.")
            .like("clair.json"),
        Parameter::query("fond", Takes::Declared(grounds::names(&scope::schema())), "Ce qui colore le fond.").like(grounds::LABEL),
        Parameter::query("maille", Takes::OneOf(&choropleth::LEVELS), "Les territoires que montre un fond du baromètre.").when("Avec fond=barometre-…"),
        Parameter::query("parmi", Takes::OneOf(&barometer::AMONG), "De quoi ses taux sont rapportés.").when("Avec fond=barometre-…"),
        Parameter::query("texte", FLAG, "Noms et nombres, avec nos polices (oui sans ce paramètre)."),
    ]
}

/// `GET /styles`: which there are.
#[utoipa::path(
    get,
    path = "/styles",
    tag = "Tuiles",
    summary = "Styles de carte et fonds",
    description = "",
    params(Own),
    responses((status = 200, body = StyleList), Refused),
    extensions(("x-example" = json!("/styles")))
)]
pub async fn list(call: Call) -> Result<Response, ApiError> {
    call.only(&["v", "lang"])?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let entry = |style: &Style| StyleEntry {
        id: style.name,
        titre: style.about,
        url: format!("{}/styles/{}.json", call.base, style.name),
    };
    let list = StyleList {
        fonds: grounds::names(call.snapshot.schema()),
        styles: STYLES.iter().map(entry).collect(),
    };
    call.json("application/json", &list, &validator)
}

/// `GET /styles/{name}.json`.
#[utoipa::path(
    get,
    path = "/styles/{style}",
    tag = "Tuiles",
    summary = "Style MapLibre ; une requête en filtre les points",
    description = "",
    params(StyleChoice, Search),
    responses((status = 200, body = MapStyle), Missing),
    extensions(("x-example" = json!("/styles/clair.json?fond=epci")))
)]
pub async fn one(Path(file): Path<String>, call: Call) -> Result<Response, ApiError> {
    let named = |style: &&Style| file.strip_suffix(".json").unwrap_or(&file) == style.name;
    let style = STYLES.iter().find(named).ok_or_else(|| unknown(&file))?;
    let ground = ground(&call)?;
    let text = text(&call)?;
    let own: Vec<&str> = ["v", "lang"].into_iter().chain(STYLE_PARAMETERS).collect();
    let query = Query::parse(&call.pairs, call.snapshot.schema(), &own).map_err(ApiError::query)?;
    let version = call.parameter("v").unwrap_or_default();
    let drawn = format!("{text:?}");
    let canonical = query.filter_canonical();
    let lang = call.language();
    let figures = figures(&call, ground, &own)?;
    let shown = figures.as_ref().map(ChoroplethAsk::spelt);
    let parts = [
        canonical.as_str(),
        ground,
        version,
        style.text,
        &drawn,
        shown.as_deref().map_or("", |_| lang.tag()),
        shown.as_deref().unwrap_or_default(),
    ];
    let validator = call.validator(&parts);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let mut document: Value =
        serde_json::from_str(style.text).map_err(|error| ApiError::internal(&error))?;
    if let Some(ask) = figures {
        let map = call
            .heavy(move |snapshot| Ok(ask.answer(snapshot)?))
            .await?;
        let schema = call.snapshot.schema();
        let mut choices = document["metadata"][CHOICES].clone();
        let place = (&**schema, ground, call.base.as_str());
        style_figures::add(&mut document, &mut choices, place, (&map, lang));
        document["metadata"][CHOICES] = choices;
    }
    choose(&mut document, call.snapshot.schema(), ground, &query);
    aim(&mut document, &call.base, &query, version);
    write_text(&mut document, &call.base, text);
    call.json("application/json", &document, &validator)
}

/// What a ground of the barometer shows.
fn figures(call: &Call, ground: &str, own: &[&str]) -> Result<Option<ChoroplethAsk>, ApiError> {
    // Read whatever the ground is: what is wrong is wrong where it has no effect too.
    let measure = of_ground(ground);
    let ask = ChoroplethAsk::of(&call.snapshot, &call.pairs, own, measure);
    let ask = ask.map_err(ApiError::parameters)?;
    Ok(measure.map(|_| ask))
}

fn unknown(file: &str) -> ApiError {
    let file: String = file.chars().take(40).collect();
    let known = STYLES.each_ref().map(|style| style.name).join(", ");
    ApiError::not_found(
        Message::new("error-unknown-style")
            .with("name", file)
            .with("known", known),
    )
}

fn ground(call: &Call) -> Result<&'static str, ApiError> {
    let asked = call.parameter("fond").unwrap_or_default();
    if asked.is_empty() {
        return Ok(grounds::LABEL);
    }
    let known = grounds::names(call.snapshot.schema());
    let named = known.iter().find(|known| **known == asked);
    named.copied().ok_or_else(|| {
        let mistake = Refusal::new("fond", asked, Message::new("mistake-ground"));
        ApiError::parameters(vec![mistake.allowed(asked, known)])
    })
}

/// How the names of a style are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    /// With our signs.
    Drawn,
    /// Not, as asked.
    Unwanted,
    /// Not, for want of signs.
    Missing,
}

fn text(call: &Call) -> Result<Text, ApiError> {
    let allowed = ["oui", "non", "1", "0", "true", "false"];
    let asked = call.parameter("texte").unwrap_or_default();
    match asked {
        "non" | "0" | "false" => Ok(Text::Unwanted),
        "" | "oui" | "1" | "true" if HAS_GLYPHS => Ok(Text::Drawn),
        "" | "oui" | "1" | "true" => Ok(Text::Missing),
        _ => {
            let mistake = Refusal::new("texte", asked, Message::new("mistake-unknown-value"));
            Err(ApiError::parameters(vec![mistake.allowed(asked, allowed)]))
        }
    }
}

/// Says where the signs are that names are drawn with, or leaves out what is written: some libraries show
/// no map at all when a style has text and no signs.
fn write_text(document: &mut Value, base: &str, text: Text) {
    document["metadata"][TEXT] = match text {
        Text::Drawn => "Noto Sans",
        Text::Unwanted => "texte=non",
        Text::Missing => "sans texte : construit sans Node.js",
    }
    .into();
    if text == Text::Drawn {
        document["glyphs"] = format!("{base}/glyphes/{{fontstack}}/{{range}}.pbf").into();
        return;
    }
    let written = |layer: &Value| layer["layout"].get("text-field").is_some();
    let mut left = Vec::new();
    if let Some(layers) = document["layers"].as_array_mut() {
        left.extend(
            layers
                .iter()
                .filter(|layer| written(layer))
                .map(|layer| layer["id"].clone()),
        );
        layers.retain(|layer| !written(layer));
    }
    let choices = document["metadata"][CHOICES].as_object_mut();
    for ids in choices.into_iter().flat_map(|choices| choices.values_mut()) {
        if let Some(ids) = ids.as_array_mut() {
            ids.retain(|id| !left.contains(id));
        }
    }
}

/// Shows the layers of one ground, and those of the points when there is a query to show.
fn choose(document: &mut Value, schema: &Schema, ground: &str, query: &Query) {
    let mut choices = document["metadata"][CHOICES].clone();
    if let Some(points) = choices["points"].as_array_mut() {
        style_layers::complete(document, points, schema);
    }
    style_grounds::complete(document, &mut choices, schema);
    document["metadata"][CHOICES].clone_from(&choices);
    let grounds = grounds::names(schema);
    let belongs = |choice: &str, id: &Value| {
        choices[choice]
            .as_array()
            .is_some_and(|ids| ids.contains(id))
    };
    let asked = !query.filter_canonical().is_empty();
    let drawn = tilesets(query, schema);
    let layers = document["layers"].as_array_mut();
    for layer in layers.into_iter().flatten() {
        let id = layer["id"].clone();
        let visible = if belongs("points", &id) {
            asked
                && layer["source"]
                    .as_str()
                    .is_some_and(|source| drawn.contains(&source))
        } else if grounds.iter().any(|choice| belongs(choice, &id)) {
            belongs(ground, &id)
        } else {
            continue;
        };
        layer["layout"]["visibility"] = if visible { "visible" } else { "none" }.into();
    }
}

/// Makes the addresses of the sources absolute; points follow the query.
fn aim(document: &mut Value, base: &str, query: &Query, version: &str) {
    let sources = document["sources"].as_object_mut();
    for (name, source) in sources.into_iter().flatten() {
        let mut parameters = match name.as_str() {
            "territoires" => String::new(),
            _ => query.filter_canonical(),
        };
        if !version.is_empty() {
            let mark = if parameters.is_empty() { "" } else { "&" };
            let version: String = form_urlencoded::byte_serialize(version.as_bytes()).collect();
            parameters = format!("{parameters}{mark}v={version}");
        }
        let mark = if parameters.is_empty() { "" } else { "?" };
        let written = source["url"].as_str().unwrap_or_default();
        source["url"] = format!("{}{mark}{parameters}", written.replace(BASE, base)).into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(document: &Value, prefix: &str) -> Vec<String> {
        let layers = document["layers"].as_array().unwrap().iter();
        layers
            .filter(|layer| layer["layout"]["visibility"] != "none")
            .filter_map(|layer| layer["id"].as_str())
            .filter(|id| id.starts_with(prefix))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn every_style_reads_and_its_choices_name_layers_that_exist() {
        for style in &STYLES {
            let document: Value = serde_json::from_str(style.text).unwrap();
            let layers = document["layers"].as_array().unwrap();
            let choices = document["metadata"][CHOICES].as_object().unwrap();
            for id in choices.values().flat_map(|ids| ids.as_array().unwrap()) {
                assert!(
                    layers.iter().any(|layer| &layer["id"] == id),
                    "{}: {id}",
                    style.name
                );
            }
            assert!(document.get("glyphs").is_none() && document.get("sprite").is_none());
        }
    }

    #[test]
    fn what_is_served_has_the_shape_that_is_described() {
        for style in &STYLES {
            let mut document: Value = serde_json::from_str(style.text).unwrap();
            choose(
                &mut document,
                &Schema::default(),
                "aucun",
                &Query::default(),
            );
            aim(&mut document, "https://x.fr", &Query::default(), "");
            write_text(&mut document, "https://x.fr", Text::Drawn);
            let read: MapStyle = serde_json::from_value(document.clone()).unwrap();
            assert_eq!(
                serde_json::to_value(read).unwrap(),
                document,
                "{}",
                style.name
            );
        }
    }

    #[test]
    fn without_signs_nothing_is_written_and_with_them_they_have_an_address() {
        for style in &STYLES {
            for text in [Text::Drawn, Text::Unwanted, Text::Missing] {
                let mut document: Value = serde_json::from_str(style.text).unwrap();
                write_text(&mut document, "https://x.fr", text);
                let layers = document["layers"].as_array().unwrap();
                let ids: Vec<&Value> = layers.iter().map(|layer| &layer["id"]).collect();
                let written = layers
                    .iter()
                    .any(|layer| layer["layout"].get("text-field").is_some());
                let expected =
                    (text == Text::Drawn).then_some("https://x.fr/glyphes/{fontstack}/{range}.pbf");
                assert_eq!(document["glyphs"].as_str(), expected, "{}", style.name);
                assert_eq!(written, text == Text::Drawn, "{}", style.name);
                let choices = document["metadata"][CHOICES].as_object().unwrap();
                for id in choices.values().flat_map(|ids| ids.as_array().unwrap()) {
                    assert!(ids.contains(&id), "{}: {id}", style.name);
                }
            }
        }
    }

    #[test]
    fn a_ground_shows_its_own_layers_and_no_query_shows_no_points() {
        for style in &STYLES {
            for (ground, prefix, n) in [
                ("arobases", "arobases-", 1),
                ("initiatives", "initiatives-", 3),
                ("aucun", "arobases-", 0),
            ] {
                let mut document: Value = serde_json::from_str(style.text).unwrap();
                choose(&mut document, &Schema::default(), ground, &Query::default());
                assert_eq!(shown(&document, prefix).len(), n, "{} {ground}", style.name);
                assert!(shown(&document, "colieux-").is_empty());
            }
        }
    }

    #[test]
    fn sources_are_absolute_and_only_points_are_filtered() {
        let mut document: Value = serde_json::from_str(STYLES[0].text).unwrap();
        let query = Query {
            kinds: vec![atlaas_model::Kind::point("initiative")],
            ..Query::default()
        };
        aim(&mut document, "https://x.fr/a", &query, "abc");
        choose(&mut document, &Schema::default(), "aucun", &query);
        let url = |name: &str| {
            document["sources"][name]["url"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            url("territoires"),
            "https://x.fr/a/tiles/territoires.json?v=abc"
        );
        assert_eq!(
            url("initiatives"),
            "https://x.fr/a/tiles/initiatives.json?type=initiative&v=abc"
        );
        assert_eq!(shown(&document, "colieux-").len(), 0);
        assert_eq!(shown(&document, "initiatives-").len(), 2);
    }
}
