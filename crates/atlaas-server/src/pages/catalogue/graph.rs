//! A graph of RDF, and its three syntaxes: JSON-LD, Turtle, RDF/XML. What they mean is the same triples.
//!
//! The syntaxes are those of the oxigraph family of crates: whatever a text or an address holds is escaped
//! there. What cannot be an IRI is left out, and what XML cannot hold is no part of any text.

use oxjsonld::JsonLdSerializer;
use oxrdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use oxrdfxml::RdfXmlSerializer;
use oxttl::TurtleSerializer;
use std::io;

/// Prefixes of the vocabularies.
const PREFIXES: [(&str, &str); 11] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
];

/// A syntax of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// JSON-LD.
    JsonLd,
    /// Turtle.
    Turtle,
    /// RDF/XML.
    RdfXml,
}

impl Syntax {
    /// Every syntax, the default first.
    pub const ALL: [Self; 3] = [Self::JsonLd, Self::Turtle, Self::RdfXml];

    /// Extension of its addresses.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonLd => "jsonld",
            Self::Turtle => "ttl",
            Self::RdfXml => "rdf",
        }
    }

    /// What people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::JsonLd => "JSON-LD",
            Self::Turtle => "Turtle",
            Self::RdfXml => "RDF/XML",
        }
    }

    /// Its media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::JsonLd => "application/ld+json",
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::RdfXml => "application/rdf+xml",
        }
    }

    /// Other media types by which it is asked for.
    pub const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::JsonLd => &["application/json"],
            Self::Turtle => &["application/x-turtle", "text/n3"],
            Self::RdfXml => &["application/xml", "text/xml"],
        }
    }
}

/// Triples, in the order in which they were told.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    triples: Vec<Triple>,
    unnamed: usize,
}

/// What a triple ends in.
#[derive(Clone, Debug)]
pub enum RdfObject<'a> {
    /// A thing by its IRI.
    Iri(&'a str),
    /// A thing of a vocabulary, by its short name: `dcat:Dataset`.
    Name(&'a str),
    /// A thing without a name.
    Node(&'a Node),
    /// A text.
    Text(&'a str),
    /// A text in a language.
    Words(&'a str, &'static str),
    /// A text of a type, by its short name: `xsd:date`.
    Typed(&'a str, &'static str),
}

/// What triples are about.
#[derive(Clone, Debug)]
pub struct Node(NamedOrBlankNode);

impl Node {
    /// A thing by its IRI; none where that is no IRI.
    pub fn named(iri: &str) -> Option<Self> {
        NamedNode::new(iri).ok().map(|node| Self(node.into()))
    }
}

impl Graph {
    /// A thing without a name, told apart within the graph.
    pub fn unnamed(&mut self) -> Node {
        self.unnamed += 1;
        // A letter and a number: always a label.
        Node(BlankNode::new_unchecked(format!("n{}", self.unnamed)).into())
    }

    /// Tells a triple; what cannot be told is left out.
    pub fn tell(&mut self, about: &Node, predicate: &str, told: &RdfObject<'_>) {
        if let Some(predicate) = expanded(predicate)
            && let Some(object) = term(told)
        {
            let triple = Triple::new(about.0.clone(), predicate, object);
            self.triples.push(triple);
        }
    }

    /// The graph in a syntax. Triples about one thing stand together.
    pub fn written(&self, syntax: Syntax) -> io::Result<Vec<u8>> {
        match syntax {
            Syntax::JsonLd => {
                let prefixed = |serializer: JsonLdSerializer, (name, iri)| {
                    JsonLdSerializer::with_prefix(serializer, name, iri)
                };
                let serializer = PREFIXES
                    .iter()
                    .copied()
                    .try_fold(JsonLdSerializer::new(), prefixed);
                let mut writer = serializer.map_err(io::Error::other)?.for_writer(Vec::new());
                for triple in &self.triples {
                    writer.serialize_quad(
                        triple.as_ref().in_graph(oxrdf::GraphNameRef::DefaultGraph),
                    )?;
                }
                writer.finish()
            }
            Syntax::Turtle => {
                let prefixed = |serializer: TurtleSerializer, (name, iri)| {
                    TurtleSerializer::with_prefix(serializer, name, iri)
                };
                let serializer = PREFIXES
                    .iter()
                    .copied()
                    .try_fold(TurtleSerializer::new(), prefixed);
                let mut writer = serializer.map_err(io::Error::other)?.for_writer(Vec::new());
                for triple in &self.triples {
                    writer.serialize_triple(triple.as_ref())?;
                }
                writer.finish()
            }
            Syntax::RdfXml => {
                let prefixed = |serializer: RdfXmlSerializer, (name, iri)| {
                    RdfXmlSerializer::with_prefix(serializer, name, iri)
                };
                let serializer = PREFIXES
                    .iter()
                    .copied()
                    .try_fold(RdfXmlSerializer::new(), prefixed);
                let mut writer = serializer.map_err(io::Error::other)?.for_writer(Vec::new());
                for triple in &self.triples {
                    writer.serialize_triple(triple.as_ref())?;
                }
                writer.finish()
            }
        }
    }
}

/// The IRI of a short name.
fn expanded(name: &str) -> Option<NamedNode> {
    let (prefix, local) = name.split_once(':')?;
    let (_, space) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    NamedNode::new(format!("{space}{local}")).ok()
}

fn term(told: &RdfObject<'_>) -> Option<Term> {
    Some(match told {
        RdfObject::Iri(iri) => NamedNode::new(*iri).ok()?.into(),
        RdfObject::Name(name) => expanded(name)?.into(),
        RdfObject::Node(node) => node.0.clone().into(),
        RdfObject::Text(text) => Literal::new_simple_literal(printable(text)).into(),
        RdfObject::Words(text, language) => {
            Literal::new_language_tagged_literal(printable(text), *language)
                .ok()?
                .into()
        }
        RdfObject::Typed(text, kind) => {
            Literal::new_typed_literal(printable(text), expanded(kind)?).into()
        }
    })
}

/// Without what XML cannot hold; readers of XML make line feeds of carriage returns.
fn printable(text: &str) -> String {
    let allowed = |letter: &char| {
        !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')
            || "\t\n".contains(*letter)
    };
    text.chars().filter(allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_any_letters_is_the_same_in_each_syntax() {
        let mut graph = Graph::default();
        let about = Node::named("http://x/a").unwrap();
        let text = "a\"b\\c\n<d>&'é\u{1}\r\u{1f5fa}]]>";
        graph.tell(&about, "dct:title", &RdfObject::Words(text, "fr"));
        // Left out: no IRI, no vocabulary.
        graph.tell(&about, "dct:relation", &RdfObject::Iri("a b"));
        graph.tell(&about, "nobody:knows", &RdfObject::Text("x"));
        let expected = Literal::new_language_tagged_literal(printable(text), "fr").unwrap();
        let read = |found: Vec<Term>, syntax: Syntax| {
            assert_eq!(found, [Term::from(expected.clone())], "{syntax:?}");
        };
        let turtle = graph.written(Syntax::Turtle).unwrap();
        let triples = oxttl::TurtleParser::new().for_slice(&turtle);
        read(
            triples.map(|triple| triple.unwrap().object).collect(),
            Syntax::Turtle,
        );
        let xml = graph.written(Syntax::RdfXml).unwrap();
        let triples = oxrdfxml::RdfXmlParser::new().for_slice(&xml);
        read(
            triples.map(|triple| triple.unwrap().object).collect(),
            Syntax::RdfXml,
        );
        let json = graph.written(Syntax::JsonLd).unwrap();
        let quads = oxjsonld::JsonLdParser::new().for_slice(&json);
        read(
            quads.map(|quad| quad.unwrap().object).collect(),
            Syntax::JsonLd,
        );
    }
}
