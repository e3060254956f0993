//! What the operator decides about how the service shows itself.

use crate::state::base_map::BaseMap;
use crate::state::public::PublicAddress;

/// The face of the service.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// How absolute URLs begin.
    pub public: PublicAddress,
    /// What lies under live maps; nothing by default.
    pub base_map: Option<BaseMap>,
}

impl From<PublicAddress> for Site {
    fn from(public: PublicAddress) -> Self {
        Self {
            public,
            base_map: None,
        }
    }
}
