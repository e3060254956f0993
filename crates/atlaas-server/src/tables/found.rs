//! What is found of a row, as the columns that are added to it: those of the national address API.

use crate::tables::order::Way;
use atlaas_engine::{GeocodeHit, GeocodeRequest, Snapshot};
use atlaas_model::{Level, Position};

/// Columns of what texts mean.
pub const SEARCHED: [&str; 13] = [
    "latitude",
    "longitude",
    "result_label",
    "result_score",
    "result_type",
    "result_id",
    "result_housenumber",
    "result_name",
    "result_postcode",
    "result_city",
    "result_context",
    "result_citycode",
    "result_status",
];
/// Columns of where positions lie.
pub const REVERSED: [&str; 13] = [
    "result_latitude",
    "result_longitude",
    "result_label",
    "result_distance",
    "result_type",
    "result_id",
    "result_housenumber",
    "result_name",
    "result_postcode",
    "result_city",
    "result_context",
    "result_citycode",
    "result_status",
];

/// Longest text of a row that is looked for, characters: the API's own bound.
const LONGEST: usize = 200;

/// Values of the columns of one row, in their order; empty where nothing is known.
pub type Values = [String; 13];

/// What a row asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Texts of its columns, in their order.
    pub texts: Vec<String>,
    /// Its post code.
    pub postcode: String,
    /// Its INSEE code.
    pub citycode: String,
    /// Where it lies.
    pub at: Option<Position>,
}

impl Question {
    /// What is found; the status alone when that is nothing.
    pub fn answer(&self, snapshot: &Snapshot, way: Way) -> Values {
        let found = match way {
            Way::Search => self.searched(snapshot),
            Way::Reverse => self.reversed(snapshot),
        };
        let mut values = found.unwrap_or_default();
        let status = if values[2].is_empty() {
            "not-found"
        } else {
            "ok"
        };
        status.clone_into(&mut values[12]);
        values
    }

    fn searched(&self, snapshot: &Snapshot) -> Option<Values> {
        let given = |code: &String| (!code.is_empty()).then(|| code.clone());
        let postcodes: Vec<String> = given(&self.postcode).into_iter().collect();
        let citycodes: Vec<String> = given(&self.citycode).into_iter().collect();
        let best = |text: &str| {
            let hits = snapshot.geocode(&GeocodeRequest {
                text,
                limit: 1,
                autocomplete: false,
                near: self.at,
                postcodes: &postcodes,
                citycodes: &citycodes,
            });
            hits.into_iter().next()
        };
        // A street and a town are no name of a town: where a code narrows what may be meant, the columns
        // are read one by one, the last first, as addresses are written.
        let narrowed = !(postcodes.is_empty() && citycodes.is_empty());
        let apart = self.texts.iter().rev();
        let apart = apart.filter(|_| narrowed && self.texts.len() > 1);
        let whole = self.text();
        let found = (!whole.is_empty()).then(|| best(&whole)).flatten();
        let hit = found.or_else(|| apart.map(String::as_str).find_map(best))?;
        let third = format!("{:.2}", hit.score);
        Some(values(snapshot, hit, third))
    }

    /// All texts as one, as long as one may be.
    fn text(&self) -> String {
        self.texts.join(" ").chars().take(LONGEST).collect()
    }

    fn reversed(&self, snapshot: &Snapshot) -> Option<Values> {
        let (doc, km) = snapshot.commune_at(self.at?)?;
        let hit = snapshot.geocode_hit(doc)?;
        Some(values(snapshot, hit, format!("{:.0}", km * 1000.0)))
    }
}

fn values(snapshot: &Snapshot, hit: GeocodeHit, third: String) -> Values {
    let at = hit.position.or_else(|| {
        let code = snapshot.catalogue().fiche(hit.doc).code?;
        snapshot.territories().label_position(Level::Commune, code)
    });
    let degrees =
        |number: Option<f64>| number.map_or_else(String::new, |number| format!("{number:.6}"));
    [
        degrees(at.map(Position::latitude)),
        degrees(at.map(Position::longitude)),
        hit.label,
        third,
        hit.kind.to_owned(),
        hit.id,
        String::new(),
        hit.name,
        hit.postcode,
        hit.city,
        hit.context,
        hit.citycode,
        String::new(),
    ]
}
