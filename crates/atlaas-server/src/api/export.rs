//! Exports: a whole result as a stream, made batch by batch while the client takes it.
//!
//! A batch is computed on a blocking thread when it is this export's turn, and the next one only
//! once the client has taken what is waiting: memory is bounded by a few batches an export, a slow
//! client holds neither a thread nor a turn, and many exports at once leave the tiles their cores.

use crate::formats::feature::plain_hit;
use crate::formats::format::{FicheWriter, Row};
use crate::state::exports::Begun;
use crate::wire::packing::Packer;
use atlaas_engine::Snapshot;
use atlaas_model::{DocId, Position};
use axum::body::Body;
use bytes::Bytes;
use http_body_util::channel::{Channel, Sender};
use std::io;
use std::sync::Arc;

/// Fiches of one batch: some 100 KB of text, a millisecond or two of work.
const BATCH: usize = 250;
/// Batches that wait for the client.
const WAITING: usize = 2;
/// Room for one batch.
const ROOM: usize = 128 * 1024;

/// What is exported and in which form.
pub struct Order {
    /// The snapshot that answers, to the end of the stream.
    pub snapshot: Arc<Snapshot>,
    /// Public address.
    pub base: String,
    /// Documents in their order.
    pub docs: Vec<DocId>,
    /// Where distances are measured from.
    pub origin: Option<Position>,
    /// What writes it.
    pub writer: Box<dyn FicheWriter>,
    /// What compresses it for this client.
    pub packer: Option<Packer>,
}

/// The body of an export that was let in, which is computed while it is read.
pub fn stream(begun: Begun, order: Order) -> Body {
    let producer = Producer::new(order);
    let (sender, body) = Channel::<Bytes, io::Error>::new(WAITING);
    tokio::spawn(drive(begun, producer, sender));
    Body::new(body)
}

/// What stands for such a body where only the head of its answer is wanted: nothing, of a length that is
/// not told. Clients take a length of 0 for an empty file.
pub fn untold() -> Body {
    Body::from_stream(futures_util::stream::empty::<io::Result<Bytes>>())
}

async fn drive(begun: Begun, mut producer: Producer, mut sender: Sender<Bytes, io::Error>) {
    while let Some(turn) = begun.turn().await {
        let step = tokio::task::spawn_blocking(move || {
            let chunk = producer.step();
            drop(turn);
            (producer, chunk)
        });
        let chunk = match step.await {
            Ok((back, Ok(chunk))) => {
                producer = back;
                chunk
            }
            Ok((_, Err(error))) => {
                tracing::error!(%error, "an export broke off");
                return sender.abort(error);
            }
            Err(error) => {
                tracing::error!(%error, "an export broke off");
                return sender.abort(io::Error::other(error));
            }
        };
        let Some(chunk) = chunk else { break };
        if sender.send_data(chunk).await.is_err() {
            // The client left, or left everything lying and was cut.
            return;
        }
    }
}

/// Computes an export step by step.
struct Producer {
    order: Order,
    begun: bool,
    next: usize,
    done: bool,
}

impl Producer {
    const fn new(order: Order) -> Self {
        Self {
            order,
            begun: false,
            next: 0,
            done: false,
        }
    }

    /// The next chunk that is not empty; `None` at the end.
    fn step(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            if self.done {
                return Ok(None);
            }
            let mut plain = Vec::with_capacity(ROOM);
            let last = self.fill(&mut plain)?;
            let chunk = match &mut self.order.packer {
                Some(packer) => packer.push(&plain, last)?,
                None => plain,
            };
            self.done = last;
            if !chunk.is_empty() {
                return Ok(Some(Bytes::from(chunk)));
            }
        }
    }

    /// Appends what one batch gives; whether it was the last.
    fn fill(&mut self, out: &mut Vec<u8>) -> io::Result<bool> {
        let order = &mut self.order;
        let start = self.next;
        // Not told by the rank: a result without a row begins and ends in one place.
        if !self.begun {
            order.writer.begin(out)?;
            self.begun = true;
        }
        let end = (start + BATCH).min(order.docs.len());
        self.next = end;
        for &doc in &order.docs[start..end] {
            let distance = |origin| order.snapshot.distance_km(doc, origin);
            let row = Row {
                catalogue: order.snapshot.catalogue(),
                hit: plain_hit(doc, order.origin.and_then(distance)),
                base: &order.base,
            };
            order.writer.write(&row, out)?;
        }
        Ok(end == order.docs.len() && order.writer.end(out)?.is_break())
    }
}
