//! Messages of `k8s.io/apimachinery/pkg/apis/meta/v1beta1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Field, Form, Message, Omit, Shape};
use super::{FIELD};

pub(super) static PARTIAL_OBJECT_METADATA_LIST: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1beta1.PartialObjectMetadataList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 2, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 1, ty: Struct(&super::meta_v1::PARTIAL_OBJECT_METADATA), shape: Shape::List, ..FIELD },
    ],
    by_number: &[2, 1],
    atomic: false,
};
