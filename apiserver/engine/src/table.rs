//! Objects as `meta.k8s.io` tables and as metadata only.

use pintle_machinery::{Map, Value, json};

use crate::columns::description;
use crate::meta;
use crate::options::IncludeObject;
use crate::resource::{CREATION_TIMESTAMP, Column, Resource, name};

/// Columns of kinds without their own (`rest.NewDefaultTableConvertor`).
const DEFAULT: [Column; 2] = [
    name(),
    Column {
        name: "Created At",
        ty: "date",
        format: "",
        priority: 0,
        description: CREATION_TIMESTAMP,
        cell: |object, _| match meta::text(object, "creationTimestamp") {
            "" => "0001-01-01T00:00:00Z".into(),
            text => text.into(),
        },
    },
];

/// How a table is made.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// `v1` or `v1beta1`.
    pub version: &'a str,
    /// What rows carry of the object.
    pub include: IncludeObject,
    /// Unix seconds, for ages.
    pub now: i64,
    /// With column definitions; watches show them once.
    pub headers: bool,
}

/// The row's columns, or the default ones.
pub fn columns(row: &Resource) -> &'static [Column] {
    if row.columns.is_empty() { &DEFAULT } else { row.columns }
}

/// Writes a table in Go's field order, without a line end. The metadata object is that of the list,
/// or holds an object's resource version.
pub fn write<'a>(
    row: &Resource,
    metadata: &Value,
    objects: impl Iterator<Item = (&'a Value, Option<Vec<u8>>)>,
    options: Options<'_>,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(4096);
    let head = format!(
        "{{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/{}\",\"metadata\":",
        options.version
    );
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(ordered_list_meta(metadata).as_bytes());
    out.extend_from_slice(b",\"columnDefinitions\":");
    if options.headers {
        write_columns(row, &mut out);
    } else {
        out.extend_from_slice(b"null");
    }
    out.extend_from_slice(b",\"rows\":[");
    for (index, (object, full)) in objects.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_row(row, object, full, options, &mut out);
    }
    out.extend_from_slice(b"]}");
    out
}

fn ordered_list_meta(metadata: &Value) -> String {
    let mut fields = Vec::new();
    for field in ["selfLink", "resourceVersion", "continue", "remainingItemCount"] {
        if let Some(value) = metadata.get(field) {
            fields.push(format!("\"{field}\":{}", json::to_string(value)));
        }
    }
    format!("{{{}}}", fields.join(","))
}

fn write_columns(row: &Resource, out: &mut Vec<u8>) {
    out.push(b'[');
    // A cell without a heading has a column without a name.
    let columns = columns(row).iter().filter(|column| !column.name.is_empty());
    for (index, column) in columns.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let text = format!(
            "{{\"name\":{},\"type\":{},\"format\":{},\"description\":{},\"priority\":{}}}",
            string(column.name),
            string(column.ty),
            string(column.format),
            string(description(row, column)),
            column.priority
        );
        out.extend_from_slice(text.as_bytes());
    }
    out.push(b']');
}

fn string(text: &str) -> String {
    json::to_string(&text)
}

fn write_row(
    row: &Resource,
    object: &Value,
    full: Option<Vec<u8>>,
    options: Options<'_>,
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(b"{\"cells\":[");
    for (index, column) in columns(row).iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(json::to_string(&(column.cell)(object, options.now)).as_bytes());
    }
    out.push(b']');
    if let Some(conditions) = conditions(object) {
        out.extend_from_slice(b",\"conditions\":");
        out.extend_from_slice(conditions.as_bytes());
    }
    out.extend_from_slice(b",\"object\":");
    match (options.include, full) {
        (IncludeObject::None, _) => out.extend_from_slice(b"null"),
        (_, Some(bytes)) => out.extend_from_slice(bytes.strip_suffix(b"\n").unwrap_or(&bytes)),
        (_, None) => {
            let partial = partial(object, options.version);
            out.extend_from_slice(&partial_json(&partial));
        }
    }
    out.push(b'}');
}

/// Rows of pods that are done say so (`printers/internalversion.printPod`).
fn conditions(object: &Value) -> Option<String> {
    let reason = object.pointer("/status/phase")?.as_str()?;
    if object["kind"] != "Pod" || !matches!(reason, "Succeeded" | "Failed") {
        return None;
    }
    let message = match reason {
        "Succeeded" => "The pod has completed successfully.",
        _ => "The pod failed.",
    };
    Some(format!(
        "[{{\"type\":\"Completed\",\"status\":\"True\",\"reason\":\"{reason}\",\"message\":\"{message}\"}}]"
    ))
}

/// The metadata of an object under its own kind (`meta.AsPartialObjectMetadata`).
pub fn partial(object: &Value, version: &str) -> Value {
    let mut out = Map::new();
    out.insert("kind".into(), "PartialObjectMetadata".into());
    out.insert("apiVersion".into(), format!("meta.k8s.io/{version}").into());
    out.insert("metadata".into(), object.get("metadata").cloned().unwrap_or_default());
    Value::Object(out)
}

/// A partial object in Go's field order, without a line end.
pub fn partial_json(partial: &Value) -> Vec<u8> {
    let name = "io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata";
    let mut out = Vec::new();
    match pintle_api::catalog().message(name) {
        Some(message) => pintle_api::codec::json::encode(message, partial, &mut out),
        None => out = json::to_vec(partial),
    }
    if out.last() == Some(&b'\n') {
        out.pop();
    }
    out
}
