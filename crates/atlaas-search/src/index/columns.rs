//! The facets of every fiche as columns in memory: value ids by document, documents by value.
//!
//! Built from the fiches when a snapshot is opened; nothing is approximated or cut. Value ids of a
//! facet are ranks in the order in which answers list equal counts.

use crate::{
    error::SearchError,
    index::column::{Column, Rows, Value, ValueId},
    index::measures::Measures,
};
use atlaas_model::{
    Code, ColumnType, DocId, DocSet, Facet, FacetInfo, Fiche, Kind, LabelRule, Level, Schema,
    Value as Held, slug,
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

/// All columns of a snapshot.
#[derive(Debug)]
pub(crate) struct Columns {
    facets: HashMap<Facet, Column>,
    measures: HashMap<Facet, Measures>,
    communes: HashMap<Code, Vec<DocId>>,
    pub universe: u32,
}

impl Columns {
    /// Reads the facets of every fiche.
    pub fn build(fiches: &[Fiche], schema: &Schema) -> Result<Self, SearchError> {
        let labels = Labels::new(fiches);
        let names = territory_names(fiches);
        let facets = schema
            .facets()
            .iter()
            .map(|info| {
                let (values, rows) = read(info, fiches, &labels, |met| {
                    list_values(info, met, schema, &names, &labels)
                })?;
                Ok((info.facet, Column::build(values, &rows)))
            })
            .collect::<Result<_, SearchError>>()?;
        let mut communes: HashMap<Code, Vec<DocId>> = HashMap::new();
        for (fiche, doc) in fiches.iter().zip(0..) {
            if let Some(code) = fiche.territory.commune {
                communes.entry(code).or_default().push(doc);
            }
        }
        let measured = schema
            .facets()
            .iter()
            .filter(|info| info.kind.is_some_and(ColumnType::is_measured));
        let measured = measured.map(|info| info.facet);
        let ordered = schema.orders().iter().map(|order| order.column);
        let columns: BTreeSet<Facet> = measured.chain(ordered).collect();
        let measures = columns
            .into_iter()
            .map(|column| (column, Measures::build(fiches, column, &schema.vocabulary)));
        Ok(Self {
            facets,
            measures: measures.collect(),
            communes,
            universe: fiches.len() as u32,
        })
    }

    /// The column of a facet; an empty one for a facet that the schema has not.
    pub fn of(&self, facet: Facet) -> &Column {
        static NONE: LazyLock<Column> = LazyLock::new(Column::default);
        self.facets.get(&facet).unwrap_or(&NONE)
    }

    /// The numbers or dates of a facet.
    pub fn measures(&self, facet: Facet) -> Option<&Measures> {
        self.measures.get(&facet)
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
    info: &FacetInfo,
    fiches: &[Fiche],
    labels: &Labels,
    list: impl Fn(Vec<&str>) -> Vec<Value>,
) -> Result<(Vec<Value>, Rows), SearchError> {
    // Spelt once: there are as many numbers as fiches.
    let classes: Vec<String> = info.classes().collect();
    // A quick hash: the values are those of an operator's own sources.
    let mut met: hashbrown::HashMap<Cow<str>, u32> = hashbrown::HashMap::new();
    let mut rows = Rows {
        starts: Vec::with_capacity(fiches.len() + 1),
        ids: Vec::new(),
    };
    let mut first_ids: Vec<u32> = Vec::new();
    rows.starts.push(0);
    for fiche in fiches {
        let start = first_ids.len();
        each_value(info, &classes, fiche, labels, |value| {
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
            facet: info.facet,
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
    info: &FacetInfo,
    classes: &'a [String],
    fiche: &'a Fiche,
    labels: &Labels,
    mut take: impl FnMut(Cow<'a, str>),
) {
    let territory = &fiche.territory;
    let code = |code: &'a Option<Code>| code.as_ref().map(|code| Cow::Borrowed(code.as_str()));
    let facet = info.facet;
    match facet {
        Facet::Type => take(Cow::Borrowed(fiche.kind.as_str())),
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
        Facet::Column(_) => match fiche.value(facet) {
            Some(Held::Terms(slugs)) => slugs.iter().for_each(|slug| take(Cow::Borrowed(slug))),
            Some(Held::Year(year)) => take(year.to_string().into()),
            Some(Held::Boolean(yes)) => take(Cow::Borrowed(if *yes { "oui" } else { "non" })),
            Some(Held::Number(number)) => {
                let class = classes.get(info.class_of(*number));
                if let Some(class) = class {
                    take(Cow::Borrowed(class));
                }
            }
            Some(Held::Date(date)) => take(date.year().to_string().into()),
            Some(Held::Texts(_)) | None => {}
        },
    }
}

fn territory_names(fiches: &[Fiche]) -> HashMap<(Level, String), String> {
    fiches
        .iter()
        .filter_map(|fiche| {
            let key = (fiche.kind.level()?, fiche.code?.to_string());
            Some((key, fiche.name.clone()))
        })
        .collect()
}

/// The values of a facet in listing order: the taxonomy's, then the others by spelling; years and
/// levels highest first; kinds in their own order.
fn list_values(
    info: &FacetInfo,
    met: Vec<&str>,
    schema: &Schema,
    names: &HashMap<(Level, String), String>,
    labels: &Labels,
) -> Vec<Value> {
    let (facet, vocabulary) = (info.facet, &schema.vocabulary);
    let terms = vocabulary.terms(facet);
    let ranks: HashMap<&str, usize> = terms
        .iter()
        .zip(0..)
        .map(|(term, rank)| (term.slug.as_str(), rank))
        .collect();
    let named = |level, code: &str| names.get(&(level, code.to_owned())).cloned();
    let mut values: Vec<Value> = terms
        .iter()
        .map(|term| term.slug.as_str())
        .chain(met.into_iter().filter(|name| !ranks.contains_key(name)))
        .map(|valeur| {
            let nom = match facet {
                Facet::Region => named(Level::Region, valeur),
                Facet::Departement => named(Level::Departement, valeur),
                Facet::Epci => named(Level::Epci, valeur),
                Facet::Mention => labels.mention_names.get(valeur).cloned(),
                Facet::Arobases => Some(arobases_name(valeur)),
                Facet::Type => Some(kind_name(valeur, schema).to_owned()),
                Facet::Column(_) => info.class_name(valeur),
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
    if facet == Facet::Arobases || matches!(info.kind, Some(ColumnType::Year | ColumnType::Date)) {
        values.reverse();
    }
    if matches!(info.kind, Some(ColumnType::Number | ColumnType::Integer)) {
        values.sort_by_key(|value| info.classes().position(|class| *class == *value.valeur));
    }
    if facet == Facet::Type {
        values.sort_by_key(|value| schema.kind(&value.valeur));
    }
    values
}

fn arobases_name(level: &str) -> String {
    let plural = if level == "1" { "" } else { "s" };
    format!("{level} arobase{plural}")
}

fn kind_name<'a>(name: &'a str, schema: &'a Schema) -> &'a str {
    match schema.kind(name) {
        Some(Kind::Territory(Level::Commune)) => "Communes",
        Some(Kind::Territory(Level::Epci)) => "Intercommunalités",
        Some(Kind::Territory(Level::Departement)) => "Départements",
        Some(Kind::Territory(Level::Region)) => "Régions",
        Some(kind @ Kind::Point(_)) => schema.layer(kind).map_or(name, |layer| &layer.title.fr),
        None => name,
    }
}
