//! The command line: parses it, starts the log, runs one command, sets the exit code.
//!
//! A library so that the end-to-end tests run the very same program as a process of theirs.

mod build;
mod cli;
mod diff;
mod geocode;
mod inspect;
mod output;
mod serve;
mod settings;

use clap::{CommandFactory, Parser};
use cli::{Cli, Command, Common, LogFormat, ServeArgs};
use output::{Output, write_bytes, write_error};
use settings::Settings;
use std::process::ExitCode;

/// The command failed.
const FAILED: u8 = 1;
/// The command, the settings or the input files are wrong.
const WRONG_INPUT: u8 = 2;
/// The snapshots that were compared differ, and the exit code was to say so.
const DIFFERS: u8 = 3;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(&cli.common);
    match run(cli, &output) {
        Ok(code) => code,
        Err(error) => {
            write_error(&error);
            ExitCode::from(if is_wrong_input(&error) {
                WRONG_INPUT
            } else {
                FAILED
            })
        }
    }
}

fn run(cli: Cli, output: &Output) -> anyhow::Result<ExitCode> {
    let settings = settings::read(cli.common.config.as_deref()).map_err(WrongInput::wrap)?;
    start_log(&cli.common, &settings);
    let command = cli.command;
    let command = command.unwrap_or_else(|| Command::Serve(ServeArgs::default()));
    let done = match command {
        Command::Diff(args) => {
            let differs = diff::diff(&args, &settings, output)?;
            let code = if differs && args.exit_code {
                DIFFERS
            } else {
                0
            };
            return Ok(ExitCode::from(code));
        }
        Command::Index(args) => build::index(&args, &settings, output),
        Command::Serve(args) => serve::serve(&args, &settings, output),
        Command::Check { files } => build::check(&files, output),
        Command::Verify { directory } => inspect::verify(directory.as_deref(), &settings, output),
        Command::Search(args) => inspect::search(&args, &settings, output),
        Command::Tile(args) => inspect::tile(&args, &settings),
        Command::Export(args) => inspect::export(&args, &settings, output),
        Command::Geocode(args) => geocode::geocode(&args, &settings, output),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "atlaas", &mut script);
            write_bytes(&script)
        }
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// The log goes to standard error; `RUST_LOG` narrows or widens it.
fn start_log(common: &Common, settings: &Settings) {
    use tracing_subscriber::{EnvFilter, fmt};
    let level = if common.quiet { "error" } else { "info" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let log = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match common.log_format.or(settings.log_format) {
        Some(LogFormat::Json) => log.json().init(),
        _ => log.with_ansi(!plain && output::is_terminal()).init(),
    }
}

/// Marks an error as one of the input: exit code 2.
#[derive(Debug)]
pub struct WrongInput(anyhow::Error);

impl WrongInput {
    /// Wraps any error.
    pub fn wrap(error: impl Into<anyhow::Error>) -> anyhow::Error {
        anyhow::Error::new(Self(error.into()))
    }
}

impl std::fmt::Display for WrongInput {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:#}", self.0)
    }
}

impl std::error::Error for WrongInput {}

fn is_wrong_input(error: &anyhow::Error) -> bool {
    error.downcast_ref::<WrongInput>().is_some()
}
