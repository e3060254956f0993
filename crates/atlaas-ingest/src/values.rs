//! What the text of one field stands for: a number, a day, a code, a link, a term of a list.

pub(crate) mod angle;
pub(crate) mod codes;
pub(crate) mod dates;
pub(crate) mod fields;
pub(crate) mod numbers;
pub(crate) mod position;
pub(crate) mod terms;
