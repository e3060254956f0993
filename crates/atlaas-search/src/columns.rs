//! The facets of every fiche as columns in memory: value ids by document, documents by value.
//!
//! Built from the fiches when a snapshot is opened; nothing is approximated or cut. Value ids of a
//! facet are ranks in the order in which answers list equal counts.

use crate::error::SearchError;
use atlaas_model::{Code, DocId, DocSet, Facet, Fiche, Kind, Label, Vocabulary, slug};
use std::collections::{BTreeMap, HashMap};

/// Rank of a value in its column.
pub(crate) type ValueId = u16;

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Spelling in URLs.
    pub valeur: String,
    /// Name as people read it.
    pub nom: String,
}

/// The values of one facet for every document, both ways round.
#[derive(Debug, Default)]
pub(crate) struct Column {
    pub values: Vec<Value>,
    by_name: HashMap<String, ValueId>,
    /// `ids[starts[doc]..starts[doc + 1]]` are the values of a document.
    starts: Vec<u32>,
    ids: Vec<ValueId>,
    /// `docs[value_starts[value]..value_starts[value + 1]]` are the documents of a value, ascending.
    value_starts: Vec<u32>,
    docs: Vec<DocId>,
}

impl Column {
    fn build(facet: Facet, values: Vec<Value>, rows: &[Vec<String>]) -> Result<Self, SearchError> {
        if values.len() > usize::from(ValueId::MAX) {
            return Err(SearchError::FacetValues {
                facet,
                found: values.len(),
            });
        }
        let by_name: HashMap<String, ValueId> = values
            .iter()
            .zip(0..)
            .map(|(value, id)| (value.valeur.clone(), id))
            .collect();
        let mut column = Self {
            starts: Vec::with_capacity(rows.len() + 1),
            value_starts: vec![0; values.len() + 1],
            values,
            by_name,
            ..Self::default()
        };
        column.starts.push(0);
        for row in rows {
            let first = column.ids.len();
            for name in row {
                let id = column.by_name[name];
                if !column.ids[first..].contains(&id) {
                    column.ids.push(id);
                    column.value_starts[usize::from(id) + 1] += 1;
                }
            }
            column.starts.push(column.ids.len() as u32);
        }
        column.invert();
        Ok(column)
    }

    fn invert(&mut self) {
        for value in 1..self.value_starts.len() {
            self.value_starts[value] += self.value_starts[value - 1];
        }
        let mut next = self.value_starts.clone();
        self.docs = vec![0; self.ids.len()];
        for doc in 0..self.starts.len() - 1 {
            for slot in self.starts[doc]..self.starts[doc + 1] {
                let at = &mut next[usize::from(self.ids[slot as usize])];
                self.docs[*at as usize] = doc as DocId;
                *at += 1;
            }
        }
    }

    /// The id of a value by its spelling in URLs.
    pub fn id(&self, valeur: &str) -> Option<ValueId> {
        self.by_name.get(valeur).copied()
    }

    /// The values of a document.
    pub fn of(&self, doc: DocId) -> &[ValueId] {
        let doc = doc as usize;
        &self.ids[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }

    /// The documents that bear a value, ascending.
    pub fn docs(&self, value: ValueId) -> &[DocId] {
        let value = usize::from(value);
        &self.docs[self.value_starts[value] as usize..self.value_starts[value + 1] as usize]
    }

    /// The documents that bear any of the values.
    pub fn any_of(&self, values: &[ValueId]) -> DocSet {
        let universe = (self.starts.len() - 1) as u32;
        let docs = values.iter().flat_map(|&value| self.docs(value));
        DocSet::from_docs(universe, docs.copied())
    }

    /// Adds one to the count of each value of each document.
    pub fn count(&self, docs: &DocSet, counts: &mut Vec<u32>) {
        counts.clear();
        counts.resize(self.values.len(), 0);
        for doc in docs.iter() {
            for &id in self.of(doc) {
                counts[usize::from(id)] += 1;
            }
        }
    }
}

/// All columns of a snapshot.
#[derive(Debug)]
pub(crate) struct Columns {
    facets: Vec<Column>,
    communes: HashMap<Code, Vec<DocId>>,
    pub universe: u32,
}

impl Columns {
    /// Reads the facets of every fiche.
    pub fn build(fiches: &[Fiche], vocabulary: &Vocabulary) -> Result<Self, SearchError> {
        let labels = Labels::new(fiches);
        let names = territory_names(fiches);
        let facets = Facet::ALL
            .iter()
            .map(|&facet| {
                let rows: Vec<Vec<String>> = fiches
                    .iter()
                    .map(|fiche| values_of(facet, fiche, &labels))
                    .collect();
                let values = list_values(facet, &rows, vocabulary, &names, &labels);
                Column::build(facet, values, &rows)
            })
            .collect::<Result<_, _>>()?;
        let mut communes: HashMap<Code, Vec<DocId>> = HashMap::new();
        for (fiche, doc) in fiches.iter().zip(0..) {
            if let Some(code) = fiche.territory.commune {
                communes.entry(code).or_default().push(doc);
            }
        }
        Ok(Self {
            facets,
            communes,
            universe: fiches.len() as u32,
        })
    }

    /// The column of a facet.
    pub fn of(&self, facet: Facet) -> &Column {
        &self.facets[facet as usize]
    }

    /// The documents that lie in any of the communes.
    pub fn in_communes(&self, codes: &[Code]) -> DocSet {
        let docs = codes.iter().filter_map(|code| self.communes.get(code));
        DocSet::from_docs(self.universe, docs.flatten().copied())
    }
}

/// The labels that fiches inherit.
struct Labels<'a> {
    of: HashMap<(Kind, Code), &'a [Label]>,
    mention_names: BTreeMap<String, String>,
}

impl<'a> Labels<'a> {
    fn new(fiches: &'a [Fiche]) -> Self {
        let labelled = fiches.iter().filter(|fiche| !fiche.labels.is_empty());
        let of = labelled
            .filter_map(|fiche| Some(((fiche.kind, fiche.code?), fiche.labels.as_slice())))
            .collect();
        let mentions = fiches.iter().flat_map(|fiche| &fiche.labels);
        let mention_names = mentions
            .filter_map(|label| label.mention.as_ref())
            .map(|mention| (slug(mention), mention.clone()))
            .collect();
        Self { of, mention_names }
    }

    /// The labels of the commune a fiche lies in, else those of its EPCI.
    fn inherited(&self, fiche: &Fiche) -> &'a [Label] {
        let territory = &fiche.territory;
        let bearer = match (territory.commune, territory.epci) {
            (Some(commune), _) => (Kind::Commune, commune),
            (None, Some(epci)) => (Kind::Epci, epci),
            (None, None) => return &[],
        };
        self.of.get(&bearer).copied().unwrap_or(&[])
    }
}

fn values_of(facet: Facet, fiche: &Fiche, labels: &Labels) -> Vec<String> {
    let one = |value: Option<String>| value.into_iter().collect();
    match facet {
        Facet::Type => vec![fiche.kind.to_string()],
        Facet::Annee => one(fiche.year.map(|year| year.to_string())),
        Facet::Arobases => {
            let level = Label::latest_level(labels.inherited(fiche));
            one((level > 0).then(|| level.to_string()))
        }
        Facet::Region => one(fiche.territory.region.map(String::from)),
        Facet::Departement => one(fiche.territory.departement.map(String::from)),
        Facet::Epci => one(fiche.territory.epci.map(String::from)),
        Facet::Mention => labels
            .inherited(fiche)
            .iter()
            .filter_map(|label| label.mention.as_deref().map(slug))
            .collect(),
        Facet::Enjeu | Facet::Categorie | Facet::Services | Facet::Publics | Facet::Typologie => {
            fiche.slugs(facet).to_vec()
        }
    }
}

fn territory_names(fiches: &[Fiche]) -> HashMap<(Kind, String), String> {
    fiches
        .iter()
        .filter(|fiche| fiche.kind.is_territory())
        .filter_map(|fiche| {
            let key = (fiche.kind, fiche.code?.to_string());
            Some((key, fiche.name.clone()))
        })
        .collect()
}

/// The values of a facet in listing order: the taxonomy's, then the others by spelling; years and
/// levels highest first; kinds in their own order.
fn list_values(
    facet: Facet,
    rows: &[Vec<String>],
    vocabulary: &Vocabulary,
    names: &HashMap<(Kind, String), String>,
    labels: &Labels,
) -> Vec<Value> {
    let mut met: Vec<&String> = rows.iter().flatten().collect();
    met.sort_unstable();
    met.dedup();
    let terms = vocabulary.terms(facet);
    let ranks: HashMap<&str, usize> = terms
        .iter()
        .zip(0..)
        .map(|(term, rank)| (term.slug.as_str(), rank))
        .collect();
    let named = |kind, code: &String| names.get(&(kind, code.clone())).cloned();
    let mut values: Vec<Value> = terms
        .iter()
        .map(|term| &term.slug)
        .chain(
            met.into_iter()
                .filter(|name| !ranks.contains_key(name.as_str())),
        )
        .map(|valeur| {
            let nom = match facet {
                Facet::Region => named(Kind::Region, valeur),
                Facet::Departement => named(Kind::Departement, valeur),
                Facet::Epci => named(Kind::Epci, valeur),
                Facet::Mention => labels.mention_names.get(valeur).cloned(),
                Facet::Arobases => Some(arobases_name(valeur)),
                Facet::Type => Some(kind_name(valeur).to_owned()),
                _ => None,
            };
            Value {
                nom: nom.unwrap_or_else(|| vocabulary.label(facet, valeur).to_owned()),
                valeur: valeur.clone(),
            }
        })
        .collect();
    match facet {
        Facet::Annee | Facet::Arobases => values.reverse(),
        Facet::Type => values.sort_by_key(|value| value.valeur.parse::<Kind>().ok()),
        _ => {}
    }
    values
}

fn arobases_name(level: &str) -> String {
    let plural = if level == "1" { "" } else { "s" };
    format!("{level} arobase{plural}")
}

fn kind_name(kind: &str) -> &str {
    match kind {
        "commune" => "Communes",
        "epci" => "Intercommunalités",
        "departement" => "Départements",
        "region" => "Régions",
        "colieu" => "Colieux",
        "initiative" => "Initiatives",
        other => other,
    }
}
