//! Rows out of JSON: an array of objects, or the features of a GeoJSON collection of points.

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::json_stream::{ElementStream, StreamError},
    tables::row::{COLUMN_LIMIT, Row, VALUE_LIMIT, column_name, floor},
    tables::source_file::{STREAMED_LIMIT, SourceFile},
};
use atlaas_model::Action;
use serde_json::{Map, Value};
use std::io::Read;

/// Where the rows may stand in a document that is an object.
const KEYS: [&str; 5] = ["features", "initiatives", "colieux", "labels", "data"];

/// A JSON document read row by row.
pub(crate) struct JsonTable {
    name: String,
    stream: ElementStream<'static, Box<dyn Read>>,
}

impl JsonTable {
    /// Opens the file; nothing is read yet.
    pub(crate) fn new(file: &SourceFile) -> Result<Self, IngestError> {
        Ok(Self {
            name: file.name.clone(),
            stream: ElementStream::new(file.open(STREAMED_LIMIT)?, &KEYS),
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
            match serde_json::from_slice(element.json) {
                Ok(Value::Object(object)) => return Ok(Some(row(element.line, &object))),
                Ok(_) => remarks.note(
                    Action::Refuse,
                    "",
                    &String::from_utf8_lossy(&element.json[..element.json.len().min(200)]),
                    "un objet est attendu : une fiche par objet",
                ),
                Err(error) => {
                    let place = element.offset + error.column() as u64;
                    let advice = format!("JSON illisible vers l'octet {place} : {error}");
                    remarks.note(Action::Refuse, "", "", advice);
                }
            }
        }
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
    }
}

fn row(line: u64, object: &Map<String, Value>) -> Row {
    let mut row = Row::new(line);
    let feature = object.get("type").and_then(Value::as_str) == Some("Feature");
    let properties = match object.get("properties") {
        Some(Value::Object(properties)) if feature => properties,
        _ => object,
    };
    for (name, value) in properties.iter().take(COLUMN_LIMIT) {
        let name = column_name(name.get(..120).unwrap_or(name));
        let text = cell(value);
        if !name.is_empty() && row.raw(&name).is_empty() {
            row.push(name.into(), floor(&text, VALUE_LIMIT));
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
    use serde_json::json;

    #[test]
    fn a_feature_is_a_row_with_its_position() {
        let feature = json!({"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [2.5, 48, 9]},
            "properties": {"Titre": "Un", "publics": ["Jeunes", "Seniors"], "vide": null}});
        let row = row(3, feature.as_object().unwrap());
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
        let row = row(1, object.as_object().unwrap());
        assert_eq!(row.raw("type"), "x");
        assert_eq!(row.raw("n"), "1.5");
        assert_eq!(row.raw("o"), "{\"a\":[1]}");
    }
}
