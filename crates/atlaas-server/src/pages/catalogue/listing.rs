//! What the catalogue lists: one data set a level of territories and a layer, the figures, the services,
//! the sources.

use crate::formats::stamp::{LICENCE, SnapshotStamp};
use crate::pages::catalogue::files::{self, ListedFile};
use crate::pages::catalogue::services::{self, ListedService};
use crate::pages::catalogue::sources::{self, ListedSource};
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::Snapshot;
use atlaas_model::{ColumnType, Kind, Value};

/// Path of the catalogue.
pub const PATH: &str = "/catalogue";
/// Where figures are published, by the dimension that shows them.
const FIGURES: &str = "/api/v1/barometre?par=departement";

/// Everything that is published.
#[derive(Clone, Debug)]
pub struct Listing {
    /// How absolute addresses begin.
    pub base: String,
    /// Language of its words.
    pub language: Language,
    /// The snapshot that is published.
    pub stamp: SnapshotStamp,
    /// The data sets.
    pub datasets: Vec<ListedDataset>,
    /// The services.
    pub services: Vec<ListedService>,
    /// What they were made of.
    pub sources: Vec<ListedSource>,
}

/// A data set.
#[derive(Clone, Debug)]
pub struct ListedDataset {
    /// Name of it, unique in the catalogue.
    pub id: &'static str,
    /// The fiches that it holds; none for figures.
    pub kind: Option<Kind>,
    /// What people call it.
    pub title: String,
    /// What it holds, in a sentence.
    pub about: String,
    /// Words by which it is found.
    pub keywords: Vec<String>,
    /// Fiches in it.
    pub count: Option<u64>,
    /// Last change that its fiches tell of, `YYYY-MM-DD`.
    pub newest: Option<String>,
    /// First and last year that its fiches are about.
    pub years: Option<(u16, u16)>,
    /// Address of the text of its licence.
    pub licence: String,
    /// The page that shows it.
    pub page: String,
    /// Where its columns are told.
    pub schema: String,
    /// Ways to have it.
    pub files: Vec<ListedFile>,
}

impl Listing {
    /// What is published of a snapshot.
    pub fn new(snapshot: &Snapshot, base: &str, language: Language) -> Self {
        let kinds = snapshot.schema().kinds().into_iter();
        let mut datasets: Vec<ListedDataset> = kinds
            .map(|kind| of_kind(snapshot, base, kind, language))
            .collect();
        datasets.push(figures(base, language));
        Self {
            base: base.to_owned(),
            language,
            stamp: SnapshotStamp::of(snapshot),
            datasets,
            services: services::all(base, language),
            sources: sources::all(snapshot, language),
        }
    }

    /// The sources of a data set: of a layer its own, of territories those that no layer has.
    pub fn sources_of(&self, dataset: &ListedDataset) -> impl Iterator<Item = &ListedSource> {
        let kind = dataset.kind;
        let layer = kind.filter(|kind| !kind.is_territory());
        let made_up = self.stamp.demonstration;
        self.sources.iter().filter(move |source| {
            if source.is_context {
                return kind.is_none();
            }
            made_up || kind.is_none() || source.feeds == layer
        })
    }
}

fn of_kind(snapshot: &Snapshot, base: &str, kind: Kind, language: Language) -> ListedDataset {
    let schema = snapshot.schema();
    let plural = language.kinds(schema, kind);
    let layer = schema.layer(kind);
    let docs = snapshot.catalogue().docs_of(kind);
    let told = Message::new("catalogue-entries-of").with("kinds", &plural);
    let described = layer.map(|layer| language.of(&layer.description));
    let described = described.filter(|text| !text.is_empty());
    let name = schema.plural(kind);
    let title = layer.map_or_else(
        || capital(&plural),
        |layer| language.of(&layer.title).to_owned(),
    );
    let mut keywords = vec![plural];
    keywords.extend(
        ["catalogue-keyword-communes", "catalogue-keyword-digital"]
            .map(|id| language.say(id).to_owned()),
    );
    keywords.dedup();
    ListedDataset {
        id: name,
        kind: Some(kind),
        title: language.tell(&Message::new("catalogue-dataset").with("title", title)),
        about: match described {
            Some(text) => format!("{text}. {}", language.tell(&told)),
            None => language.tell(&told),
        },
        keywords,
        count: Some(docs.len() as u64),
        newest: sources::newest(snapshot, kind).map(|day| day.to_string()),
        years: years(snapshot, kind),
        licence: layer
            .map(|layer| layer.making.licence.clone())
            .filter(|licence| !licence.is_empty())
            .unwrap_or_else(|| LICENCE.url.to_owned()),
        page: format!("{base}/?type={kind}"),
        schema: format!("{base}/api/v1/schemas/{name}.json"),
        files: files::of_kind(snapshot, base, kind, language),
    }
}

fn figures(base: &str, language: Language) -> ListedDataset {
    ListedDataset {
        id: "barometre",
        kind: None,
        title: language.tell(
            &Message::new("catalogue-dataset").with("title", language.say("barometer-title")),
        ),
        about: language.say("catalogue-figures").to_owned(),
        keywords: ["catalogue-keyword-communes", "catalogue-keyword-digital"]
            .map(|id| language.say(id).to_owned())
            .to_vec(),
        count: None,
        newest: None,
        years: None,
        licence: LICENCE.url.to_owned(),
        page: format!("{base}/barometre?par=departement"),
        schema: format!("{base}/api/v1/schemas/barometre.json?par=departement"),
        files: files::of_figures(base, FIGURES),
    }
}

/// The first and the last year that the fiches of a kind have in a column of years.
fn years(snapshot: &Snapshot, kind: Kind) -> Option<(u16, u16)> {
    let columns = snapshot.schema().columns(kind).iter();
    let keys: Vec<_> = columns
        .filter(|column| column.kind == ColumnType::Year)
        .map(|column| column.key)
        .collect();
    let catalogue = snapshot.catalogue();
    let docs = catalogue.docs_of(kind);
    let years = docs.flat_map(|doc| {
        let values = &catalogue.fiche(doc).values;
        keys.iter().filter_map(|key| match values.get(*key) {
            Some(Value::Year(year)) => Some(*year),
            _ => None,
        })
    });
    let (first, last) = years.fold((u16::MAX, 0), |(first, last), year| {
        (first.min(year), last.max(year))
    });
    (first <= last).then_some((first, last))
}

/// A text that begins with a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}
