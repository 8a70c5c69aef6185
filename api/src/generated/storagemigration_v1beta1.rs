//! Messages of `k8s.io/api/storagemigration/v1beta1`.
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

pub(super) static STORAGE_VERSION_MIGRATION: Message = Message {
    name: "io.k8s.api.storagemigration.v1beta1.StorageVersionMigration",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&STORAGE_VERSION_MIGRATION_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&STORAGE_VERSION_MIGRATION_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static STORAGE_VERSION_MIGRATION_LIST: Message = Message {
    name: "io.k8s.api.storagemigration.v1beta1.StorageVersionMigrationList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&STORAGE_VERSION_MIGRATION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static STORAGE_VERSION_MIGRATION_SPEC: Message = Message {
    name: "io.k8s.api.storagemigration.v1beta1.StorageVersionMigrationSpec",
    form: Form::Object,
    fields: &[
        Field { json: "resource", number: 1, ty: Struct(&super::meta_v1::GROUP_RESOURCE), ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static STORAGE_VERSION_MIGRATION_STATUS: Message = Message {
    name: "io.k8s.api.storagemigration.v1beta1.StorageVersionMigrationStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceVersion", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
