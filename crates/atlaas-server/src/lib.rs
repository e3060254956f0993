//! HTTP: routes, formats, caching, pages. Algorithms live in the crates behind the engine.
//!
//! [`router()`] is a function of the state, so that tests call it without a socket; [`serve()`] runs
//! it on a listener until told to stop, and reloads when told to.

mod api;
mod call;
mod clients;
mod describe;
mod error;
mod formats;
mod national;
mod ogc;
mod pages;
mod picture;
mod serve;
mod state;
mod wire;
mod words;

pub use clients::trusted::{TrustedProxies, TrustedProxiesError};
pub use serve::quick::Quick;
pub use serve::router::router;
pub use serve::{serve, serve_admin};
pub use state::app::{App, AppState};
pub use state::base_map::{BaseMap, BaseMapError, BaseMapSettings};
pub use state::limits::Limits;
pub use state::public::{PublicAddress, PublicAddressError};
pub use state::site::Site;
