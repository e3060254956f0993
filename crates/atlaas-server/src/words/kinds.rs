//! How kinds of fiches, layers and facets are called: those of the core by the catalogue of words,
//! declared ones by their declaration; and how values of numbers are told.

use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{Bound, Range};
use atlaas_model::{Facet, Kind, Level, Schema, Wording};

/// Messages of a class of numbers: below, from on, between.
const CLASS: [&str; 3] = ["class-below", "class-from", "class-between"];
/// Messages of a range that was asked for.
const RANGE: [&str; 3] = ["range-most", "range-least", "range-between"];

impl Language {
    /// A wording in this language.
    pub fn of(self, wording: &Wording) -> &str {
        match self {
            Self::French => &wording.fr,
            Self::English => wording.english(),
        }
    }

    /// One of a kind.
    pub fn kind(self, schema: &Schema, kind: Kind) -> String {
        let declared = schema.layer(kind).map(|layer| &layer.singular);
        match (kind, declared) {
            (Kind::Territory(level), _) => self.say(level_name(level)).to_owned(),
            (Kind::Point(_), Some(wording)) => self.of(wording).to_owned(),
            (Kind::Point(name), None) => name.to_string(),
        }
    }

    /// Several of a kind.
    pub fn kinds(self, schema: &Schema, kind: Kind) -> String {
        let declared = schema.layer(kind).map(|layer| &layer.plural);
        match (kind, declared) {
            (Kind::Territory(level), _) => self.say(level_names(level)).to_owned(),
            (Kind::Point(_), Some(wording)) => self.of(wording).to_owned(),
            (Kind::Point(name), None) => name.to_string(),
        }
    }

    /// So many of a kind.
    pub fn counted(self, schema: &Schema, kind: Kind, n: u32) -> String {
        let message = Message::new("count-of")
            .count("n", n)
            .with("one", self.kind(schema, kind))
            .with("many", self.kinds(schema, kind));
        self.tell(&message)
    }

    /// The value of a facet: the name that an answer gives it, but for classes and ranges of numbers,
    /// which are told in the language.
    pub fn value(self, schema: &Schema, facet: Facet, value: &str, name: &str) -> String {
        let told = schema.info(facet).and_then(|info| {
            let (least, most) = ends(value)?;
            // A class holds its lower end alone, a range both.
            let class = info.classes().any(|class| class == value);
            let words = if class { CLASS } else { RANGE };
            Some(self.between(words, info.unit.as_deref(), [least, most]))
        });
        told.unwrap_or_else(|| name.to_owned())
    }

    /// A range that a query asks for.
    pub fn range(self, schema: &Schema, facet: Facet, range: &Range) -> String {
        let Some(info) = schema.info(facet) else {
            return range.spelt();
        };
        let end = |bound: &Option<Bound>| bound.as_ref().map_or("", |bound| &bound.text).to_owned();
        let ends = [end(&range.least), end(&range.most)];
        self.between(RANGE, info.unit.as_deref(), [&ends[0], &ends[1]])
    }

    /// Numbers, or days, between two ends.
    fn between(self, words: [&'static str; 3], unit: Option<&str>, ends: [&str; 2]) -> String {
        let end = |text: &str, unit| match (text.parse(), text.parse()) {
            (Ok(number), _) => self.measure(number, unit),
            (Err(_), Ok(date)) => self.date(date),
            (Err(_), Err(_)) => text.to_owned(),
        };
        let [below, above, both] = words;
        let message = match ends {
            ["", most] => Message::new(below).with("most", end(most, unit)),
            [least, ""] => Message::new(above).with("least", end(least, unit)),
            [least, most] => Message::new(both)
                .with("least", end(least, None))
                .with("most", end(most, unit)),
        };
        self.tell(&message)
    }

    /// The title of a facet.
    pub fn facet(self, schema: &Schema, facet: Facet) -> String {
        let message = match facet {
            Facet::Type => "facet-type",
            Facet::Arobases => "facet-arobases",
            Facet::Region => "facet-region",
            Facet::Departement => "facet-departement",
            Facet::Epci => "facet-epci",
            Facet::Mention => "facet-mention",
            Facet::Column(name) => {
                let info = schema.info(facet);
                return info
                    .map_or_else(|| name.to_string(), |info| self.of(&info.title).to_owned());
            }
        };
        self.say(message).to_owned()
    }
}

/// The ends of a class or a range, as an answer spells it: `500..2000`, `..1000`.
fn ends(spelt: &str) -> Option<(&str, &str)> {
    let (least, most) = spelt.split_once("..")?;
    let number = |end: &str| end.is_empty() || end.parse::<f64>().is_ok();
    (spelt.len() > 2 && number(least) && number(most)).then_some((least, most))
}

const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Commune => "kind-commune",
        Level::Epci => "kind-epci",
        Level::Departement => "kind-departement",
        Level::Region => "kind-region",
    }
}

const fn level_names(level: Level) -> &'static str {
    match level {
        Level::Commune => "kinds-commune",
        Level::Epci => "kinds-epci",
        Level::Departement => "kinds-departement",
        Level::Region => "kinds-region",
    }
}
