//! Who asks: the address of a peer, what counts as one client for limits, and what the log keeps.

use axum::extract::ConnectInfo;
use axum::http::Extensions;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The address at the other end of the connection; `None` without a connection, as in tests.
pub fn peer(extensions: &Extensions) -> Option<IpAddr> {
    let info = extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(info.0.ip().to_canonical())
}

/// What one client is for a limit: an IPv4 address, or the /64 of an IPv6 address, which one
/// household or machine holds whole.
pub fn subject(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => masked(six, 4),
    }
}

/// The address as the log keeps it: without the last byte, or the last 80 bits.
pub fn shortened(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(four) => {
            let [a, b, c, _] = four.octets();
            Ipv4Addr::new(a, b, c, 0).into()
        }
        IpAddr::V6(six) => masked(six, 3),
    }
}

fn masked(address: Ipv6Addr, kept: usize) -> IpAddr {
    let mut segments = address.segments();
    segments[kept..].fill(0);
    Ipv6Addr::from(segments).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_count_ipv6_by_its_64_bits_and_logs_keep_less() {
        for (given, counted, logged) in [
            ("192.0.2.7", "192.0.2.7", "192.0.2.0"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1::"),
        ] {
            let given: IpAddr = given.parse().unwrap();
            assert_eq!(subject(given).to_string(), counted);
            assert_eq!(shortened(given).to_string(), logged);
        }
    }
}
