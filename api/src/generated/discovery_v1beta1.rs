//! Messages of `k8s.io/api/discovery/v1beta1`.
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

pub(super) static ENDPOINT: Message = Message {
    name: "io.k8s.api.discovery.v1beta1.Endpoint",
    form: Form::Object,
    fields: &[
        Field { json: "addresses", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "conditions", number: 2, ty: Struct(&ENDPOINT_CONDITIONS), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostname", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "targetRef", number: 4, ty: Struct(&super::core_v1::OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "topology", number: 5, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeName", number: 6, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hints", number: 7, ty: Struct(&ENDPOINT_HINTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static ENDPOINT_CONDITIONS: Message = Message {
    name: "io.k8s.api.discovery.v1beta1.EndpointConditions",
    form: Form::Object,
    fields: &[
        Field { json: "ready", number: 1, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "serving", number: 2, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminating", number: 3, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static ENDPOINT_HINTS: Message = Message {
    name: "io.k8s.api.discovery.v1beta1.EndpointHints",
    form: Form::Object,
    fields: &[
        Field { json: "forZones", number: 1, ty: Struct(&FOR_ZONE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "forNodes", number: 2, ty: Struct(&FOR_NODE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static ENDPOINT_PORT: Message = Message {
    name: "io.k8s.api.discovery.v1beta1.EndpointPort",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "protocol", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["SCTP", "TCP", "UDP"], go_type: "v1.Protocol", ..Declared::NOTHING }, ..FIELD },
        Field { json: "port", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "appProtocol", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static ENDPOINT_SLICE: Message = Message {
    name: "io.k8s.api.discovery.v1beta1.EndpointSlice",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "addressType", number: 4, ty: STRING, declared: &Declared { values: &["FQDN"], go_type: "v1beta1.AddressType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "endpoints", number: 2, ty: Struct(&ENDPOINT), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "ports", number: 3, ty: Struct(&ENDPOINT_PORT), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 3, 4, 2],
    atomic: false,
};

pub(super) static ENDPOINT_SLICE_LIST: Message = Message {
    name: "io.k8s.api.discovery.v1beta1.EndpointSliceList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&ENDPOINT_SLICE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static FOR_NODE: Message = Message {
    name: "io.k8s.api.discovery.v1beta1.ForNode",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static FOR_ZONE: Message = Message {
    name: "io.k8s.api.discovery.v1beta1.ForZone",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};
