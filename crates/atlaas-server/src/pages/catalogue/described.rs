//! The listing as a graph: DCAT 3 as DCAT-AP uses it, whose French profile adds no class of its own.
//!
//! Followed where they read it otherwise: udata, which runs data.gouv.fr (one title a thing, licences by
//! their title, periods without a name, an identifier a data set), and ckanext-dcat (`owl:versionInfo`
//! beside `dcat:version`).

use crate::formats::stamp::LICENCE;
use crate::pages::catalogue::files::ListedFile;
use crate::pages::catalogue::graph::{Graph, Node, RdfObject};
use crate::pages::catalogue::listing::{ListedDataset, Listing, PATH};
use crate::pages::catalogue::services::ListedService;
use crate::pages::catalogue::sources::ListedSource;
use crate::words::language::Language;
use crate::words::message::Message;
use std::collections::BTreeSet;

/// Authorities of the Publications Office of the European Union.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
/// Registered media types.
const IANA: &str = "https://www.iana.org/assignments/media-types";
/// Media types that nobody registered.
const UNREGISTERED: [&str; 2] = ["application/x-ndjson", "application/gpx+xml"];
/// Forms that the authority of file types has.
const FILE_TYPES: [&str; 5] = ["ATOM", "CSV", "GEOJSON", "JSON", "XLSX"];
/// Themes of every data set: government, regions and cities.
const THEMES: [&str; 2] = ["GOVE", "REGI"];

/// The graph of a listing.
pub fn graph(listing: &Listing) -> Graph {
    let mut told = Described {
        listing,
        graph: Graph::default(),
    };
    told.catalogue();
    for dataset in &listing.datasets {
        told.dataset(dataset);
        for file in &dataset.files {
            told.file(dataset, file);
        }
    }
    for service in &listing.services {
        told.service(service);
    }
    for source in &listing.sources {
        told.source(source);
    }
    told.shared();
    told.graph
}

struct Described<'a> {
    listing: &'a Listing,
    graph: Graph,
}

impl Described<'_> {
    fn iri(&self, name: &str) -> String {
        format!("{}{PATH}#{name}", self.listing.base)
    }

    /// A thing of the catalogue, of a class.
    fn thing(&mut self, iri: &str, class: &str) -> Option<Node> {
        let node = Node::named(iri)?;
        self.graph.tell(&node, "rdf:type", &RdfObject::Name(class));
        Some(node)
    }

    fn words(&mut self, about: &Node, predicate: &str, text: &str) {
        let language = self.listing.language.tag();
        self.graph
            .tell(about, predicate, &RdfObject::Words(text, language));
    }

    fn link(&mut self, about: &Node, predicate: &str, iri: &str) {
        self.graph.tell(about, predicate, &RdfObject::Iri(iri));
    }

    fn authority(&mut self, about: &Node, predicate: &str, name: &str) {
        self.link(about, predicate, &format!("{AUTHORITY}/{name}"));
    }

    /// What the catalogue, data sets, files and services have alike.
    fn published(&mut self, about: &Node, [title, text]: [&str; 2], licence: &str) {
        self.words(about, "dct:title", title);
        if !text.is_empty() {
            self.words(about, "dct:description", text);
        }
        let date = &self.listing.stamp.date;
        for predicate in ["dct:issued", "dct:modified"] {
            let moment = RdfObject::Typed(date, "xsd:dateTime");
            self.graph.tell(about, predicate, &moment);
        }
        self.link(about, "dct:license", licence);
    }

    fn published_by(&mut self, about: &Node) {
        let publisher = self.iri("editeur");
        self.link(about, "dct:publisher", &publisher);
    }

    /// Identifier, version, language, where.
    fn versioned(&mut self, about: &Node, iri: &str) {
        self.graph
            .tell(about, "dct:identifier", &RdfObject::Text(iri));
        let version = &self.listing.stamp.id;
        for predicate in ["dcat:version", "owl:versionInfo"] {
            self.graph.tell(about, predicate, &RdfObject::Text(version));
        }
        self.authority(about, "dct:language", "language/FRA");
        self.authority(about, "dct:spatial", "country/FRA");
    }

    fn catalogue(&mut self) {
        let listing = self.listing;
        let language = listing.language;
        let iri = format!("{}{PATH}", listing.base);
        let Some(about) = self.thing(&iri, "dcat:Catalog") else {
            return;
        };
        let title = language.tell(
            &Message::new("catalogue-dataset").with("title", language.say("catalogue-title")),
        );
        self.published(
            &about,
            [&title, language.say("catalogue-lead")],
            LICENCE.url,
        );
        self.published_by(&about);
        self.versioned(&about, &iri);
        self.link(&about, "foaf:homepage", &format!("{}/", listing.base));
        self.authority(&about, "dcat:themeTaxonomy", "data-theme");
        for dataset in &listing.datasets {
            let dataset = self.iri(dataset.id);
            self.link(&about, "dcat:dataset", &dataset);
        }
        for service in &listing.services {
            let service = self.iri(&service_name(service));
            self.link(&about, "dcat:service", &service);
        }
    }

    fn dataset(&mut self, dataset: &ListedDataset) {
        let listing = self.listing;
        let iri = self.iri(dataset.id);
        let Some(about) = self.thing(&iri, "dcat:Dataset") else {
            return;
        };
        self.published(&about, [&dataset.title, &dataset.about], &dataset.licence);
        self.published_by(&about);
        self.versioned(&about, &iri);
        for keyword in &dataset.keywords {
            self.words(&about, "dcat:keyword", keyword);
        }
        for theme in THEMES {
            self.authority(&about, "dcat:theme", &format!("data-theme/{theme}"));
        }
        self.authority(&about, "dct:accrualPeriodicity", "frequency/IRREG");
        self.authority(&about, "dct:accessRights", "access-right/PUBLIC");
        self.link(&about, "dcat:landingPage", &dataset.page);
        self.link(&about, "dct:conformsTo", &dataset.schema);
        for file in &dataset.files {
            let file = self.iri(&file_name(dataset, file));
            self.link(&about, "dcat:distribution", &file);
        }
        for source in listing.sources_of(dataset) {
            let source = self.iri(&source_name(source));
            self.link(&about, "prov:wasDerivedFrom", &source);
        }
        let period = dataset.years.map(|_| self.graph.unnamed());
        if let Some(period) = &period {
            self.graph
                .tell(&about, "dct:temporal", &RdfObject::Node(period));
        }
        let provenance = self.graph.unnamed();
        self.graph
            .tell(&about, "dct:provenance", &RdfObject::Node(&provenance));
        if let (Some(period), Some((first, last))) = (period, dataset.years) {
            self.period(&period, first, last);
        }
        let class = RdfObject::Name("dct:ProvenanceStatement");
        self.graph.tell(&provenance, "rdf:type", &class);
        let told = Message::new("catalogue-provenance")
            .with("snapshot", &listing.stamp.id)
            .with("date", &listing.stamp.date);
        self.words(&provenance, "rdfs:label", &listing.language.tell(&told));
        self.standard(&dataset.schema, "Table Schema");
    }

    fn period(&mut self, period: &Node, first: u16, last: u16) {
        let class = RdfObject::Name("dct:PeriodOfTime");
        self.graph.tell(period, "rdf:type", &class);
        let (start, end) = (format!("{first:04}-01-01"), format!("{last:04}-12-31"));
        for (predicate, day) in [("dcat:startDate", start), ("dcat:endDate", end)] {
            self.graph
                .tell(period, predicate, &RdfObject::Typed(&day, "xsd:date"));
        }
    }

    fn standard(&mut self, iri: &str, title: &str) {
        if let Some(about) = self.thing(iri, "dct:Standard") {
            self.graph
                .tell(&about, "dct:title", &RdfObject::Text(title));
        }
    }

    fn file(&mut self, dataset: &ListedDataset, file: &ListedFile) {
        let iri = self.iri(&file_name(dataset, file));
        let Some(about) = self.thing(&iri, "dcat:Distribution") else {
            return;
        };
        self.published(&about, [&file.title, file.about], &dataset.licence);
        self.graph
            .tell(&about, "dct:identifier", &RdfObject::Text(&iri));
        self.link(&about, "dcat:accessURL", &file.address);
        if file.whole {
            self.link(&about, "dcat:downloadURL", &file.address);
        }
        if !UNREGISTERED.contains(&file.media) {
            self.link(&about, "dcat:mediaType", &format!("{IANA}/{}", file.media));
        }
        let form = self.form(&file.form);
        self.link(&about, "dct:format", &form);
        self.authority(&about, "dct:language", "language/FRA");
        self.authority(&about, "dct:accessRights", "access-right/PUBLIC");
        if file.tabular {
            self.link(&about, "dct:conformsTo", &dataset.schema);
        }
    }

    /// The IRI of a form: of the authority, or one of our own with a label.
    fn form(&self, form: &str) -> String {
        if FILE_TYPES.contains(&form) {
            format!("{AUTHORITY}/file-type/{form}")
        } else {
            self.iri(&format!("format-{}", atlaas_model::slug(form)))
        }
    }

    fn service(&mut self, service: &ListedService) {
        let listing = self.listing;
        let iri = self.iri(&service_name(service));
        let Some(about) = self.thing(&iri, "dcat:DataService") else {
            return;
        };
        self.published(&about, [service.title, service.about], LICENCE.url);
        self.published_by(&about);
        self.versioned(&about, &iri);
        let keyword = listing.language.say("catalogue-keyword-digital");
        self.words(&about, "dcat:keyword", keyword);
        for theme in THEMES {
            self.authority(&about, "dcat:theme", &format!("data-theme/{theme}"));
        }
        self.authority(&about, "dct:accessRights", "access-right/PUBLIC");
        self.link(&about, "dcat:endpointURL", &service.endpoint);
        self.link(&about, "dcat:endpointDescription", &service.description);
        let page = format!("{}/docs", listing.base);
        self.link(&about, "dcat:landingPage", &page);
        for dataset in &listing.datasets {
            let dataset = self.iri(dataset.id);
            self.link(&about, "dcat:servesDataset", &dataset);
        }
        if let Some(standard) = service.standard {
            self.link(&about, "dct:conformsTo", standard);
            self.standard(standard, service.title);
        }
    }

    fn source(&mut self, source: &ListedSource) {
        let iri = self.iri(&source_name(source));
        let Some(about) = self.thing(&iri, "prov:Entity") else {
            return;
        };
        self.graph
            .tell(&about, "dct:title", &RdfObject::Text(&source.title));
        if let Some(vintage) = &source.vintage {
            let kind = match vintage.len() {
                4 => "xsd:gYear",
                _ => "xsd:date",
            };
            self.graph
                .tell(&about, "dct:modified", &RdfObject::Typed(vintage, kind));
        }
        if let Some(page) = &source.page {
            self.link(&about, "foaf:page", page);
        }
        let checksum = source.file.as_ref().map(|_| self.graph.unnamed());
        if let (Some(checksum), Some((_, bytes))) = (&checksum, &source.file) {
            let bytes = bytes.to_string();
            let size = RdfObject::Typed(&bytes, "xsd:nonNegativeInteger");
            self.graph.tell(&about, "dcat:byteSize", &size);
            self.graph
                .tell(&about, "spdx:checksum", &RdfObject::Node(checksum));
        }
        let rights = source.licence.as_ref().map(|_| self.graph.unnamed());
        if let Some(rights) = &rights {
            self.graph
                .tell(&about, "dct:rights", &RdfObject::Node(rights));
        }
        if let (Some(checksum), Some((digest, _))) = (checksum, &source.file) {
            self.graph
                .tell(&checksum, "rdf:type", &RdfObject::Name("spdx:Checksum"));
            let algorithm = RdfObject::Name("spdx:checksumAlgorithm_sha256");
            self.graph.tell(&checksum, "spdx:algorithm", &algorithm);
            let value = RdfObject::Typed(digest, "xsd:hexBinary");
            self.graph.tell(&checksum, "spdx:checksumValue", &value);
        }
        if let (Some(rights), Some(licence)) = (rights, &source.licence) {
            self.graph
                .tell(&rights, "rdf:type", &RdfObject::Name("dct:RightsStatement"));
            self.graph
                .tell(&rights, "rdfs:label", &RdfObject::Text(licence));
        }
    }

    /// What several things point at: the publisher, the licence, forms without an authority.
    fn shared(&mut self) {
        let publisher = self.iri("editeur");
        if let Some(about) = self.thing(&publisher, "foaf:Agent") {
            self.graph
                .tell(&about, "foaf:name", &RdfObject::Text("Atlaas"));
            let home = format!("{}/", self.listing.base);
            self.link(&about, "foaf:homepage", &home);
        }
        if let Some(about) = self.thing(LICENCE.url, "dct:LicenseDocument") {
            for predicate in ["dct:title", "rdfs:label"] {
                let title = RdfObject::Words(LICENCE.title, Language::French.tag());
                self.graph.tell(&about, predicate, &title);
            }
            self.graph
                .tell(&about, "dct:identifier", &RdfObject::Text(LICENCE.id));
        }
        let datasets = self.listing.datasets.iter();
        let licences: BTreeSet<&str> = datasets
            .map(|dataset| dataset.licence.as_str())
            .filter(|licence| *licence != LICENCE.url)
            .collect();
        for licence in licences {
            if let Some(about) = self.thing(licence, "dct:LicenseDocument") {
                self.graph
                    .tell(&about, "rdfs:label", &RdfObject::Text(licence));
            }
        }
        let files = self.listing.datasets.iter();
        let forms: BTreeSet<&str> = files
            .flat_map(|dataset| &dataset.files)
            .map(|file| file.form.as_str())
            .filter(|form| !FILE_TYPES.contains(form))
            .collect();
        for form in forms {
            let iri = self.form(form);
            if let Some(about) = self.thing(&iri, "dct:MediaTypeOrExtent") {
                self.graph
                    .tell(&about, "rdfs:label", &RdfObject::Text(form));
            }
        }
    }
}

fn file_name(dataset: &ListedDataset, file: &ListedFile) -> String {
    format!("{}-{}", dataset.id, file.id)
}

fn service_name(service: &ListedService) -> String {
    format!("service-{}", service.id)
}

fn source_name(source: &ListedSource) -> String {
    format!("source-{}", source.id)
}
