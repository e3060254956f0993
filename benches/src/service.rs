//! The program itself, serving a snapshot in a process of its own on a free port.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

/// A server that is stopped when dropped.
pub struct Service {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Service {
    /// Starts the `atlaas` that was built beside this bench.
    pub fn start(snapshots: &Path) -> Result<Self, String> {
        let program = std::env::current_exe()
            .map_err(|error| error.to_string())?
            .with_file_name("atlaas");
        if !program.exists() {
            return Err("build the program first: cargo build --profile measure -p atlaas".into());
        }
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--snapshot"])
            .arg(snapshots)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("the program does not start: {error}"))?;
        let stdout = child.stdout.take().ok_or("no output to read")?;
        let address = BufReader::new(stdout).lines().find_map(|line| {
            let line = line.ok()?;
            let host = line.split("http://").nth(1)?;
            host.trim_end_matches('/').parse().ok()
        });
        match address {
            Some(address) => Ok(Self { child, address }),
            None => Err("the program prints no address".into()),
        }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
