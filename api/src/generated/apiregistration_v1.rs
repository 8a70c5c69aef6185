//! Messages of `k8s.io/kube-aggregator/pkg/apis/apiregistration/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BOOL, BYTES, FIELD, INT32, STRING};

pub(super) static API_SERVICE: Message = Message {
    name: "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&API_SERVICE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&API_SERVICE_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static API_SERVICE_CONDITION: Message = Message {
    name: "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.APIServiceConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static API_SERVICE_LIST: Message = Message {
    name: "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&API_SERVICE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static API_SERVICE_SPEC: Message = Message {
    name: "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec",
    form: Form::Object,
    fields: &[
        Field { json: "service", number: 1, ty: Struct(&SERVICE_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "group", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "version", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "insecureSkipTLSVerify", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "caBundle", number: 5, ty: BYTES, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "groupPriorityMinimum", number: 7, ty: INT32, ..FIELD },
        Field { json: "versionPriority", number: 8, ty: INT32, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static API_SERVICE_STATUS: Message = Message {
    name: "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&API_SERVICE_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SERVICE_REFERENCE: Message = Message {
    name: "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference",
    form: Form::Object,
    fields: &[
        Field { json: "namespace", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "name", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "port", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
