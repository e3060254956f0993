//! What every page shares: frame, headers, validators, and the scripts and sheets it loads.
//!
//! It knows nothing of what a page tells.

pub mod address;
pub mod answer;
pub mod assets;
pub mod drawing;
pub mod frame;
pub mod page_data;
pub mod policy;
