//! What the scripts of a page are told, as JSON beside it.

use crate::pages::layout::frame::{Frame, inert_json};
use crate::picture::attribution;
use crate::state::base_map::BaseMap;
use crate::words::escape::escape;
use atlaas_engine::Snapshot;
use atlaas_model::{Facet, Kind, Vocabulary};
use serde_json::{Value, json};

/// What scripts need to know, as JSON.
pub fn page_data(frame: &Frame, snapshot: &Snapshot, base_map: Option<&BaseMap>) -> String {
    // Leaflet takes attributions as HTML.
    let base_map = base_map.map(|map| {
        json!({ "url": map.url(), "attribution": escape(map.attribution()), "maxZoom": map.max_zoom() })
    });
    let vocabulary = snapshot.catalogue().vocabulary();
    inert_json(&json!({
        "base": frame.prefix,
        "snapshot": frame.snapshot,
        "attribution": attribution(frame.lang, frame.demonstration),
        "basemap": base_map,
        "legends": {
            "initiatives": legend(vocabulary, atlaas_engine::Catalogue::category_facet(Kind::Initiative)),
            "colieux": legend(vocabulary, atlaas_engine::Catalogue::category_facet(Kind::Colieu)),
        },
    }))
}

fn legend(vocabulary: &Vocabulary, facet: Facet) -> Value {
    vocabulary
        .terms(facet)
        .iter()
        .enumerate()
        .map(|(rank, term)| (term.slug.clone(), json!([term.nom, term.couleur, rank])))
        .collect()
}
