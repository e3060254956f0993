//! Repairs between rings.

use super::{OwnedRing, clean::TopologyRemark};
use atlaas_model::Code;

/// Nothing yet.
pub fn repair(_rings: &mut [OwnedRing], _codes: &[Code], _remarks: &mut Vec<TopologyRemark>) {}
