//! `NamespaceLifecycle`: nothing is made in a namespace that is not there or is going away
//! (`apiserver/pkg/admission/plugin/namespace/lifecycle`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;
use pintle_machinery::status::{Cause, GroupResource};

use crate::forbidden;

/// The row. Its rule holds for both stages; upstream runs it in the first.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "NamespaceLifecycle",
    operations: &[Operation::Create, Operation::Delete],
    mutate: Some(|attributes, _, _, lookup| check(attributes, lookup)),
    validate: Some(|attributes, _, _, lookup| match attributes.operation {
        Operation::Delete => check(attributes, lookup),
        _ => Ok(()),
    }),
    ..Plugin::NONE
};

/// Namespaces that a cluster cannot be without.
const IMMORTAL: &[&str] = &["default", "kube-system", "kube-public"];

fn check(attributes: &Attributes<'_>, lookup: &dyn Lookup) -> Result<(), Status> {
    let namespaces = attributes.group.is_empty() && attributes.resource == "namespaces";
    if attributes.operation == Operation::Delete {
        let immortal = namespaces && IMMORTAL.contains(&attributes.name);
        return if immortal && attributes.subresource.is_empty() {
            Err(forbidden(attributes, "this namespace may not be deleted"))
        } else {
            Ok(())
        };
    }
    let review = attributes.group == "authorization.k8s.io"
        && attributes.resource == "localsubjectaccessreviews";
    if attributes.namespace.is_empty() || namespaces || review {
        return Ok(());
    }
    let name = attributes.namespace;
    let Some(namespace) = lookup.get("", "namespaces", "", name) else {
        return Err(Status::not_found(GroupResource::new("", "namespaces"), name));
    };
    if is_terminating(&namespace) {
        let reason = format!(
            "unable to create new content in namespace {name} because it is being terminated"
        );
        let cause = Cause {
            reason: "NamespaceTerminating".into(),
            message: format!("namespace {name} is being terminated"),
            field: "metadata.namespace".into(),
        };
        return Err(forbidden(attributes, reason).with_cause(cause));
    }
    Ok(())
}

fn is_terminating(namespace: &Value) -> bool {
    namespace.str_at(&["status", "phase"]) == Some("Terminating")
}
