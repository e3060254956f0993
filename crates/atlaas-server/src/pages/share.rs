//! What leaves for other people's pages: embeds and how to make one, still maps, oEmbed, examples to copy.

pub mod embed;
pub mod examples;
pub mod generator;
pub mod motifs;
pub mod oembed;
pub mod still;
