//! The one spelling of a query, and its shorter forms: cache key of tiles, binding of cursors.

use crate::query::{
    aspects, centre::Near, likeness, limits::DEFAULT_LIMIT, order::Sort, polygon, request::Query,
    values,
};
use std::fmt::Write as _;

impl Query {
    /// The one spelling of this query: `name=value` pairs in alphabetical order, percent-encoded,
    /// defaults left out. Empty for the query that asks for everything.
    pub fn canonical(&self) -> String {
        let mut pairs = self.filter_pairs();
        if let Some(position) = self.position {
            pairs.push(("lat".into(), position.latitude().to_string()));
            pairs.push(("lon".into(), position.longitude().to_string()));
        }
        if let Some(counted) = &self.counted {
            let names: Vec<&str> = counted.iter().map(|facet| facet.as_str()).collect();
            pairs.push(("facettes".into(), names.join(",")));
        }
        for (facet, words) in &self.facet_search {
            pairs.push((format!("facette.{facet}"), words.clone()));
        }
        if self.sort != Sort::default() {
            pairs.push(("tri".into(), self.sort.as_str().into()));
        }
        if self.limit != DEFAULT_LIMIT {
            pairs.push(("limit".into(), self.limit.to_string()));
        }
        if self.offset != 0 {
            pairs.push(("offset".into(), self.offset.to_string()));
        }
        if let Some(after) = &self.after {
            pairs.push(("apres".into(), after.to_string()));
        }
        if self.explain {
            pairs.push(("explication".into(), "1".into()));
        }
        encode(pairs)
    }

    /// The same without paging, order, counting and explanation: which fiches, not how they are
    /// shown. The cache key of filtered tiles.
    pub fn filter_canonical(&self) -> String {
        let mut pairs = self.filter_pairs();
        // The asker's position chooses among homonyms and is the centre of `rayon`; it does
        // nothing else to which fiches match.
        if let Some(position) = self.position
            && (self.radius_km.is_some() || self.q.is_some() || self.near.is_some())
        {
            pairs.push(("lat".into(), position.latitude().to_string()));
            pairs.push(("lon".into(), position.longitude().to_string()));
        }
        encode(pairs)
    }

    fn filter_pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if let Some(q) = &self.q {
            push("q", q.clone());
        }
        if self.q_brut {
            push("q_brut", "1".into());
        }
        if self.strict {
            push("strict", "1".into());
        }
        if self.close {
            push("sens_proches", "1".into());
        }
        for (name, beside) in [("ou_nom", &self.or_named), ("ou_texte", &self.or_texted)] {
            for (facet, words) in beside {
                push(name, format!("{facet}:{words}"));
            }
        }
        if !self.kinds.is_empty() {
            let names: Vec<&str> = self.kinds.iter().map(|kind| kind.as_str()).collect();
            push("type", names.join(","));
        }
        for (kind, values) in &self.territories {
            for value in values {
                push(kind.as_str(), value.clone());
            }
        }
        for (facet, slugs) in &self.facets {
            push(facet.as_str(), slugs.join(","));
        }
        for (facet, years) in &self.years {
            let spans: Vec<String> = years.iter().map(values::year_span).collect();
            push(facet.as_str(), spans.join(","));
        }
        for (facet, range) in &self.ranges {
            for (end, bound) in [("min", &range.least), ("max", &range.most)] {
                if let Some(bound) = bound {
                    push(&format!("{facet}_{end}"), bound.text.clone());
                }
            }
        }
        if !self.label_years.is_empty() {
            let spans: Vec<String> = self.label_years.iter().map(values::year_span).collect();
            push("annee_label", spans.join(","));
        }
        if !self.levels.is_empty() {
            let levels: Vec<String> = self.levels.iter().map(u8::to_string).collect();
            push("arobases", levels.join(","));
        }
        pairs.extend(self.aspects.iter().map(aspects::pair));
        pairs.extend(self.place_pairs());
        pairs
    }

    fn place_pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        if let Some(b) = self.bbox {
            let value = format!("{},{},{},{}", b.west, b.south, b.east, b.north);
            pairs.push(("bbox".into(), value));
        }
        match &self.near {
            Some(Near::Position(position)) => pairs.push((
                "pres_de".into(),
                format!("{},{}", position.longitude(), position.latitude()),
            )),
            Some(Near::Name(name)) => pairs.push(("pres_de".into(), name.clone())),
            None => {}
        }
        if let Some(peers) = &self.peers {
            pairs.extend(likeness::pairs(peers));
        }
        if let Some(radius_km) = self.radius_km {
            pairs.push(("rayon".into(), radius_km.to_string()));
        }
        if let Some(around_km) = self.around_km {
            pairs.push(("autour".into(), around_km.to_string()));
        }
        if let Some(polygons) = &self.polygon {
            pairs.push(("polygone".into(), polygon::to_wkt(polygons)));
        }
        pairs
    }
}

fn encode(mut pairs: Vec<(String, String)>) -> String {
    pairs.sort();
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&name);
        out.push('=');
        percent_encode(&value, &mut out);
    }
    out
}

/// RFC 3986: everything but unreserved characters and the comma, which is a legal sub-delimiter in
/// a query and keeps lists readable.
fn percent_encode(value: &str, out: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            out.push(byte as char);
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

impl Query {
    /// What a cursor is bound to: which fiches match, and where the asker is (it moves scores).
    pub(crate) fn canonical_for_cursor(&self) -> String {
        let mut shown = self.clone();
        shown.counted = None;
        shown.facet_search.clear();
        shown.limit = DEFAULT_LIMIT;
        shown.offset = 0;
        shown.after = None;
        shown.explain = false;
        shown.canonical()
    }
}
