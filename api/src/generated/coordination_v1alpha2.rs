//! Messages of `k8s.io/api/coordination/v1alpha2`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Message, Omit, Shape};
use super::{FIELD, STRING};

pub(super) static LEASE_CANDIDATE: Message = Message {
    name: "io.k8s.api.coordination.v1alpha2.LeaseCandidate",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&LEASE_CANDIDATE_SPEC), omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static LEASE_CANDIDATE_LIST: Message = Message {
    name: "io.k8s.api.coordination.v1alpha2.LeaseCandidateList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&LEASE_CANDIDATE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static LEASE_CANDIDATE_SPEC: Message = Message {
    name: "io.k8s.api.coordination.v1alpha2.LeaseCandidateSpec",
    form: Form::Object,
    fields: &[
        Field { json: "leaseName", number: 1, ty: STRING, ..FIELD },
        Field { json: "pingTime", number: 2, ty: Struct(&super::meta_v1::MICRO_TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "renewTime", number: 3, ty: Struct(&super::meta_v1::MICRO_TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "binaryVersion", number: 4, ty: STRING, ..FIELD },
        Field { json: "emulationVersion", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "strategy", number: 6, ty: STRING, omit: Omit::Empty, declared: &Declared { go_type: "v1.CoordinatedLeaseStrategy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};
