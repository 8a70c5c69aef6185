//! Writes the facts as Rust statics.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::model::{Facts, Field, Gvk, Id, Message, Resource, Type};
use super::modules::{MODULES, RELEASE};

/// Appends formatted text to a string.
macro_rules! put {
    ($out:expr, $($text:tt)*) => {
        write!($out, $($text)*).expect("a string takes all that is written")
    };
}

/// Appends a formatted line to a string.
macro_rules! line {
    ($out:expr, $($text:tt)*) => {
        writeln!($out, $($text)*).expect("a string takes all that is written")
    };
}

/// How many members the catalog's `Declared` and `Merge` have: a literal with all of them needs no base.
const DECLARED_FACTS: usize = 4;
const MERGE_FACTS: usize = 4;

/// Files by name.
pub(crate) type Files = BTreeMap<String, String>;

/// Every file of `api/src/generated`.
pub(crate) fn files(facts: &Facts) -> Result<Files, String> {
    let mut packages: BTreeMap<String, Vec<(&Id, &Message)>> = BTreeMap::new();
    for (id, message) in &facts.messages {
        packages.entry(module(&id.0)).or_default().push((id, message));
    }
    let mut files = Files::new();
    let modules: Vec<String> = packages.keys().cloned().collect();
    for (module, messages) in packages {
        let path = &messages[0].0.0;
        if messages.iter().any(|(id, _)| id.0 != *path) {
            return Err(format!("two packages are called {module}"));
        }
        files.insert(format!("{module}.rs"), package(path, &messages)?);
    }
    files.insert("kinds.rs".to_owned(), kinds(facts));
    files.insert("messages.rs".to_owned(), messages(facts));
    files.insert("resources.rs".to_owned(), resources(facts)?);
    files.insert("mod.rs".to_owned(), root(&modules));
    Ok(files)
}

fn header(about: &str) -> String {
    let modules: Vec<String> =
        MODULES.iter().map(|(module, version)| format!("{module}@{version}")).collect();
    format!(
        "//! {about}\n//!\n//! Written by `cargo xtask codegen`; do not edit. Read from:\n//! {}.\n\n",
        modules.join(",\n//! ")
    )
}

fn root(modules: &[String]) -> String {
    let mut out = header("The data of the catalog.");
    for module in modules {
        line!(out, "#[rustfmt::skip]\nmod {module};");
    }
    out.push_str(
        "#[rustfmt::skip]\nmod kinds;\n#[rustfmt::skip]\nmod messages;\n#[rustfmt::skip]\n\
         mod resources;\n\n\
         use crate::catalog::{Catalog, Declared, Field, FieldType, Omit, Scalar, Shape};\n\n",
    );
    put!(
        out,
        "/// The facts of the pinned release.\n\
         pub(crate) static CATALOG: Catalog = Catalog {{\n    \
         release: {RELEASE:?},\n    \
         messages: messages::MESSAGES,\n    \
         kinds: kinds::KINDS,\n    \
         groups: resources::GROUPS,\n    \
         resources: resources::RESOURCES,\n}};\n\n"
    );
    for scalar in ["Bool", "Bytes", "Double", "Int32", "Int64", "String"] {
        line!(
            out,
            "const {}: FieldType = FieldType::Scalar(Scalar::{scalar});",
            scalar.to_uppercase()
        );
    }
    out.push_str(
        "\n/// A field about which nothing else is declared.\nconst FIELD: Field = Field {\n    \
         json: \"\",\n    number: 0,\n    ty: STRING,\n    shape: Shape::Single,\n    \
         pointer: false,\n    omit: Omit::Never,\n    optional: false,\n    \
         declared: &Declared::NOTHING,\n};\n",
    );
    out
}

fn package(path: &str, messages: &[(&Id, &Message)]) -> Result<String, String> {
    let mut names = BTreeMap::new();
    let mut body = String::new();
    for (id, message) in messages {
        let name = constant(&id.1);
        if let Some(other) = names.insert(name.clone(), &id.1) {
            return Err(format!("{path}: {other} and {} are both called {name}", id.1));
        }
        let mut numbered: Vec<(u32, usize)> = Vec::new();
        put!(
            body,
            "\npub(super) static {name}: Message = Message {{\n    name: {:?},\n    form: \
             Form::{},\n    fields: &[",
            message.name,
            message.form
        );
        for (index, field) in message.fields.iter().enumerate() {
            put!(body, "\n        {},", self::field(field, path)?);
            if field.number != 0 {
                numbered.push((field.number, index));
            }
        }
        let end = if message.fields.is_empty() { "" } else { "\n    " };
        numbered.sort_unstable();
        let order: Vec<String> = numbered.iter().map(|(_, index)| index.to_string()).collect();
        put!(
            body,
            "{end}],\n    by_number: &[{}],\n    atomic: {},\n}};\n",
            order.join(", "),
            message.atomic
        );
    }
    let mut out = header(&format!("Messages of `{path}`."));
    imports(&mut out, &body);
    out.push_str(&body);
    Ok(out)
}

/// Imports what the body uses, and nothing else.
fn imports(out: &mut String, body: &str) {
    let mut types = vec!["Form", "Message"];
    types.extend(
        [
            ("Declared {", "Declared"),
            ("Field {", "Field"),
            ("Merge {", "Merge"),
            ("Omit::", "Omit"),
        ]
        .iter()
        .filter_map(|(text, name)| body.contains(text).then_some(*name)),
    );
    if body.contains("Shape::") {
        types.push("Shape");
    }
    if body.contains("Topology::") {
        types.push("Topology");
    }
    types.sort_unstable();
    if body.contains("Struct(&") {
        line!(out, "use crate::catalog::FieldType::Message as Struct;");
    }
    line!(out, "use crate::catalog::{{{}}};", types.join(", "));
    let mut consts: Vec<&str> =
        ["BOOL", "BYTES", "DOUBLE", "FIELD", "INT32", "INT64", "STRING"].into_iter().collect();
    consts.retain(|name| {
        body.contains(&format!("ty: {name},")) || body.contains(&format!("..{name}"))
    });
    if !consts.is_empty() {
        line!(out, "use super::{{{}}};", consts.join(", "));
    }
}

/// A field as a literal that says only what differs from `FIELD`.
fn field(field: &Field, path: &str) -> Result<String, String> {
    let mut out = String::from("Field { ");
    if !field.json.is_empty() {
        put!(out, "json: {:?}, ", field.json);
    }
    if field.number != 0 {
        put!(out, "number: {}, ", field.number);
    }
    match field.ty.as_ref() {
        Some(Type::Scalar(scalar)) => {
            put!(out, "ty: {}, ", scalar.to_uppercase());
        }
        Some(Type::Message(id)) => {
            put!(out, "ty: Struct(&{}), ", reference(id, Some(path)));
        }
        None => return Err(format!("{}: no type", field.json)),
    }
    if field.shape != "Single" {
        put!(out, "shape: Shape::{}, ", field.shape);
    }
    if field.pointer {
        out.push_str("pointer: true, ");
    }
    if field.omit != "Never" {
        put!(out, "omit: Omit::{}, ", field.omit);
    }
    if field.optional {
        out.push_str("optional: true, ");
    }
    declared(field, &mut out);
    out.push_str("..FIELD }");
    Ok(out)
}

fn declared(field: &Field, out: &mut String) {
    let mut facts = Vec::new();
    facts.extend(merge(field));
    if let Some(default) = &field.default {
        facts.push(format!("default: Some({default:?})"));
    }
    if !field.values.is_empty() {
        facts.push(format!("values: &{:?}", field.values));
    }
    if !field.go_type.is_empty() {
        facts.push(format!("go_type: {:?}", field.go_type));
    }
    if facts.is_empty() {
        return;
    }
    if facts.len() < DECLARED_FACTS {
        facts.push("..Declared::NOTHING".to_owned());
    }
    put!(out, "declared: &Declared {{ {} }}, ", facts.join(", "));
}

fn merge(field: &Field) -> Option<String> {
    let mut facts = Vec::new();
    if field.topology != "Default" {
        facts.push(format!("topology: Topology::{}", field.topology));
    }
    if !field.keys.is_empty() {
        facts.push(format!("keys: &{:?}", field.keys));
    }
    if !field.patch_strategy.is_empty() {
        facts.push(format!("patch_strategy: &{:?}", field.patch_strategy));
    }
    if !field.patch_merge_key.is_empty() {
        facts.push(format!("patch_merge_key: {:?}", field.patch_merge_key));
    }
    if facts.is_empty() {
        return None;
    }
    if facts.len() < MERGE_FACTS {
        facts.push("..Merge::NONE".to_owned());
    }
    Some(format!("merge: Merge {{ {} }}", facts.join(", ")))
}

fn messages(facts: &Facts) -> String {
    let mut out = header("Every message, sorted by name.");
    out.push_str("use crate::catalog::Message;\n\npub(super) static MESSAGES: &[&Message] = &[\n");
    let mut sorted: Vec<(&str, &Id)> =
        facts.messages.iter().map(|(id, message)| (message.name.as_str(), id)).collect();
    sorted.sort_unstable();
    for (_, id) in sorted {
        line!(out, "    &{},", reference(id, None));
    }
    out.push_str("];\n");
    out
}

fn kinds(facts: &Facts) -> String {
    let mut out = header("Every kind, sorted by group, version, kind.");
    out.push_str("use crate::catalog::Kind;\n\npub(super) static KINDS: &[Kind] = &[\n");
    for ((group, version, kind), id) in &facts.kinds {
        line!(
            out,
            "    Kind {{ group: {group:?}, version: {version:?}, kind: {kind:?}, message: &{} }},",
            reference(id, None)
        );
    }
    out.push_str("];\n");
    out
}

fn resources(facts: &Facts) -> Result<String, String> {
    let mut out = header("What is served by default, in discovery order.");
    out.push_str("use crate::catalog::{Group, GroupVersion, Resource, Subresource};\n\n");
    out.push_str("pub(super) static GROUPS: &[Group] = &[\n");
    for group in &facts.groups {
        let versions: Vec<String> = group
            .versions
            .iter()
            .map(|(version, priority)| {
                format!("GroupVersion {{ version: {version:?}, version_priority: {priority} }}")
            })
            .collect();
        line!(
            out,
            "    Group {{ name: {:?}, versions: &[{}], group_priority_minimum: {} }},",
            group.name,
            versions.join(", "),
            group.priority
        );
    }
    out.push_str("];\n\npub(super) static RESOURCES: &[Resource] = &[\n");
    for resource in &facts.resources {
        write_resource(resource, facts, &mut out)?;
    }
    out.push_str("];\n");
    Ok(out)
}

fn write_resource(resource: &Resource, facts: &Facts, out: &mut String) -> Result<(), String> {
    let (group, version, kind) = &resource.gvk;
    let message = facts.kinds.get(&resource.gvk);
    let message = message.ok_or_else(|| format!("{}: kind unknown", resource.plural))?;
    put!(
        out,
        "    Resource {{\n        group: {group:?},\n        version: {version:?},\n        \
         plural: {:?},\n        singular: {:?},\n        kind: {kind:?},\n        \
         namespaced: {},\n        short_names: &{:?},\n        categories: &{:?},\n        \
         verbs: &{:?},\n        storage: {:?},\n        storage_prefix: {:?},\n        \
         storage_json: {},\n        storage_version_hash: {:?},\n        subresources: &[",
        resource.plural,
        resource.singular,
        resource.namespaced,
        resource.short_names,
        resource.categories,
        resource.verbs,
        resource.storage,
        resource.storage_prefix,
        resource.storage_json,
        resource.hash,
    );
    for (name, gvk, verbs) in &resource.subresources {
        check_kind(gvk, facts)?;
        put!(
            out,
            "\n            Subresource {{ name: {name:?}, gvk: {gvk:?}, verbs: &{verbs:?} }},"
        );
    }
    let end = if resource.subresources.is_empty() { "" } else { "\n        " };
    put!(out, "{end}],\n        message: &{},\n    }},\n", reference(message, None));
    Ok(())
}

fn check_kind(gvk: &Gvk, facts: &Facts) -> Result<(), String> {
    if facts.kinds.contains_key(gvk) { Ok(()) } else { Err(format!("{gvk:?}: kind unknown")) }
}

/// Path of a message's static, as seen from a sibling module or from its own.
fn reference(id: &Id, from: Option<&str>) -> String {
    let name = constant(&id.1);
    if from == Some(id.0.as_str()) { name } else { format!("super::{}::{name}", module(&id.0)) }
}

/// Module of a package: `k8s.io/api/core/v1` is `core_v1`.
fn module(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let last = parts.next().unwrap_or_default();
    let is_version = last.starts_with('v') && last[1..].starts_with(|c: char| c.is_ascii_digit());
    match parts.next() {
        Some(group) if is_version => format!("{group}_{last}"),
        _ => last.to_owned(),
    }
}

/// `ISCSIVolumeSource` as `ISCSI_VOLUME_SOURCE`.
fn constant(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(index + 1);
        let starts_word = c.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() || after.is_some_and(char::is_ascii_lowercase)
            });
        if starts_word {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statics_are_named_word_by_word() {
        for (name, expected) in [
            ("Pod", "POD"),
            ("PodSpec", "POD_SPEC"),
            ("ISCSIVolumeSource", "ISCSI_VOLUME_SOURCE"),
            ("CSIPersistentVolumeSource", "CSI_PERSISTENT_VOLUME_SOURCE"),
            ("FieldsV1", "FIELDS_V1"),
        ] {
            assert_eq!(constant(name), expected);
        }
    }

    #[test]
    fn modules_are_named_by_group_and_version() {
        assert_eq!(module("k8s.io/api/core/v1"), "core_v1");
        assert_eq!(module("k8s.io/apimachinery/pkg/version"), "version");
    }
}
