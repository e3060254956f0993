//! The facets of every fiche as columns in memory: value ids by document, documents by value.
//!
//! Built from the fiches when a snapshot is opened; nothing is approximated or cut. Value ids of a
//! facet are ranks in the order in which answers list equal counts.

use crate::{
    error::SearchError,
    index::column::{Column, Rows, Value, ValueId},
};
use atlaas_model::{Code, DocId, DocSet, Facet, Fiche, Kind, LabelRule, Vocabulary, slug};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

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
