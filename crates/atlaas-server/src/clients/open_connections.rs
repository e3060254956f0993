//! The connections that are open: how many one client and all together may have, and who must go.
//!
//! A new connection beyond a bound takes the place of the one that has been idle longest; when none is
//! idle it is the new one that is refused. Proxies of ours speak for many clients and are counted in all
//! only.

use crate::clients::address;
use crate::clients::traffic::Traffic;
use crate::clients::trusted::TrustedProxies;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::tcp::OwnedWriteHalf;

/// After a look that found nobody idle.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Why a connection was ended, or not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its answers were not read.
    Unread,
    /// It asked for nothing.
    Silent,
    /// It was idle, and another one wanted its place.
    Idle,
    /// No place was left and nobody was idle.
    Full,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Unread, Self::Silent, Self::Idle, Self::Full];

    /// Name in the metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Silent => "silent",
            Self::Idle => "idle",
            Self::Full => "full",
        }
    }
}

/// One open connection, as the watch sees it.
pub struct Open {
    /// What goes over it.
    pub traffic: Arc<Traffic>,
    /// Its socket, for the system's counts.
    pub socket: Arc<OwnedWriteHalf>,
    /// Whom it counts for; nobody when it is a proxy of ours.
    subject: Option<IpAddr>,
    /// When it was taken.
    pub began: Instant,
    /// Requests at the last look, and since when there are no more.
    pub quiet: (u64, Instant),
    /// Bytes that had left at the last look, and since when none has while some wait.
    pub drained: (u64, Instant),
    /// How long its answers wait, at the last look.
    pub waits_since: Option<Instant>,
    /// Whether an export waits among them.
    pub export: bool,
}

#[derive(Default)]
struct Book {
    next: u64,
    open: HashMap<u64, Open>,
    per_client: HashMap<IpAddr, ClientShare>,
    /// Until when nobody is looked for again who is idle.
    none_idle_until: Option<Instant>,
}

/// What one client has of the connections.
#[derive(Default)]
struct ClientShare {
    open: usize,
    none_idle_until: Option<Instant>,
}

impl Book {
    /// Where it stands that nobody is idle, of one client or of all.
    fn none_idle_until(&mut self, subject: Option<IpAddr>) -> &mut Option<Instant> {
        match subject.and_then(|subject| self.per_client.get_mut(&subject)) {
            Some(share) => &mut share.none_idle_until,
            None => &mut self.none_idle_until,
        }
    }
}

/// The open connections of a service.
pub struct OpenConnections {
    book: Mutex<Book>,
    most: usize,
    most_per_client: usize,
    proxies: TrustedProxies,
    ended: [AtomicU64; Reason::ALL.len()],
}

/// A place that a connection holds until it is dropped.
pub struct ConnectionPlace {
    connections: Arc<OpenConnections>,
    id: u64,
    /// How many were open once it was taken, itself included.
    pub among: usize,
    /// What goes over the connection.
    pub traffic: Arc<Traffic>,
}

impl OpenConnections {
    /// So many for all and for one client; `proxies` are counted in all only.
    pub fn new(most: usize, most_per_client: usize, proxies: TrustedProxies) -> Arc<Self> {
        Arc::new(Self {
            book: Mutex::default(),
            most: most.max(1),
            most_per_client: most_per_client.max(1),
            proxies,
            ended: Default::default(),
        })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a connection, in the place of an idle one if need be; `None` when there is no place.
    pub fn admit(
        self: &Arc<Self>,
        socket: &Arc<OwnedWriteHalf>,
        peer: IpAddr,
    ) -> Option<ConnectionPlace> {
        let peer = peer.to_canonical();
        let subject = (!self.proxies.trusts(peer)).then(|| address::subject(peer));
        let mut book = self.book();
        let own = subject.and_then(|subject| book.per_client.get(&subject));
        let full = own.is_some_and(|own| own.open >= self.most_per_client);
        if full && !self.end_idle(&mut book, subject) {
            self.count(Reason::Full);
            return None;
        }
        if book.open.len() >= self.most && !self.end_idle(&mut book, None) {
            self.count(Reason::Full);
            return None;
        }
        let (now, traffic) = (Instant::now(), Arc::new(Traffic::default()));
        book.next += 1;
        let id = book.next;
        let open = Open {
            traffic: Arc::clone(&traffic),
            socket: Arc::clone(socket),
            subject,
            began: now,
            quiet: (0, now),
            drained: (0, now),
            waits_since: None,
            export: false,
        };
        book.open.insert(id, open);
        if let Some(subject) = subject {
            book.per_client.entry(subject).or_default().open += 1;
        }
        let among = book.open.len();
        drop(book);
        Some(ConnectionPlace {
            connections: Arc::clone(self),
            id,
            among,
            traffic,
        })
    }

    /// Ends the connection that has been idle longest, of one client or of all; whether there was one.
    fn end_idle(&self, book: &mut Book, subject: Option<IpAddr>) -> bool {
        // Under a flood of the busy each look would find nobody, and hold up everybody.
        let now = Instant::now();
        if book
            .none_idle_until(subject)
            .is_some_and(|until| now < until)
        {
            return false;
        }
        let idle = book.open.iter().filter(|(_, open)| {
            open.traffic.is_idle() && (subject.is_none() || open.subject == subject)
        });
        // Never asked before asked long ago, then by age.
        let longest = idle.min_by_key(|(id, open)| (open.quiet.1, **id));
        let Some(id) = longest.map(|(id, _)| *id) else {
            *book.none_idle_until(subject) = Some(now + LOOK_AGAIN);
            return false;
        };
        self.end(book, id, Reason::Idle);
        true
    }

    /// Cuts a connection and frees its place.
    fn end(&self, book: &mut Book, id: u64, reason: Reason) {
        if let Some(open) = forget(book, id) {
            open.traffic.cut.notify_one();
            self.count(reason);
        }
    }

    fn count(&self, reason: Reason) {
        let rank = Reason::ALL.iter().position(|one| *one == reason);
        if let Some(count) = rank.and_then(|rank| self.ended.get(rank)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Looks at every connection; those for which `judge` finds a reason are cut.
    pub fn look(&self, mut judge: impl FnMut(&mut Open) -> Option<Reason>) {
        let mut book = self.book();
        let judged: Vec<_> = book
            .open
            .iter_mut()
            .filter_map(|(&id, open)| Some((id, judge(open)?)))
            .collect();
        for (id, reason) in judged {
            self.end(&mut book, id, reason);
        }
    }

    /// Cuts those that have kept an answer waiting longest, of those that `which` holds for, until
    /// `enough` of what was cut; how many were cut.
    pub fn cut_waiting(
        &self,
        which: impl Fn(&Open) -> bool,
        mut enough: impl FnMut(&Open) -> bool,
    ) -> usize {
        let mut book = self.book();
        let chosen = book.open.iter().filter(|(_, open)| which(open));
        let mut waiting: Vec<_> = chosen
            .filter_map(|(&id, open)| Some((open.waits_since?, id)))
            .collect();
        waiting.sort_unstable();
        for (rank, &(_, id)) in waiting.iter().enumerate() {
            let last = book.open.get(&id).is_none_or(&mut enough);
            self.end(&mut book, id, Reason::Unread);
            if last {
                return rank + 1;
            }
        }
        waiting.len()
    }

    /// Ends idle connections, the longest idle first, then those that have kept an answer waiting
    /// longest, until all together keep at most `most` bytes beside their answers.
    pub fn shed(&self, most: usize) {
        let mut book = self.book();
        let mut kept: usize = book
            .open
            .values()
            .map(|open| open.traffic.own_bytes())
            .sum();
        if kept <= most {
            return;
        }
        let mut order: Vec<_> = book
            .open
            .iter()
            .filter_map(|(&id, open)| {
                let idle = open.traffic.is_idle();
                let since = if idle {
                    Some(open.quiet.1)
                } else {
                    open.waits_since
                };
                Some((!idle, since?, id, open.traffic.own_bytes()))
            })
            .collect();
        order.sort_unstable();
        for (busy, _, id, bytes) in order {
            if kept <= most {
                break;
            }
            let reason = if busy { Reason::Unread } else { Reason::Idle };
            self.end(&mut book, id, reason);
            kept -= bytes;
        }
    }

    /// How many are open.
    pub fn count_open(&self) -> usize {
        self.book().open.len()
    }

    /// How many were ended or refused so far, by reason.
    pub fn ended(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        let names = Reason::ALL.iter().map(|reason| reason.as_str());
        names.zip(self.ended.iter().map(|count| count.load(Ordering::Relaxed)))
    }
}

fn forget(book: &mut Book, id: u64) -> Option<Open> {
    let open = book.open.remove(&id)?;
    if let Some(subject) = open.subject
        && let Some(share) = book.per_client.get_mut(&subject)
    {
        share.open -= 1;
        if share.open == 0 {
            book.per_client.remove(&subject);
        }
    }
    Some(open)
}

impl Drop for ConnectionPlace {
    fn drop(&mut self) {
        // Its socket closes behind the lock.
        let open = forget(&mut self.connections.book(), self.id);
        drop(open);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connections(most: usize, most_per_client: usize, proxies: &[&str]) -> Arc<OpenConnections> {
        let proxies = TrustedProxies::parse(proxies).unwrap();
        OpenConnections::new(most, most_per_client, proxies)
    }

    async fn socket() -> Arc<OwnedWriteHalf> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = tokio::net::TcpStream::connect(listener.local_addr().unwrap()).await;
        Arc::new(stream.unwrap().into_split().1)
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn one_client_has_its_bound_and_others_are_none_the_worse() {
        let (all, socket) = (connections(10, 2, &[]), socket().await);
        let (one, other) = (ip("2001:db8::1"), ip("2001:db8:0:1::1"));
        let busy: Vec<_> = [one, ip("2001:db8::2")]
            .map(|peer| all.admit(&socket, peer).unwrap())
            .into_iter()
            .map(|place| (place.traffic.begin(), place))
            .collect();
        assert!(all.admit(&socket, one).is_none(), "the same /64");
        assert!(all.admit(&socket, other).is_some());
        drop(busy);
        assert!(all.admit(&socket, one).is_some());
        assert_eq!(all.ended().last(), Some(("full", 1)));
    }

    #[tokio::test]
    async fn the_longest_idle_makes_room_and_the_busy_stay() {
        let (all, socket) = (connections(3, 9, &[]), socket().await);
        let places: Vec<_> = (1..=3)
            .map(|n| all.admit(&socket, ip(&format!("192.0.2.{n}"))).unwrap())
            .collect();
        let _busy = places[0].traffic.begin();
        let _fourth = all.admit(&socket, ip("192.0.2.4")).unwrap();
        assert_eq!(all.count_open(), 3);
        // The second was cut: it is the oldest of the idle.
        let cut = |n: usize| {
            let heard = places[n].traffic.cut.notified();
            tokio::time::timeout(Duration::from_millis(50), heard)
        };
        assert!(cut(1).await.is_ok());
        assert!(cut(0).await.is_err() && cut(2).await.is_err());
    }

    #[tokio::test]
    async fn proxies_of_ours_may_have_as_many_as_there_are() {
        let (all, socket) = (connections(5, 1, &["192.0.2.0/24"]), socket().await);
        let places: Vec<_> = (0..5)
            .filter_map(|_| all.admit(&socket, ip("::ffff:192.0.2.1")))
            .collect();
        assert_eq!(places.len(), 5);
    }
}
