//! The data of the catalog.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

#[rustfmt::skip]
mod admission_v1;
#[rustfmt::skip]
mod admission_v1beta1;
#[rustfmt::skip]
mod admissionregistration_v1;
#[rustfmt::skip]
mod admissionregistration_v1alpha1;
#[rustfmt::skip]
mod admissionregistration_v1beta1;
#[rustfmt::skip]
mod apidiscovery_v2;
#[rustfmt::skip]
mod apidiscovery_v2beta1;
#[rustfmt::skip]
mod apiextensions_v1;
#[rustfmt::skip]
mod apiextensions_v1beta1;
#[rustfmt::skip]
mod apiregistration_v1;
#[rustfmt::skip]
mod apiregistration_v1beta1;
#[rustfmt::skip]
mod apiserverinternal_v1alpha1;
#[rustfmt::skip]
mod apps_v1;
#[rustfmt::skip]
mod apps_v1beta1;
#[rustfmt::skip]
mod apps_v1beta2;
#[rustfmt::skip]
mod authentication_v1;
#[rustfmt::skip]
mod authentication_v1alpha1;
#[rustfmt::skip]
mod authentication_v1beta1;
#[rustfmt::skip]
mod authorization_v1;
#[rustfmt::skip]
mod authorization_v1beta1;
#[rustfmt::skip]
mod autoscaling_v1;
#[rustfmt::skip]
mod autoscaling_v2;
#[rustfmt::skip]
mod batch_v1;
#[rustfmt::skip]
mod batch_v1beta1;
#[rustfmt::skip]
mod certificates_v1;
#[rustfmt::skip]
mod certificates_v1alpha1;
#[rustfmt::skip]
mod certificates_v1beta1;
#[rustfmt::skip]
mod coordination_v1;
#[rustfmt::skip]
mod coordination_v1alpha2;
#[rustfmt::skip]
mod coordination_v1beta1;
#[rustfmt::skip]
mod core_v1;
#[rustfmt::skip]
mod discovery_v1;
#[rustfmt::skip]
mod discovery_v1beta1;
#[rustfmt::skip]
mod events_v1;
#[rustfmt::skip]
mod events_v1beta1;
#[rustfmt::skip]
mod extensions_v1beta1;
#[rustfmt::skip]
mod flowcontrol_v1;
#[rustfmt::skip]
mod flowcontrol_v1beta1;
#[rustfmt::skip]
mod flowcontrol_v1beta2;
#[rustfmt::skip]
mod flowcontrol_v1beta3;
#[rustfmt::skip]
mod imagepolicy_v1alpha1;
#[rustfmt::skip]
mod intstr;
#[rustfmt::skip]
mod lifecycle_v1alpha1;
#[rustfmt::skip]
mod meta_v1;
#[rustfmt::skip]
mod meta_v1beta1;
#[rustfmt::skip]
mod networking_v1;
#[rustfmt::skip]
mod networking_v1beta1;
#[rustfmt::skip]
mod node_v1;
#[rustfmt::skip]
mod node_v1alpha1;
#[rustfmt::skip]
mod node_v1beta1;
#[rustfmt::skip]
mod policy_v1;
#[rustfmt::skip]
mod policy_v1beta1;
#[rustfmt::skip]
mod rbac_v1;
#[rustfmt::skip]
mod rbac_v1alpha1;
#[rustfmt::skip]
mod rbac_v1beta1;
#[rustfmt::skip]
mod resource;
#[rustfmt::skip]
mod resource_v1;
#[rustfmt::skip]
mod resource_v1alpha3;
#[rustfmt::skip]
mod resource_v1beta1;
#[rustfmt::skip]
mod resource_v1beta2;
#[rustfmt::skip]
mod runtime;
#[rustfmt::skip]
mod scheduling_v1;
#[rustfmt::skip]
mod scheduling_v1alpha3;
#[rustfmt::skip]
mod scheduling_v1beta1;
#[rustfmt::skip]
mod storage_v1;
#[rustfmt::skip]
mod storage_v1alpha1;
#[rustfmt::skip]
mod storage_v1beta1;
#[rustfmt::skip]
mod storagemigration_v1;
#[rustfmt::skip]
mod storagemigration_v1beta1;
#[rustfmt::skip]
mod version;
#[rustfmt::skip]
mod kinds;
#[rustfmt::skip]
mod messages;
#[rustfmt::skip]
mod resources;

use crate::catalog::{Catalog, Declared, Field, FieldType, Omit, Scalar, Shape};

/// The facts of the pinned release.
pub(crate) static CATALOG: Catalog = Catalog {
    release: "v1.37.1",
    messages: messages::MESSAGES,
    kinds: kinds::KINDS,
    groups: resources::GROUPS,
    resources: resources::RESOURCES,
};

const BOOL: FieldType = FieldType::Scalar(Scalar::Bool);
const BYTES: FieldType = FieldType::Scalar(Scalar::Bytes);
const DOUBLE: FieldType = FieldType::Scalar(Scalar::Double);
const INT32: FieldType = FieldType::Scalar(Scalar::Int32);
const INT64: FieldType = FieldType::Scalar(Scalar::Int64);
const STRING: FieldType = FieldType::Scalar(Scalar::String);

/// A field about which nothing else is declared.
const FIELD: Field = Field {
    json: "",
    number: 0,
    ty: STRING,
    shape: Shape::Single,
    pointer: false,
    omit: Omit::Never,
    optional: false,
    declared: &Declared::NOTHING,
};
