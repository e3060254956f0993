//! What two numbers can mean as a position, the likeliest first: as written, exchanged, in metres of
//! Lambert-93 or of the web's maps, with a sign or a decimal point lost.
//!
//! Which of them is right is not known here: whoever knows the commune takes the first that is near.

use crate::{
    tables::row::Row,
    values::angle::{Angle, angle, pair},
};
use atlaas_model::Position;

/// Columns that hold a latitude and a longitude at once, in that order or the other.
pub(crate) const PAIRS: [&str; 22] = [
    "geo_point_2d",
    "geo_point",
    "geopoint",
    "coordonnees",
    "coordonneesxy",
    "coordonnees_xy",
    "coordonnees_gps",
    "coordonnees_geographiques",
    "coordinates",
    "gps",
    "position",
    "geolocalisation",
    "localisation_gps",
    "latlong",
    "lat_long",
    "latlon",
    "lat_lon",
    "latitude_longitude",
    "geom",
    "the_geom",
    "wkt",
    "geo",
];

/// The two numbers of a row, latitude first as far as its columns say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    /// The texts that they were read from.
    pub(crate) shown: String,
    /// What was not as it should be, in French.
    pub(crate) mended: Option<&'static str>,
}

/// What a row says of its position.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    Nothing,
    Written(Written),
    /// Something that is no position.
    Unreadable(String),
}

const TOGETHER: &str =
    "latitude et longitude dans une seule colonne, séparées : leur donner deux colonnes";
const SEXAGESIMAL: &str = "degrés, minutes et secondes, remis en degrés décimaux";

/// Reads the columns `latitude` and `longitude`, or one that holds both.
pub(crate) fn read(row: &Row) -> Found {
    let (latitude, longitude) = (row.get("latitude"), row.get("longitude"));
    let shown = format!("{latitude} {longitude}").trim().to_owned();
    if shown.is_empty() {
        let filled = PAIRS.iter().map(|column| row.get(column));
        return match filled
            .into_iter()
            .find_map(|cell| Some((pair(&cell)?, cell)))
        {
            Some((numbers, shown)) => Found::Written(written(numbers, shown, None)),
            None => Found::Nothing,
        };
    }
    if let (Some(one), Some(other)) = (angle(&latitude), angle(&longitude)) {
        return Found::Written(written((one, other), shown, None));
    }
    let both = if latitude.is_empty() || latitude == longitude {
        &longitude
    } else if longitude.is_empty() {
        &latitude
    } else {
        return Found::Unreadable(shown);
    };
    match pair(both) {
        Some(numbers) => Found::Written(written(numbers, shown, Some(TOGETHER))),
        None => Found::Unreadable(shown),
    }
}

fn written((one, other): (Angle, Angle), shown: String, mended: Option<&'static str>) -> Written {
    let sexagesimal = one.sexagesimal || other.sexagesimal;
    Written {
        latitude: one.degrees,
        longitude: other.degrees,
        shown,
        mended: mended.or(sexagesimal.then_some(SEXAGESIMAL)),
    }
}

/// How far a guess must move a position, in degrees.
const LEAST_MOVE: f64 = 1.0;

/// One meaning of two numbers, and what was done, in French.
pub(crate) type Meaning = (Position, Option<&'static str>);

/// What the numbers can mean without losing anything.
pub(crate) fn meanings(latitude: f64, longitude: f64) -> impl Iterator<Item = Meaning> {
    const EXCHANGED: &str = "latitude et longitude étaient échangées : remises en ordre";
    const LAMBERT: &str = "coordonnées Lambert-93 en mètres, converties en degrés";
    const WEB: &str = "coordonnées en mètres des cartes du web (EPSG:3857), converties en degrés";
    let plain = |position: Option<Position>, said| position.map(|position| (position, said));
    [
        plain(Position::new(longitude, latitude).ok(), None),
        plain(Position::new(latitude, longitude).ok(), Some(EXCHANGED)),
        plain(of_lambert93(longitude, latitude), Some(LAMBERT)),
        plain(of_lambert93(latitude, longitude), Some(LAMBERT)),
        plain(of_web_mercator(longitude, latitude), Some(WEB)),
    ]
    .into_iter()
    .flatten()
}

/// What the numbers can mean when a minus or a decimal point was lost: only for who knows where the
/// position should lie. A guess that moves the position by less than a degree is none: near the
/// meridian of Greenwich it may as well be where it was.
pub(crate) fn guesses(latitude: f64, longitude: f64) -> impl Iterator<Item = Meaning> {
    const SIGN: &str = "signe de la position perdu, remis : l'ouest et le sud sont négatifs";
    const SHIFTED: &str = "virgule de la position déplacée, remise en place";
    let signs = [(1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)];
    let signs = signs.into_iter().map(|(one, other)| (one, other, SIGN));
    let powers = |power: i32| 10_f64.powi(power);
    let shifts = (-8..=2).flat_map(move |one| (-8..=2).map(move |other| (one, other)));
    let shifts = shifts.flat_map(move |(one, other)| {
        [1.0, -1.0].map(|sign| (powers(one), sign * powers(other), SHIFTED))
    });
    let all = signs.chain(shifts);
    all.filter_map(move |(one, other, said)| {
        let (east, north) = (longitude * other, latitude * one);
        let moved = (east - longitude).abs().max((north - latitude).abs());
        let position = Position::new(east, north).ok()?;
        (moved >= LEAST_MOVE).then_some((position, Some(said)))
    })
}

/// Lambert-93 (EPSG:2154) to degrees, after IGN's note NTG 71; nothing outside of its zone.
fn of_lambert93(x_m: f64, y_m: f64) -> Option<Position> {
    const EXPONENT: f64 = 0.725_607_765_053_267;
    const CONSTANT_M: f64 = 11_754_255.426_096;
    const ORIGIN_M: (f64, f64) = (700_000.0, 12_655_612.049_876);
    const ECCENTRICITY: f64 = 0.081_819_191_042_816;
    if !(-400_000.0..1_400_000.0).contains(&x_m) || !(5_900_000.0..7_300_000.0).contains(&y_m) {
        return None;
    }
    let (x, y) = (x_m - ORIGIN_M.0, ORIGIN_M.1 - y_m);
    let isometric = -(x.hypot(y) / CONSTANT_M).ln() / EXPONENT;
    let longitude = 3.0 + (x.atan2(y) / EXPONENT).to_degrees();
    let mut latitude = isometric.tanh().asin();
    // Five steps leave less than a millimetre.
    for _ in 0..5 {
        let flattened = ECCENTRICITY * (ECCENTRICITY * latitude.sin()).atanh();
        latitude = (isometric + flattened).tanh().asin();
    }
    Position::new(longitude, latitude.to_degrees()).ok()
}

/// Web Mercator (EPSG:3857) to degrees; nothing for what are no metres.
fn of_web_mercator(x_m: f64, y_m: f64) -> Option<Position> {
    const AXIS_M: f64 = 6_378_137.0;
    let most = AXIS_M * std::f64::consts::PI;
    if x_m.abs() > most || y_m.abs() > most || y_m.abs() < 100_000.0 {
        return None;
    }
    let latitude = (y_m / AXIS_M).sinh().atan().to_degrees();
    Position::new((x_m / AXIS_M).to_degrees(), latitude).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_become_degrees() {
        // The Eiffel Tower, and the origin of Lambert-93.
        for (x, y, longitude, latitude) in [
            (648_237.3, 6_862_271.9, 2.294_5, 48.858_4),
            (700_000.0, 6_600_000.0, 3.0, 46.5),
        ] {
            let position = of_lambert93(x, y).unwrap();
            assert!(
                (position.longitude() - longitude).abs() < 1e-4,
                "{position:?}"
            );
            assert!(
                (position.latitude() - latitude).abs() < 1e-4,
                "{position:?}"
            );
        }
        let web = of_web_mercator(255_422.6, 6_250_865.9).unwrap();
        assert!(
            (web.longitude() - 2.294_5).abs() < 1e-4 && (web.latitude() - 48.858_4).abs() < 1e-3
        );
        assert_eq!(of_lambert93(2.3, 48.8), None);
        assert_eq!(of_web_mercator(2.3, 48.8), None);
    }

    #[test]
    fn a_row_has_a_position_in_two_columns_or_one() {
        let row = |cells: &[(&str, &str)]| {
            let mut row = Row::new(1);
            for (column, value) in cells {
                row.push((*column).into(), value);
            }
            row
        };
        for (cells, expected, said) in [
            (
                &[("latitude", "48,85"), ("longitude", "2,35")][..],
                Some((48.85, 2.35)),
                None,
            ),
            (
                &[("latitude", "48.85, 2.35")],
                Some((48.85, 2.35)),
                Some(TOGETHER),
            ),
            (
                &[("longitude", "48.85 2.35")],
                Some((48.85, 2.35)),
                Some(TOGETHER),
            ),
            (
                &[("geo_point_2d", "48.85, 2.35")],
                Some((48.85, 2.35)),
                None,
            ),
            (
                &[("coordonneesxy", "[2.35, 48.85]")],
                Some((48.85, 2.35)),
                None,
            ),
            (
                &[("latitude", "48°30'N"), ("longitude", "2°30'E")],
                Some((48.5, 2.5)),
                Some(SEXAGESIMAL),
            ),
            (&[("latitude", "48.85"), ("longitude", "ici")], None, None),
            (&[("latitude", "48.85")], None, None),
        ] {
            match (read(&row(cells)), expected) {
                (Found::Written(written), Some(numbers)) => {
                    assert_eq!((written.latitude, written.longitude), numbers, "{cells:?}");
                    assert_eq!(written.mended, said, "{cells:?}");
                }
                (Found::Unreadable(_), None) => {}
                (found, _) => panic!("{cells:?}: {found:?}"),
            }
        }
        assert_eq!(read(&row(&[("geom", "x")])), Found::Nothing);
    }

    #[test]
    fn near_greenwich_nothing_is_guessed() {
        let mut all = guesses(47.9, 0.4);
        assert!(
            all.all(|(position, _)| (position.latitude() - 47.9).abs() > 1.0
                || position.longitude().abs() > 1.4)
        );
    }

    #[test]
    fn one_of_the_meanings_is_where_the_commune_is() {
        let nantes = Position::new(-1.55, 47.22).unwrap();
        for (latitude, longitude) in [
            (47.22, -1.55),
            (-1.55, 47.22),
            (6_689_400.0, 355_600.0),
            (355_600.0, 6_689_400.0),
            (47.22, 1.55),
            (4722.0, -155.0),
            (47_218_371.0, -1_553_621.0),
            (4.722, -1.55),
        ] {
            let near = |(position, _): &Meaning| position.distance_km(nantes) < 25.0;
            let all = meanings(latitude, longitude).chain(guesses(latitude, longitude));
            assert!(
                all.into_iter().any(|meaning| near(&meaning)),
                "{latitude} {longitude}"
            );
        }
    }
}
