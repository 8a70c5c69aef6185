//! Messages of `k8s.io/api/autoscaling/v2`.
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

pub(super) static CONTAINER_RESOURCE_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v2.ContainerResourceMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "target", number: 2, ty: Struct(&METRIC_TARGET), ..FIELD },
        Field { json: "container", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CONTAINER_RESOURCE_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "current", number: 2, ty: Struct(&METRIC_VALUE_STATUS), ..FIELD },
        Field { json: "container", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CROSS_VERSION_OBJECT_REFERENCE: Message = Message {
    name: "io.k8s.api.autoscaling.v2.CrossVersionObjectReference",
    form: Form::Object,
    fields: &[
        Field { json: "kind", number: 1, ty: STRING, ..FIELD },
        Field { json: "name", number: 2, ty: STRING, ..FIELD },
        Field { json: "apiVersion", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static EXTERNAL_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v2.ExternalMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "metric", number: 1, ty: Struct(&METRIC_IDENTIFIER), ..FIELD },
        Field { json: "target", number: 2, ty: Struct(&METRIC_TARGET), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EXTERNAL_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v2.ExternalMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "metric", number: 1, ty: Struct(&METRIC_IDENTIFIER), ..FIELD },
        Field { json: "current", number: 2, ty: Struct(&METRIC_VALUE_STATUS), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static HPA_SCALING_POLICY: Message = Message {
    name: "io.k8s.api.autoscaling.v2.HPAScalingPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v2.HPAScalingPolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "value", number: 2, ty: INT32, ..FIELD },
        Field { json: "periodSeconds", number: 3, ty: INT32, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static HPA_SCALING_RULES: Message = Message {
    name: "io.k8s.api.autoscaling.v2.HPAScalingRules",
    form: Form::Object,
    fields: &[
        Field { json: "stabilizationWindowSeconds", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selectPolicy", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v2.ScalingPolicySelect", ..Declared::NOTHING }, ..FIELD },
        Field { json: "policies", number: 2, ty: Struct(&HPA_SCALING_POLICY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "tolerance", number: 4, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 0, 3],
    atomic: false,
};

pub(super) static HORIZONTAL_POD_AUTOSCALER: Message = Message {
    name: "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler",
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

pub(super) static HORIZONTAL_POD_AUTOSCALER_BEHAVIOR: Message = Message {
    name: "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior",
    form: Form::Object,
    fields: &[
        Field { json: "scaleUp", number: 1, ty: Struct(&HPA_SCALING_RULES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "scaleDown", number: 2, ty: Struct(&HPA_SCALING_RULES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static HORIZONTAL_POD_AUTOSCALER_CONDITION: Message = Message {
    name: "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v2.HorizontalPodAutoscalerConditionType", ..Declared::NOTHING }, ..FIELD },
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
    name: "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerList",
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
    name: "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec",
    form: Form::Object,
    fields: &[
        Field { json: "scaleTargetRef", number: 1, ty: Struct(&CROSS_VERSION_OBJECT_REFERENCE), ..FIELD },
        Field { json: "minReplicas", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxReplicas", number: 3, ty: INT32, ..FIELD },
        Field { json: "metrics", number: 4, ty: Struct(&METRIC_SPEC), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "behavior", number: 5, ty: Struct(&HORIZONTAL_POD_AUTOSCALER_BEHAVIOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static HORIZONTAL_POD_AUTOSCALER_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus",
    form: Form::Object,
    fields: &[
        Field { json: "observedGeneration", number: 1, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastScaleTime", number: 2, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "currentReplicas", number: 3, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "desiredReplicas", number: 4, ty: INT32, ..FIELD },
        Field { json: "currentMetrics", number: 5, ty: Struct(&METRIC_STATUS), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "conditions", number: 6, ty: Struct(&HORIZONTAL_POD_AUTOSCALER_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static METRIC_IDENTIFIER: Message = Message {
    name: "io.k8s.api.autoscaling.v2.MetricIdentifier",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "selector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static METRIC_SPEC: Message = Message {
    name: "io.k8s.api.autoscaling.v2.MetricSpec",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v2.MetricSourceType", ..Declared::NOTHING }, ..FIELD },
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
    name: "io.k8s.api.autoscaling.v2.MetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v2.MetricSourceType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "object", number: 2, ty: Struct(&OBJECT_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pods", number: 3, ty: Struct(&PODS_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 4, ty: Struct(&RESOURCE_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "containerResource", number: 7, ty: Struct(&CONTAINER_RESOURCE_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "external", number: 5, ty: Struct(&EXTERNAL_METRIC_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 5, 4],
    atomic: false,
};

pub(super) static METRIC_TARGET: Message = Message {
    name: "io.k8s.api.autoscaling.v2.MetricTarget",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v2.MetricTargetType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "value", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "averageValue", number: 3, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "averageUtilization", number: 4, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static METRIC_VALUE_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v2.MetricValueStatus",
    form: Form::Object,
    fields: &[
        Field { json: "value", number: 1, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "averageValue", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "averageUtilization", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static OBJECT_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v2.ObjectMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "describedObject", number: 1, ty: Struct(&CROSS_VERSION_OBJECT_REFERENCE), ..FIELD },
        Field { json: "target", number: 2, ty: Struct(&METRIC_TARGET), ..FIELD },
        Field { json: "metric", number: 3, ty: Struct(&METRIC_IDENTIFIER), ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static OBJECT_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v2.ObjectMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "metric", number: 1, ty: Struct(&METRIC_IDENTIFIER), ..FIELD },
        Field { json: "current", number: 2, ty: Struct(&METRIC_VALUE_STATUS), ..FIELD },
        Field { json: "describedObject", number: 3, ty: Struct(&CROSS_VERSION_OBJECT_REFERENCE), ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static PODS_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v2.PodsMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "metric", number: 1, ty: Struct(&METRIC_IDENTIFIER), ..FIELD },
        Field { json: "target", number: 2, ty: Struct(&METRIC_TARGET), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static PODS_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v2.PodsMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "metric", number: 1, ty: Struct(&METRIC_IDENTIFIER), ..FIELD },
        Field { json: "current", number: 2, ty: Struct(&METRIC_VALUE_STATUS), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static RESOURCE_METRIC_SOURCE: Message = Message {
    name: "io.k8s.api.autoscaling.v2.ResourceMetricSource",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "target", number: 2, ty: Struct(&METRIC_TARGET), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static RESOURCE_METRIC_STATUS: Message = Message {
    name: "io.k8s.api.autoscaling.v2.ResourceMetricStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "current", number: 2, ty: Struct(&METRIC_VALUE_STATUS), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
