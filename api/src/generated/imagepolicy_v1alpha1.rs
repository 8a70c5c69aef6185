//! Messages of `k8s.io/api/imagepolicy/v1alpha1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BOOL, FIELD, STRING};

pub(super) static IMAGE_REVIEW: Message = Message {
    name: "io.k8s.api.imagepolicy.v1alpha1.ImageReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&IMAGE_REVIEW_SPEC), optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&IMAGE_REVIEW_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static IMAGE_REVIEW_CONTAINER_SPEC: Message = Message {
    name: "io.k8s.api.imagepolicy.v1alpha1.ImageReviewContainerSpec",
    form: Form::Object,
    fields: &[
        Field { json: "image", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static IMAGE_REVIEW_SPEC: Message = Message {
    name: "io.k8s.api.imagepolicy.v1alpha1.ImageReviewSpec",
    form: Form::Object,
    fields: &[
        Field { json: "containers", number: 1, ty: Struct(&IMAGE_REVIEW_CONTAINER_SPEC), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "annotations", number: 2, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespace", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static IMAGE_REVIEW_STATUS: Message = Message {
    name: "io.k8s.api.imagepolicy.v1alpha1.ImageReviewStatus",
    form: Form::Object,
    fields: &[
        Field { json: "allowed", number: 1, ty: BOOL, optional: true, ..FIELD },
        Field { json: "reason", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "auditAnnotations", number: 3, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
