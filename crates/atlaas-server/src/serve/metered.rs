//! A body that tells how far it has been read, and whose bytes carry their charge until they are gone.

use crate::clients::unread::UnreadAnswer;
use axum::body::{Body, HttpBody};
use bytes::{Buf, Bytes};
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// Bytes handed over at once on HTTP/2, whose frames are no longer by default: what a stream whose
/// window is small has taken is known to within one of them.
const PIECE: usize = 16 * 1024;

/// A body on its way to one client.
pub struct Metered {
    inner: Body,
    /// What is left of the frame that was taken last.
    rest: Bytes,
    answer: Arc<UnreadAnswer>,
    piece: usize,
    /// Whether the body's length was known, so that its bytes were charged when it was let in.
    charged: bool,
}

/// Bytes that keep their answer charged while anyone holds them.
struct Held {
    bytes: Bytes,
    answer: Arc<UnreadAnswer>,
    /// Charged when they were made, beside the answer itself.
    more: usize,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.answer.shrink(self.more);
    }
}

impl Metered {
    /// Meters a body of an answer that was let in; on HTTP/2 it is handed over in small pieces.
    pub fn new(inner: Body, answer: Arc<UnreadAnswer>, is_http2: bool) -> Self {
        Self {
            charged: inner.size_hint().exact().is_some(),
            inner,
            rest: Bytes::new(),
            answer,
            piece: if is_http2 { PIECE } else { usize::MAX },
        }
    }

    fn hand_over(&mut self) -> Bytes {
        let piece = self.rest.split_to(self.piece.min(self.rest.len()));
        self.answer.progress.hand_over(piece.len());
        piece
    }
}

impl HttpBody for Metered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.has_remaining() {
            return Poll::Ready(Some(Ok(Frame::data(self.hand_over()))));
        }
        let polled = Pin::new(&mut self.inner).poll_frame(context);
        if polled.is_pending() {
            self.answer.progress.keep_waiting();
        }
        match ready!(polled) {
            Some(Ok(frame)) => match frame.into_data() {
                Ok(bytes) => {
                    let more = if self.charged { 0 } else { bytes.len() };
                    self.answer.grow(more);
                    let answer = Arc::clone(&self.answer);
                    self.rest = Bytes::from_owner(Held {
                        bytes,
                        answer,
                        more,
                    });
                    Poll::Ready(Some(Ok(Frame::data(self.hand_over()))))
                }
                Err(trailers) => Poll::Ready(Some(Ok(trailers))),
            },
            end => Poll::Ready(end),
        }
    }

    fn is_end_stream(&self) -> bool {
        !self.rest.has_remaining() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.len() as u64;
        let inner = self.inner.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(inner.lower() + rest);
        if let Some(upper) = inner.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::unread::{ANSWER_BYTES, Kept, Unread};
    use http_body_util::BodyExt;

    fn metered(unread: &Arc<Unread>, body: Body, kept: usize, is_http2: bool) -> Body {
        let answer = unread.admit(Kept::bytes(kept), None).unwrap();
        Body::new(Metered::new(body, answer, is_http2))
    }

    #[tokio::test]
    async fn a_body_arrives_whole_and_stays_charged_while_a_piece_of_it_is_held() {
        let unread = Unread::new(1 << 20, 1 << 20);
        let sent: Vec<u8> = (0..100_000_u32).map(|n| n as u8).collect();
        for is_http2 in [false, true] {
            let mut body = metered(&unread, Body::from(sent.clone()), sent.len(), is_http2);
            assert_eq!(body.size_hint().exact(), Some(100_000));
            let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
            assert_eq!(first.len(), if is_http2 { PIECE } else { sent.len() });
            assert_eq!(
                body.size_hint().exact(),
                Some((sent.len() - first.len()) as u64)
            );
            let rest = body.collect().await.unwrap().to_bytes();
            assert_eq!([first.clone(), rest].concat(), sent);
            assert_eq!(unread.used(), sent.len() + ANSWER_BYTES);
            drop(first);
            assert_eq!(unread.used(), 0);
        }
    }

    #[tokio::test]
    async fn pieces_that_are_made_while_sending_are_charged_one_by_one() {
        let unread = Unread::new(1 << 20, 1 << 20);
        let (mut sender, channel) = http_body_util::channel::Channel::<Bytes, axum::Error>::new(4);
        let mut body = metered(&unread, Body::new(channel), 0, false);
        sender.send_data(Bytes::from(vec![1; 5000])).await.unwrap();
        let piece = body.frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!(unread.used(), ANSWER_BYTES + 5000);
        drop(piece);
        assert_eq!(unread.used(), ANSWER_BYTES);
        drop((body, sender));
        assert_eq!(unread.used(), 0);
    }
}
