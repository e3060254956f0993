//! Fiches in a list: what a line says, and where it leads.

use crate::pages::layout::frame::Frame;
use crate::picture::color_of;
use crate::words::escape::escape;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{Catalogue, Hit, Snapshot};
use atlaas_model::{DocId, Fiche, Level, Symbol};

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
            color: color_of(fiche, catalogue.schema()).to_owned(),
            round: catalogue
                .schema()
                .layer(fiche.kind)
                .is_none_or(|layer| layer.symbol == Symbol::Round),
            at: place_of(fiche),
        }
    }
}

/// Where a fiche lies, as `longitude,latitude`; empty when nobody knows.
pub fn place_of(fiche: &Fiche) -> String {
    fiche
        .position
        .map(|place| format!("{:.5},{:.5}", place.longitude(), place.latitude()))
        .unwrap_or_default()
}

/// The page of a fiche, below the public prefix: territories have addresses by code.
pub fn path(fiche: &Fiche) -> String {
    match fiche.code {
        Some(code) if fiche.kind.is_territory() => format!("/{}/{code}", fiche.kind),
        _ => format!("/fiche/{}", fiche.id),
    }
}

/// Says that a label was given to a territoire as a whole.
pub fn label_of(lang: Language, territoire: &str) -> String {
    lang.tell(&Message::new("hit-label-of").with("name", territoire))
}

fn facts(lang: Language, catalogue: &Catalogue, doc: DocId) -> Vec<String> {
    let fiche = catalogue.fiche(doc);
    let schema = catalogue.schema();
    let mut facts = vec![lang.kind(schema, fiche.kind)];
    if fiche.kind.is_territory() {
        if let Some(code) = fiche
            .territory
            .departement
            .filter(|_| fiche.kind == Level::Commune)
        {
            let name = catalogue
                .territory_name(Level::Departement, code)
                .unwrap_or_default();
            facts.push(format!("{name} ({code})"));
        }
        if let Some(people) = fiche.population() {
            let inhabitants = Message::new("hit-inhabitants").count("n", people);
            facts.push(lang.tell(&inhabitants));
        }
        // What people look for first in a territory.
        let first = catalogue
            .contents(doc)
            .next()
            .filter(|(layer, n)| layer.counted && *n > 0);
        facts.extend(first.map(|(layer, n)| lang.counted(schema, layer.kind(), n)));
        if let Some(whole) = catalogue.labelled_as_part_of(doc) {
            facts.push(label_of(lang, &whole.name));
        }
        return facts;
    }
    if let Some(facet) = schema.colour(fiche.kind) {
        let slugs = fiche.slugs(facet).iter().take(2);
        facts.extend(slugs.map(|slug| catalogue.vocabulary().label(facet, slug).to_owned()));
    }
    let commune = catalogue.name_at(fiche, Level::Commune);
    facts.extend(commune.map(str::to_owned));
    if let Some(year) = fiche.year() {
        facts.push(year.to_string());
    }
    facts
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
