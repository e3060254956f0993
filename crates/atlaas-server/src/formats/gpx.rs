//! GPX 1.1: fiches as waypoints, for phones, navigation devices and OpenStreetMap editors.
//!
//! A waypoint is a place: fiches without a position are left out.

use crate::formats::feature::Feature;
use crate::formats::format::{Content, FicheWriter, ListFormat, Offer, Row, Selection};
use crate::formats::stamp::{LICENCE, Provenance};
use crate::formats::xml::element;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use std::io;
use std::ops::ControlFlow;

/// Waypoints.
pub const FORMAT: ListFormat = ListFormat {
    name: "gpx",
    about: "Tout le résultat en points pour GPS",
    example: "type=colieu&departement=13",
    media: "application/gpx+xml",
    spellings: &["gps"],
    aliases: &["application/gpx"],
    offers: &[Offer {
        text: |language| language.say("export-gpx"),
        query: "",
    }],
    content: Content::Whole {
        writer: |selection| Box::new(Gpx::new(selection)),
        packed: false,
    },
};

/// Namespace and version of the format.
const GPX: [(&str, &str); 3] = [
    ("xmlns", "http://www.topografix.com/GPX/1/1"),
    ("version", "1.1"),
    ("creator", "Atlaas"),
];

/// What the file says of itself.
struct Gpx {
    told: Provenance,
}

impl Gpx {
    fn new(selection: &Selection<'_>) -> Self {
        Self {
            told: selection.told.clone(),
        }
    }
}

impl FicheWriter for Gpx {
    fn begin(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let mut xml = Writer::new(out);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        xml.write_event(Event::Start(BytesStart::new("gpx").with_attributes(GPX)))?;
        let told = &self.told;
        let year = told.stamp.date.get(..4).unwrap_or_default();
        // In the order of the schema.
        xml.create_element("metadata").write_inner_content(|xml| {
            element(xml, "name", &told.title)?;
            let copyright = xml.create_element("copyright");
            let copyright = copyright.with_attribute(("author", "Atlaas"));
            copyright.write_inner_content(|xml| {
                element(xml, "year", year)?;
                element(xml, "license", LICENCE.url)
            })?;
            let link = xml.create_element("link");
            let link = link.with_attribute(("href", told.address.as_str()));
            link.write_inner_content(|xml| element(xml, "text", &told.query))?;
            element(xml, "time", &told.stamp.date)?;
            element(xml, "keywords", &told.stamp.id)
        })?;
        Ok(())
    }

    fn write(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let feature = Feature::of_hit(row.catalogue, &row.hit, row.base);
        let Some(position) = feature.coordinates() else {
            return Ok(());
        };
        let known = &feature.properties;
        let [longitude, latitude] = position.map(|degrees| degrees.to_string());
        let mut writer = Writer::new(out);
        let point = writer
            .create_element("wpt")
            .with_attribute(("lat", latitude.as_str()))
            .with_attribute(("lon", longitude.as_str()));
        // In the order of the schema.
        point.write_inner_content(|xml| {
            element(xml, "name", known.nom)?;
            if !known.texte.is_empty() {
                element(xml, "desc", known.texte)?;
            }
            let link = xml.create_element("link");
            let link = link.with_attribute(("href", known.url.as_str()));
            link.write_inner_content(|xml| element(xml, "text", known.nom))?;
            element(xml, "type", known.kind.as_str())
        })?;
        Ok(())
    }

    fn end(&mut self, out: &mut Vec<u8>) -> io::Result<ControlFlow<()>> {
        Writer::new(out).write_event(Event::End(BytesEnd::new("gpx")))?;
        Ok(ControlFlow::Break(()))
    }
}
