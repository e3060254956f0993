//! Settings: flags over `ATLAAS_…` variables (clap does both) over `atlaas.toml`, read here.

use crate::cli::LogFormat;
use anyhow::{Context, bail};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Name of the settings file that is read when it is there.
const DEFAULT_FILE: &str = "atlaas.toml";
/// Where snapshots lie unless told otherwise: hidden, beside whoever starts the program.
pub const DEFAULT_SNAPSHOTS: &str = ".atlaas";
/// Where the service listens unless told otherwise.
pub const DEFAULT_LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// What `atlaas.toml` may hold; every key is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Directory of snapshots.
    pub snapshot: Option<PathBuf>,
    /// Directory of source files, for `index`.
    pub sources: Option<PathBuf>,
    /// Address to listen on.
    pub listen: Option<SocketAddr>,
    /// Public address of the service.
    pub public_url: Option<String>,
    /// Whether to believe forwarded headers.
    pub trust_forwarded: Option<bool>,
    /// Addresses and networks of our proxies, who alone are believed.
    pub trusted_proxies: Option<Vec<String>>,
    /// Address for metrics.
    pub admin_listen: Option<SocketAddr>,
    /// Form of the log.
    pub log_format: Option<LogFormat>,
    /// Raster tiles under live maps; nobody else's by default.
    pub fond: Option<atlaas_server::BaseMap>,
    /// The WebSub hub that feeds name.
    pub websub_hub: Option<String>,
    /// Bounds of the service.
    #[serde(default)]
    pub limits: atlaas_server::Limits,
}

/// Reads the settings file: the one named, or `atlaas.toml` when there is one.
pub fn read(named: Option<&Path>) -> anyhow::Result<Settings> {
    let path = named.unwrap_or(Path::new(DEFAULT_FILE));
    if named.is_none() && !path.exists() {
        return Ok(Settings::default());
    }
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the settings file {}", path.display()))?;
    match toml::from_str(&text) {
        Ok(settings) => Ok(settings),
        Err(error) => bail!(
            "{}: {}{}",
            path.display(),
            error,
            suggestion(error.message())
        ),
    }
}

/// For an unknown key, the known one that is nearest to it.
fn suggestion(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let [unknown, known @ ..] = quoted.as_slice() else {
        return String::new();
    };
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(unknown, name), name))
        .min()
        .filter(|(distance, _)| message.starts_with("unknown field") && *distance <= 4)
        .map(|(_, name)| format!("did you mean `{name}`?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_an_error_that_names_the_nearest() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("atlaas.toml");
        std::fs::write(&path, "lisen = '127.0.0.1:0'\n").unwrap();
        let message = format!("{:#}", read(Some(&path)).unwrap_err());
        assert!(message.contains("did you mean `listen`?"), "{message}");
    }

    #[test]
    fn a_named_file_must_exist_and_the_default_one_need_not() {
        assert!(read(Some(Path::new("absent.toml"))).is_err());
        assert!(read(None).is_ok());
    }

    #[test]
    fn a_base_map_that_is_none_is_refused_with_what_is_wrong() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.toml");
        let refused = |table: &str| {
            std::fs::write(&path, format!("[fond]\n{table}")).unwrap();
            format!("{:#}", read(Some(&path)).unwrap_err())
        };
        let url = "url = 'https://t.example.fr/{z}/{x}/{y}.png'\n";
        assert!(refused(url).contains("attribution"));
        assert!(refused(&format!("{url}attribution = ''")).contains("must name whom"));
        assert!(refused("url = 'nowhere'\nattribution = 'x'").contains("must start with https://"));
        let misspelt = refused(&format!("{url}atribution = 'x'"));
        assert!(
            misspelt.contains("did you mean `attribution`?"),
            "{misspelt}"
        );
        std::fs::write(
            &path,
            format!("[fond]\n{url}attribution = 'IGN'\nmax_zoom = 17"),
        )
        .unwrap();
        assert_eq!(read(Some(&path)).unwrap().fond.unwrap().max_zoom(), 17);
    }

    #[test]
    fn every_key_is_read() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.toml");
        let text = "snapshot = 'x'\nlisten = '127.0.0.1:0'\nlog_format = 'json'\n[limits]\nrequest_timeout_s = 3\n";
        std::fs::write(&path, text).unwrap();
        let settings = read(Some(&path)).unwrap();
        assert_eq!(settings.log_format, Some(LogFormat::Json));
        assert_eq!(settings.limits.request_timeout_s, 3);
    }
}
