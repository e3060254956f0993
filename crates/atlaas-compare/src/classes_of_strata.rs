//! The classes by which territories of a level are told apart: those of inhabitants, and the values of
//! the column that refines them.

use crate::declared::DeclaredClasses;
use crate::variable::Variable;
use atlaas_model::Wording;

/// The classes of a level.
#[derive(Clone, Copy, Debug)]
pub struct StrataClasses<'a> {
    declared: &'a DeclaredClasses,
    /// The variable that refines them, when it is known.
    pub refining: Option<(usize, &'a Variable)>,
}

impl<'a> StrataClasses<'a> {
    /// As they are declared, refined by one of the variables.
    pub(crate) fn new(declared: &'a DeclaredClasses, variables: &'a [Variable]) -> Self {
        let named = |(_, variable): &(usize, &Variable)| {
            Some(&variable.name) == declared.colonne.as_ref() && variable.is_known()
        };
        Self {
            declared,
            refining: variables.iter().enumerate().find(named),
        }
    }

    /// The class of so many inhabitants; none where they are unknown.
    pub fn of(&self, inhabitants: f64) -> Option<usize> {
        let bounds = &self.declared.bornes;
        inhabitants
            .is_finite()
            .then(|| bounds.partition_point(|&bound| bound <= inhabitants))
    }

    /// The least inhabitants of a class, included, and the most, excluded.
    pub fn bounds(&self, class: usize) -> (f64, Option<f64>) {
        let bounds = &self.declared.bornes;
        let least = class.checked_sub(1).and_then(|below| bounds.get(below));
        (least.copied().unwrap_or(0.0), bounds.get(class).copied())
    }

    /// What a value of the refining variable is called.
    pub fn called(&self, value: i64) -> Option<&Wording> {
        let rank = usize::try_from(value.checked_sub(1)?).ok()?;
        self.declared.noms.get(rank)
    }
}
