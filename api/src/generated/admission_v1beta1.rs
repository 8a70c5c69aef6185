//! Messages of `k8s.io/api/admission/v1beta1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BOOL, BYTES, FIELD, STRING};

pub(super) static ADMISSION_REQUEST: Message = Message {
    name: "io.k8s.api.admission.v1beta1.AdmissionRequest",
    form: Form::Object,
    fields: &[
        Field { json: "uid", number: 1, ty: STRING, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "kind", number: 2, ty: Struct(&super::meta_v1::GROUP_VERSION_KIND), optional: true, ..FIELD },
        Field { json: "resource", number: 3, ty: Struct(&super::meta_v1::GROUP_VERSION_RESOURCE), optional: true, ..FIELD },
        Field { json: "subResource", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "requestKind", number: 13, ty: Struct(&super::meta_v1::GROUP_VERSION_KIND), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "requestResource", number: 14, ty: Struct(&super::meta_v1::GROUP_VERSION_RESOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "requestSubResource", number: 15, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "name", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespace", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "operation", number: 7, ty: STRING, optional: true, declared: &Declared { go_type: "v1beta1.Operation", ..Declared::NOTHING }, ..FIELD },
        Field { json: "userInfo", number: 8, ty: Struct(&super::authentication_v1::USER_INFO), optional: true, ..FIELD },
        Field { json: "object", number: 9, ty: Struct(&super::runtime::RAW_EXTENSION), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "oldObject", number: 10, ty: Struct(&super::runtime::RAW_EXTENSION), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "dryRun", number: 11, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "options", number: 12, ty: Struct(&super::runtime::RAW_EXTENSION), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 4, 5, 6],
    atomic: false,
};

pub(super) static ADMISSION_RESPONSE: Message = Message {
    name: "io.k8s.api.admission.v1beta1.AdmissionResponse",
    form: Form::Object,
    fields: &[
        Field { json: "uid", number: 1, ty: STRING, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "allowed", number: 2, ty: BOOL, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&super::meta_v1::STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "patch", number: 4, ty: BYTES, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "patchType", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta1.PatchType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "auditAnnotations", number: 6, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "warnings", number: 7, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static ADMISSION_REVIEW: Message = Message {
    name: "io.k8s.api.admission.v1beta1.AdmissionReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "request", number: 1, ty: Struct(&ADMISSION_REQUEST), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "response", number: 2, ty: Struct(&ADMISSION_RESPONSE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};
