//! Who asks, and what is owed to them: addresses, proxies of ours, open connections, unread answers.
//!
//! It knows sockets and headers; nothing of fiches, of routes or of what an answer holds.

pub mod address;
pub mod forwarded;
pub mod host;
pub mod open_connections;
pub mod progress;
pub mod traffic;
pub mod trusted;
pub mod unread;
