//! Which addresses are proxies of ours, whose word about their clients is believed.

use ipnet::IpNet;
use std::net::IpAddr;
use std::sync::Arc;

/// The networks of our proxies.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

/// Why a setting is no list of proxies.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("trusted_proxies: {0:?} is neither an address (192.0.2.1) nor a network (192.0.2.0/24)")]
pub struct TrustedProxiesError(String);

impl TrustedProxies {
    /// Addresses and networks, IPv4 or IPv6.
    pub fn parse<S: AsRef<str>>(list: &[S]) -> Result<Self, TrustedProxiesError> {
        list.iter()
            .map(|one| network(one.as_ref()))
            .collect::<Result<Vec<_>, _>>()
            .map(|networks| Self(networks.into()))
    }

    /// A proxy on this very machine.
    pub fn this_machine() -> Self {
        Self::parse(&["127.0.0.0/8", "::1"]).unwrap_or_default()
    }

    /// Whether an address is one of them.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn network(text: &str) -> Result<IpNet, TrustedProxiesError> {
    let text = text.trim();
    let network = text.parse::<IpNet>().ok();
    network
        .or_else(|| Some(IpNet::from(text.parse::<IpAddr>().ok()?.to_canonical())))
        .ok_or_else(|| TrustedProxiesError(text.chars().take(80).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_networks_of_both_families_are_read_and_nothing_else() {
        let proxies = TrustedProxies::parse(&["192.0.2.1", "10.0.0.0/8", "2001:db8::/32"]).unwrap();
        for (address, expected) in [
            ("192.0.2.1", true),
            ("::ffff:192.0.2.1", true),
            ("192.0.2.2", false),
            ("10.255.0.1", true),
            ("2001:db8:5::1", true),
            ("2001:db9::1", false),
        ] {
            assert_eq!(
                proxies.trusts(address.parse().unwrap()),
                expected,
                "{address}"
            );
        }
        for wrong in ["", "example.fr", "10.0.0.0/33", "10.0.0.1:80", "*"] {
            assert!(TrustedProxies::parse(&[wrong]).is_err(), "{wrong}");
        }
        assert!(!TrustedProxies::default().trusts("127.0.0.1".parse().unwrap()));
        assert!(TrustedProxies::this_machine().trusts("127.9.9.9".parse().unwrap()));
    }
}
