//! `/configz`: the configuration that a part runs with (`component-base/configz`).
//!
//! A table is a file of lines `path, source`, separated by a tab, in the order of upstream's fields.
//! The source is `--` and a flag's name, or JSON for what no flag changes.

use std::fmt::Write as _;

use pintle_machinery::flags::{Parsed, Value};
use pintle_machinery::json::{quote, to_string};
use serde_json::json;

/// The document of a table: an object under one name.
pub fn document(name: &str, table: &str, parsed: &Parsed) -> String {
    let fields = table.lines().filter_map(|line| line.split_once('\t')).map(|(path, source)| {
        let value = match source.strip_prefix("--") {
            Some(flag) => print(parsed.value(flag)),
            None => source.to_owned(),
        };
        (path, value)
    });
    object(name, fields)
}

/// An object under one name, of values in JSON by their paths.
pub fn object<'a>(name: &str, fields: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut out = format!("{{{}:{{", quote(name));
    let mut open: Vec<&str> = Vec::new();
    let mut first = true;
    for (path, value) in fields {
        let mut parents: Vec<&str> = path.split('.').collect();
        let field = parents.pop().unwrap_or_default();
        let shared = parents.iter().zip(&open).take_while(|(one, other)| one == other).count();
        for _ in shared..open.len() {
            out.push('}');
            first = false;
        }
        open.truncate(shared);
        for parent in &parents[shared..] {
            comma(&mut out, &mut first);
            // Writing to a string cannot fail.
            write!(out, "{}:{{", quote(parent)).ok();
            open.push(parent);
            first = true;
        }
        comma(&mut out, &mut first);
        write!(out, "{}:{value}", quote(field)).ok();
    }
    out.push_str(&"}".repeat(open.len() + 2));
    out
}

fn comma(out: &mut String, first: &mut bool) {
    if !std::mem::replace(first, false) {
        out.push(',');
    }
}

/// A flag's value as JSON.
fn print(value: &Value) -> String {
    let value = match value {
        Value::Bool(flag) => json!(flag),
        Value::Int(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::Duration(duration) => json!(duration.to_string()),
        Value::Text(text) => json!(text),
        Value::List(items) => json!(items),
        Value::Ints(items) => json!(items),
        Value::Ip(address) => json!(address),
        Value::Map(map) => json!(map),
        Value::BoolMap(map) => json!(map),
        Value::Multimap(map) => json!(map),
        // No configuration names certificates.
        Value::CertKeys(_) => json!([]),
    };
    to_string(&value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flags;

    #[test]
    fn a_table_becomes_nested_objects_in_its_order() {
        let arguments = ["--leader-elect-lease-duration=90s".to_owned()];
        let parsed = flags::scheduler().parse(&arguments).expect("the command line parses");
        let table = "kind\t\"K\"\nb.y.on\t--leader-elect\nb.y.for\t--leader-elect-lease-duration\n\
                     b.x\t--kube-api-burst\na\tnull\nc.z.w\t{}\n";
        let wanted = r#"{"n":{"kind":"K","b":{"y":{"on":true,"for":"1m30s"},"x":100},"a":null,"c":{"z":{"w":{}}}}}"#;
        assert_eq!(document("n", table, &parsed), wanted);
    }
}
