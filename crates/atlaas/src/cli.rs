//! The command line: every command, flag and environment variable, and nothing that does the work.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns open files about French territory into a snapshot, and serves tiles and search from it.
///
/// Without a command it serves: from the newest snapshot when there is one, else from demonstration
/// data that it builds first.
#[derive(Debug, Parser)]
#[command(name = "atlaas", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// What to do; `serve` when left out.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
}

const EXAMPLES: &str = "\
Examples:
  atlaas                                        serve (demonstration data at first), print the URL
  atlaas index --sources my-files               build a snapshot from files
  atlaas serve --listen 0.0.0.0:8080            serve the newest snapshot
  atlaas check colieux.csv                      what is wrong in one file, in plain words
  atlaas diff 1b1a5f0c2d3e4f56 .atlaas          what the newest snapshot changed since that one
  atlaas search 'fablab près de nantes'         ask the snapshot in the terminal
  atlaas geocode lieux.csv --columns commune    find the communes of its rows
  atlaas tile territoires 5 16 11               print a decoded tile as JSON

Exit codes: 0 done, 1 failed, 2 the command, the settings or the input files are wrong, 3 the
snapshots differ (diff --exit-code alone).
Settings: flags over ATLAAS_… variables over atlaas.toml.";

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Settings file [default: atlaas.toml, when there is one].
    #[arg(long, global = true, env = "ATLAAS_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print results as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Form of the log on standard error.
    #[arg(long, global = true, env = "ATLAAS_LOG_FORMAT", value_name = "FORM")]
    pub log_format: Option<LogFormat>,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build a snapshot from a directory of files, or from demonstration data.
    Index(IndexArgs),
    /// Serve a snapshot over HTTP; SIGHUP reloads, SIGTERM drains.
    Serve(ServeArgs),
    /// Report on files without building anything.
    Check {
        /// Files to read: colieux.csv, initiatives.csv, labels.csv, communes.geojson…
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Check every checksum and count of a snapshot.
    Verify {
        /// Directory of snapshots, or one snapshot.
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
    /// Tell what differs between two snapshots: fiches added, changed (in what) and removed.
    Diff(DiffArgs),
    /// Search a snapshot in the terminal.
    Search(SearchArgs),
    /// Print a decoded tile as JSON.
    Tile(TileArgs),
    /// Write tiles to one file for other servers.
    Export(ExportArgs),
    /// Find the communes of the rows of a CSV file.
    Geocode(GeocodeArgs),
    /// Print the completion script of a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Where snapshots lie.
#[derive(Args, Clone, Debug, Default)]
pub struct SnapshotArg {
    /// Directory of snapshots, or one snapshot [default: .atlaas].
    #[arg(long, env = "ATLAAS_SNAPSHOT", value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Arguments of `index`.
#[derive(Args, Debug)]
pub struct IndexArgs {
    /// Directory of source files; without it the demonstration data is built.
    #[arg(long, env = "ATLAAS_SOURCES", value_name = "DIR")]
    pub sources: Option<PathBuf>,
    /// Directory of snapshots to write into [default: .atlaas].
    #[arg(long, short, env = "ATLAAS_OUT", value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Fail unless the counts are as told, such as `commune=34000..36000` or `colieu=5000`.
    #[arg(long, value_name = "TYPE=MIN..MAX")]
    pub expect: Vec<String>,
    /// Seed of the demonstration data.
    #[arg(
        long,
        default_value_t = 1,
        value_name = "N",
        conflicts_with = "sources"
    )]
    pub seed: u64,
}

/// Arguments of `serve`.
#[derive(Args, Clone, Debug, Default)]
pub struct ServeArgs {
    /// Where the snapshots lie.
    #[command(flatten)]
    pub snapshot: SnapshotArg,
    /// Address to listen on [default: 127.0.0.1:8080]; port 0 takes any free port.
    #[arg(long, short, env = "ATLAAS_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<std::net::SocketAddr>,
    /// Public address of the service, with its path prefix if any.
    #[arg(long, env = "ATLAAS_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Believe `Forwarded` and `X-Forwarded-…` headers of the proxies named by --trusted-proxies, or of
    /// one on this machine.
    #[arg(long, env = "ATLAAS_TRUST_FORWARDED")]
    pub trust_forwarded: bool,
    /// Addresses or networks of your own proxies, such as `192.0.2.1,10.0.0.0/8`: they alone are
    /// believed, and no bound of one client holds for them.
    #[arg(
        long,
        env = "ATLAAS_TRUSTED_PROXIES",
        value_name = "ADDRESS,…",
        value_delimiter = ','
    )]
    pub trusted_proxies: Vec<String>,
    /// WebSub hub that the feeds of changes name; whoever runs the service tells the hub what is new.
    #[arg(long, env = "ATLAAS_WEBSUB_HUB", value_name = "URL")]
    pub websub_hub: Option<String>,
    /// Address for /metrics; off when left out.
    #[arg(long, env = "ATLAAS_ADMIN_LISTEN", value_name = "ADDRESS")]
    pub admin_listen: Option<std::net::SocketAddr>,
}

/// Arguments of `diff`.
#[derive(Args, Debug)]
pub struct DiffArgs {
    /// Where the snapshots lie.
    #[command(flatten)]
    pub snapshot: SnapshotArg,
    /// The older: a snapshot's directory, a directory of snapshots (its newest), or a name in the directory
    /// of snapshots.
    #[arg(value_name = "A")]
    pub old: String,
    /// The newer, likewise.
    #[arg(value_name = "B")]
    pub new: String,
    /// Exit with 3 when anything differs; without it, with 0 whatever differs.
    #[arg(long)]
    pub exit_code: bool,
}

/// Arguments of `search`.
#[derive(Args, Debug)]
pub struct SearchArgs {
    /// Where the snapshots lie.
    #[command(flatten)]
    pub snapshot: SnapshotArg,
    /// What to look for, as one would type it; `name=value` adds a parameter of the API.
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
}

/// Arguments of `tile`.
#[derive(Args, Debug)]
pub struct TileArgs {
    /// Where the snapshots lie.
    #[command(flatten)]
    pub snapshot: SnapshotArg,
    /// territoires, atlaas, or the name of a layer.
    pub tileset: String,
    /// Zoom.
    pub z: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
    /// Parameters of the API that filter it, such as `departement=13`.
    #[arg(value_name = "NAME=VALUE")]
    pub filters: Vec<String>,
}

/// Arguments of `export`.
#[derive(Args, Debug)]
#[group(required = true, multiple = true, args = ["pmtiles", "mbtiles"])]
pub struct ExportArgs {
    /// Where the snapshots lie.
    #[command(flatten)]
    pub snapshot: SnapshotArg,
    /// Which tiles: territoires, atlaas, or the name of a layer.
    #[arg(long, default_value = "territoires")]
    pub tileset: String,
    /// Write a PMTiles v3 archive.
    #[arg(long, value_name = "FILE")]
    pub pmtiles: Option<PathBuf>,
    /// Write an MBTiles database.
    #[arg(long, value_name = "FILE")]
    pub mbtiles: Option<PathBuf>,
}

/// Arguments of `geocode`.
#[derive(Args, Debug)]
pub struct GeocodeArgs {
    /// Where the snapshots lie.
    #[command(flatten)]
    pub snapshot: SnapshotArg,
    /// The file: any delimiter, UTF-8, UTF-16 or Windows-1252 without being told.
    pub file: PathBuf,
    /// Write here instead of to standard output.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// From positions to communes, instead of from texts.
    #[arg(long)]
    pub reverse: bool,
    /// Columns whose texts are looked for, in their order [default: all].
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Column of INSEE codes.
    #[arg(long, value_name = "NAME")]
    pub citycode: Option<String>,
    /// Column of post codes.
    #[arg(long, value_name = "NAME")]
    pub postcode: Option<String>,
    /// Column of latitudes.
    #[arg(long, value_name = "NAME", requires = "lon")]
    pub lat: Option<String>,
    /// Column of longitudes.
    #[arg(long, value_name = "NAME", requires = "lat")]
    pub lon: Option<String>,
    /// Columns that are added [default: all that are known].
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub result_columns: Vec<String>,
    /// Sign between cells [default: as the first lines show].
    #[arg(long, value_name = "SIGN")]
    pub delimiter: Option<String>,
    /// Sign around cells [default: "].
    #[arg(long, value_name = "SIGN")]
    pub quote: Option<String>,
    /// Encoding of the file [default: as its bytes show].
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Begin the answer with a mark for spreadsheets.
    #[arg(long)]
    pub with_bom: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
