//! Which secrets a pod may name.

use std::collections::BTreeSet;

use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;

/// A mirror pod must not reach for anything that the kubelet was not given.
pub(super) fn check_mirror(pod: &Value) -> Result<(), String> {
    if !super::account_name(pod).is_empty() {
        return Err("a mirror pod may not reference service accounts".into());
    }
    if names_secret(&pod["spec"]) {
        return Err("a mirror pod may not reference secrets".into());
    }
    let volumes = pod.list_at(&["spec", "volumes"]).iter();
    let mut sources = volumes.flat_map(|volume| volume.list_at(&["projected", "sources"]));
    if sources.any(|source| source.at(&["serviceAccountToken"]).is_some()) {
        return Err("a mirror pod may not use ServiceAccountToken volume projections".into());
    }
    Ok(())
}

/// Whether any field of a pod's spec refers to a secret (`podutil.VisitPodSecretNames`). All such
/// fields bear one of these names, and no others do.
pub(crate) fn names_secret(value: &Value) -> bool {
    const FIELDS: &[&str] = &[
        "secret",
        "secretRef",
        "secretKeyRef",
        "secretName",
        "imagePullSecrets",
        "controllerPublishSecretRef",
        "nodePublishSecretRef",
    ];
    has_field(value, FIELDS)
}

/// Whether any field of a pod's spec refers to a config map (`podutil.VisitPodConfigmapNames`).
pub(crate) fn names_config_map(value: &Value) -> bool {
    has_field(value, &["configMap", "configMapRef", "configMapKeyRef"])
}

fn has_field(value: &Value, names: &[&str]) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| {
            names.contains(&name.as_str()) && !is_empty(value) || has_field(value, names)
        }),
        Value::Array(items) => items.iter().any(|item| has_field(item, names)),
        _ => false,
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// With `enforce-mountable-secrets` a pod may name only the secrets of its account.
pub(super) fn check(account: &Value, pod: &Value, ephemeral: bool) -> Result<(), String> {
    let names = |list: &str| -> BTreeSet<String> {
        let items = account.list_at(&[list]).iter();
        items.filter_map(|item| item.str_at(&["name"]).map(str::to_owned)).collect()
    };
    let owner = account.str_at(&["metadata", "name"]).unwrap_or("");
    let mountable = names("secrets");
    if ephemeral {
        let containers = pod.list_at(&["spec", "ephemeralContainers"]);
        return containers
            .iter()
            .try_for_each(|c| check_container(c, "ephemeral container", &mountable, owner));
    }
    for volume in pod.list_at(&["spec", "volumes"]) {
        let Some(secret) = volume.at(&["secret"]) else { continue };
        let name = secret.str_at(&["secretName"]).unwrap_or("");
        if !mountable.contains(name) {
            return Err(format!(
                "volume with secret.secretName=\"{name}\" is not allowed because service account \
                 {owner} does not reference that secret"
            ));
        }
    }
    for (list, kind) in [("initContainers", "init container"), ("containers", "container")] {
        for container in pod.list_at(&["spec", list]) {
            check_container(container, kind, &mountable, owner)?;
        }
    }
    let pullable = names("imagePullSecrets");
    for (index, secret) in pod.list_at(&["spec", "imagePullSecrets"]).iter().enumerate() {
        let name = secret.str_at(&["name"]).unwrap_or("");
        if !pullable.contains(name) {
            return Err(format!(
                "imagePullSecrets[{index}].name=\"{name}\" is not allowed because service account \
                 {owner} does not reference that imagePullSecret"
            ));
        }
    }
    Ok(())
}

fn check_container(
    container: &Value,
    kind: &str,
    mountable: &BTreeSet<String>,
    owner: &str,
) -> Result<(), String> {
    let own = container.str_at(&["name"]).unwrap_or("");
    let refused = |what: String, secret: &str| {
        Err(format!(
            "{kind} {own} with {what} referencing secret.secretName=\"{secret}\" is not allowed \
             because service account {owner} does not reference that secret"
        ))
    };
    for variable in container.list_at(&["env"]) {
        let Some(key) = variable.at(&["valueFrom", "secretKeyRef"]) else { continue };
        let secret = key.str_at(&["name"]).unwrap_or("");
        if !mountable.contains(secret) {
            let variable = variable.str_at(&["name"]).unwrap_or("");
            return refused(format!("envVar {variable}"), secret);
        }
    }
    for source in container.list_at(&["envFrom"]) {
        let Some(reference) = source.at(&["secretRef"]) else { continue };
        let secret = reference.str_at(&["name"]).unwrap_or("");
        if !mountable.contains(secret) {
            return refused("envFrom".into(), secret);
        }
    }
    Ok(())
}
