//! Everything that touches a word: folding, gazetteer, understanding, query, facets, snippets.

mod fold;

pub use fold::{Joint, Word, fold, fold_char, words};
