//! HTTP: routes, formats, caching, pages. Algorithms live in the crates behind the engine.
//!
//! [`router()`] is a function of the state, so that tests call it without a socket; [`serve()`] runs
//! it on a listener until told to stop, and reloads when told to.
//!
//! # Rooms
//! A folder is a room, and its opening file says what it owns and what it must not know. Arrows between
//! rooms go one way:
//!
//! | room | owns | may know |
//! |---|---|---|
//! | `words` | the two languages, figures and dates as people write them | – |
//! | `wire` | codings, validators, quality lists, links, media types | `words` |
//! | `error` | errors as handlers return them | `words` |
//! | `clients` | who asks and what is owed to them: addresses, proxies, connections, unread answers | – |
//! | `state` | the open snapshot, limits, counts, the public address | `clients`, `error`, `words` |
//! | `call` | a request, read once into types | `clients`, `state`, `wire`, `error`, `words` |
//! | `formats` | fiches on the wire, and each form that a list of them takes | `wire`, `error`, `words` |
//! | `picture` | still maps | `words` |
//! | `describe` | what addresses describe themselves with, their one list, OpenAPI, recipes | `call`, `error` |
//! | `api` | our own addresses: fiches, suggestions, tiles, styles, health | `clients`, `describe`, `call`, `formats`, `state`, `wire`, `error`, `words` |
//! | `tables` | tables that are geocoded row by row | – |
//! | `national` | addresses in the shapes of the national APIs | `describe`, `call`, `formats`, `state`, `tables`, `wire`, `error`, `words` |
//! | `ogc` | OGC API | `describe`, `call`, `formats`, `wire`, `error`, `words` |
//! | `pages` | what people read, and what leaves for their own pages | `clients`, `describe`, `picture`, `call`, `formats`, `state`, `wire`, `error`, `words` |
//! | `serve` | listening, what stands around every answer, reload and drain | all of them but `formats`, `call` and `picture` |
//!
//! Within a room no two files need each other, and `serve/router.rs` alone knows many.

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
mod tables;
mod wire;
mod words;

pub use clients::trusted::{TrustedProxies, TrustedProxiesError};
pub use error::mistake::mistake_in_english;
pub use serve::quick::Quick;
pub use serve::router::router;
pub use serve::{serve, serve_admin};
pub use state::app::{App, AppState};
pub use state::base_map::{BaseMap, BaseMapError, BaseMapSettings};
pub use state::limits::Limits;
pub use state::public::{PublicAddress, PublicAddressError};
pub use state::site::Site;
pub use tables::error::TableError;
pub use tables::order::{TableOrder, Way};
pub use tables::table::GeocodedTable;
