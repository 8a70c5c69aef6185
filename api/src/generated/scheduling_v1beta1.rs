//! Messages of `k8s.io/api/scheduling/v1beta1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BOOL, FIELD, INT32, STRING};

pub(super) static ALL_COMPOSITE_DISRUPTION_MODE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.AllCompositeDisruptionMode",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static ALL_DISRUPTION_MODE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.AllDisruptionMode",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static BASIC_SCHEDULING_POLICY: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.BasicSchedulingPolicy",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static COMPOSITE_BASIC_SCHEDULING_POLICY: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.CompositeBasicSchedulingPolicy",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static COMPOSITE_DISRUPTION_MODE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.CompositeDisruptionMode",
    form: Form::Object,
    fields: &[
        Field { json: "single", number: 1, ty: Struct(&SINGLE_COMPOSITE_DISRUPTION_MODE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "all", number: 2, ty: Struct(&ALL_COMPOSITE_DISRUPTION_MODE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static COMPOSITE_GANG_SCHEDULING_POLICY: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.CompositeGangSchedulingPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "minGroupCount", number: 1, ty: INT32, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static COMPOSITE_POD_GROUP_SCHEDULING_CONSTRAINTS: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.CompositePodGroupSchedulingConstraints",
    form: Form::Object,
    fields: &[
        Field { json: "topology", number: 1, ty: Struct(&TOPOLOGY_CONSTRAINT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static COMPOSITE_POD_GROUP_SCHEDULING_POLICY: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.CompositePodGroupSchedulingPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "basic", number: 1, ty: Struct(&COMPOSITE_BASIC_SCHEDULING_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "gang", number: 2, ty: Struct(&COMPOSITE_GANG_SCHEDULING_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static COMPOSITE_POD_GROUP_TEMPLATE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.CompositePodGroupTemplate",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "schedulingPolicy", number: 2, ty: Struct(&COMPOSITE_POD_GROUP_SCHEDULING_POLICY), ..FIELD },
        Field { json: "schedulingConstraints", number: 3, ty: Struct(&COMPOSITE_POD_GROUP_SCHEDULING_CONSTRAINTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "disruptionMode", number: 4, ty: Struct(&COMPOSITE_DISRUPTION_MODE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "priorityClassName", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "priority", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preemptionPolicy", number: 7, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Never", "PreemptLowerPriority"], go_type: "v1beta1.PreemptionPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "podGroupTemplates", number: 8, ty: Struct(&POD_GROUP_TEMPLATE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "compositePodGroupTemplates", number: 9, ty: Struct(&COMPOSITE_POD_GROUP_TEMPLATE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8],
    atomic: false,
};

pub(super) static DISRUPTION_MODE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.DisruptionMode",
    form: Form::Object,
    fields: &[
        Field { json: "single", number: 1, ty: Struct(&SINGLE_DISRUPTION_MODE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "all", number: 2, ty: Struct(&ALL_DISRUPTION_MODE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static GANG_SCHEDULING_POLICY: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.GangSchedulingPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "minCount", number: 1, ty: INT32, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_GROUP: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroup",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&POD_GROUP_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&POD_GROUP_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static POD_GROUP_LIST: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroupList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&POD_GROUP), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static POD_GROUP_RESOURCE_CLAIM: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroupResourceClaim",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "resourceClaimName", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceClaimTemplateName", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static POD_GROUP_RESOURCE_CLAIM_STATUS: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroupResourceClaimStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "resourceClaimName", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_GROUP_SCHEDULING_CONSTRAINTS: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroupSchedulingConstraints",
    form: Form::Object,
    fields: &[
        Field { json: "topology", number: 1, ty: Struct(&TOPOLOGY_CONSTRAINT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_GROUP_SCHEDULING_POLICY: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroupSchedulingPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "basic", number: 1, ty: Struct(&BASIC_SCHEDULING_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "gang", number: 2, ty: Struct(&GANG_SCHEDULING_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_GROUP_SPEC: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroupSpec",
    form: Form::Object,
    fields: &[
        Field { json: "parentCompositePodGroupName", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "workloadRef", number: 2, ty: Struct(&WORKLOAD_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "schedulingPolicy", number: 3, ty: Struct(&POD_GROUP_SCHEDULING_POLICY), ..FIELD },
        Field { json: "schedulingConstraints", number: 4, ty: Struct(&POD_GROUP_SCHEDULING_CONSTRAINTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceClaims", number: 5, ty: Struct(&POD_GROUP_RESOURCE_CLAIM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge", "retainKeys"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "disruptionMode", number: 6, ty: Struct(&DISRUPTION_MODE), pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("{\"single\":{}}"), ..Declared::NOTHING }, ..FIELD },
        Field { json: "priorityClassName", number: 7, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "priority", number: 8, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preemptionPolicy", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Never", "PreemptLowerPriority"], go_type: "v1beta1.PreemptionPolicy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8],
    atomic: false,
};

pub(super) static POD_GROUP_STATUS: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroupStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceClaimStatuses", number: 2, ty: Struct(&POD_GROUP_RESOURCE_CLAIM_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge", "retainKeys"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_GROUP_TEMPLATE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PodGroupTemplate",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "schedulingPolicy", number: 2, ty: Struct(&POD_GROUP_SCHEDULING_POLICY), ..FIELD },
        Field { json: "schedulingConstraints", number: 3, ty: Struct(&POD_GROUP_SCHEDULING_CONSTRAINTS), pointer: true, optional: true, ..FIELD },
        Field { json: "resourceClaims", number: 4, ty: Struct(&POD_GROUP_RESOURCE_CLAIM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge", "retainKeys"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "disruptionMode", number: 5, ty: Struct(&DISRUPTION_MODE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "priorityClassName", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "priority", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preemptionPolicy", number: 8, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Never", "PreemptLowerPriority"], go_type: "v1beta1.PreemptionPolicy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static PRIORITY_CLASS: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PriorityClass",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "value", number: 2, ty: INT32, optional: true, ..FIELD },
        Field { json: "globalDefault", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "description", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preemptionPolicy", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Never", "PreemptLowerPriority"], go_type: "v1.PreemptionPolicy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static PRIORITY_CLASS_LIST: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.PriorityClassList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&PRIORITY_CLASS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static SINGLE_COMPOSITE_DISRUPTION_MODE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.SingleCompositeDisruptionMode",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static SINGLE_DISRUPTION_MODE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.SingleDisruptionMode",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static TOPOLOGY_CONSTRAINT: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.TopologyConstraint",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static TYPED_LOCAL_OBJECT_REFERENCE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.TypedLocalObjectReference",
    form: Form::Object,
    fields: &[
        Field { json: "apiGroup", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "kind", number: 2, ty: STRING, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static WORKLOAD: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.Workload",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&WORKLOAD_SPEC), ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static WORKLOAD_LIST: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.WorkloadList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&WORKLOAD), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static WORKLOAD_REFERENCE: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.WorkloadReference",
    form: Form::Object,
    fields: &[
        Field { json: "workloadName", number: 1, ty: STRING, ..FIELD },
        Field { json: "templateName", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static WORKLOAD_SPEC: Message = Message {
    name: "io.k8s.api.scheduling.v1beta1.WorkloadSpec",
    form: Form::Object,
    fields: &[
        Field { json: "controllerRef", number: 1, ty: Struct(&TYPED_LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podGroupTemplates", number: 2, ty: Struct(&POD_GROUP_TEMPLATE), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "compositePodGroupTemplates", number: 3, ty: Struct(&COMPOSITE_POD_GROUP_TEMPLATE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
