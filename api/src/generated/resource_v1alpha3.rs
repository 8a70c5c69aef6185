//! Messages of `k8s.io/api/resource/v1alpha3`.
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

pub(super) static CEL_DEVICE_SELECTOR: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.CELDeviceSelector",
    form: Form::Object,
    fields: &[
        Field { json: "expression", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DEVICE_SELECTOR: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.DeviceSelector",
    form: Form::Object,
    fields: &[
        Field { json: "cel", number: 1, ty: Struct(&CEL_DEVICE_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DEVICE_TAINT: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.DeviceTaint",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "value", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "effect", number: 3, ty: STRING, declared: &Declared { values: &["NoExecute", "NoSchedule", "None"], go_type: "v1alpha3.DeviceTaintEffect", ..Declared::NOTHING }, ..FIELD },
        Field { json: "timeAdded", number: 4, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static DEVICE_TAINT_RULE: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.DeviceTaintRule",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&DEVICE_TAINT_RULE_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&DEVICE_TAINT_RULE_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static DEVICE_TAINT_RULE_LIST: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.DeviceTaintRuleList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&DEVICE_TAINT_RULE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static DEVICE_TAINT_RULE_SPEC: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.DeviceTaintRuleSpec",
    form: Form::Object,
    fields: &[
        Field { json: "deviceSelector", number: 1, ty: Struct(&DEVICE_TAINT_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "taint", number: 2, ty: Struct(&DEVICE_TAINT), omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEVICE_TAINT_RULE_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.DeviceTaintRuleStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DEVICE_TAINT_SELECTOR: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.DeviceTaintSelector",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pool", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "device", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static PARTITION_TYPE_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.PartitionTypeStatus",
    form: Form::Object,
    fields: &[
        Field { json: "attribute", number: 4, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "type", number: 1, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "total", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, ..FIELD },
        Field { json: "allocatable", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[1, 2, 3, 0],
    atomic: false,
};

pub(super) static POOL_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.PoolStatus",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "poolName", number: 2, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "generation", number: 9, ty: INT64, ..FIELD },
        Field { json: "resourceSliceCount", number: 8, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "totalDevices", number: 4, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allocatedDevices", number: 5, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "availableDevices", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "unavailableDevices", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeName", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "validationError", number: 10, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "partitionSummary", number: 11, ty: Struct(&PARTITION_TYPE_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "shareableSummary", number: 13, ty: Struct(&SHAREABLE_SUMMARY_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 8, 4, 5, 6, 7, 3, 2, 9, 10, 11],
    atomic: false,
};

pub(super) static RESOURCE_POOL_STATUS_REQUEST: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequest",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&RESOURCE_POOL_STATUS_REQUEST_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&RESOURCE_POOL_STATUS_REQUEST_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static RESOURCE_POOL_STATUS_REQUEST_LIST: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequestList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&RESOURCE_POOL_STATUS_REQUEST), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RESOURCE_POOL_STATUS_REQUEST_SPEC: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequestSpec",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, ..FIELD },
        Field { json: "poolName", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "limit", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("100"), ..Declared::NOTHING }, ..FIELD },
        Field { json: "defaultPartitionTypeAttribute", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static RESOURCE_POOL_STATUS_REQUEST_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.ResourcePoolStatusRequestStatus",
    form: Form::Object,
    fields: &[
        Field { json: "poolCount", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, ..FIELD },
        Field { json: "pools", number: 2, ty: Struct(&POOL_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "conditions", number: 3, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 0],
    atomic: false,
};

pub(super) static SHAREABLE_CAPACITY_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.ShareableCapacityStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "total", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, ..FIELD },
        Field { json: "consumed", number: 3, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, ..FIELD },
        Field { json: "available", number: 4, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static SHAREABLE_SUMMARY_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1alpha3.ShareableSummaryStatus",
    form: Form::Object,
    fields: &[
        Field { json: "fullyAvailableDevices", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, ..FIELD },
        Field { json: "partiallyAvailableDevices", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, ..FIELD },
        Field { json: "capacity", number: 3, ty: Struct(&SHAREABLE_CAPACITY_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
