//! Messages of `k8s.io/apimachinery/pkg/api/resource`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::{Field, Form, Message};
use super::{FIELD, STRING};

pub(super) static QUANTITY: Message = Message {
    name: "io.k8s.apimachinery.pkg.api.resource.Quantity",
    form: Form::Quantity,
    fields: &[
        Field { json: "string", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};
