//! `ServiceAccount`: a pod runs as an account that exists, and finds its token where clients look
//! (`plugin/pkg/admission/serviceaccount`).

use std::sync::LazyLock;

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;
use pintle_machinery::{Value, name};
use serde_json::json;

use crate::forbidden;

mod secrets;

pub(crate) use secrets::{names_config_map, names_secret};

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "ServiceAccount",
    mutate: Some(mutate),
    validate: Some(validate),
    ..Plugin::NONE
};

/// Where client libraries look for their token.
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
const VOLUME_PREFIX: &str = "kube-api-access-";
/// Marks the API's copy of a pod that a kubelet runs from a file.
const MIRROR: &str = "kubernetes.io/config.mirror";
/// Lifetime of mounted tokens, in seconds.
const TOKEN_SECONDS: i64 = 3607;

fn mutate(
    attributes: &Attributes<'_>,
    pod: &mut Value,
    _: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let pods = attributes.group.is_empty() && attributes.resource == "pods";
    if !pods
        || !attributes.subresource.is_empty()
        || attributes.operation != Operation::Create
        || is_mirror(pod)
    {
        return Ok(());
    }
    if account_name(pod).is_empty() {
        pod.set(&["spec", "serviceAccountName"], "default");
        pod.set(&["spec", "serviceAccount"], "default");
    }
    let account = account_of(attributes, pod, lookup)?;
    let wanted = pod.bool_at(&["spec", "automountServiceAccountToken"]);
    if wanted.or(account.bool_at(&["automountServiceAccountToken"])).unwrap_or(true) {
        mount_token(pod, attributes.context.random);
    }
    let secrets = account.list_at(&["imagePullSecrets"]);
    if pod.list_at(&["spec", "imagePullSecrets"]).is_empty() && !secrets.is_empty() {
        pod.set(&["spec", "imagePullSecrets"], secrets.to_vec());
    }
    Ok(())
}

fn validate(
    attributes: &Attributes<'_>,
    pod: &Value,
    _: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let ephemeral = attributes.operation == Operation::Update
        && attributes.subresource == "ephemeralcontainers";
    let create = attributes.operation == Operation::Create && attributes.subresource.is_empty();
    if !attributes.group.is_empty() || attributes.resource != "pods" || !(create || ephemeral) {
        return Ok(());
    }
    if create && is_mirror(pod) {
        return secrets::check_mirror(pod).map_err(|reason| forbidden(attributes, reason));
    }
    let account = account_of(attributes, pod, lookup)?;
    let enforced = account
        .str_at(&["metadata", "annotations", "kubernetes.io/enforce-mountable-secrets"])
        .is_some_and(|value| matches!(value, "1" | "t" | "T" | "true" | "TRUE" | "True"));
    if !enforced {
        return Ok(());
    }
    secrets::check(&account, pod, ephemeral).map_err(|reason| forbidden(attributes, reason))
}

fn is_mirror(pod: &Value) -> bool {
    pod.at(&["metadata", "annotations", MIRROR]).is_some()
}

fn account_name(pod: &Value) -> &str {
    pod.str_at(&["spec", "serviceAccountName"]).unwrap_or("")
}

fn account_of(
    attributes: &Attributes<'_>,
    pod: &Value,
    lookup: &dyn Lookup,
) -> Result<std::sync::Arc<Value>, Status> {
    let (namespace, name) = (attributes.namespace, account_name(pod));
    if name.is_empty() {
        let pod = attributes.name;
        let reason = format!("no service account specified for pod {namespace}/{pod}");
        return Err(forbidden(attributes, reason));
    }
    lookup.get("", "serviceaccounts", namespace, name).ok_or_else(|| {
        let reason = format!(
            "error looking up service account {namespace}/{name}: serviceaccount \"{name}\" not found"
        );
        forbidden(attributes, reason)
    })
}

/// Mounts the token in every container that has nothing else at its place.
fn mount_token(pod: &mut Value, random: u128) {
    let volumes = pod.list_at(&["spec", "volumes"]);
    let known = volumes.iter().filter_map(|volume| volume.str_at(&["name"]));
    let known = known.into_iter().find(|name| name.starts_with(VOLUME_PREFIX)).map(str::to_owned);
    let has_volume = known.is_some();
    let volume = known.unwrap_or_else(|| {
        let mut bits = random;
        name::generate(VOLUME_PREFIX, &mut || {
            bits = bits.rotate_left(64);
            bits as u64
        })
    });
    let mount = json!({ "name": volume, "readOnly": true, "mountPath": TOKEN_PATH });
    let mut needed = false;
    for list in ["initContainers", "containers"] {
        let containers = pod.at_mut(&["spec", list]).and_then(Value::as_array_mut);
        for container in containers.into_iter().flatten() {
            let mut mounts = container.list_at(&["volumeMounts"]).iter();
            if mounts.any(|mount| mount.str_at(&["mountPath"]) == Some(TOKEN_PATH)) {
                continue;
            }
            push(container, &["volumeMounts"], mount.clone());
            needed = true;
        }
    }
    if needed && !has_volume {
        push(pod, &["spec", "volumes"], token_volume(&volume));
    }
}

/// Adds an item to a list, which is made if it is absent.
fn push(object: &mut Value, list: &[&str], item: Value) {
    match object.at_mut(list) {
        Some(Value::Array(items)) => items.push(item),
        _ => object.set(list, vec![item]),
    }
}

/// `TokenVolumeSource`: the token, the cluster's CA and the pod's namespace.
fn token_volume(name: &str) -> Value {
    let mut volume = TOKEN_VOLUME.clone();
    volume.set(&["name"], name);
    volume
}

/// The volume without its name: each pod gets a copy.
static TOKEN_VOLUME: LazyLock<Value> = LazyLock::new(|| {
    json!({ "projected": { "defaultMode": 0o644, "sources": [
        { "serviceAccountToken": { "path": "token", "expirationSeconds": TOKEN_SECONDS } },
        { "configMap": {
            "name": "kube-root-ca.crt", "items": [{ "key": "ca.crt", "path": "ca.crt" }],
        } },
        { "downwardAPI": { "items": [{
            "path": "namespace",
            "fieldRef": { "apiVersion": "v1", "fieldPath": "metadata.namespace" },
        }] } },
    ] } })
});
