//! Messages of `k8s.io/api/certificates/v1beta1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BYTES, FIELD, INT32, STRING};

pub(super) static CERTIFICATE_SIGNING_REQUEST: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.CertificateSigningRequest",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&CERTIFICATE_SIGNING_REQUEST_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&CERTIFICATE_SIGNING_REQUEST_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static CERTIFICATE_SIGNING_REQUEST_CONDITION: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.CertificateSigningRequestCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1beta1.RequestConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 6, ty: STRING, optional: true, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "reason", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastUpdateTime", number: 4, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 5, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 4, 5, 1],
    atomic: false,
};

pub(super) static CERTIFICATE_SIGNING_REQUEST_LIST: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.CertificateSigningRequestList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CERTIFICATE_SIGNING_REQUEST), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CERTIFICATE_SIGNING_REQUEST_SPEC: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.CertificateSigningRequestSpec",
    form: Form::Object,
    fields: &[
        Field { json: "request", number: 1, ty: BYTES, ..FIELD },
        Field { json: "signerName", number: 7, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "expirationSeconds", number: 8, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "usages", number: 5, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, go_type: "[]v1beta1.KeyUsage", ..Declared::NOTHING }, ..FIELD },
        Field { json: "username", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uid", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "groups", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "extra", number: 6, ty: Struct(&EXTRA_VALUE), shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 4, 5, 6, 3, 7, 1, 2],
    atomic: false,
};

pub(super) static CERTIFICATE_SIGNING_REQUEST_STATUS: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.CertificateSigningRequestStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&CERTIFICATE_SIGNING_REQUEST_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "certificate", number: 2, ty: BYTES, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CLUSTER_TRUST_BUNDLE: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.ClusterTrustBundle",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&CLUSTER_TRUST_BUNDLE_SPEC), ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CLUSTER_TRUST_BUNDLE_LIST: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.ClusterTrustBundleList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CLUSTER_TRUST_BUNDLE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CLUSTER_TRUST_BUNDLE_SPEC: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.ClusterTrustBundleSpec",
    form: Form::Object,
    fields: &[
        Field { json: "signerName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "trustBundle", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EXTRA_VALUE: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.ExtraValue",
    form: Form::Items,
    fields: &[
        Field { json: "items", number: 1, ty: STRING, shape: Shape::List, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_CERTIFICATE_REQUEST: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.PodCertificateRequest",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&POD_CERTIFICATE_REQUEST_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&POD_CERTIFICATE_REQUEST_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static POD_CERTIFICATE_REQUEST_LIST: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.PodCertificateRequestList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&POD_CERTIFICATE_REQUEST), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static POD_CERTIFICATE_REQUEST_SPEC: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.PodCertificateRequestSpec",
    form: Form::Object,
    fields: &[
        Field { json: "signerName", number: 1, ty: STRING, ..FIELD },
        Field { json: "podName", number: 2, ty: STRING, ..FIELD },
        Field { json: "podUID", number: 3, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "serviceAccountName", number: 4, ty: STRING, ..FIELD },
        Field { json: "serviceAccountUID", number: 5, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "nodeName", number: 6, ty: STRING, declared: &Declared { go_type: "types.NodeName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "nodeUID", number: 7, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "maxExpirationSeconds", number: 8, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("86400"), ..Declared::NOTHING }, ..FIELD },
        Field { json: "pkixPublicKey", number: 9, ty: BYTES, optional: true, ..FIELD },
        Field { json: "proofOfPossession", number: 10, ty: BYTES, optional: true, ..FIELD },
        Field { json: "stubPKCS10Request", number: 12, ty: BYTES, ..FIELD },
        Field { json: "unverifiedUserAnnotations", number: 11, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10],
    atomic: false,
};

pub(super) static POD_CERTIFICATE_REQUEST_STATUS: Message = Message {
    name: "io.k8s.api.certificates.v1beta1.PodCertificateRequestStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "certificateChain", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "notBefore", number: 4, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "beginRefreshAt", number: 5, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "notAfter", number: 6, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};
