//! Messages of `k8s.io/api/events/v1beta1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Field, Form, Message, Omit, Shape};
use super::{FIELD, INT32, STRING};

pub(super) static EVENT: Message = Message {
    name: "io.k8s.api.events.v1beta1.Event",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), optional: true, ..FIELD },
        Field { json: "eventTime", number: 2, ty: Struct(&super::meta_v1::MICRO_TIME), ..FIELD },
        Field { json: "series", number: 3, ty: Struct(&EVENT_SERIES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reportingController", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reportingInstance", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "action", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 7, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "regarding", number: 8, ty: Struct(&super::core_v1::OBJECT_REFERENCE), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "related", number: 9, ty: Struct(&super::core_v1::OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "note", number: 10, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "type", number: 11, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "deprecatedSource", number: 12, ty: Struct(&super::core_v1::EVENT_SOURCE), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "deprecatedFirstTimestamp", number: 13, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "deprecatedLastTimestamp", number: 14, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "deprecatedCount", number: 15, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    atomic: false,
};

pub(super) static EVENT_LIST: Message = Message {
    name: "io.k8s.api.events.v1beta1.EventList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&EVENT), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static EVENT_SERIES: Message = Message {
    name: "io.k8s.api.events.v1beta1.EventSeries",
    form: Form::Object,
    fields: &[
        Field { json: "count", number: 1, ty: INT32, ..FIELD },
        Field { json: "lastObservedTime", number: 2, ty: Struct(&super::meta_v1::MICRO_TIME), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
