//! Where trials take place: snapshots of their own, the program, and what a trial tells.

use crate::http::{Server, beside};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What came of one trial.
#[derive(Debug)]
pub struct Outcome {
    /// What was tried.
    pub tried: String,
    /// How often.
    pub times: usize,
    /// What was lost, each in a few words; empty when it holds.
    pub lost: Vec<String>,
    /// What else was measured; `skipped: …` when the trial could not be made.
    pub figures: String,
}

impl Outcome {
    /// A trial that begins.
    pub fn of(tried: impl Into<String>) -> Self {
        Self {
            tried: tried.into(),
            times: 0,
            lost: Vec::new(),
            figures: String::new(),
        }
    }

    /// The same trial, not made.
    #[must_use]
    pub fn skipped(mut self, why: &str) -> Self {
        self.figures = format!("skipped: {why}");
        self
    }

    /// Counts one more time, lost when a sentence says what.
    pub fn count(&mut self, lost: Option<String>) {
        self.times += 1;
        self.lost.extend(lost);
    }

    /// A row of the table, but for its last cell.
    pub fn row(&self) -> String {
        let lost = if self.lost.is_empty() {
            "nothing".to_owned()
        } else {
            self.lost.len().to_string()
        };
        format!(
            "| {} | {} | {lost} | {} |",
            self.tried, self.times, self.figures
        )
    }
}

/// Three directories of sources, and a directory for snapshots that is removed with the value.
pub struct Ground {
    program: PathBuf,
    /// As they were given.
    pub sources: PathBuf,
    /// The same without the last row of a file: another snapshot.
    pub changed: PathBuf,
    /// Without the last two: a third one.
    pub changed_again: PathBuf,
    room: tempfile::TempDir,
}

impl Ground {
    /// Prepares a trial of the `atlaas` built beside this program.
    pub fn new(sources: &Path) -> io::Result<Self> {
        let room = tempfile::tempdir()?;
        let changed = room.path().join("changed");
        copy(sources, &changed)?;
        drop_last_row(&changed)?;
        let changed_again = room.path().join("changed-again");
        copy(&changed, &changed_again)?;
        drop_last_row(&changed_again)?;
        Ok(Self {
            program: beside("atlaas")?,
            sources: sources.to_owned(),
            changed,
            changed_again,
            room,
        })
    }

    /// An empty directory for the snapshots of one trial.
    pub fn directory(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.room.path().join(name);
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir(&path)?;
        Ok(path)
    }

    /// The program, quiet.
    pub fn atlaas(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env_remove("RUST_LOG").stdin(Stdio::null());
        command
    }

    /// Where the program lies.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// `index`, which must succeed.
    pub fn index(&self, sources: &Path, out: &Path) -> io::Result<()> {
        let mut command = self.atlaas();
        command.args(["--quiet", "index", "--sources"]).arg(sources);
        let output = command.arg("--out").arg(out).output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(io::Error::other(told(&output)))
    }

    /// `verify`.
    pub fn verify(&self, snapshots: &Path) -> io::Result<Output> {
        self.atlaas().arg("verify").arg(snapshots).output()
    }

    /// `serve`, until the value is dropped.
    pub fn serve(&self, snapshots: &Path) -> io::Result<Server> {
        Server::atlaas(snapshots, &[("RUST_LOG", "off")])
    }
}

fn drop_last_row(sources: &Path) -> io::Result<()> {
    let rows = sources.join("labels.csv");
    // Bytes: a file of sources may be in another encoding.
    let text = fs::read(&rows)?;
    let kept = text
        .trim_ascii_end()
        .iter()
        .rposition(|&byte| byte == b'\n');
    // A copy of a file that may only be read may only be read: it is replaced.
    fs::remove_file(&rows)?;
    fs::write(&rows, &text[..=kept.unwrap_or(0)])
}

/// What a program said on standard error.
pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

/// The snapshot that was built last.
pub fn newest(snapshots: &Path) -> io::Result<PathBuf> {
    let name = fs::read_to_string(snapshots.join("actuel"))?;
    Ok(snapshots.join(name.trim()))
}

/// Every file below a directory, sorted.
pub fn files(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a directory with all that is in it.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
