//! `index` and `check`: files in, a snapshot or a report out.

use crate::WrongInput;
use crate::cli::IndexArgs;
use crate::output::{Output, write_line, write_value};
use crate::settings::{DEFAULT_SNAPSHOTS, Settings};
use atlaas_engine::Manifest;
use atlaas_ingest::CheckOutcome;
use atlaas_model::Action;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Builds a snapshot and tells what is in it.
pub fn index(args: &IndexArgs, settings: &Settings, output: &Output) -> anyhow::Result<()> {
    let out = directory(args.out.as_deref(), settings);
    let sources = args.sources.as_ref().or(settings.sources.as_ref());
    let start = Instant::now();
    let progress = output.progress();
    let expect: Result<Vec<_>, _> = args.expect.iter().map(|text| text.parse()).collect();
    let options = atlaas_ingest::ReadOptions {
        expect: expect.map_err(WrongInput::wrap)?,
    };
    let dataset = match sources {
        Some(sources) => {
            atlaas_ingest::read_sources(sources, &options, &|step| progress.step(step))
        }
        None => atlaas_ingest::demonstration(args.seed, &|step| progress.step(step)),
    };
    let dataset = dataset.map_err(WrongInput::wrap)?;
    let built = atlaas_engine::build(dataset, &out, &|step| progress.step(step))?;
    drop(progress);
    if output.json {
        return write_value(&built.manifest);
    }
    output.note(&summary(
        &built.manifest,
        &built.path,
        start.elapsed().as_secs_f64(),
    ))
}

/// Builds the demonstration snapshot where there is nothing at all. A directory with a snapshot that
/// cannot be served, with a build that failed or with anything else is an error to be seen, not to be
/// built over: made-up data would take the place of somebody's.
pub fn demonstration_if_empty(out: &Path, output: &Output) -> anyhow::Result<()> {
    if !atlaas_engine::is_untouched(out)? {
        return Ok(());
    }
    output.note("No snapshot yet: building the demonstration data.")?;
    let progress = output.progress();
    let seed = 1;
    let dataset = atlaas_ingest::demonstration(seed, &|step| progress.step(step))?;
    atlaas_engine::build(dataset, out, &|step| progress.step(step))?;
    Ok(())
}

/// The directory of snapshots: argument, then settings, then the default.
pub fn directory(argument: Option<&Path>, settings: &Settings) -> PathBuf {
    let told = argument.or(settings.snapshot.as_deref());
    told.unwrap_or(Path::new(DEFAULT_SNAPSHOTS)).to_owned()
}

fn summary(manifest: &Manifest, path: &Path, seconds: f64) -> String {
    let counts: Vec<String> = manifest
        .comptes
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    let remarks = |action: Action| manifest.rapport.get(&action).copied().unwrap_or(0);
    format!(
        "Snapshot {} in {seconds:.1} s: {}.\n\
         Rows refused {}, values repaired {}, left out {}, kept with a doubt {}: see {}",
        manifest.id,
        counts.join(", "),
        remarks(Action::Refuse),
        remarks(Action::Repare),
        remarks(Action::Ignore),
        remarks(Action::Garde),
        path.join("rapport.csv").display(),
    )
}

/// Reports on files, in plain words; fails when rows would be refused.
pub fn check(files: &[PathBuf], output: &Output) -> anyhow::Result<()> {
    let outcome = atlaas_ingest::check_files(files).map_err(WrongInput::wrap)?;
    if output.json {
        write_value(&outcome.report)?;
    } else {
        write_line(&describe(&outcome))?;
    }
    let refused = outcome.report.count(Action::Refuse);
    if refused > 0 {
        let rows = if refused == 1 { "row" } else { "rows" };
        return Err(WrongInput::wrap(anyhow::anyhow!(
            "{refused} {rows} would be refused"
        )));
    }
    Ok(())
}

/// The report as people read it: a summary a file, then its remarks, line by line.
fn describe(outcome: &CheckOutcome) -> String {
    let mut text = String::new();
    for file in &outcome.files {
        let [refused, repaired, dropped, doubted] = file.remarks;
        text += &format!(
            "{}: read as {}, {} rows, {} would be kept; {refused} refused, {repaired} repaired, \
             {dropped} values left out, {doubted} doubts\n",
            file.name,
            file.content.english(),
            file.rows,
            file.kept,
        );
        let own = outcome
            .report
            .lines
            .iter()
            .filter(|line| line.file == file.name);
        for line in own.take(SHOWN) {
            text += &format!(
                "  line {}, {}: {:?}: {}\n",
                line.line, line.field, line.value, line.advice
            );
        }
        let count = refused + repaired + dropped + doubted;
        if count > SHOWN {
            text += &format!("  … and {} more: --json lists them all\n", count - SHOWN);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Remarks that are shown for one file.
const SHOWN: usize = 50;
