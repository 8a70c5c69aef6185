//! Messages of `k8s.io/api/scheduling/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Message, Omit, Shape};
use super::{BOOL, FIELD, INT32, STRING};

pub(super) static PRIORITY_CLASS: Message = Message {
    name: "io.k8s.api.scheduling.v1.PriorityClass",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "value", number: 2, ty: INT32, optional: true, ..FIELD },
        Field { json: "globalDefault", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "description", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preemptionPolicy", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Never", "PreemptLowerPriority"], go_type: "v1.PreemptionPolicy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static PRIORITY_CLASS_LIST: Message = Message {
    name: "io.k8s.api.scheduling.v1.PriorityClassList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&PRIORITY_CLASS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};
