//! `verify`, `search`, `tile`, `export`: what a snapshot holds, without a server.

use crate::WrongInput;
use crate::build::directory;
use crate::cli::{ExportArgs, SearchArgs, SnapshotArg, TileArgs};
use crate::output::{Output, write_line, write_value};
use crate::settings::Settings;
use anyhow::{Context, bail};
use atlaas_engine::{Catalogue, Hit, Query, QueryError, Snapshot, TileId, Tileset};
use atlaas_model::Schema;
use serde::Serialize;
use std::path::Path;

/// Memory for filtered tiles: one command asks for one.
const FILTER_CACHE_BYTES: u64 = 16 << 20;

/// Checks every checksum, count and tile, and that nothing else lies in the snapshot.
pub fn verify(told: Option<&Path>, settings: &Settings, output: &Output) -> anyhow::Result<()> {
    let directory = directory(told, settings);
    let manifest = Snapshot::verify(&directory)?;
    // No part of the snapshot: what it lacks is said, and no reason to refuse.
    if let Some(damage) = atlaas_engine::journal_damage(&directory) {
        tracing::warn!(damage, "journal of changes");
    }
    if output.json {
        return write_value(&manifest);
    }
    let files = manifest.fichiers.len();
    output.note(&format!(
        "Snapshot {} of {} is whole: {files} files checked.",
        manifest.id, manifest.cree
    ))
}

/// Opens the best snapshot of a directory; says which were refused.
pub fn open(arg: &SnapshotArg, settings: &Settings) -> anyhow::Result<Snapshot> {
    let snapshots = directory(arg.snapshot.as_deref(), settings);
    let opening = Snapshot::open_best(&snapshots, FILTER_CACHE_BYTES)?;
    for refusal in &opening.refused {
        tracing::error!(
            refused = refusal.name,
            reason = refusal.reason,
            open = opening.snapshot.id(),
            "snapshot refused: an older one answers"
        );
    }
    Ok(opening.snapshot)
}

#[derive(Serialize)]
struct FoundFiche<'a> {
    id: &'a str,
    nom: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    commune: Option<&'a str>,
    score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_km: Option<f64>,
}

#[derive(Serialize)]
struct Found<'a> {
    trouvees: u32,
    comprehension: &'a atlaas_engine::Comprehension,
    fiches: Vec<FoundFiche<'a>>,
}

/// Prints what a search finds.
pub fn search(args: &SearchArgs, settings: &Settings, output: &Output) -> anyhow::Result<()> {
    let snapshot = open(&args.snapshot, settings)?;
    let (parameters, words): (Vec<&String>, Vec<&String>) =
        args.words.iter().partition(|word| is_parameter(word));
    let mut pairs = pairs(parameters)?;
    if !words.is_empty() {
        let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
        pairs.push(("q".to_owned(), words.join(" ")));
    }
    let query = parse(&snapshot, &pairs)?;
    let found = snapshot.answer(&query).map_err(explain)?;
    let catalogue = snapshot.catalogue();
    let fiches = found
        .answer
        .hits
        .iter()
        .map(|hit| found_fiche(catalogue, hit))
        .collect();
    let found = Found {
        trouvees: found.answer.matched,
        comprehension: &found.plan.comprehension,
        fiches,
    };
    if output.json {
        write_value(&found)
    } else {
        write_line(&listing(&found))
    }
}

fn found_fiche<'a>(catalogue: &'a Catalogue, hit: &Hit) -> FoundFiche<'a> {
    let fiche = catalogue.fiche(hit.doc);
    let commune = fiche
        .territory
        .commune
        .filter(|_| !fiche.kind.is_territory());
    FoundFiche {
        id: fiche.id.as_str(),
        nom: &fiche.name,
        commune: commune
            .and_then(|code| catalogue.territory_name(atlaas_model::Level::Commune, code)),
        score: hit.score,
        distance_km: hit.distance_km,
    }
}

fn listing(found: &Found) -> String {
    let mut text = format!("{} found", found.trouvees);
    if let Some(place) = &found.comprehension.lieu {
        text += &format!(", {} {} ({})", place.relation, place.nom, place.pourquoi);
    }
    for fiche in &found.fiches {
        text += &format!("\n  {:<24} {}", fiche.id, fiche.nom);
        if let Some(commune) = fiche.commune {
            text += &format!(" — {commune}");
        }
        if let Some(km) = fiche.distance_km {
            text += &format!(" ({km:.1} km)");
        }
    }
    text
}

/// Prints a tile as JSON, read by a decoder that is not ours.
pub fn tile(args: &TileArgs, settings: &Settings) -> anyhow::Result<()> {
    let snapshot = open(&args.snapshot, settings)?;
    let tileset = tileset(&args.tileset, snapshot.schema())?;
    let tile = TileId::new(args.z, args.x, args.y).map_err(WrongInput::wrap)?;
    if args.z > tileset.max_zoom() {
        let deepest = tileset.max_zoom();
        return Err(WrongInput::wrap(anyhow::anyhow!(
            "{tileset} ends at zoom {deepest}"
        )));
    }
    let query = parse(&snapshot, &pairs(args.filters.iter().collect())?)?;
    let bytes = snapshot
        .filtered_tile(tileset, tile, &query)
        .map_err(explain)?;
    let layers = atlaas_engine::decode(bytes).context("the tile cannot be decoded")?;
    write_value(&layers)
}

/// Writes tiles to one file.
pub fn export(args: &ExportArgs, settings: &Settings, output: &Output) -> anyhow::Result<()> {
    let snapshot = open(&args.snapshot, settings)?;
    let tileset = tileset(&args.tileset, snapshot.schema())?;
    if let Some(file) = &args.pmtiles {
        let archive = snapshot
            .archive(tileset)
            .context("the snapshot has no such archive")?;
        let source = archive.path();
        std::fs::copy(source, file)
            .with_context(|| format!("cannot copy {} to {}", source.display(), file.display()))?;
        output.note(&format!("{tileset} written to {}", file.display()))?;
    }
    if let Some(file) = &args.mbtiles {
        snapshot.write_mbtiles(tileset, file)?;
        output.note(&format!("{tileset} written to {}", file.display()))?;
    }
    Ok(())
}

fn tileset(name: &str, schema: &Schema) -> anyhow::Result<Tileset> {
    Tileset::named(name, schema).ok_or_else(|| {
        let known = Tileset::all(schema).into_iter().map(Tileset::as_str);
        let known = known.collect::<Vec<_>>().join(", ");
        WrongInput::wrap(anyhow::anyhow!(
            "there is no tileset {name:?}: choose among {known}"
        ))
    })
}

/// Whether a word of the command line is a parameter of the API: `enjeu=education`.
fn is_parameter(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || b"_.".contains(&byte))
    })
}

fn pairs(parameters: Vec<&String>) -> anyhow::Result<Vec<(String, String)>> {
    let split = |parameter: &String| match parameter.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => bail!("{parameter:?} is not a filter: write name=value, such as departement=13"),
    };
    parameters
        .into_iter()
        .map(split)
        .collect::<anyhow::Result<_>>()
        .map_err(WrongInput::wrap)
}

fn parse(snapshot: &Snapshot, pairs: &[(String, String)]) -> anyhow::Result<Query> {
    let parsed = Query::parse(pairs, snapshot.schema(), &[]);
    parsed.map_err(|mistakes| explain(QueryError::Parameters(mistakes)))
}

/// Tells every mistake of a query in one sentence each.
fn explain(error: QueryError) -> anyhow::Error {
    let QueryError::Parameters(mistakes) = error else {
        return error.into();
    };
    let sentences: Vec<String> = mistakes
        .iter()
        .map(|mistake| {
            let hint = mistake
                .suggestion
                .as_ref()
                .map(|name| format!(" Did you mean {name}?"));
            format!(
                "{}={}: {}{}",
                mistake.parametre,
                mistake.valeur,
                atlaas_server::mistake_in_english(&mistake.mistake),
                hint.unwrap_or_default()
            )
        })
        .collect();
    WrongInput::wrap(anyhow::anyhow!("{}", sentences.join("\n")))
}
