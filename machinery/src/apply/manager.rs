//! The entry points: what each write does to `metadata.managedFields`, and what an apply makes.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::compare::compare;
use super::conflict::Conflicts;
use super::created::fields_of_new;
use super::fieldset::field_set;
use super::filter::Filter;
use super::managed::{self, Managed, Owned, Owner};
use super::schema::{Schema, TypeId};
use super::set::Set;
use super::updater::{Failure, Updater};
use super::validate::{Duplicates, validate};
use crate::{Value, json};

/// The annotation in which client-side apply keeps what it applied last.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The most that all annotations of an object may hold (`TotalAnnotationSizeLimitB`).
const ANNOTATIONS_LIMIT: usize = 256 * 1024;

/// What is never owned (`stripMetaManager`).
static STRIPPED: LazyLock<Set> = LazyLock::new(|| {
    Set::of_fields(&[
        &["apiVersion"],
        &["kind"],
        &["metadata"],
        &["metadata", "name"],
        &["metadata", "namespace"],
        &["metadata", "creationTimestamp"],
        &["metadata", "selfLink"],
        &["metadata", "uid"],
        &["metadata", "clusterName"],
        &["metadata", "generation"],
        &["metadata", "managedFields"],
        &["metadata", "resourceVersion"],
    ])
});

/// What the server knows about a kind.
pub trait Types {
    /// The types.
    fn schema(&self) -> &Schema;
    /// The type of the kind's objects in a version such as `apps/v1`; none if there is no such
    /// version.
    fn root(&self, api_version: &str) -> Option<TypeId>;
    /// An object in another version that [`Types::root`] knows.
    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, String>;
    /// What a new object of the kind is before anything is set, in the request's version, with
    /// `apiVersion` and `kind`.
    fn empty(&self) -> Cow<'_, Value>;
    /// Makes an object of what an apply merged: decoded as a request's body is, and defaulted.
    fn normalize(&self, object: Value) -> Result<Value, String>;
    /// Which fields a write through this resource or subresource can own, in a version.
    fn filter(&self, api_version: &str) -> Option<&Filter>;
}

/// A write, as far as ownership goes.
pub struct Request<'a> {
    /// What is known about the kind.
    pub types: &'a dyn Types,
    /// The request's version, such as `apps/v1`.
    pub api_version: &'a str,
    /// The kind.
    pub kind: &'a str,
    /// The subresource; empty for the resource itself.
    pub subresource: &'a str,
    /// `fieldManager`, or what the user agent says.
    pub manager: &'a str,
    /// The time, as `metadata.managedFields` writes it.
    pub now: &'a str,
}

/// What writes a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// An apply.
    Apply,
    /// Any other write.
    Update,
}

/// Why an apply fails.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// 400.
    #[error("{0}")]
    BadRequest(String),
    /// 409 with one cause per conflict.
    #[error("{}", .0.message())]
    Conflicts(Conflicts),
    /// 500.
    #[error("{0}")]
    Other(String),
}

impl From<Failure> for ApplyError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Conflicts(conflicts) => Self::Conflicts(conflicts),
            Failure::Other(text) => Self::Other(text),
        }
    }
}

/// Records in `new` who owns what after a create (`live` is none), an update or a patch
/// (`FieldManager.UpdateNoErrors`). An error is for the log: `new` then keeps the live entries.
///
/// To be able to stop the tracking, the request's `metadata.managedFields` must still be in
/// `new` when it is an empty list. What a create owns is written as a `FieldsV1`'s text.
pub fn on_update(
    request: &Request<'_>,
    live: Option<&Value>,
    new: &mut Value,
) -> Result<(), String> {
    let empty;
    let old = if let Some(live) = live {
        live
    } else {
        empty = request.types.empty();
        &*empty
    };
    let live_entries = managed::entries(old);
    let given = managed::entries(new);
    let keeps = !request.subresource.is_empty() || given.is_none() || given == live_entries;
    if keeps && live.is_some() && request.is_no_change(old, new, live_entries) {
        let entries = live_entries.cloned();
        managed::set_entries(new, entries);
        return Ok(());
    }
    let before = if !request.subresource.is_empty() {
        decode_or_empty(live_entries)
    } else if managed::is_reset(given) {
        Managed::default()
    } else {
        match given.map(|given| managed::decode(given)) {
            Some(Ok(managed)) if !managed.fields.is_empty() => managed,
            _ => decode_or_empty(live_entries),
        }
    };
    let exists = old.pointer("/metadata/uid").is_some_and(|uid| uid.as_str() != Some(""));
    if before.fields.is_empty() && exists {
        managed::set_entries(new, None);
        return Ok(());
    }
    if live.is_none()
        && before.fields.is_empty()
        && let Some(entries) = request.created(old, new)
    {
        managed::set_entries(new, (!entries.is_empty()).then_some(entries));
        return Ok(());
    }
    match request.update(old, new, before, request.manager) {
        Ok(managed) => {
            managed::set_entries(new, managed.encode());
            Ok(())
        }
        Err(problem) => {
            let entries = live_entries.cloned();
            managed::set_entries(new, entries);
            Err(problem)
        }
    }
}

fn decode_or_empty(entries: Option<&Vec<Value>>) -> Managed {
    entries.and_then(|entries| managed::decode(entries).ok()).unwrap_or_default()
}

/// Merges `config` into the live object (none: the apply creates it) and records who owns what
/// (`FieldManager.Apply`).
pub fn on_apply(
    request: &Request<'_>,
    live: Option<&Value>,
    config: &Value,
    force: bool,
) -> Result<Value, ApplyError> {
    request.check_config(config)?;
    let empty;
    let live = if let Some(live) = live {
        live
    } else {
        empty = request.types.empty();
        &*empty
    };
    let mut before = match managed::entries(live) {
        None => Managed::default(),
        Some(entries) => managed::decode(entries).map_err(|error| {
            ApplyError::Other(format!("failed to decode managed fields: {error}"))
        })?,
    };
    if before.fields.is_empty() {
        let nothing = request.types.empty();
        before = request.update(&nothing, live, before, "before-first-apply").map_err(|error| {
            ApplyError::Other(format!("failed to create manager for existing fields: {error}"))
        })?;
    }
    let mut outcome = request.apply(live, config, before.clone(), force);
    if request.manager == "kubectl"
        && let Err(ApplyError::Conflicts(conflicts)) = &outcome
        && let Some(allowed) = request.allowed_by_last_applied(live)
    {
        let left: Vec<_> =
            conflicts.0.iter().filter(|conflict| !allowed.has(&conflict.path)).cloned().collect();
        outcome = if left.is_empty() {
            request.apply(live, config, before, true)
        } else {
            Err(ApplyError::Conflicts(Conflicts(left)))
        };
    }
    let (mut object, managed) = outcome?;
    if request.manager == "kubectl" {
        sync_last_applied(&mut object, config);
    }
    managed::set_entries(&mut object, managed.encode());
    Ok(object)
}

impl Request<'_> {
    fn owner(&self, manager: &str, operation: Operation) -> Owner {
        Owner {
            manager: if manager.is_empty() { "unknown".into() } else { manager.into() },
            operation: format!("{operation:?}"),
            api_version: match operation {
                Operation::Apply => String::new(),
                Operation::Update => self.api_version.into(),
            },
            subresource: self.subresource.into(),
        }
    }

    fn updater(&self) -> Updater<'_> {
        Updater { types: self.types, api_version: self.api_version }
    }

    /// Nothing is written but what is there, and every entry's version is known.
    fn is_no_change(&self, live: &Value, new: &Value, entries: Option<&Vec<Value>>) -> bool {
        let Some(ty) = self.types.root(self.api_version) else { return false };
        let known = |entry: &Value| {
            let version = entry.get("apiVersion").and_then(Value::as_str);
            version.is_some_and(|version| self.types.root(version).is_some())
        };
        entries.is_none_or(|entries| entries.iter().all(known))
            && compare(self.types.schema(), ty, live, new)
                .is_ok_and(|comparison| comparison.is_same())
    }

    fn validate(&self, what: &str, object: &Value, allow: Duplicates) -> Result<(), String> {
        let Some(ty) = self.types.root(self.api_version) else {
            return Err(format!("no corresponding type for {}", gvk(object)));
        };
        validate(self.types.schema(), ty, object, allow)
            .map_err(|errors| format!("{what} ({}): {errors}", identity(object)))
    }

    /// An update as the inner managers see it: of two objects, by somebody.
    fn update(
        &self,
        live: &Value,
        new: &Value,
        mut managed: Managed,
        manager: &str,
    ) -> Result<Managed, String> {
        let typed = |what, object| self.validate(what, object, Duplicates::Allowed);
        typed("failed to convert new object", new)?;
        typed("failed to convert live object", live)?;
        let mut changed = match self.updater().update(live, new, &mut managed.fields) {
            Ok(changed) => changed,
            Err(Failure::Other(text)) => return Err(text),
            Err(Failure::Conflicts(conflicts)) => return Err(conflicts.message()),
        };
        changed.remove(&STRIPPED);
        if !changed.is_empty() {
            let owner = self.owner(manager, Operation::Update);
            managed.times.insert(owner.clone(), self.now.into());
            let owned = managed.fields.entry(owner).or_insert_with(|| Owned {
                set: Set::new(),
                api_version: self.api_version.into(),
                applied: false,
            });
            owned.set = if owned.set.is_empty() { changed } else { changed.union(&owned.set) };
        }
        managed.cap();
        Ok(managed)
    }

    /// The entries of a new object that is of its type, made without the sets that [`Self::update`]
    /// makes; nothing if it takes those.
    fn created(&self, empty: &Value, new: &Value) -> Option<Vec<Value>> {
        let ty = self.types.root(self.api_version)?;
        let filter = self.types.filter(self.api_version);
        let text = fields_of_new(self.types.schema(), ty, (empty, new), filter, &STRIPPED)?;
        if text.is_empty() {
            return Some(Vec::new());
        }
        let owner = self.owner(self.manager, Operation::Update);
        Some(vec![managed::entry(&owner, self.api_version, self.now, text.into())])
    }

    fn apply(
        &self,
        live: &Value,
        config: &Value,
        mut managed: Managed,
        force: bool,
    ) -> Result<(Value, Managed), ApplyError> {
        let problem = |text: String| ApplyError::Other(text);
        self.validate("failed to create typed patch object", config, Duplicates::Forbidden)
            .map_err(problem)?;
        self.validate("failed to create typed live object", live, Duplicates::Allowed)
            .map_err(problem)?;
        let owner = self.owner(self.manager, Operation::Apply);
        let new = self.updater().apply(live, config, &mut managed.fields, &owner, force)?;
        if let Some(owned) = managed.fields.get_mut(&owner) {
            owned.set.remove(&STRIPPED);
            if owned.set.is_empty() {
                managed.fields.remove(&owner);
            }
        }
        let Some(mut new) = new else { return Ok((live.clone(), managed)) };
        managed::set_entries(&mut new, None);
        let new = self.types.normalize(new).map_err(ApplyError::Other)?;
        managed.times.insert(owner, self.now.into());
        Ok((new, managed))
    }

    /// Refuses what is not an object of this kind and version, or carries `managedFields`.
    fn check_config(&self, config: &Value) -> Result<(), ApplyError> {
        let text = |name| config.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("apiVersion") != self.api_version || text("kind") != self.kind {
            let gvk = gvk(config);
            return Err(ApplyError::BadRequest(format!("invalid object type: {gvk}")));
        }
        if managed::entries(config).is_some() {
            return Err(ApplyError::BadRequest("metadata.managedFields must be nil".into()));
        }
        Ok(())
    }

    /// Fields that client-side apply has set to what they still are
    /// (`lastAppliedManager.allowedConflictsFromLastApplied`).
    fn allowed_by_last_applied(&self, live: &Value) -> Option<Set> {
        let text = live.pointer("/metadata/annotations")?.get(LAST_APPLIED)?.as_str()?;
        let last: Value = serde_json::from_str(text).ok()?;
        if last.get("apiVersion").and_then(Value::as_str) != Some(self.api_version) {
            return None;
        }
        let (schema, ty) = (self.types.schema(), self.types.root(self.api_version)?);
        validate(schema, ty, live, Duplicates::Forbidden).ok()?;
        validate(schema, ty, &last, Duplicates::Forbidden).ok()?;
        let comparison = compare(schema, ty, &last, live).ok()?;
        let set = field_set(schema, ty, &last);
        Some(
            set.difference(&comparison.modified)
                .difference(&comparison.added)
                .difference(&comparison.removed),
        )
    }
}

/// `apps/v1, Kind=Deployment`, as Go prints a `GroupVersionKind`.
fn gvk(object: &Value) -> String {
    let text = |name| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let slash = if text("apiVersion").contains('/') { "" } else { "/" };
    format!("{slash}{}, Kind={}", text("apiVersion"), text("kind"))
}

/// `namespace/name; apps/v1, Kind=Deployment` (`objectGVKNN`).
fn identity(object: &Value) -> String {
    let text = |path| object.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let (namespace, name) = (text("/metadata/namespace"), text("/metadata/name"));
    format!("{namespace}/{name}; {}", gvk(object))
}

/// Writes what kubectl applied into the annotation of client-side apply, if it is there
/// (`lastAppliedUpdater.Apply`).
fn sync_last_applied(object: &mut Value, config: &Value) {
    let Some(annotations) = object.pointer_mut("/metadata/annotations") else { return };
    let Some(annotations) = annotations.as_object_mut() else { return };
    if annotations.get(LAST_APPLIED).is_none_or(|text| text.as_str() == Some("")) {
        return;
    }
    let mut config = config.clone();
    if let Some(Value::Object(annotations)) = config.pointer_mut("/metadata/annotations") {
        annotations.remove(LAST_APPLIED);
    }
    let mut text = json::to_string(&config);
    text.push('\n');
    annotations.insert(LAST_APPLIED.into(), text.into());
    let size: usize = annotations
        .iter()
        .map(|(name, value)| name.len() + value.as_str().map_or(0, str::len))
        .sum();
    if size > ANNOTATIONS_LIMIT {
        annotations.remove(LAST_APPLIED);
    }
}

/// Takes the times of `managedFields` back if nothing else has changed, so that such a write
/// changes nothing (`fieldmanager.IgnoreManagedFieldsTimestampsTransformer`).
pub fn keep_timestamps(live: &Value, new: &mut Value) {
    let (Some(old), Some(entries)) = (managed::entries(live), managed::entries(new)) else {
        return;
    };
    let same_but_time = |a: &Value, b: &Value| match (a.as_object(), b.as_object()) {
        (Some(a), Some(b)) => {
            let rest = |entry: &'_ serde_json::Map<String, Value>| -> Vec<(String, Value)> {
                let pairs = entry.iter().filter(|(name, _)| *name != "time");
                pairs.map(|(name, value)| (name.clone(), value.clone())).collect()
            };
            rest(a) == rest(b)
        }
        _ => a == b,
    };
    if old == entries
        || old.len() != entries.len()
        || !old.iter().zip(entries).all(|(a, b)| same_but_time(a, b))
    {
        return;
    }
    let (Some(a), Some(b)) = (live.as_object(), new.as_object()) else { return };
    let fields = |object: Option<&Value>| -> Vec<(String, Value)> {
        let pairs = object.and_then(Value::as_object).into_iter().flatten();
        pairs
            .filter(|(name, _)| *name != "managedFields")
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    let same = a.len() == b.len()
        && a.iter().zip(b).all(|((a_name, a), (b_name, b))| {
            a_name == b_name
                && if a_name == "metadata" { fields(Some(a)) == fields(Some(b)) } else { a == b }
        });
    if same {
        let old = old.clone();
        managed::set_entries(new, Some(old));
    }
}
