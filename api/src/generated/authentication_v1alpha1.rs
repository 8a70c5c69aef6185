//! Messages of `k8s.io/api/authentication/v1alpha1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Field, Form, Message, Omit};
use super::{FIELD};

pub(super) static SELF_SUBJECT_REVIEW: Message = Message {
    name: "io.k8s.api.authentication.v1alpha1.SelfSubjectReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 2, ty: Struct(&SELF_SUBJECT_REVIEW_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static SELF_SUBJECT_REVIEW_STATUS: Message = Message {
    name: "io.k8s.api.authentication.v1alpha1.SelfSubjectReviewStatus",
    form: Form::Object,
    fields: &[
        Field { json: "userInfo", number: 1, ty: Struct(&super::authentication_v1::USER_INFO), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};
