//! Messages of `k8s.io/api/lifecycle/v1alpha1`.
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
    name: "io.k8s.api.lifecycle.v1alpha1.Eviction",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&EVICTION_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&EVICTION_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static EVICTION_LIST: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&EVICTION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static EVICTION_POD_REFERENCE: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionPodReference",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "uid", number: 2, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EVICTION_REQUEST: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionRequest",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&EVICTION_REQUEST_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&EVICTION_REQUEST_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static EVICTION_REQUEST_LIST: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionRequestList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&EVICTION_REQUEST), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static EVICTION_REQUEST_POD_REFERENCE: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionRequestPodReference",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "uid", number: 2, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EVICTION_REQUEST_SPEC: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionRequestSpec",
    form: Form::Object,
    fields: &[
        Field { json: "target", number: 1, ty: Struct(&EVICTION_REQUEST_TARGET), ..FIELD },
        Field { json: "requester", number: 2, ty: STRING, ..FIELD },
        Field { json: "intent", number: 3, ty: STRING, declared: &Declared { values: &["Eviction", "Withdrawn"], go_type: "v1alpha1.EvictionRequestIntent", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static EVICTION_REQUEST_STATUS: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionRequestStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "observedGeneration", number: 2, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EVICTION_REQUEST_TARGET: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionRequestTarget",
    form: Form::Object,
    fields: &[
        Field { json: "pod", number: 1, ty: Struct(&EVICTION_REQUEST_POD_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static EVICTION_SPEC: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionSpec",
    form: Form::Object,
    fields: &[
        Field { json: "target", number: 1, ty: Struct(&EVICTION_TARGET), ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static EVICTION_STATUS: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "observedGeneration", number: 2, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "requesters", number: 3, ty: Struct(&REQUESTER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "targetResponders", number: 4, ty: Struct(&TARGET_RESPONDER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "responders", number: 5, ty: Struct(&RESPONDER_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static EVICTION_TARGET: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.EvictionTarget",
    form: Form::Object,
    fields: &[
        Field { json: "pod", number: 1, ty: Struct(&EVICTION_POD_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static REQUESTER: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.Requester",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "intent", number: 2, ty: STRING, declared: &Declared { values: &["Eviction", "Withdrawn"], go_type: "v1alpha1.RequesterIntent", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static RESPONDER_STATUS: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.ResponderStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "startTime", number: 2, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "heartbeatTime", number: 3, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "expectedCompletionTime", number: 4, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "completionTime", number: 5, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static TARGET_RESPONDER: Message = Message {
    name: "io.k8s.api.lifecycle.v1alpha1.TargetResponder",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "priority", number: 2, ty: INT32, pointer: true, ..FIELD },
        Field { json: "state", number: 3, ty: STRING, declared: &Declared { values: &["Active", "Canceled", "Completed", "Inactive", "Interrupted"], go_type: "v1alpha1.ResponderStateType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: true,
};
