//! From a query to a plan, in steps of which each takes what the one before made:
//!
//! | step | from | to |
//! |---|---|---|
//! | `territories::name` | the query as asked | `Named`: territories by code |
//! | `understood::understand` | `Named` | `Understood`: words taken for places, terms, years |
//! | `surroundings::surround` | `Understood` | `Surrounded`: the circle of `pres_de` or of a position |
//! | `bounds::bound` | `Surrounded` | `Bounded`: every area that must hold |
//! | `selections::select` | `Bounded` | `Filtered`: facets as columns |
//! | `words::find` | `Filtered` | `Plan`: the terms that answer the words |
//!
//! It knows what exists, and runs nothing but the question whether any fiche holds all words.

mod bounds;
mod close;
pub(crate) mod comprehension;
mod places;
pub(crate) mod planned;
mod selections;
pub(crate) mod steps;
mod surroundings;
mod territories;
mod understood;
mod whereabouts;
pub(crate) mod words;
