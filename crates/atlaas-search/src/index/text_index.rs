//! The text index: tantivy, one segment, document numbers equal to [`DocId`]s, nothing stored.
//!
//! tantivy owns the dictionaries, postings and norms; which terms are read and how they score is
//! decided in `expand.rs` and `gather.rs`.

use crate::{
    error::SearchError,
    index::lexicon::Lexicon,
    index::part::Part,
    index::read_only::ReadOnly,
    text::analysis::{ANALYSER_VERSION, Stemming, Stems, Token as Word, glued, name_key, tokens},
};
use atlaas_model::{DocId, Facet, Fiche, Kind, Vocabulary};
use std::{collections::HashMap, path::Path, sync::Arc};
use tantivy::{
    Index, IndexBuilder, InvertedIndexReader, ReloadPolicy, TantivyDocument,
    directory::{INDEX_WRITER_LOCK, META_LOCK, MmapDirectory},
    schema::{Field, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{PreTokenizedString, Token},
};

/// File beside tantivy's that records the analyser.
const VERSION_FILE: &str = "analyseur";
/// Memory for the writer before it spills, in bytes; one segment must fit.
const WRITER_BYTES: usize = 2_000_000_000;

fn schema() -> (Schema, [Field; 6]) {
    let mut builder = Schema::builder();
    let fields = Part::ALL.map(|part| {
        // Every value comes tokenised, so the tokenizer's name is never looked up for words.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(part != Part::Place)
            .set_index_option(part.record());
        let options = TextOptions::default().set_indexing_options(indexing);
        builder.add_text_field(part.name(), options)
    });
    (builder.build(), fields)
}

/// Writes the index of the fiches into a directory, which is created and must be empty.
pub(crate) fn build(
    dir: &Path,
    fiches: &[Fiche],
    vocabulary: &Vocabulary,
    stemming: Stemming,
) -> Result<(), SearchError> {
    let file_error = |source| SearchError::File {
        path: dir.to_owned(),
        source,
    };
    std::fs::create_dir_all(dir).map_err(file_error)?;
    let (schema, fields) = schema();
    let directory = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    let mut writer = IndexBuilder::new()
        .schema(schema)
        .single_segment_index_writer::<TantivyDocument>(directory, WRITER_BYTES)?;
    let writing = Writing {
        fields,
        stems: Stems::of(stemming),
        territories: territory_names(fiches),
        vocabulary,
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
    std::fs::write(dir.join(VERSION_FILE), ANALYSER_VERSION.to_string()).map_err(file_error)
}

fn absent_or(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

fn territory_names(fiches: &[Fiche]) -> HashMap<(Kind, String), Vec<String>> {
    let territories = fiches.iter().filter(|fiche| fiche.kind.is_territory());
    territories
        .filter_map(|fiche| {
            let keys = vec![
                name_key(&fiche.name),
                fiche.code?.to_string().to_lowercase(),
            ];
            Some(((fiche.kind, fiche.code?.to_string()), keys))
        })
        .collect()
}

/// What documents are made with.
struct Writing<'a> {
    fields: [Field; 6],
    stems: Stems,
    territories: HashMap<(Kind, String), Vec<String>>,
    vocabulary: &'a Vocabulary,
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
        for facet in Facet::ALL {
            for slug in fiche.slugs(facet) {
                context.push(self.vocabulary.label(facet, slug));
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
        for kind in [Kind::Commune, Kind::Epci, Kind::Departement, Kind::Region] {
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

/// One field, open: its dictionary and postings, and its norms ready for BM25.
pub(crate) struct OpenPart {
    pub postings: Arc<InvertedIndexReader>,
    /// Length class of the field in each document.
    pub norm_ids: Vec<u8>,
    /// What BM25 adds to the term frequency, by length class.
    pub norms: [f32; 256],
}

/// The index, open.
pub(crate) struct TextIndex {
    parts: Vec<OpenPart>,
    /// Terms that a misspelt word may be read as.
    pub lexicon: Lexicon,
    pub docs: u32,
}

/// BM25's saturation and length normalisation.
const K1: f32 = 1.2;
const B: f32 = 0.75;

impl TextIndex {
    /// Opens what [`build`] wrote, and checks that it is of this analyser and of these fiches.
    pub fn open(dir: &Path, fiches: u32) -> Result<Self, SearchError> {
        let path = dir.join(VERSION_FILE);
        let version =
            std::fs::read_to_string(&path).map_err(|source| SearchError::File { path, source })?;
        let found = version.trim().parse().unwrap_or(0);
        if found != ANALYSER_VERSION {
            return Err(SearchError::Analyser {
                found,
                expected: ANALYSER_VERSION,
            });
        }
        let directory = ReadOnly::open(dir).map_err(tantivy::TantivyError::from)?;
        let reader = Index::open(directory)?.reader_builder();
        let reader = reader.reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher: tantivy::Searcher = tantivy::IndexReader::searcher(&reader);
        let (_, fields) = schema();
        let segments = searcher.segment_readers();
        let docs: u32 = segments.iter().map(tantivy::SegmentReader::max_doc).sum();
        let [segment] = segments else {
            return Err(SearchError::Documents {
                found: docs,
                segments: segments.len(),
                expected: fiches,
            });
        };
        if docs != fiches || segment.has_deletes() {
            return Err(SearchError::Documents {
                found: docs,
                segments: 1,
                expected: fiches,
            });
        }
        let parts: Vec<OpenPart> = fields
            .iter()
            .map(|&field| OpenPart::open(segment, field))
            .collect::<Result<_, _>>()?;
        let corrected = [Part::Name, Part::Text, Part::Place].into_iter();
        let lexicon =
            Lexicon::read(corrected.map(|part| (part, parts[part as usize].postings.terms())));
        Ok(Self {
            lexicon: lexicon.map_err(tantivy::TantivyError::from)?,
            parts,
            docs,
        })
    }

    /// One field.
    pub fn part(&self, part: Part) -> &OpenPart {
        &self.parts[part as usize]
    }

    /// How many words the name of a document has, as far as the norm tells.
    pub fn name_length(&self, doc: DocId) -> u32 {
        let id = self.part(Part::Name).norm_ids[doc as usize];
        tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id)
    }
}

impl OpenPart {
    fn open(segment: &tantivy::SegmentReader, field: Field) -> Result<Self, SearchError> {
        let postings = segment.inverted_index(field)?;
        let docs = segment.max_doc();
        let norm_ids: Vec<u8> = match segment.fieldnorms_readers().get_field(field)? {
            Some(reader) => (0..docs).map(|doc| reader.fieldnorm_id(doc)).collect(),
            None => vec![0; docs as usize],
        };
        let mean = postings.total_num_tokens() as f32 / docs.max(1) as f32;
        let norms = std::array::from_fn(|id| {
            let length = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id as u8) as f32;
            K1 * (1.0 - B + B * length / mean.max(1.0))
        });
        Ok(Self {
            postings,
            norm_ids,
            norms,
        })
    }
}
