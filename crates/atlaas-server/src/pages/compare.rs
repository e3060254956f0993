//! `/comparer`: choose a territory, see who resembles it and why, and what they have that it has not.
//!
//! Whole without JavaScript, two sheets of paper when printed. It draws what the engine computes and
//! decides nothing.

mod choice;
mod diagnosis;
mod order;
pub mod page;
mod peers;
mod profile;
