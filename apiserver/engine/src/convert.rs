//! Between the versions of a kind whose forms differ.

use pintle_api::{Kind, codec};
use pintle_machinery::{Map, Value};

use crate::meta;

mod autoscaling;
mod definitions;

/// Brings an object to another version of its kind.
pub fn to_kind(object: Value, kind: &Kind) -> Value {
    let text = |field: &str| object[field].as_str().unwrap_or_default();
    let (group, version) = meta::split_api_version(text("apiVersion"));
    if (group, version) == (kind.group, kind.version) {
        return object;
    }
    let from = (group.to_owned(), version.to_owned());
    let mut object = object;
    match (kind.kind, from.0.as_str(), from.1.as_str(), kind.group, kind.version) {
        ("Event", "", _, "events.k8s.io", _) => event_to_new(&mut object),
        ("Event", "events.k8s.io", _, "", _) => event_to_core(&mut object),
        ("HorizontalPodAutoscaler", _, "v1", _, "v2") => autoscaling::v1_to_v2(&mut object),
        ("HorizontalPodAutoscaler", _, "v2", _, "v1") => autoscaling::v2_to_v1(&mut object),
        ("CustomResourceDefinition", _, "v1", _, "v1beta1") => {
            definitions::v1_to_v1beta1(&mut object);
            retype(&mut object, kind);
        }
        ("CustomResourceDefinition", _, "v1beta1", _, "v1") => {
            definitions::v1beta1_to_v1(&mut object);
            retype(&mut object, kind);
        }
        ("PodCertificateRequest", ..) => retype(&mut object, kind),
        _ => {}
    }
    meta::set_type(&mut object, kind.group, kind.version, kind.kind);
    object
}

/// Drops what the other version lacks, and gives zero values to what only it must have
/// (`pkg/apis/certificates/v1.Convert_certificates_PodCertificateRequestSpec_To_v1_PodCertificateRequestSpec`).
fn retype(object: &mut Value, kind: &Kind) {
    if let Ok((typed, _)) = codec::json::retype(kind.message, object, false) {
        *object = typed;
    }
}

/// Core fields of events and their names in `events.k8s.io`
/// (`pkg/apis/events/v1.Convert_core_Event_To_v1_Event`).
const EVENT_FIELDS: [(&str, &str); 7] = [
    ("involvedObject", "regarding"),
    ("message", "note"),
    ("reportingComponent", "reportingController"),
    ("source", "deprecatedSource"),
    ("firstTimestamp", "deprecatedFirstTimestamp"),
    ("lastTimestamp", "deprecatedLastTimestamp"),
    ("count", "deprecatedCount"),
];

fn event_to_new(object: &mut Value) {
    rename(object, EVENT_FIELDS.map(|(core, new)| (core, new)));
}

fn event_to_core(object: &mut Value) {
    rename(object, EVENT_FIELDS.map(|(core, new)| (new, core)));
    let Some(fields) = object.as_object_mut() else { return };
    for required in ["involvedObject", "source"] {
        fields.entry(required).or_insert_with(|| Value::Object(Map::new()));
    }
    for required in ["reportingComponent", "reportingInstance"] {
        fields.entry(required).or_insert_with(|| "".into());
    }
    for required in ["firstTimestamp", "lastTimestamp", "eventTime"] {
        fields.entry(required).or_insert(Value::Null);
    }
}

fn rename<const N: usize>(object: &mut Value, names: [(&str, &str); N]) {
    let Some(fields) = object.as_object_mut() else { return };
    let taken = names.map(|(from, to)| (to, fields.remove(from)));
    for (to, value) in taken {
        if let Some(value) = value {
            fields.insert(to.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(object: Value, version: &str, spec: Value) {
        let kind =
            pintle_api::catalog().kind("certificates.k8s.io", version, "PodCertificateRequest");
        let converted = to_kind(object, kind.expect("the kind has the version"));
        assert_eq!(converted["apiVersion"], format!("certificates.k8s.io/{version}"));
        for (field, value) in spec.as_object().expect("fields are given") {
            assert_eq!(converted["spec"].get(field).unwrap_or(&json!("absent")), value, "{field}");
        }
    }

    #[test]
    fn requests_of_pods_have_their_keys_in_the_beta_version_only() {
        let spec = json!({"podName": "p", "pkixPublicKey": "AA==", "stubPKCS10Request": "BA=="});
        let object = |version: &str| {
            json!({"apiVersion": format!("certificates.k8s.io/{version}"),
                "kind": "PodCertificateRequest", "spec": spec})
        };
        check(
            object("v1beta1"),
            "v1",
            json!({"podName": "p", "pkixPublicKey": "absent", "stubPKCS10Request": "BA=="}),
        );
        let mut new = object("v1");
        new.as_object_mut().expect("an object")["spec"]
            .as_object_mut()
            .expect("an object")
            .remove("pkixPublicKey");
        check(new, "v1beta1", json!({"pkixPublicKey": null, "proofOfPossession": null}));
    }
}
