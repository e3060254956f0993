//! Names, kinds and help of the metrics, over what was counted and what the snapshot says of itself.

use crate::state::app::AppState;
use atlaas_engine::Tileset;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;
use std::fmt::{Debug, Error, Formatter};

/// All metrics of the service, as they are when it is asked for them.
pub struct Service(pub AppState);

impl Debug for Service {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result<(), Error> {
        formatter.write_str("Service")
    }
}

impl Collector for Service {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), Error> {
        self.requests(&mut encoder)?;
        self.snapshot(&mut encoder)?;
        self.standing(&mut encoder)?;
        self.clients(&mut encoder)?;
        self.filter_cache(&mut encoder)?;
        if let Some(bytes) = resident_bytes() {
            let (name, help) = ("process_resident_memory_bytes", "Resident memory.");
            gauge(&mut encoder, name, help, bytes as i64)?;
        }
        Ok(())
    }
}

impl Service {
    fn requests(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), Error> {
        let routes = self.0.metrics.routes();
        // The format gives counters their `_total`.
        let mut family = encoder.encode_descriptor(
            "atlaas_http_requests",
            "Answers by route and status.",
            None,
            MetricType::Counter,
        )?;
        for (name, route) in &*routes {
            for (status, n) in route.statuses() {
                let labels = [("route", name.as_str()), ("status", &status.to_string())];
                let mut counter = family.encode_family(&labels)?;
                counter.encode_counter::<NoLabelSet, _, u64>(&n, None)?;
            }
        }
        let mut family = encoder.encode_descriptor(
            "atlaas_http_request_seconds",
            "Time until the head of the answer, by route.",
            None,
            MetricType::Histogram,
        )?;
        for (name, route) in &*routes {
            let buckets = route.buckets();
            let count = buckets.iter().map(|(_, n)| n).sum();
            let labels = [("route", name.as_str())];
            let mut histogram = family.encode_family(&labels)?;
            histogram.encode_histogram::<NoLabelSet>(route.seconds(), count, &buckets, None)?;
        }
        let under_way: i64 = routes.values().map(|route| route.under_way()).sum();
        let (name, help) = ("atlaas_http_requests_under_way", "Requests being answered.");
        gauge(encoder, name, help, under_way)
    }

    fn snapshot(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), Error> {
        let snapshot = self.0.snapshot();
        let manifest = snapshot.manifest();
        let mut info = encoder.encode_descriptor(
            "atlaas_snapshot",
            "The snapshot that is served.",
            None,
            MetricType::Info,
        )?;
        info.encode_info(&[("id", snapshot.id()), ("date", &manifest.cree)])?;
        if let Ok(built) = manifest.cree.parse::<jiff::Timestamp>() {
            let age = jiff::Timestamp::now().as_second() - built.as_second();
            let help = "Time since the snapshot was built.";
            gauge(encoder, "atlaas_snapshot_age_seconds", help, age)?;
        }
        let mut family = encoder.encode_descriptor(
            "atlaas_fiches",
            "Fiches of the snapshot by type.",
            None,
            MetricType::Gauge,
        )?;
        for (kind, &count) in &manifest.comptes {
            let labels = [("type", kind.as_str())];
            let mut fiches = family.encode_family(&labels)?;
            fiches.encode_gauge(&(count as i64))?;
        }
        Ok(())
    }

    /// What is refused, and damage that was met; tiles are counted from nothing with each snapshot.
    fn standing(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), Error> {
        let standing = &self.0.standing;
        let refused = standing.refused();
        let help = "Snapshots built later than the one that is served, and damaged.";
        gauge(
            encoder,
            "atlaas_snapshots_refused",
            help,
            refused.len() as i64,
        )?;
        let mut info = encoder.encode_descriptor(
            "atlaas_snapshot_refused",
            "A refused snapshot, and why.",
            None,
            MetricType::Info,
        )?;
        for refusal in &refused {
            info.encode_info(&[("id", &refusal.id), ("reason", &refusal.raison)])?;
        }
        let (done, failed) = standing.reloads();
        let outcomes = [("done", done), ("refused", failed)];
        let help = "Reloads by outcome.";
        counters(encoder, "atlaas_reloads", help, "outcome", outcomes)?;
        let snapshot = self.0.snapshot();
        let met = |set: Tileset| {
            snapshot
                .archive(set)
                .map(|archive| (set.as_str(), archive.damage_met()))
        };
        let damage: Vec<_> = snapshot.tilesets().filter_map(met).collect();
        let help = "Damaged tiles asked for, by archive.";
        counters(encoder, "atlaas_damaged_tiles", help, "archive", damage)
    }

    /// Connections, and answers that are not read.
    fn clients(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), Error> {
        let (connections, unread) = (&self.0.connections, &self.0.unread);
        let (name, help) = ("atlaas_connections_open", "Connections that are open.");
        gauge(encoder, name, help, connections.count_open() as i64)?;
        let help = "Connections cut or refused, by reason.";
        let name = "atlaas_connections_ended";
        counters(encoder, name, help, "reason", connections.ended())?;
        let help = "Memory of answers that are not read yet.";
        gauge(encoder, "atlaas_unread_bytes", help, unread.used() as i64)?;
        let (name, help) = ("atlaas_unread_refused", "Answers refused for want of room.");
        let mut counter = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
        counter.encode_counter::<NoLabelSet, _, u64>(&unread.refused(), None)
    }

    /// Clusters of recent filters: they start from nothing with each snapshot.
    fn filter_cache(&self, encoder: &mut DescriptorEncoder<'_>) -> Result<(), Error> {
        let cache = self.0.snapshot().filter_cache();
        for (name, help, n) in [
            (
                "atlaas_filter_cache_hits",
                "Filters whose clusters were at hand.",
                cache.hits,
            ),
            (
                "atlaas_filter_cache_misses",
                "Filters whose clusters were made.",
                cache.misses,
            ),
        ] {
            let mut counter = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
            counter.encode_counter::<NoLabelSet, _, u64>(&n, None)?;
        }
        let (kept, bytes) = (cache.kept as i64, cache.bytes as i64);
        gauge(
            encoder,
            "atlaas_filter_cache_entries",
            "Filters at hand.",
            kept,
        )?;
        gauge(
            encoder,
            "atlaas_filter_cache_bytes",
            "Memory for them.",
            bytes,
        )
    }
}

/// A counter for each value of one label.
fn counters<'a>(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    label: &str,
    counts: impl IntoIterator<Item = (&'a str, u64)>,
) -> Result<(), Error> {
    let mut family = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (value, n) in counts {
        let labels = [(label, value)];
        let mut counter = family.encode_family(&labels)?;
        counter.encode_counter::<NoLabelSet, _, u64>(&n, None)?;
    }
    Ok(())
}

fn gauge(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: i64,
) -> Result<(), Error> {
    let mut gauge = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
    gauge.encode_gauge(&value)
}

/// Resident memory of this process, where the system tells (Linux).
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
