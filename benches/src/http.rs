//! A server under measurement and a client that costs little: `atlaas serve` as a child process,
//! its processor time and memory, and keep-alive HTTP/1.1 connections.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Longest answer that the client reads, bytes.
const LONGEST_BODY: usize = 64 << 20;

/// A program that listens, ended with the value.
pub struct Server {
    child: Child,
    /// Kept open: a server that cannot print would stop.
    _stdout: BufReader<ChildStdout>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// The `atlaas` built beside this bench, serving a directory of snapshots with these settings.
    pub fn atlaas(snapshots: &Path, settings: &[(&str, &str)]) -> io::Result<Self> {
        let program = beside("atlaas")?;
        let mut command = Command::new(program);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--snapshot"])
            .arg(snapshots)
            .envs(settings.iter().copied());
        Self::start(command)
    }

    /// Any program that prints its address in a line that holds `http://`.
    pub fn start(mut command: Command) -> io::Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = child
            .stdout
            .take()
            .ok_or_else(|| io::Error::other("the server has no output"))?;
        let mut stdout = BufReader::new(stdout);
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            if stdout.read_line(&mut line)? == 0 {
                return Err(io::Error::other("the server ended before it listened"));
            }
        }
        let (_, address) = line.split_once("http://").unwrap_or_default();
        let address = address.trim().trim_end_matches('/').parse();
        Ok(Self {
            child,
            _stdout: stdout,
            address: address.map_err(io::Error::other)?,
        })
    }

    /// Processor time that it has used, of all its threads (Linux; a hundredth of a second at best).
    pub fn processor_time(&self) -> Duration {
        crate::load::processor_time(self.child.id()).unwrap_or_default()
    }

    /// Memory of its own that it holds now, megabytes: pages of mapped files, which the system takes
    /// back when it likes, are left out.
    pub fn own_memory_mb(&self) -> u64 {
        crate::status_mb(&self.child.id().to_string(), "RssAnon:")
    }

    /// All memory that it holds now, pages of mapped files included, megabytes.
    pub fn resident_memory_mb(&self) -> u64 {
        crate::status_mb(&self.child.id().to_string(), "VmRSS:")
    }

    /// Number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// A connection of its own.
    pub fn connect(&self) -> io::Result<Connection> {
        Connection::open(self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program built into the same directory as this one.
pub fn beside(name: &str) -> io::Result<PathBuf> {
    let path = env::current_exe()?.with_file_name(name);
    if path.exists() {
        Ok(path)
    } else {
        let why = format!(
            "{} is not there: build it with the same profile",
            path.display()
        );
        Err(io::Error::new(io::ErrorKind::NotFound, why))
    }
}

/// One answer.
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Head, as it came.
    pub head: String,
    /// Body, dechunked, still compressed if the server chose so.
    pub body: Vec<u8>,
}

impl Reply {
    /// A header's value; names in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A keep-alive connection.
pub struct Connection {
    reader: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    /// Connects; answers are awaited for half a minute.
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            reader: BufReader::with_capacity(64 << 10, stream),
            host: address.to_string(),
        })
    }

    /// Asks for a path (with its query, already encoded), `Accept-Encoding: gzip`.
    pub fn get(&mut self, path: &str) -> io::Result<Reply> {
        self.send(path, "Accept-Encoding: gzip\r\n")
    }

    /// The same with header lines of one's own, each ended with CR LF.
    pub fn send(&mut self, path: &str, headers: &str) -> io::Result<Reply> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n",
            self.host
        );
        self.reader.get_mut().write_all(request.as_bytes())?;
        self.read_reply()
    }

    fn read_reply(&mut self) -> io::Result<Reply> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.reader.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let status = head.get(9..12).and_then(|text| text.parse().ok());
        let mut reply = Reply {
            status: status.ok_or_else(|| io::Error::other("no status"))?,
            head,
            body: Vec::new(),
        };
        if let Some(length) = reply.header("content-length") {
            let length: usize = length.parse().map_err(io::Error::other)?;
            self.read_exactly(length, &mut reply.body)?;
        } else if reply.header("transfer-encoding") == Some("chunked") {
            self.read_chunks(&mut reply.body)?;
        }
        Ok(reply)
    }

    fn read_exactly(&mut self, length: usize, body: &mut Vec<u8>) -> io::Result<()> {
        if body.len() + length > LONGEST_BODY {
            return Err(io::Error::other("the answer is too long"));
        }
        let start = body.len();
        body.resize(start + length, 0);
        self.reader.read_exact(&mut body[start..])
    }

    fn read_chunks(&mut self, body: &mut Vec<u8>) -> io::Result<()> {
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
            self.read_exactly(length, body)?;
            self.reader.read_line(&mut line)?;
            if length == 0 {
                return Ok(());
            }
        }
    }
}

/// The duration that this share of a set does not exceed; zero of an empty one.
pub fn percentile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    let rank = (times.len().saturating_sub(1) as f64 * share) as usize;
    times.get(rank).copied().unwrap_or_default()
}

/// Quantiles of a set of durations: median, 99th, 99.9th percentile, worst.
pub fn quantiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: f64| {
        let rank = (times.len().saturating_sub(1) as f64 * share) as usize;
        times.get(rank).copied().unwrap_or_default()
    };
    format!(
        "p50 {:?}, p99 {:?}, p99.9 {:?}, worst {:?}",
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0)
    )
}
