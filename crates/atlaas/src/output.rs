//! What the commands print: results on standard output, errors and progress on standard error.

use crate::cli::Common;
use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Away from a terminal, progress is a line this often.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// Where and how to print.
pub struct Output {
    quiet: bool,
    /// Whether results are JSON.
    pub json: bool,
}

/// Whether standard error is a terminal.
pub fn is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

impl Output {
    /// As the options tell.
    pub const fn new(common: &Common) -> Self {
        Self {
            quiet: common.quiet,
            json: common.json,
        }
    }

    /// Prints a result that is for people, unless told to be quiet.
    pub fn note(&self, text: &str) -> anyhow::Result<()> {
        if self.quiet { Ok(()) } else { write_line(text) }
    }

    /// Shows the steps of a long task.
    pub fn progress(&self) -> Progress {
        if self.quiet {
            return Progress::Silent;
        }
        if !is_terminal() {
            return Progress::Lines {
                start: Instant::now(),
                last: Mutex::new(None),
            };
        }
        let bar = ProgressBar::new_spinner();
        let style = ProgressStyle::with_template("{spinner} {elapsed:>4} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress::Bar(bar)
    }
}

/// Prints a result, with a line break.
pub fn write_line(text: &str) -> anyhow::Result<()> {
    write_bytes(format!("{text}\n").as_bytes())
}

/// Prints a value as indented JSON.
pub fn write_value(value: &impl serde::Serialize) -> anyhow::Result<()> {
    write_line(&serde_json::to_string_pretty(value)?)
}

/// Writes bytes as they are; a reader that has left (`| head`) is no error.
pub fn write_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}

/// Prints an error with its causes.
pub fn write_error(error: &anyhow::Error) {
    // When standard error is closed there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "atlaas: {error:#}");
}

/// Progress of a long task.
pub enum Progress {
    /// Nothing is shown.
    Silent,
    /// A line that moves.
    Bar(ProgressBar),
    /// A line every few seconds.
    Lines {
        /// When the task began.
        start: Instant,
        /// When the last line was printed.
        last: Mutex<Option<Instant>>,
    },
}

impl Progress {
    /// A step begins.
    pub fn step(&self, name: &str) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => bar.set_message(name.to_owned()),
            Self::Lines { start, last } => {
                let Ok(mut last) = last.lock() else { return };
                if last.is_none_or(|time| time.elapsed() >= LINE_EVERY) {
                    let seconds = start.elapsed().as_secs();
                    let _ = writeln!(std::io::stderr(), "atlaas: {seconds} s: {name}");
                    *last = Some(Instant::now());
                }
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
