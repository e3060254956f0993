//! The search end to end, through its public interface.
//!
//! What it defends: (1) parameters: every mistake told, one canonical spelling, no panic on anything;
//! (2) totals, facets and filters equal a naive scan; (3) pages by offset or cursor never repeat nor
//! lose a hit, in every order; (4) words: phrases, stems, beginnings, corrections; (5) understanding
//! and explicit parameters together; (6) proposals when nothing matches; (7) relevance on real
//! titles, when the operator's files are there.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "tests tell what they skip and measure")]

mod amounts;
mod climbing;
mod counts;
mod examples;
mod full_scale;
mod known_items;

mod label;
mod naive;
mod pages;
mod parameter_table;
mod parameters;
mod random;
mod relevance;

mod several;
mod suggested;
mod synthetic;
mod thesaurus;
mod together;
mod words;
