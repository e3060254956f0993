//! Texts made fit to be shown: bytes told apart, letters encoded twice mended, one spelling of
//! spaces and accents, no markup, no way to reach a person.

pub(crate) mod clean;
pub(crate) mod contacts;
pub(crate) mod encoding;
pub(crate) mod mojibake;
