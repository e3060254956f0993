//! A parameter that is refused: which one, why, and what would be right.

use crate::query::mistake::Mistake;

/// Edits within which a spelling is offered as a suggestion: a third of the length, at least one.
fn tolerated_edits(length: usize) -> usize {
    (length / 3).clamp(1, 4)
}

/// One mistake in a request: which parameter, which value, why, and what is allowed. `M` says why:
/// a [`Mistake`] of a query, or what another reader of parameters has in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterError<M = Mistake> {
    /// Name of the parameter as it was sent.
    pub parametre: String,
    /// Value as it was sent, cut at 80 characters.
    pub valeur: String,
    /// What is wrong.
    pub mistake: M,
    /// The allowed names or values, when they can be listed.
    pub valeurs_admises: Vec<String>,
    /// The nearest allowed spelling.
    pub suggestion: Option<String>,
}

impl<M> ParameterError<M> {
    /// A mistake without a list of what is allowed.
    pub fn new(parameter: &str, value: &str, mistake: M) -> Self {
        Self {
            parametre: parameter.chars().take(80).collect(),
            valeur: value.chars().take(80).collect(),
            mistake,
            valeurs_admises: Vec::new(),
            suggestion: None,
        }
    }

    /// The same, with what is wrong said otherwise.
    pub fn map<N>(self, say: impl FnOnce(M) -> N) -> ParameterError<N> {
        ParameterError {
            parametre: self.parametre,
            valeur: self.valeur,
            mistake: say(self.mistake),
            valeurs_admises: self.valeurs_admises,
            suggestion: self.suggestion,
        }
    }

    /// Adds the allowed values, and the one nearest to `given` as a suggestion.
    #[must_use]
    pub fn allowed<S: AsRef<str>>(
        mut self,
        given: &str,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.valeurs_admises = values
            .into_iter()
            .map(|value| value.as_ref().to_owned())
            .collect();
        self.suggestion = nearest(given, self.valeurs_admises.iter().map(String::as_str));
        self
    }

    /// Sets the suggestion.
    #[must_use]
    pub fn suggesting(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }
}

/// The candidate nearest to what was given, if it is near enough to be meant.
pub(crate) fn nearest<'a>(
    given: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let wanted = atlaas_model::slug(&given.chars().take(80).collect::<String>());
    if wanted.is_empty() {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| {
            let spelt = atlaas_model::slug(candidate);
            (strsim::damerau_levenshtein(&wanted, &spelt), candidate)
        })
        .filter(|&(edits, candidate)| {
            let starts = wanted.len() >= 3 && atlaas_model::slug(candidate).starts_with(&wanted);
            starts || edits <= tolerated_edits(wanted.len().max(candidate.len()))
        })
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_spelling_is_offered_only_when_it_is_near() {
        let names = ["departement", "region", "rayon", "enjeu"];
        for (given, expected) in [
            ("department", Some("departement")),
            ("Région", Some("region")),
            ("rayons", Some("rayon")),
            ("enj", Some("enjeu")),
            ("xyzzy", None),
            ("", None),
        ] {
            assert_eq!(nearest(given, names).as_deref(), expected, "{given}");
        }
    }
}
