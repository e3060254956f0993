//! Territories beside one, as links: those that hold it, that it holds, at its border, and like it.

use crate::pages::layout::frame::Frame;
use crate::pages::list::hits;
use atlaas_engine::Snapshot;
use atlaas_model::{Code, Fiche, Level};

/// Territories that resemble one and are listed.
const ALIKE: u32 = 8;
/// Territories that are listed beside one.
const BESIDE: usize = 60;

/// Those that resemble it by context.
pub fn alike(frame: &Frame, snapshot: &Snapshot, fiche: &Fiche) -> Vec<(String, String)> {
    let docs = snapshot.alike(fiche, ALIKE).into_iter();
    docs.map(|doc| {
        let other = snapshot.catalogue().fiche(doc);
        (other.name.clone(), frame.to(&hits::path(other), ""))
    })
    .collect()
}

/// A territory and its page.
fn link(frame: &Frame, snapshot: &Snapshot, kind: Level, code: Code) -> Option<(String, String)> {
    let name = snapshot.catalogue().territory_name(kind, code)?;
    Some((name.to_owned(), frame.to(&format!("/{kind}/{code}"), "")))
}

/// The territories that hold one.
pub fn parents(frame: &Frame, snapshot: &Snapshot, fiche: &Fiche) -> Vec<(String, String)> {
    [Level::Epci, Level::Departement, Level::Region]
        .into_iter()
        .filter(|&level| fiche.kind.level().is_some_and(|own| level > own))
        .filter_map(|kind| link(frame, snapshot, kind, fiche.territory.at(kind)?))
        .collect()
}

/// The territories one step down: départements of a région, communes of an EPCI.
pub fn members(
    frame: &Frame,
    snapshot: &Snapshot,
    kind: Level,
    code: Code,
) -> Vec<(String, String)> {
    let wanted = match kind {
        Level::Region => Level::Departement,
        Level::Epci => Level::Commune,
        Level::Commune | Level::Departement => return Vec::new(),
    };
    let catalogue = snapshot.catalogue();
    catalogue
        .docs_of(wanted)
        .map(|doc| catalogue.fiche(doc))
        .filter(|fiche| fiche.territory.at(kind) == Some(code))
        .filter_map(|fiche| {
            Some((
                fiche.name.clone(),
                frame.to(&format!("/{wanted}/{}", fiche.code?), ""),
            ))
        })
        .take(2 * BESIDE)
        .collect()
}

/// The territories that share a border with one.
pub fn neighbours(
    frame: &Frame,
    snapshot: &Snapshot,
    kind: Level,
    code: Code,
) -> Vec<(String, String)> {
    let codes = snapshot.territories().neighbours(kind, code);
    codes
        .into_iter()
        .take(BESIDE)
        .filter_map(|code| link(frame, snapshot, kind, code))
        .collect()
}
