//! A connection's stream that counts what the system takes, and can tell how much of it the other side
//! has not acknowledged yet.

use crate::clients::traffic::Traffic;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// The stream of one connection; the watch holds the writing half too. The reading half is read as tokio
/// reads it: a short read spares the system a second one that would find nothing.
pub struct WatchedStream {
    reading: OwnedReadHalf,
    socket: Arc<OwnedWriteHalf>,
    traffic: Arc<Traffic>,
}

impl WatchedStream {
    /// Counts what is written on a socket.
    pub const fn new(
        reading: OwnedReadHalf,
        socket: Arc<OwnedWriteHalf>,
        traffic: Arc<Traffic>,
    ) -> Self {
        Self {
            reading,
            socket,
            traffic,
        }
    }

    fn poll_written(
        &self,
        context: &mut Context<'_>,
        write: impl Fn(&OwnedWriteHalf) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            let ready = self.socket.as_ref().as_ref().poll_write_ready(context);
            if ready.is_pending() {
                self.traffic.send();
            }
            ready!(ready)?;
            match write(&self.socket) {
                Ok(taken) => {
                    self.traffic.wrote(taken);
                    return Poll::Ready(Ok(taken));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncRead for WatchedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.reading).poll_read(context, buffer)
    }
}

impl AsyncWrite for WatchedStream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_written(context, |socket| socket.try_write(bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_written(context, |socket| socket.try_write_vectored(slices))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Asked for once whoever writes has nothing left to write.
        self.traffic.sent();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        let socket: &TcpStream = self.socket.as_ref().as_ref();
        let shut = rustix::net::shutdown(socket, rustix::net::Shutdown::Write);
        Poll::Ready(match shut {
            // The other side was quicker.
            Err(rustix::io::Errno::NOTCONN) => Ok(()),
            other => other.map_err(io::Error::from),
        })
    }
}

/// Bytes of a socket that the other side has not acknowledged: sent or still waiting in the system.
/// `None` where the system does not tell.
#[cfg(target_os = "linux")]
pub fn unacknowledged(socket: &TcpStream) -> Option<u64> {
    /// `SIOCOUTQ` of tcp(7), the same number as `TIOCOUTQ`.
    const SIOCOUTQ: rustix::ioctl::Opcode = 0x5411;
    #[expect(unsafe_code, reason = "an ioctl is as safe as its number and its type")]
    // SAFETY: tcp(7): SIOCOUTQ writes one `int`, the bytes of the send queue, and nothing else.
    let queued = unsafe {
        let getter = rustix::ioctl::Getter::<SIOCOUTQ, std::ffi::c_int>::new();
        rustix::ioctl::ioctl(socket, getter)
    };
    u64::try_from(queued.ok()?).ok()
}

/// Bytes of a socket that the other side has not acknowledged, which this system does not tell.
#[cfg(not(target_os = "linux"))]
pub const fn unacknowledged(_: &TcpStream) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn what_is_written_is_counted_and_what_is_not_read_is_known() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut other = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        let (reading, writing) = listener.accept().await.unwrap().0.into_split();
        let socket = Arc::new(writing);
        let traffic = Arc::new(Traffic::default());
        let mut stream = WatchedStream::new(reading, Arc::clone(&socket), Arc::clone(&traffic));
        let fill = async {
            loop {
                stream.write_all(&[7; 8 * 1024]).await.unwrap();
            }
        };
        // Until neither side has room.
        _ = tokio::time::timeout(Duration::from_millis(500), fill).await;
        assert!(traffic.written() > 64 * 1024);
        assert!(!traffic.is_idle(), "the system has no room for the rest");
        if cfg!(target_os = "linux") {
            assert!(unacknowledged(socket.as_ref().as_ref()).unwrap() > 0);
        }
        let mut some = vec![0; traffic.written() as usize];
        other.read_exact(&mut some).await.unwrap();
        stream.write_all(&[7]).await.unwrap();
        assert!(
            !traffic.is_idle(),
            "not before it is said that this was all"
        );
        stream.flush().await.unwrap();
        assert!(traffic.is_idle());
        drop(stream);
        drop(socket);
        let mut read = Vec::new();
        other.read_to_end(&mut read).await.unwrap();
        assert_eq!((some.len() + read.len()) as u64, traffic.written());
    }
}
