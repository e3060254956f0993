//! What is asked next when a query of free words finds nothing: the ladder.
//!
//! | step | what gives way | until |
//! |---|---|---|
//! | 1 | a word that names a facet's term is looked for in texts too; then words mean what they hint at | something is found in the place |
//! | 2 | the place: 10, 30, 60 km around it, its département, its région | the same |
//! | 3 | as few words as possible, the least telling first; then the place as in 2 | the same |
//! | 4 | the place: everywhere, all words first, then as few as possible let go | the same |
//!
//! Only words of `q` give way; what parameters say holds on every step. Each step is a query that can
//! be asked by itself and finds the same: it is the answer's *resolved* query. Words are let go for
//! the région before one looks beyond it, since services stay tied to a place: nearly what was asked
//! for, near by, serves better than all of it at the other end of the country.

pub(crate) mod ladder;
mod rungs;
mod units;
