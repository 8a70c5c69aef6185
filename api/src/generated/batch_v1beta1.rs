//! Messages of `k8s.io/api/batch/v1beta1`.
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
    name: "io.k8s.api.batch.v1beta1.CronJob",
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
    name: "io.k8s.api.batch.v1beta1.CronJobList",
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
    name: "io.k8s.api.batch.v1beta1.CronJobSpec",
    form: Form::Object,
    fields: &[
        Field { json: "schedule", number: 1, ty: STRING, ..FIELD },
        Field { json: "timeZone", number: 8, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "startingDeadlineSeconds", number: 2, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "concurrencyPolicy", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta1.ConcurrencyPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "suspend", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "jobTemplate", number: 5, ty: Struct(&JOB_TEMPLATE_SPEC), ..FIELD },
        Field { json: "successfulJobsHistoryLimit", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "failedJobsHistoryLimit", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 4, 5, 6, 7, 1],
    atomic: false,
};

pub(super) static CRON_JOB_STATUS: Message = Message {
    name: "io.k8s.api.batch.v1beta1.CronJobStatus",
    form: Form::Object,
    fields: &[
        Field { json: "active", number: 1, ty: Struct(&super::core_v1::OBJECT_REFERENCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastScheduleTime", number: 4, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastSuccessfulTime", number: 5, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static JOB_TEMPLATE_SPEC: Message = Message {
    name: "io.k8s.api.batch.v1beta1.JobTemplateSpec",
    form: Form::Object,
    fields: &[
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&super::batch_v1::JOB_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
