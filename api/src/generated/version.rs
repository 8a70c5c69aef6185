//! Messages of `k8s.io/apimachinery/pkg/version`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::{Field, Form, Message, Omit};
use super::{FIELD, STRING};

pub(super) static INFO: Message = Message {
    name: "io.k8s.apimachinery.pkg.version.Info",
    form: Form::Object,
    fields: &[
        Field { json: "major", ty: STRING, ..FIELD },
        Field { json: "minor", ty: STRING, ..FIELD },
        Field { json: "emulationMajor", ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "emulationMinor", ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minCompatibilityMajor", ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minCompatibilityMinor", ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "gitVersion", ty: STRING, ..FIELD },
        Field { json: "gitCommit", ty: STRING, ..FIELD },
        Field { json: "gitTreeState", ty: STRING, ..FIELD },
        Field { json: "buildDate", ty: STRING, ..FIELD },
        Field { json: "goVersion", ty: STRING, ..FIELD },
        Field { json: "compiler", ty: STRING, ..FIELD },
        Field { json: "platform", ty: STRING, ..FIELD },
    ],
    by_number: &[],
    atomic: false,
};
