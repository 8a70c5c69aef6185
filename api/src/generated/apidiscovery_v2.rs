//! Messages of `k8s.io/api/apidiscovery/v2`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{FIELD, STRING};

pub(super) static API_GROUP_DISCOVERY: Message = Message {
    name: "io.k8s.api.apidiscovery.v2.APIGroupDiscovery",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "versions", number: 2, ty: Struct(&API_VERSION_DISCOVERY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["version"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static API_GROUP_DISCOVERY_LIST: Message = Message {
    name: "io.k8s.api.apidiscovery.v2.APIGroupDiscoveryList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&API_GROUP_DISCOVERY), shape: Shape::List, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static API_RESOURCE_DISCOVERY: Message = Message {
    name: "io.k8s.api.apidiscovery.v2.APIResourceDiscovery",
    form: Form::Object,
    fields: &[
        Field { json: "resource", number: 1, ty: STRING, optional: true, ..FIELD },
        Field { json: "responseKind", number: 2, ty: Struct(&super::meta_v1::GROUP_VERSION_KIND), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "scope", number: 3, ty: STRING, optional: true, declared: &Declared { go_type: "v2.ResourceScope", ..Declared::NOTHING }, ..FIELD },
        Field { json: "singularResource", number: 4, ty: STRING, optional: true, ..FIELD },
        Field { json: "verbs", number: 5, ty: STRING, shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "shortNames", number: 6, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "categories", number: 7, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "subresources", number: 8, ty: Struct(&API_SUBRESOURCE_DISCOVERY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["subresource"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static API_SUBRESOURCE_DISCOVERY: Message = Message {
    name: "io.k8s.api.apidiscovery.v2.APISubresourceDiscovery",
    form: Form::Object,
    fields: &[
        Field { json: "subresource", number: 1, ty: STRING, optional: true, ..FIELD },
        Field { json: "responseKind", number: 2, ty: Struct(&super::meta_v1::GROUP_VERSION_KIND), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "acceptedTypes", number: 3, ty: Struct(&super::meta_v1::GROUP_VERSION_KIND), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["group", "version", "kind"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "verbs", number: 4, ty: STRING, shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static API_VERSION_DISCOVERY: Message = Message {
    name: "io.k8s.api.apidiscovery.v2.APIVersionDiscovery",
    form: Form::Object,
    fields: &[
        Field { json: "version", number: 1, ty: STRING, optional: true, ..FIELD },
        Field { json: "resources", number: 2, ty: Struct(&API_RESOURCE_DISCOVERY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["resource"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "freshness", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v2.DiscoveryFreshness", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
