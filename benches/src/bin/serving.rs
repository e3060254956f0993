//! What serving a tile costs: prebuilt tiles over HTTP beside a bare axum handler that returns the
//! same bytes, in turns, in processor time of the server; and `304`.
//!
//! `cargo build --profile measure -p atlaas && cargo run --profile measure -p atlaas-benches --bin
//! serving -- SNAPSHOTS [requests]`. Tiles are chosen by seed among those of the archive.

use atlaas_benches::http::{Connection, Server};
use atlaas_benches::seeded::Seeded;
use atlaas_engine::{Snapshot, TileId, Tileset};
use axum::extract::{Path as UrlPath, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use bytes::Bytes;
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use std::{env, thread};

const CONNECTIONS: usize = 8;
const ROUNDS: usize = 15;
const TILES: usize = 2_000;
const REQUESTS: usize = 10_000;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--bare", snapshots] => bare(Path::new(snapshots)),
        [snapshots] => compare(Path::new(snapshots), REQUESTS),
        [snapshots, requests] => compare(
            Path::new(snapshots),
            requests.parse().map_err(io::Error::other)?,
        ),
        _ => Err(io::Error::other("which directory of snapshots?")),
    }
}

fn open(snapshots: &Path) -> io::Result<Snapshot> {
    Snapshot::open(snapshots, 1 << 20).map_err(io::Error::other)
}

/// Tiles around the places of France, of every prebuilt zoom; the same for both servers.
fn tiles(snapshot: &Snapshot) -> Vec<(String, Bytes)> {
    let fiches = snapshot.catalogue().fiches();
    let mut random = Seeded(11);
    let mut found = Vec::new();
    while found.len() < TILES {
        let zoom = 5 + random.below(8) as u8;
        let Some(position) = fiches[random.below(fiches.len())].position else {
            continue;
        };
        let point = atlaas_spatial::mercator::project(position);
        let side = f64::from(1_u32 << zoom);
        let tile = TileId::new(zoom, (point.x * side) as u32, (point.y * side) as u32);
        let Ok(tile) = tile else { continue };
        if let Ok(Some(bytes)) = snapshot.prebuilt_tile(Tileset::Territoires, tile) {
            let path = format!(
                "/tiles/territoires/{}/{}/{}.mvt",
                tile.z(),
                tile.x(),
                tile.y()
            );
            found.push((path, Bytes::copy_from_slice(&bytes)));
        }
    }
    found
}

fn compare(snapshots: &Path, requests: usize) -> io::Result<()> {
    let tiles = Arc::new(tiles(&open(snapshots)?));
    let bytes: usize = tiles.iter().map(|(_, bytes)| bytes.len()).sum();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} tiles of {} bytes on average",
        tiles.len(),
        bytes / tiles.len()
    )?;
    let mut command = Command::new(env::current_exe()?);
    command.arg("--bare").arg(snapshots);
    let bare = Server::start(command)?;
    let quiet = Server::atlaas(snapshots, &[("RUST_LOG", "warn")])?;
    let logging = Server::atlaas(snapshots, &[])?;
    let servers = [
        ("bare axum", &bare),
        ("atlaas", &quiet),
        ("atlaas, access log", &logging),
    ];
    let mut costs = vec![Vec::new(); servers.len()];
    for _ in 0..ROUNDS {
        for ((_, server), costs) in servers.iter().zip(&mut costs) {
            costs.push(cost(server, &tiles, requests, false)?);
        }
    }
    let bare_costs = costs[0].clone();
    for ((name, _), costs) in servers.iter().zip(&costs) {
        // Server by server within a round, so that what else the machine does weighs on all.
        let mut ratios: Vec<f64> = costs
            .iter()
            .zip(&bare_costs)
            .map(|(own, bare)| own.as_secs_f64() / bare.as_secs_f64())
            .collect();
        ratios.sort_unstable_by(f64::total_cmp);
        let best = costs.iter().min().copied().unwrap_or_default();
        writeln!(
            out,
            "  {name}: best {best:?} a request, {:.2} times bare axum (median of {ROUNDS} rounds)",
            ratios[ROUNDS / 2]
        )?;
    }
    let unchanged = cost(&quiet, &tiles, requests, true)?;
    writeln!(out, "  atlaas, 304: {unchanged:?}")
}

/// Processor time of the server for one request.
fn cost(
    server: &Server,
    tiles: &Arc<Vec<(String, Bytes)>>,
    requests: usize,
    conditional: bool,
) -> io::Result<Duration> {
    let before = server.processor_time();
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|client| {
            let (tiles, mut connection) = (Arc::clone(tiles), server.connect()?);
            let share = requests / CONNECTIONS;
            Ok(thread::spawn(move || {
                ask(&mut connection, &tiles, client * 37, share, conditional)
            }))
        })
        .collect::<io::Result<_>>()?;
    for client in clients {
        client
            .join()
            .map_err(|_| io::Error::other("a client failed"))??;
    }
    let used = server.processor_time().saturating_sub(before);
    Ok(used / u32::try_from(requests).map_err(io::Error::other)?)
}

fn ask(
    connection: &mut Connection,
    tiles: &[(String, Bytes)],
    first: usize,
    count: usize,
    conditional: bool,
) -> io::Result<()> {
    for rank in first..first + count {
        let (path, bytes) = &tiles[rank % tiles.len()];
        if conditional {
            let reply = connection.send(path, "If-None-Match: *\r\nAccept-Encoding: gzip\r\n")?;
            assert_eq!((reply.status, reply.body.len()), (304, 0), "{path}");
        } else {
            let reply = connection.get(path)?;
            assert!(reply.status == 200 && reply.body == *bytes, "{path}");
        }
    }
    Ok(())
}

/// The physical limit: a table of bytes behind a route of axum, and nothing else.
fn bare(snapshots: &Path) -> io::Result<()> {
    let table: HashMap<String, Bytes> = tiles(&open(snapshots)?).into_iter().collect();
    let router = Router::new()
        .route("/tiles/{tileset}/{z}/{x}/{y}", get(bare_tile))
        .with_state(Arc::new(table));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        writeln!(io::stdout(), "http://{}/", listener.local_addr()?)?;
        axum::serve(listener, router).await
    })
}

async fn bare_tile(
    State(table): State<Arc<HashMap<String, Bytes>>>,
    UrlPath((tileset, z, x, y)): UrlPath<(String, String, String, String)>,
) -> Response {
    let bytes = table.get(&format!("/tiles/{tileset}/{z}/{x}/{y}"));
    let headers = [
        (CONTENT_TYPE, "application/vnd.mapbox-vector-tile"),
        (CONTENT_ENCODING, "gzip"),
    ];
    (headers, bytes.cloned().unwrap_or_default()).into_response()
}
