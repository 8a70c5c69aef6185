//! Certificates that a node asks for on behalf of its pods.

use std::sync::Arc;

use pintle_engine::admission::{Access, Operation};
use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use super::{MIRROR, Write};

/// `admitPodCertificateRequest`.
pub(super) fn admit(write: &Write<'_>) -> Result<(), Status> {
    let attributes = write.attributes;
    if !write.is(Operation::Create) {
        return write.refuse(format!("unexpected operation {}", attributes.operation.name()));
    }
    if !attributes.subresource.is_empty() {
        return write.refuse(format!("unexpected subresource {}", attributes.subresource));
    }
    let pod = quote(&format!("{}/{}", attributes.namespace, write.text(&["spec", "podName"])));
    check_node(write, &pod)?;
    let found = check_pod(write, &pod)?;
    check_account(write, &pod, &found)?;
    check_signer(write, &pod, &found)
}

/// Errors without a status of their own are the server's.
fn failure(message: String) -> Status {
    Status::failure(500, "", message)
}

fn uid_of(object: &Value) -> &str {
    object.str_at(&["metadata", "uid"]).unwrap_or("")
}

/// What the request names; the error is worded as upstream's wrapped one.
fn named(
    write: &Write<'_>,
    (plural, what): (&str, &str),
    (namespace, name): (&str, &str),
) -> Result<Arc<Value>, Status> {
    write.lookup.get("", plural, namespace, name).ok_or_else(|| {
        let full =
            if namespace.is_empty() { name.to_owned() } else { format!("{namespace}/{name}") };
        let singular = what.replace(' ', "");
        let missing = Write::missing("", &singular, name).message;
        failure(format!(
            "while retrieving {what} {} named in the PodCertificateRequest: {missing}",
            quote(&full)
        ))
    })
}

fn check_node(write: &Write<'_>, pod: &str) -> Result<(), Status> {
    let name = write.text(&["spec", "nodeName"]);
    let (given, node) = (quote(name), quote(write.node));
    if name != write.node {
        return write.refuse(format!(
            "PodCertificateRequest.Spec.NodeName={given}, which is not the requesting node {node}"
        ));
    }
    let found = named(write, ("nodes", "node"), ("", name))?;
    let (wanted, uid) = (write.text(&["spec", "nodeUID"]), uid_of(&found));
    if wanted == uid {
        return Ok(());
    }
    let (wanted, uid) = (quote(wanted), quote(uid));
    Err(failure(format!(
        "PodCertificateRequest for pod {pod} names node UID {wanted}, inconsistent with the \
         running node ({uid})"
    )))
}

fn check_pod(write: &Write<'_>, pod: &str) -> Result<Arc<Value>, Status> {
    let place = (write.attributes.namespace, write.text(&["spec", "podName"]));
    let found = named(write, ("pods", "pod"), place)?;
    let (wanted, uid) = (write.text(&["spec", "podUID"]), uid_of(&found));
    if wanted != uid {
        let (wanted, uid) = (quote(wanted), quote(uid));
        return Err(failure(format!(
            "PodCertificateRequest for pod {pod} contains pod UID ({wanted}) which differs from \
             running pod {uid}"
        )));
    }
    if found.str_at(&["spec", "nodeName"]) != Some(write.node) {
        let node = quote(write.node);
        write.refuse(format!(
            "pod {pod} is not running on node {node} named in the PodCertificateRequest"
        ))?;
    }
    if found.at(&["metadata", "annotations", MIRROR]).is_some() {
        write.refuse(format!("pod {pod} is a mirror pod"))?;
    }
    Ok(found)
}

fn check_account(write: &Write<'_>, pod: &str, found: &Value) -> Result<(), Status> {
    let name = write.text(&["spec", "serviceAccountName"]);
    let running = found.str_at(&["spec", "serviceAccountName"]).unwrap_or("");
    if name != running {
        let (name, running) = (quote(name), quote(running));
        return write.refuse(format!(
            "PodCertificateRequest for pod {pod} contains serviceAccountName ({name}) that \
             differs from running pod ({running})"
        ));
    }
    let place = (write.attributes.namespace, name);
    let account = named(write, ("serviceaccounts", "service account"), place)?;
    let (wanted, uid) = (write.text(&["spec", "serviceAccountUID"]), uid_of(&account));
    if wanted == uid {
        return Ok(());
    }
    let (wanted, uid) = (quote(wanted), quote(uid));
    Err(failure(format!(
        "PodCertificateRequest for pod {pod} names service account UID {wanted}, which differs \
         from the running service account ({uid})"
    )))
}

/// `validateNodePodCertificateSigner`.
fn check_signer(write: &Write<'_>, pod: &str, found: &Value) -> Result<(), Status> {
    let signer = write.text(&["spec", "signerName"]);
    let volumes = found.list_at(&["spec", "volumes"]).iter();
    let mut sources = volumes.flat_map(|volume| volume.list_at(&["projected", "sources"]));
    if sources.any(|source| source.str_at(&["podCertificate", "signerName"]) == Some(signer)) {
        return Ok(());
    }
    let attributes = write.attributes;
    let resource = signer.replace('/', ":");
    let access = Access {
        verb: "request-serviceaccounts-podcertificate-signer",
        group: attributes.group,
        version: attributes.version,
        resource: &resource,
        namespace: attributes.namespace,
        name: write.text(&["spec", "serviceAccountName"]),
        ..Access::default()
    };
    if attributes.authorizer.allows(attributes.context.user, &access) {
        return Ok(());
    }
    let signer = quote(signer);
    write.refuse(format!(
        "pod {pod} does not mount a podCertificate projected volume for signer {signer}"
    ))
}
