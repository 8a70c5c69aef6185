//! Messages of `k8s.io/apimachinery/pkg/runtime`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::{Field, Form, Message, Omit};
use super::{BYTES, FIELD, STRING};

pub(super) static RAW_EXTENSION: Message = Message {
    name: "io.k8s.apimachinery.pkg.runtime.RawExtension",
    form: Form::Raw,
    fields: &[
        Field { json: "raw", number: 1, ty: BYTES, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static TYPE_META: Message = Message {
    name: "io.k8s.apimachinery.pkg.runtime.TypeMeta",
    form: Form::Object,
    fields: &[
        Field { json: "apiVersion", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "kind", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
