//! Exports: a whole result as a stream, made batch by batch while the client takes it.
//!
//! A batch is computed on a blocking thread when it is this export's turn, and the next one only
//! once the client has taken what is waiting: memory is bounded by a few batches an export, a slow
//! client holds neither a thread nor a turn, and many exports at once leave the tiles their cores.

use crate::formats::csv::Dialect;
use crate::formats::feature::{Feature, plain_hit};
use crate::formats::format::Format;
use crate::formats::sequence::Sequence;
use crate::formats::table::Table;
use crate::formats::xlsx::Sheet;
use crate::state::exports::Begun;
use crate::wire::packing::Packer;
use atlaas_engine::{Hit, Snapshot};
use atlaas_model::{DocId, Position};
use axum::body::Body;
use bytes::Bytes;
use http_body_util::channel::{Channel, Sender};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::sync::Arc;

/// Fiches of one batch: some 100 KB of text, a millisecond or two of work.
const BATCH: usize = 250;
/// Batches that wait for the client.
const WAITING: usize = 2;
/// Bytes read at once from a finished workbook.
const READ: usize = 128 * 1024;

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
    /// One of the forms that are exports.
    pub format: Format,
    /// For CSV.
    pub dialect: Dialect,
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

/// The form being written.
enum Form {
    Csv(Table, Dialect),
    Sequence(Sequence),
    Sheet(Table, Option<Box<Sheet>>),
    Packed(File),
}

/// Computes an export step by step.
struct Producer {
    order: Order,
    form: Form,
    next: usize,
    done: bool,
}

impl Producer {
    fn new(order: Order) -> Self {
        let table = || Table::new(order.snapshot.catalogue(), &order.docs, order.snapshot.id());
        let form = match order.format {
            Format::GeoJsonSeq => Form::Sequence(Sequence::Text),
            Format::NdJson => Form::Sequence(Sequence::Lines),
            Format::Xlsx => Form::Sheet(table(), None),
            _ => Form::Csv(table(), order.dialect),
        };
        Self {
            order,
            form,
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
            let mut plain = Vec::with_capacity(READ);
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
        let start = self.next;
        let end = (start + BATCH).min(self.order.docs.len());
        self.next = end;
        let order = &self.order;
        let catalogue = order.snapshot.catalogue();
        let hits = order.docs[start..end].iter().map(|&doc| hit(order, doc));
        match &mut self.form {
            Form::Csv(table, dialect) => {
                if start == 0 {
                    out.extend_from_slice(dialect.preamble().as_bytes());
                    dialect.write_header(table.columns(), out);
                }
                for hit in hits {
                    dialect.write_row(&table.row(catalogue, &hit, &order.base), out);
                }
            }
            Form::Sequence(sequence) => {
                for hit in hits {
                    sequence.write(&Feature::of_hit(catalogue, &hit, &order.base), out)?;
                }
            }
            Form::Sheet(table, sheet) => {
                if sheet.is_none() {
                    let fresh = Sheet::new("Fiches", table.columns());
                    *sheet = Some(Box::new(fresh.map_err(io::Error::other)?));
                }
                if let Some(sheet) = sheet {
                    for hit in hits {
                        let row = table.row(catalogue, &hit, &order.base);
                        sheet.write_row(&row).map_err(io::Error::other)?;
                    }
                }
                if end < order.docs.len() {
                    return Ok(false);
                }
                if let Some(sheet) = sheet.take() {
                    self.form = Form::Packed(pack_sheet(*sheet)?);
                }
                return Ok(false);
            }
            Form::Packed(file) => return read_some(file, out),
        }
        Ok(end == self.order.docs.len())
    }
}

fn hit(order: &Order, doc: DocId) -> Hit {
    let distance = |origin| order.snapshot.distance_km(doc, origin);
    plain_hit(doc, order.origin.and_then(distance))
}

fn pack_sheet(sheet: Sheet) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    let mut buffered = io::BufWriter::new(&mut file);
    sheet.finish(&mut buffered).map_err(io::Error::other)?;
    buffered.flush()?;
    drop(buffered);
    file.rewind()?;
    Ok(file)
}

/// Whether the end was reached.
fn read_some(file: &mut File, out: &mut Vec<u8>) -> io::Result<bool> {
    let read = file.take(READ as u64).read_to_end(out)?;
    Ok(read < READ)
}
