//! Ownership across the scale subresource: `spec.replicas` of a Scale is a field of its parent.

use std::collections::BTreeMap;

use super::managed::{Managed, Owned, decode};
use super::path::Path;
use super::set::Set;
use crate::Value;

/// The version of Scale objects.
const SCALE: &str = "autoscaling/v1";

/// Moves ownership between a parent and its Scale (`managedfields.ScaleHandler`).
#[derive(Debug)]
pub struct ScaleHandler<'a> {
    /// `managedFields` of the parent.
    pub parent: &'a [Value],
    /// The parent's version in this request.
    pub api_version: &'a str,
    /// Where replicas are in each known version of the parent; none if nowhere.
    pub mappings: &'a BTreeMap<String, Option<Path>>,
}

fn replicas() -> Set {
    Set::of_fields(&[&["spec", "replicas"]])
}

fn single(path: &Path) -> Set {
    let mut set = Set::new();
    set.insert(path);
    set
}

impl ScaleHandler<'_> {
    /// The Scale's entries.
    pub fn to_subresource(&self) -> Result<Option<Vec<Value>>, String> {
        let parent = decode(self.parent)?;
        let mut scale = Managed::default();
        for (owner, owned) in parent.fields {
            let Some(Some(path)) = self.mappings.get(&owned.api_version) else { continue };
            if owned.set.has(path) {
                let set = replicas();
                let owned = Owned { set, api_version: SCALE.into(), applied: owned.applied };
                if let Some(time) = parent.times.get(&owner) {
                    scale.times.insert(owner.clone(), time.clone());
                }
                scale.fields.insert(owner, owned);
            }
        }
        Ok(scale.encode())
    }

    /// The parent's entries after a write that left the Scale with `entries`.
    pub fn to_parent(&self, entries: &[Value]) -> Result<Option<Vec<Value>>, String> {
        let parent = decode(self.parent)?;
        let mut scale = decode(entries)?.fields;
        let mut out = Managed { times: parent.times, ..Managed::default() };
        for (owner, mut owned) in parent.fields {
            let Some(path) = self.mappings.get(&owned.api_version) else { continue };
            if let Some(path) = path
                && owned.set.has(path)
                && scale.remove(&owner).is_none()
            {
                owned.set = owned.set.difference(&single(path));
                if owned.set.is_empty() {
                    continue;
                }
            }
            out.fields.insert(owner, owned);
        }
        let path = self.mappings.get(self.api_version).and_then(Option::as_ref);
        for (owner, owned) in scale {
            if owned.set.intersection(&replicas()).is_empty() {
                continue;
            }
            let set = path.map(single).unwrap_or_default();
            let api_version = self.api_version.into();
            out.fields.insert(owner, Owned { set, api_version, applied: owned.applied });
        }
        Ok(out.encode())
    }
}
