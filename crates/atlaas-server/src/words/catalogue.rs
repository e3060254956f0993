//! The catalogue: what is told to people, in one Fluent file a language, read once.
//!
//! Code names a message and holds no sentence. What takes no argument is resolved when the catalogue
//! is read: to say it is to look it up. A test compares the two files with each other and with the
//! sources; a name that no file has would be told as it is, as Fluent does: nothing panics.

use crate::words::language::Language;
use crate::words::message::{Argument, Message};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::HashMap;
use std::sync::LazyLock;

static FRENCH: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read(Language::French, include_str!("../../words/fr.ftl")));

static ENGLISH: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read(Language::English, include_str!("../../words/en.ftl")));

type Bundle = FluentBundle<FluentResource>;

/// What is told in one language.
struct Catalogue {
    bundle: Bundle,
    /// Messages that take no argument, resolved.
    fixed: HashMap<&'static str, String>,
}

impl Language {
    /// What a message without arguments says.
    pub fn say(self, id: &'static str) -> &'static str {
        let fixed = self.catalogue().fixed.get(id);
        fixed.map_or(id, String::as_str)
    }

    /// What a message says.
    pub fn tell(self, message: &Message) -> String {
        if message.arguments.is_empty() {
            return self.say(message.id).to_owned();
        }
        let mut arguments = FluentArgs::with_capacity(message.arguments.len());
        for (name, value) in &message.arguments {
            arguments.set(*name, value.as_fluent());
        }
        let told = self.catalogue().resolve(message.id, Some(&arguments));
        told.unwrap_or_else(|| message.id.to_owned())
    }

    fn catalogue(self) -> &'static Catalogue {
        match self {
            Self::French => &FRENCH,
            Self::English => &ENGLISH,
        }
    }
}

impl Argument {
    fn as_fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(text.as_str()),
            Self::Count(n) => FluentValue::from(*n),
        }
    }
}

impl Catalogue {
    fn read(language: Language, source: &'static str) -> Self {
        let mut catalogue = Self {
            bundle: bundle(language, source),
            fixed: HashMap::new(),
        };
        let names = source.lines().filter_map(|line| line.split_once(" ="));
        for (id, _) in names.filter(|(id, _)| !id.starts_with([' ', '#'])) {
            if let Some(text) = catalogue.resolve(id, None) {
                catalogue.fixed.insert(id, text);
            }
        }
        catalogue
    }

    /// The text of a message; none when it is not there or wants other arguments.
    fn resolve(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, arguments, &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}

fn bundle(language: Language, source: &str) -> Bundle {
    // A line that cannot be read is left out, and found by the test.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(read, _)| read);
    let mut bundle = Bundle::new_concurrent(language.tag().parse().into_iter().collect());
    // Marks around arguments serve scripts of two directions; here they would only be noise.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::French => |value, _| written(Language::French, value),
        Language::English => |value, _| written(Language::English, value),
    }));
    bundle.add_resource_overriding(resource);
    bundle
}

/// How a language writes a number; other values are told as they are.
fn written(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(language.number(number.value as u64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_told_in_each_language_with_its_arguments_and_no_marks() {
        let (fr, en) = (Language::French, Language::English);
        assert_eq!((fr.say("page-map"), en.say("page-map")), ("Carte", "Map"));
        let busy = Message::new("error-busy").with("seconds", 19_000);
        assert_eq!(
            fr.tell(&busy),
            "Trop de calculs en cours ; réessayez dans 19000 s."
        );
        for (n, french, english) in [
            (0_u32, "0 fiche", "0 entry"),
            (1, "1 fiche", "1 entry"),
            (2, "2 fiches", "2 entries"),
            (19_000, "19\u{202f}000 fiches", "19,000 entries"),
            (
                2_000_000,
                "2\u{202f}000\u{202f}000 fiches",
                "2,000,000 entries",
            ),
        ] {
            let count = Message::new("count-entries").count("n", n);
            assert_eq!(
                (fr.tell(&count), en.tell(&count)),
                (french.into(), english.into())
            );
        }
    }

    #[test]
    fn what_the_catalogue_lacks_is_named_and_nothing_panics() {
        assert_eq!(Language::French.say("rien"), "rien");
        let wrong = Message::new("error-busy").with("minutes", 1);
        assert_eq!(Language::English.tell(&wrong), "error-busy");
    }
}
