//! From a query to a plan, in steps of which each takes what the one before made:
//!
//! | step | from | to |
//! |---|---|---|
//! | `territories::name` | the query as asked | `Named`: territories by code |
//! | `understood::understand`, `placed` | `Named` | `Understood`: words taken for places, terms, years |
//! | `surroundings::surround` | `Understood` | `Surrounded`: the circle of `pres_de` or of a position |
//! | `bounds::bound` | `Surrounded` | `Bounded`: every area that must hold |
//! | `selections::select` | `Bounded` | `Filtered`: facets as columns |
//! | `words::find` | `Filtered` | `Plan`: the terms that answer the words |
//!
//! `resolving` takes these steps, `steps` thinks twice about what the words are: a title, a title and its
//! place (`titles`), or words.
//!
//! It knows what exists, and runs nothing but the question whether any fiche holds all words.

mod bounds;
mod close;
pub(crate) mod comprehension;
mod placed;
mod places;
pub(crate) mod planned;
mod resolving;
mod selections;
pub(crate) mod steps;
mod surroundings;
mod territories;
mod titles;
mod understood;
mod whereabouts;
pub(crate) mod words;
