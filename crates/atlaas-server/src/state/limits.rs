//! The bounds of the service, all in one table; `[limits]` in `atlaas.toml`.

use serde::Deserialize;

/// What one client, or all together, may ask for.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Longest address with its query, bytes (414 beyond).
    pub url_bytes: usize,
    /// Headers of a request, names and values together, bytes (431 beyond).
    pub header_bytes: usize,
    /// Longest body where no route reads one, bytes (413 beyond).
    pub body_bytes: usize,
    /// Longest body where a file is taken, bytes (413 beyond).
    pub file_bytes: usize,
    /// Files under way at once; others are told 503 with Retry-After.
    pub files_at_once: usize,
    /// Time for a file to arrive, seconds (408 beyond).
    pub file_timeout_s: u64,
    /// Connections open at once; the one idle longest makes room for a new one, and when none is idle
    /// the new one is closed.
    pub connections: usize,
    /// Connections of one client (IPv6: of one /64) at once, likewise; proxies of `trusted_proxies` are
    /// exempt.
    pub client_connections: usize,
    /// Requests at once on one connection of HTTP/2; as many as browsers send.
    pub streams_at_once: u32,
    /// Memory for all answers that clients have not read yet, bytes (503 beyond).
    pub unread_bytes: usize,
    /// The same for one connection, which may always have one answer.
    pub connection_unread_bytes: usize,
    /// Memory for all open connections beside their answers, bytes: some 20 kB each, more on HTTP/2 the
    /// more requests one ever had at once; those idle longest are closed beyond.
    pub connection_bytes: usize,
    /// How long an answer may stay without a byte of it being read, seconds; the connection is cut then.
    pub write_timeout_s: u64,
    /// Time for the head of a request to arrive, and for a connection to stay idle, seconds.
    pub header_timeout_s: u64,
    /// Time for one answer to start, seconds (503 beyond).
    pub request_timeout_s: u64,
    /// Heavy answers (filtered tiles, searches, exports) computed at once; others wait.
    pub heavy_at_once: usize,
    /// Heavy answers that may wait; those beyond are told 503 with Retry-After.
    pub heavy_waiting: usize,
    /// Exports under way at once; others are told 503 with Retry-After.
    pub exports_at_once: usize,
    /// Exports of one client at once, likewise; proxies of `trusted_proxies` are exempt.
    pub client_exports: usize,
    /// Requests a second for one client over time; 0 sets no limit.
    pub client_per_second: u32,
    /// Requests that one client may make at once beyond that rate (429 beyond).
    pub client_burst: u32,
    /// Memory for the clusters of recent filters, bytes.
    pub filter_cache_bytes: u64,
    /// Largest snapshot on disk that is opened beside the current one for who asks for it by `v`, bytes; 0
    /// opens none.
    pub older_snapshot_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            url_bytes: 16 * 1024,
            header_bytes: 32 * 1024,
            body_bytes: 1024,
            file_bytes: 50 << 20,
            files_at_once: 2,
            file_timeout_s: 300,
            connections: 6_000,
            client_connections: 512,
            streams_at_once: 100,
            unread_bytes: 256 << 20,
            connection_unread_bytes: 16 << 20,
            connection_bytes: 160 << 20,
            write_timeout_s: 30,
            header_timeout_s: 30,
            request_timeout_s: 15,
            heavy_at_once: 2 * std::thread::available_parallelism().map_or(1, usize::from),
            heavy_waiting: 256,
            exports_at_once: 200,
            client_exports: 50,
            client_per_second: 0,
            client_burst: 500,
            filter_cache_bytes: 64 << 20,
            older_snapshot_bytes: 1 << 30,
        }
    }
}
