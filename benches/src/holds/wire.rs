//! Requests put on a socket by hand, from any address of this machine: no client library leaves an
//! answer unread.

use socket2::{Domain, SockAddr, Socket, Type};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};

/// Room for what comes in: as little as the system gives.
const ROOM: usize = 4096;
/// A literal header field without indexing whose name is `:path`, `:authority` (RFC 7541, appendix A).
const PATH: u8 = 4;
const AUTHORITY: u8 = 1;
/// Bytes before the payload of a frame (RFC 9113 §4.1), and the type of a PING.
const FRAME_HEAD: usize = 9;
const PING: u8 = 6;

/// What is spoken, and how many requests at once.
#[derive(Clone, Copy, Debug)]
pub enum Speaks {
    /// One request.
    Http1,
    /// So many streams, whose windows are shut.
    Http2(u32),
}

/// What a silent client asks for.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// Over what.
    pub speaks: Speaks,
    /// Which address; shorter than 127 bytes.
    pub path: &'static str,
    /// The coding that is accepted on HTTP/1.1.
    pub coding: Option<&'static str>,
}

/// One of the addresses of this machine, some 250 clients each.
pub fn address(rank: usize) -> Ipv4Addr {
    Ipv4Addr::new(127, 1, (rank / 250 % 250) as u8, (1 + rank % 250) as u8)
}

/// A connection from `own` that has asked and reads nothing.
pub fn ask(server: SocketAddr, own: Ipv4Addr, asking: Asking) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_recv_buffer_size(ROOM)?;
    socket.bind(&SockAddr::from(SocketAddr::from((own, 0))))?;
    socket.connect(&SockAddr::from(server))?;
    let mut stream = TcpStream::from(socket);
    let request = match asking.speaks {
        Speaks::Http1 => {
            let coding = asking.coding.unwrap_or("identity");
            let (path, head) = (asking.path, "HTTP/1.1\r\nHost: a.test\r\n");
            format!("GET {path} {head}Accept-Encoding: {coding}\r\n\r\n").into_bytes()
        }
        Speaks::Http2(streams) => http2(streams, asking.path, 0),
    };
    stream.write_all(&request)?;
    Ok(stream)
}

/// Preface, settings with this window, and requests on the first streams.
pub fn http2(streams: u32, path: &str, window: u32) -> Vec<u8> {
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    // SETTINGS_INITIAL_WINDOW_SIZE is the fourth.
    let mut settings = 4_u16.to_be_bytes().to_vec();
    settings.extend(window.to_be_bytes());
    frame(&mut bytes, 4, 0, 0, &settings);
    // `:method: GET` and `:scheme: http` are in the static table.
    let mut head = vec![0x82, 0x86];
    for (name, value) in [(PATH, path), (AUTHORITY, "a.test")] {
        head.extend([name, value.len() as u8]);
        head.extend(value.as_bytes());
    }
    for rank in 0..streams {
        // END_STREAM and END_HEADERS.
        frame(&mut bytes, 1, 5, 2 * rank + 1, &head);
    }
    bytes
}

/// Lets more bytes of a stream, or of the connection, through.
pub fn let_through(stream: u32, more: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    frame(&mut bytes, 8, 0, stream, &more.to_be_bytes());
    bytes
}

/// Follows the frames that come in, so that each PING is answered as it must be.
#[derive(Default)]
pub struct Frames {
    seen: Vec<u8>,
}

impl Frames {
    /// Takes what was read; gives what is to be answered.
    pub fn take(&mut self, read: &[u8]) -> Vec<u8> {
        self.seen.extend(read);
        let mut answer = Vec::new();
        while let Some(length) = self.seen.first_chunk::<3>() {
            let length = u32::from_be_bytes([0, length[0], length[1], length[2]]) as usize;
            let end = FRAME_HEAD + length;
            if self.seen.len() < end {
                break;
            }
            let (kind, flags) = (self.seen[3], self.seen[4]);
            if kind == PING && flags == 0 {
                frame(&mut answer, PING, 1, 0, &self.seen[FRAME_HEAD..end]);
            }
            self.seen.drain(..end);
        }
        answer
    }
}

fn frame(bytes: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
    bytes.extend(&(payload.len() as u32).to_be_bytes()[1..]);
    bytes.extend([kind, flags]);
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
}
