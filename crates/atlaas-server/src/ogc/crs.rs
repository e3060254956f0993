//! The systems of coordinates that items are given in: longitude and latitude, or the plane of web maps
//! (OGC API Features Part 2).

use crate::call::request::Call;
use crate::error::mistake::Refusal;
use crate::words::message::Message;
use axum::http::{HeaderName, HeaderValue};
use serde_json::{Value, json};

/// Longitude, latitude in WGS 84.
pub const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
/// Metres of the plane of web maps.
pub const WEB_MERCATOR: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";
/// Says in which system an answer is.
pub const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");
/// Half the width of the plane, metres.
const HALF: f64 = 20_037_508.342_789_244;

/// A system of coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Crs {
    /// Longitude, latitude.
    #[default]
    Degrees,
    /// Metres to the east and to the north.
    Metres,
}

impl Crs {
    /// What a parameter asks for, by address or by short form in brackets; degrees when it is empty.
    pub fn read(call: &Call, name: &str, mistakes: &mut Vec<Refusal>) -> Self {
        match call.parameter(name).unwrap_or_default().trim() {
            "" | CRS84 | "[OGC:CRS84]" => Self::Degrees,
            WEB_MERCATOR | "[EPSG:3857]" => Self::Metres,
            other => {
                let mistake = Refusal::new(name, other, Message::new("mistake-unknown-value"));
                mistakes.push(mistake.allowed(other, [CRS84, WEB_MERCATOR]));
                Self::Degrees
            }
        }
    }

    /// Its address, as answers say it.
    pub const fn header(self) -> HeaderValue {
        match self {
            Self::Degrees => {
                HeaderValue::from_static("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>")
            }
            Self::Metres => {
                HeaderValue::from_static("<http://www.opengis.net/def/crs/EPSG/0/3857>")
            }
        }
    }

    /// A box in this system, in degrees; `None` for what is no box.
    pub fn box_in_degrees(self, text: &str) -> Option<String> {
        if self == Self::Degrees {
            return Some(text.to_owned());
        }
        let numbers: Option<Vec<f64>> = text
            .split(',')
            .map(|part| part.trim().parse().ok())
            .collect();
        let [west, south, east, north] = numbers?.try_into().ok()?;
        let corners = [[west, south], [east, north]].map(unproject);
        let written = corners
            .as_flattened()
            .iter()
            .map(|degrees| format!("{degrees:.7}"));
        Some(written.collect::<Vec<_>>().join(","))
    }

    /// Turns the coordinates of a geometry, whatever its depth, from degrees into this system.
    pub fn turn(self, coordinates: &mut Value) {
        let Value::Array(inner) = coordinates else {
            return;
        };
        match inner[..] {
            [Value::Number(ref x), Value::Number(ref y)] if self == Self::Metres => {
                let degrees = [x, y].map(|number| number.as_f64().unwrap_or_default());
                // Adding nothing turns a negative zero into zero.
                let centimetres = |metres: f64| (metres * 100.0).round() / 100.0 + 0.0;
                *coordinates = json!(project(degrees).map(centimetres));
            }
            _ => inner.iter_mut().for_each(|one| self.turn(one)),
        }
    }
}

fn project([longitude, latitude]: [f64; 2]) -> [f64; 2] {
    let latitude = latitude.clamp(-85.06, 85.06).to_radians();
    let north = (std::f64::consts::FRAC_PI_4 + latitude / 2.0).tan().ln();
    [
        longitude / 180.0 * HALF,
        north / std::f64::consts::PI * HALF,
    ]
}

fn unproject([east, north]: [f64; 2]) -> [f64; 2] {
    let north = (north / HALF * std::f64::consts::PI).exp().atan();
    let latitude = (2.0 * north - std::f64::consts::FRAC_PI_2).to_degrees();
    [east / HALF * 180.0, latitude]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_turned_at_any_depth_and_boxes_back() {
        // As gdaltransform says of a place in Martigues.
        let mut nested = json!([[[5.05, 43.4], [0.0, 0.0]]]);
        Crs::Metres.turn(&mut nested);
        assert_eq!(nested, json!([[[562_163.43, 5_373_055.47], [0.0, 0.0]]]));
        let back = Crs::Metres
            .box_in_degrees("562163.4285,5373055.4719,0,0")
            .unwrap();
        assert_eq!(back, "5.0500000,43.4000000,0.0000000,0.0000000");
        let mut same = json!([5.05, 43.4]);
        Crs::Degrees.turn(&mut same);
        assert_eq!(same, json!([5.05, 43.4]));
        assert_eq!(Crs::Metres.box_in_degrees("1,2,3"), None);
    }
}
