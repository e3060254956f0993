//! What is wrong with a parameter: the message that tells each mistake of a query.

use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{Mistake, ParameterError};
use atlaas_model::PositionError;

/// A parameter that is refused, and the message that tells why.
pub type Refusal = ParameterError<Message>;

/// The mistakes of a query, each with the message that tells it.
pub fn refusals(mistakes: Vec<ParameterError>) -> Vec<Refusal> {
    let told = |error: ParameterError| error.map(|mistake| message(&mistake));
    mistakes.into_iter().map(told).collect()
}

/// All of them in one text, each behind the name of its parameter.
pub fn in_words(mistakes: &[Refusal], lang: Language) -> String {
    let text = |refusal: &Refusal| {
        let why = lang.tell(&refusal.mistake);
        format!("{} : {why}", refusal.parametre)
    };
    let texts: Vec<String> = mistakes.iter().map(text).collect();
    texts.join(" ")
}

/// What is wrong with a parameter of a query, in English, for those who ask on the command line.
pub fn mistake_in_english(mistake: &Mistake) -> String {
    Language::English.tell(&message(mistake))
}

fn message(mistake: &Mistake) -> Message {
    let named = Message::new(name(mistake));
    match *mistake {
        Mistake::TooManyParameters { given, most } | Mistake::TooManyWords { given, most } => {
            named.with("given", given).with("most", most)
        }
        Mistake::TooManyValues { most } | Mistake::TooLong { most } => named.with("most", most),
        Mistake::CountBetween { least, most } => named.with("least", least).with("most", most),
        Mistake::Weights { most } | Mistake::Degrees { most } => named.with("most", most),
        Mistake::Kilometres { least, most } | Mistake::Beyond { least, most } => {
            named.with("least", least).with("most", most)
        }
        Mistake::WholeNumber { most } => named.with("most", most),
        Mistake::Position(PositionError::Longitude(degrees) | PositionError::Latitude(degrees))
        | Mistake::Vertex(PositionError::Longitude(degrees) | PositionError::Latitude(degrees)) => {
            named.with("degrees", degrees)
        }
        Mistake::UpsideDown { south, north } => named.with("south", south).with("north", north),
        Mistake::PolygonTooLarge { vertices, rings } => named
            .with("vertices", vertices[0])
            .with("most", vertices[1])
            .with("rings", rings[0])
            .with("most_rings", rings[1]),
        Mistake::Years { first, last } => named.with("first", first).with("last", last),
        _ => named,
    }
}

const fn name(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::UnknownParameter => "mistake-unknown-parameter",
        Mistake::TooManyParameters { .. } => "mistake-too-many-parameters",
        Mistake::Twice => "mistake-twice",
        Mistake::TooManyValues { .. } => "mistake-too-many-values",
        Mistake::TooLong { .. } => "mistake-too-long",
        Mistake::UnknownValue { .. } => "mistake-unknown-value",
        Mistake::TooManyWords { .. } => "mistake-too-many-words",
        Mistake::NoWord => "mistake-no-word",
        Mistake::NotANumber => "mistake-not-a-number",
        Mistake::Degrees { .. } => "mistake-degrees",
        Mistake::Kilometres { .. } => "mistake-kilometres",
        Mistake::Beyond { .. } => "mistake-beyond",
        Mistake::WholeNumber { .. } => "mistake-count",
        Mistake::Position(PositionError::Longitude(_)) => "mistake-longitude",
        Mistake::Position(PositionError::Latitude(_)) => "mistake-latitude",
        Mistake::Vertex(PositionError::Longitude(_)) => "mistake-vertex-longitude",
        Mistake::Vertex(PositionError::Latitude(_)) => "mistake-vertex-latitude",
        Mistake::BboxForm => "mistake-bbox",
        Mistake::UpsideDown { .. } => "mistake-upside-down",
        Mistake::PolygonForm => "mistake-polygon",
        Mistake::PolygonTooLarge { .. } => "mistake-polygon-too-large",
        Mistake::CodeOrName => "mistake-code-or-name",
        Mistake::FacetAndWords => "mistake-facet-and-words",
        Mistake::Years { .. } => "mistake-years",
        Mistake::TerritoryId => "mistake-territory-id",
        Mistake::NotADate => "mistake-not-a-date",
        Mistake::RangeUpsideDown => "mistake-range-upside-down",
        Mistake::Levels => "mistake-levels",
        Mistake::HalfPosition => "mistake-half-position",
        Mistake::Cursor => "mistake-cursor",
        Mistake::CursorAndOffset => "mistake-cursor-and-offset",
        Mistake::RadiusAlone => "mistake-radius-alone",
        Mistake::PeersOfWhat => "mistake-peers-of-what",
        Mistake::CountBetween { .. } => "mistake-count-between",
        Mistake::Weights { .. } => "mistake-weights",
        Mistake::WeightsBesideLens => "mistake-weights-beside-lens",
        Mistake::FreeWithoutWeights => "mistake-free-without-weights",
        Mistake::StratumBesideChoice => "mistake-stratum-beside-choice",
        Mistake::Inhabitants => "mistake-inhabitants",
        Mistake::StandardOfWhat => "mistake-standard-of-what",
        Mistake::NothingToCompare => "mistake-nothing-to-compare",
        Mistake::AroundWhat => "mistake-around-what",
        Mistake::AroundNothing => "mistake-around-nothing",
        Mistake::DistanceFromNowhere => "mistake-distance-from-nowhere",
        Mistake::UnknownTerritory => "mistake-unknown-territory",
        Mistake::UnknownPlace => "mistake-unknown-place",
        Mistake::NoPlaceInWords => "mistake-no-place-in-words",
        Mistake::PlaceWithoutPosition => "mistake-place-without-position",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PositionError::{Latitude, Longitude};

    #[rustfmt::skip]
    const TOLD: [(Mistake, &str, &str); 15] = [
        (Mistake::TooManyParameters { given: 9, most: 8 }, "9 paramètres : 8 au plus.", "9 parameters: at most 8."),
        (Mistake::TooManyWords { given: 9, most: 8 }, "9 mots : 8 au plus.", "9 words: at most 8."),
        (Mistake::TooManyValues { most: 8 }, "Trop de valeurs : 8 au plus.", "Too many values: at most 8."),
        (Mistake::TooLong { most: 10_000 }, "Valeur trop longue : 10000 caractères au plus.", "Value too long: at most 10000 characters."),
        (Mistake::Degrees { most: 90.0 }, "Degrés attendus, entre -90 et 90.", "Expected degrees between -90 and 90."),
        (Mistake::Kilometres { least: 0.001, most: 500.0 }, "Kilomètres attendus, entre 0.001 et 500.", "Expected kilometres between 0.001 and 500."),
        (Mistake::WholeNumber { most: 1000 }, "Nombre entier attendu, entre 0 et 1000.", "Expected a whole number between 0 and 1000."),
        (Mistake::Position(Longitude(200.5)), "Longitude 200.5 hors de -180 à 180.", "longitude 200.5 is not a number between -180 and 180."),
        (Mistake::Position(Latitude(95.0)), "Latitude 95 hors de -90 à 90.", "latitude 95 is not a number between -90 and 90."),
        (Mistake::Vertex(Longitude(200.0)), "Sommet hors du globe : longitude 200 hors de -180 à 180.", "longitude 200 is not a number between -180 and 180."),
        (Mistake::Vertex(Latitude(-95.0)), "Sommet hors du globe : latitude -95 hors de -90 à 90.", "latitude -95 is not a number between -90 and 90."),
        (Mistake::UpsideDown { south: 2.0, north: 1.0 }, "Le sud (2) est au-dessus du nord (1) ; l’ordre est ouest,sud,est,nord.", "south 2 is above north 1; the order is west,south,east,north."),
        (Mistake::PolygonTooLarge { vertices: [9, 8], rings: [2, 1] }, "9 sommets, 2 contours : 8 et 1 au plus.", "9 vertices, 2 rings: at most 8 and 1."),
        (Mistake::Years { first: 1990, last: 2050 }, "Année attendue entre 1990 et 2050 : 2015, 2015-2018, 2015- ou -2018.", "Expected a year between 1990 and 2050: 2015, 2015-2018, 2015- or -2018."),
        (Mistake::NoWord, "Aucun mot : des lettres ou des chiffres sont attendus.", "No word: expected letters or digits."),
    ];

    #[test]
    fn mistakes_are_told_with_their_figures_in_each_language() {
        for (mistake, french, english) in TOLD {
            assert_eq!(Language::French.tell(&message(&mistake)), french);
            assert_eq!(mistake_in_english(&mistake), english);
        }
    }
}
