//! What one directory of a pod may be put together from
//! (`core/validation.validateProjectionSources`).

use std::collections::BTreeSet;

use pintle_engine::{Errors, Value};
use pintle_machinery::field::{BadValue, Path};
use pintle_machinery::json::quote;
use pintle_machinery::name::domain_prefixed_key;
use pintle_machinery::path::ValueExt;

use super::volumes::{downward_file, key_to_path, local_path, user};
use crate::certificates::{trust, validation::signer_name};
use crate::selectors;

/// The kinds of sources, in upstream's order.
const KINDS: [&str; 6] = [
    "secret",
    "configMap",
    "downwardAPI",
    "serviceAccountToken",
    "clusterTrustBundle",
    "podCertificate",
];
const KEY_TYPES: [&str; 6] =
    ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
const DAY_SECONDS: i64 = 24 * 60 * 60;
const MIN_CERTIFICATE_SECONDS: i64 = 60 * 60;
const MAX_ANNOTATION_BYTES: usize = 256 * 1024;

/// The files of a directory, each of which has one source.
struct Files<'a> {
    volume: &'a Path<'a>,
    taken: BTreeSet<String>,
}

impl Files<'_> {
    fn take(&mut self, file: &str, shown: &str, errors: &mut Errors) {
        if !self.taken.insert(file.to_owned()) {
            errors.invalid(self.volume, shown, "conflicting duplicate paths");
        }
    }
}

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object.str_at(&[field]).unwrap_or_default()
}

/// Checks the sources of a projected volume.
pub(super) fn sources(volume: &Value, path: &Path<'_>, errors: &mut Errors) {
    let mut files = Files { volume: path, taken: BTreeSet::new() };
    for (index, source) in volume.list_at(&["sources"]).iter().enumerate() {
        let list = path.child("sources");
        let at = list.index(index);
        let found = KINDS.iter().filter_map(|kind| Some((*kind, source.at(&[kind])?)));
        let found: Vec<_> = found.filter(|(_, source)| source.is_object()).collect();
        for (kind, source) in &found {
            let at = at.child(kind);
            match *kind {
                "secret" | "configMap" => named(source, &at, &mut files, errors),
                "downwardAPI" => {
                    for item in source.list_at(&["items"]) {
                        downward_file(item, &at, errors);
                        let file = text(item, "path");
                        if !file.is_empty() {
                            files.take(file, file, errors);
                        }
                    }
                }
                "serviceAccountToken" => token(source, &at, path, errors),
                "clusterTrustBundle" => bundle(source, &at, &mut files, errors),
                _ => certificate(source, &at, &mut files, errors),
            }
        }
        if found.len() > 1 {
            errors.forbidden(at, "may not specify more than 1 volume type per source");
        }
    }
}

fn named(source: &Value, path: &Path<'_>, files: &mut Files<'_>, errors: &mut Errors) {
    let name = text(source, "name");
    if name.is_empty() {
        errors.required(path.child("name"), "");
    }
    let list = path.child("items");
    for (index, item) in source.list_at(&["items"]).iter().enumerate() {
        key_to_path(item, &list.index(index), errors);
        let file = text(item, "path");
        if !file.is_empty() {
            files.take(file, name, errors);
        }
    }
}

fn token(source: &Value, path: &Path<'_>, volume: &Path<'_>, errors: &mut Errors) {
    let at = path.child("expirationSeconds");
    match source.i64_at(&["expirationSeconds"]) {
        None => errors.required(at, ""),
        Some(seconds) if seconds < 600 => {
            errors.invalid(at, seconds, "may not specify a duration less than 10 minutes");
        }
        Some(seconds) if seconds > 1 << 32 => {
            errors.invalid(at, seconds, "may not specify a duration larger than 2^32 seconds");
        }
        Some(_) => {}
    }
    // Upstream names the volume's path, not the source's.
    match text(source, "path") {
        "" => errors.required(volume.child("path"), ""),
        file => local_path(file, &volume.child("path"), errors),
    }
    user(source, "user", path, errors);
}

fn bundle(source: &Value, path: &Path<'_>, files: &mut Files<'_>, errors: &mut Errors) {
    let (name, signer) = (source.str_at(&["name"]), source.str_at(&["signerName"]));
    match (name, signer) {
        (Some(name), Some(signer)) => {
            let detail = "only one of name and signerName may be used";
            errors.invalid(path, shown(source, name, signer), detail);
        }
        (Some(name), None) => {
            let at = path.child("name");
            if name.is_empty() {
                errors.required(at, "must be a valid object name");
            }
            let signer = name.rsplit_once(':').map(|(signer, _)| signer.replace(':', "/"));
            for problem in trust::name(name, &signer.unwrap_or_default()) {
                let detail = format!("not a valid clustertrustbundlename: {problem}");
                errors.invalid(at, name, detail);
            }
            if let Some(selector) = source.at(&["labelSelector"]) {
                let detail = "labelSelector must be unset if name is specified";
                errors.invalid(path.child("labelSelector"), selector.clone(), detail);
            }
        }
        (None, Some(signer)) => {
            let at = path.child("signerName");
            if signer.is_empty() {
                errors.required(at, "must be a valid signer name");
            }
            signer_name(signer, &at, errors);
            if let Some(selector) = source.at(&["labelSelector"]) {
                selectors::validate(selector, false, &path.child("labelSelector"), errors);
            }
        }
        (None, None) => errors.required(path, "either name or signerName must be specified"),
    }
    let (file, at) = (text(source, "path"), path.child("path"));
    if file.is_empty() {
        errors.required(at, "");
    }
    user(source, "user", path, errors);
    local_path(file, &at, errors);
    files.take(file, file, errors);
}

/// The source as upstream prints its internal form.
fn shown(source: &Value, name: &str, signer: &str) -> BadValue {
    let get = |field: &str| source.at(&[field]).map_or("null".into(), Value::to_string);
    BadValue::Text(format!(
        "{{\"Name\":{},\"SignerName\":{},\"LabelSelector\":{},\"Optional\":{},\"Path\":{},\"User\":{}}}",
        quote(name),
        quote(signer),
        get("labelSelector"),
        get("optional"),
        quote(text(source, "path")),
        get("user"),
    ))
}

fn certificate(source: &Value, path: &Path<'_>, files: &mut Files<'_>, errors: &mut Errors) {
    let signer = text(source, "signerName");
    signer_name(signer, &path.child("signerName"), errors);
    annotations(source, &path.child("userAnnotations"), errors);
    user(source, "user", path, errors);
    let key_type = text(source, "keyType");
    if !KEY_TYPES.contains(&key_type) {
        errors.not_supported(path.child("keyType"), key_type, &KEY_TYPES);
    }
    if let Some(seconds) = source.i64_at(&["maxExpirationSeconds"]) {
        let at = path.child("maxExpirationSeconds");
        let domain = signer.split('/').next().unwrap_or_default();
        let own = domain == "kubernetes.io" || domain.ends_with(".kubernetes.io");
        let max = DAY_SECONDS * if own { 1 } else { 91 };
        if seconds < MIN_CERTIFICATE_SECONDS {
            let detail =
                format!("if provided, maxExpirationSeconds must be >= {MIN_CERTIFICATE_SECONDS}");
            errors.invalid(at, seconds, detail);
        }
        if seconds > max {
            let detail = format!("if provided, maxExpirationSeconds must be <= {max}");
            errors.invalid(at, seconds, detail);
        }
    }
    let fields = ["credentialBundlePath", "keyPath", "certificateChainPath"];
    let given: Vec<&str> =
        fields.into_iter().filter(|field| !text(source, field).is_empty()).collect();
    for field in &given {
        let file = text(source, field);
        local_path(file, &path.child(field), errors);
        files.take(file, file, errors);
    }
    if given.is_empty() {
        let detail =
            "specify at least one of credentialBundlePath, keyPath, and certificateChainPath";
        errors.required(path, detail);
    }
}

/// `core/validation.ValidateUserAnnotations`.
fn annotations(source: &Value, path: &Path<'_>, errors: &mut Errors) {
    let Some(annotations) = source.map_at(&["userAnnotations"]) else { return };
    let mut bytes = 0;
    for (key, value) in annotations {
        bytes += key.len() + value.as_str().map_or(0, str::len);
        let key = key.to_lowercase();
        if key.is_empty() {
            errors.required(path, "");
        } else {
            errors.invalid_each(path, key.as_str(), domain_prefixed_key(&key));
        }
    }
    if bytes > MAX_ANNOTATION_BYTES {
        errors.too_long(path, MAX_ANNOTATION_BYTES);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(list: Value, expected: &[&str]) {
        let mut errors = Errors::new();
        sources(&json!({"sources": list}), &Path::new("v"), &mut errors);
        let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    fn certificate_of(signer: &str, seconds: i64) -> Value {
        json!([{"podCertificate": {"signerName": signer, "keyType": "ED25519",
            "maxExpirationSeconds": seconds, "credentialBundlePath": "bundle.pem"}}])
    }

    #[test]
    fn certificates_last_from_an_hour_to_three_months() {
        check(certificate_of("example.com/a", 3600), &[]);
        check(certificate_of("example.com/a", 91 * DAY_SECONDS), &[]);
        check(
            certificate_of("example.com/a", 3599),
            &[
                "v.sources[0].podCertificate.maxExpirationSeconds: Invalid value: 3599: if provided, maxExpirationSeconds must be >= 3600",
            ],
        );
        check(
            certificate_of("example.com/a", 91 * DAY_SECONDS + 1),
            &[
                "v.sources[0].podCertificate.maxExpirationSeconds: Invalid value: 7862401: if provided, maxExpirationSeconds must be <= 7862400",
            ],
        );
        check(
            certificate_of("kubernetes.io/a", DAY_SECONDS + 1),
            &[
                "v.sources[0].podCertificate.maxExpirationSeconds: Invalid value: 86401: if provided, maxExpirationSeconds must be <= 86400",
            ],
        );
    }

    #[test]
    fn two_sources_cannot_make_one_file() {
        let list = json!([
            {"secret": {"name": "s", "items": [{"key": "a", "path": "f"}]}},
            {"configMap": {"name": "c", "items": [{"key": "a", "path": "f"}]}},
            {"podCertificate": {"signerName": "example.com/a", "keyType": "RSA4096", "keyPath": "f"}},
        ]);
        check(
            list,
            &[
                "v: Invalid value: \"c\": conflicting duplicate paths",
                "v: Invalid value: \"f\": conflicting duplicate paths",
            ],
        );
    }

    #[test]
    fn a_source_is_of_one_kind() {
        let token = json!({"expirationSeconds": 3600, "path": "token"});
        check(
            json!([{"secret": {"name": "s"}, "serviceAccountToken": token}]),
            &["v.sources[0]: Forbidden: may not specify more than 1 volume type per source"],
        );
        check(
            json!([{"serviceAccountToken": {"expirationSeconds": 5, "path": "../x"}}]),
            &[
                "v.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes",
                "v.path: Invalid value: \"../x\": must not contain '..'",
            ],
        );
    }

    #[test]
    fn trust_is_chosen_by_name_or_by_signer() {
        check(json!([{"clusterTrustBundle": {"name": "a", "path": "ca.pem"}}]), &[]);
        check(
            json!([{"clusterTrustBundle": {"path": "ca.pem"}}]),
            &[
                "v.sources[0].clusterTrustBundle: Required value: either name or signerName must be specified",
            ],
        );
        check(
            json!([{"clusterTrustBundle": {"name": "example.com:a:b:c", "path": "ca.pem"}}]),
            &[],
        );
    }
}
