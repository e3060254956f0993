//! Fiches in a list: what a line says, and where it leads.

use crate::pages::layout::frame::Frame;
use crate::picture::color_of;
use crate::words::escape::escape;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{Catalogue, Hit, Snapshot};
use atlaas_model::{DocId, Facet, Fiche, Kind, Vocabulary};

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
            color: color_of(fiche, catalogue.vocabulary()).to_owned(),
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
pub fn kind_name(lang: Language, kind: Kind) -> &'static str {
    lang.say(match kind {
        Kind::Commune => "kind-commune",
        Kind::Epci => "kind-epci",
        Kind::Departement => "kind-departement",
        Kind::Region => "kind-region",
        Kind::Colieu => "kind-colieu",
        Kind::Initiative => "kind-initiative",
    })
}

/// Says that a label was given to a territoire as a whole.
pub fn label_of(lang: Language, territoire: &str) -> String {
    lang.tell(&Message::new("hit-label-of").with("name", territoire))
}

fn facts(lang: Language, catalogue: &Catalogue, doc: DocId) -> Vec<String> {
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
            let inhabitants = Message::new("hit-inhabitants").count("n", people);
            facts.push(lang.tell(&inhabitants));
        }
        let contents = catalogue.contents(doc);
        if contents.initiatives > 0 {
            let initiatives = Message::new("hit-initiatives").count("n", contents.initiatives);
            facts.push(lang.tell(&initiatives));
        }
        if let Some(whole) = catalogue.labelled_as_part_of(doc) {
            facts.push(label_of(lang, &whole.name));
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

#[cfg(test)]
mod tests {
    use super::*;

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
