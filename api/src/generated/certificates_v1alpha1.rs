//! Messages of `k8s.io/api/certificates/v1alpha1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Field, Form, Message, Omit, Shape};
use super::{FIELD, STRING};

pub(super) static CLUSTER_TRUST_BUNDLE: Message = Message {
    name: "io.k8s.api.certificates.v1alpha1.ClusterTrustBundle",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&CLUSTER_TRUST_BUNDLE_SPEC), ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CLUSTER_TRUST_BUNDLE_LIST: Message = Message {
    name: "io.k8s.api.certificates.v1alpha1.ClusterTrustBundleList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CLUSTER_TRUST_BUNDLE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CLUSTER_TRUST_BUNDLE_SPEC: Message = Message {
    name: "io.k8s.api.certificates.v1alpha1.ClusterTrustBundleSpec",
    form: Form::Object,
    fields: &[
        Field { json: "signerName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "trustBundle", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
