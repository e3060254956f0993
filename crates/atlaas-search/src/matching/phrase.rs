//! Phrases in quotes: the words in this order, in the name or in the text.

use crate::{
    index::{part::Part, text_index::TextIndex},
    text::analysis::Token,
};
use atlaas_model::{DocId, DocSet};
use std::io;
use tantivy::{
    DocSet as _,
    postings::{Postings as _, SegmentPostings},
    schema::IndexRecordOption,
};

/// Keeps the documents that hold the phrase.
pub(crate) fn keep(index: &TextIndex, phrase: &[Token], docs: &DocSet) -> io::Result<DocSet> {
    let mut kept = DocSet::empty(docs.universe());
    for part in [Part::Name, Part::Text] {
        // Texts are indexed without function words; the gaps that they leave are kept.
        let words: Vec<&Token> = phrase
            .iter()
            .filter(|word| part == Part::Name || !word.stop)
            .collect();
        let Some(mut lists) = open(index, part, &words)? else {
            continue;
        };
        for doc in docs.iter() {
            if holds(&mut lists, doc) {
                kept.insert(doc);
            }
        }
    }
    Ok(kept)
}

/// A word's postings and its place in the phrase.
struct Listed {
    postings: SegmentPostings,
    offset: u32,
}

fn open(index: &TextIndex, part: Part, words: &[&Token]) -> io::Result<Option<Vec<Listed>>> {
    let reader = &index.part(part).postings;
    let Some(first) = words.first() else {
        return Ok(None);
    };
    let mut lists = Vec::new();
    for word in words {
        let Some(info) = reader.terms().get(&word.text)? else {
            return Ok(None);
        };
        lists.push(Listed {
            postings: reader
                .read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?,
            offset: word.position - first.position,
        });
    }
    Ok(Some(lists))
}

fn holds(lists: &mut [Listed], doc: DocId) -> bool {
    let mut starts: Option<Vec<u32>> = None;
    let mut positions = Vec::new();
    for list in lists {
        if list.postings.doc() < doc {
            list.postings.seek(doc);
        }
        if list.postings.doc() != doc {
            return false;
        }
        list.postings.positions(&mut positions);
        let here = positions
            .iter()
            .filter_map(|at| at.checked_sub(list.offset));
        starts = Some(match starts {
            None => here.collect(),
            Some(before) => here.filter(|start| before.contains(start)).collect(),
        });
        if starts.as_ref().is_some_and(Vec::is_empty) {
            return false;
        }
    }
    true
}
