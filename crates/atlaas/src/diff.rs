//! `diff`: what differs between two snapshots, fiche by fiche and field by field.

use crate::WrongInput;
use crate::build::directory;
use crate::cli::DiffArgs;
use crate::output::{Output, write_line, write_value};
use crate::settings::Settings;
use atlaas_engine::{ChangeCounts, Changes, FieldChange, Side, changed_fields, snapshot_called};
use atlaas_model::{DocId, Kind};
use serde::Serialize;
use std::collections::BTreeMap;

/// Characters of a value that are shown in text; `--json` has it whole.
const SHOWN: usize = 80;

#[derive(Serialize)]
struct ToldSnapshot<'a> {
    id: &'a str,
    date: &'a str,
}

#[derive(Serialize)]
struct ToldFiche<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: Kind,
    nom: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    champs: Vec<FieldChange>,
}

#[derive(Serialize)]
struct Told<'a> {
    de: ToldSnapshot<'a>,
    a: ToldSnapshot<'a>,
    comptes: BTreeMap<Kind, ChangeCounts>,
    ajouts: Vec<ToldFiche<'a>>,
    modifications: Vec<ToldFiche<'a>>,
    retraits: Vec<ToldFiche<'a>>,
}

/// Prints what differs; says whether anything does.
pub fn diff(args: &DiffArgs, settings: &Settings, output: &Output) -> anyhow::Result<bool> {
    let snapshots = directory(args.snapshot.snapshot.as_deref(), settings);
    let side = |called: &str| {
        let path = snapshot_called(&snapshots, called).map_err(WrongInput::wrap)?;
        anyhow::Ok(Side::read(&path)?)
    };
    let (old, new) = (side(&args.old)?, side(&args.new)?);
    let changes = Changes::between(&old, &new);
    let told = told(&old, &new, &changes);
    if output.json {
        write_value(&told)?;
    } else {
        write_line(&listing(&told))?;
    }
    Ok(!changes.is_empty())
}

fn told<'a>(old: &'a Side, new: &'a Side, changes: &Changes) -> Told<'a> {
    let plain = |side: &'a Side| {
        move |doc: &DocId| {
            let fiche = side.fiche(*doc);
            ToldFiche {
                id: fiche.id.as_str(),
                kind: fiche.kind,
                nom: &fiche.name,
                champs: Vec::new(),
            }
        }
    };
    let changed = |(before, after): &(DocId, DocId)| ToldFiche {
        champs: changed_fields(
            (old.fiche(*before), &old.schema),
            (new.fiche(*after), &new.schema),
        ),
        ..plain(new)(after)
    };
    let snapshot = |side: &'a Side| ToldSnapshot {
        id: &side.id,
        date: &side.created,
    };
    Told {
        de: snapshot(old),
        a: snapshot(new),
        comptes: changes.counts(old, new),
        ajouts: changes.added.iter().map(plain(new)).collect(),
        modifications: changes.changed.iter().map(changed).collect(),
        retraits: changes.removed.iter().map(plain(old)).collect(),
    }
}

/// For people: `+`, `~` and `-`, the fields below what changed.
fn listing(told: &Told<'_>) -> String {
    let mut text = format!(
        "From {} of {} to {} of {}:",
        told.de.id, told.de.date, told.a.id, told.a.date
    );
    if told.comptes.is_empty() {
        text += " the same fiches.";
    }
    for (kind, counts) in &told.comptes {
        text += &format!(
            "\n  {kind}: {} added, {} changed, {} removed",
            counts.ajouts, counts.modifications, counts.retraits
        );
    }
    let all = [
        ('+', &told.ajouts),
        ('~', &told.modifications),
        ('-', &told.retraits),
    ];
    for (sign, fiches) in all {
        for fiche in fiches {
            text += &format!("\n{sign} {:<24} {}", fiche.id, fiche.nom);
            for field in &fiche.champs {
                let (before, after) = (shown(&field.avant), shown(&field.apres));
                text += &format!("\n    {}: {before} → {after}", field.champ);
            }
        }
    }
    text
}

fn shown(values: &[String]) -> String {
    if values.is_empty() {
        return "–".to_owned();
    }
    let plain = values.join(" | ").replace(char::is_control, " ");
    let mut short: String = plain.chars().take(SHOWN).collect();
    if short.len() < plain.len() {
        short.push('…');
    }
    short
}
