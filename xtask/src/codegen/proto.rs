//! Reads the messages of a `generated.proto`, which the facts from Go are checked against.

use std::collections::BTreeMap;

/// Messages by name.
pub(crate) type Messages = BTreeMap<String, Vec<ProtoField>>;

/// A field of a protobuf message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProtoField {
    /// Its name.
    pub(crate) name: String,
    /// Its number.
    pub(crate) number: u32,
    /// `optional`, `repeated` or `map`.
    pub(crate) label: &'static str,
    /// Its type; of a map, the type of the values. Other packages' types start with a dot.
    pub(crate) ty: String,
}

/// Reads all messages of a file.
pub(crate) fn read(text: &str) -> Messages {
    let mut messages = Messages::new();
    let mut current = String::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("message ") {
            rest.trim_end_matches('{').trim().clone_into(&mut current);
            messages.insert(current.clone(), Vec::new());
        } else if let Some(field) = field(line)
            && let Some(fields) = messages.get_mut(&current)
        {
            fields.push(field);
        }
    }
    messages
}

fn field(line: &str) -> Option<ProtoField> {
    let (declared, number) = line.strip_suffix(';')?.split_once(" = ")?;
    let number = number.trim().parse().ok()?;
    let (label, rest) = if let Some(rest) = declared.strip_prefix("map<string, ") {
        ("map", rest.replacen('>', "", 1))
    } else if let Some(rest) = declared.strip_prefix("repeated ") {
        ("repeated", rest.to_owned())
    } else {
        ("optional", declared.strip_prefix("optional ")?.to_owned())
    };
    let (ty, name) = rest.split_once(' ')?;
    Some(ProtoField { name: name.to_owned(), number, label, ty: ty.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_labels_types_and_numbers() {
        let messages = read(
            "message A {\n  // optional words = 9;\n  optional string name = 1;\n\n  \
             repeated .b.C items = 2;\n  map<string, bytes> data = 3;\n}\n\nmessage D {\n}\n",
        );
        let field = |name: &str, number, label, ty: &str| ProtoField {
            name: name.to_owned(),
            number,
            label,
            ty: ty.to_owned(),
        };
        let expected = [
            field("name", 1, "optional", "string"),
            field("items", 2, "repeated", ".b.C"),
            field("data", 3, "map", "bytes"),
        ];
        assert_eq!(messages["A"], expected);
        assert!(messages["D"].is_empty());
    }
}
