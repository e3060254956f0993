//! `serve`: opens the snapshot, listens, prints the URL.

use crate::WrongInput;
use crate::build::{demonstration_if_empty, directory};
use crate::cli::ServeArgs;
use crate::output::Output;
use crate::settings::{DEFAULT_LISTEN, Settings};
use anyhow::Context;
use atlaas_engine::Snapshot;
use atlaas_server::{App, PublicAddress, Site};
use std::sync::Arc;

/// Serves until told to stop; builds the demonstration first when there is no snapshot.
pub fn serve(args: &ServeArgs, settings: &Settings, output: &Output) -> anyhow::Result<()> {
    let snapshots = directory(args.snapshot.snapshot.as_deref(), settings);
    let listen = args.listen.or(settings.listen).unwrap_or(DEFAULT_LISTEN);
    let public_url = args
        .public_url
        .as_deref()
        .or(settings.public_url.as_deref());
    let trust = args.trust_forwarded || settings.trust_forwarded.unwrap_or(false);
    let public = PublicAddress::new(public_url, trust).map_err(WrongInput::wrap)?;
    demonstration_if_empty(&snapshots, output)?;
    let limits = settings.limits.clone();
    let opening = Snapshot::open_best(&snapshots, limits.filter_cache_bytes)?;
    tracing::info!(
        id = opening.snapshot.id(),
        date = opening.snapshot.manifest().cree,
        "snapshot opened"
    );
    let site = Site {
        public,
        base_map: settings.fond.clone(),
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
