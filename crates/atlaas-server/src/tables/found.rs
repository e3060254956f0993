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

/// Values of the columns of one row, in their order; empty where nothing is known.
pub type Values = [String; 13];

/// What a row asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Texts of its columns.
    pub text: String,
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
        if self.text.trim().is_empty() {
            return None;
        }
        let given = |code: &String| (!code.is_empty()).then(|| code.clone());
        let postcodes: Vec<String> = given(&self.postcode).into_iter().collect();
        let citycodes: Vec<String> = given(&self.citycode).into_iter().collect();
        let hits = snapshot.geocode(&GeocodeRequest {
            text: &self.text,
            limit: 1,
            autocomplete: false,
            near: self.at,
            postcodes: &postcodes,
            citycodes: &citycodes,
        });
        let hit = hits.into_iter().next()?;
        let third = format!("{:.2}", hit.score);
        Some(values(snapshot, hit, third))
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
