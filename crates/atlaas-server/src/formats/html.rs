//! The page of a result: what people read, at an address of its own.

use crate::formats::format::{Content, ListFormat};
use crate::wire::media::HTML;

/// The page that shows the result.
pub const FORMAT: ListFormat = ListFormat {
    name: "html",
    about: "La page qui montre le résultat",
    example: "",
    media: HTML,
    spellings: &[],
    aliases: &[],
    offers: &[],
    content: Content::Elsewhere,
};
