//! Messages of `k8s.io/api/rbac/v1alpha1`.
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

pub(super) static AGGREGATION_RULE: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.AggregationRule",
    form: Form::Object,
    fields: &[
        Field { json: "clusterRoleSelectors", number: 1, ty: Struct(&super::meta_v1::LABEL_SELECTOR), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static CLUSTER_ROLE: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.ClusterRole",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "rules", number: 2, ty: Struct(&POLICY_RULE), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "aggregationRule", number: 3, ty: Struct(&AGGREGATION_RULE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static CLUSTER_ROLE_BINDING: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.ClusterRoleBinding",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "subjects", number: 2, ty: Struct(&SUBJECT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "roleRef", number: 3, ty: Struct(&ROLE_REF), ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static CLUSTER_ROLE_BINDING_LIST: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.ClusterRoleBindingList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CLUSTER_ROLE_BINDING), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CLUSTER_ROLE_LIST: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.ClusterRoleList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CLUSTER_ROLE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static POLICY_RULE: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.PolicyRule",
    form: Form::Object,
    fields: &[
        Field { json: "verbs", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "apiGroups", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceNames", number: 5, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "nonResourceURLs", number: 6, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static ROLE: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.Role",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "rules", number: 2, ty: Struct(&POLICY_RULE), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static ROLE_BINDING: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.RoleBinding",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "subjects", number: 2, ty: Struct(&SUBJECT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "roleRef", number: 3, ty: Struct(&ROLE_REF), ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static ROLE_BINDING_LIST: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.RoleBindingList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&ROLE_BINDING), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static ROLE_LIST: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.RoleList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&ROLE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static ROLE_REF: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.RoleRef",
    form: Form::Object,
    fields: &[
        Field { json: "apiGroup", number: 1, ty: STRING, optional: true, ..FIELD },
        Field { json: "kind", number: 2, ty: STRING, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static SUBJECT: Message = Message {
    name: "io.k8s.api.rbac.v1alpha1.Subject",
    form: Form::Object,
    fields: &[
        Field { json: "kind", number: 1, ty: STRING, ..FIELD },
        Field { json: "apiVersion", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, ..FIELD },
        Field { json: "namespace", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};
