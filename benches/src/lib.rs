//! What the benches share: the machine's own account of time and memory, queries, load.

pub mod bm25;
pub mod comparison;
pub mod encoding;
pub mod filter_mix;
pub mod holds;
pub mod http;
pub mod judged;
pub mod load;
pub mod postgres;
pub mod raw_tile;
pub mod search_mix;
pub mod seeded;

use rustix::time::{ClockId, clock_gettime};
use std::fs;
use std::time::Duration;

/// What this thread has used of its processor.
pub fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Most memory that this process ever held, in megabytes (`VmHWM` of Linux); 0 elsewhere.
pub fn peak_memory_mb() -> u64 {
    status_mb("self", "VmHWM:")
}

/// The same of another process of this machine and of those that it started, the largest of them; 0
/// once it has ended.
pub fn peak_memory_of_mb(process: u32) -> u64 {
    let children = format!("/proc/{process}/task/{process}/children");
    let children = fs::read_to_string(children).unwrap_or_default();
    let started = children.split_whitespace().filter_map(|id| id.parse().ok());
    started
        .map(peak_memory_of_mb)
        .chain([status_mb(&process.to_string(), "VmHWM:")])
        .max()
        .unwrap_or(0)
}

/// Memory that this process holds now, in megabytes (`VmRSS` of Linux); 0 elsewhere.
pub fn resident_memory_mb() -> u64 {
    status_mb("self", "VmRSS:")
}

fn status_mb(process: &str, key: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
