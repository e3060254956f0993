//! Reading the fiches into a gazetteer: which names each territory has and how they may be spelt.

use super::codes::CodeTable;
use super::keys::{Key, KeyTable, Variant, head};
use super::known::KnownWords;
use super::qualifier::Filter;
use super::register::{Entry, Gazetteer};
use super::tokens::TokenTable;
use super::usual::usual_names;
use super::weights::importance;
use crate::text::names::{
    NameWord, Writer, after_links, glue, glue_content, is_article, name_words, ordinals, word_ends,
};
use atlaas_model::{Alias, AliasKind, Code, DocId, Fiche, Level};
use std::collections::HashMap;

/// Inhabitants that a former commune is given when nobody counted them.
const UNCOUNTED: u32 = 100;

/// Legal forms of EPCI, as their names hold them.
const EPCI_FORMS: [&str; 4] = ["cc", "ca", "cu", "metropole"];

/// Everything collected while reading.
#[derive(Default)]
struct Registrar {
    gazetteer: Gazetteer,
    keys: Vec<Key>,
    tokens: Vec<Vec<(String, bool)>>,
    codes: Vec<(String, bool, u32)>,
    postcodes: Vec<(u32, u32)>,
    counted: HashMap<(Level, Code), u32>,
}

impl Gazetteer {
    /// Reads the names of the territories among the fiches, whose ranks are the [`DocId`]s of its
    /// answers.
    pub fn build(fiches: &[Fiche]) -> Self {
        build(fiches)
    }
}

/// Reads the territories among the fiches.
fn build(fiches: &[Fiche]) -> Gazetteer {
    let mut reader = Registrar {
        counted: count_inhabitants(fiches),
        ..Registrar::default()
    };
    reader
        .gazetteer
        .qualifiers
        .name("france".to_owned(), Filter::France);
    for (fiche, doc) in fiches.iter().zip(0..) {
        if let Some(level) = fiche.kind.level() {
            reader.territory((fiche, level), doc);
        }
    }
    let mut gazetteer = reader.gazetteer;
    gazetteer.known = KnownWords::read(fiches);
    gazetteer.keys = KeyTable::new(reader.keys);
    gazetteer.tokens = TokenTable::new(&reader.tokens);
    gazetteer.codes = CodeTable::new(reader.codes, reader.postcodes);
    gazetteer
}

/// Inhabitants of the wider territories as the sum of their communes, for those without a figure.
fn count_inhabitants(fiches: &[Fiche]) -> HashMap<(Level, Code), u32> {
    let mut counted = HashMap::new();
    for fiche in fiches.iter().filter(|fiche| fiche.kind == Level::Commune) {
        for kind in [Level::Epci, Level::Departement, Level::Region] {
            if let (Some(code), Some(population)) = (fiche.territory.at(kind), fiche.population()) {
                *counted.entry((kind, code)).or_default() += population;
            }
        }
    }
    counted
}

impl Registrar {
    fn territory(&mut self, (fiche, level): (&Fiche, Level), doc: DocId) {
        let counted = fiche.code.and_then(|code| self.counted.get(&(level, code)));
        let population = fiche.population().or(counted.copied()).unwrap_or(0);
        let own = self.entry((fiche, level), doc, None, population);
        self.spell(own, &fiche.name, level);
        if let Some(code) = fiche.code {
            self.codes.push((code.as_str().to_owned(), false, own));
            for usual in usual_names(level, code.as_str()) {
                let words = name_words(usual, Writer::Register);
                self.key(glue(&words), own, Variant::Usual, &words);
            }
            self.qualify((fiche, level), code);
        }
        if let Some(siren) = fiche.siren {
            self.codes.push((siren.as_str().to_owned(), false, own));
        }
        for code in &fiche.former_codes {
            self.codes.push((code.as_str().to_owned(), true, own));
        }
        for (alias, rank) in fiche.aliases.iter().zip(0..) {
            self.alias((fiche, level), doc, (alias, rank));
        }
    }

    fn alias(&mut self, (fiche, level): (&Fiche, Level), doc: DocId, (alias, rank): (&Alias, u16)) {
        let population = alias.population.unwrap_or(UNCOUNTED);
        let entry = self.entry((fiche, level), doc, Some((alias, rank)), population);
        if alias.kind == AliasKind::Arrondissement {
            self.spell_arrondissement(entry, &alias.name, &fiche.name);
        } else {
            self.spell(entry, &alias.name, level);
        }
        if let Some(code) = alias.code {
            let former = alias.kind != AliasKind::Arrondissement;
            self.codes.push((code.as_str().to_owned(), former, entry));
        }
    }

    fn entry(
        &mut self,
        (fiche, level): (&Fiche, Level),
        doc: DocId,
        alias: Option<(&Alias, u16)>,
        population: u32,
    ) -> u32 {
        let gazetteer = &mut self.gazetteer;
        let rank = gazetteer.entries.len() as u32;
        let name = alias.map_or(&fiche.name, |(alias, _)| &alias.name);
        let name_start = gazetteer.names.len() as u32;
        gazetteer.names.push_str(name);
        let own = alias.map_or(&[][..], |(alias, _)| &alias.postcodes);
        let postcodes = if own.is_empty() {
            &fiche.postcodes
        } else {
            own
        };
        let postcode_start = gazetteer.postcodes.len() as u32;
        for postcode in postcodes.iter().filter_map(|text| text.parse().ok()) {
            gazetteer.postcodes.push(postcode);
            let arrondissement = alias.is_some_and(|(a, _)| a.kind == AliasKind::Arrondissement);
            if alias.is_none() || arrondissement {
                self.postcodes.push((postcode, rank));
            }
        }
        let mut code_rank = |code: Option<Code>| {
            code.map_or(u16::MAX, |code| gazetteer.qualifiers.rank(code.as_str()))
        };
        let departement = code_rank(fiche.territory.departement);
        // A région and a département may share a code: régions are told apart by a letter.
        let region = fiche.territory.region.map_or(u16::MAX, |code| {
            gazetteer.qualifiers.rank(&format!("r{code}"))
        });
        gazetteer.entries.push(Entry {
            doc,
            alias: alias.map(|(_, rank)| rank),
            kind: level,
            importance: importance(level, population),
            population,
            position: alias
                .and_then(|(alias, _)| alias.position)
                .or(fiche.position),
            departement,
            region,
            arrondissement: alias.is_some_and(|(a, _)| a.kind == AliasKind::Arrondissement),
            postcodes: postcode_start..gazetteer.postcodes.len() as u32,
            name: name_start..gazetteer.names.len() as u32,
        });
        self.tokens.push(Vec::new());
        rank
    }

    /// All spellings of a name.
    fn spell(&mut self, entry: u32, name: &str, kind: Level) {
        let words = name_words(name, Writer::Register);
        self.tokens[entry as usize] = words
            .iter()
            .map(|word| (word.text.clone(), word.link))
            .collect();
        self.key(glue(&words), entry, Variant::Full, &words);
        if words.len() > 1 && is_article(&words[0].text) {
            self.key(glue(&words[1..]), entry, Variant::NoArticle, &words[1..]);
        }
        self.key(glue_content(&words), entry, Variant::NoLinks, &[]);
        if kind == Level::Epci && words.len() > 1 {
            self.spell_epci(entry, &words);
        }
    }

    /// An EPCI without its legal form, with the form written out, before or behind.
    fn spell_epci(&mut self, entry: u32, words: &[NameWord]) {
        let is_form = |word: &NameWord| EPCI_FORMS.contains(&word.text.as_str());
        let proper: Vec<NameWord> = words
            .iter()
            .filter(|word| !is_form(word))
            .cloned()
            .collect();
        let proper = after_links(&proper);
        let Some(form) = words.iter().find(|word| is_form(word)) else {
            return;
        };
        self.key(glue(proper), entry, Variant::NoForm, proper);
        let content = glue_content(proper);
        for spelling in [
            content.clone(),
            format!("{}{content}", form.text),
            format!("{content}{}", form.text),
        ] {
            self.key(spelling, entry, Variant::NoForm, &[]);
        }
        let written_out = match form.text.as_str() {
            "cc" => "communautedecommunes",
            "ca" => "communautedagglomeration",
            "cu" => "communauteurbaine",
            _ => return,
        };
        let written_out = format!("{written_out}{}", glue(&words[1..]));
        self.key(written_out, entry, Variant::Full, &[]);
    }

    /// `Paris 17e`, `Paris XVII`, `17e arrondissement de Paris`…
    fn spell_arrondissement(&mut self, entry: u32, name: &str, city: &str) {
        self.spell(entry, name, Level::Commune);
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse::<u32>() else {
            return;
        };
        let city = glue(&name_words(city, Writer::Register));
        for ordinal in ordinals(number.min(39)) {
            for spelling in [
                format!("{city}{ordinal}"),
                format!("{city}{ordinal}arrondissement"),
                format!("{ordinal}arrondissementde{city}"),
                format!("{ordinal}arrondissement{city}"),
                format!("{ordinal}{city}"),
                format!("{ordinal}arrondissement"),
            ] {
                self.key(spelling, entry, Variant::Usual, &[]);
            }
        }
    }

    fn key(&mut self, text: String, entry: u32, variant: Variant, words: &[NameWord]) {
        if !text.is_empty() {
            self.keys.push(Key {
                head: head(&text),
                text,
                entry,
                variant,
                word_ends: (!words.is_empty()).then(|| word_ends(words)),
            });
        }
    }

    /// Lets the name of a département or a région stand beside other names.
    fn qualify(&mut self, (fiche, level): (&Fiche, Level), code: Code) {
        let qualifiers = &mut self.gazetteer.qualifiers;
        let filter = match level {
            Level::Departement => Filter::Departement(qualifiers.rank(code.as_str())),
            Level::Region => Filter::Region(qualifiers.rank(&format!("r{code}"))),
            Level::Commune | Level::Epci => return,
        };
        let usual = usual_names(level, code.as_str()).iter().copied();
        for name in usual.chain([fiche.name.as_str()]) {
            let words = name_words(name, Writer::Register);
            qualifiers.name(glue(&words), filter);
            qualifiers.name(glue_content(&words), filter);
        }
    }
}
