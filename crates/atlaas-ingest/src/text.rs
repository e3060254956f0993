//! Texts made fit to be shown: one spelling of spaces and accents, no markup, no way to reach a person.

pub(crate) mod clean;
pub(crate) mod contacts;
