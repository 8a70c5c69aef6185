//! Messages of `k8s.io/api/node/v1alpha1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{FIELD, STRING};

pub(super) static OVERHEAD: Message = Message {
    name: "io.k8s.api.node.v1alpha1.Overhead",
    form: Form::Object,
    fields: &[
        Field { json: "podFixed", number: 1, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static RUNTIME_CLASS: Message = Message {
    name: "io.k8s.api.node.v1alpha1.RuntimeClass",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&RUNTIME_CLASS_SPEC), ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RUNTIME_CLASS_LIST: Message = Message {
    name: "io.k8s.api.node.v1alpha1.RuntimeClassList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&RUNTIME_CLASS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RUNTIME_CLASS_SPEC: Message = Message {
    name: "io.k8s.api.node.v1alpha1.RuntimeClassSpec",
    form: Form::Object,
    fields: &[
        Field { json: "runtimeHandler", number: 1, ty: STRING, ..FIELD },
        Field { json: "overhead", number: 2, ty: Struct(&OVERHEAD), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "scheduling", number: 3, ty: Struct(&SCHEDULING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static SCHEDULING: Message = Message {
    name: "io.k8s.api.node.v1alpha1.Scheduling",
    form: Form::Object,
    fields: &[
        Field { json: "nodeSelector", number: 1, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "tolerations", number: 2, ty: Struct(&super::core_v1::TOLERATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
