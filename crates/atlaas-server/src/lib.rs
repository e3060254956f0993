//! HTTP: routes, formats, caching, pages. Algorithms live in the crates behind the engine.
//!
//! [`router()`] is a function of the state, so that tests call it without a socket; [`serve()`] runs
//! it on a listener until told to stop, and reloads when told to.

mod app;
mod conditional;
mod encoding;
mod feature;
mod fiches;
mod health;
mod limits;
mod problem;
mod public;
mod request;
mod router;
mod serve;
mod tiles;

pub use app::{App, AppState};
pub use limits::Limits;
pub use public::{PublicAddress, PublicAddressError};
pub use router::router;
pub use serve::serve;
