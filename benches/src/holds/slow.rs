//! Clients that read a kilobyte a second, as an old phone far from everything does: they are served for
//! as long as they read, on both versions of HTTP, while those beside them who read nothing are cut.

use super::ground::{Ground, Outcome};
use super::wire::{self, Asking, Frames, Speaks};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Twice as long as an answer may lie unread.
const LASTING: Duration = Duration::from_secs(75);
const PER_SECOND: u32 = 1024;
/// What is read: far more than any buffer on the way holds.
const EXPORT: &str = "/api/v1/fiches.csv";

/// One reader on each version of HTTP with a small buffer, one with the system's own, and a silent one.
pub fn run(ground: &Ground) -> io::Result<Vec<Outcome>> {
    let snapshots = ground.directory("slow")?;
    ground.index(&ground.sources, &snapshots)?;
    let server = ground.serve(&snapshots)?;
    let mut outcome = Outcome::of("readers of 1 kB/s for 75 s");
    let one = |speaks| Asking {
        speaks,
        path: EXPORT,
        coding: None,
    };
    let own = |last| Ipv4Addr::new(127, 2, 0, last);
    let mut small = wire::ask(server.address, own(1), one(Speaks::Http1))?;
    let mut usual = usual(server.address)?;
    let mut streams = TcpStream::connect(server.address)?;
    streams.write_all(&wire::http2(1, EXPORT, PER_SECOND))?;
    let mut silent = wire::ask(server.address, own(2), one(Speaks::Http1))?;
    let (mut read, mut frames) = ([0_usize; 3], Frames::default());
    let mut lost: [Option<String>; 3] = [None, None, None];
    let end = Instant::now() + LASTING;
    while Instant::now() < end {
        // Both windows, the stream's and the connection's.
        let more = [1, 0]
            .map(|stream| wire::let_through(stream, PER_SECOND))
            .concat();
        let readers = [&mut small, &mut usual, &mut streams];
        for (rank, reader) in readers.into_iter().enumerate() {
            if lost[rank].is_some() {
                continue;
            }
            let over_http2 = rank == 2;
            let given = if over_http2 {
                reader.write_all(&more)
            } else {
                Ok(())
            };
            let taken = given.and_then(|()| some(reader)).and_then(|bytes| {
                let answer = if over_http2 {
                    frames.take(&bytes)
                } else {
                    Vec::new()
                };
                reader.write_all(&answer)?;
                Ok(bytes.len())
            });
            match taken {
                Ok(bytes) => read[rank] += bytes,
                Err(error) => lost[rank] = Some(format!("reader {rank}: {error}")),
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    for one in lost {
        outcome.count(one);
    }
    outcome.count((!is_cut(&mut silent)).then(|| "a silent reader was let be".to_owned()));
    outcome.figures = format!("{read:?} bytes read");
    Ok(vec![outcome])
}

fn usual(server: SocketAddr) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(server)?;
    stream.write_all(format!("GET {EXPORT} HTTP/1.1\r\nHost: a.test\r\n\r\n").as_bytes())?;
    Ok(stream)
}

/// Reads at most a kilobyte; an end is an error.
fn some(reader: &mut TcpStream) -> io::Result<Vec<u8>> {
    reader.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut bytes = vec![0; PER_SECOND as usize];
    let read = reader.read(&mut bytes)?;
    bytes.truncate(read);
    if bytes.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

/// Whether the other side has closed, behind what still lies in the buffers.
fn is_cut(reader: &mut TcpStream) -> bool {
    let mut rest = vec![0; 1 << 20];
    if reader
        .set_read_timeout(Some(Duration::from_secs(2)))
        .is_err()
    {
        return true;
    }
    let end = Instant::now() + Duration::from_secs(5);
    while Instant::now() < end {
        match reader.read(&mut rest) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() == io::ErrorKind::ConnectionReset,
        }
    }
    false
}
