//! What operators watch: requests by route, the snapshot that is served, memory.
//!
//! `count` is what a request touches: a few atomic additions. `collect` gives the counts their names;
//! `show` answers `/metrics` on a listener of its own.

mod collect;
pub mod count;
pub mod show;
