//! How often one client may ask: so many requests a second over time, so many at once.

use crate::clients::address;
use crate::error::problem::ApiError;
use crate::state::limits::Limits;
use crate::words::message::Message;
use axum::extract::Request;
use axum::http::StatusCode;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

/// Clients that are remembered before those who have been quiet are forgotten.
const REMEMBERED: usize = 50_000;
/// Requests between two looks at how many are remembered.
const LOOK_EVERY: u32 = 4096;

/// The limiter of the service.
pub struct Rate {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    since_look: AtomicU32,
}

impl Rate {
    /// The limiter that the settings ask for; none when they set no limit.
    pub fn new(limits: &Limits) -> Option<Self> {
        let per_second = NonZeroU32::new(limits.client_per_second)?;
        let burst = NonZeroU32::new(limits.client_burst).unwrap_or(NonZeroU32::MIN);
        let limiter = RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst));
        Some(Self {
            limiter,
            since_look: AtomicU32::new(0),
        })
    }

    /// Counts a request of a client; the seconds to wait when it asks too often.
    pub fn check(&self, client: IpAddr) -> Result<(), u32> {
        if self.since_look.fetch_add(1, Ordering::Relaxed) >= LOOK_EVERY {
            self.since_look.store(0, Ordering::Relaxed);
            if self.limiter.len() > REMEMBERED {
                self.limiter.retain_recent();
            }
        }
        self.limiter.check_key(&client).map_err(|refused| {
            let wait = refused.wait_time_from(DefaultClock::default().now());
            wait.as_secs_f64().ceil().max(1.0) as u32
        })
    }
}

/// 429 for a client that asks too often. Health is never refused.
pub fn refused(rate: &Rate, client: Option<IpAddr>, request: &Request) -> Result<(), ApiError> {
    let health = request.uri().path().starts_with("/health/");
    client
        .filter(|_| !health)
        .map_or(Ok(()), |client| rate.check(address::subject(client)))
        .map_err(too_many)
}

fn too_many(seconds: u32) -> ApiError {
    let detail = Message::new("error-too-many-detail").with("seconds", seconds);
    ApiError::new(StatusCode::TOO_MANY_REQUESTS, "error-too-many", detail).retry_after(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_let_through_and_what_follows_waits_while_others_are_served() {
        let limits = Limits {
            client_per_second: 1,
            client_burst: 3,
            ..Limits::default()
        };
        let rate = Rate::new(&limits).unwrap();
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        for _ in 0..3 {
            assert_eq!(rate.check(one), Ok(()));
        }
        assert_eq!(rate.check(one), Err(1));
        assert_eq!(rate.check(other), Ok(()));
    }

    #[test]
    fn without_a_rate_there_is_no_limit() {
        assert!(
            Rate::new(&Limits {
                client_per_second: 0,
                ..Limits::default()
            })
            .is_none()
        );
    }
}
