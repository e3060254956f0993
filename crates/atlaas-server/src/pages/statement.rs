//! `/releve` and `/releve/{id}`: the dated, printable report of France or of a territory, four sheets at
//! most: figures with what they are out of, the change of the year, maps, the label, method and sources.

mod label;
pub mod page;
pub mod parts;
pub mod years;
