//! Facets as links: each value with its count and the query that puts it on or takes it off.

use crate::pages::layout::frame::Frame;
use crate::pages::list::links;
use crate::words::language::Language;
use atlaas_engine::{FacetCounts, FacetValue, Query, Snapshot};
use atlaas_model::{Facet, Schema};

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
    pub title: String,
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
    let schema = snapshot.schema();
    let terms = schema.vocabulary.terms(name);
    let mut values: Vec<&FacetValue> = counts.valeurs.iter().collect();
    if let Some(info) = schema.info(name).filter(|info| !info.classes.is_empty()) {
        // The few and the many stand in their own order, whichever are frequent.
        let rank = |value: &&FacetValue| info.classes().position(|c| *c == *value.valeur);
        values.sort_by_key(rank);
    }
    let kept = values
        .into_iter()
        .enumerate()
        .filter(|(rank, value)| *rank < shown || value.selectionnee);
    let choices = kept
        .map(|(_, value)| Choice {
            id: format!("f-{name}-{}", value.valeur),
            name: match name {
                Facet::Type => kinds(frame.lang, schema, &value.valeur),
                _ => frame.lang.value(schema, name, &value.valeur, &value.nom),
            },
            n: frame.lang.number(value.n.into()),
            on: value.selectionnee,
            href: frame.explorer(&links::toggle(base, schema, name, &value.valeur).canonical()),
            color: terms
                .iter()
                .find(|term| *term.slug == *value.valeur)
                .map(|term| term.couleur.clone())
                .unwrap_or_default(),
        })
        .collect();
    FacetView {
        name: name.as_str(),
        title: frame.lang.facet(schema, name),
        count: counts.total,
        open: (name == Facet::Type
            || schema.layers().first().and_then(|layer| layer.coloured_by) == Some(name))
            || counts.valeurs.iter().any(|value| value.selectionnee),
        choices,
    }
}

/// The name of a kind, for several of them.
pub fn kinds(lang: Language, schema: &Schema, name: &str) -> String {
    let kind = schema.kind(name);
    kind.map_or_else(|| name.to_owned(), |kind| lang.kinds(schema, kind))
}
