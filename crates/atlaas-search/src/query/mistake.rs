//! What is wrong with one value, before the parameter that held it is known.

/// What is wrong with a value, and what would be allowed when that can be listed.
#[derive(Debug)]
pub(crate) struct Mistake {
    pub french: String,
    pub english: String,
    pub allowed: Vec<String>,
}

impl Mistake {
    pub fn new(french: impl Into<String>, english: impl Into<String>) -> Self {
        Self {
            french: french.into(),
            english: english.into(),
            allowed: Vec::new(),
        }
    }

    pub fn too_long(most: usize) -> Self {
        Self::new(
            format!("Valeur trop longue : {most} caractères au plus."),
            format!("Value too long: at most {most} characters."),
        )
    }

    pub fn unknown_value(allowed: impl IntoIterator<Item = String>) -> Self {
        Self {
            french: "Valeur inconnue.".into(),
            english: "Unknown value.".into(),
            allowed: allowed.into_iter().collect(),
        }
    }
}
