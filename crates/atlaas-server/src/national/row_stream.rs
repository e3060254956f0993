//! The body of an answer that is written row by row while the client takes it: one piece at a time, in
//! turn with the exports.

use crate::state::exports::Begun;
use crate::wire::packing::Packer;
use axum::body::Body;
use bytes::Bytes;
use http_body_util::channel::{Channel, Sender};
use std::io::{self, Write};
use tokio::runtime::Handle;
use tokio::sync::OwnedSemaphorePermit;

/// Plain bytes of one piece.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for the client.
const WAITING: usize = 2;

/// A body that `write` writes on a thread of its own; it waits for its turn before each piece, and for the
/// client after.
pub fn stream(
    begun: Begun,
    packer: Option<Packer>,
    write: impl FnOnce(&mut Pieces) -> io::Result<()> + Send + 'static,
) -> Body {
    let (sender, body) = Channel::<Bytes, io::Error>::new(WAITING);
    let handle = Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces {
            plain: Vec::with_capacity(PIECE),
            packer,
            turn: handle.block_on(begun.turn()),
            begun,
            sender,
            handle,
        };
        let written = write(&mut pieces).and_then(|()| pieces.send(true));
        if let Err(error) = written {
            pieces.sender.abort(error);
        }
    });
    Body::new(body)
}

/// Where the rows are written.
pub struct Pieces {
    plain: Vec<u8>,
    packer: Option<Packer>,
    begun: Begun,
    turn: Option<OwnedSemaphorePermit>,
    sender: Sender<Bytes, io::Error>,
    handle: Handle,
}

impl Pieces {
    fn send(&mut self, last: bool) -> io::Result<()> {
        let plain = std::mem::replace(&mut self.plain, Vec::with_capacity(PIECE));
        let piece = match &mut self.packer {
            Some(packer) => packer.push(&plain, last)?,
            None => plain,
        };
        self.turn = None;
        if !piece.is_empty() {
            let sent = self
                .handle
                .block_on(self.sender.send_data(Bytes::from(piece)));
            sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        }
        if !last {
            self.turn = self.handle.block_on(self.begun.turn());
        }
        Ok(())
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.plain.extend_from_slice(bytes);
        if self.plain.len() >= PIECE {
            self.send(false)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
