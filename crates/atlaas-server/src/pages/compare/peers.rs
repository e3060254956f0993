//! The peers as rows: who, how far, why, what they have.

use crate::pages::compare::order::PeerOrder;
use crate::pages::compare::profile::figure;
use crate::pages::layout::frame::Frame;
use crate::pages::list::hits;
use crate::words::message::Message;
use atlaas_engine::{Peer, Snapshot};
use atlaas_model::Level;

/// Variables that are told as the reason of a distance.
const REASONS: usize = 2;

/// A peer.
pub struct PeerRow {
    /// Name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its own comparison.
    pub compare: String,
    /// Where it lies.
    pub place: String,
    /// Inhabitants.
    pub population: String,
    /// How far it is; empty without a distance.
    pub distance: String,
    /// What makes the most of that distance.
    pub why: String,
    /// Label, as arobases.
    pub level: String,
    /// Objects of each counted layer.
    pub counts: Vec<String>,
}

/// The rows of some peers, in an order.
pub fn rows(frame: &Frame, snapshot: &Snapshot, peers: &[Peer], order: PeerOrder) -> Vec<PeerRow> {
    let mut peers: Vec<&Peer> = peers.iter().collect();
    let fiche = |peer: &Peer| snapshot.catalogue().fiche(peer.doc);
    match order {
        PeerOrder::Distance => {}
        PeerOrder::Name => peers.sort_by_cached_key(|peer| atlaas_model::slug(&fiche(peer).name)),
        PeerOrder::Population => {
            peers.sort_by_key(|peer| std::cmp::Reverse(fiche(peer).population()));
        }
    }
    peers
        .into_iter()
        .map(|peer| row(frame, snapshot, peer))
        .collect()
}

fn row(frame: &Frame, snapshot: &Snapshot, peer: &Peer) -> PeerRow {
    let catalogue = snapshot.catalogue();
    let fiche = catalogue.fiche(peer.doc);
    let place = catalogue.name_above(fiche, Level::Departement);
    let counted = catalogue
        .contents(peer.doc)
        .filter(|(layer, _)| layer.counted);
    PeerRow {
        name: fiche.name.clone(),
        href: frame.to(&hits::path(fiche), ""),
        compare: frame.to(&format!("/comparer/{}", fiche.id), ""),
        place: place.unwrap_or_default().to_owned(),
        population: fiche
            .population()
            .map(|people| frame.lang.number(people.into()))
            .unwrap_or_default(),
        distance: peer
            .distance
            .map(|far| figure(frame, far.value))
            .unwrap_or_default(),
        why: why(frame, snapshot, peer),
        level: "@".repeat(usize::from(catalogue.level(peer.doc))),
        counts: counted.map(|(_, n)| frame.lang.number(n.into())).collect(),
    }
}

/// `densité 45 %, revenu 20 %`: the variables that make the most of the distance.
fn why(frame: &Frame, snapshot: &Snapshot, peer: &Peer) -> String {
    let variables = snapshot.comparer().variables().iter();
    let mut shares: Vec<(&str, f64)> = variables
        .zip(&peer.shares)
        .map(|(variable, share)| (frame.lang.of(&variable.title), *share))
        .filter(|(_, share)| *share >= 0.005)
        .collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let told = shares.iter().take(REASONS).map(|(title, share)| {
        let message = Message::new("compare-share")
            .with("title", title.to_lowercase())
            .with("percent", format!("{:.0}", share * 100.0));
        frame.lang.tell(&message)
    });
    told.collect::<Vec<_>>().join(", ")
}
