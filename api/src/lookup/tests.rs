//! Spot checks of the generated data, and that its parts fit together.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::catalog;
use crate::catalog::{Field, FieldType, Form, Message, Omit, Scalar, Shape, Topology};

#[track_caller]
fn message(name: &str) -> &'static Message {
    let message = catalog().message(name);
    message.unwrap_or_else(|| panic!("no message {name}"))
}

#[track_caller]
fn field(name: &str, json: &str) -> &'static Field {
    let mut fields = message(name).fields.iter();
    fields.find(|field| field.json == json).unwrap_or_else(|| panic!("no field {json} in {name}"))
}

#[track_caller]
fn check_number(name: &str, json: &str, number: u32) {
    assert_eq!(field(name, json).number, number, "{name}.{json}");
}

fn target(field: &Field) -> &'static str {
    match field.ty {
        FieldType::Message(message) => message.name,
        FieldType::Scalar(_) => "",
    }
}

#[test]
fn fields_have_the_numbers_of_the_published_protobuf_files() {
    check_number("io.k8s.api.core.v1.Pod", "metadata", 1);
    check_number("io.k8s.api.core.v1.PodSpec", "volumes", 1);
    check_number("io.k8s.api.core.v1.PodSpec", "initContainers", 20);
    check_number("io.k8s.api.core.v1.PodSpec", "nodeName", 10);
    check_number("io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference", "apiVersion", 5);
    check_number("io.k8s.apimachinery.pkg.apis.meta.v1.Table", "rows", 0);
}

#[test]
fn fields_stand_in_the_order_of_the_go_structure() {
    let spec = message("io.k8s.api.core.v1.PodSpec");
    let names: Vec<&str> = spec.fields.iter().take(4).map(|field| field.json).collect();
    assert_eq!(names, ["volumes", "initContainers", "containers", "ephemeralContainers"]);
}

#[test]
fn by_number_orders_every_numbered_field() {
    for message in catalog().messages {
        let numbers: Vec<u32> =
            message.by_number.iter().map(|at| message.fields[usize::from(*at)].number).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{}: {numbers:?}", message.name);
        let numbered = message.fields.iter().filter(|field| field.number != 0).count();
        assert_eq!(numbers.len(), numbered, "{}", message.name);
        assert_ne!(numbers.first(), Some(&0), "{}", message.name);
    }
}

#[test]
fn container_ports_merge_by_other_keys_under_apply_than_under_strategic_merge() {
    let ports = field("io.k8s.api.core.v1.Container", "ports").declared.merge;
    assert_eq!(ports.topology, Topology::Map);
    assert_eq!(ports.keys, ["containerPort", "protocol"]);
    assert_eq!(ports.patch_strategy, ["merge"]);
    assert_eq!(ports.patch_merge_key, "containerPort");
    let volumes = field("io.k8s.api.core.v1.PodSpec", "volumes").declared.merge;
    assert_eq!(volumes.patch_strategy, ["merge", "retainKeys"]);
}

#[test]
fn embedded_structures_are_inlined_in_json_but_not_in_protobuf() {
    let source = field("io.k8s.api.core.v1.Volume", "");
    assert_eq!(target(source), "io.k8s.api.core.v1.VolumeSource");
    assert_eq!(source.number, 2);
    let meta = field("io.k8s.api.core.v1.Pod", "");
    assert_eq!(target(meta), "io.k8s.apimachinery.pkg.apis.meta.v1.TypeMeta");
    assert_eq!(meta.number, 0);
    check_number("io.k8s.api.core.v1.EphemeralContainer", "", 1);
}

#[test]
fn named_types_come_to_what_they_stand_for() {
    let limits = field("io.k8s.api.core.v1.ResourceRequirements", "limits");
    assert_eq!(limits.shape, Shape::Map);
    assert_eq!(target(limits), "io.k8s.apimachinery.pkg.api.resource.Quantity");
    let phase = field("io.k8s.api.core.v1.PodStatus", "phase");
    assert!(matches!(phase.ty, FieldType::Scalar(Scalar::String)));
    assert_eq!(phase.declared.values, ["Failed", "Pending", "Running", "Succeeded", "Unknown"]);
    let extra = field("io.k8s.api.authentication.v1.UserInfo", "extra");
    assert_eq!(extra.shape, Shape::Map);
    assert_eq!(message(target(extra)).form, Form::Items);
    let data = field("io.k8s.api.core.v1.Secret", "data");
    assert!(matches!(data.ty, FieldType::Scalar(Scalar::Bytes)));
}

#[test]
fn zero_pointers_and_defaults_are_told_apart() {
    let created = field("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "creationTimestamp");
    assert_eq!((created.omit, created.pointer), (Omit::Zero, false));
    let replicas = field("io.k8s.api.core.v1.ReplicationControllerSpec", "replicas");
    assert_eq!((replicas.pointer, replicas.declared.default), (true, Some("1")));
    let caching = field("io.k8s.api.core.v1.AzureDiskVolumeSource", "cachingMode");
    assert_eq!(caching.declared.default, Some("\"ReadWrite\""));
    assert!(!field("io.k8s.api.core.v1.Container", "name").optional);
    assert!(message("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector").atomic);
}

#[test]
fn tables_are_sorted_as_lookups_need_them() {
    assert!(catalog().messages.is_sorted_by(|a, b| a.name < b.name));
    let key = |at: usize| {
        let kind = &catalog().kinds[at];
        (kind.group, kind.version, kind.kind)
    };
    assert!((1..catalog().kinds.len()).all(|at| key(at - 1) < key(at)));
}

#[test]
fn every_resource_is_found_and_has_a_kind_with_a_list() {
    for resource in catalog().resources {
        let (group, version, plural) = (resource.group, resource.version, resource.plural);
        let found = catalog().resource(group, version, plural).expect(plural);
        assert!(std::ptr::eq(found, resource), "{plural}");
        let own = catalog().kind(group, version, resource.kind).expect(resource.kind);
        assert!(std::ptr::eq(own.message, resource.message), "{plural}");
        let list = catalog().kind(group, version, &format!("{}List", resource.kind));
        assert_eq!(list.is_some(), resource.verbs.contains(&"list"), "{plural}");
        for subresource in resource.subresources {
            let (group, version, kind) = subresource.gvk;
            assert!(
                catalog().kind(group, version, kind).is_some(),
                "{plural}/{}",
                subresource.name
            );
        }
        assert!(catalog().resources_of(group, version).iter().any(|r| std::ptr::eq(r, resource)));
    }
    assert!(catalog().resource("", "v1", "pod").is_none());
    assert!(catalog().resources_of("apps", "v2").is_empty());
}

/// A live stock server of the pinned release lists as many.
#[test]
fn all_resources_and_subresources_of_stock_are_there() {
    let resources = catalog().resources;
    let subresources: usize = resources.iter().map(|r| r.subresources.len()).sum();
    assert_eq!((resources.len(), resources.len() + subresources), (72, 121));
}

#[test]
fn resources_follow_the_order_of_their_groups() {
    let mut expected = catalog().groups.iter().flat_map(|group| {
        let versions = group.versions.iter();
        versions.flat_map(|v| catalog().resources_of(group.name, v.version))
    });
    for resource in catalog().resources {
        assert!(expected.next().is_some_and(|next| std::ptr::eq(next, resource)));
    }
    assert!(expected.next().is_none());
    let autoscaling = catalog().group("autoscaling").expect("it is served");
    assert_eq!(autoscaling.versions[0].version, "v2");
}

#[test]
fn storage_version_hashes_recompute() {
    for resource in catalog().resources {
        let stored = !resource.storage_prefix.is_empty();
        assert_eq!(stored, resource.verbs.contains(&"watch"), "{}", resource.plural);
        if stored {
            let (group, version, kind) = resource.storage;
            let digest = Sha256::digest(format!("{group}/{version}/{kind}"));
            assert_eq!(STANDARD.encode(&digest[..8]), resource.storage_version_hash);
            assert!(catalog().kind(group, version, kind).is_some(), "{kind}");
        }
    }
}

#[track_caller]
fn check_storage(group: &str, version: &str, plural: &str, storage: [&str; 3], prefix: &str) {
    let resource = catalog().resource(group, version, plural).expect(plural);
    let (group, version, kind) = resource.storage;
    assert_eq!(([group, version, kind], resource.storage_prefix), (storage, prefix));
}

#[test]
fn storage_differs_from_what_is_served_where_it_does_upstream() {
    check_storage("", "v1", "services", ["", "v1", "Service"], "services/specs");
    check_storage("", "v1", "nodes", ["", "v1", "Node"], "minions");
    check_storage("events.k8s.io", "v1", "events", ["", "v1", "Event"], "events");
    let autoscaler = ["autoscaling", "v2", "HorizontalPodAutoscaler"];
    let plural = "horizontalpodautoscalers";
    check_storage("autoscaling", "v1", plural, autoscaler, plural);
    check_storage(
        "apiextensions.k8s.io",
        "v1",
        "customresourcedefinitions",
        ["apiextensions.k8s.io", "v1beta1", "CustomResourceDefinition"],
        "apiextensions.k8s.io/customresourcedefinitions",
    );
}

#[test]
fn kinds_that_are_not_served_are_known_too() {
    for (group, version, kind) in [
        ("imagepolicy.k8s.io", "v1alpha1", "ImageReview"),
        ("admission.k8s.io", "v1", "AdmissionReview"),
        ("apps", "v1beta2", "DeploymentList"),
        ("policy", "v1", "DeleteOptions"),
        ("meta.k8s.io", "v1beta1", "Table"),
        ("", "v1", "Status"),
        ("", "v1", "List"),
    ] {
        assert!(catalog().kind(group, version, kind).is_some(), "{group}/{version} {kind}");
    }
}
