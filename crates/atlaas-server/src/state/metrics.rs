//! Counts of requests, by route template (`/tiles/{tileset}/{z}/{x}/{y}`), never by address: the
//! number of series is that of the routes.
//!
//! A route is looked up once a request, or once for all by who knows it beforehand. After that,
//! counting is a few atomic additions: nothing waits for anything.

use arc_swap::ArcSwap;
use axum::extract::{MatchedPath, Request};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Upper edges of the latency buckets, microseconds.
const EDGES_US: [u64; 16] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 2_500_000, 5_000_000, 10_000_000,
];
/// Statuses that are counted by themselves; all others together as 0.
const STATUSES: [u16; 19] = [
    200, 204, 206, 301, 302, 303, 304, 308, 400, 404, 405, 406, 410, 413, 414, 429, 500, 503, 0,
];
/// Name for requests that no route takes.
const NO_ROUTE: &str = "aucune";

/// Counts of one route.
#[derive(Debug, Default)]
pub struct RouteCounts {
    statuses: [AtomicU64; STATUSES.len()],
    /// One more for what took longer than any edge.
    buckets: [AtomicU64; EDGES_US.len() + 1],
    sum_us: AtomicU64,
    under_way: AtomicI64,
}

impl RouteCounts {
    /// Counts one answer.
    fn count(&self, status: u16, took: Duration) {
        let known = STATUSES.iter().position(|&known| known == status);
        let rank = known.unwrap_or(STATUSES.len() - 1);
        self.statuses[rank].fetch_add(1, Ordering::Relaxed);
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.sum_us.fetch_add(us, Ordering::Relaxed);
        let below = EDGES_US.iter().position(|&edge| us <= edge);
        self.buckets[below.unwrap_or(EDGES_US.len())].fetch_add(1, Ordering::Relaxed);
    }

    /// Statuses that were met, with how often.
    pub fn statuses(&self) -> impl Iterator<Item = (u16, u64)> {
        let counts = self.statuses.iter().map(|n| n.load(Ordering::Relaxed));
        STATUSES.into_iter().zip(counts).filter(|&(_, n)| n > 0)
    }

    /// Upper edge in seconds and count of each latency bucket, the last one without an edge.
    pub fn buckets(&self) -> Vec<(f64, u64)> {
        let edges = EDGES_US.iter().map(|&us| us as f64 / 1e6);
        let counts = self.buckets.iter().map(|n| n.load(Ordering::Relaxed));
        edges.chain([f64::INFINITY]).zip(counts).collect()
    }

    /// Seconds of all answers together.
    pub fn seconds(&self) -> f64 {
        self.sum_us.load(Ordering::Relaxed) as f64 / 1e6
    }

    /// Requests being answered.
    pub fn under_way(&self) -> i64 {
        self.under_way.load(Ordering::Relaxed)
    }
}

/// Counts of all routes that were asked for.
#[derive(Debug, Default)]
pub struct Metrics(ArcSwap<BTreeMap<String, Arc<RouteCounts>>>);

impl Metrics {
    /// The counts of a route template.
    pub fn route(&self, template: &str) -> Arc<RouteCounts> {
        if let Some(route) = self.0.load().get(template) {
            return Arc::clone(route);
        }
        let fresh = Arc::new(RouteCounts::default());
        // Two at once both come out with the counts that went in first.
        self.0.rcu(|routes| {
            let mut routes = BTreeMap::clone(routes);
            let entry = routes.entry(template.to_owned());
            entry.or_insert_with(|| Arc::clone(&fresh));
            routes
        });
        self.0.load().get(template).map_or(fresh, Arc::clone)
    }

    /// The counts of the route that the router found for a request.
    pub fn matched(&self, request: &Request) -> Arc<RouteCounts> {
        let matched = request.extensions().get::<MatchedPath>();
        self.route(matched.map_or(NO_ROUTE, MatchedPath::as_str))
    }

    /// Every route that was asked for, by name.
    pub fn routes(&self) -> Arc<BTreeMap<String, Arc<RouteCounts>>> {
        self.0.load_full()
    }
}

/// A request being answered: counted as under way while it lives.
pub struct CountedUnderWay {
    route: Arc<RouteCounts>,
    start: Instant,
}

impl CountedUnderWay {
    /// Counts a request that begins.
    pub fn begin(route: Arc<RouteCounts>) -> Self {
        route.under_way.fetch_add(1, Ordering::Relaxed);
        Self {
            route,
            start: Instant::now(),
        }
    }

    /// Counts and times its answer.
    pub fn answered(self, status: u16) {
        self.route.count(status, self.start.elapsed());
    }
}

impl Drop for CountedUnderWay {
    fn drop(&mut self) {
        self.route.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_route_status_and_time() {
        let metrics = Metrics::default();
        let route = metrics.route("/a");
        route.count(200, Duration::from_micros(90));
        route.count(304, Duration::from_micros(700));
        route.count(418, Duration::from_secs(60));
        let again = metrics.route("/a");
        assert_eq!(
            again.statuses().collect::<Vec<_>>(),
            [(200, 1), (304, 1), (0, 1)]
        );
        let met = again.buckets().into_iter().filter(|&(_, n)| n > 0);
        assert_eq!(
            met.collect::<Vec<_>>(),
            [(0.0001, 1), (0.001, 1), (f64::INFINITY, 1)]
        );
        assert!((again.seconds() - 60.000_79).abs() < 1e-9);
        assert_eq!(metrics.routes().len(), 1);
    }

    #[test]
    fn a_request_is_under_way_until_it_is_answered_or_given_up() {
        let metrics = Metrics::default();
        let one = CountedUnderWay::begin(metrics.route("/a"));
        let other = CountedUnderWay::begin(metrics.route("/a"));
        assert_eq!(metrics.route("/a").under_way(), 2);
        one.answered(200);
        drop(other);
        assert_eq!(metrics.route("/a").under_way(), 0);
        assert_eq!(metrics.route("/a").statuses().count(), 1);
    }

    #[test]
    fn routes_met_at_once_are_counted_together() {
        let metrics = Metrics::default();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let metrics = &metrics;
                scope.spawn(move || {
                    for n in 0..50 {
                        let route = metrics.route(&format!("/{}", (n + 7 * thread) % 50));
                        route.count(200, Duration::ZERO);
                    }
                });
            }
        });
        let counts = metrics.routes();
        assert_eq!(counts.len(), 50);
        let four = |route: &RouteCounts| route.statuses().eq([(200, 4)]);
        assert!(counts.values().all(|route| four(route)));
    }
}
