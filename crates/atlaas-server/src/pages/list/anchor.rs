//! A link as a page shows it.

/// A link with a text.
pub struct Anchor {
    /// Text.
    pub text: String,
    /// Address.
    pub href: String,
    /// Whether it is the one in force.
    pub on: bool,
}
