//! Messages of `k8s.io/api/networking/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{FIELD, INT32, STRING};

pub(super) static HTTP_INGRESS_PATH: Message = Message {
    name: "io.k8s.api.networking.v1.HTTPIngressPath",
    form: Form::Object,
    fields: &[
        Field { json: "path", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pathType", number: 3, ty: STRING, pointer: true, declared: &Declared { values: &["Exact", "ImplementationSpecific", "Prefix"], go_type: "v1.PathType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "backend", number: 2, ty: Struct(&INGRESS_BACKEND), ..FIELD },
    ],
    by_number: &[0, 2, 1],
    atomic: false,
};

pub(super) static HTTP_INGRESS_RULE_VALUE: Message = Message {
    name: "io.k8s.api.networking.v1.HTTPIngressRuleValue",
    form: Form::Object,
    fields: &[
        Field { json: "paths", number: 1, ty: Struct(&HTTP_INGRESS_PATH), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static IP_ADDRESS: Message = Message {
    name: "io.k8s.api.networking.v1.IPAddress",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&IP_ADDRESS_SPEC), omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static IP_ADDRESS_LIST: Message = Message {
    name: "io.k8s.api.networking.v1.IPAddressList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&IP_ADDRESS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static IP_ADDRESS_SPEC: Message = Message {
    name: "io.k8s.api.networking.v1.IPAddressSpec",
    form: Form::Object,
    fields: &[
        Field { json: "parentRef", number: 1, ty: Struct(&PARENT_REFERENCE), pointer: true, omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static IP_BLOCK: Message = Message {
    name: "io.k8s.api.networking.v1.IPBlock",
    form: Form::Object,
    fields: &[
        Field { json: "cidr", number: 1, ty: STRING, ..FIELD },
        Field { json: "except", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static INGRESS: Message = Message {
    name: "io.k8s.api.networking.v1.Ingress",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&INGRESS_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&INGRESS_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static INGRESS_BACKEND: Message = Message {
    name: "io.k8s.api.networking.v1.IngressBackend",
    form: Form::Object,
    fields: &[
        Field { json: "service", number: 4, ty: Struct(&INGRESS_SERVICE_BACKEND), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 3, ty: Struct(&super::core_v1::TYPED_LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 0],
    atomic: false,
};

pub(super) static INGRESS_CLASS: Message = Message {
    name: "io.k8s.api.networking.v1.IngressClass",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&INGRESS_CLASS_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static INGRESS_CLASS_LIST: Message = Message {
    name: "io.k8s.api.networking.v1.IngressClassList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&INGRESS_CLASS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static INGRESS_CLASS_PARAMETERS_REFERENCE: Message = Message {
    name: "io.k8s.api.networking.v1.IngressClassParametersReference",
    form: Form::Object,
    fields: &[
        Field { json: "apiGroup", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "kind", number: 2, ty: STRING, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, ..FIELD },
        Field { json: "scope", number: 4, ty: STRING, pointer: true, optional: true, ..FIELD },
        Field { json: "namespace", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static INGRESS_CLASS_SPEC: Message = Message {
    name: "io.k8s.api.networking.v1.IngressClassSpec",
    form: Form::Object,
    fields: &[
        Field { json: "controller", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "parameters", number: 2, ty: Struct(&INGRESS_CLASS_PARAMETERS_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static INGRESS_LIST: Message = Message {
    name: "io.k8s.api.networking.v1.IngressList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&INGRESS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static INGRESS_LOAD_BALANCER_INGRESS: Message = Message {
    name: "io.k8s.api.networking.v1.IngressLoadBalancerIngress",
    form: Form::Object,
    fields: &[
        Field { json: "ip", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostname", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ports", number: 4, ty: Struct(&INGRESS_PORT_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static INGRESS_LOAD_BALANCER_STATUS: Message = Message {
    name: "io.k8s.api.networking.v1.IngressLoadBalancerStatus",
    form: Form::Object,
    fields: &[
        Field { json: "ingress", number: 1, ty: Struct(&INGRESS_LOAD_BALANCER_INGRESS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static INGRESS_PORT_STATUS: Message = Message {
    name: "io.k8s.api.networking.v1.IngressPortStatus",
    form: Form::Object,
    fields: &[
        Field { json: "port", number: 1, ty: INT32, ..FIELD },
        Field { json: "protocol", number: 2, ty: STRING, declared: &Declared { values: &["SCTP", "TCP", "UDP"], go_type: "v1.Protocol", ..Declared::NOTHING }, ..FIELD },
        Field { json: "error", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static INGRESS_RULE: Message = Message {
    name: "io.k8s.api.networking.v1.IngressRule",
    form: Form::Object,
    fields: &[
        Field { json: "host", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { number: 2, ty: Struct(&INGRESS_RULE_VALUE), optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static INGRESS_RULE_VALUE: Message = Message {
    name: "io.k8s.api.networking.v1.IngressRuleValue",
    form: Form::Object,
    fields: &[
        Field { json: "http", number: 1, ty: Struct(&HTTP_INGRESS_RULE_VALUE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static INGRESS_SERVICE_BACKEND: Message = Message {
    name: "io.k8s.api.networking.v1.IngressServiceBackend",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "port", number: 2, ty: Struct(&SERVICE_BACKEND_PORT), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static INGRESS_SPEC: Message = Message {
    name: "io.k8s.api.networking.v1.IngressSpec",
    form: Form::Object,
    fields: &[
        Field { json: "ingressClassName", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "defaultBackend", number: 1, ty: Struct(&INGRESS_BACKEND), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tls", number: 2, ty: Struct(&INGRESS_TLS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "rules", number: 3, ty: Struct(&INGRESS_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 3, 0],
    atomic: false,
};

pub(super) static INGRESS_STATUS: Message = Message {
    name: "io.k8s.api.networking.v1.IngressStatus",
    form: Form::Object,
    fields: &[
        Field { json: "loadBalancer", number: 1, ty: Struct(&INGRESS_LOAD_BALANCER_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static INGRESS_TLS: Message = Message {
    name: "io.k8s.api.networking.v1.IngressTLS",
    form: Form::Object,
    fields: &[
        Field { json: "hosts", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "secretName", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NETWORK_POLICY: Message = Message {
    name: "io.k8s.api.networking.v1.NetworkPolicy",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&NETWORK_POLICY_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static NETWORK_POLICY_EGRESS_RULE: Message = Message {
    name: "io.k8s.api.networking.v1.NetworkPolicyEgressRule",
    form: Form::Object,
    fields: &[
        Field { json: "ports", number: 1, ty: Struct(&NETWORK_POLICY_PORT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "to", number: 2, ty: Struct(&NETWORK_POLICY_PEER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NETWORK_POLICY_INGRESS_RULE: Message = Message {
    name: "io.k8s.api.networking.v1.NetworkPolicyIngressRule",
    form: Form::Object,
    fields: &[
        Field { json: "ports", number: 1, ty: Struct(&NETWORK_POLICY_PORT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "from", number: 2, ty: Struct(&NETWORK_POLICY_PEER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NETWORK_POLICY_LIST: Message = Message {
    name: "io.k8s.api.networking.v1.NetworkPolicyList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&NETWORK_POLICY), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static NETWORK_POLICY_PEER: Message = Message {
    name: "io.k8s.api.networking.v1.NetworkPolicyPeer",
    form: Form::Object,
    fields: &[
        Field { json: "podSelector", number: 1, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespaceSelector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ipBlock", number: 3, ty: Struct(&IP_BLOCK), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static NETWORK_POLICY_PORT: Message = Message {
    name: "io.k8s.api.networking.v1.NetworkPolicyPort",
    form: Form::Object,
    fields: &[
        Field { json: "protocol", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["SCTP", "TCP", "UDP"], go_type: "v1.Protocol", ..Declared::NOTHING }, ..FIELD },
        Field { json: "port", number: 2, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "endPort", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static NETWORK_POLICY_SPEC: Message = Message {
    name: "io.k8s.api.networking.v1.NetworkPolicySpec",
    form: Form::Object,
    fields: &[
        Field { json: "podSelector", number: 1, ty: Struct(&super::meta_v1::LABEL_SELECTOR), optional: true, ..FIELD },
        Field { json: "ingress", number: 2, ty: Struct(&NETWORK_POLICY_INGRESS_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "egress", number: 3, ty: Struct(&NETWORK_POLICY_EGRESS_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "policyTypes", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, values: &["Egress", "Ingress"], go_type: "[]v1.PolicyType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static PARENT_REFERENCE: Message = Message {
    name: "io.k8s.api.networking.v1.ParentReference",
    form: Form::Object,
    fields: &[
        Field { json: "group", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 2, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "namespace", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "name", number: 4, ty: STRING, omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static SERVICE_BACKEND_PORT: Message = Message {
    name: "io.k8s.api.networking.v1.ServiceBackendPort",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "number", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static SERVICE_CIDR: Message = Message {
    name: "io.k8s.api.networking.v1.ServiceCIDR",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&SERVICE_CIDR_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&SERVICE_CIDR_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static SERVICE_CIDR_LIST: Message = Message {
    name: "io.k8s.api.networking.v1.ServiceCIDRList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&SERVICE_CIDR), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static SERVICE_CIDR_SPEC: Message = Message {
    name: "io.k8s.api.networking.v1.ServiceCIDRSpec",
    form: Form::Object,
    fields: &[
        Field { json: "cidrs", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SERVICE_CIDR_STATUS: Message = Message {
    name: "io.k8s.api.networking.v1.ServiceCIDRStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};
