//! `serve`: opens the snapshot, listens, prints the URL.

use crate::WrongInput;
use crate::build::{demonstration_if_empty, directory};
use crate::cli::ServeArgs;
use crate::output::Output;
use crate::settings::{DEFAULT_LISTEN, Settings};
use anyhow::Context;
use atlaas_engine::Snapshot;
use atlaas_server::{App, Limits, PublicAddress, Site, TrustedProxies};
use std::sync::Arc;

/// Files beside those of connections: the snapshot, the one after it during a reload, exports.
const SPARE_FILES: usize = 256;

/// Serves until told to stop; builds the demonstration first when there is no snapshot.
pub fn serve(args: &ServeArgs, settings: &Settings, output: &Output) -> anyhow::Result<()> {
    let snapshots = directory(args.snapshot.snapshot.as_deref(), settings);
    let listen = args.listen.or(settings.listen).unwrap_or(DEFAULT_LISTEN);
    let public = public_address(args, settings)?;
    demonstration_if_empty(&snapshots, output)?;
    let limits = within_the_system(settings.limits.clone());
    let opening = Snapshot::open_best(&snapshots, limits.filter_cache_bytes)?;
    tracing::info!(
        id = opening.snapshot.id(),
        date = opening.snapshot.manifest().cree,
        "snapshot opened"
    );
    if !public.is_told() {
        tracing::warn!(
            "no public_url: absolute links repeat the Host that each client sends, so that no shared cache may keep the answers that hold them; set --public-url"
        );
    }
    let site = Site {
        public,
        base_map: settings.fond.clone(),
        websub_hub: websub_hub(args, settings)?,
    };
    let app = App::new(opening, snapshots, site, limits);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .with_context(|| format!("cannot listen on {listen}: is another service there?"))?;
        let address = listener.local_addr()?;
        let admin = args.admin_listen.or(settings.admin_listen);
        if let Some(admin) = admin {
            let metrics = tokio::net::TcpListener::bind(admin)
                .await
                .with_context(|| format!("cannot listen on {admin} for /metrics"))?;
            tokio::spawn(atlaas_server::serve_admin(metrics, Arc::clone(&app)));
        }
        output.note(&format!("Atlaas serves on http://{address}/"))?;
        atlaas_server::serve(listener, app)
            .await
            .context("the service failed")
    })
}

/// The hub that feeds name, when one is configured.
fn websub_hub(args: &ServeArgs, settings: &Settings) -> anyhow::Result<Option<String>> {
    let told = args.websub_hub.as_ref().or(settings.websub_hub.as_ref());
    let hub = |url: &String| {
        Site::hub(url).ok_or_else(|| {
            let wrong = anyhow::anyhow!("websub_hub {url:?} must start with http:// or https://");
            WrongInput::wrap(wrong)
        })
    };
    told.map(hub).transpose()
}

/// How the service is reached, and which proxies are believed: those that are named, or with
/// `trust_forwarded` alone one on this machine.
fn public_address(args: &ServeArgs, settings: &Settings) -> anyhow::Result<PublicAddress> {
    let url = args
        .public_url
        .as_deref()
        .or(settings.public_url.as_deref());
    let named = if args.trusted_proxies.is_empty() {
        settings.trusted_proxies.as_deref().unwrap_or_default()
    } else {
        &args.trusted_proxies
    };
    let trust = args.trust_forwarded || settings.trust_forwarded.unwrap_or(false);
    let public = PublicAddress::new(url, trust).map_err(WrongInput::wrap)?;
    if named.is_empty() {
        return Ok(public);
    }
    let proxies = TrustedProxies::parse(named).map_err(WrongInput::wrap)?;
    Ok(public.behind(proxies))
}

/// Raises the number of files that the process may open as far as the system lets it, and keeps the
/// connections below it: beyond, not even a reload could open its snapshot.
fn within_the_system(mut limits: Limits) -> Limits {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let wanted = (limits.connections + SPARE_FILES) as u64;
    let most = now.maximum.unwrap_or(u64::MAX).min(wanted);
    let current = now.current.unwrap_or(u64::MAX);
    let raised = Rlimit {
        current: Some(most),
        maximum: now.maximum,
    };
    let files = if current < most && setrlimit(Resource::Nofile, raised).is_ok() {
        most
    } else {
        current
    };
    let room = usize::try_from(files).unwrap_or(usize::MAX);
    let room = room.saturating_sub(SPARE_FILES).max(1);
    if room < limits.connections {
        tracing::warn!(
            connections = room,
            files,
            "fewer connections than the limit says: the system lets this process open no more files"
        );
        limits.connections = room;
    }
    limits
}
