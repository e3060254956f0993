//! Facets as links: each value with its count and the query that puts it on or takes it off.

use crate::pages::layout::frame::Frame;
use crate::pages::list::links;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{FacetCounts, Query, Snapshot};
use atlaas_model::Facet;

/// Values of a facet that are shown before one searches in it.
const SHOWN: usize = 12;
/// Values shown when they answer a search inside the facet.
const SHOWN_FOUND: usize = 30;

/// One value of a facet, as a link that puts it on or takes it off.
pub struct Choice {
    /// Unique in the page, so that focus survives a swap.
    pub id: String,
    /// Name.
    pub name: String,
    /// Count, written out.
    pub n: String,
    /// Whether it is on.
    pub on: bool,
    /// The query with it turned over.
    pub href: String,
    /// Colour, for enjeux; may be empty.
    pub color: String,
}

/// A facet with its values.
pub struct FacetView {
    /// Public name.
    pub name: &'static str,
    /// Title.
    pub title: &'static str,
    /// How many values there are.
    pub count: u32,
    /// Whether it is shown open.
    pub open: bool,
    /// Values in order.
    pub choices: Vec<Choice>,
}

pub fn facets(
    frame: &Frame,
    base: &Query,
    asked: &Query,
    counts: &[FacetCounts],
    snapshot: &Snapshot,
) -> Vec<FacetView> {
    counts
        .iter()
        .filter(|counts| {
            // One that is searched in stays, however little is found.
            counts.valeurs.len() > 1
                || counts.valeurs.iter().any(|value| value.selectionnee)
                || asked.facet_search.contains_key(&counts.facette)
        })
        .map(|counts| facet(frame, base, asked, counts, snapshot))
        .collect()
}

fn facet(
    frame: &Frame,
    base: &Query,
    asked: &Query,
    counts: &FacetCounts,
    snapshot: &Snapshot,
) -> FacetView {
    let name = counts.facette;
    let searched = asked.facet_search.contains_key(&name);
    let shown = if searched { SHOWN_FOUND } else { SHOWN };
    let terms = snapshot.catalogue().vocabulary().terms(name);
    let kept = counts
        .valeurs
        .iter()
        .enumerate()
        .filter(|(rank, value)| *rank < shown || value.selectionnee);
    let choices = kept
        .map(|(_, value)| Choice {
            id: format!("f-{name}-{}", value.valeur),
            name: match name {
                Facet::Type => kinds(frame.lang, &value.valeur).to_owned(),
                _ => value.nom.to_string(),
            },
            n: frame.lang.number(value.n.into()),
            on: value.selectionnee,
            href: frame.explorer(&links::toggle(base, name, &value.valeur).canonical()),
            color: terms
                .iter()
                .find(|term| *term.slug == *value.valeur)
                .map(|term| term.couleur.clone())
                .unwrap_or_default(),
        })
        .collect();
    FacetView {
        name: name.as_str(),
        title: frame.lang.facet(name),
        count: counts.total,
        open: matches!(name, Facet::Type | Facet::Enjeu)
            || counts.valeurs.iter().any(|value| value.selectionnee),
        choices,
    }
}

/// The name of a kind, for several of them.
pub fn kinds(lang: Language, kind: &str) -> &'static str {
    lang.say(match kind {
        "commune" => "kinds-commune",
        "epci" => "kinds-epci",
        "departement" => "kinds-departement",
        "region" => "kinds-region",
        "colieu" => "kinds-colieu",
        _ => "kinds-initiative",
    })
}

/// So many fiches of a kind.
pub fn counted(lang: Language, kind: &str, n: u32) -> String {
    let id = match kind {
        "commune" => "count-commune",
        "epci" => "count-epci",
        "departement" => "count-departement",
        "region" => "count-region",
        "colieu" => "count-colieu",
        _ => "count-initiative",
    };
    lang.tell(&Message::new(id).count("n", n))
}
