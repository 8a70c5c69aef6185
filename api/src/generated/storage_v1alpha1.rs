//! Messages of `k8s.io/api/storage/v1alpha1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Field, Form, Message, Omit, Shape};
use super::{BOOL, FIELD, INT32, STRING};

pub(super) static CSI_STORAGE_CAPACITY: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.CSIStorageCapacity",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeTopology", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storageClassName", number: 3, ty: STRING, ..FIELD },
        Field { json: "capacity", number: 4, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maximumVolumeSize", number: 5, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static CSI_STORAGE_CAPACITY_LIST: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.CSIStorageCapacityList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CSI_STORAGE_CAPACITY), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static VOLUME_ATTACHMENT: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.VolumeAttachment",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&VOLUME_ATTACHMENT_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&VOLUME_ATTACHMENT_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static VOLUME_ATTACHMENT_LIST: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.VolumeAttachmentList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&VOLUME_ATTACHMENT), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static VOLUME_ATTACHMENT_SOURCE: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.VolumeAttachmentSource",
    form: Form::Object,
    fields: &[
        Field { json: "persistentVolumeName", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "inlineVolumeSpec", number: 2, ty: Struct(&super::core_v1::PERSISTENT_VOLUME_SPEC), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static VOLUME_ATTACHMENT_SPEC: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.VolumeAttachmentSpec",
    form: Form::Object,
    fields: &[
        Field { json: "attacher", number: 1, ty: STRING, ..FIELD },
        Field { json: "source", number: 2, ty: Struct(&VOLUME_ATTACHMENT_SOURCE), ..FIELD },
        Field { json: "nodeName", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static VOLUME_ATTACHMENT_STATUS: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.VolumeAttachmentStatus",
    form: Form::Object,
    fields: &[
        Field { json: "attached", number: 1, ty: BOOL, ..FIELD },
        Field { json: "attachmentMetadata", number: 2, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "attachError", number: 3, ty: Struct(&VOLUME_ERROR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "detachError", number: 4, ty: Struct(&VOLUME_ERROR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static VOLUME_ATTRIBUTES_CLASS: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.VolumeAttributesClass",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "driverName", number: 2, ty: STRING, ..FIELD },
        Field { json: "parameters", number: 3, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static VOLUME_ATTRIBUTES_CLASS_LIST: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.VolumeAttributesClassList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&VOLUME_ATTRIBUTES_CLASS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static VOLUME_ERROR: Message = Message {
    name: "io.k8s.api.storage.v1alpha1.VolumeError",
    form: Form::Object,
    fields: &[
        Field { json: "time", number: 1, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "errorCode", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
