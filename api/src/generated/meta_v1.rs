//! Messages of `k8s.io/apimachinery/pkg/apis/meta/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BOOL, BYTES, FIELD, INT32, INT64, STRING};

pub(super) static API_GROUP: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "versions", number: 2, ty: Struct(&GROUP_VERSION_FOR_DISCOVERY), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "preferredVersion", number: 3, ty: Struct(&GROUP_VERSION_FOR_DISCOVERY), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "serverAddressByClientCIDRs", number: 4, ty: Struct(&SERVER_ADDRESS_BY_CLIENT_CIDR), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4],
    atomic: false,
};

pub(super) static API_GROUP_LIST: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "groups", number: 1, ty: Struct(&API_GROUP), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static API_RESOURCE: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.APIResource",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "singularName", number: 6, ty: STRING, ..FIELD },
        Field { json: "namespaced", number: 2, ty: BOOL, ..FIELD },
        Field { json: "group", number: 8, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "version", number: 9, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "kind", number: 3, ty: STRING, ..FIELD },
        Field { json: "verbs", number: 4, ty: Struct(&VERBS), ..FIELD },
        Field { json: "shortNames", number: 5, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "categories", number: 7, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "storageVersionHash", number: 10, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 5, 6, 7, 1, 8, 3, 4, 9],
    atomic: false,
};

pub(super) static API_RESOURCE_LIST: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "groupVersion", number: 1, ty: STRING, ..FIELD },
        Field { json: "resources", number: 2, ty: Struct(&API_RESOURCE), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static API_VERSIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "versions", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "serverAddressByClientCIDRs", number: 2, ty: Struct(&SERVER_ADDRESS_BY_CLIENT_CIDR), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static APPLY_OPTIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.ApplyOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "dryRun", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "force", number: 2, ty: BOOL, ..FIELD },
        Field { json: "fieldManager", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static CONDITION: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Condition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "observedGeneration", number: 3, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 4, ty: Struct(&TIME), ..FIELD },
        Field { json: "reason", number: 5, ty: STRING, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static CREATE_OPTIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.CreateOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "dryRun", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "fieldManager", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldValidation", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static DELETE_OPTIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "gracePeriodSeconds", number: 1, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preconditions", number: 2, ty: Struct(&PRECONDITIONS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "orphanDependents", number: 3, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "propagationPolicy", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.DeletionPropagation", ..Declared::NOTHING }, ..FIELD },
        Field { json: "dryRun", number: 5, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "ignoreStoreReadErrorWithClusterBreakingPotential", number: 6, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static DURATION: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Duration",
    form: Form::Duration,
    fields: &[
        Field { json: "duration", number: 1, ty: INT64, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static FIELD_SELECTOR_REQUIREMENT: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "operator", number: 2, ty: STRING, declared: &Declared { go_type: "v1.FieldSelectorOperator", ..Declared::NOTHING }, ..FIELD },
        Field { json: "values", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static FIELDS_V1: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1",
    form: Form::FieldsV1,
    fields: &[
        Field { json: "Raw", number: 1, ty: BYTES, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static GET_OPTIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.GetOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "resourceVersion", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static GROUP_KIND: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.GroupKind",
    form: Form::Object,
    fields: &[
        Field { json: "group", number: 1, ty: STRING, ..FIELD },
        Field { json: "kind", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static GROUP_RESOURCE: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource",
    form: Form::Object,
    fields: &[
        Field { json: "group", number: 1, ty: STRING, ..FIELD },
        Field { json: "resource", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static GROUP_VERSION: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersion",
    form: Form::Object,
    fields: &[
        Field { json: "group", number: 1, ty: STRING, ..FIELD },
        Field { json: "version", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static GROUP_VERSION_FOR_DISCOVERY: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery",
    form: Form::Object,
    fields: &[
        Field { json: "groupVersion", number: 1, ty: STRING, ..FIELD },
        Field { json: "version", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static GROUP_VERSION_KIND: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionKind",
    form: Form::Object,
    fields: &[
        Field { json: "group", number: 1, ty: STRING, ..FIELD },
        Field { json: "version", number: 2, ty: STRING, ..FIELD },
        Field { json: "kind", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static GROUP_VERSION_RESOURCE: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionResource",
    form: Form::Object,
    fields: &[
        Field { json: "group", number: 1, ty: STRING, ..FIELD },
        Field { json: "version", number: 2, ty: STRING, ..FIELD },
        Field { json: "resource", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static LABEL_SELECTOR: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector",
    form: Form::Object,
    fields: &[
        Field { json: "matchLabels", number: 1, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "matchExpressions", number: 2, ty: Struct(&LABEL_SELECTOR_REQUIREMENT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static LABEL_SELECTOR_REQUIREMENT: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "operator", number: 2, ty: STRING, declared: &Declared { go_type: "v1.LabelSelectorOperator", ..Declared::NOTHING }, ..FIELD },
        Field { json: "values", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static LIST: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.List",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&super::runtime::RAW_EXTENSION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static LIST_META: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta",
    form: Form::Object,
    fields: &[
        Field { json: "selfLink", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceVersion", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "continue", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "remainingItemCount", number: 4, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "shardInfo", number: 5, ty: Struct(&SHARD_INFO), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static LIST_OPTIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.ListOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "labelSelector", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldSelector", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "watch", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allowWatchBookmarks", number: 9, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceVersion", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceVersionMatch", number: 10, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceVersionMatch", ..Declared::NOTHING }, ..FIELD },
        Field { json: "timeoutSeconds", number: 5, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "limit", number: 7, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "continue", number: 8, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sendInitialEvents", number: 11, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "shardSelector", number: 15, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 5, 7, 8, 9, 4, 6, 10, 11],
    atomic: false,
};

pub(super) static MANAGED_FIELDS_ENTRY: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry",
    form: Form::Object,
    fields: &[
        Field { json: "manager", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "operation", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ManagedFieldsOperationType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "apiVersion", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "time", number: 4, ty: Struct(&TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldsType", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldsV1", number: 7, ty: Struct(&FIELDS_V1), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "subresource", number: 8, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static MICRO_TIME: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime",
    form: Form::MicroTime,
    fields: &[
        Field { json: "seconds", number: 1, ty: INT64, ..FIELD },
        Field { json: "nanos", number: 2, ty: INT32, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static OBJECT_META: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "generateName", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespace", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selfLink", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uid", number: 5, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceVersion", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "generation", number: 7, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "creationTimestamp", number: 8, ty: Struct(&TIME), omit: Omit::Zero, optional: true, ..FIELD },
        Field { json: "deletionTimestamp", number: 9, ty: Struct(&TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "deletionGracePeriodSeconds", number: 10, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "labels", number: 11, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "annotations", number: 12, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ownerReferences", number: 13, ty: Struct(&OWNER_REFERENCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["uid"], patch_strategy: &["merge"], patch_merge_key: "uid" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "finalizers", number: 14, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, patch_strategy: &["merge"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "managedFields", number: 17, ty: Struct(&MANAGED_FIELDS_ENTRY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    atomic: false,
};

pub(super) static OWNER_REFERENCE: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference",
    form: Form::Object,
    fields: &[
        Field { json: "apiVersion", number: 5, ty: STRING, ..FIELD },
        Field { json: "kind", number: 1, ty: STRING, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, ..FIELD },
        Field { json: "uid", number: 4, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "controller", number: 6, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "blockOwnerDeletion", number: 7, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 0, 4, 5],
    atomic: true,
};

pub(super) static PARTIAL_OBJECT_METADATA: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static PARTIAL_OBJECT_METADATA_LIST: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadataList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&PARTIAL_OBJECT_METADATA), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static PATCH: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Patch",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static PATCH_OPTIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.PatchOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "dryRun", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "force", number: 2, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldManager", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldValidation", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4],
    atomic: false,
};

pub(super) static PRECONDITIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions",
    form: Form::Object,
    fields: &[
        Field { json: "uid", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceVersion", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static ROOT_PATHS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.RootPaths",
    form: Form::Object,
    fields: &[
        Field { json: "paths", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SERVER_ADDRESS_BY_CLIENT_CIDR: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR",
    form: Form::Object,
    fields: &[
        Field { json: "clientCIDR", number: 1, ty: STRING, ..FIELD },
        Field { json: "serverAddress", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SHARD_INFO: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.ShardInfo",
    form: Form::Object,
    fields: &[
        Field { json: "selector", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static STATUS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Status",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.StatusReason", ..Declared::NOTHING }, ..FIELD },
        Field { json: "details", number: 5, ty: Struct(&STATUS_DETAILS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "code", number: 6, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static STATUS_CAUSE: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause",
    form: Form::Object,
    fields: &[
        Field { json: "reason", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.CauseType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "message", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "field", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static STATUS_DETAILS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "group", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "kind", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uid", number: 6, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "causes", number: 4, ty: Struct(&STATUS_CAUSE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "retryAfterSeconds", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 4, 5, 3],
    atomic: false,
};

pub(super) static TABLE: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Table",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "metadata", ty: Struct(&LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "columnDefinitions", ty: Struct(&TABLE_COLUMN_DEFINITION), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "rows", ty: Struct(&TABLE_ROW), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[],
    atomic: false,
};

pub(super) static TABLE_COLUMN_DEFINITION: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.TableColumnDefinition",
    form: Form::Object,
    fields: &[
        Field { json: "name", ty: STRING, ..FIELD },
        Field { json: "type", ty: STRING, ..FIELD },
        Field { json: "format", ty: STRING, ..FIELD },
        Field { json: "description", ty: STRING, ..FIELD },
        Field { json: "priority", ty: INT32, ..FIELD },
    ],
    by_number: &[],
    atomic: false,
};

pub(super) static TABLE_OPTIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.TableOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "includeObject", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.IncludeObjectPolicy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static TABLE_ROW: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.TableRow",
    form: Form::Object,
    fields: &[
        Field { json: "cells", ty: Struct(&super::runtime::RAW_EXTENSION), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "conditions", ty: Struct(&TABLE_ROW_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "object", ty: Struct(&super::runtime::RAW_EXTENSION), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[],
    atomic: false,
};

pub(super) static TABLE_ROW_CONDITION: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.TableRowCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", ty: STRING, declared: &Declared { go_type: "v1.RowConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "reason", ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[],
    atomic: false,
};

pub(super) static TIME: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Time",
    form: Form::Time,
    fields: &[
        Field { json: "seconds", number: 1, ty: INT64, ..FIELD },
        Field { json: "nanos", number: 2, ty: INT32, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static TIMESTAMP: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Timestamp",
    form: Form::Object,
    fields: &[
        Field { json: "seconds", number: 1, ty: INT64, ..FIELD },
        Field { json: "nanos", number: 2, ty: INT32, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static TYPE_META: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.TypeMeta",
    form: Form::Object,
    fields: &[
        Field { json: "kind", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "apiVersion", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static UPDATE_OPTIONS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.UpdateOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&TYPE_META), ..FIELD },
        Field { json: "dryRun", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "fieldManager", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldValidation", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static VERBS: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Verbs",
    form: Form::Items,
    fields: &[
        Field { json: "items", number: 1, ty: STRING, shape: Shape::List, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static WATCH_EVENT: Message = Message {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, ..FIELD },
        Field { json: "object", number: 2, ty: Struct(&super::runtime::RAW_EXTENSION), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};
