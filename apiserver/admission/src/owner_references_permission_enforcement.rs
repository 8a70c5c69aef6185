//! `OwnerReferencesPermissionEnforcement`: who names an owner may delete the object, and may hold
//! up the owner if they would (`plugin/pkg/admission/gc`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Access, Attributes, Operation, Plugin};
use pintle_engine::meta::{semantic_equal, split_api_version};
use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::forbidden;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "OwnerReferencesPermissionEnforcement",
    validate: Some(validate),
    default_on: false,
    ..Plugin::NONE
};

fn validate(
    attributes: &Attributes<'_>,
    object: &Value,
    old: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    let pod_status =
        (attributes.group, attributes.resource, attributes.subresource) == ("", "pods", "status");
    let (new, old) = (owners(object), old.map_or(&[][..], owners));
    let same = new.len() == old.len() && new.iter().zip(old).all(|(a, b)| semantic_equal(a, b));
    if pod_status || same {
        return Ok(());
    }
    let allows =
        |access: &Access<'_>| attributes.authorizer.allows(attributes.context.user, access);
    let deletion = Access {
        verb: "delete",
        group: attributes.group,
        version: attributes.version,
        resource: attributes.resource,
        subresource: attributes.subresource,
        namespace: attributes.namespace,
        name: attributes.name,
    };
    if attributes.operation != Operation::Create && !allows(&deletion) {
        let reason = "cannot set an ownerRef on a resource you can't delete: , <nil>";
        return Err(forbidden(attributes, reason));
    }
    let blocking: Vec<&Value> = newly_blocking(new, old).collect();
    let anything = Access {
        verb: "update",
        group: "*",
        version: "*",
        resource: "*",
        subresource: "finalizers",
        namespace: "",
        name: "*",
    };
    if blocking.is_empty() || allows(&anything) {
        return Ok(());
    }
    for owner in blocking {
        let access =
            finalizers_of(attributes, owner).map_err(|reason| forbidden(attributes, reason))?;
        if !allows(&access) {
            let reason = "cannot set blockOwnerDeletion if an ownerReference refers to a resource \
                          you can't set finalizers on: , <nil>";
            return Err(forbidden(attributes, reason));
        }
    }
    Ok(())
}

fn owners(object: &Value) -> &[Value] {
    object.list_at(&["metadata", "ownerReferences"])
}

/// Owners that the object holds up now and did not before (`newBlockingOwnerDeletionRefs`).
fn newly_blocking<'a>(new: &'a [Value], old: &'a [Value]) -> impl Iterator<Item = &'a Value> {
    let blocks = |owner: &&Value| owner.bool_at(&["blockOwnerDeletion"]) == Some(true);
    let uid = |owner: &Value| owner.str_at(&["uid"]).unwrap_or("").to_owned();
    new.iter()
        .filter(blocks)
        .filter(move |owner| !old.iter().filter(blocks).any(|known| uid(known) == uid(owner)))
}

/// The right to hold up an owner (`ownerRefToDeleteAttributeRecords`).
fn finalizers_of<'a>(attributes: &Attributes<'a>, owner: &'a Value) -> Result<Access<'a>, String> {
    let text = |field: &str| owner.str_at(&[field]).unwrap_or("");
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    let (group, version) = split_api_version(api_version);
    let known = pintle_api::catalog().resources.iter().find(|resource| {
        (resource.group, resource.version, resource.kind) == (group, version, kind)
    });
    let known = known.ok_or_else(|| {
        format!(
            "cannot set blockOwnerDeletion in this case because cannot find RESTMapping for \
             APIVersion {api_version} Kind {kind}: no matches for kind {} in version {}",
            quote(kind),
            quote(api_version)
        )
    })?;
    Ok(Access {
        verb: "update",
        group: known.group,
        version: known.version,
        resource: known.plural,
        subresource: "finalizers",
        namespace: if known.namespaced { attributes.namespace } else { "" },
        name: text("name"),
    })
}
