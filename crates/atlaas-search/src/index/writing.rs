//! Writing the text index: which terms of a fiche go into which part.

use crate::{
    error::SearchError,
    index::file_names,
    index::part::{self, Part},
    text::analysis::{ANALYSER_VERSION, Stemming, Stems, Token as Word, glued, name_key, tokens},
};
use atlaas_model::{Fiche, Level, Schema, Value};
use std::{collections::HashMap, path::Path};
use tantivy::{
    IndexBuilder, TantivyDocument,
    directory::{INDEX_WRITER_LOCK, META_LOCK, MmapDirectory},
    schema::Field,
    tokenizer::{PreTokenizedString, Token},
};

/// File beside tantivy's that records the analyser.
pub(super) const VERSION_FILE: &str = "analyseur";
/// Memory for the writer before it spills, in bytes; one segment must fit.
const WRITER_BYTES: usize = 2_000_000_000;

/// Writes the index of the fiches into a directory, which is created and must be empty.
pub(crate) fn build(
    dir: &Path,
    fiches: &[Fiche],
    schema: &Schema,
    stemming: Stemming,
) -> Result<(), SearchError> {
    let file_error = |source| SearchError::File {
        path: dir.to_owned(),
        source,
    };
    std::fs::create_dir_all(dir).map_err(file_error)?;
    let (index_schema, fields) = part::schema();
    let directory = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    let mut writer = IndexBuilder::new()
        .schema(index_schema)
        .single_segment_index_writer::<TantivyDocument>(directory, WRITER_BYTES)?;
    let writing = Writing {
        fields,
        stems: Stems::of(stemming),
        territories: territory_names(fiches),
        schema,
    };
    for fiche in fiches {
        writer.add_document(writing.document(fiche))?;
    }
    writer.finalize()?;
    for lock in [&*INDEX_WRITER_LOCK, &*META_LOCK] {
        // Whoever reads takes no lock: the files are no part of an index.
        let removed = std::fs::remove_file(dir.join(&lock.filepath));
        removed.or_else(absent_or).map_err(file_error)?;
    }
    file_names::settle(dir).map_err(file_error)?;
    std::fs::write(dir.join(VERSION_FILE), ANALYSER_VERSION.to_string()).map_err(file_error)
}

fn absent_or(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

fn territory_names(fiches: &[Fiche]) -> HashMap<(Level, String), Vec<String>> {
    let territories = fiches.iter().filter(|fiche| fiche.kind.is_territory());
    territories
        .filter_map(|fiche| {
            let keys = vec![
                name_key(&fiche.name),
                fiche.code?.to_string().to_lowercase(),
            ];
            Some(((fiche.kind.level()?, fiche.code?.to_string()), keys))
        })
        .collect()
}

/// What documents are made with.
struct Writing<'a> {
    fields: [Field; 6],
    stems: Stems,
    territories: HashMap<(Level, String), Vec<String>>,
    schema: &'a Schema,
}

impl Writing<'_> {
    fn document(&self, fiche: &Fiche) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        let name = tokens(&fiche.name);
        let text = tokens(&fiche.text);
        self.add(&mut document, Part::Name, exact(&name, true));
        self.add(
            &mut document,
            Part::NameStem,
            self.stemmed(&fiche.name, &name),
        );
        self.add(&mut document, Part::Text, exact(&text, false));
        self.add(
            &mut document,
            Part::TextStem,
            self.stemmed(&fiche.text, &text),
        );
        let context = self.context(fiche);
        let stems = self.stemmed(&context, &tokens(&context));
        self.add(&mut document, Part::Context, stems);
        self.add(&mut document, Part::Place, self.places(fiche));
        document
    }

    fn add(&self, document: &mut TantivyDocument, part: Part, terms: Vec<(u32, String)>) {
        let tokens = terms
            .into_iter()
            .map(|(position, text)| Token {
                offset_from: 0,
                offset_to: 0,
                position: position as usize,
                text,
                position_length: 1,
            })
            .collect();
        let field = self.fields[part as usize];
        document.add_pre_tokenized_text(
            field,
            PreTokenizedString {
                text: String::new(),
                tokens,
            },
        );
    }

    fn stemmed(&self, text: &str, words: &[Word]) -> Vec<(u32, String)> {
        words
            .iter()
            .filter(|word| !word.stop)
            .map(|word| {
                let stem = self.stems.stem_of(&text[word.range.clone()], &word.text);
                (word.position, stem.into_owned())
            })
            .collect()
    }

    /// Names of facet terms, other names, address and attributes that are words.
    fn context(&self, fiche: &Fiche) -> String {
        let mut context: Vec<&str> = Vec::new();
        for info in self.schema.facets() {
            let facet = info.facet;
            for slug in fiche.slugs(facet) {
                context.push(self.schema.vocabulary.label(facet, slug));
            }
        }
        let layer = self.schema.layer(fiche.kind);
        let searched = layer.into_iter().flat_map(|layer| &layer.columns);
        for column in searched.filter(|column| column.searched) {
            if let Some(Value::Texts(texts)) = fiche.values.get(column.key) {
                context.extend(texts.iter().map(String::as_str));
            }
        }
        context.extend(fiche.aliases.iter().map(|alias| alias.name.as_str()));
        context.extend(fiche.address.as_deref());
        let values = fiche
            .attributes
            .iter()
            .flat_map(|attribute| &attribute.values);
        context.extend(values.map(String::as_str).filter(|value| is_prose(value)));
        context.join(" . ")
    }

    fn places(&self, fiche: &Fiche) -> Vec<(u32, String)> {
        let territory = &fiche.territory;
        let mut keys: Vec<&str> = Vec::new();
        for kind in Level::ALL {
            let names = territory
                .at(kind)
                .and_then(|code| self.territories.get(&(kind, code.to_string())));
            keys.extend(names.into_iter().flatten().map(String::as_str));
        }
        keys.extend(fiche.postcodes.iter().map(String::as_str));
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().map(|key| (0, key.to_owned())).collect()
    }
}

fn exact(words: &[Word], stop_words: bool) -> Vec<(u32, String)> {
    let mut terms = Vec::with_capacity(words.len());
    for (rank, word) in words.iter().enumerate() {
        if stop_words || !word.stop {
            terms.push((word.position, word.text.clone()));
        }
        if let Some(glued) = words.get(rank + 1).and_then(|next| glued(word, next)) {
            terms.push((word.position, glued));
        }
    }
    terms
}

/// Whether a value is words rather than an address of the web, a date or a number.
fn is_prose(value: &str) -> bool {
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    !value.contains("://") && !value.contains('@') && letters * 2 > value.chars().count()
}
