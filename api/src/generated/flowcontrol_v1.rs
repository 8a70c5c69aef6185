//! Messages of `k8s.io/api/flowcontrol/v1`.
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

pub(super) static EXEMPT_PRIORITY_LEVEL_CONFIGURATION: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "nominalConcurrencyShares", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lendablePercent", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static FLOW_DISTINGUISHER_METHOD: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.FlowDistinguisherMethodType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static FLOW_SCHEMA: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.FlowSchema",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&FLOW_SCHEMA_SPEC), omit: Omit::Empty, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&FLOW_SCHEMA_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static FLOW_SCHEMA_CONDITION: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.FlowSchemaCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, omit: Omit::Empty, declared: &Declared { go_type: "v1.FlowSchemaConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static FLOW_SCHEMA_LIST: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.FlowSchemaList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&FLOW_SCHEMA), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static FLOW_SCHEMA_SPEC: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.FlowSchemaSpec",
    form: Form::Object,
    fields: &[
        Field { json: "priorityLevelConfiguration", number: 1, ty: Struct(&PRIORITY_LEVEL_CONFIGURATION_REFERENCE), ..FIELD },
        Field { json: "matchingPrecedence", number: 2, ty: INT32, optional: true, ..FIELD },
        Field { json: "distinguisherMethod", number: 3, ty: Struct(&FLOW_DISTINGUISHER_METHOD), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "rules", number: 4, ty: Struct(&POLICY_RULES_WITH_SUBJECTS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static FLOW_SCHEMA_STATUS: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.FlowSchemaStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&FLOW_SCHEMA_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static GROUP_SUBJECT: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.GroupSubject",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static LIMIT_RESPONSE: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.LimitResponse",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.LimitResponseType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "queuing", number: 2, ty: Struct(&QUEUING_CONFIGURATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static LIMITED_PRIORITY_LEVEL_CONFIGURATION: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "nominalConcurrencyShares", number: 1, ty: INT32, pointer: true, optional: true, ..FIELD },
        Field { json: "limitResponse", number: 2, ty: Struct(&LIMIT_RESPONSE), omit: Omit::Empty, ..FIELD },
        Field { json: "lendablePercent", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "borrowingLimitPercent", number: 4, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static NON_RESOURCE_POLICY_RULE: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.NonResourcePolicyRule",
    form: Form::Object,
    fields: &[
        Field { json: "verbs", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "nonResourceURLs", number: 6, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POLICY_RULES_WITH_SUBJECTS: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects",
    form: Form::Object,
    fields: &[
        Field { json: "subjects", number: 1, ty: Struct(&SUBJECT), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceRules", number: 2, ty: Struct(&RESOURCE_POLICY_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "nonResourceRules", number: 3, ty: Struct(&NON_RESOURCE_POLICY_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static PRIORITY_LEVEL_CONFIGURATION: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&PRIORITY_LEVEL_CONFIGURATION_SPEC), omit: Omit::Empty, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&PRIORITY_LEVEL_CONFIGURATION_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static PRIORITY_LEVEL_CONFIGURATION_CONDITION: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, omit: Omit::Empty, declared: &Declared { go_type: "v1.PriorityLevelConfigurationConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static PRIORITY_LEVEL_CONFIGURATION_LIST: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&PRIORITY_LEVEL_CONFIGURATION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static PRIORITY_LEVEL_CONFIGURATION_REFERENCE: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static PRIORITY_LEVEL_CONFIGURATION_SPEC: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.PriorityLevelEnablement", ..Declared::NOTHING }, ..FIELD },
        Field { json: "limited", number: 2, ty: Struct(&LIMITED_PRIORITY_LEVEL_CONFIGURATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "exempt", number: 3, ty: Struct(&EXEMPT_PRIORITY_LEVEL_CONFIGURATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static PRIORITY_LEVEL_CONFIGURATION_STATUS: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&PRIORITY_LEVEL_CONFIGURATION_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static QUEUING_CONFIGURATION: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.QueuingConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "queues", number: 1, ty: INT32, optional: true, ..FIELD },
        Field { json: "handSize", number: 2, ty: INT32, optional: true, ..FIELD },
        Field { json: "queueLengthLimit", number: 3, ty: INT32, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static RESOURCE_POLICY_RULE: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.ResourcePolicyRule",
    form: Form::Object,
    fields: &[
        Field { json: "verbs", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "apiGroups", number: 2, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 3, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "clusterScope", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespaces", number: 5, ty: STRING, shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static SERVICE_ACCOUNT_SUBJECT: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.ServiceAccountSubject",
    form: Form::Object,
    fields: &[
        Field { json: "namespace", number: 1, ty: STRING, ..FIELD },
        Field { json: "name", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SUBJECT: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.Subject",
    form: Form::Object,
    fields: &[
        Field { json: "kind", number: 1, ty: STRING, declared: &Declared { go_type: "v1.SubjectKind", ..Declared::NOTHING }, ..FIELD },
        Field { json: "user", number: 2, ty: Struct(&USER_SUBJECT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "group", number: 3, ty: Struct(&GROUP_SUBJECT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "serviceAccount", number: 4, ty: Struct(&SERVICE_ACCOUNT_SUBJECT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static USER_SUBJECT: Message = Message {
    name: "io.k8s.api.flowcontrol.v1.UserSubject",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};
