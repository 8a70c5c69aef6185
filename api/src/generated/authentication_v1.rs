//! Messages of `k8s.io/api/authentication/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BOOL, FIELD, INT64, STRING};

pub(super) static ATTESTATION_VALUE: Message = Message {
    name: "io.k8s.api.authentication.v1.AttestationValue",
    form: Form::Items,
    fields: &[
        Field { json: "items", number: 1, ty: STRING, shape: Shape::List, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static BOUND_OBJECT_REFERENCE: Message = Message {
    name: "io.k8s.api.authentication.v1.BoundObjectReference",
    form: Form::Object,
    fields: &[
        Field { json: "kind", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "apiVersion", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uid", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static EXTRA_VALUE: Message = Message {
    name: "io.k8s.api.authentication.v1.ExtraValue",
    form: Form::Items,
    fields: &[
        Field { json: "items", number: 1, ty: STRING, shape: Shape::List, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SELF_SUBJECT_REVIEW: Message = Message {
    name: "io.k8s.api.authentication.v1.SelfSubjectReview",
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
    name: "io.k8s.api.authentication.v1.SelfSubjectReviewStatus",
    form: Form::Object,
    fields: &[
        Field { json: "userInfo", number: 1, ty: Struct(&USER_INFO), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static TOKEN_REQUEST: Message = Message {
    name: "io.k8s.api.authentication.v1.TokenRequest",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&TOKEN_REQUEST_SPEC), optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&TOKEN_REQUEST_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static TOKEN_REQUEST_SPEC: Message = Message {
    name: "io.k8s.api.authentication.v1.TokenRequestSpec",
    form: Form::Object,
    fields: &[
        Field { json: "audiences", number: 1, ty: STRING, shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "expirationSeconds", number: 4, ty: INT64, pointer: true, optional: true, ..FIELD },
        Field { json: "boundObjectRef", number: 3, ty: Struct(&BOUND_OBJECT_REFERENCE), pointer: true, optional: true, ..FIELD },
        Field { json: "attestations", number: 5, ty: Struct(&ATTESTATION_VALUE), shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 1, 3],
    atomic: false,
};

pub(super) static TOKEN_REQUEST_STATUS: Message = Message {
    name: "io.k8s.api.authentication.v1.TokenRequestStatus",
    form: Form::Object,
    fields: &[
        Field { json: "token", number: 1, ty: STRING, optional: true, ..FIELD },
        Field { json: "expirationTimestamp", number: 2, ty: Struct(&super::meta_v1::TIME), optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static TOKEN_REVIEW: Message = Message {
    name: "io.k8s.api.authentication.v1.TokenReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&TOKEN_REVIEW_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&TOKEN_REVIEW_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static TOKEN_REVIEW_SPEC: Message = Message {
    name: "io.k8s.api.authentication.v1.TokenReviewSpec",
    form: Form::Object,
    fields: &[
        Field { json: "token", number: 1, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "audiences", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static TOKEN_REVIEW_STATUS: Message = Message {
    name: "io.k8s.api.authentication.v1.TokenReviewStatus",
    form: Form::Object,
    fields: &[
        Field { json: "authenticated", number: 1, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "user", number: 2, ty: Struct(&USER_INFO), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "audiences", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "error", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 3, 2],
    atomic: false,
};

pub(super) static USER_INFO: Message = Message {
    name: "io.k8s.api.authentication.v1.UserInfo",
    form: Form::Object,
    fields: &[
        Field { json: "username", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uid", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "groups", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "extra", number: 4, ty: Struct(&EXTRA_VALUE), shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};
