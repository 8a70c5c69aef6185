//! Messages of `k8s.io/api/extensions/v1beta1`.
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

pub(super) static DAEMON_SET: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DaemonSet",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&DAEMON_SET_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&DAEMON_SET_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static DAEMON_SET_CONDITION: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DaemonSetCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1beta1.DaemonSetConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static DAEMON_SET_LIST: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DaemonSetList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&DAEMON_SET), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static DAEMON_SET_SPEC: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DaemonSetSpec",
    form: Form::Object,
    fields: &[
        Field { json: "selector", number: 1, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "template", number: 2, ty: Struct(&super::core_v1::POD_TEMPLATE_SPEC), ..FIELD },
        Field { json: "updateStrategy", number: 3, ty: Struct(&DAEMON_SET_UPDATE_STRATEGY), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minReadySeconds", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "templateGeneration", number: 5, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "revisionHistoryLimit", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static DAEMON_SET_STATUS: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DaemonSetStatus",
    form: Form::Object,
    fields: &[
        Field { json: "currentNumberScheduled", number: 1, ty: INT32, ..FIELD },
        Field { json: "numberMisscheduled", number: 2, ty: INT32, ..FIELD },
        Field { json: "desiredNumberScheduled", number: 3, ty: INT32, ..FIELD },
        Field { json: "numberReady", number: 4, ty: INT32, ..FIELD },
        Field { json: "observedGeneration", number: 5, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "updatedNumberScheduled", number: 6, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "numberAvailable", number: 7, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "numberUnavailable", number: 8, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "collisionCount", number: 9, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 10, ty: Struct(&DAEMON_SET_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    atomic: false,
};

pub(super) static DAEMON_SET_UPDATE_STRATEGY: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DaemonSetUpdateStrategy",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta1.DaemonSetUpdateStrategyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "rollingUpdate", number: 2, ty: Struct(&ROLLING_UPDATE_DAEMON_SET), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static DEPLOYMENT: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.Deployment",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&DEPLOYMENT_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&DEPLOYMENT_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static DEPLOYMENT_CONDITION: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DeploymentCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1beta1.DeploymentConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastUpdateTime", number: 6, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 7, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 4, 5, 2, 3],
    atomic: false,
};

pub(super) static DEPLOYMENT_LIST: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DeploymentList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&DEPLOYMENT), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static DEPLOYMENT_ROLLBACK: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DeploymentRollback",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "updatedAnnotations", number: 2, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "rollbackTo", number: 3, ty: Struct(&ROLLBACK_CONFIG), ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static DEPLOYMENT_SPEC: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DeploymentSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "template", number: 3, ty: Struct(&super::core_v1::POD_TEMPLATE_SPEC), ..FIELD },
        Field { json: "strategy", number: 4, ty: Struct(&DEPLOYMENT_STRATEGY), omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { patch_strategy: &["retainKeys"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "minReadySeconds", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "revisionHistoryLimit", number: 6, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "paused", number: 7, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "rollbackTo", number: 8, ty: Struct(&ROLLBACK_CONFIG), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "progressDeadlineSeconds", number: 9, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8],
    atomic: false,
};

pub(super) static DEPLOYMENT_STATUS: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DeploymentStatus",
    form: Form::Object,
    fields: &[
        Field { json: "observedGeneration", number: 1, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "replicas", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "updatedReplicas", number: 3, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readyReplicas", number: 7, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "availableReplicas", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "unavailableReplicas", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminatingReplicas", number: 9, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 6, ty: Struct(&DEPLOYMENT_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "collisionCount", number: 8, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 4, 5, 7, 3, 8, 6],
    atomic: false,
};

pub(super) static DEPLOYMENT_STRATEGY: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.DeploymentStrategy",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta1.DeploymentStrategyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "rollingUpdate", number: 2, ty: Struct(&ROLLING_UPDATE_DEPLOYMENT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static HTTP_INGRESS_PATH: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.HTTPIngressPath",
    form: Form::Object,
    fields: &[
        Field { json: "path", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pathType", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta1.PathType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "backend", number: 2, ty: Struct(&INGRESS_BACKEND), ..FIELD },
    ],
    by_number: &[0, 2, 1],
    atomic: false,
};

pub(super) static HTTP_INGRESS_RULE_VALUE: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.HTTPIngressRuleValue",
    form: Form::Object,
    fields: &[
        Field { json: "paths", number: 1, ty: Struct(&HTTP_INGRESS_PATH), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static IP_BLOCK: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.IPBlock",
    form: Form::Object,
    fields: &[
        Field { json: "cidr", number: 1, ty: STRING, ..FIELD },
        Field { json: "except", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static INGRESS: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.Ingress",
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
    name: "io.k8s.api.extensions.v1beta1.IngressBackend",
    form: Form::Object,
    fields: &[
        Field { json: "serviceName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "servicePort", number: 2, ty: Struct(&super::intstr::INT_OR_STRING), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 3, ty: Struct(&super::core_v1::TYPED_LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static INGRESS_LIST: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.IngressList",
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
    name: "io.k8s.api.extensions.v1beta1.IngressLoadBalancerIngress",
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
    name: "io.k8s.api.extensions.v1beta1.IngressLoadBalancerStatus",
    form: Form::Object,
    fields: &[
        Field { json: "ingress", number: 1, ty: Struct(&INGRESS_LOAD_BALANCER_INGRESS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static INGRESS_PORT_STATUS: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.IngressPortStatus",
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
    name: "io.k8s.api.extensions.v1beta1.IngressRule",
    form: Form::Object,
    fields: &[
        Field { json: "host", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { number: 2, ty: Struct(&INGRESS_RULE_VALUE), optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static INGRESS_RULE_VALUE: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.IngressRuleValue",
    form: Form::Object,
    fields: &[
        Field { json: "http", number: 1, ty: Struct(&HTTP_INGRESS_RULE_VALUE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static INGRESS_SPEC: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.IngressSpec",
    form: Form::Object,
    fields: &[
        Field { json: "ingressClassName", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "backend", number: 1, ty: Struct(&INGRESS_BACKEND), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tls", number: 2, ty: Struct(&INGRESS_TLS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "rules", number: 3, ty: Struct(&INGRESS_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 3, 0],
    atomic: false,
};

pub(super) static INGRESS_STATUS: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.IngressStatus",
    form: Form::Object,
    fields: &[
        Field { json: "loadBalancer", number: 1, ty: Struct(&INGRESS_LOAD_BALANCER_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static INGRESS_TLS: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.IngressTLS",
    form: Form::Object,
    fields: &[
        Field { json: "hosts", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "secretName", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NETWORK_POLICY: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.NetworkPolicy",
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
    name: "io.k8s.api.extensions.v1beta1.NetworkPolicyEgressRule",
    form: Form::Object,
    fields: &[
        Field { json: "ports", number: 1, ty: Struct(&NETWORK_POLICY_PORT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "to", number: 2, ty: Struct(&NETWORK_POLICY_PEER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NETWORK_POLICY_INGRESS_RULE: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.NetworkPolicyIngressRule",
    form: Form::Object,
    fields: &[
        Field { json: "ports", number: 1, ty: Struct(&NETWORK_POLICY_PORT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "from", number: 2, ty: Struct(&NETWORK_POLICY_PEER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NETWORK_POLICY_LIST: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.NetworkPolicyList",
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
    name: "io.k8s.api.extensions.v1beta1.NetworkPolicyPeer",
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
    name: "io.k8s.api.extensions.v1beta1.NetworkPolicyPort",
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
    name: "io.k8s.api.extensions.v1beta1.NetworkPolicySpec",
    form: Form::Object,
    fields: &[
        Field { json: "podSelector", number: 1, ty: Struct(&super::meta_v1::LABEL_SELECTOR), ..FIELD },
        Field { json: "ingress", number: 2, ty: Struct(&NETWORK_POLICY_INGRESS_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "egress", number: 3, ty: Struct(&NETWORK_POLICY_EGRESS_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "policyTypes", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, go_type: "[]v1beta1.PolicyType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static REPLICA_SET: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.ReplicaSet",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&REPLICA_SET_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&REPLICA_SET_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static REPLICA_SET_CONDITION: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.ReplicaSetCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1beta1.ReplicaSetConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static REPLICA_SET_LIST: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.ReplicaSetList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&REPLICA_SET), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static REPLICA_SET_SPEC: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.ReplicaSetSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minReadySeconds", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "template", number: 3, ty: Struct(&super::core_v1::POD_TEMPLATE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 1],
    atomic: false,
};

pub(super) static REPLICA_SET_STATUS: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.ReplicaSetStatus",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, ..FIELD },
        Field { json: "fullyLabeledReplicas", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readyReplicas", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "availableReplicas", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminatingReplicas", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "observedGeneration", number: 3, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 6, ty: Struct(&REPLICA_SET_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 5, 2, 3, 6, 4],
    atomic: false,
};

pub(super) static ROLLBACK_CONFIG: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.RollbackConfig",
    form: Form::Object,
    fields: &[
        Field { json: "revision", number: 1, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static ROLLING_UPDATE_DAEMON_SET: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.RollingUpdateDaemonSet",
    form: Form::Object,
    fields: &[
        Field { json: "maxUnavailable", number: 1, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxSurge", number: 2, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static ROLLING_UPDATE_DEPLOYMENT: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.RollingUpdateDeployment",
    form: Form::Object,
    fields: &[
        Field { json: "maxUnavailable", number: 1, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxSurge", number: 2, ty: Struct(&super::intstr::INT_OR_STRING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SCALE: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.Scale",
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
    name: "io.k8s.api.extensions.v1beta1.ScaleSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("0"), ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SCALE_STATUS: Message = Message {
    name: "io.k8s.api.extensions.v1beta1.ScaleStatus",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, ..FIELD },
        Field { json: "selector", number: 2, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "targetSelector", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};
