//! The watch over all connections: once a second it cuts those that leave their answers unread or ask
//! for nothing, and sooner when the room for unread answers runs out.
//!
//! A client is silent when for `write_timeout_s` neither the connection took more of one of its answers
//! nor the network carried any byte of it away. One that reads a kilobyte a second is not: its bytes
//! leave. An answer that waits for us is nobody's fault.

use crate::clients::open_connections::{Open, OpenConnections, Reason};
use crate::clients::unread::Unread;
use crate::serve::give_back;
use crate::serve::watched_stream::unacknowledged;
use crate::state::limits::Limits;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Between two looks when room is wanted.
const HURRY: Duration = Duration::from_millis(100);
/// An answer may stand still so long even when room is wanted.
const GRACE: Duration = Duration::from_secs(2);
/// Between two lines in the log about the same thing.
const SAY_EVERY: Duration = Duration::from_secs(10);
/// How long a connection of HTTP/2 may stay open without a request; hyper knows it of HTTP/1.
const LONGEST_QUIET: Duration = Duration::from_secs(300);

/// What the watch goes by.
pub struct Watch {
    connections: Arc<OpenConnections>,
    unread: Arc<Unread>,
    connection_bytes: usize,
    write_timeout: Duration,
    ask_timeout: Duration,
    said: (Instant, Vec<u64>),
}

impl Watch {
    /// Watches these connections and the room for their unread answers.
    pub fn new(connections: Arc<OpenConnections>, unread: Arc<Unread>, limits: &Limits) -> Self {
        Self {
            connections,
            unread,
            connection_bytes: limits.connection_bytes,
            write_timeout: Duration::from_secs(limits.write_timeout_s.max(1)),
            ask_timeout: Duration::from_secs(limits.header_timeout_s.max(1)),
            said: (Instant::now(), Vec::new()),
        }
    }

    /// Watches for ever.
    pub async fn run(mut self) {
        let unread = Arc::clone(&self.unread);
        loop {
            let hurry = async {
                unread.pressure.notified().await;
                tokio::time::sleep(HURRY).await;
            };
            _ = tokio::time::timeout(LOOK_EVERY, hurry).await;
            // Off the threads that serve: with ten thousand connections a look takes milliseconds.
            let look = tokio::task::spawn_blocking(move || {
                self.look(Instant::now());
                self
            });
            match look.await {
                Ok(back) => self = back,
                Err(error) => return tracing::error!(%error, "nobody watches the connections"),
            }
        }
    }

    fn look(&mut self, now: Instant) {
        self.connections.look(|open| self.judge(open, now));
        self.connections.shed(self.connection_bytes);
        self.make_room(now);
        if self.unread.ebbed() {
            give_back::to_the_system();
        }
        self.say(now);
    }

    fn judge(&self, open: &mut Open, now: Instant) -> Option<Reason> {
        let traffic = &open.traffic;
        let asked = traffic.asked();
        if asked != open.quiet.0 || !traffic.is_idle() {
            open.quiet = (asked, now);
        }
        let written = traffic.written();
        let unacknowledged = unacknowledged(open.socket.as_ref().as_ref());
        // Where the system does not tell, it is known at least when it takes no more.
        let waiting = unacknowledged.map_or(traffic.is_sending(), |bytes| bytes > 0);
        let left = written.saturating_sub(unacknowledged.unwrap_or(0));
        let drains = left != open.drained.0;
        if drains || !waiting {
            open.drained = (left, now);
        }
        let owed = traffic.look(now, drains && waiting);
        let unsent_since = waiting.then_some(open.drained.1);
        let unowed = unsent_since.filter(|_| traffic.is_sending());
        open.waits_since = owed.since.or(unowed);
        open.export = owed.export;
        let waits = |since: Option<Instant>| {
            since.is_some_and(|since| now.duration_since(since) >= self.write_timeout)
        };
        if waits(owed.since) || waits(unsent_since) {
            return Some(Reason::Unread);
        }
        let quiet = now.duration_since(open.quiet.1);
        let never_asked = asked == 0 && now.duration_since(open.began) >= self.ask_timeout;
        (never_asked || quiet >= LONGEST_QUIET).then_some(Reason::Silent)
    }

    /// When the room for unread answers is nearly used up, those that stand still longest go.
    fn make_room(&self, now: Instant) {
        let (used, limit) = (self.unread.used(), self.unread.limit());
        let wanted = used.saturating_sub(limit / 4 * 3);
        if wanted == 0 {
            return;
        }
        let mut freed = 0;
        self.connections.cut_waiting(
            |open| {
                let stands = |since| now.duration_since(since) >= GRACE;
                open.traffic.unread() > 0 && open.waits_since.is_some_and(stands)
            },
            |open| {
                freed += open.traffic.unread();
                freed >= wanted
            },
        );
    }

    /// One line in the log about everything that was cut or refused since the last one.
    fn say(&mut self, now: Instant) {
        if now.duration_since(self.said.0) < SAY_EVERY {
            return;
        }
        let mut counts: Vec<u64> = self.connections.ended().map(|(_, count)| count).collect();
        counts.push(self.unread.refused());
        let before = std::mem::replace(&mut self.said, (now, counts.clone())).1;
        let fresh = |rank: usize| {
            let count = counts.get(rank).copied().unwrap_or(0);
            count - before.get(rank).copied().unwrap_or(0)
        };
        if let [unread, silent, idle, full, refused] = [0, 1, 2, 3, 4].map(fresh)
            && unread + idle + full + refused > 0
        {
            tracing::warn!(
                unread,
                silent,
                idle,
                full,
                answers_refused = refused,
                open = self.connections.count_open(),
                unread_bytes = self.unread.used(),
                "connections were cut or refused"
            );
        }
    }
}
