//! What is asked of a map of figures: the measure, the level of the territories, the one query.

use crate::call::barometer::{self, last, not_of};
use crate::error::mistake::Refusal;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{Choropleth, MAP_CLASSES, Measure, Query, QueryError, Snapshot};
use atlaas_model::Level;

/// What it reads besides the query and what rates are out of.
pub const OWN: [&str; 2] = ["mesure", "maille"];
/// How measures are spelt, in the order of [`Measure::ALL`].
pub const MEASURES: [&str; 3] = ["fiches", "taux", "actives"];
/// The same as grounds of maps.
pub const GROUNDS: [&str; 3] = ["barometre-fiches", "barometre-taux", "barometre-actives"];
/// How levels are spelt.
pub const LEVELS: [&str; 4] = ["region", "departement", "epci", "commune"];

/// What is asked.
pub struct ChoroplethAsk {
    /// Which objects, of which territory.
    pub query: Query,
    /// Whether rates are out of all communes.
    pub of_all: bool,
    /// What is shown.
    pub measure: Measure,
    /// Of which territories.
    pub level: Level,
}

impl ChoroplethAsk {
    /// Reads pairs, `others` being parameters that say nothing to it; `measure` is what a ground names.
    pub fn of(
        snapshot: &Snapshot,
        pairs: &[(String, String)],
        others: &[&str],
        measure: Option<Measure>,
    ) -> Result<Self, Vec<Refusal>> {
        let own = OWN.into_iter().chain(["parmi"]);
        let known: Vec<&str> = own.chain(others.iter().copied()).collect();
        let (shown, level) = (last(pairs, "mesure"), last(pairs, "maille"));
        let mistakes = not_of("mesure", shown, &MEASURES)
            .into_iter()
            .chain(not_of("maille", level, &LEVELS));
        let (query, of_all) = barometer::counted(snapshot, pairs, &known, mistakes)?;
        Ok(Self {
            measure: measure.or_else(|| of_name(shown)).unwrap_or(Measure::Rate),
            level: level.parse().unwrap_or_else(|()| usual_level(&query)),
            of_all,
            query,
        })
    }

    /// The map.
    pub fn answer(&self, snapshot: &Snapshot) -> Result<Choropleth, QueryError> {
        snapshot.choropleth((&self.query, self.of_all), self.measure, self.level)
    }

    /// The one spelling of what is asked.
    pub fn spelt(&self) -> String {
        let among = if self.of_all { "&parmi=communes" } else { "" };
        let query = self.query.filter_canonical();
        let mark = if query.is_empty() { "" } else { "&" };
        format!(
            "mesure={}&maille={}{among}{mark}{query}",
            name_of(self.measure),
            self.level
        )
    }
}

/// One level below the territory that a query names.
fn usual_level(query: &Query) -> Level {
    let finest = query.territories.keys().min();
    match finest {
        None => Level::Departement,
        Some(Level::Region) => Level::Epci,
        Some(Level::Departement | Level::Epci | Level::Commune) => Level::Commune,
    }
}

fn of_name(name: &str) -> Option<Measure> {
    let rank = MEASURES.iter().position(|known| *known == name)?;
    Measure::ALL.get(rank).copied()
}

/// The measure that a ground of maps shows.
pub fn of_ground(ground: &str) -> Option<Measure> {
    let rank = GROUNDS.iter().position(|known| *known == ground)?;
    Measure::ALL.get(rank).copied()
}

/// How a measure is spelt.
pub const fn name_of(measure: Measure) -> &'static str {
    match measure {
        Measure::Sheets => MEASURES[0],
        Measure::Rate => MEASURES[1],
        Measure::Active => MEASURES[2],
    }
}

/// What a measure is called.
pub fn title(measure: Measure, lang: Language) -> &'static str {
    lang.say(match measure {
        Measure::Sheets => "choropleth-sheets",
        Measure::Rate => "choropleth-rate",
        Measure::Active => "choropleth-active",
    })
}

/// The same with the level of the territories that it is told of.
pub fn title_by(measure: Measure, level: Level, lang: Language) -> String {
    let by = match level {
        Level::Commune => "choropleth-by-commune",
        Level::Epci => "choropleth-by-epci",
        Level::Departement => "choropleth-by-departement",
        Level::Region => "choropleth-by-region",
    };
    lang.tell(&Message::new(by).with("what", title(measure, lang)))
}

/// The grounds of maps that show a measure, each with what it is called.
pub fn grounds(lang: Language) -> Vec<(&'static str, Measure, String)> {
    let told = |(name, measure)| {
        let title = Message::new("choropleth-ground").with("measure", title(measure, lang));
        (name, measure, lang.tell(&title))
    };
    GROUNDS.into_iter().zip(Measure::ALL).map(told).collect()
}

/// The shade of a class among so many, from 1 to as many as there can be: few classes are far apart.
pub fn shade(rank: usize, of: usize) -> usize {
    let shade = (2 * rank + 1) * MAP_CLASSES / (2 * of.max(1));
    shade.min(MAP_CLASSES - 1) + 1
}

/// The shades of the classes of a map.
pub fn shades(map: &Choropleth) -> Vec<usize> {
    let of = map.classes.len();
    (0..of).map(|rank| shade(rank, of)).collect()
}

/// What each colour of a map means: first those who take part and have nothing, then the classes.
pub fn legend(map: &Choropleth, lang: Language) -> Vec<String> {
    let told = |(low, high): &(f64, f64)| {
        let (from, to) = (lang.figure(*low), lang.figure(*high));
        if from == to {
            from
        } else {
            format!("{from} – {to}")
        }
    };
    let nothing = lang.say("choropleth-nothing").to_owned();
    std::iter::once(nothing)
        .chain(map.classes.iter().map(told))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_classes_are_far_apart_and_many_are_all_there_are() {
        for (of, shades) in [
            (1, vec![3]),
            (2, vec![2, 4]),
            (3, vec![1, 3, 5]),
            (5, vec![1, 2, 3, 4, 5]),
        ] {
            let found: Vec<usize> = (0..of).map(|rank| shade(rank, of)).collect();
            assert_eq!(found, shades);
        }
        assert_eq!(shade(9, 5), 5);
    }

    #[test]
    fn every_measure_has_a_name_and_a_ground() {
        for (rank, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(of_name(MEASURES[rank]), Some(measure));
            assert_eq!(of_ground(GROUNDS[rank]), Some(measure));
            assert_eq!(name_of(measure), MEASURES[rank]);
            assert!(GROUNDS[rank].ends_with(MEASURES[rank]));
        }
    }
}
