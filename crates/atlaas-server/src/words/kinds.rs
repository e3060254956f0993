//! How kinds of fiches, layers and facets are called: those of the core by the catalogue of words,
//! declared ones by their declaration.

use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_model::{Facet, Kind, Level, Schema, Wording};

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
