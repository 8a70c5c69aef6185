//! Tokens that a node asks for on behalf of its pods.

use pintle_engine::admission::Access;
use pintle_machinery::Value;
use pintle_machinery::field::aggregate;
use pintle_machinery::json::quote;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use super::Write;
use crate::forbidden;

/// Volumes of trees that CSI drivers took over, and the drivers (`csi-translation-lib`).
const MIGRATED: &[(&str, &str)] = &[
    ("awsElasticBlockStore", "ebs.csi.aws.com"),
    ("azureDisk", "disk.csi.azure.com"),
    ("azureFile", "file.csi.azure.com"),
    ("cinder", "cinder.csi.openstack.org"),
    ("gcePersistentDisk", "pd.csi.storage.gke.io"),
    ("portworxVolume", "pxd.portworx.com"),
    ("vsphereVolume", "csi.vsphere.vmware.com"),
];

/// `admitServiceAccount`.
pub(super) fn admit(write: &Write<'_>) -> Result<(), Status> {
    let bound = |field: &str| write.text(&["spec", "boundObjectRef", field]);
    let name = bound("name");
    if (bound("apiVersion"), bound("kind")) != ("v1", "Pod") || name.is_empty() {
        return write.refuse("node requested token not bound to a pod");
    }
    let uid = bound("uid");
    if uid.is_empty() {
        return write.refuse("node requested token with a pod binding without a uid");
    }
    let pod = write.lookup.get("", "pods", write.attributes.namespace, name);
    let pod = pod.ok_or_else(|| Write::missing("", "pod", name))?;
    if pod.str_at(&["metadata", "uid"]) != Some(uid) {
        return write.refuse(format!(
            "the UID in the bound object reference ({uid}) does not match the UID in record. The \
             object might have been deleted and then recreated"
        ));
    }
    if pod.str_at(&["spec", "nodeName"]) != Some(write.node) {
        return write.refuse("node requested token bound to a pod scheduled on a different node");
    }
    check_audience(write, &pod).map_err(|reason| forbidden(write.attributes, reason))
}

/// `validateNodeServiceAccountAudience`.
fn check_audience(write: &Write<'_>, pod: &Value) -> Result<(), String> {
    let audience = match write.object.list_at(&["spec", "audiences"]) {
        [] => "",
        [audience] => audience.as_str().unwrap_or(""),
        _ => return Err("node may only request 0 or 1 audiences".into()),
    };
    let quoted = quote(audience);
    let used = uses(write, pod, audience)
        .map_err(|error| format!("error validating audience {quoted}: {error}"))?;
    let attributes = write.attributes;
    let access = Access {
        verb: "request-serviceaccounts-token-audience",
        group: attributes.group,
        version: attributes.version,
        resource: audience,
        namespace: attributes.namespace,
        name: attributes.name,
        ..Access::default()
    };
    if used || attributes.authorizer.allows(attributes.context.user, &access) {
        return Ok(());
    }
    let user = &attributes.context.user.name;
    Err(format!("{user} is not authorized to request tokens for audience {quoted}"))
}

/// Whether a volume of the pod needs a token for the audience (`podReferencesAudience`).
fn uses(write: &Write<'_>, pod: &Value, audience: &str) -> Result<bool, String> {
    let is = |request: &Value| request.str_at(&["audience"]).unwrap_or("") == audience;
    let mut errors = Vec::new();
    for volume in pod.list_at(&["spec", "volumes"]) {
        let mut sources = volume.list_at(&["projected", "sources"]).iter();
        if sources.any(|source| source.at(&["serviceAccountToken"]).is_some_and(is)) {
            return Ok(true);
        }
        let requests = driver_of(write, pod, volume).and_then(|driver| {
            if driver.is_empty() {
                return Ok(Vec::new());
            }
            let found = write.lookup.get("storage.k8s.io", "csidrivers", "", &driver);
            let missing = || Write::missing("storage.k8s.io", "csidriver", &driver).message;
            Ok(found.ok_or_else(missing)?.list_at(&["spec", "tokenRequests"]).to_vec())
        });
        match requests {
            Ok(requests) if requests.iter().any(is) => return Ok(true),
            Ok(_) => {}
            Err(error) => errors.push(error),
        }
    }
    aggregate(errors).map_or(Ok(false), Err)
}

/// The CSI driver of a volume; empty if there is none.
fn driver_of(write: &Write<'_>, pod: &Value, volume: &Value) -> Result<String, String> {
    if volume.at(&["ephemeral", "volumeClaimTemplate"]).is_some() {
        let name = |value: &Value, path: &[&str]| value.str_at(path).unwrap_or("").to_owned();
        let claim = format!("{}-{}", name(pod, &["metadata", "name"]), name(volume, &["name"]));
        return driver_of_claim(write, &claim);
    }
    if let Some(claim) = volume.at(&["persistentVolumeClaim"]) {
        return driver_of_claim(write, claim.str_at(&["claimName"]).unwrap_or(""));
    }
    Ok(driver_in(volume))
}

fn driver_of_claim(write: &Write<'_>, name: &str) -> Result<String, String> {
    let claim = write.lookup.get("", "persistentvolumeclaims", write.attributes.namespace, name);
    let claim = claim.ok_or_else(|| Write::missing("", "persistentvolumeclaim", name).message)?;
    let name = claim.str_at(&["spec", "volumeName"]).unwrap_or("");
    let volume = write.lookup.get("", "persistentvolumes", "", name);
    let volume = volume.ok_or_else(|| Write::missing("", "persistentvolume", name).message)?;
    Ok(driver_in(&volume["spec"]))
}

/// The driver that a volume source names or was taken over by.
fn driver_in(source: &Value) -> String {
    if let Some(driver) = source.str_at(&["csi", "driver"]) {
        return driver.to_owned();
    }
    let migrated = MIGRATED.iter().find(|(field, _)| source.at(&[field]).is_some());
    migrated.map_or("", |(_, driver)| driver).to_owned()
}
