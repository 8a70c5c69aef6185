//! Messages of `k8s.io/api/policy/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{FIELD, INT32, INT64, STRING};

pub(super) static EVICTION: Message = Message {
    name: "io.k8s.api.policy.v1.Eviction",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "deleteOptions", number: 2, ty: Struct(&super::meta_v1::DELETE_OPTIONS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static POD_DISRUPTION_BUDGET: Message = Message {
    name: "io.k8s.api.policy.v1.PodDisruptionBudget",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&POD_DISRUPTION_BUDGET_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&POD_DISRUPTION_BUDGET_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static POD_DISRUPTION_BUDGET_LIST: Message = Message {
    name: "io.k8s.api.policy.v1.PodDisruptionBudgetList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&POD_DISRUPTION_BUDGET), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static POD_DISRUPTION_BUDGET_SPEC: Message = Message {
    name: "io.k8s.api.policy.v1.PodDisruptionBudgetSpec",
    form: Form::Object,
    fields: &[
        Field { json: "minAvailable", number: 1, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { patch_strategy: &["replace"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "maxUnavailable", number: 3, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "unhealthyPodEvictionPolicy", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["AlwaysAllow", "IfHealthyBudget"], go_type: "v1.UnhealthyPodEvictionPolicyType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static POD_DISRUPTION_BUDGET_STATUS: Message = Message {
    name: "io.k8s.api.policy.v1.PodDisruptionBudgetStatus",
    form: Form::Object,
    fields: &[
        Field { json: "observedGeneration", number: 1, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "disruptedPods", number: 2, ty: Struct(&super::meta_v1::TIME), shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "disruptionsAllowed", number: 3, ty: INT32, optional: true, ..FIELD },
        Field { json: "currentHealthy", number: 4, ty: INT32, optional: true, ..FIELD },
        Field { json: "desiredHealthy", number: 5, ty: INT32, optional: true, ..FIELD },
        Field { json: "expectedPods", number: 6, ty: INT32, optional: true, ..FIELD },
        Field { json: "conditions", number: 7, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};
