//! Messages of `k8s.io/apimachinery/pkg/util/intstr`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::{Field, Form, Message};
use super::{FIELD, INT32, INT64, STRING};

pub(super) static INT_OR_STRING: Message = Message {
    name: "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
    form: Form::IntOrString,
    fields: &[
        Field { json: "type", number: 1, ty: INT64, ..FIELD },
        Field { json: "intVal", number: 2, ty: INT32, ..FIELD },
        Field { json: "strVal", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
