//! `StorageObjectInUseProtection`: volumes, claims and attribute classes outlive their use
//! (`plugin/pkg/admission/storage/storageobjectinuseprotection`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "StorageObjectInUseProtection",
    operations: &[Operation::Create],
    mutate: Some(mutate),
    ..Plugin::NONE
};

fn mutate(
    attributes: &Attributes<'_>,
    object: &mut Value,
    _: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    let finalizer = match (attributes.group, attributes.resource, attributes.subresource) {
        ("", "persistentvolumes", "") => "kubernetes.io/pv-protection",
        ("", "persistentvolumeclaims", "") => "kubernetes.io/pvc-protection",
        ("storage.k8s.io", "volumeattributesclasses", "") => "kubernetes.io/vac-protection",
        _ => return Ok(()),
    };
    let mut finalizers = object.list_at(&["metadata", "finalizers"]).to_vec();
    if !finalizers.iter().any(|known| known == finalizer) {
        finalizers.push(finalizer.into());
        object.set(&["metadata", "finalizers"], finalizers);
    }
    Ok(())
}
