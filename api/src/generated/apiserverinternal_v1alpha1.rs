//! Messages of `k8s.io/api/apiserverinternal/v1alpha1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{FIELD, INT64, STRING};

pub(super) static SERVER_STORAGE_VERSION: Message = Message {
    name: "io.k8s.api.apiserverinternal.v1alpha1.ServerStorageVersion",
    form: Form::Object,
    fields: &[
        Field { json: "apiServerID", number: 1, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "encodingVersion", number: 2, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "decodableVersions", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "servedVersions", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static STORAGE_VERSION: Message = Message {
    name: "io.k8s.api.apiserverinternal.v1alpha1.StorageVersion",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&STORAGE_VERSION_SPEC), optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&STORAGE_VERSION_STATUS), optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static STORAGE_VERSION_CONDITION: Message = Message {
    name: "io.k8s.api.apiserverinternal.v1alpha1.StorageVersionCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1alpha1.StorageVersionConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1alpha1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "observedGeneration", number: 3, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 4, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 5, ty: STRING, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static STORAGE_VERSION_LIST: Message = Message {
    name: "io.k8s.api.apiserverinternal.v1alpha1.StorageVersionList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&STORAGE_VERSION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static STORAGE_VERSION_SPEC: Message = Message {
    name: "io.k8s.api.apiserverinternal.v1alpha1.StorageVersionSpec",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static STORAGE_VERSION_STATUS: Message = Message {
    name: "io.k8s.api.apiserverinternal.v1alpha1.StorageVersionStatus",
    form: Form::Object,
    fields: &[
        Field { json: "storageVersions", number: 1, ty: Struct(&SERVER_STORAGE_VERSION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["apiServerID"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "commonEncodingVersion", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 3, ty: Struct(&STORAGE_VERSION_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
