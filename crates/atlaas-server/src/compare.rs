//! A comparison as data: whose peers an address asks for, the answer, and the same as a table.
//!
//! It knows no page: pages draw what is computed, and this room tells it to programs.

pub mod answer;
pub mod asked;
mod diagnosis;
mod free_table;
pub mod table;
