//! Messages of `k8s.io/api/batch/v1`.
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

pub(super) static CRON_JOB: Message = Message {
    name: "io.k8s.api.batch.v1.CronJob",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&CRON_JOB_SPEC), omit: Omit::Empty, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&CRON_JOB_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static CRON_JOB_LIST: Message = Message {
    name: "io.k8s.api.batch.v1.CronJobList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CRON_JOB), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CRON_JOB_SPEC: Message = Message {
    name: "io.k8s.api.batch.v1.CronJobSpec",
    form: Form::Object,
    fields: &[
        Field { json: "schedule", number: 1, ty: STRING, ..FIELD },
        Field { json: "timeZone", number: 8, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "startingDeadlineSeconds", number: 2, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "concurrencyPolicy", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Allow", "Forbid", "Replace"], go_type: "v1.ConcurrencyPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "suspend", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "jobTemplate", number: 5, ty: Struct(&JOB_TEMPLATE_SPEC), ..FIELD },
        Field { json: "successfulJobsHistoryLimit", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "failedJobsHistoryLimit", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 4, 5, 6, 7, 1],
    atomic: false,
};

pub(super) static CRON_JOB_STATUS: Message = Message {
    name: "io.k8s.api.batch.v1.CronJobStatus",
    form: Form::Object,
    fields: &[
        Field { json: "active", number: 1, ty: Struct(&super::core_v1::OBJECT_REFERENCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastScheduleTime", number: 4, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastSuccessfulTime", number: 5, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static JOB: Message = Message {
    name: "io.k8s.api.batch.v1.Job",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&JOB_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&JOB_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static JOB_CONDITION: Message = Message {
    name: "io.k8s.api.batch.v1.JobCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.JobConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastProbeTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 4, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static JOB_LIST: Message = Message {
    name: "io.k8s.api.batch.v1.JobList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&JOB), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static JOB_SCHEDULING_CONFIGURATION: Message = Message {
    name: "io.k8s.api.batch.v1.JobSchedulingConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "schedulingPolicy", number: 1, ty: Struct(&super::scheduling_v1alpha3::WORKLOAD_POD_GROUP_SCHEDULING_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "schedulingConstraints", number: 2, ty: Struct(&super::scheduling_v1alpha3::WORKLOAD_POD_GROUP_SCHEDULING_CONSTRAINTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "disruptionMode", number: 3, ty: Struct(&super::scheduling_v1alpha3::WORKLOAD_POD_GROUP_DISRUPTION_MODE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceClaims", number: 4, ty: Struct(&super::scheduling_v1alpha3::WORKLOAD_POD_GROUP_RESOURCE_CLAIM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static JOB_SPEC: Message = Message {
    name: "io.k8s.api.batch.v1.JobSpec",
    form: Form::Object,
    fields: &[
        Field { json: "parallelism", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "completions", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "activeDeadlineSeconds", number: 3, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podFailurePolicy", number: 11, ty: Struct(&POD_FAILURE_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "successPolicy", number: 16, ty: Struct(&SUCCESS_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "backoffLimit", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "backoffLimitPerIndex", number: 12, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxFailedIndexes", number: 13, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selector", number: 4, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "manualSelector", number: 5, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "template", number: 6, ty: Struct(&super::core_v1::POD_TEMPLATE_SPEC), ..FIELD },
        Field { json: "ttlSecondsAfterFinished", number: 8, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "completionMode", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Indexed", "NonIndexed"], go_type: "v1.CompletionMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "suspend", number: 10, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podReplacementPolicy", number: 14, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Failed", "TerminatingOrFailed"], go_type: "v1.PodReplacementPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "managedBy", number: 15, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "scheduling", number: 17, ty: Struct(&JOB_SCHEDULING_CONFIGURATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 8, 9, 10, 5, 11, 12, 13, 3, 6, 7, 14, 15, 4, 16],
    atomic: false,
};

pub(super) static JOB_STATUS: Message = Message {
    name: "io.k8s.api.batch.v1.JobStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&JOB_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, patch_strategy: &["merge"], patch_merge_key: "type", ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "startTime", number: 2, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "completionTime", number: 3, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "active", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "succeeded", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "failed", number: 6, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminating", number: 11, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "completedIndexes", number: 7, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "failedIndexes", number: 10, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uncountedTerminatedPods", number: 8, ty: Struct(&UNCOUNTED_TERMINATED_PODS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ready", number: 9, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 7, 9, 10, 8, 6],
    atomic: false,
};

pub(super) static JOB_TEMPLATE_SPEC: Message = Message {
    name: "io.k8s.api.batch.v1.JobTemplateSpec",
    form: Form::Object,
    fields: &[
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&JOB_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_FAILURE_POLICY: Message = Message {
    name: "io.k8s.api.batch.v1.PodFailurePolicy",
    form: Form::Object,
    fields: &[
        Field { json: "rules", number: 1, ty: Struct(&POD_FAILURE_POLICY_RULE), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT: Message = Message {
    name: "io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement",
    form: Form::Object,
    fields: &[
        Field { json: "containerName", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "operator", number: 2, ty: STRING, declared: &Declared { values: &["In", "NotIn"], go_type: "v1.PodFailurePolicyOnExitCodesOperator", ..Declared::NOTHING }, ..FIELD },
        Field { json: "values", number: 3, ty: INT32, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static POD_FAILURE_POLICY_ON_POD_CONDITIONS_PATTERN: Message = Message {
    name: "io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.PodConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, optional: true, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_FAILURE_POLICY_RULE: Message = Message {
    name: "io.k8s.api.batch.v1.PodFailurePolicyRule",
    form: Form::Object,
    fields: &[
        Field { json: "action", number: 1, ty: STRING, declared: &Declared { values: &["Count", "FailIndex", "FailJob", "Ignore"], go_type: "v1.PodFailurePolicyAction", ..Declared::NOTHING }, ..FIELD },
        Field { json: "onExitCodes", number: 2, ty: Struct(&POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "onPodConditions", number: 3, ty: Struct(&POD_FAILURE_POLICY_ON_POD_CONDITIONS_PATTERN), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static SUCCESS_POLICY: Message = Message {
    name: "io.k8s.api.batch.v1.SuccessPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "rules", number: 1, ty: Struct(&SUCCESS_POLICY_RULE), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SUCCESS_POLICY_RULE: Message = Message {
    name: "io.k8s.api.batch.v1.SuccessPolicyRule",
    form: Form::Object,
    fields: &[
        Field { json: "succeededIndexes", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "succeededCount", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static UNCOUNTED_TERMINATED_PODS: Message = Message {
    name: "io.k8s.api.batch.v1.UncountedTerminatedPods",
    form: Form::Object,
    fields: &[
        Field { json: "succeeded", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, go_type: "[]types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "failed", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, go_type: "[]types.UID", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
