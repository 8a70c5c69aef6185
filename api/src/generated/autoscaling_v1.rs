//! Messages of `k8s.io/api/autoscaling/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Message, Omit, Shape};
use super::{FIELD, INT32, INT64, STRING};

pub(super) static CONTAINER_RESOURCE_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ContainerResourceMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "targetAverageUtilization", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "targetAverageValue", number: 3, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "container", number: 5, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static CONTAINER_RESOURCE_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ContainerResourceMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "currentAverageUtilization", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "currentAverageValue", number: 3, ty: Struct(&super::resource::QUANTITY), ..FIELD },
        Field { json: "container", number: 4, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static CROSS_VERSION_OBJECT_REFERENCE: Message = Message {
    name: "io.k8s.api.autoscaling.v1.CrossVersionObjectReference",
    form: Form::Object,
    fields: &[
        Field { json: "kind", number: 1, ty: STRING, ..FIELD },
        Field { json: "name", number: 2, ty: STRING, ..FIELD },
        Field { json: "apiVersion", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: true,
};

pub(super) static EXTERNAL_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ExternalMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "metricName", number: 1, ty: STRING, ..FIELD },
        Field { json: "metricSelector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "targetValue", number: 3, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "targetAverageValue", number: 4, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static EXTERNAL_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ExternalMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "metricName", number: 1, ty: STRING, ..FIELD },
        Field { json: "metricSelector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "currentValue", number: 3, ty: Struct(&super::resource::QUANTITY), ..FIELD },
        Field { json: "currentAverageValue", number: 4, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static HORIZONTAL_POD_AUTOSCALER: Message = Message {
    name: "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&HORIZONTAL_POD_AUTOSCALER_SPEC), omit: Omit::Empty, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&HORIZONTAL_POD_AUTOSCALER_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static HORIZONTAL_POD_AUTOSCALER_CONDITION: Message = Message {
    name: "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.HorizontalPodAutoscalerConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "observedGeneration", number: 6, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static HORIZONTAL_POD_AUTOSCALER_LIST: Message = Message {
    name: "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&HORIZONTAL_POD_AUTOSCALER), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static HORIZONTAL_POD_AUTOSCALER_SPEC: Message = Message {
    name: "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec",
    form: Form::Object,
    fields: &[
        Field { json: "scaleTargetRef", number: 1, ty: Struct(&CROSS_VERSION_OBJECT_REFERENCE), ..FIELD },
        Field { json: "minReplicas", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxReplicas", number: 3, ty: INT32, ..FIELD },
        Field { json: "targetCPUUtilizationPercentage", number: 4, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static HORIZONTAL_POD_AUTOSCALER_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus",
    form: Form::Object,
    fields: &[
        Field { json: "observedGeneration", number: 1, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastScaleTime", number: 2, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "currentReplicas", number: 3, ty: INT32, ..FIELD },
        Field { json: "desiredReplicas", number: 4, ty: INT32, ..FIELD },
        Field { json: "currentCPUUtilizationPercentage", number: 5, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static METRIC_SPEC: Message = Message {
    name: "io.k8s.api.autoscaling.v1.MetricSpec",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { values: &["ContainerResource", "External", "Object", "Pods", "Resource"], go_type: "v1.MetricSourceType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "object", number: 2, ty: Struct(&OBJECT_METRIC_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pods", number: 3, ty: Struct(&PODS_METRIC_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 4, ty: Struct(&RESOURCE_METRIC_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "containerResource", number: 7, ty: Struct(&CONTAINER_RESOURCE_METRIC_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "external", number: 5, ty: Struct(&EXTERNAL_METRIC_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 5, 4],
    atomic: false,
};

pub(super) static METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v1.MetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { values: &["ContainerResource", "External", "Object", "Pods", "Resource"], go_type: "v1.MetricSourceType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "object", number: 2, ty: Struct(&OBJECT_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pods", number: 3, ty: Struct(&PODS_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 4, ty: Struct(&RESOURCE_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "containerResource", number: 7, ty: Struct(&CONTAINER_RESOURCE_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "external", number: 5, ty: Struct(&EXTERNAL_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 5, 4],
    atomic: false,
};

pub(super) static OBJECT_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ObjectMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "target", number: 1, ty: Struct(&CROSS_VERSION_OBJECT_REFERENCE), ..FIELD },
        Field { json: "metricName", number: 2, ty: STRING, ..FIELD },
        Field { json: "targetValue", number: 3, ty: Struct(&super::resource::QUANTITY), ..FIELD },
        Field { json: "selector", number: 4, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "averageValue", number: 5, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static OBJECT_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ObjectMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "target", number: 1, ty: Struct(&CROSS_VERSION_OBJECT_REFERENCE), ..FIELD },
        Field { json: "metricName", number: 2, ty: STRING, ..FIELD },
        Field { json: "currentValue", number: 3, ty: Struct(&super::resource::QUANTITY), ..FIELD },
        Field { json: "selector", number: 4, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "averageValue", number: 5, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static PODS_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v1.PodsMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "metricName", number: 1, ty: STRING, ..FIELD },
        Field { json: "targetAverageValue", number: 2, ty: Struct(&super::resource::QUANTITY), ..FIELD },
        Field { json: "selector", number: 3, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static PODS_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v1.PodsMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "metricName", number: 1, ty: STRING, ..FIELD },
        Field { json: "currentAverageValue", number: 2, ty: Struct(&super::resource::QUANTITY), ..FIELD },
        Field { json: "selector", number: 3, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static RESOURCE_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ResourceMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "targetAverageUtilization", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "targetAverageValue", number: 3, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static RESOURCE_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ResourceMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "currentAverageUtilization", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "currentAverageValue", number: 3, ty: Struct(&super::resource::QUANTITY), ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static SCALE: Message = Message {
    name: "io.k8s.api.autoscaling.v1.Scale",
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
    name: "io.k8s.api.autoscaling.v1.ScaleSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("0"), ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SCALE_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v1.ScaleStatus",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, ..FIELD },
        Field { json: "selector", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
