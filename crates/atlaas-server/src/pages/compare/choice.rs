//! What can be chosen on the page: the place, the lens, neighbours or stratum, how many, the order.

use crate::pages::compare::order::PeerOrder;
use crate::pages::layout::frame::Frame;
use atlaas_engine::{Snapshot, peers_pairs};
use atlaas_model::{DocId, Level, PeerChoice, PeersOf, Weighing};

/// How many peers can be asked for by the form.
const COUNTS: [u32; 4] = [10, 20, 50, 100];

/// The form.
pub struct ComparisonChoice {
    /// The place, as it is typed.
    pub place: String,
    /// Lenses: name, title, whether it is chosen.
    pub lenses: Vec<(String, String, bool)>,
    /// Whether the stratum is chosen.
    pub stratum: bool,
    /// Numbers of peers, and whether each is chosen.
    pub counts: Vec<(u32, bool)>,
    /// What else the address says: weights of one's own, peers of one's own.
    pub hidden: Vec<(String, String)>,
}

impl ComparisonChoice {
    /// The form as it stands for what was asked.
    pub fn of(frame: &Frame, snapshot: &Snapshot, place: &str, ask: Option<&PeersOf>) -> Self {
        let chosen = match ask.map(|ask| &ask.weighing) {
            Some(Weighing::Lens(name)) => name.as_str(),
            Some(Weighing::Own(_)) => "",
            None => atlaas_model::USUAL_LENS,
        };
        let lenses = snapshot.comparer().lenses().iter().map(|lens| {
            let title = frame.lang.of(&lens.title).to_owned();
            (lens.name.clone(), title, lens.name == chosen)
        });
        let count = ask.map_or(atlaas_model::USUAL_PEERS, |ask| ask.count);
        let mut counts: Vec<u32> = COUNTS.to_vec();
        if !counts.contains(&count) {
            counts.push(count);
            counts.sort_unstable();
        }
        let how = ask.map(peers_pairs).unwrap_or_default().into_iter();
        let own = |name: &str| matches!(name, "poids" | "avec");
        Self {
            place: place.to_owned(),
            lenses: lenses.collect(),
            stratum: ask.is_some_and(|ask| ask.choice == PeerChoice::Stratum),
            counts: counts.into_iter().map(|n| (n, n == count)).collect(),
            hidden: how.filter(|(name, _)| own(name)).collect(),
        }
    }
}

/// Territories to choose from: name, where each lies, its comparison.
pub fn proposals(
    frame: &Frame,
    snapshot: &Snapshot,
    docs: &[DocId],
) -> Vec<(String, String, String)> {
    let catalogue = snapshot.catalogue();
    let line = |doc: &DocId| {
        let fiche = catalogue.fiche(*doc);
        let place = catalogue.name_above(fiche, Level::Departement);
        let kind = frame.lang.kind(catalogue.schema(), fiche.kind);
        let place = place.map_or_else(|| kind.clone(), |place| format!("{kind}, {place}"));
        let href = frame.to(&format!("/comparer/{}", fiche.id), "");
        (fiche.name.clone(), place, href)
    };
    docs.iter().map(line).collect()
}

/// The orders of the table of peers: title, address, whether it is this one.
pub fn orders(
    frame: &Frame,
    path: &str,
    how: &str,
    order: PeerOrder,
) -> Vec<(String, String, bool)> {
    let link = |other: PeerOrder| {
        let title = frame.lang.say(other.title()).to_owned();
        let mut query = how.to_owned();
        if other != PeerOrder::Distance {
            let mark = if query.is_empty() { "" } else { "&" };
            query = format!("{query}{mark}ordre={}", other.as_str());
        }
        (title, frame.to(path, &query), other == order)
    };
    PeerOrder::ALL.into_iter().map(link).collect()
}
