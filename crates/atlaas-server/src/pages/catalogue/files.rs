//! The files of a data set: each form that its fiches take, its features, its tiles.

use crate::formats::format::{Content, ListFormat};
use crate::formats::{self, csv, xlsx};
use crate::wire::media::{GEOJSON, JSON, MVT};
use crate::words::language::Language;
use atlaas_engine::{Snapshot, Tileset};
use atlaas_model::{Kind, Level};

/// One way to have a data set.
#[derive(Clone, Debug)]
pub struct ListedFile {
    /// Name of it, unique in its data set.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What is to be known of it; may be empty.
    pub about: &'static str,
    /// Its address.
    pub address: String,
    /// Whether the whole data set lies behind the address.
    pub whole: bool,
    /// Media type, without parameters.
    pub media: &'static str,
    /// What the form is called: `CSV`.
    pub form: String,
    /// Whether the table schema of the data set tells its columns.
    pub tabular: bool,
}

/// The files of a kind of fiches.
pub fn of_kind(snapshot: &Snapshot, base: &str, kind: Kind, language: Language) -> Vec<ListedFile> {
    let forms = formats::ALL.iter().filter(|format| has_bytes(format));
    let mut files: Vec<ListedFile> = forms
        .flat_map(|format| of_form(format, base, kind, language))
        .collect();
    let collection = match kind {
        Kind::Territory(Level::Epci) => "epcis",
        Kind::Territory(_) | Kind::Point(_) => snapshot.schema().plural(kind),
    };
    files.push(ListedFile {
        id: "ogc".to_owned(),
        title: "OGC API Features".to_owned(),
        about: language.say("catalogue-pages"),
        address: format!("{base}/ogc/collections/{collection}/items"),
        whole: false,
        media: GEOJSON,
        form: "OGC API Features".to_owned(),
        tabular: false,
    });
    let tileset = match kind {
        Kind::Territory(_) => Some(Tileset::Territoires),
        Kind::Point(_) => snapshot
            .schema()
            .layer(kind)
            .map(|layer| Tileset::Layer(layer.name)),
    };
    let tileset = tileset.filter(|tileset| snapshot.tilesets().any(|known| known == *tileset));
    files.extend(tileset.map(|tileset| ListedFile {
        id: "tuiles".to_owned(),
        title: "TileJSON, MVT".to_owned(),
        about: "",
        address: format!("{base}/tiles/{tileset}.json"),
        whole: false,
        media: MVT,
        form: "MVT".to_owned(),
        tabular: false,
    }));
    // Who takes the first takes all.
    files.sort_by_key(|file| !file.whole);
    files
}

const fn has_bytes(format: &ListFormat) -> bool {
    !matches!(format.content, Content::Elsewhere)
}

/// A form as pages offer it, which may be in several dialects, or as it is.
fn of_form(format: &ListFormat, base: &str, kind: Kind, language: Language) -> Vec<ListedFile> {
    let whole = matches!(format.content, Content::Whole { .. });
    let file = |title: String, query: &str| {
        let dialect = query.split_once('=').map_or("", |(_, dialect)| dialect);
        let [joint, mark] = if query.is_empty() {
            ["", ""]
        } else {
            ["-", "&"]
        };
        ListedFile {
            id: format!("{}{joint}{dialect}", format.name),
            title,
            about: if whole {
                ""
            } else {
                language.say("catalogue-pages")
            },
            address: format!("{base}{}?type={kind}{mark}{query}", formats::path(format)),
            whole,
            media: bare(format.media),
            form: format.name.to_uppercase(),
            // A schema tells the usual dialect.
            tabular: query.is_empty()
                && [csv::FORMAT.name, xlsx::FORMAT.name].contains(&format.name),
        }
    };
    if format.offers.is_empty() {
        return vec![file(format.name.to_uppercase(), "")];
    }
    let offers = format.offers.iter();
    offers
        .map(|offer| file((offer.text)(language).to_owned(), offer.query))
        .collect()
}

/// The files of figures below a path and query.
pub fn of_figures(base: &str, path: &str) -> Vec<ListedFile> {
    let file = |name: &str, about: &str, media: &'static str| ListedFile {
        id: name.to_owned(),
        title: about.to_owned(),
        about: "",
        address: format!("{base}{path}&f={name}"),
        whole: true,
        media: bare(media),
        form: name.to_uppercase(),
        tabular: name == csv::FORMAT.name,
    };
    vec![
        file("json", "JSON", JSON),
        file(csv::FORMAT.name, "CSV", csv::FORMAT.media),
        file(xlsx::FORMAT.name, "XLSX", xlsx::FORMAT.media),
    ]
}

/// A media type without its parameters.
fn bare(media: &'static str) -> &'static str {
    media.split(';').next().unwrap_or(media)
}
