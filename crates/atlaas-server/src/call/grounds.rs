//! What may colour the ground of a map, out of the schema: the label, how many objects of a layer a
//! territory holds, the numbers that the tiles of territories bear.

use crate::call::choropleth::GROUNDS;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_model::{Column, Layer, Level, Schema};

/// No colour.
pub const NONE: &str = "aucun";
/// The label of communes: what the styles show when nothing is asked for.
pub const LABEL: &str = "arobases";
/// The label of EPCI.
const LABEL_OF_GROUPS: &str = "epci";
/// Where the classes of a count begin.
const COUNTS: [u32; 5] = [1, 2, 4, 11, 31];
/// Colours of a ramp, beside that of nothing.
const SHADES: usize = 5;

/// One of them.
pub struct Ground<'a> {
    /// Its name in addresses.
    pub name: &'static str,
    /// The property of territories on tiles that it shows.
    pub property: &'static str,
    /// The level that bears it; `None` is whichever is drawn.
    pub level: Option<Level>,
    /// Where the classes of its numbers begin, five of them at most.
    pub starts: Vec<u32>,
    what: What<'a>,
}

enum What<'a> {
    Label(&'static str),
    Count(&'a Layer),
    Number(&'a Column),
}

/// Those of a schema, in the order in which people see them.
pub fn grounds(schema: &Schema) -> Vec<Ground<'_>> {
    let label = |name, level, title| Ground {
        name,
        property: LABEL,
        level,
        starts: vec![1, 2, 3, 4, 5],
        what: What::Label(title),
    };
    let counted = schema.layers().iter().filter(|layer| layer.counted);
    let counts = counted.map(|layer| Ground {
        name: layer.name.as_str(),
        property: layer.name.as_str(),
        level: None,
        starts: COUNTS.to_vec(),
        what: What::Count(layer),
    });
    let columns = schema.territory_columns().iter();
    let numbers = columns.filter(|column| column.in_tiles && !column.classes.is_empty());
    let numbers = numbers.map(|column| Ground {
        name: column.key.as_str(),
        property: column.name.as_str(),
        level: Some(Level::Commune),
        starts: few(&column.classes),
        what: What::Number(column),
    });
    let labels = [
        label(LABEL, None, "ground-label"),
        label(LABEL_OF_GROUPS, Some(Level::Epci), "ground-label-of-groups"),
    ];
    labels.into_iter().chain(counts).chain(numbers).collect()
}

/// Their names and those of the measures of the barometer, the first of them what is shown when nothing is
/// asked for.
pub fn names(schema: &Schema) -> Vec<&'static str> {
    let names = grounds(schema).into_iter().map(|ground| ground.name);
    names.chain(GROUNDS).chain([NONE]).collect()
}

impl Ground<'_> {
    /// Its title.
    pub fn title(&self, lang: Language) -> String {
        match self.what {
            What::Label(title) => lang.say(title).to_owned(),
            What::Count(layer) => {
                let title = lang.of(&layer.title);
                lang.tell(&Message::new("ground-count").with("layer", title))
            }
            What::Number(column) => lang.of(&column.title).to_owned(),
        }
    }

    /// Whether it counts the objects of a layer.
    pub const fn counts(&self) -> bool {
        matches!(self.what, What::Count(_))
    }

    /// What each of its colours means, that of nothing first; empty where nothing needs no word.
    pub fn legend(&self, lang: Language) -> Vec<String> {
        let nothing = match self.what {
            What::Label(_) => lang.say("ground-no-label").to_owned(),
            What::Count(_) => lang.say("ground-none").to_owned(),
            What::Number(_) => String::new(),
        };
        let classes = self.starts.iter().enumerate().map(|(rank, start)| {
            if matches!(self.what, What::Label(_)) {
                return "@".repeat(rank + 1);
            }
            let from = lang.number((*start).into());
            match self.starts.get(rank + 1) {
                None => format!("{from} {}", lang.say("ground-more")),
                Some(next) if next - 1 == *start => from,
                Some(next) => format!("{from}–{}", lang.number((next - 1).into())),
            }
        });
        std::iter::once(nothing).chain(classes).collect()
    }
}

/// As many of the classes as a ramp has colours, from one on, as far apart as they are declared.
fn few(classes: &[f64]) -> Vec<u32> {
    let inner = SHADES - 1;
    let step = classes.len() as f64 / inner as f64;
    let chosen = (0..inner).map(|rank| {
        let at = ((rank as f64 + 0.5) * step) as usize;
        classes
            .get(at)
            .map_or(0, |start| start.ceil().max(0.0) as u32)
    });
    let mut starts: Vec<u32> = std::iter::once(1).chain(chosen).collect();
    starts.sort_unstable();
    starts.dedup();
    starts.retain(|start| *start > 0);
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_counts_and_numbers_of_the_schema_colour_the_ground() {
        let schema = Schema::default();
        let names = names(&schema);
        for name in [LABEL, "epci", NONE] {
            assert!(names.contains(&name), "{names:?}");
        }
        for ground in grounds(&schema) {
            assert!(ground.starts.len() <= SHADES, "{}", ground.name);
            assert!(ground.starts.is_sorted_by(|a, b| a < b), "{}", ground.name);
            for lang in [Language::French, Language::English] {
                assert_eq!(ground.legend(lang).len(), ground.starts.len() + 1);
                assert!(!ground.title(lang).is_empty());
            }
        }
        let counted = schema.layers().iter().filter(|layer| layer.counted).count();
        let counts = grounds(&schema)
            .iter()
            .filter(|ground| ground.counts())
            .count();
        assert_eq!(counts, counted);
    }

    #[test]
    fn few_of_many_classes_are_taken_and_all_of_few() {
        let classes = [100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 5e4];
        assert_eq!(few(&classes), [1, 200, 1000, 5000, 50_000]);
        assert_eq!(few(&[10.0]), [1, 10]);
        assert_eq!(few(&[0.5]), [1]);
        assert_eq!(few(&[]), [1]);
    }
}
