//! A parameter as it is described: name, meaning, form of its value, an example that works, and what
//! decides beside that form. Handlers group theirs under a name, with [`parameters!`].

use atlaas_engine::{Form, Parameter as Row};
use serde_json::json;
use std::borrow::Cow;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{self, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Object, Required};

/// Key of what decides beside the form of a value.
pub const CONDITION: &str = "x-condition";
/// Longest text that is described as accepted, characters.
pub(crate) const LONGEST_TEXT: usize = 500;
/// Longest name of a snapshot, characters.
const LONGEST_VERSION: usize = 64;

/// What a value looks like.
#[derive(Clone, Debug)]
pub enum Takes {
    /// Any text that is not too long.
    Text,
    /// Anything: what is not understood is shown, or says nothing.
    Anything,
    /// A whole number between bounds.
    Integer(i64, i64),
    /// A number between bounds.
    Number(f64, f64),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Several of these, separated by commas.
    Several(&'static [&'static str]),
    /// One of those that the schema has.
    Declared(Vec<&'static str>),
    /// Several of those that the schema has, separated by commas.
    SeveralDeclared(Vec<&'static str>),
    /// Several texts, separated by commas.
    Texts,
    /// Name of a snapshot.
    Version,
}

/// A parameter of an address.
#[derive(Clone, Debug)]
pub struct Parameter {
    name: Cow<'static, str>,
    about: Cow<'static, str>,
    kind: Takes,
    example: Cow<'static, str>,
    in_path: bool,
    required: bool,
    condition: Cow<'static, str>,
}

/// Yes or no.
pub const FLAG: Takes = Takes::OneOf(&["0", "1", "true", "false", "oui", "non"]);
/// Degrees east.
pub const LONGITUDE: Takes = Takes::Number(-180.0, 180.0);
/// Degrees north.
pub const LATITUDE: Takes = Takes::Number(-90.0, 90.0);

impl Parameter {
    /// A parameter that may be left out.
    pub fn query(
        name: impl Into<Cow<'static, str>>,
        kind: Takes,
        about: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            name: name.into(),
            about: about.into(),
            kind,
            example: "".into(),
            in_path: false,
            required: false,
            condition: "".into(),
        }
    }

    /// A parameter of the query that must be given.
    pub fn needed(name: &'static str, kind: Takes, about: &'static str) -> Self {
        Self {
            required: true,
            ..Self::query(name, kind, about)
        }
    }

    /// A part of the path.
    pub fn path(name: &'static str, kind: Takes, about: &'static str) -> Self {
        Self {
            in_path: true,
            ..Self::needed(name, kind, about)
        }
    }

    /// The same with a value that works.
    #[must_use]
    pub fn like(mut self, example: impl Into<Cow<'static, str>>) -> Self {
        self.example = example.into();
        self
    }

    /// The same in other words.
    #[must_use]
    pub fn about(mut self, about: impl Into<Cow<'static, str>>) -> Self {
        self.about = about.into();
        self
    }

    /// The same, accepted or refused by more than its form.
    #[must_use]
    pub fn when(mut self, condition: impl Into<Cow<'static, str>>) -> Self {
        self.condition = condition.into();
        self
    }

    /// The same, where nothing is refused.
    #[must_use]
    pub fn freely(mut self) -> Self {
        self.kind = Takes::Anything;
        self.condition = "".into();
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// As OpenAPI says it.
    pub fn described(&self) -> path::Parameter {
        let (place, required) = match (self.in_path, self.required) {
            (true, _) => (ParameterIn::Path, Required::True),
            (false, true) => (ParameterIn::Query, Required::True),
            (false, false) => (ParameterIn::Query, Required::False),
        };
        let example = match (&self.kind, &*self.example) {
            (_, "") => None,
            (Takes::Integer(..) | Takes::Number(..), text) => serde_json::from_str(text).ok(),
            (_, text) => Some(json!(text)),
        };
        let builder = ParameterBuilder::new()
            .name(self.name.clone())
            .parameter_in(place)
            .required(required)
            .description(Some(self.about.clone()))
            .schema(Some(self.schema()))
            .example(example);
        if self.condition.is_empty() {
            return builder.build();
        }
        let told = Extensions::builder().add(CONDITION, &*self.condition);
        builder.extensions(Some(told.build())).build()
    }

    fn schema(&self) -> Schema {
        let full = Schema::Object(self.object());
        let numeric = matches!(self.kind, Takes::Integer(..) | Takes::Number(..));
        if !numeric || self.required {
            return full;
        }
        // An empty value is as if the parameter were absent: plain HTML forms send those.
        let empty = of_type(Type::String).max_length(Some(0)).build();
        Schema::AnyOf(
            AnyOfBuilder::new()
                .item(full)
                .item(Schema::Object(empty))
                .build(),
        )
    }

    fn object(&self) -> Object {
        let empty = (!self.required).then_some("");
        match &self.kind {
            Takes::Anything => of_type(Type::String),
            Takes::Text | Takes::Texts => of_type(Type::String).max_length(Some(LONGEST_TEXT)),
            Takes::Version => of_type(Type::String).max_length(Some(LONGEST_VERSION)),
            Takes::Several(values) => several(values),
            Takes::SeveralDeclared(values) => several(values),
            Takes::OneOf(values) => {
                of_type(Type::String).enum_values(Some(values.iter().copied().chain(empty)))
            }
            Takes::Declared(values) => {
                of_type(Type::String).enum_values(Some(values.iter().copied().chain(empty)))
            }
            Takes::Integer(first, last) => of_type(Type::Integer)
                .minimum(Some(*first as f64))
                .maximum(Some(*last as f64)),
            Takes::Number(first, last) => of_type(Type::Number)
                .minimum(Some(*first))
                .maximum(Some(*last)),
        }
        .build()
    }
}

/// A row of the table of the query.
impl From<Row> for Parameter {
    fn from(row: Row) -> Self {
        let kind = match row.form {
            Form::Text => Takes::Text,
            Form::Texts => Takes::Texts,
            Form::Integer { least, most } => Takes::Integer(least, most),
            Form::Number { least, most } => Takes::Number(least, most),
            Form::Flag(values) => Takes::OneOf(values),
            Form::OneOf(values) => Takes::Declared(values.into_owned()),
            Form::Several(values) => Takes::SeveralDeclared(values.into_owned()),
        };
        let condition = row
            .condition
            .map_or("".into(), |condition| condition.french);
        Self::query(row.name, kind, row.about.french)
            .like(row.example)
            .when(condition)
    }
}

fn several(values: &[&str]) -> ObjectBuilder {
    let one = values.join("|");
    of_type(Type::String)
        .pattern(Some(format!("^(({one})(,({one}))*)?$")))
        .max_length(Some(LONGEST_TEXT))
}

fn of_type(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(kind))
}

/// Names a group of parameters, for the `params(…)` of a handler's description.
macro_rules! parameters {
    ($(#[$doc:meta])* $visibility:vis $name:ident = $parameters:expr) => {
        $(#[$doc])*
        $visibility enum $name {}

        impl utoipa::IntoParams for $name {
            fn into_params(
                _: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
            ) -> Vec<utoipa::openapi::path::Parameter> {
                $parameters.iter().map($crate::describe::parameter::Parameter::described).collect()
            }
        }
    };
}
pub(crate) use parameters;
