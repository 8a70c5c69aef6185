//! Where the storage of a volume is: what each type must say
//! (`core/validation.ValidatePersistentVolumeSpec`).

use pintle_engine::{Errors, Value};
use pintle_machinery::name::{dns1123_label, dns1123_subdomain};
use pintle_machinery::path::ValueExt;

use crate::core::pods::validation::Check;
use crate::core::pods::volumes::{self, remote};

/// Volume types in the order in which upstream looks at them.
const TYPES: &[&str] = &[
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "glusterfs",
    "flocker",
    "nfs",
    "rbd",
    "quobyte",
    "cephfs",
    "iscsi",
    "cinder",
    "fc",
    "flexVolume",
    "azureFile",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "scaleIO",
    "local",
    "storageos",
    "csi",
];

/// The types that a spec names.
pub(super) fn named(spec: &Value) -> impl Iterator<Item = (&'static str, &Value)> {
    let named = TYPES.iter().filter_map(|kind| Some((*kind, spec.at(&[kind])?)));
    named.filter(|(_, source)| source.is_object())
}

/// Checks that there is one type, and its rules.
pub(super) fn validate(spec: &Value, name: &str, errors: &mut Errors) {
    let mut sources = named(spec);
    let Some((kind, source)) = sources.next() else {
        errors.required("spec", "must specify a volume type");
        return;
    };
    one(kind, source, spec, name, errors);
    for (other, _) in sources {
        errors.forbidden(format_args!("spec.{other}"), "may not specify more than 1 volume type");
    }
}

fn one(kind: &str, source: &Value, spec: &Value, name: &str, errors: &mut Errors) {
    let path = format!("spec.{kind}");
    match kind {
        "hostPath" => volumes::host_path(source, &path, errors),
        "local" => {
            match source.str_at(&["path"]).unwrap_or_default() {
                "" => errors.required("spec.local.path", ""),
                target => volumes::no_parents(target, "spec.local.path", errors),
            }
            if spec.at(&["nodeAffinity"]).is_none() {
                errors.required("spec.nodeAffinity", "Local volume requires node affinity");
            }
        }
        "iscsi" => {
            let portal = source.str_at(&["targetPortal"]).unwrap_or_default();
            if source.at(&["initiatorName"]).is_some() && name.len() + 1 + portal.len() > 64 {
                errors.invalid("spec.iscsi.targetportal", portal, remote::LONG_NAME);
            }
            remote::iscsi(source, &path, remote::PLAIN_FORM, errors);
        }
        "csi" => csi(source, &path, errors),
        _ => {
            remote::validate(kind, source, &path, errors);
            in_namespace(kind, source, &path, errors);
        }
    }
}

/// What only volumes of the cluster say: the namespace of what they refer to.
fn in_namespace(kind: &str, source: &Value, path: &str, errors: &mut Errors) {
    match kind {
        "cinder" | "storageos" => {
            if let Some(secret) = source.at(&["secretRef"]) {
                remote::required(secret, &["namespace"], format!("{path}.secretRef"), errors);
            }
        }
        "azureFile" if source.str_at(&["secretNamespace"]) == Some("") => {
            errors.required(format_args!("{path}.secretNamespace"), "");
        }
        "glusterfs" => {
            let at = format!("{path}.endpointsNamespace");
            match source.str_at(&["endpointsNamespace"]) {
                None => {}
                Some("") => {
                    let detail =
                        "if the endpointnamespace is set, it must be a valid namespace name";
                    errors.invalid(at, "", detail);
                }
                Some(namespace) => errors.invalid_each(at, namespace, dns1123_label(namespace)),
            }
        }
        _ => {}
    }
}

/// `validateCSIPersistentVolumeSource`.
fn csi(source: &Value, path: &str, errors: &mut Errors) {
    let driver = source.str_at(&["driver"]).unwrap_or_default();
    remote::driver(driver, &format!("{path}.driver"), errors);
    remote::required(source, &["volumeHandle"], path, errors);
    let references = [
        "controllerPublishSecretRef",
        "controllerExpandSecretRef",
        "nodePublishSecretRef",
        "nodeExpandSecretRef",
    ];
    for field in references {
        let Some(reference) = source.at(&[field]) else { continue };
        let path = format!("{path}.{field}");
        let checks: [(&str, Check); 2] =
            [("name", dns1123_subdomain), ("namespace", dns1123_label)];
        for (field, check) in checks {
            let (at, value) =
                (format!("{path}.{field}"), reference.str_at(&[field]).unwrap_or_default());
            if value.is_empty() {
                errors.required(at, "");
            } else {
                errors.invalid_each(at, value, check(value));
            }
        }
    }
}
