//! Fiches in a list: what a line says, and where it leads.

use super::frame::{Frame, Lang};
use atlaas_engine::{Catalogue, Hit, Snapshot};
use atlaas_model::{DocId, Facet, Fiche, Kind, Vocabulary};
use std::fmt::Write as _;

/// Characters of a description in a list.
const LONGEST_TEXT: usize = 180;

/// One line of a list of fiches.
pub struct HitView {
    /// Id of the fiche.
    pub id: String,
    /// Address of its page.
    pub href: String,
    /// Safe HTML.
    pub title: String,
    /// Safe HTML; may be empty.
    pub text: String,
    /// Kind, place, year, distance: short facts in reading order.
    pub facts: Vec<String>,
    /// Label of a territory, as arobases.
    pub level: String,
    /// Colour of its main enjeu; empty without.
    pub color: String,
    /// Whether its dot is round: places have square ones.
    pub round: bool,
    /// `longitude,latitude`; empty without a position.
    pub at: String,
}

impl HitView {
    /// A hit of a search.
    pub fn of_hit(frame: &Frame, snapshot: &Snapshot, hit: &Hit) -> Self {
        let mut view = Self::of_doc(frame, snapshot.catalogue(), hit.doc);
        if let Some(title) = &hit.title {
            view.title.clone_from(&title.html);
        }
        if let Some(text) = &hit.text {
            view.text.clone_from(&text.html);
        }
        if let Some(km) = hit.distance_km {
            view.facts.push(frame.lang.kilometres(km));
        }
        view
    }

    /// A fiche in a list that nobody searched for.
    pub fn of_doc(frame: &Frame, catalogue: &Catalogue, doc: DocId) -> Self {
        let fiche = catalogue.fiche(doc);
        let level = if fiche.kind.is_territory() {
            catalogue.level(doc)
        } else {
            0
        };
        Self {
            id: fiche.id.to_string(),
            href: frame.to(&path(fiche), ""),
            title: escape(&fiche.name),
            text: escape(&shorten(&fiche.text)),
            facts: facts(frame.lang, catalogue, doc),
            level: "@".repeat(usize::from(level)),
            color: color(fiche, catalogue.vocabulary()).to_owned(),
            round: fiche.kind != Kind::Colieu,
            at: fiche
                .position
                .map(|place| format!("{:.5},{:.5}", place.longitude(), place.latitude()))
                .unwrap_or_default(),
        }
    }
}

/// The page of a fiche, below the public prefix: territories have addresses by code.
pub fn path(fiche: &Fiche) -> String {
    match fiche.code {
        Some(code) if fiche.kind.is_territory() => format!("/{}/{code}", fiche.kind),
        _ => format!("/fiche/{}", fiche.id),
    }
}

/// The name of a kind, in the singular.
pub const fn kind_name(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Commune => "commune",
        Kind::Epci => lang.t("intercommunalité", "intercommunality"),
        Kind::Departement => lang.t("département", "department"),
        Kind::Region => lang.t("région", "region"),
        Kind::Colieu => lang.t("lieu de médiation", "digital place"),
        Kind::Initiative => "initiative",
    }
}

/// The colour of a fiche ([`Fiche::category`]), as on the map; empty without one.
pub fn color<'a>(fiche: &Fiche, vocabulary: &'a Vocabulary) -> &'a str {
    let terms = vocabulary.terms(fiche.kind.category_facet());
    let category = fiche.category();
    let term = category.and_then(|slug| terms.iter().find(|term| term.slug == slug));
    term.map_or("", |term| term.couleur.as_str())
}

fn facts(lang: Lang, catalogue: &Catalogue, doc: DocId) -> Vec<String> {
    let fiche = catalogue.fiche(doc);
    let mut facts = vec![kind_name(lang, fiche.kind).to_owned()];
    if fiche.kind.is_territory() {
        if let (Some(code), Kind::Commune) = (fiche.territory.departement, fiche.kind) {
            let name = catalogue
                .territory_name(Kind::Departement, code)
                .unwrap_or_default();
            facts.push(format!("{name} ({code})"));
        }
        if let Some(people) = fiche.population {
            facts.push(format!(
                "{} {}",
                lang.number(people.into()),
                lang.t("habitants", "inhabitants")
            ));
        }
        let contents = catalogue.contents(doc);
        if contents.initiatives > 0 {
            facts.push(format!(
                "{} initiatives",
                lang.number(contents.initiatives.into())
            ));
        }
        return facts;
    }
    for slug in fiche
        .slugs(Catalogue::category_facet(fiche.kind))
        .iter()
        .take(2)
    {
        let facet = Catalogue::category_facet(fiche.kind);
        facts.push(catalogue.vocabulary().label(facet, slug).to_owned());
    }
    if let Some(name) = fiche
        .territory
        .commune
        .and_then(|code| catalogue.territory_name(Kind::Commune, code))
    {
        facts.push(name.to_owned());
    }
    if let Some(year) = fiche.year {
        facts.push(year.to_string());
    }
    facts
}

/// Names of the terms of a facet that a fiche bears, with their slugs.
pub fn terms(fiche: &Fiche, vocabulary: &Vocabulary, facet: Facet) -> Vec<(String, String)> {
    let named = |slug: &String| (slug.clone(), vocabulary.label(facet, slug).to_owned());
    fiche.slugs(facet).iter().map(named).collect()
}

fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) else {
        return text.to_owned();
    };
    let cut = &text[..end];
    let whole = cut.rsplit_once(' ').map_or(cut, |(before, _)| before);
    format!("{whole}…")
}

/// Text made safe for HTML content and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No control character but these has a place in a page.
            '\n' | '\t' => out.push(' '),
            control if control.is_control() => {
                let _ = write!(out, "\u{fffd}");
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_name_stays_text() {
        assert_eq!(
            escape("L'<b>\"é\" & co\n"),
            "L&#39;&lt;b&gt;&quot;é&quot; &amp; co "
        );
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let long = "mot ".repeat(100);
        let short = shorten(&long);
        assert!(
            short.chars().count() <= LONGEST_TEXT + 1 && short.ends_with("mot…"),
            "{short}"
        );
        assert_eq!(shorten("court"), "court");
    }
}
