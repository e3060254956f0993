//! What a form of a list is: its names, and how the fiches that match become its bytes.
//!
//! Each form is one file that fills in a [`ListFormat`]; [`crate::formats`] lists them. A form
//! knows nothing of the request: it is given an answer, or fiches one by one, and writes.

use crate::formats::csv_dialect::Dialect;
use crate::formats::stamp::Provenance;
use crate::wire::links::Link;
use crate::words::language::Language;
use atlaas_engine::{Catalogue, Hit, Query, SearchAnswer, Snapshot};
use atlaas_model::DocId;
use std::io;
use std::ops::ControlFlow;

/// A form that a list of fiches can take.
pub struct ListFormat {
    /// Value of `f=`, and extension of the address.
    pub name: &'static str,
    /// What an answer in it is, in French, as its address is described.
    pub about: &'static str,
    /// A query that shows it; empty when none does.
    pub example: &'static str,
    /// Media type as it is sent.
    pub media: &'static str,
    /// Other values of `f=` that mean it.
    pub spellings: &'static [&'static str],
    /// Media types by which it is asked for as well, without parameters.
    pub aliases: &'static [&'static str],
    /// How pages offer it, if they do.
    pub offers: &'static [Offer],
    /// What it holds, and what writes it.
    pub content: Content,
}

/// A link to a form on a page.
pub struct Offer {
    /// Its text.
    pub text: fn(Language) -> &'static str,
    /// What is added to the query: `dialecte=excel-fr`; may be empty.
    pub query: &'static str,
}

/// What a form holds.
pub enum Content {
    /// One page of the answer, written at once.
    Page {
        /// The query that it asks, given the one of the address and its `limit`, if it has one.
        ask: fn(Query, Option<u32>) -> Query,
        /// Writes the answer.
        write: fn(&AnswerPage<'_>) -> io::Result<Vec<u8>>,
    },
    /// The whole result unless `limit` is given, written fiche by fiche while it is sent.
    Whole {
        /// What writes it.
        writer: fn(&Selection<'_>) -> Box<dyn FicheWriter>,
        /// Whether its bytes are compressed by the form itself.
        packed: bool,
    },
    /// The page that people read, which has an address of its own.
    Elsewhere,
}

/// An answer to be written.
pub struct AnswerPage<'a> {
    /// The snapshot that answered.
    pub snapshot: &'a Snapshot,
    /// Public address.
    pub base: &'a str,
    /// What was asked.
    pub query: &'a Query,
    /// The answer.
    pub found: &'a SearchAnswer,
    /// Self, neighbours, other forms, licence.
    pub links: &'a [Link],
}

/// Fiches to be written, as known before the first of them.
pub struct Selection<'a> {
    /// The snapshot they are of.
    pub snapshot: &'a Snapshot,
    /// All of them, in order.
    pub docs: &'a [DocId],
    /// What they are, which query they answer, and when.
    pub told: &'a Provenance,
    /// For CSV.
    pub dialect: Dialect,
}

/// One fiche to be written.
pub struct Row<'a> {
    /// What is known of it.
    pub catalogue: &'a Catalogue,
    /// Which one, and how far.
    pub hit: Hit,
    /// Public address.
    pub base: &'a str,
}

/// Writes the fiches of a selection one after the other.
pub trait FicheWriter: Send {
    /// What stands before the first.
    fn begin(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    /// One fiche.
    fn write(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()>;

    /// What stands after the last; asked again until it breaks off.
    fn end(&mut self, _out: &mut Vec<u8>) -> io::Result<ControlFlow<()>> {
        Ok(ControlFlow::Break(()))
    }
}
