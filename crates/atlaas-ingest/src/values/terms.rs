//! Values of enumerations: slugs of facets through the vocabulary, and the other enumerations of
//! the national schema of places of digital mediation. What no list knows is kept as it stands.

use crate::{
    IngestError, report::remarks::Remarks, tables::row::Row, text::contacts, values::fields,
};
use atlaas_model::{Action, Attribute, Facet, Fiche, Name, Vocabulary, slug};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

const TAXONOMY: &str = include_str!("../../../../data/taxonomie.toml");
const MEDIATION: &str = include_str!("../../../../data/mediation.toml");

/// A known value of an enumeration that is no facet.
#[derive(Debug, Deserialize)]
struct SchemaValue {
    nom: String,
    #[serde(default)]
    synonymes: Vec<String>,
}

/// Recognises values; grows the vocabulary by those that it does not know yet.
#[derive(Debug)]
pub(crate) struct Terms {
    vocabulary: Vocabulary,
    /// Slug, name, and whether the taxonomy knows it, by facet and value.
    met: HashMap<(Facet, String), Option<(String, String)>>,
    /// Name by column and slug of any spelling.
    enumerations: HashMap<String, HashMap<String, String>>,
    doubted: HashSet<(String, String)>,
}

impl Terms {
    /// The terms of the embedded taxonomy.
    pub(crate) fn new() -> Result<Self, IngestError> {
        let lists: BTreeMap<String, Vec<SchemaValue>> =
            toml::from_str(MEDIATION).map_err(|error| IngestError::Embedded(error.to_string()))?;
        let enumerations = lists.into_iter().map(|(column, values)| {
            let spellings = values.into_iter().flat_map(|known| {
                let all = known.synonymes.iter().map(|synonym| slug(synonym));
                let own = std::iter::once(slug(&known.nom));
                let slugs: Vec<String> = own.chain(all).collect();
                slugs.into_iter().map(move |slug| (slug, known.nom.clone()))
            });
            (column, spellings.collect())
        });
        Ok(Self {
            vocabulary: Vocabulary::from_toml(TAXONOMY)?,
            met: HashMap::new(),
            enumerations: enumerations.collect(),
            doubted: HashSet::new(),
        })
    }

    /// The vocabulary with everything that was met.
    pub(crate) fn into_vocabulary(self) -> Vocabulary {
        self.vocabulary
    }

    /// Reads a column of facet values into the fiche. A value that is neither the term's name nor
    /// its slug in other letters (`RFS`, `rfs`) stays beside it as `{column}_brut`.
    pub(crate) fn facet(
        &mut self,
        fiche: &mut Fiche,
        column: Name,
        values: Vec<String>,
        remarks: &mut Remarks<'_>,
    ) {
        let facet = Facet::Column(column);
        let mut slugs: Vec<String> = Vec::new();
        let mut odd = false;
        for value in &values {
            let Some((slug, name)) = self.term(facet, value, remarks) else {
                continue;
            };
            odd |= name != *value && slug != atlaas_model::slug(value);
            if !slugs.contains(&slug) {
                slugs.push(slug);
            }
        }
        if odd {
            add(fiche, &format!("{column}_brut"), values);
        }
        if !slugs.is_empty() {
            fiche.values.add_terms(column, slugs);
        }
    }

    /// Slug and name of one value; new ones enter the vocabulary with a remark.
    pub(crate) fn term(
        &mut self,
        facet: Facet,
        value: &str,
        remarks: &mut Remarks<'_>,
    ) -> Option<(String, String)> {
        let key = (facet, value.to_owned());
        if let Some(known) = self.met.get(&key) {
            return known.clone();
        }
        let found = self.vocabulary.find(facet, value);
        let known = found.map(|term| (term.slug.clone(), term.nom.clone()));
        let answer = known.or_else(|| {
            let advice = "valeur que la taxonomie ne connaît pas, ajoutée telle quelle : vérifier son orthographe";
            remarks.note(Action::Garde, facet.as_str(), value, advice);
            let slug = self.vocabulary.intern(facet, value)?;
            Some((slug, value.to_owned()))
        });
        self.met.insert(key, answer.clone());
        answer
    }

    /// Reads a column of an enumeration that is no facet into attributes: the schema's names under
    /// the column, other spellings beside them as `{column}_brut`.
    pub(crate) fn enumeration(
        &mut self,
        fiche: &mut Fiche,
        column: &str,
        values: Vec<String>,
        remarks: &mut Remarks<'_>,
    ) {
        let Some(list) = self.enumerations.get(column) else {
            return add(fiche, column, values);
        };
        let mut names: Vec<String> = Vec::new();
        for value in &values {
            let name = list.get(&slug(value)).unwrap_or_else(|| {
                if self.doubted.insert((column.to_owned(), value.clone())) {
                    let advice = "valeur hors du schéma national, gardée telle quelle : vérifier son orthographe";
                    remarks.note(Action::Garde, column, value, advice);
                }
                value
            });
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        if names != values {
            add(fiche, &format!("{column}_brut"), values);
        }
        add(fiche, column, names);
    }

    /// Whether a value belongs to an enumeration that is no facet.
    pub(crate) fn is_in(&self, column: &str, value: &str) -> bool {
        self.enumerations
            .get(column)
            .is_some_and(|list| list.contains_key(&slug(value)))
    }
}

/// Adds an attribute, unless it is empty.
pub(crate) fn add(fiche: &mut Fiche, name: &str, values: Vec<String>) {
    if !values.is_empty() {
        fiche.attributes.push(Attribute {
            name: name.to_owned(),
            values,
        });
    }
}

/// Columns that may hold mails, phones or names of persons. The Atlaas shows places and works,
/// never people: such columns are not carried over, whatever the file.
const PERSONAL: [&str; 20] = [
    "courriels",
    "courriel",
    "email",
    "emails",
    "mail",
    "mails",
    "telephone",
    "telephones",
    "tel",
    "portable",
    "gsm",
    "fax",
    "contact",
    "contacts",
    "referent",
    "referente",
    "prenom",
    "responsable",
    "interlocuteur",
    "auteur",
];

/// Whether a column may hold personal data.
pub(crate) fn is_personal(column: &str) -> bool {
    column.split('_').any(|word| PERSONAL.contains(&word))
}

/// Says once which columns of a file are not carried over, and why.
pub(crate) fn warn_of_personal<'a>(
    columns: impl Iterator<Item = &'a str>,
    remarks: &mut Remarks<'_>,
) {
    remarks.at(1);
    for column in columns.filter(|column| is_personal(column)) {
        let advice = "colonne de données personnelles (adresses, téléphones, noms), non reprise";
        remarks.note(Action::Ignore, column, "", advice);
    }
}

/// Carries over the columns that no reader knows.
pub(crate) fn others(fiche: &mut Fiche, row: &Row, known: &[&str]) {
    for (column, raw) in row.others(known) {
        if !is_personal(column) {
            let values = fields::several(raw, None).into_iter();
            let values = values.map(|value| contacts::removed(&value).into_owned());
            add(fiche, column, values.collect());
        }
    }
}
