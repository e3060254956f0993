//! Exports: a whole result as a stream, made batch by batch while the client takes it.
//!
//! A piece is computed on a blocking thread when it is this export's turn, and the next one only
//! once the client has taken what is waiting: memory is bounded by a few pieces an export, a slow
//! client holds neither a thread nor a turn, and many exports at once leave the tiles their cores.

use crate::formats::feature::plain_hit;
use crate::formats::format::{FicheWriter, Row};
use crate::state::exports::Begun;
use crate::wire::packing::Packer;
use atlaas_engine::Snapshot;
use atlaas_model::{DocId, Position};
use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http_body_util::channel::{Channel, Sender};
use hyper::body::Frame;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Fiches of one turn at the most: a millisecond or two of work.
const TURN: usize = 250;
/// Bytes of one piece: as many as the connection takes over at once, so that it takes one.
const PIECE: usize = 64 * 1024;
/// Beyond a piece, for the fiche that completes it: most are shorter.
const LAST_FICHE: usize = 8 * 1024;
/// Pieces that wait for the client, beside the one that the connection has and the one that is next.
const WAITING: usize = 1;

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
    let (sender, channel) = Channel::new(WAITING);
    let producer = Producer::new(order);
    Body::new(Export {
        first: Some(Box::new((begun, producer, sender))),
        channel,
    })
}

/// What computes an export, and where it goes.
type WaitingExport = (Begun, Producer, Sender<Bytes, io::Error>);

/// An export that nothing is computed of before it is first read: one for which no room is left costs nothing,
/// and gives its place back at once.
struct Export {
    first: Option<Box<WaitingExport>>,
    channel: Channel<Bytes, io::Error>,
}

impl HttpBody for Export {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some((begun, producer, sender)) = self.first.take().map(|first| *first) {
            tokio::spawn(drive(begun, producer, sender));
        }
        Pin::new(&mut self.channel).poll_frame(context)
    }
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
        if chunk.is_empty() {
            continue;
        }
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

    /// What one turn gives, maybe nothing yet; `None` at the end.
    fn step(&mut self) -> io::Result<Option<Bytes>> {
        if self.done {
            return Ok(None);
        }
        let mut plain = Vec::with_capacity(PIECE + LAST_FICHE);
        let turn = self.next + TURN;
        self.fill(turn, &mut plain)?;
        let Some(mut packer) = self.order.packer.take() else {
            return Ok(Some(plain.into()));
        };
        let mut packed = packer.push(&plain, self.done)?;
        while !self.done && self.next < turn && packed.len() < PIECE {
            plain.clear();
            self.fill(turn, &mut plain)?;
            packed.append(&mut packer.push(&plain, self.done)?);
        }
        self.order.packer = Some(packer);
        Ok(Some(packed.into()))
    }

    /// Appends one piece of plain bytes, of fiches before the rank `turn`.
    fn fill(&mut self, turn: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let order = &mut self.order;
        // Not told by the rank: a result without a row begins and ends in one place.
        if !self.begun {
            order.writer.begin(out)?;
            self.begun = true;
        }
        while let Some(&doc) = order.docs.get(self.next)
            && self.next < turn
            && out.len() < PIECE
        {
            let distance = |origin| order.snapshot.distance_km(doc, origin);
            let row = Row {
                catalogue: order.snapshot.catalogue(),
                hit: plain_hit(doc, order.origin.and_then(distance)),
                base: &order.base,
            };
            order.writer.write(&row, out)?;
            self.next += 1;
        }
        self.done = self.next == order.docs.len() && order.writer.end(out)?.is_break();
        Ok(())
    }
}
