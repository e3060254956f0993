//! The layers of a style that show a measure of the barometer: territories in classes by their codes, those
//! that do not take part hatched. Drawn in the colours of the first count that the style was written for.

use crate::api::styles::style_grounds::layers_of;
use crate::call::choropleth::{legend, shades};
use crate::call::grounds::grounds;
use crate::words::language::Language;
use atlaas_engine::{AreaState, Choropleth};
use atlaas_model::Schema;
use serde_json::{Value, json};

/// The pattern over those who do not take part.
const HATCHING: &str = "hachures";
/// The first tile zoom at which territories of every level are drawn.
const FROM: u8 = 0;

/// Adds the layers of a ground to a style whose other grounds are complete.
pub fn add(
    document: &mut Value,
    choices: &mut Value,
    (schema, ground, base): (&Schema, &str, &str),
    (map, lang): (&Choropleth, Language),
) {
    let all = grounds(schema);
    let model = all.iter().find(|one| one.counts());
    let models = model.map(|model| layers_of(document, &choices[model.name]));
    let Some((at, model)) = models.and_then(|layers| layers.into_iter().next_back()) else {
        return;
    };
    let colours = colours(&model);
    let mut absent = layer(ground, "absents", map, &json!({ "fill-pattern": HATCHING }));
    if let Some(codes) = map.absent() {
        let within = json!(["in", ["to-string", ["get", "code"]], ["literal", codes]]);
        absent["filter"] = json!(["all", absent["filter"], within]);
    }
    let fill = fill(map, &colours);
    let classes = layer(
        ground,
        "classes",
        map,
        &json!({ "fill-color": fill, "fill-antialias": false }),
    );
    choices[ground] = json!([absent["id"], classes["id"]]);
    if let Some(layers) = document["layers"].as_array_mut() {
        let at = (at + 1).min(layers.len());
        layers.splice(at..at, [absent, classes]);
    }
    document["sprite"] = format!("{base}/motifs/{HATCHING}").into();
    document["metadata"]["atlaas:legende"] = told(map, &colours, lang);
}

fn layer(ground: &str, part: &str, map: &Choropleth, paint: &Value) -> Value {
    json!({
        "id": format!("{ground}-{part}"),
        "type": "fill",
        "source": "territoires",
        "source-layer": map.level.plural(),
        "minzoom": FROM,
        "filter": ["==", ["geometry-type"], "Polygon"],
        "layout": { "visibility": "visible" },
        "paint": paint,
    })
}

/// `["step", what, colour of nothing, start, colour, start, colour…]`: its colours.
fn colours(model: &Value) -> Vec<Value> {
    let steps = model["paint"]["fill-color"].as_array();
    let steps = steps.map_or(&[][..], Vec::as_slice);
    steps.iter().skip(2).step_by(2).cloned().collect()
}

fn colour(colours: &[Value], shade: usize) -> Value {
    let last = colours.last();
    colours.get(shade).or(last).cloned().unwrap_or_default()
}

/// The colour of each territory by its code; those of no class are let through to what lies below.
fn fill(map: &Choropleth, colours: &[Value]) -> Value {
    let shades = shades(map);
    let mut codes: Vec<Vec<&str>> = vec![Vec::new(); shades.len() + 1];
    for (code, state, _) in map.areas() {
        match state {
            AreaState::Has(_, rank) => codes[rank + 1].push(code),
            AreaState::Nothing => codes[0].push(code),
            AreaState::Absent => {}
        }
    }
    let through = json!("rgba(0,0,0,0)");
    let mut matched = vec![json!("match"), json!(["to-string", ["get", "code"]])];
    let shades = std::iter::once(0).chain(shades);
    for (codes, shade) in codes
        .iter()
        .zip(shades)
        .filter(|(codes, _)| !codes.is_empty())
    {
        matched.push(json!(codes));
        matched.push(colour(colours, shade));
    }
    if matched.len() == 2 {
        return through;
    }
    matched.push(through);
    matched.into()
}

/// What the colours mean, for whoever shows the style.
fn told(map: &Choropleth, colours: &[Value], lang: Language) -> Value {
    let shades = std::iter::once(0).chain(shades(map));
    let classes = shades.zip(legend(map, lang));
    let classes =
        classes.map(|(shade, text)| json!({ "couleur": colour(colours, shade), "texte": text }));
    let absent = json!({ "motif": HATCHING, "texte": lang.say("choropleth-absent") });
    classes.chain([absent]).collect()
}
