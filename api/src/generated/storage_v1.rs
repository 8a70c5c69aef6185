//! Messages of `k8s.io/api/storage/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BOOL, FIELD, INT32, INT64, STRING};

pub(super) static CSI_DRIVER: Message = Message {
    name: "io.k8s.api.storage.v1.CSIDriver",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&CSI_DRIVER_SPEC), ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CSI_DRIVER_LIST: Message = Message {
    name: "io.k8s.api.storage.v1.CSIDriverList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CSI_DRIVER), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CSI_DRIVER_SPEC: Message = Message {
    name: "io.k8s.api.storage.v1.CSIDriverSpec",
    form: Form::Object,
    fields: &[
        Field { json: "attachRequired", number: 1, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podInfoOnMount", number: 2, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeLifecycleModes", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, go_type: "[]v1.VolumeLifecycleMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "storageCapacity", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fsGroupPolicy", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.FSGroupPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "tokenRequests", number: 6, ty: Struct(&TOKEN_REQUEST), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "requiresRepublish", number: 7, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "seLinuxMount", number: 8, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeAllocatableUpdatePeriodSeconds", number: 9, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "serviceAccountTokenInSecrets", number: 10, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preventPodSchedulingIfMissing", number: 11, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    atomic: false,
};

pub(super) static CSI_NODE: Message = Message {
    name: "io.k8s.api.storage.v1.CSINode",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&CSI_NODE_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&CSI_NODE_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static CSI_NODE_DRIVER: Message = Message {
    name: "io.k8s.api.storage.v1.CSINodeDriver",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "nodeID", number: 2, ty: STRING, ..FIELD },
        Field { json: "topologyKeys", number: 3, ty: STRING, shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "allocatable", number: 4, ty: Struct(&VOLUME_NODE_RESOURCES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static CSI_NODE_LIST: Message = Message {
    name: "io.k8s.api.storage.v1.CSINodeList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CSI_NODE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CSI_NODE_SPEC: Message = Message {
    name: "io.k8s.api.storage.v1.CSINodeSpec",
    form: Form::Object,
    fields: &[
        Field { json: "drivers", number: 1, ty: Struct(&CSI_NODE_DRIVER), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static CSI_NODE_STATUS: Message = Message {
    name: "io.k8s.api.storage.v1.CSINodeStatus",
    form: Form::Object,
    fields: &[
        Field { json: "storageHealth", number: 1, ty: Struct(&STORAGE_HEALTH), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static CSI_STORAGE_CAPACITY: Message = Message {
    name: "io.k8s.api.storage.v1.CSIStorageCapacity",
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
    name: "io.k8s.api.storage.v1.CSIStorageCapacityList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CSI_STORAGE_CAPACITY), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static STORAGE_CLASS: Message = Message {
    name: "io.k8s.api.storage.v1.StorageClass",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "provisioner", number: 2, ty: STRING, ..FIELD },
        Field { json: "parameters", number: 3, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reclaimPolicy", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Delete", "Recycle", "Retain"], go_type: "v1.PersistentVolumeReclaimPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "mountOptions", number: 5, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "allowVolumeExpansion", number: 6, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeBindingMode", number: 7, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Immediate", "WaitForFirstConsumer"], go_type: "v1.VolumeBindingMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "allowedTopologies", number: 8, ty: Struct(&super::core_v1::TOPOLOGY_SELECTOR_TERM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5, 6, 7, 8],
    atomic: false,
};

pub(super) static STORAGE_CLASS_LIST: Message = Message {
    name: "io.k8s.api.storage.v1.StorageClassList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&STORAGE_CLASS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static STORAGE_HEALTH: Message = Message {
    name: "io.k8s.api.storage.v1.StorageHealth",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "healthConditions", number: 2, ty: Struct(&STORAGE_HEALTH_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static STORAGE_HEALTH_CONDITION: Message = Message {
    name: "io.k8s.api.storage.v1.StorageHealthCondition",
    form: Form::Object,
    fields: &[
        Field { json: "status", number: 1, ty: STRING, declared: &Declared { values: &["StorageDegraded", "StorageUnreachable"], go_type: "v1.StorageHealthStatusType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "reason", number: 2, ty: STRING, ..FIELD },
        Field { json: "message", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "accessMode", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], go_type: "v1.PersistentVolumeAccessMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeMode", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Block", "Filesystem"], go_type: "v1.PersistentVolumeMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 6, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static TOKEN_REQUEST: Message = Message {
    name: "io.k8s.api.storage.v1.TokenRequest",
    form: Form::Object,
    fields: &[
        Field { json: "audience", number: 1, ty: STRING, ..FIELD },
        Field { json: "expirationSeconds", number: 2, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static VOLUME_ATTACHMENT: Message = Message {
    name: "io.k8s.api.storage.v1.VolumeAttachment",
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
    name: "io.k8s.api.storage.v1.VolumeAttachmentList",
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
    name: "io.k8s.api.storage.v1.VolumeAttachmentSource",
    form: Form::Object,
    fields: &[
        Field { json: "persistentVolumeName", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "inlineVolumeSpec", number: 2, ty: Struct(&super::core_v1::PERSISTENT_VOLUME_SPEC), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static VOLUME_ATTACHMENT_SPEC: Message = Message {
    name: "io.k8s.api.storage.v1.VolumeAttachmentSpec",
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
    name: "io.k8s.api.storage.v1.VolumeAttachmentStatus",
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
    name: "io.k8s.api.storage.v1.VolumeAttributesClass",
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
    name: "io.k8s.api.storage.v1.VolumeAttributesClassList",
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
    name: "io.k8s.api.storage.v1.VolumeError",
    form: Form::Object,
    fields: &[
        Field { json: "time", number: 1, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "errorCode", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static VOLUME_NODE_RESOURCES: Message = Message {
    name: "io.k8s.api.storage.v1.VolumeNodeResources",
    form: Form::Object,
    fields: &[
        Field { json: "count", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};
