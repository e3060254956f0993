//! Rows out of JSON: an array of objects, or the features of a GeoJSON collection of points.

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::cell,
    tables::columns,
    tables::json_source,
    tables::json_stream::{Element, ElementStream, StreamError},
    tables::json_text::{broken, context, decoded},
    tables::row::{COLUMN_LIMIT, Row},
    tables::source_file::{STREAMED_LIMIT, SourceFile},
};
use atlaas_model::Action;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use std::{io::Read, sync::Arc};

/// Where the rows may stand in a document that is an object.
const KEYS: [&str; 5] = ["features", "initiatives", "colieux", "labels", "data"];

/// Most bytes of one row; as values in memory it takes twenty times as much.
const ROW_LIMIT: usize = 8 << 20;

/// A JSON document read row by row.
pub(crate) struct JsonTable {
    name: String,
    stream: ElementStream<'static, Box<dyn Read>>,
    keys: Keys,
    /// Line of the last element, and how many began there.
    last: (u64, u64),
    /// Elements that were refused here, and never given out.
    pub(crate) refused: u64,
}

impl JsonTable {
    /// Opens the file; nothing is read yet.
    pub(crate) fn new(file: &SourceFile) -> Result<Self, IngestError> {
        let stream = ElementStream::new(json_source::open(file)?, &KEYS);
        Ok(Self {
            name: file.name.clone(),
            stream: stream.with_limit(ROW_LIMIT),
            keys: Keys::default(),
            last: (0, 0),
            refused: 0,
        })
    }

    /// The next row; `None` at the end. Elements that are no objects are reported and skipped.
    pub(crate) fn next(
        &mut self,
        file: &SourceFile,
        remarks: &mut Remarks<'_>,
    ) -> Result<Option<Row>, IngestError> {
        loop {
            let element = match self.stream.next() {
                Ok(Some(element)) => element,
                Ok(None) => return Ok(None),
                Err(error) => return Err(failure(file, &self.name, error)),
            };
            remarks.at(element.line);
            let before = if self.last.0 == element.line {
                self.last.1
            } else {
                0
            };
            self.last = (element.line, before + 1);
            let json = decoded(element.json, remarks);
            let advice = match serde_json::from_slice(&json) {
                Ok(Value::Object(object)) => {
                    let mut row = row(element.line, &object, &mut self.keys, remarks);
                    row.rank = before + 1;
                    return Ok(Some(row));
                }
                Ok(_) => "un objet est attendu : une fiche par objet".to_owned(),
                Err(error) => match broken(&self.name, &element, &json, &error) {
                    Some(error) => return Err(error),
                    None => format!("objet illisible : {error}"),
                },
            };
            self.refused += 1;
            let shown = String::from_utf8_lossy(&json[..json.len().min(200)]);
            remarks.note(Action::Refuse, "", &shown, advice);
        }
    }
}

/// The keys of the last object and the columns they name; objects of one file mostly have the same.
#[derive(Debug, Default)]
struct Keys {
    raw: Vec<String>,
    names: Vec<Arc<str>>,
    said: bool,
}

impl Keys {
    fn names(&mut self, object: &Map<String, Value>, remarks: &mut Remarks<'_>) -> &[Arc<str>] {
        let keys = object.keys().take(COLUMN_LIMIT);
        if !keys.clone().eq(self.raw.iter()) {
            self.raw = keys.cloned().collect();
            self.names = columns::names(&self.raw);
            if !self.said {
                let before = remarks.count();
                columns::warn(&self.raw, &self.names, remarks);
                self.said = remarks.count() > before;
            }
        }
        &self.names
    }
}

/// The error of a stream as an error of this file.
pub(crate) fn failure(file: &SourceFile, name: &str, error: StreamError) -> IngestError {
    match error {
        StreamError::Io(error) => file.failure(error, STREAMED_LIMIT),
        StreamError::Syntax { offset, problem } => IngestError::Json {
            name: name.to_owned(),
            offset,
            problem,
        },
        StreamError::Unended {
            offset,
            line,
            json,
            problem,
        } => {
            let element = Element {
                offset,
                line,
                json: &json,
            };
            let error = serde_json::from_slice::<IgnoredAny>(&json).err();
            let error = error.filter(serde_json::Error::is_syntax);
            let place = error.and_then(|error| broken(name, &element, &json, &error));
            place.unwrap_or_else(|| IngestError::Json {
                name: name.to_owned(),
                offset,
                problem: format!("{problem}; it begins on line {line}: {}", context(&json, 0)),
            })
        }
    }
}

fn row(line: u64, object: &Map<String, Value>, keys: &mut Keys, remarks: &mut Remarks<'_>) -> Row {
    let mut row = Row::new(line);
    let feature = object.get("type").and_then(Value::as_str) == Some("Feature");
    let properties = match object.get("properties") {
        Some(Value::Object(properties)) if feature => properties,
        _ => object,
    };
    if properties.len() > COLUMN_LIMIT {
        let advice = "plus de 256 propriétés : les autres ne sont pas lues";
        remarks.note(Action::Ignore, "", "", advice);
    }
    let names = keys.names(properties, remarks);
    for (name, value) in names.iter().zip(properties.values()) {
        let raw = cell(value);
        let text = cell::tidy(&raw, name, remarks);
        if !name.is_empty() {
            row.push(Arc::clone(name), &text);
        } else if !text.trim().is_empty() {
            let advice = "propriété sans nom, non reprise : la nommer";
            remarks.note(Action::Ignore, "", &text, advice);
        }
    }
    if feature {
        if let (true, Some(id)) = (row.raw("id").is_empty(), object.get("id")) {
            row.push("id".into(), &cell(id));
        }
        if let Some(kind) = object
            .get("geometry")
            .and_then(|geometry| geometry.get("type"))
        {
            row.push("geometry".into(), &cell(kind));
        }
        let point = object
            .get("geometry")
            .filter(|geometry| geometry.get("type").and_then(Value::as_str) == Some("Point"));
        for (rank, name) in ["longitude", "latitude"].into_iter().enumerate() {
            let number = point.and_then(|point| point.get("coordinates")?.get(rank));
            if let (true, Some(number)) = (row.raw(name).is_empty(), number) {
                row.push(name.into(), &cell(number));
            }
        }
    }
    row
}

/// A value as the CSV would hold it: several ones joined by a vertical bar.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values)
            if values
                .iter()
                .all(|value| !value.is_array() && !value.is_object()) =>
        {
            values.iter().map(cell).collect::<Vec<_>>().join("|")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Report;
    use serde_json::json;

    fn read(line: u64, value: &Value) -> Row {
        let mut report = Report::default();
        let mut remarks = Remarks::on(&mut report, "x.json");
        let object = value.as_object().unwrap();
        row(line, object, &mut Keys::default(), &mut remarks)
    }

    #[test]
    fn a_feature_is_a_row_with_its_position() {
        let feature = json!({"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [2.5, 48, 9]},
            "properties": {"Titre": "Un", "publics": ["Jeunes", "Seniors"], "vide": null}});
        let row = read(3, &feature);
        for (column, expected) in [
            ("id", "7"),
            ("titre", "Un"),
            ("publics", "Jeunes|Seniors"),
            ("longitude", "2.5"),
            ("latitude", "48"),
            ("vide", ""),
        ] {
            assert_eq!(row.raw(column), expected, "{column}");
        }
    }

    #[test]
    fn an_object_is_a_row_and_nested_values_stay_json() {
        let object = json!({"type": "x", "n": 1.5, "o": {"a": [1]}});
        let row = read(1, &object);
        assert_eq!(row.raw("type"), "x");
        assert_eq!(row.raw("n"), "1.5");
        assert_eq!(row.raw("o"), "{\"a\":[1]}");
    }
}
