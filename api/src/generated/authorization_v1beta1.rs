//! Messages of `k8s.io/api/authorization/v1beta1`.
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

pub(super) static EXTRA_VALUE: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.ExtraValue",
    form: Form::Items,
    fields: &[
        Field { json: "items", number: 1, ty: STRING, shape: Shape::List, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static LOCAL_SUBJECT_ACCESS_REVIEW: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.LocalSubjectAccessReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&SUBJECT_ACCESS_REVIEW_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&SUBJECT_ACCESS_REVIEW_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static NON_RESOURCE_ATTRIBUTES: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.NonResourceAttributes",
    form: Form::Object,
    fields: &[
        Field { json: "path", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "verb", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NON_RESOURCE_RULE: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.NonResourceRule",
    form: Form::Object,
    fields: &[
        Field { json: "verbs", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "nonResourceURLs", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static RESOURCE_ATTRIBUTES: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.ResourceAttributes",
    form: Form::Object,
    fields: &[
        Field { json: "namespace", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "verb", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "group", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "version", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "subresource", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "name", number: 7, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldSelector", number: 8, ty: Struct(&super::authorization_v1::FIELD_SELECTOR_ATTRIBUTES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "labelSelector", number: 9, ty: Struct(&super::authorization_v1::LABEL_SELECTOR_ATTRIBUTES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8],
    atomic: false,
};

pub(super) static RESOURCE_RULE: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.ResourceRule",
    form: Form::Object,
    fields: &[
        Field { json: "verbs", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "apiGroups", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceNames", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static SELF_SUBJECT_ACCESS_REVIEW: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.SelfSubjectAccessReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&SELF_SUBJECT_ACCESS_REVIEW_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&SUBJECT_ACCESS_REVIEW_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static SELF_SUBJECT_ACCESS_REVIEW_SPEC: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.SelfSubjectAccessReviewSpec",
    form: Form::Object,
    fields: &[
        Field { json: "resourceAttributes", number: 1, ty: Struct(&RESOURCE_ATTRIBUTES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nonResourceAttributes", number: 2, ty: Struct(&NON_RESOURCE_ATTRIBUTES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SELF_SUBJECT_RULES_REVIEW: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.SelfSubjectRulesReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&SELF_SUBJECT_RULES_REVIEW_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&SUBJECT_RULES_REVIEW_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static SELF_SUBJECT_RULES_REVIEW_SPEC: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.SelfSubjectRulesReviewSpec",
    form: Form::Object,
    fields: &[
        Field { json: "namespace", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SUBJECT_ACCESS_REVIEW: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.SubjectAccessReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&SUBJECT_ACCESS_REVIEW_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&SUBJECT_ACCESS_REVIEW_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static SUBJECT_ACCESS_REVIEW_SPEC: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.SubjectAccessReviewSpec",
    form: Form::Object,
    fields: &[
        Field { json: "resourceAttributes", number: 1, ty: Struct(&RESOURCE_ATTRIBUTES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nonResourceAttributes", number: 2, ty: Struct(&NON_RESOURCE_ATTRIBUTES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "user", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "group", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "extra", number: 5, ty: Struct(&EXTRA_VALUE), shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uid", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static SUBJECT_ACCESS_REVIEW_STATUS: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.SubjectAccessReviewStatus",
    form: Form::Object,
    fields: &[
        Field { json: "allowed", number: 1, ty: BOOL, ..FIELD },
        Field { json: "denied", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "evaluationError", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 1],
    atomic: false,
};

pub(super) static SUBJECT_RULES_REVIEW_STATUS: Message = Message {
    name: "io.k8s.api.authorization.v1beta1.SubjectRulesReviewStatus",
    form: Form::Object,
    fields: &[
        Field { json: "resourceRules", number: 1, ty: Struct(&RESOURCE_RULE), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "nonResourceRules", number: 2, ty: Struct(&NON_RESOURCE_RULE), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "incomplete", number: 3, ty: BOOL, ..FIELD },
        Field { json: "evaluationError", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};
