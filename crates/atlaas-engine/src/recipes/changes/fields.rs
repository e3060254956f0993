//! What a fiche holds as named fields, and which of them differ between two states of it: columns under the
//! names that the schema declares, all else under the names that exports use.

use atlaas_model::{Fiche, Label, Level, Schema, Value};
use serde::Serialize;
use std::borrow::Cow;

/// A field that differs, with what it held and what it holds; several values where it has several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Name of the field, or of the column.
    pub champ: String,
    /// What it held.
    pub avant: Vec<String>,
    /// What it holds.
    pub apres: Vec<String>,
}

/// A field by its name; nothing that is empty is listed.
type Field<'a> = (Cow<'a, str>, Vec<Cow<'a, str>>);

/// The fields in which two states of one fiche differ, each state told by its own schema: in the order of the
/// new state, then those that it has no more.
pub fn changed_fields(
    (before, old): (&Fiche, &Schema),
    (after, new): (&Fiche, &Schema),
) -> Vec<FieldChange> {
    let before = fields(before, old);
    let after = fields(after, new);
    let told = |values: &[Cow<'_, str>]| values.iter().map(ToString::to_string).collect();
    let held = |fields: &[Field<'_>], name: &str| {
        let mut named = fields.iter().filter(|(own, _)| own == name);
        named.next().map(|(_, values)| told(values))
    };
    let mut changes = Vec::new();
    for (name, values) in &after {
        let known = before.iter().find(|(own, _)| own == name);
        if known.is_none_or(|(_, known)| known != values) {
            changes.push(FieldChange {
                champ: name.to_string(),
                avant: held(&before, name).unwrap_or_default(),
                apres: told(values),
            });
        }
    }
    for (name, values) in &before {
        if !after.iter().any(|(own, _)| own == name) {
            changes.push(FieldChange {
                champ: name.to_string(),
                avant: told(values),
                apres: Vec::new(),
            });
        }
    }
    changes
}

/// Everything that a fiche holds.
fn fields<'a>(fiche: &'a Fiche, schema: &'a Schema) -> Vec<Field<'a>> {
    let mut all: Vec<Field<'a>> = Vec::with_capacity(24);
    {
        let mut add = |name: Cow<'a, str>, values: Vec<Cow<'a, str>>| {
            let values: Vec<_> = values
                .into_iter()
                .filter(|value| !value.is_empty())
                .collect();
            if values.is_empty() {
                return;
            }
            // A source may call a column of its own as one of ours is called.
            match all.iter_mut().find(|(own, _)| *own == name) {
                Some((_, known)) => known.extend(values),
                None => all.push((name, values)),
            }
        };
        identity(fiche, &mut add);
        for (key, value) in fiche.values.iter() {
            let mut columns = schema.columns(fiche.kind).iter();
            let column = columns.find(|column| column.key == key);
            let name = column.map_or(key, |column| column.name);
            add(name.as_str().into(), spelt(value));
        }
        surroundings(fiche, &mut add);
        for attribute in &fiche.attributes {
            let values = attribute.values.iter().map(|value| value.as_str().into());
            add(attribute.name.as_str().into(), values.collect());
        }
    }
    all
}

/// Names and texts.
fn identity<'a>(fiche: &'a Fiche, add: &mut impl FnMut(Cow<'a, str>, Vec<Cow<'a, str>>)) {
    add("nom".into(), vec![fiche.name.as_str().into()]);
    add("texte".into(), vec![fiche.text.as_str().into()]);
    let names = fiche.aliases.iter().map(|alias| match alias.code {
        Some(code) => format!("{} ({code})", alias.name).into(),
        None => alias.name.as_str().into(),
    });
    add("autres_noms".into(), names.collect());
}

/// Where it is, whose it is, since when.
fn surroundings<'a>(fiche: &'a Fiche, add: &mut impl FnMut(Cow<'a, str>, Vec<Cow<'a, str>>)) {
    let code = |code: Option<atlaas_model::Code>| {
        let code = code.map(|code| Cow::Owned(code.to_string()));
        code.into_iter().collect::<Vec<_>>()
    };
    let updated = fiche.updated.map(|day| Cow::Owned(day.to_string()));
    add("date_maj".into(), updated.into_iter().collect());
    let address = fiche.address.as_deref().map(Cow::Borrowed);
    add("adresse".into(), address.into_iter().collect());
    for level in Level::ALL {
        add(
            format!("code_{level}").into(),
            code(fiche.territory.at(level)),
        );
    }
    add("code".into(), code(fiche.code));
    add("siren".into(), code(fiche.siren));
    let postcodes = fiche.postcodes.iter().map(|code| code.as_str().into());
    add("codes_postaux".into(), postcodes.collect());
    let former = fiche.former_codes.iter();
    let former = former.map(|code| Cow::Owned(code.to_string()));
    add("anciens_codes".into(), former.collect());
    add("labels".into(), fiche.labels.iter().map(label).collect());
    // A tenth of a metre, as answers write it.
    let degrees = |degrees: f64| vec![Cow::Owned(((degrees * 1e6).round() / 1e6).to_string())];
    if let Some(position) = fiche.position {
        add("longitude".into(), degrees(position.longitude()));
        add("latitude".into(), degrees(position.latitude()));
    }
    add("precision".into(), vec![fiche.precision.as_str().into()]);
}

/// `2019:4`, `2022:Mention e-santé`, `2021:3 (Plaine Commune)`.
fn label(label: &Label) -> Cow<'static, str> {
    let level = label.level.map(|level| level.to_string());
    let told = [level.as_deref(), label.mention.as_deref()];
    let told = told.into_iter().flatten().collect::<Vec<_>>().join(" ");
    match &label.group {
        Some(group) => format!("{}:{told} ({})", label.year, group.name),
        None => format!("{}:{told}", label.year),
    }
    .into()
}

fn spelt(value: &Value) -> Vec<Cow<'_, str>> {
    match value {
        Value::Texts(texts) => texts.iter().map(|text| text.as_str().into()).collect(),
        Value::Terms(slugs) => slugs.iter().map(|slug| slug.as_str().into()).collect(),
        Value::Number(number) => vec![number.to_string().into()],
        Value::Year(year) => vec![year.to_string().into()],
        Value::Date(day) => vec![day.to_string().into()],
        Value::Boolean(yes) => vec![if *yes { "oui" } else { "non" }.into()],
    }
}
