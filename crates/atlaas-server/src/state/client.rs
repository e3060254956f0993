//! Who asks: the address of a client, for rate limits, and shortened, for the log.

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The client's address: the last one in `X-Forwarded-For` when forwarded headers are trusted (the
/// one that our own proxy saw), else the peer's; `None` without a connection, as in tests.
pub fn address(
    headers: &HeaderMap,
    extensions: &Extensions,
    trust_forwarded: bool,
) -> Option<IpAddr> {
    let forwarded = || {
        let value = headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()?
            .to_str()
            .ok()?;
        value.rsplit(',').next()?.trim().parse().ok()
    };
    let peer = || {
        extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip())
    };
    trust_forwarded
        .then(forwarded)
        .flatten()
        .or_else(peer)
        .map(|address: IpAddr| address.to_canonical())
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

    fn peer() -> Extensions {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 40_000))));
        extensions
    }

    #[test]
    fn forwarded_addresses_count_only_when_trusted_and_only_the_last() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "6.6.6.6".parse().unwrap());
        headers.append("x-forwarded-for", "1.2.3.4, 198.51.100.9".parse().unwrap());
        let seen = |trust| address(&headers, &peer(), trust).unwrap().to_string();
        assert_eq!(seen(true), "198.51.100.9");
        assert_eq!(seen(false), "192.0.2.7");
        assert_eq!(address(&headers, &Extensions::new(), false), None);
    }

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
