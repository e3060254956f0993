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
    /// The WebSub hub that feeds name; none by default.
    pub websub_hub: Option<String>,
}

impl Site {
    /// The address of a hub, when it is one.
    pub fn hub(url: &str) -> Option<String> {
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic());
        let is_safe = !url.contains(['<', '>', '"']);
        (is_web && is_plain && is_safe).then(|| url.to_owned())
    }
}

impl From<PublicAddress> for Site {
    fn from(public: PublicAddress) -> Self {
        Self {
            public,
            base_map: None,
            websub_hub: None,
        }
    }
}
