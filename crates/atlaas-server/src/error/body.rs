//! The body of an error, RFC 9457, with the mistakes of the query string.

use crate::error::problem::KeptNames;
use serde::Serialize;
use utoipa::ToSchema;

/// A problem, as it is sent.
#[derive(Serialize, ToSchema)]
#[schema(as = Probleme)]
pub struct Problem<'a> {
    /// Kind of problem; always `about:blank`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The status in words.
    pub title: &'a str,
    /// HTTP status.
    pub status: u16,
    /// What is wrong, and what to do.
    pub detail: String,
    /// Path that was asked for.
    pub instance: &'a str,
    /// Every mistake of the query string.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Mistake<'a>>,
    /// Which snapshots would answer, when the one that `v` names is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instantanes: Option<&'a KeptNames>,
}

/// A parameter that was refused.
#[derive(Serialize, ToSchema)]
#[schema(as = Faute)]
pub struct Mistake<'a> {
    /// Its name, as it was sent.
    pub parametre: &'a str,
    /// Its value, as it was sent, cut at 80 characters.
    pub valeur: &'a str,
    /// What is wrong.
    pub message: String,
    /// The names or values that are allowed, when they can be listed.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub valeurs_admises: &'a [String],
    /// The nearest allowed spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<&'a str>,
}
