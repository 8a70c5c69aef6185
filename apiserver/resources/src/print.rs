//! What the cells of many tables are made of.

use pintle_engine::resource::CREATION_TIMESTAMP;
use pintle_engine::{Column, name};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt;
use pintle_machinery::selector::LabelSelector;

/// The string at a path; empty if there is none.
pub(crate) fn text(object: &Value, path: &[&str]) -> Value {
    text_or(object, path, "")
}

/// The string at a path, or another one if there is none or it is empty.
pub(crate) fn text_or(object: &Value, path: &[&str], absent: &str) -> Value {
    Value::from(object.str_at(path).filter(|text| !text.is_empty()).unwrap_or(absent))
}

/// The flag at a path, or another one if there is none.
pub(crate) fn flag_or(object: &Value, path: &[&str], absent: bool) -> Value {
    Value::from(object.bool_at(path).unwrap_or(absent))
}

/// The number at a path; 0 if there is none.
pub(crate) fn number(object: &Value, path: &[&str]) -> Value {
    Value::from(object.i64_at(path).unwrap_or(0))
}

/// How many items the list at a path has.
pub(crate) fn count(object: &Value, path: &[&str]) -> Value {
    Value::from(object.list_at(path).len())
}

/// The strings of the list at a path.
pub(crate) fn strings<'a>(object: &'a Value, path: &[&str]) -> Vec<&'a str> {
    object.list_at(path).iter().filter_map(Value::as_str).collect()
}

/// A selector as text (`meta/v1.FormatLabelSelector`).
pub(crate) fn label_selector(selector: Option<&Value>) -> String {
    match LabelSelector::from_value(selector) {
        Ok(selector) if selector.is_empty() => "<none>".into(),
        Ok(selector) => match selector.to_string() {
            text if text.is_empty() => "<none>".into(),
            text => text,
        },
        Err(_) => "<error>".into(),
    }
}

/// The first few of a list, and how many more there are (`printers.listWithMoreString`).
pub(crate) fn first(items: impl IntoIterator<Item = String>, most: usize) -> String {
    let items: Vec<String> = items.into_iter().collect();
    let shown = items.iter().take(most).cloned().collect::<Vec<_>>().join(",");
    if items.len() > most {
        return format!("{shown} + {} more...", items.len() - most);
    }
    if shown.is_empty() { "<unset>".into() } else { shown }
}

/// The creation time as a date, for kinds that show no age.
pub(crate) const fn created_at() -> Column {
    Column {
        name: "Created At",
        ty: "date",
        format: "",
        priority: 0,
        description: CREATION_TIMESTAMP,
        cell: |object, _| {
            text_or(object, &["metadata", "creationTimestamp"], "0001-01-01T00:00:00Z")
        },
    }
}

/// The Name column with a cell of its own.
pub(crate) const fn name_as(cell: fn(&Value, i64) -> Value) -> Column {
    let mut column = name();
    column.cell = cell;
    column
}
