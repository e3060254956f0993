//! The facets of every fiche as columns in memory: value ids by document, documents by value.
//!
//! Built from the fiches when a snapshot is opened; nothing is approximated or cut. Value ids of a
//! facet are ranks in the order in which answers list equal counts.

use crate::error::SearchError;
use atlaas_model::{Code, DocId, DocSet, Facet, Fiche, Kind, LabelRule, Vocabulary, slug};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::Arc,
};

/// Rank of a value in its column.
pub(crate) type ValueId = u16;

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Spelling in URLs.
    pub valeur: Arc<str>,
    /// Name as people read it.
    pub nom: Arc<str>,
}

/// The values of one facet for every document, both ways round.
#[derive(Debug, Default)]
pub(crate) struct Column {
    pub values: Vec<Value>,
    by_name: HashMap<Arc<str>, ValueId>,
    cells: Cells,
    /// Documents outside this range bear no value.
    bearing: Range<DocId>,
    /// `docs[value_starts[value]..value_starts[value + 1]]` are the documents of a value, ascending.
    value_starts: Vec<u32>,
    docs: Vec<DocId>,
}

/// Value ids by document.
#[derive(Debug)]
enum Cells {
    /// At most one value a document; the number of values stands for none.
    Single(Vec<ValueId>),
    /// `ids[starts[doc]..starts[doc + 1]]` are the values of a document.
    Several { starts: Vec<u32>, ids: Vec<ValueId> },
}

impl Default for Cells {
    fn default() -> Self {
        Self::Single(Vec::new())
    }
}

impl Column {
    /// `rows` holds, in the order of documents, ranks of `values`, each at most once a document.
    fn build(values: Vec<Value>, rows: &Rows) -> Self {
        let by_name = values
            .iter()
            .zip(0..)
            .map(|(value, id)| (Arc::clone(&value.valeur), id))
            .collect();
        let documents = rows.starts.len() - 1;
        let row = |doc: usize| &rows.ids[rows.starts[doc] as usize..rows.starts[doc + 1] as usize];
        let borne = |doc: &usize| !row(*doc).is_empty();
        let first = (0..documents).find(borne).unwrap_or(0);
        let end = (0..documents).rev().find(borne).map_or(0, |last| last + 1);
        let single = (0..documents).all(|doc| row(doc).len() <= 1);
        let mut column = Self {
            by_name,
            cells: if single {
                let none = values.len() as ValueId;
                let cell = |doc| row(doc).first().copied().unwrap_or(none);
                Cells::Single((0..documents).map(cell).collect())
            } else {
                Cells::Several {
                    starts: rows.starts.clone(),
                    ids: rows.ids.clone(),
                }
            },
            bearing: first as DocId..end as DocId,
            value_starts: vec![0; values.len() + 1],
            docs: vec![0; rows.ids.len()],
            values,
        };
        column.invert(rows);
        column
    }

    fn invert(&mut self, rows: &Rows) {
        for &id in &rows.ids {
            self.value_starts[usize::from(id) + 1] += 1;
        }
        for value in 1..self.value_starts.len() {
            self.value_starts[value] += self.value_starts[value - 1];
        }
        let mut next = self.value_starts.clone();
        for doc in 0..rows.starts.len() - 1 {
            for slot in rows.starts[doc]..rows.starts[doc + 1] {
                let at = &mut next[usize::from(rows.ids[slot as usize])];
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
        match &self.cells {
            Cells::Single(ids) if usize::from(ids[doc]) == self.values.len() => &[],
            Cells::Single(ids) => std::slice::from_ref(&ids[doc]),
            Cells::Several { starts, ids } => &ids[starts[doc] as usize..starts[doc + 1] as usize],
        }
    }

    /// The documents that bear a value, ascending.
    pub fn docs(&self, value: ValueId) -> &[DocId] {
        let value = usize::from(value);
        &self.docs[self.value_starts[value] as usize..self.value_starts[value + 1] as usize]
    }

    /// The documents that bear any of the values.
    pub fn any_of(&self, values: &[ValueId], universe: u32) -> DocSet {
        let docs = values.iter().flat_map(|&value| self.docs(value));
        DocSet::from_docs(universe, docs.copied())
    }

    /// How many of the documents, given in ascending order, bear each value.
    pub fn count(&self, docs: &[DocId], counts: &mut Vec<u32>) {
        let from = docs.partition_point(|&doc| doc < self.bearing.start);
        let to = docs.partition_point(|&doc| doc < self.bearing.end);
        counts.clear();
        // One more, for documents without a value.
        counts.resize(self.values.len() + 1, 0);
        match &self.cells {
            Cells::Single(ids) => {
                for &doc in &docs[from..to] {
                    counts[usize::from(ids[doc as usize])] += 1;
                }
            }
            Cells::Several { starts, ids } => {
                for &doc in &docs[from..to] {
                    let doc = doc as usize;
                    for &id in &ids[starts[doc] as usize..starts[doc + 1] as usize] {
                        counts[usize::from(id)] += 1;
                    }
                }
            }
        }
        counts.truncate(self.values.len());
    }
}

/// Value ids by document while a column is read.
struct Rows {
    starts: Vec<u32>,
    ids: Vec<ValueId>,
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
                let (values, rows) = read(facet, fiches, &labels, |met| {
                    list_values(facet, met, vocabulary, &names, &labels)
                })?;
                Ok(Column::build(values, &rows))
            })
            .collect::<Result<_, SearchError>>()?;
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

/// The labels that count for fiches, and the names of their mentions by slug.
struct Labels {
    rule: LabelRule,
    mention_names: BTreeMap<String, String>,
}

impl Labels {
    fn new(fiches: &[Fiche]) -> Self {
        let mentions = fiches.iter().flat_map(|fiche| &fiche.labels);
        let mention_names = mentions
            .filter_map(|label| label.mention.as_ref())
            .map(|mention| (slug(mention), mention.clone()))
            .collect();
        Self {
            rule: LabelRule::new(fiches),
            mention_names,
        }
    }
}

/// Reads one facet of every fiche: `list` orders the spellings that were met into values.
fn read(
    facet: Facet,
    fiches: &[Fiche],
    labels: &Labels,
    list: impl Fn(Vec<&str>) -> Vec<Value>,
) -> Result<(Vec<Value>, Rows), SearchError> {
    let mut met: HashMap<Cow<str>, u32> = HashMap::new();
    let mut rows = Rows {
        starts: Vec::with_capacity(fiches.len() + 1),
        ids: Vec::new(),
    };
    let mut first_ids: Vec<u32> = Vec::new();
    rows.starts.push(0);
    for fiche in fiches {
        let start = first_ids.len();
        each_value(facet, fiche, labels, |value| {
            let next = met.len() as u32;
            let id = *met.entry(value).or_insert(next);
            if !first_ids[start..].contains(&id) {
                first_ids.push(id);
            }
        });
        rows.starts.push(first_ids.len() as u32);
    }
    let mut spellings: Vec<&str> = met.keys().map(AsRef::as_ref).collect();
    spellings.sort_unstable();
    let values = list(spellings);
    if values.len() >= usize::from(ValueId::MAX) {
        return Err(SearchError::FacetValues {
            facet,
            found: values.len(),
        });
    }
    // From the order in which they were met to the order in which they are listed.
    let mut ranks: Vec<ValueId> = vec![0; met.len()];
    for (value, rank) in values.iter().zip(0..) {
        if let Some(&id) = met.get(&*value.valeur) {
            ranks[id as usize] = rank;
        }
    }
    rows.ids = first_ids.into_iter().map(|id| ranks[id as usize]).collect();
    Ok((values, rows))
}

fn each_value<'a>(
    facet: Facet,
    fiche: &'a Fiche,
    labels: &Labels,
    mut take: impl FnMut(Cow<'a, str>),
) {
    let territory = &fiche.territory;
    let code = |code: &'a Option<Code>| code.as_ref().map(|code| Cow::Borrowed(code.as_str()));
    match facet {
        Facet::Type => take(Cow::Borrowed(fiche.kind.as_str())),
        Facet::Annee => fiche
            .year
            .into_iter()
            .for_each(|year| take(year.to_string().into())),
        Facet::Arobases => {
            let level = labels.rule.of(fiche).map_or(0, |standing| standing.level);
            if level > 0 {
                take(level.to_string().into());
            }
        }
        Facet::Region => code(&territory.region).into_iter().for_each(take),
        Facet::Departement => code(&territory.departement).into_iter().for_each(take),
        Facet::Epci => code(&territory.epci).into_iter().for_each(take),
        Facet::Mention => {
            let standing = labels.rule.of(fiche);
            for mention in standing.map_or(&[][..], |standing| &standing.mentions) {
                take(slug(mention).into());
            }
        }
        Facet::Enjeu | Facet::Categorie | Facet::Services | Facet::Publics | Facet::Typologie => {
            for slug in fiche.slugs(facet) {
                take(Cow::Borrowed(slug));
            }
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
    met: Vec<&str>,
    vocabulary: &Vocabulary,
    names: &HashMap<(Kind, String), String>,
    labels: &Labels,
) -> Vec<Value> {
    let terms = vocabulary.terms(facet);
    let ranks: HashMap<&str, usize> = terms
        .iter()
        .zip(0..)
        .map(|(term, rank)| (term.slug.as_str(), rank))
        .collect();
    let named = |kind, code: &str| names.get(&(kind, code.to_owned())).cloned();
    let mut values: Vec<Value> = terms
        .iter()
        .map(|term| term.slug.as_str())
        .chain(met.into_iter().filter(|name| !ranks.contains_key(name)))
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
                nom: nom
                    .as_deref()
                    .unwrap_or_else(|| vocabulary.label(facet, valeur))
                    .into(),
                valeur: valeur.into(),
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
