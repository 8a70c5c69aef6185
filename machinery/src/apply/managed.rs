//! `metadata.managedFields`: reading it, writing it, and keeping it short.

use std::collections::BTreeMap;

use super::set::Set;
use crate::{Value, json};

/// How many managers by update an object keeps (`DefaultMaxUpdateManagers`).
const MAX_UPDATE_MANAGERS: usize = 10;

/// Who owns fields: one entry of `managedFields`. The API version is empty for those who apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// Name of the manager.
    pub manager: String,
    /// `Apply` or `Update`.
    pub operation: String,
    /// The version of an update.
    pub api_version: String,
    /// The subresource written to; empty for the resource itself.
    pub subresource: String,
}

/// The fields that an owner has, in a version (`fieldpath.VersionedSet`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    /// The fields.
    pub set: Set,
    /// The version in which they are named.
    pub api_version: String,
    /// They come from an apply.
    pub applied: bool,
}

/// Who owns what.
pub type Managers = BTreeMap<Owner, Owned>;

/// The content of `metadata.managedFields` (`internal.ManagedInterface`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Managed {
    /// Who owns what.
    pub fields: Managers,
    /// When each owner last wrote.
    pub times: BTreeMap<Owner, String>,
}

/// The entries of an object's `metadata.managedFields`; none if absent or not a list.
pub fn entries(object: &Value) -> Option<&Vec<Value>> {
    object.get("metadata")?.get("managedFields")?.as_array()
}

/// Puts the entries in place; takes the field away if there are none.
pub fn set_entries(object: &mut Value, entries: Option<Vec<Value>>) {
    let Some(root) = object.as_object_mut() else { return };
    let Some(entries) = entries else {
        if let Some(Value::Object(meta)) = root.get_mut("metadata") {
            meta.remove("managedFields");
        }
        return;
    };
    let meta = root.entry("metadata").or_insert_with(|| Value::Object(serde_json::Map::new()));
    if let Value::Object(meta) = meta {
        meta.insert("managedFields".into(), Value::Array(entries));
    }
}

/// Whether the entries ask to stop tracking: `[]` or `[{}]` (`isResetManagedFields`).
pub fn is_reset(entries: Option<&Vec<Value>>) -> bool {
    match entries.map(Vec::as_slice) {
        Some([]) => true,
        Some([Value::Object(one)]) => one.is_empty(),
        _ => false,
    }
}

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Reads entries (`internal.DecodeManagedFields`); also what tells valid ones from invalid.
pub fn decode(entries: &[Value]) -> Result<Managed, String> {
    let mut managed = Managed::default();
    for (index, entry) in entries.iter().enumerate() {
        let operation = text(entry, "operation");
        let applied = operation == "Apply";
        if !applied && operation != "Update" {
            return Err("operation must be `Apply` or `Update`".into());
        }
        let api_version = text(entry, "apiVersion");
        if api_version.is_empty() {
            return Err("apiVersion must not be empty".into());
        }
        match text(entry, "fieldsType") {
            "FieldsV1" => {}
            "" => return Err(format!("missing fieldsType in managed fields entry {index}")),
            other => {
                let other = json::quote(other);
                return Err(format!("invalid fieldsType {other} in managed fields entry {index}"));
            }
        }
        let owner = Owner {
            manager: text(entry, "manager").into(),
            operation: operation.into(),
            api_version: if applied { String::new() } else { api_version.into() },
            subresource: text(entry, "subresource").into(),
        };
        let set = match entry.get("fieldsV1") {
            None => Set::new(),
            Some(fields) => Set::from_value(fields)
                .map_err(|error| format!("error decoding versioned set: {error}"))?,
        };
        if let Some(time) = entry.get("time").and_then(Value::as_str) {
            managed.times.insert(owner.clone(), time.into());
        }
        let api_version = api_version.into();
        managed.fields.insert(owner, Owned { set, api_version, applied });
    }
    Ok(managed)
}

/// An entry: who owns fields, in which version they are named, since when.
pub(super) fn entry(owner: &Owner, api_version: &str, time: &str, fields: Value) -> Value {
    let mut out = serde_json::Map::new();
    let mut put = |name: &str, text: &str| {
        if !text.is_empty() {
            out.insert(name.into(), text.into());
        }
    };
    put("manager", &owner.manager);
    put("operation", &owner.operation);
    put("apiVersion", api_version);
    put("time", time);
    put("fieldsType", "FieldsV1");
    put("subresource", &owner.subresource);
    out.insert("fieldsV1".into(), fields);
    Value::Object(out)
}

impl Managed {
    /// The entries in the server's order (`internal.encodeManagedFields`); none if empty.
    pub fn encode(&self) -> Option<Vec<Value>> {
        if self.fields.is_empty() {
            return None;
        }
        let mut order: Vec<_> = self.fields.iter().collect();
        order.sort_by_cached_key(|(owner, owned)| {
            let time = self.times.get(*owner).cloned().unwrap_or_default();
            let operation = if owned.applied { "Apply" } else { "Update" };
            let version = owned.api_version.clone();
            (operation, time, owner.manager.clone(), version, owner.subresource.clone())
        });
        let entry = |(owner, owned): (&Owner, &Owned)| {
            let time = self.times.get(owner).map_or("", String::as_str);
            entry(owner, &owned.api_version, time, owned.set.to_value())
        };
        Some(order.into_iter().map(entry).collect())
    }

    /// Merges the oldest updates into `ancient-changes` until there are few enough
    /// (`capManagersManager.capUpdateManagers`).
    pub fn cap(&mut self) {
        let mut updaters: Vec<Owner> = (self.fields.iter())
            .filter(|(_, owned)| !owned.applied)
            .map(|(owner, _)| owner.clone())
            .collect();
        let mut length = updaters.len();
        if length <= MAX_UPDATE_MANAGERS {
            return;
        }
        updaters.sort_by(|a, b| self.times.get(a).cmp(&self.times.get(b)).then_with(|| a.cmp(b)));
        let mut first: BTreeMap<String, Owner> = BTreeMap::new();
        for owner in updaters {
            if length <= MAX_UPDATE_MANAGERS {
                break;
            }
            let Some(owned) = self.fields.get(&owner).cloned() else { continue };
            let Some(first) = first.get(&owned.api_version) else {
                first.insert(owned.api_version, owner);
                continue;
            };
            let bucket = Owner {
                manager: "ancient-changes".into(),
                operation: "Update".into(),
                api_version: owned.api_version.clone(),
                subresource: String::new(),
            };
            if !self.fields.contains_key(&bucket)
                && let Some(oldest) = self.fields.remove(first)
            {
                self.fields.insert(bucket.clone(), oldest);
            }
            if let Some(ancient) = self.fields.get_mut(&bucket) {
                ancient.set = owned.set.union(&ancient.set);
            }
            self.fields.remove(&owner);
            length -= 1;
            match self.times.get(&owner).cloned() {
                Some(time) => self.times.insert(bucket, time),
                None => self.times.remove(&bucket),
            };
        }
    }
}
