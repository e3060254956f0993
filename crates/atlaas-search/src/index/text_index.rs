//! The text index: tantivy, one segment, document numbers equal to [`DocId`]s, nothing stored.
//!
//! tantivy owns the dictionaries, postings and norms; which terms are read and how they score is
//! decided in `expand.rs` and `gather.rs`.

use crate::{
    error::SearchError,
    index::{
        lexicon::Lexicon,
        part::{Part, schema},
        read_only::ReadOnly,
        writing::VERSION_FILE,
    },
    text::analysis::ANALYSER_VERSION,
};
use atlaas_model::DocId;
use std::{path::Path, sync::Arc};
use tantivy::{Index, InvertedIndexReader, ReloadPolicy, schema::Field};

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
