//! The values that were given, by name, and the mistakes met so far.

use crate::query::{
    limits,
    mistake::Mistake,
    parameter_error::ParameterError,
    parameters::{FACET_SEARCH_PREFIX, also_called, is_parameter, parameters},
};
use atlaas_model::Schema;
use std::collections::BTreeMap;

/// Values by parameter name, and the mistakes met so far.
pub(super) struct Given<'a> {
    pub values: BTreeMap<&'a str, Vec<&'a str>>,
    pub errors: Vec<ParameterError>,
    schema: &'a Schema,
}

impl<'a> Given<'a> {
    pub fn collect(
        pairs: &'a [(String, String)],
        schema: &'a Schema,
        extra_allowed: &[&str],
    ) -> Self {
        let mut given = Self {
            values: BTreeMap::new(),
            errors: Vec::new(),
            schema,
        };
        if pairs.len() > limits::MAX_PARAMETERS {
            let most = limits::MAX_PARAMETERS;
            given.errors.push(ParameterError::new(
                "",
                "",
                Mistake::TooManyParameters {
                    given: pairs.len(),
                    most,
                },
            ));
            return given;
        }
        for (name, value) in pairs {
            if extra_allowed.contains(&name.as_str()) {
                continue;
            }
            if !is_parameter(schema, name) {
                given.unknown(name, value, extra_allowed);
            } else if !value.trim().is_empty() || name == "facettes" {
                given.values.entry(name).or_default().push(value.trim());
            }
        }
        given
    }

    fn unknown(&mut self, name: &str, value: &str, extra_allowed: &[&str]) {
        if self.errors.len() >= limits::MAX_ERRORS
            || self.errors.iter().any(|e| e.parametre == name)
        {
            return;
        }
        let listed = listed(self.schema);
        let allowed = listed.into_iter().chain(extra_allowed.iter().copied());
        let error =
            ParameterError::new(name, value, Mistake::UnknownParameter).allowed(name, allowed);
        self.errors.push(match also_called(self.schema, name) {
            Some(meant) => error.suggesting(meant),
            None => error,
        });
    }

    pub fn fail(&mut self, name: &str, value: &str, mut mistake: Mistake) {
        if self.errors.len() >= limits::MAX_ERRORS {
            return;
        }
        let allowed = mistake.take_allowed();
        let error = ParameterError::new(name, value, mistake);
        self.errors.push(if allowed.is_empty() {
            error
        } else {
            error.allowed(value, allowed)
        });
    }

    /// The one value of a parameter, parsed.
    pub fn one<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, Mistake>) -> Option<T> {
        let values = self.values.remove(name)?;
        let first = *values.first()?;
        if let Some(other) = values.iter().find(|&&value| value != first) {
            self.fail(name, other, Mistake::Twice);
            return None;
        }
        match parse(first) {
            Ok(value) => Some(value),
            Err(mistake) => {
                self.fail(name, first, mistake);
                None
            }
        }
    }

    /// All values of a list parameter, parsed, sorted, without repetition. A value that is right
    /// as a whole is not split at its commas.
    pub fn many<T: Ord>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Result<Vec<T>, Mistake>,
    ) -> Vec<T> {
        let spelt = self.values.remove(name).unwrap_or_default();
        let mut parsed = Vec::new();
        let mut count = 0;
        for whole in spelt {
            if whole.contains(',')
                && whole.chars().nth(limits::MAX_VALUE_CHARS).is_none()
                && let Ok(values) = parse(whole)
            {
                count += 1;
                parsed.extend(values);
                continue;
            }
            for value in whole.split(',').map(str::trim).filter(|v| !v.is_empty()) {
                count += 1;
                if count > limits::MAX_VALUES {
                    break;
                }
                let result = if value.chars().nth(limits::MAX_VALUE_CHARS).is_some() {
                    Err(Mistake::TooLong {
                        most: limits::MAX_VALUE_CHARS,
                    })
                } else {
                    parse(value)
                };
                match result {
                    Ok(values) => parsed.extend(values),
                    Err(mistake) => self.fail(name, value, mistake),
                }
            }
        }
        if count > limits::MAX_VALUES {
            let most = limits::MAX_VALUES;
            self.fail(name, "", Mistake::TooManyValues { most });
        }
        parsed.sort();
        parsed.dedup();
        parsed
    }

    /// Whether a parameter was given.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }
}

/// The names that a mistake lists: without those that search inside a facet.
fn listed(schema: &Schema) -> Vec<&'static str> {
    let all = parameters(schema)
        .into_iter()
        .map(|parameter| parameter.name);
    all.filter(|name| !name.starts_with(FACET_SEARCH_PREFIX))
        .collect()
}
