//! A JSON value as YAML 1.2: maps and lists in blocks, every other value as JSON writes it, which YAML
//! reads the same.

use serde_json::Value;

/// The document.
pub fn write(value: &Value) -> String {
    let mut text = String::new();
    block(value, 0, &mut text);
    text
}

/// A value on lines of its own.
fn block(value: &Value, depth: usize, text: &mut String) {
    let margin = "  ".repeat(depth);
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (name, value) in map {
                text.push_str(&format!("{margin}{}:", Value::from(name.as_str())));
                after(value, depth, text);
            }
        }
        Value::Array(values) if !values.is_empty() => {
            for value in values {
                text.push_str(&margin);
                text.push('-');
                after(value, depth, text);
            }
        }
        plain => text.push_str(&format!("{margin}{plain}\n")),
    }
}

/// A value after its name or its dash.
fn after(value: &Value, depth: usize, text: &mut String) {
    let nested = match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(values) => !values.is_empty(),
        _ => false,
    };
    if nested {
        text.push('\n');
        block(value, depth + 1, text);
    } else {
        text.push_str(&format!(" {value}\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_stand_in_blocks() {
        let value = json!({"a": {"b: #": [1, {"c": "x\n\"é\""}, []], "d": {}}, "e": null});
        let expected = "\"a\":\n  \"b: #\":\n    - 1\n    -\n      \"c\": \"x\\n\\\"é\\\"\"\n    - []\n  \"d\": {}\n\"e\": null\n";
        assert_eq!(write(&value), expected);
    }
}
