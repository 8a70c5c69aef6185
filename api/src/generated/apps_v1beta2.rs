//! Messages of `k8s.io/api/apps/v1beta2`.
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

pub(super) static CONTROLLER_REVISION: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ControllerRevision",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "data", number: 2, ty: Struct(&super::runtime::RAW_EXTENSION), ..FIELD },
        Field { json: "revision", number: 3, ty: INT64, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static CONTROLLER_REVISION_LIST: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ControllerRevisionList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CONTROLLER_REVISION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static DAEMON_SET: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DaemonSet",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&DAEMON_SET_SPEC), omit: Omit::Empty, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&DAEMON_SET_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static DAEMON_SET_CONDITION: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DaemonSetCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, optional: true, declared: &Declared { go_type: "v1beta2.DaemonSetConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, optional: true, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static DAEMON_SET_LIST: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DaemonSetList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&DAEMON_SET), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static DAEMON_SET_SPEC: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DaemonSetSpec",
    form: Form::Object,
    fields: &[
        Field { json: "selector", number: 1, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, ..FIELD },
        Field { json: "template", number: 2, ty: Struct(&super::core_v1::POD_TEMPLATE_SPEC), ..FIELD },
        Field { json: "updateStrategy", number: 3, ty: Struct(&DAEMON_SET_UPDATE_STRATEGY), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minReadySeconds", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "revisionHistoryLimit", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static DAEMON_SET_STATUS: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DaemonSetStatus",
    form: Form::Object,
    fields: &[
        Field { json: "currentNumberScheduled", number: 1, ty: INT32, ..FIELD },
        Field { json: "numberMisscheduled", number: 2, ty: INT32, ..FIELD },
        Field { json: "desiredNumberScheduled", number: 3, ty: INT32, ..FIELD },
        Field { json: "numberReady", number: 4, ty: INT32, ..FIELD },
        Field { json: "observedGeneration", number: 5, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "updatedNumberScheduled", number: 6, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "numberAvailable", number: 7, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "numberUnavailable", number: 8, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "collisionCount", number: 9, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 10, ty: Struct(&DAEMON_SET_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    atomic: false,
};

pub(super) static DAEMON_SET_UPDATE_STRATEGY: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DaemonSetUpdateStrategy",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.DaemonSetUpdateStrategyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "rollingUpdate", number: 2, ty: Struct(&ROLLING_UPDATE_DAEMON_SET), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEPLOYMENT: Message = Message {
    name: "io.k8s.api.apps.v1beta2.Deployment",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&DEPLOYMENT_SPEC), omit: Omit::Empty, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&DEPLOYMENT_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static DEPLOYMENT_CONDITION: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DeploymentCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, optional: true, declared: &Declared { go_type: "v1beta2.DeploymentConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, optional: true, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastUpdateTime", number: 6, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 7, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 4, 5, 2, 3],
    atomic: false,
};

pub(super) static DEPLOYMENT_LIST: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DeploymentList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&DEPLOYMENT), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static DEPLOYMENT_SPEC: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DeploymentSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, ..FIELD },
        Field { json: "template", number: 3, ty: Struct(&super::core_v1::POD_TEMPLATE_SPEC), ..FIELD },
        Field { json: "strategy", number: 4, ty: Struct(&DEPLOYMENT_STRATEGY), omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { patch_strategy: &["retainKeys"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "minReadySeconds", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "revisionHistoryLimit", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "paused", number: 7, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "progressDeadlineSeconds", number: 9, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static DEPLOYMENT_STATUS: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DeploymentStatus",
    form: Form::Object,
    fields: &[
        Field { json: "observedGeneration", number: 1, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "replicas", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "updatedReplicas", number: 3, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readyReplicas", number: 7, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "availableReplicas", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "unavailableReplicas", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminatingReplicas", number: 9, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 6, ty: Struct(&DEPLOYMENT_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "collisionCount", number: 8, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 4, 5, 7, 3, 8, 6],
    atomic: false,
};

pub(super) static DEPLOYMENT_STRATEGY: Message = Message {
    name: "io.k8s.api.apps.v1beta2.DeploymentStrategy",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.DeploymentStrategyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "rollingUpdate", number: 2, ty: Struct(&ROLLING_UPDATE_DEPLOYMENT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static REPLICA_SET: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ReplicaSet",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&REPLICA_SET_SPEC), omit: Omit::Empty, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&REPLICA_SET_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static REPLICA_SET_CONDITION: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ReplicaSetCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, optional: true, declared: &Declared { go_type: "v1beta2.ReplicaSetConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, optional: true, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static REPLICA_SET_LIST: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ReplicaSetList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&REPLICA_SET), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static REPLICA_SET_SPEC: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ReplicaSetSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minReadySeconds", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, ..FIELD },
        Field { json: "template", number: 3, ty: Struct(&super::core_v1::POD_TEMPLATE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 1],
    atomic: false,
};

pub(super) static REPLICA_SET_STATUS: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ReplicaSetStatus",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, ..FIELD },
        Field { json: "fullyLabeledReplicas", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readyReplicas", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "availableReplicas", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminatingReplicas", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "observedGeneration", number: 3, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 6, ty: Struct(&REPLICA_SET_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 5, 2, 3, 6, 4],
    atomic: false,
};

pub(super) static ROLLING_UPDATE_DAEMON_SET: Message = Message {
    name: "io.k8s.api.apps.v1beta2.RollingUpdateDaemonSet",
    form: Form::Object,
    fields: &[
        Field { json: "maxUnavailable", number: 1, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxSurge", number: 2, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static ROLLING_UPDATE_DEPLOYMENT: Message = Message {
    name: "io.k8s.api.apps.v1beta2.RollingUpdateDeployment",
    form: Form::Object,
    fields: &[
        Field { json: "maxUnavailable", number: 1, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxSurge", number: 2, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static ROLLING_UPDATE_STATEFUL_SET_STRATEGY: Message = Message {
    name: "io.k8s.api.apps.v1beta2.RollingUpdateStatefulSetStrategy",
    form: Form::Object,
    fields: &[
        Field { json: "partition", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxUnavailable", number: 2, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SCALE: Message = Message {
    name: "io.k8s.api.apps.v1beta2.Scale",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&SCALE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&SCALE_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static SCALE_SPEC: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ScaleSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("0"), ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SCALE_STATUS: Message = Message {
    name: "io.k8s.api.apps.v1beta2.ScaleStatus",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, optional: true, ..FIELD },
        Field { json: "selector", number: 2, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "targetSelector", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static STATEFUL_SET: Message = Message {
    name: "io.k8s.api.apps.v1beta2.StatefulSet",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&STATEFUL_SET_SPEC), omit: Omit::Empty, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&STATEFUL_SET_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static STATEFUL_SET_CONDITION: Message = Message {
    name: "io.k8s.api.apps.v1beta2.StatefulSetCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, optional: true, declared: &Declared { go_type: "v1beta2.StatefulSetConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, optional: true, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static STATEFUL_SET_LIST: Message = Message {
    name: "io.k8s.api.apps.v1beta2.StatefulSetList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&STATEFUL_SET), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static STATEFUL_SET_ORDINALS: Message = Message {
    name: "io.k8s.api.apps.v1beta2.StatefulSetOrdinals",
    form: Form::Object,
    fields: &[
        Field { json: "start", number: 1, ty: INT32, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static STATEFUL_SET_PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY: Message = Message {
    name: "io.k8s.api.apps.v1beta2.StatefulSetPersistentVolumeClaimRetentionPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "whenDeleted", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.PersistentVolumeClaimRetentionPolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "whenScaled", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.PersistentVolumeClaimRetentionPolicyType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static STATEFUL_SET_SPEC: Message = Message {
    name: "io.k8s.api.apps.v1beta2.StatefulSetSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, ..FIELD },
        Field { json: "template", number: 3, ty: Struct(&super::core_v1::POD_TEMPLATE_SPEC), ..FIELD },
        Field { json: "volumeClaimTemplates", number: 4, ty: Struct(&super::core_v1::PERSISTENT_VOLUME_CLAIM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "serviceName", number: 5, ty: STRING, optional: true, ..FIELD },
        Field { json: "podManagementPolicy", number: 6, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.PodManagementPolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "updateStrategy", number: 7, ty: Struct(&STATEFUL_SET_UPDATE_STRATEGY), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "revisionHistoryLimit", number: 8, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minReadySeconds", number: 9, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "persistentVolumeClaimRetentionPolicy", number: 10, ty: Struct(&STATEFUL_SET_PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ordinals", number: 11, ty: Struct(&STATEFUL_SET_ORDINALS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    atomic: false,
};

pub(super) static STATEFUL_SET_STATUS: Message = Message {
    name: "io.k8s.api.apps.v1beta2.StatefulSetStatus",
    form: Form::Object,
    fields: &[
        Field { json: "observedGeneration", number: 1, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "replicas", number: 2, ty: INT32, ..FIELD },
        Field { json: "readyReplicas", number: 3, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "currentReplicas", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "updatedReplicas", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "currentRevision", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "updateRevision", number: 7, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "collisionCount", number: 9, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 10, ty: Struct(&STATEFUL_SET_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "availableReplicas", number: 11, ty: INT32, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    atomic: false,
};

pub(super) static STATEFUL_SET_UPDATE_STRATEGY: Message = Message {
    name: "io.k8s.api.apps.v1beta2.StatefulSetUpdateStrategy",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta2.StatefulSetUpdateStrategyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "rollingUpdate", number: 2, ty: Struct(&ROLLING_UPDATE_STATEFUL_SET_STRATEGY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
