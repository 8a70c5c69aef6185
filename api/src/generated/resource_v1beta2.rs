//! Messages of `k8s.io/api/resource/v1beta2`.
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

pub(super) static ALLOCATED_DEVICE_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1beta2.AllocatedDeviceStatus",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, ..FIELD },
        Field { json: "pool", number: 2, ty: STRING, ..FIELD },
        Field { json: "device", number: 3, ty: STRING, ..FIELD },
        Field { json: "shareID", number: 7, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 4, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "data", number: 5, ty: Struct(&super::runtime::RAW_EXTENSION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "networkData", number: 6, ty: Struct(&NETWORK_DEVICE_DATA), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 4, 5, 6, 3],
    atomic: false,
};

pub(super) static ALLOCATION_RESULT: Message = Message {
    name: "io.k8s.api.resource.v1beta2.AllocationResult",
    form: Form::Object,
    fields: &[
        Field { json: "devices", number: 1, ty: Struct(&DEVICE_ALLOCATION_RESULT), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeSelector", number: 3, ty: Struct(&super::core_v1::NODE_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allocationTimestamp", number: 5, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CEL_DEVICE_SELECTOR: Message = Message {
    name: "io.k8s.api.resource.v1beta2.CELDeviceSelector",
    form: Form::Object,
    fields: &[
        Field { json: "expression", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static CAPACITY_REQUEST_POLICY: Message = Message {
    name: "io.k8s.api.resource.v1beta2.CapacityRequestPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "default", number: 1, ty: Struct(&super::resource::QUANTITY), pointer: true, optional: true, ..FIELD },
        Field { json: "validValues", number: 3, ty: Struct(&super::resource::QUANTITY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "validRange", number: 4, ty: Struct(&CAPACITY_REQUEST_POLICY_RANGE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CAPACITY_REQUEST_POLICY_RANGE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.CapacityRequestPolicyRange",
    form: Form::Object,
    fields: &[
        Field { json: "min", number: 1, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, ..FIELD },
        Field { json: "max", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "step", number: 3, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CAPACITY_REQUIREMENTS: Message = Message {
    name: "io.k8s.api.resource.v1beta2.CapacityRequirements",
    form: Form::Object,
    fields: &[
        Field { json: "requests", number: 1, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "map[v1beta2.QualifiedName]resource.Quantity", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static COUNTER: Message = Message {
    name: "io.k8s.api.resource.v1beta2.Counter",
    form: Form::Object,
    fields: &[
        Field { json: "value", number: 1, ty: Struct(&super::resource::QUANTITY), ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static COUNTER_SET: Message = Message {
    name: "io.k8s.api.resource.v1beta2.CounterSet",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "counters", number: 2, ty: Struct(&COUNTER), shape: Shape::Map, omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEVICE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.Device",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "attributes", number: 2, ty: Struct(&DEVICE_ATTRIBUTE), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "map[v1beta2.QualifiedName]v1beta2.DeviceAttribute", ..Declared::NOTHING }, ..FIELD },
        Field { json: "capacity", number: 3, ty: Struct(&DEVICE_CAPACITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "map[v1beta2.QualifiedName]v1beta2.DeviceCapacity", ..Declared::NOTHING }, ..FIELD },
        Field { json: "consumesCounters", number: 4, ty: Struct(&DEVICE_COUNTER_CONSUMPTION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "nodeName", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeSelector", number: 6, ty: Struct(&super::core_v1::NODE_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allNodes", number: 7, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "taints", number: 8, ty: Struct(&DEVICE_TAINT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "bindsToNode", number: 9, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "bindingConditions", number: 10, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "bindingFailureConditions", number: 11, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "allowMultipleAllocations", number: 12, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeAllocatableResources", number: 14, ty: Struct(&NODE_ALLOCATABLE_RESOURCE), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "map[v1.ResourceName]v1beta2.NodeAllocatableResource", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    atomic: false,
};

pub(super) static DEVICE_ALLOCATION_CONFIGURATION: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceAllocationConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "source", number: 1, ty: STRING, declared: &Declared { values: &["FromClaim", "FromClass"], go_type: "v1beta2.AllocationConfigSource", ..Declared::NOTHING }, ..FIELD },
        Field { json: "requests", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { number: 3, ty: Struct(&DEVICE_CONFIGURATION), ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static DEVICE_ALLOCATION_RESULT: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceAllocationResult",
    form: Form::Object,
    fields: &[
        Field { json: "results", number: 1, ty: Struct(&DEVICE_REQUEST_ALLOCATION_RESULT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "config", number: 2, ty: Struct(&DEVICE_ALLOCATION_CONFIGURATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEVICE_ATTRIBUTE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceAttribute",
    form: Form::Object,
    fields: &[
        Field { json: "int", number: 2, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "bool", number: 3, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "string", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "version", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ints", number: 6, ty: INT64, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "bools", number: 7, ty: BOOL, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "strings", number: 8, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "versions", number: 9, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static DEVICE_CAPACITY: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceCapacity",
    form: Form::Object,
    fields: &[
        Field { json: "value", number: 1, ty: Struct(&super::resource::QUANTITY), ..FIELD },
        Field { json: "requestPolicy", number: 2, ty: Struct(&CAPACITY_REQUEST_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEVICE_CLAIM: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceClaim",
    form: Form::Object,
    fields: &[
        Field { json: "requests", number: 1, ty: Struct(&DEVICE_REQUEST), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "constraints", number: 2, ty: Struct(&DEVICE_CONSTRAINT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "config", number: 3, ty: Struct(&DEVICE_CLAIM_CONFIGURATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static DEVICE_CLAIM_CONFIGURATION: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceClaimConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "requests", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { number: 2, ty: Struct(&DEVICE_CONFIGURATION), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEVICE_CLASS: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceClass",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&DEVICE_CLASS_SPEC), optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static DEVICE_CLASS_CONFIGURATION: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceClassConfiguration",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&DEVICE_CONFIGURATION), ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DEVICE_CLASS_LIST: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceClassList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&DEVICE_CLASS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static DEVICE_CLASS_SPEC: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceClassSpec",
    form: Form::Object,
    fields: &[
        Field { json: "selectors", number: 1, ty: Struct(&DEVICE_SELECTOR), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "config", number: 2, ty: Struct(&DEVICE_CLASS_CONFIGURATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "extendedResourceName", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static DEVICE_CONFIGURATION: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "opaque", number: 1, ty: Struct(&OPAQUE_DEVICE_CONFIGURATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DEVICE_CONSTRAINT: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceConstraint",
    form: Form::Object,
    fields: &[
        Field { json: "requests", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchAttribute", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.FullyQualifiedName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "distinctAttribute", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.FullyQualifiedName", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static DEVICE_COUNTER_CONSUMPTION: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceCounterConsumption",
    form: Form::Object,
    fields: &[
        Field { json: "counterSet", number: 1, ty: STRING, ..FIELD },
        Field { json: "counters", number: 2, ty: Struct(&COUNTER), shape: Shape::Map, omit: Omit::Empty, ..FIELD },
        Field { json: "compatibilityGroups", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static DEVICE_DERIVED_ATTRIBUTE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceDerivedAttribute",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1beta2.FullyQualifiedName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "expression", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEVICE_REQUEST: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceRequest",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "exactly", number: 2, ty: Struct(&EXACT_DEVICE_REQUEST), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "firstAvailable", number: 3, ty: Struct(&DEVICE_SUB_REQUEST), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static DEVICE_REQUEST_ALLOCATION_RESULT: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceRequestAllocationResult",
    form: Form::Object,
    fields: &[
        Field { json: "request", number: 1, ty: STRING, ..FIELD },
        Field { json: "driver", number: 2, ty: STRING, ..FIELD },
        Field { json: "pool", number: 3, ty: STRING, ..FIELD },
        Field { json: "device", number: 4, ty: STRING, ..FIELD },
        Field { json: "adminAccess", number: 5, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tolerations", number: 6, ty: Struct(&DEVICE_TOLERATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "bindingConditions", number: 7, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "bindingFailureConditions", number: 8, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "shareID", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "consumedCapacity", number: 10, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "map[v1beta2.QualifiedName]resource.Quantity", ..Declared::NOTHING }, ..FIELD },
        Field { json: "skipNodeOperations", number: 11, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, values: &["*", "NodePrepareResources", "NodeUnprepareResources"], go_type: "[]v1beta2.SkipNodeOperation", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    atomic: false,
};

pub(super) static DEVICE_SELECTOR: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceSelector",
    form: Form::Object,
    fields: &[
        Field { json: "cel", number: 1, ty: Struct(&CEL_DEVICE_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DEVICE_SUB_REQUEST: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceSubRequest",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "deviceClassName", number: 2, ty: STRING, ..FIELD },
        Field { json: "selectors", number: 3, ty: Struct(&DEVICE_SELECTOR), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "allocationMode", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["All", "ExactCount"], go_type: "v1beta2.DeviceAllocationMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "count", number: 5, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tolerations", number: 6, ty: Struct(&DEVICE_TOLERATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "capacity", number: 7, ty: Struct(&CAPACITY_REQUIREMENTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "derivedAttributes", number: 8, ty: Struct(&DEVICE_DERIVED_ATTRIBUTE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static DEVICE_TAINT: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceTaint",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "value", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "effect", number: 3, ty: STRING, declared: &Declared { values: &["NoExecute", "NoSchedule", "None"], go_type: "v1beta2.DeviceTaintEffect", ..Declared::NOTHING }, ..FIELD },
        Field { json: "timeAdded", number: 4, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static DEVICE_TAINT_RULE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceTaintRule",
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
    name: "io.k8s.api.resource.v1beta2.DeviceTaintRuleList",
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
    name: "io.k8s.api.resource.v1beta2.DeviceTaintRuleSpec",
    form: Form::Object,
    fields: &[
        Field { json: "deviceSelector", number: 1, ty: Struct(&DEVICE_TAINT_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "taint", number: 2, ty: Struct(&DEVICE_TAINT), omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEVICE_TAINT_RULE_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceTaintRuleStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DEVICE_TAINT_SELECTOR: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceTaintSelector",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pool", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "device", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static DEVICE_TOLERATION: Message = Message {
    name: "io.k8s.api.resource.v1beta2.DeviceToleration",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "operator", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"Equal\""), values: &["Equal", "Exists"], go_type: "v1beta2.DeviceTolerationOperator", ..Declared::NOTHING }, ..FIELD },
        Field { json: "value", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "effect", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["NoExecute", "NoSchedule", "None"], go_type: "v1beta2.DeviceTaintEffect", ..Declared::NOTHING }, ..FIELD },
        Field { json: "tolerationSeconds", number: 5, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static EXACT_DEVICE_REQUEST: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ExactDeviceRequest",
    form: Form::Object,
    fields: &[
        Field { json: "deviceClassName", number: 1, ty: STRING, ..FIELD },
        Field { json: "selectors", number: 2, ty: Struct(&DEVICE_SELECTOR), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "allocationMode", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["All", "ExactCount"], go_type: "v1beta2.DeviceAllocationMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "count", number: 4, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "adminAccess", number: 5, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tolerations", number: 6, ty: Struct(&DEVICE_TOLERATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "capacity", number: 7, ty: Struct(&CAPACITY_REQUIREMENTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "derivedAttributes", number: 8, ty: Struct(&DEVICE_DERIVED_ATTRIBUTE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static NETWORK_DEVICE_DATA: Message = Message {
    name: "io.k8s.api.resource.v1beta2.NetworkDeviceData",
    form: Form::Object,
    fields: &[
        Field { json: "interfaceName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ips", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "hardwareAddress", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static NODE_ALLOCATABLE_MAPPING: Message = Message {
    name: "io.k8s.api.resource.v1beta2.NodeAllocatableMapping",
    form: Form::Object,
    fields: &[
        Field { json: "capacityKey", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.QualifiedName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "capacityMultiplier", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "deviceMultiplier", number: 3, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static NODE_ALLOCATABLE_OVERHEAD: Message = Message {
    name: "io.k8s.api.resource.v1beta2.NodeAllocatableOverhead",
    form: Form::Object,
    fields: &[
        Field { json: "perPod", number: 1, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "perContainer", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NODE_ALLOCATABLE_RESOURCE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.NodeAllocatableResource",
    form: Form::Object,
    fields: &[
        Field { json: "mapping", number: 3, ty: Struct(&NODE_ALLOCATABLE_MAPPING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "overhead", number: 4, ty: Struct(&NODE_ALLOCATABLE_OVERHEAD), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static OPAQUE_DEVICE_CONFIGURATION: Message = Message {
    name: "io.k8s.api.resource.v1beta2.OpaqueDeviceConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, ..FIELD },
        Field { json: "parameters", number: 2, ty: Struct(&super::runtime::RAW_EXTENSION), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceClaim",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&RESOURCE_CLAIM_SPEC), optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&RESOURCE_CLAIM_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM_CONSUMER_REFERENCE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceClaimConsumerReference",
    form: Form::Object,
    fields: &[
        Field { json: "apiGroup", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 3, ty: STRING, ..FIELD },
        Field { json: "name", number: 4, ty: STRING, ..FIELD },
        Field { json: "uid", number: 5, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM_LIST: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceClaimList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&RESOURCE_CLAIM), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM_SPEC: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceClaimSpec",
    form: Form::Object,
    fields: &[
        Field { json: "devices", number: 1, ty: Struct(&DEVICE_CLAIM), optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM_STATUS: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceClaimStatus",
    form: Form::Object,
    fields: &[
        Field { json: "allocation", number: 1, ty: Struct(&ALLOCATION_RESULT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reservedFor", number: 2, ty: Struct(&RESOURCE_CLAIM_CONSUMER_REFERENCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["uid"], patch_strategy: &["merge"], patch_merge_key: "uid" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "devices", number: 4, ty: Struct(&ALLOCATED_DEVICE_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["driver", "device", "pool", "shareID"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM_TEMPLATE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceClaimTemplate",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&RESOURCE_CLAIM_TEMPLATE_SPEC), optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM_TEMPLATE_LIST: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceClaimTemplateList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&RESOURCE_CLAIM_TEMPLATE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM_TEMPLATE_SPEC: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceClaimTemplateSpec",
    form: Form::Object,
    fields: &[
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&RESOURCE_CLAIM_SPEC), optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static RESOURCE_POOL: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourcePool",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "generation", number: 2, ty: INT64, ..FIELD },
        Field { json: "resourceSliceCount", number: 3, ty: INT64, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static RESOURCE_SLICE: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceSlice",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&RESOURCE_SLICE_SPEC), ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RESOURCE_SLICE_LIST: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceSliceList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&RESOURCE_SLICE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RESOURCE_SLICE_SPEC: Message = Message {
    name: "io.k8s.api.resource.v1beta2.ResourceSliceSpec",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, ..FIELD },
        Field { json: "pool", number: 2, ty: Struct(&RESOURCE_POOL), ..FIELD },
        Field { json: "nodeName", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeSelector", number: 4, ty: Struct(&super::core_v1::NODE_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allNodes", number: 5, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "devices", number: 6, ty: Struct(&DEVICE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "perDeviceNodeSelection", number: 7, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sharedCounters", number: 8, ty: Struct(&COUNTER_SET), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "partitionTypeAttribute", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.FullyQualifiedName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "skipNodeOperations", number: 10, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, values: &["*", "NodePrepareResources", "NodeUnprepareResources"], go_type: "[]v1beta2.SkipNodeOperation", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    atomic: false,
};
