//! Messages of `k8s.io/api/core/v1`.
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

pub(super) static AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "volumeID", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "partition", number: 3, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static AFFINITY: Message = Message {
    name: "io.k8s.api.core.v1.Affinity",
    form: Form::Object,
    fields: &[
        Field { json: "nodeAffinity", number: 1, ty: Struct(&NODE_AFFINITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podAffinity", number: 2, ty: Struct(&POD_AFFINITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podAntiAffinity", number: 3, ty: Struct(&POD_ANTI_AFFINITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static APP_ARMOR_PROFILE: Message = Message {
    name: "io.k8s.api.core.v1.AppArmorProfile",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { values: &["Localhost", "RuntimeDefault", "Unconfined"], go_type: "v1.AppArmorProfileType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "localhostProfile", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static ATTACHED_VOLUME: Message = Message {
    name: "io.k8s.api.core.v1.AttachedVolume",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.UniqueVolumeName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "devicePath", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static AVOID_PODS: Message = Message {
    name: "io.k8s.api.core.v1.AvoidPods",
    form: Form::Object,
    fields: &[
        Field { json: "preferAvoidPods", number: 1, ty: Struct(&PREFER_AVOID_PODS_ENTRY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static AZURE_DISK_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.AzureDiskVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "diskName", number: 1, ty: STRING, ..FIELD },
        Field { json: "diskURI", number: 2, ty: STRING, ..FIELD },
        Field { json: "cachingMode", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"ReadWrite\""), values: &["None", "ReadOnly", "ReadWrite"], go_type: "v1.AzureDataDiskCachingMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "fsType", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"ext4\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "readOnly", number: 5, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("false"), ..Declared::NOTHING }, ..FIELD },
        Field { json: "kind", number: 6, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"Shared\""), values: &["Dedicated", "Managed", "Shared"], go_type: "v1.AzureDataDiskKind", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static AZURE_FILE_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.AzureFilePersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "secretName", number: 1, ty: STRING, ..FIELD },
        Field { json: "shareName", number: 2, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretNamespace", number: 4, ty: STRING, pointer: true, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static AZURE_FILE_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.AzureFileVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "secretName", number: 1, ty: STRING, ..FIELD },
        Field { json: "shareName", number: 2, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static BINDING: Message = Message {
    name: "io.k8s.api.core.v1.Binding",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "target", number: 2, ty: Struct(&OBJECT_REFERENCE), ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CSI_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.CSIPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, ..FIELD },
        Field { json: "volumeHandle", number: 2, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fsType", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeAttributes", number: 5, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "controllerPublishSecretRef", number: 6, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeStageSecretRef", number: 7, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodePublishSecretRef", number: 8, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "controllerExpandSecretRef", number: 9, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeExpandSecretRef", number: 10, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    atomic: false,
};

pub(super) static CSI_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.CSIVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 2, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fsType", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeAttributes", number: 4, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodePublishSecretRef", number: 5, ty: Struct(&LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static CAPABILITIES: Message = Message {
    name: "io.k8s.api.core.v1.Capabilities",
    form: Form::Object,
    fields: &[
        Field { json: "add", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, go_type: "[]v1.Capability", ..Declared::NOTHING }, ..FIELD },
        Field { json: "drop", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, go_type: "[]v1.Capability", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CEPH_FS_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.CephFSPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "monitors", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "path", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "user", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretFile", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 5, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 6, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static CEPH_FS_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.CephFSVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "monitors", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "path", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "user", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretFile", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 5, ty: Struct(&LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 6, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static CINDER_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.CinderPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "volumeID", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 4, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static CINDER_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.CinderVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "volumeID", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 4, ty: Struct(&LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static CLIENT_IP_CONFIG: Message = Message {
    name: "io.k8s.api.core.v1.ClientIPConfig",
    form: Form::Object,
    fields: &[
        Field { json: "timeoutSeconds", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static CLUSTER_TRUST_BUNDLE_PROJECTION: Message = Message {
    name: "io.k8s.api.core.v1.ClusterTrustBundleProjection",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "signerName", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "labelSelector", number: 3, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "optional", number: 5, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "path", number: 4, ty: STRING, ..FIELD },
        Field { json: "user", number: 6, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 4, 3, 5],
    atomic: false,
};

pub(super) static COMPONENT_CONDITION: Message = Message {
    name: "io.k8s.api.core.v1.ComponentCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ComponentConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "message", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "error", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static COMPONENT_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.ComponentStatus",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 2, ty: Struct(&COMPONENT_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static COMPONENT_STATUS_LIST: Message = Message {
    name: "io.k8s.api.core.v1.ComponentStatusList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&COMPONENT_STATUS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CONFIG_MAP: Message = Message {
    name: "io.k8s.api.core.v1.ConfigMap",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "immutable", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "data", number: 2, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "binaryData", number: 3, ty: BYTES, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 3, 4, 2],
    atomic: false,
};

pub(super) static CONFIG_MAP_ENV_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ConfigMapEnvSource",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&LOCAL_OBJECT_REFERENCE), ..FIELD },
        Field { json: "optional", number: 2, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CONFIG_MAP_KEY_SELECTOR: Message = Message {
    name: "io.k8s.api.core.v1.ConfigMapKeySelector",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&LOCAL_OBJECT_REFERENCE), ..FIELD },
        Field { json: "key", number: 2, ty: STRING, ..FIELD },
        Field { json: "optional", number: 3, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: true,
};

pub(super) static CONFIG_MAP_LIST: Message = Message {
    name: "io.k8s.api.core.v1.ConfigMapList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CONFIG_MAP), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CONFIG_MAP_NODE_CONFIG_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ConfigMapNodeConfigSource",
    form: Form::Object,
    fields: &[
        Field { json: "namespace", number: 1, ty: STRING, ..FIELD },
        Field { json: "name", number: 2, ty: STRING, ..FIELD },
        Field { json: "uid", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceVersion", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "kubeletConfigKey", number: 5, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static CONFIG_MAP_PROJECTION: Message = Message {
    name: "io.k8s.api.core.v1.ConfigMapProjection",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&LOCAL_OBJECT_REFERENCE), ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&KEY_TO_PATH), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "optional", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CONFIG_MAP_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ConfigMapVolumeSource",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&LOCAL_OBJECT_REFERENCE), ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&KEY_TO_PATH), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "defaultMode", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "optional", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "defaultUser", number: 5, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static CONTAINER: Message = Message {
    name: "io.k8s.api.core.v1.Container",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "image", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "command", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "args", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "workingDir", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ports", number: 6, ty: Struct(&CONTAINER_PORT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["containerPort", "protocol"], patch_strategy: &["merge"], patch_merge_key: "containerPort" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "envFrom", number: 19, ty: Struct(&ENV_FROM_SOURCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "env", number: 7, ty: Struct(&ENV_VAR), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 8, ty: Struct(&RESOURCE_REQUIREMENTS), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resizePolicy", number: 23, ty: Struct(&CONTAINER_RESIZE_POLICY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "restartPolicy", number: 24, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ContainerRestartPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "restartPolicyRules", number: 25, ty: Struct(&CONTAINER_RESTART_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeMounts", number: 9, ty: Struct(&VOLUME_MOUNT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["mountPath"], patch_strategy: &["merge"], patch_merge_key: "mountPath" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeDevices", number: 21, ty: Struct(&VOLUME_DEVICE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["devicePath"], patch_strategy: &["merge"], patch_merge_key: "devicePath" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "livenessProbe", number: 10, ty: Struct(&PROBE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readinessProbe", number: 11, ty: Struct(&PROBE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "startupProbe", number: 22, ty: Struct(&PROBE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lifecycle", number: 12, ty: Struct(&LIFECYCLE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminationMessagePath", number: 13, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminationMessagePolicy", number: 20, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["FallbackToLogsOnError", "File"], go_type: "v1.TerminationMessagePolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "imagePullPolicy", number: 14, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Always", "IfNotPresent", "Never"], go_type: "v1.PullPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "securityContext", number: 15, ty: Struct(&SECURITY_CONTEXT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stdin", number: 16, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stdinOnce", number: 17, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tty", number: 18, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 7, 8, 12, 14, 15, 17, 18, 20, 21, 22, 23, 24, 6, 19, 13, 16, 9, 10, 11],
    atomic: false,
};

pub(super) static CONTAINER_EXTENDED_RESOURCE_REQUEST: Message = Message {
    name: "io.k8s.api.core.v1.ContainerExtendedResourceRequest",
    form: Form::Object,
    fields: &[
        Field { json: "containerName", number: 1, ty: STRING, ..FIELD },
        Field { json: "resourceName", number: 2, ty: STRING, ..FIELD },
        Field { json: "requestName", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CONTAINER_IMAGE: Message = Message {
    name: "io.k8s.api.core.v1.ContainerImage",
    form: Form::Object,
    fields: &[
        Field { json: "names", number: 1, ty: STRING, shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "sizeBytes", number: 2, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CONTAINER_PORT: Message = Message {
    name: "io.k8s.api.core.v1.ContainerPort",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostPort", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "containerPort", number: 3, ty: INT32, ..FIELD },
        Field { json: "protocol", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"TCP\""), values: &["SCTP", "TCP", "UDP"], go_type: "v1.Protocol", ..Declared::NOTHING }, ..FIELD },
        Field { json: "hostIP", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static CONTAINER_RESIZE_POLICY: Message = Message {
    name: "io.k8s.api.core.v1.ContainerResizePolicy",
    form: Form::Object,
    fields: &[
        Field { json: "resourceName", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "restartPolicy", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ResourceResizeRestartPolicy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CONTAINER_RESTART_RULE: Message = Message {
    name: "io.k8s.api.core.v1.ContainerRestartRule",
    form: Form::Object,
    fields: &[
        Field { json: "action", number: 1, ty: STRING, omit: Omit::Empty, declared: &Declared { go_type: "v1.ContainerRestartRuleAction", ..Declared::NOTHING }, ..FIELD },
        Field { json: "exitCodes", number: 2, ty: Struct(&CONTAINER_RESTART_RULE_ON_EXIT_CODES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CONTAINER_RESTART_RULE_ON_EXIT_CODES: Message = Message {
    name: "io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes",
    form: Form::Object,
    fields: &[
        Field { json: "operator", number: 1, ty: STRING, omit: Omit::Empty, declared: &Declared { go_type: "v1.ContainerRestartRuleOnExitCodesOperator", ..Declared::NOTHING }, ..FIELD },
        Field { json: "values", number: 2, ty: INT32, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CONTAINER_STATE: Message = Message {
    name: "io.k8s.api.core.v1.ContainerState",
    form: Form::Object,
    fields: &[
        Field { json: "waiting", number: 1, ty: Struct(&CONTAINER_STATE_WAITING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "running", number: 2, ty: Struct(&CONTAINER_STATE_RUNNING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminated", number: 3, ty: Struct(&CONTAINER_STATE_TERMINATED), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CONTAINER_STATE_RUNNING: Message = Message {
    name: "io.k8s.api.core.v1.ContainerStateRunning",
    form: Form::Object,
    fields: &[
        Field { json: "startedAt", number: 1, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static CONTAINER_STATE_TERMINATED: Message = Message {
    name: "io.k8s.api.core.v1.ContainerStateTerminated",
    form: Form::Object,
    fields: &[
        Field { json: "exitCode", number: 1, ty: INT32, ..FIELD },
        Field { json: "signal", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "startedAt", number: 5, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "finishedAt", number: 6, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "containerID", number: 7, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static CONTAINER_STATE_WAITING: Message = Message {
    name: "io.k8s.api.core.v1.ContainerStateWaiting",
    form: Form::Object,
    fields: &[
        Field { json: "reason", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CONTAINER_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.ContainerStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "state", number: 2, ty: Struct(&CONTAINER_STATE), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastState", number: 3, ty: Struct(&CONTAINER_STATE), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ready", number: 4, ty: BOOL, ..FIELD },
        Field { json: "restartCount", number: 5, ty: INT32, ..FIELD },
        Field { json: "image", number: 6, ty: STRING, ..FIELD },
        Field { json: "imageID", number: 7, ty: STRING, ..FIELD },
        Field { json: "containerID", number: 8, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "started", number: 9, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allocatedResources", number: 10, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 11, ty: Struct(&RESOURCE_REQUIREMENTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeMounts", number: 12, ty: Struct(&VOLUME_MOUNT_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["mountPath"], patch_strategy: &["merge"], patch_merge_key: "mountPath" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "user", number: 13, ty: Struct(&CONTAINER_USER), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allocatedResourcesStatus", number: 14, ty: Struct(&RESOURCE_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "stopSignal", number: 15, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMAX-1", "SIGRTMAX-10", "SIGRTMAX-11", "SIGRTMAX-12", "SIGRTMAX-13", "SIGRTMAX-14", "SIGRTMAX-2", "SIGRTMAX-3", "SIGRTMAX-4", "SIGRTMAX-5", "SIGRTMAX-6", "SIGRTMAX-7", "SIGRTMAX-8", "SIGRTMAX-9", "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5", "SIGRTMIN+6", "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"], go_type: "v1.Signal", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    atomic: false,
};

pub(super) static CONTAINER_USER: Message = Message {
    name: "io.k8s.api.core.v1.ContainerUser",
    form: Form::Object,
    fields: &[
        Field { json: "linux", number: 1, ty: Struct(&LINUX_CONTAINER_USER), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DAEMON_ENDPOINT: Message = Message {
    name: "io.k8s.api.core.v1.DaemonEndpoint",
    form: Form::Object,
    fields: &[
        Field { json: "Port", number: 1, ty: INT32, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DOWNWARD_API_PROJECTION: Message = Message {
    name: "io.k8s.api.core.v1.DownwardAPIProjection",
    form: Form::Object,
    fields: &[
        Field { json: "items", number: 1, ty: Struct(&DOWNWARD_API_VOLUME_FILE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static DOWNWARD_API_VOLUME_FILE: Message = Message {
    name: "io.k8s.api.core.v1.DownwardAPIVolumeFile",
    form: Form::Object,
    fields: &[
        Field { json: "path", number: 1, ty: STRING, ..FIELD },
        Field { json: "fieldRef", number: 2, ty: Struct(&OBJECT_FIELD_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceFieldRef", number: 3, ty: Struct(&RESOURCE_FIELD_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "mode", number: 4, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "user", number: 5, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static DOWNWARD_API_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.DownwardAPIVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "items", number: 1, ty: Struct(&DOWNWARD_API_VOLUME_FILE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "defaultMode", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "defaultUser", number: 3, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static EMPTY_DIR_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.EmptyDirVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "medium", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.StorageMedium", ..Declared::NOTHING }, ..FIELD },
        Field { json: "sizeLimit", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "mode", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static ENDPOINT_ADDRESS: Message = Message {
    name: "io.k8s.api.core.v1.EndpointAddress",
    form: Form::Object,
    fields: &[
        Field { json: "ip", number: 1, ty: STRING, ..FIELD },
        Field { json: "hostname", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeName", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "targetRef", number: 2, ty: Struct(&OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 3, 1, 2],
    atomic: true,
};

pub(super) static ENDPOINT_PORT: Message = Message {
    name: "io.k8s.api.core.v1.EndpointPort",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "port", number: 2, ty: INT32, ..FIELD },
        Field { json: "protocol", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["SCTP", "TCP", "UDP"], go_type: "v1.Protocol", ..Declared::NOTHING }, ..FIELD },
        Field { json: "appProtocol", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: true,
};

pub(super) static ENDPOINT_SUBSET: Message = Message {
    name: "io.k8s.api.core.v1.EndpointSubset",
    form: Form::Object,
    fields: &[
        Field { json: "addresses", number: 1, ty: Struct(&ENDPOINT_ADDRESS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "notReadyAddresses", number: 2, ty: Struct(&ENDPOINT_ADDRESS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "ports", number: 3, ty: Struct(&ENDPOINT_PORT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static ENDPOINTS: Message = Message {
    name: "io.k8s.api.core.v1.Endpoints",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "subsets", number: 2, ty: Struct(&ENDPOINT_SUBSET), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static ENDPOINTS_LIST: Message = Message {
    name: "io.k8s.api.core.v1.EndpointsList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&ENDPOINTS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static ENV_FROM_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.EnvFromSource",
    form: Form::Object,
    fields: &[
        Field { json: "prefix", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "configMapRef", number: 2, ty: Struct(&CONFIG_MAP_ENV_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 3, ty: Struct(&SECRET_ENV_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static ENV_VAR: Message = Message {
    name: "io.k8s.api.core.v1.EnvVar",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "value", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "valueFrom", number: 3, ty: Struct(&ENV_VAR_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static ENV_VAR_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.EnvVarSource",
    form: Form::Object,
    fields: &[
        Field { json: "fieldRef", number: 1, ty: Struct(&OBJECT_FIELD_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceFieldRef", number: 2, ty: Struct(&RESOURCE_FIELD_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "configMapKeyRef", number: 3, ty: Struct(&CONFIG_MAP_KEY_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretKeyRef", number: 4, ty: Struct(&SECRET_KEY_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fileKeyRef", number: 5, ty: Struct(&FILE_KEY_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static EPHEMERAL_CONTAINER: Message = Message {
    name: "io.k8s.api.core.v1.EphemeralContainer",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&EPHEMERAL_CONTAINER_COMMON), ..FIELD },
        Field { json: "targetContainerName", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EPHEMERAL_CONTAINER_COMMON: Message = Message {
    name: "io.k8s.api.core.v1.EphemeralContainerCommon",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "image", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "command", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "args", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "workingDir", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ports", number: 6, ty: Struct(&CONTAINER_PORT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["containerPort", "protocol"], patch_strategy: &["merge"], patch_merge_key: "containerPort" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "envFrom", number: 19, ty: Struct(&ENV_FROM_SOURCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "env", number: 7, ty: Struct(&ENV_VAR), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 8, ty: Struct(&RESOURCE_REQUIREMENTS), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resizePolicy", number: 23, ty: Struct(&CONTAINER_RESIZE_POLICY), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "restartPolicy", number: 24, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ContainerRestartPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "restartPolicyRules", number: 25, ty: Struct(&CONTAINER_RESTART_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeMounts", number: 9, ty: Struct(&VOLUME_MOUNT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["mountPath"], patch_strategy: &["merge"], patch_merge_key: "mountPath" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeDevices", number: 21, ty: Struct(&VOLUME_DEVICE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["devicePath"], patch_strategy: &["merge"], patch_merge_key: "devicePath" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "livenessProbe", number: 10, ty: Struct(&PROBE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readinessProbe", number: 11, ty: Struct(&PROBE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "startupProbe", number: 22, ty: Struct(&PROBE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lifecycle", number: 12, ty: Struct(&LIFECYCLE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminationMessagePath", number: 13, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminationMessagePolicy", number: 20, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["FallbackToLogsOnError", "File"], go_type: "v1.TerminationMessagePolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "imagePullPolicy", number: 14, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Always", "IfNotPresent", "Never"], go_type: "v1.PullPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "securityContext", number: 15, ty: Struct(&SECURITY_CONTEXT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stdin", number: 16, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stdinOnce", number: 17, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tty", number: 18, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 7, 8, 12, 14, 15, 17, 18, 20, 21, 22, 23, 24, 6, 19, 13, 16, 9, 10, 11],
    atomic: false,
};

pub(super) static EPHEMERAL_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.EphemeralVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "volumeClaimTemplate", number: 1, ty: Struct(&PERSISTENT_VOLUME_CLAIM_TEMPLATE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static EVENT: Message = Message {
    name: "io.k8s.api.core.v1.Event",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), ..FIELD },
        Field { json: "involvedObject", number: 2, ty: Struct(&OBJECT_REFERENCE), ..FIELD },
        Field { json: "reason", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "source", number: 5, ty: Struct(&EVENT_SOURCE), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "firstTimestamp", number: 6, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTimestamp", number: 7, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "count", number: 8, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "type", number: 9, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "eventTime", number: 10, ty: Struct(&super::meta_v1::MICRO_TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "series", number: 11, ty: Struct(&EVENT_SERIES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "action", number: 12, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "related", number: 13, ty: Struct(&OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reportingComponent", number: 14, ty: STRING, optional: true, ..FIELD },
        Field { json: "reportingInstance", number: 15, ty: STRING, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    atomic: false,
};

pub(super) static EVENT_LIST: Message = Message {
    name: "io.k8s.api.core.v1.EventList",
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
    name: "io.k8s.api.core.v1.EventSeries",
    form: Form::Object,
    fields: &[
        Field { json: "count", number: 1, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastObservedTime", number: 2, ty: Struct(&super::meta_v1::MICRO_TIME), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EVENT_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.EventSource",
    form: Form::Object,
    fields: &[
        Field { json: "component", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "host", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EVICTION_RESPONDER: Message = Message {
    name: "io.k8s.api.core.v1.EvictionResponder",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "priority", number: 2, ty: INT32, pointer: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static EXEC_ACTION: Message = Message {
    name: "io.k8s.api.core.v1.ExecAction",
    form: Form::Object,
    fields: &[
        Field { json: "command", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static FC_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.FCVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "targetWWNs", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "lun", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fsType", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "wwids", number: 5, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static FILE_KEY_SELECTOR: Message = Message {
    name: "io.k8s.api.core.v1.FileKeySelector",
    form: Form::Object,
    fields: &[
        Field { json: "volumeName", number: 1, ty: STRING, ..FIELD },
        Field { json: "path", number: 2, ty: STRING, ..FIELD },
        Field { json: "key", number: 3, ty: STRING, ..FIELD },
        Field { json: "optional", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("false"), ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: true,
};

pub(super) static FLEX_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.FlexPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 3, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "options", number: 5, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static FLEX_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.FlexVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "driver", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 3, ty: Struct(&LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "options", number: 5, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static FLOCKER_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.FlockerVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "datasetName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "datasetUUID", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static GCE_PERSISTENT_DISK_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.GCEPersistentDiskVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "pdName", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "partition", number: 3, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static GRPC_ACTION: Message = Message {
    name: "io.k8s.api.core.v1.GRPCAction",
    form: Form::Object,
    fields: &[
        Field { json: "port", number: 1, ty: INT32, ..FIELD },
        Field { json: "service", number: 2, ty: STRING, pointer: true, optional: true, declared: &Declared { default: Some("\"\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "mode", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Plaintext", "TLS"], go_type: "v1.GRPCProbeMode", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static GIT_REPO_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.GitRepoVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "repository", number: 1, ty: STRING, ..FIELD },
        Field { json: "revision", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "directory", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static GLUSTERFS_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.GlusterfsPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "endpoints", number: 1, ty: STRING, ..FIELD },
        Field { json: "path", number: 2, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "endpointsNamespace", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static GLUSTERFS_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.GlusterfsVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "endpoints", number: 1, ty: STRING, ..FIELD },
        Field { json: "path", number: 2, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static HTTP_GET_ACTION: Message = Message {
    name: "io.k8s.api.core.v1.HTTPGetAction",
    form: Form::Object,
    fields: &[
        Field { json: "path", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "port", number: 2, ty: Struct(&super::intstr::INT_OR_STRING), ..FIELD },
        Field { json: "host", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "scheme", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["HTTP", "HTTPS"], go_type: "v1.URIScheme", ..Declared::NOTHING }, ..FIELD },
        Field { json: "httpHeaders", number: 5, ty: Struct(&HTTP_HEADER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "protocol", number: 6, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["HTTP1", "HTTP2"], go_type: "v1.HTTPProtocol", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static HTTP_HEADER: Message = Message {
    name: "io.k8s.api.core.v1.HTTPHeader",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "value", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static HOST_ALIAS: Message = Message {
    name: "io.k8s.api.core.v1.HostAlias",
    form: Form::Object,
    fields: &[
        Field { json: "ip", number: 1, ty: STRING, ..FIELD },
        Field { json: "hostnames", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static HOST_IP: Message = Message {
    name: "io.k8s.api.core.v1.HostIP",
    form: Form::Object,
    fields: &[
        Field { json: "ip", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static HOST_PATH_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.HostPathVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "path", number: 1, ty: STRING, ..FIELD },
        Field { json: "type", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"], go_type: "v1.HostPathType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static ISCSI_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ISCSIPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "targetPortal", number: 1, ty: STRING, ..FIELD },
        Field { json: "iqn", number: 2, ty: STRING, ..FIELD },
        Field { json: "lun", number: 3, ty: INT32, ..FIELD },
        Field { json: "iscsiInterface", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"default\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "fsType", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 6, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "portals", number: 7, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "chapAuthDiscovery", number: 8, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "chapAuthSession", number: 11, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 10, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "initiatorName", number: 12, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10],
    atomic: false,
};

pub(super) static ISCSI_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ISCSIVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "targetPortal", number: 1, ty: STRING, ..FIELD },
        Field { json: "iqn", number: 2, ty: STRING, ..FIELD },
        Field { json: "lun", number: 3, ty: INT32, ..FIELD },
        Field { json: "iscsiInterface", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"default\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "fsType", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 6, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "portals", number: 7, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "chapAuthDiscovery", number: 8, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "chapAuthSession", number: 11, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 10, ty: Struct(&LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "initiatorName", number: 12, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10],
    atomic: false,
};

pub(super) static IMAGE_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ImageVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "reference", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pullPolicy", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Always", "IfNotPresent", "Never"], go_type: "v1.PullPolicy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static IMAGE_VOLUME_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.ImageVolumeStatus",
    form: Form::Object,
    fields: &[
        Field { json: "imageRef", number: 1, ty: STRING, omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static KEY_TO_PATH: Message = Message {
    name: "io.k8s.api.core.v1.KeyToPath",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "path", number: 2, ty: STRING, ..FIELD },
        Field { json: "mode", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "user", number: 4, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static LIFECYCLE: Message = Message {
    name: "io.k8s.api.core.v1.Lifecycle",
    form: Form::Object,
    fields: &[
        Field { json: "postStart", number: 1, ty: Struct(&LIFECYCLE_HANDLER), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preStop", number: 2, ty: Struct(&LIFECYCLE_HANDLER), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stopSignal", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMAX-1", "SIGRTMAX-10", "SIGRTMAX-11", "SIGRTMAX-12", "SIGRTMAX-13", "SIGRTMAX-14", "SIGRTMAX-2", "SIGRTMAX-3", "SIGRTMAX-4", "SIGRTMAX-5", "SIGRTMAX-6", "SIGRTMAX-7", "SIGRTMAX-8", "SIGRTMAX-9", "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5", "SIGRTMIN+6", "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"], go_type: "v1.Signal", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static LIFECYCLE_HANDLER: Message = Message {
    name: "io.k8s.api.core.v1.LifecycleHandler",
    form: Form::Object,
    fields: &[
        Field { json: "exec", number: 1, ty: Struct(&EXEC_ACTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "httpGet", number: 2, ty: Struct(&HTTP_GET_ACTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tcpSocket", number: 3, ty: Struct(&TCP_SOCKET_ACTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sleep", number: 4, ty: Struct(&SLEEP_ACTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static LIMIT_RANGE: Message = Message {
    name: "io.k8s.api.core.v1.LimitRange",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&LIMIT_RANGE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static LIMIT_RANGE_ITEM: Message = Message {
    name: "io.k8s.api.core.v1.LimitRangeItem",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.LimitType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "max", number: 2, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "min", number: 3, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "default", number: 4, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "defaultRequest", number: 5, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "maxLimitRequestRatio", number: 6, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static LIMIT_RANGE_LIST: Message = Message {
    name: "io.k8s.api.core.v1.LimitRangeList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&LIMIT_RANGE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static LIMIT_RANGE_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.LimitRangeSpec",
    form: Form::Object,
    fields: &[
        Field { json: "limits", number: 1, ty: Struct(&LIMIT_RANGE_ITEM), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static LINUX_CONTAINER_USER: Message = Message {
    name: "io.k8s.api.core.v1.LinuxContainerUser",
    form: Form::Object,
    fields: &[
        Field { json: "uid", number: 1, ty: INT64, ..FIELD },
        Field { json: "gid", number: 2, ty: INT64, ..FIELD },
        Field { json: "supplementalGroups", number: 3, ty: INT64, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static LIST: Message = Message {
    name: "io.k8s.api.core.v1.List",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&super::runtime::RAW_EXTENSION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static LOAD_BALANCER_INGRESS: Message = Message {
    name: "io.k8s.api.core.v1.LoadBalancerIngress",
    form: Form::Object,
    fields: &[
        Field { json: "ip", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostname", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ipMode", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.LoadBalancerIPMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "ports", number: 4, ty: Struct(&PORT_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static LOAD_BALANCER_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.LoadBalancerStatus",
    form: Form::Object,
    fields: &[
        Field { json: "ingress", number: 1, ty: Struct(&LOAD_BALANCER_INGRESS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static LOCAL_OBJECT_REFERENCE: Message = Message {
    name: "io.k8s.api.core.v1.LocalObjectReference",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"\""), ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: true,
};

pub(super) static LOCAL_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.LocalVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "path", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static MODIFY_VOLUME_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.ModifyVolumeStatus",
    form: Form::Object,
    fields: &[
        Field { json: "targetVolumeAttributesClassName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { values: &["InProgress", "Infeasible", "Pending"], go_type: "v1.PersistentVolumeClaimModifyVolumeStatus", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NFS_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.NFSVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "server", number: 1, ty: STRING, ..FIELD },
        Field { json: "path", number: 2, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static NAMESPACE: Message = Message {
    name: "io.k8s.api.core.v1.Namespace",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&NAMESPACE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&NAMESPACE_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static NAMESPACE_CONDITION: Message = Message {
    name: "io.k8s.api.core.v1.NamespaceCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.NamespaceConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 4, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static NAMESPACE_LIST: Message = Message {
    name: "io.k8s.api.core.v1.NamespaceList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&NAMESPACE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static NAMESPACE_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.NamespaceSpec",
    form: Form::Object,
    fields: &[
        Field { json: "finalizers", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, go_type: "[]v1.FinalizerName", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static NAMESPACE_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.NamespaceStatus",
    form: Form::Object,
    fields: &[
        Field { json: "phase", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Active", "Terminating"], go_type: "v1.NamespacePhase", ..Declared::NOTHING }, ..FIELD },
        Field { json: "conditions", number: 2, ty: Struct(&NAMESPACE_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NODE: Message = Message {
    name: "io.k8s.api.core.v1.Node",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&NODE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&NODE_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static NODE_ADDRESS: Message = Message {
    name: "io.k8s.api.core.v1.NodeAddress",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.NodeAddressType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "address", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NODE_AFFINITY: Message = Message {
    name: "io.k8s.api.core.v1.NodeAffinity",
    form: Form::Object,
    fields: &[
        Field { json: "requiredDuringSchedulingIgnoredDuringExecution", number: 1, ty: Struct(&NODE_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preferredDuringSchedulingIgnoredDuringExecution", number: 2, ty: Struct(&PREFERRED_SCHEDULING_TERM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NODE_ALLOCATABLE_MAPPED_RESOURCES: Message = Message {
    name: "io.k8s.api.core.v1.NodeAllocatableMappedResources",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "quantity", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NODE_ALLOCATABLE_OVERHEAD_RESOURCES: Message = Message {
    name: "io.k8s.api.core.v1.NodeAllocatableOverheadResources",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "perPod", number: 2, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "perContainer", number: 3, ty: Struct(&super::resource::QUANTITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static NODE_ALLOCATABLE_RESOURCE_CLAIM_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus",
    form: Form::Object,
    fields: &[
        Field { json: "resourceClaimName", number: 1, ty: STRING, ..FIELD },
        Field { json: "containers", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "mapping", number: 4, ty: Struct(&NODE_ALLOCATABLE_MAPPED_RESOURCES), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "overhead", number: 5, ty: Struct(&NODE_ALLOCATABLE_OVERHEAD_RESOURCES), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static NODE_CONDITION: Message = Message {
    name: "io.k8s.api.core.v1.NodeCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.NodeConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastHeartbeatTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 4, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static NODE_CONFIG_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.NodeConfigSource",
    form: Form::Object,
    fields: &[
        Field { json: "configMap", number: 2, ty: Struct(&CONFIG_MAP_NODE_CONFIG_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static NODE_CONFIG_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.NodeConfigStatus",
    form: Form::Object,
    fields: &[
        Field { json: "assigned", number: 1, ty: Struct(&NODE_CONFIG_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "active", number: 2, ty: Struct(&NODE_CONFIG_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastKnownGood", number: 3, ty: Struct(&NODE_CONFIG_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "error", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static NODE_DAEMON_ENDPOINTS: Message = Message {
    name: "io.k8s.api.core.v1.NodeDaemonEndpoints",
    form: Form::Object,
    fields: &[
        Field { json: "kubeletEndpoint", number: 1, ty: Struct(&DAEMON_ENDPOINT), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static NODE_FEATURES: Message = Message {
    name: "io.k8s.api.core.v1.NodeFeatures",
    form: Form::Object,
    fields: &[
        Field { json: "supplementalGroupsPolicy", number: 1, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static NODE_LIST: Message = Message {
    name: "io.k8s.api.core.v1.NodeList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&NODE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static NODE_POD_PREEMPTION_POLICY: Message = Message {
    name: "io.k8s.api.core.v1.NodePodPreemptionPolicy",
    form: Form::Object,
    fields: &[
        Field { json: "disableResizePreemption", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static NODE_PROXY_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.NodeProxyOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "path", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static NODE_RUNTIME_HANDLER: Message = Message {
    name: "io.k8s.api.core.v1.NodeRuntimeHandler",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, optional: true, ..FIELD },
        Field { json: "features", number: 2, ty: Struct(&NODE_RUNTIME_HANDLER_FEATURES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NODE_RUNTIME_HANDLER_FEATURES: Message = Message {
    name: "io.k8s.api.core.v1.NodeRuntimeHandlerFeatures",
    form: Form::Object,
    fields: &[
        Field { json: "recursiveReadOnlyMounts", number: 1, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "userNamespaces", number: 2, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static NODE_SELECTOR: Message = Message {
    name: "io.k8s.api.core.v1.NodeSelector",
    form: Form::Object,
    fields: &[
        Field { json: "nodeSelectorTerms", number: 1, ty: Struct(&NODE_SELECTOR_TERM), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: true,
};

pub(super) static NODE_SELECTOR_REQUIREMENT: Message = Message {
    name: "io.k8s.api.core.v1.NodeSelectorRequirement",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "operator", number: 2, ty: STRING, declared: &Declared { values: &["DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"], go_type: "v1.NodeSelectorOperator", ..Declared::NOTHING }, ..FIELD },
        Field { json: "values", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static NODE_SELECTOR_TERM: Message = Message {
    name: "io.k8s.api.core.v1.NodeSelectorTerm",
    form: Form::Object,
    fields: &[
        Field { json: "matchExpressions", number: 1, ty: Struct(&NODE_SELECTOR_REQUIREMENT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchFields", number: 2, ty: Struct(&NODE_SELECTOR_REQUIREMENT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static NODE_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.NodeSpec",
    form: Form::Object,
    fields: &[
        Field { json: "podCIDR", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podCIDRs", number: 7, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, patch_strategy: &["merge"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "providerID", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "unschedulable", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "taints", number: 5, ty: Struct(&TAINT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "configSource", number: 6, ty: Struct(&NODE_CONFIG_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "externalID", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podPreemptionPolicy", number: 8, ty: Struct(&NODE_POD_PREEMPTION_POLICY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 6, 2, 3, 4, 5, 1, 7],
    atomic: false,
};

pub(super) static NODE_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.NodeStatus",
    form: Form::Object,
    fields: &[
        Field { json: "capacity", number: 1, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "allocatable", number: 2, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "phase", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Pending", "Running", "Terminated"], go_type: "v1.NodePhase", ..Declared::NOTHING }, ..FIELD },
        Field { json: "conditions", number: 4, ty: Struct(&NODE_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "addresses", number: 5, ty: Struct(&NODE_ADDRESS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "daemonEndpoints", number: 6, ty: Struct(&NODE_DAEMON_ENDPOINTS), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeInfo", number: 7, ty: Struct(&NODE_SYSTEM_INFO), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "images", number: 8, ty: Struct(&CONTAINER_IMAGE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumesInUse", number: 9, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, go_type: "[]v1.UniqueVolumeName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumesAttached", number: 10, ty: Struct(&ATTACHED_VOLUME), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "config", number: 11, ty: Struct(&NODE_CONFIG_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runtimeHandlers", number: 12, ty: Struct(&NODE_RUNTIME_HANDLER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "features", number: 13, ty: Struct(&NODE_FEATURES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "declaredFeatures", number: 14, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    atomic: false,
};

pub(super) static NODE_SWAP_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.NodeSwapStatus",
    form: Form::Object,
    fields: &[
        Field { json: "capacity", number: 1, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static NODE_SYSTEM_INFO: Message = Message {
    name: "io.k8s.api.core.v1.NodeSystemInfo",
    form: Form::Object,
    fields: &[
        Field { json: "machineID", number: 1, ty: STRING, ..FIELD },
        Field { json: "systemUUID", number: 2, ty: STRING, ..FIELD },
        Field { json: "bootID", number: 3, ty: STRING, ..FIELD },
        Field { json: "kernelVersion", number: 4, ty: STRING, ..FIELD },
        Field { json: "osImage", number: 5, ty: STRING, ..FIELD },
        Field { json: "containerRuntimeVersion", number: 6, ty: STRING, ..FIELD },
        Field { json: "kubeletVersion", number: 7, ty: STRING, ..FIELD },
        Field { json: "kubeProxyVersion", number: 8, ty: STRING, ..FIELD },
        Field { json: "operatingSystem", number: 9, ty: STRING, ..FIELD },
        Field { json: "architecture", number: 10, ty: STRING, ..FIELD },
        Field { json: "swap", number: 11, ty: Struct(&NODE_SWAP_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runningInUserNamespace", number: 12, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    atomic: false,
};

pub(super) static OBJECT_FIELD_SELECTOR: Message = Message {
    name: "io.k8s.api.core.v1.ObjectFieldSelector",
    form: Form::Object,
    fields: &[
        Field { json: "apiVersion", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldPath", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static OBJECT_REFERENCE: Message = Message {
    name: "io.k8s.api.core.v1.ObjectReference",
    form: Form::Object,
    fields: &[
        Field { json: "kind", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespace", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uid", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "apiVersion", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceVersion", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fieldPath", number: 7, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: true,
};

pub(super) static PERSISTENT_VOLUME: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolume",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&PERSISTENT_VOLUME_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&PERSISTENT_VOLUME_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_CLAIM: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeClaim",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&PERSISTENT_VOLUME_CLAIM_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&PERSISTENT_VOLUME_CLAIM_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_CLAIM_CONDITION: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeClaimCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.PersistentVolumeClaimConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastProbeTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 4, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_CLAIM_LIST: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeClaimList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&PERSISTENT_VOLUME_CLAIM), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_CLAIM_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeClaimSpec",
    form: Form::Object,
    fields: &[
        Field { json: "accessModes", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, values: &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], go_type: "[]v1.PersistentVolumeAccessMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "selector", number: 4, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resources", number: 2, ty: Struct(&VOLUME_RESOURCE_REQUIREMENTS), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeName", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storageClassName", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeMode", number: 6, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Block", "Filesystem"], go_type: "v1.PersistentVolumeMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "dataSource", number: 7, ty: Struct(&TYPED_LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "dataSourceRef", number: 8, ty: Struct(&TYPED_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeAttributesClassName", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 1, 4, 5, 6, 7, 8],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_CLAIM_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeClaimStatus",
    form: Form::Object,
    fields: &[
        Field { json: "phase", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Bound", "Lost", "Pending"], go_type: "v1.PersistentVolumeClaimPhase", ..Declared::NOTHING }, ..FIELD },
        Field { json: "accessModes", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, values: &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], go_type: "[]v1.PersistentVolumeAccessMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "capacity", number: 3, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "conditions", number: 4, ty: Struct(&PERSISTENT_VOLUME_CLAIM_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "allocatedResources", number: 5, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "allocatedResourceStatuses", number: 7, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Granular, ..Merge::NONE }, values: &["ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending"], go_type: "map[v1.ResourceName]v1.ClaimResourceStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "currentVolumeAttributesClassName", number: 8, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "modifyVolumeStatus", number: 9, ty: Struct(&MODIFY_VOLUME_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "healthStatus", number: 10, ty: Struct(&VOLUME_HEALTH_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_CLAIM_TEMPLATE: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeClaimTemplate",
    form: Form::Object,
    fields: &[
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&PERSISTENT_VOLUME_CLAIM_SPEC), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "claimName", number: 1, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 2, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_LIST: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&PERSISTENT_VOLUME), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "gcePersistentDisk", number: 1, ty: Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "awsElasticBlockStore", number: 2, ty: Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostPath", number: 3, ty: Struct(&HOST_PATH_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "glusterfs", number: 4, ty: Struct(&GLUSTERFS_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nfs", number: 5, ty: Struct(&NFS_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "rbd", number: 6, ty: Struct(&RBD_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "iscsi", number: 7, ty: Struct(&ISCSI_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "cinder", number: 8, ty: Struct(&CINDER_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "cephfs", number: 9, ty: Struct(&CEPH_FS_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fc", number: 10, ty: Struct(&FC_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "flocker", number: 11, ty: Struct(&FLOCKER_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "flexVolume", number: 12, ty: Struct(&FLEX_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "azureFile", number: 13, ty: Struct(&AZURE_FILE_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "vsphereVolume", number: 14, ty: Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "quobyte", number: 15, ty: Struct(&QUOBYTE_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "azureDisk", number: 16, ty: Struct(&AZURE_DISK_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "photonPersistentDisk", number: 17, ty: Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "portworxVolume", number: 18, ty: Struct(&PORTWORX_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "scaleIO", number: 19, ty: Struct(&SCALE_IO_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "local", number: 20, ty: Struct(&LOCAL_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storageos", number: 21, ty: Struct(&STORAGE_OS_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "csi", number: 22, ty: Struct(&CSI_PERSISTENT_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeSpec",
    form: Form::Object,
    fields: &[
        Field { json: "capacity", number: 1, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { number: 2, ty: Struct(&PERSISTENT_VOLUME_SOURCE), ..FIELD },
        Field { json: "accessModes", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, values: &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], go_type: "[]v1.PersistentVolumeAccessMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "claimRef", number: 4, ty: Struct(&OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Granular, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "persistentVolumeReclaimPolicy", number: 5, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Delete", "Recycle", "Retain"], go_type: "v1.PersistentVolumeReclaimPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "storageClassName", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "mountOptions", number: 7, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeMode", number: 8, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Block", "Filesystem"], go_type: "v1.PersistentVolumeMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "nodeAffinity", number: 9, ty: Struct(&VOLUME_NODE_AFFINITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeAttributesClassName", number: 10, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    atomic: false,
};

pub(super) static PERSISTENT_VOLUME_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.PersistentVolumeStatus",
    form: Form::Object,
    fields: &[
        Field { json: "phase", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Available", "Bound", "Failed", "Pending", "Released"], go_type: "v1.PersistentVolumePhase", ..Declared::NOTHING }, ..FIELD },
        Field { json: "message", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastPhaseTransitionTime", number: 4, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "pdID", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD: Message = Message {
    name: "io.k8s.api.core.v1.Pod",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&POD_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&POD_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static POD_AFFINITY: Message = Message {
    name: "io.k8s.api.core.v1.PodAffinity",
    form: Form::Object,
    fields: &[
        Field { json: "requiredDuringSchedulingIgnoredDuringExecution", number: 1, ty: Struct(&POD_AFFINITY_TERM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "preferredDuringSchedulingIgnoredDuringExecution", number: 2, ty: Struct(&WEIGHTED_POD_AFFINITY_TERM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_AFFINITY_TERM: Message = Message {
    name: "io.k8s.api.core.v1.PodAffinityTerm",
    form: Form::Object,
    fields: &[
        Field { json: "labelSelector", number: 1, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespaces", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "topologyKey", number: 3, ty: STRING, ..FIELD },
        Field { json: "namespaceSelector", number: 4, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "matchLabelKeys", number: 5, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "mismatchLabelKeys", number: 6, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static POD_ANTI_AFFINITY: Message = Message {
    name: "io.k8s.api.core.v1.PodAntiAffinity",
    form: Form::Object,
    fields: &[
        Field { json: "requiredDuringSchedulingIgnoredDuringExecution", number: 1, ty: Struct(&POD_AFFINITY_TERM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "preferredDuringSchedulingIgnoredDuringExecution", number: 2, ty: Struct(&WEIGHTED_POD_AFFINITY_TERM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_ATTACH_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.PodAttachOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "stdin", number: 1, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stdout", number: 2, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stderr", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tty", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "container", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static POD_CERTIFICATE_PROJECTION: Message = Message {
    name: "io.k8s.api.core.v1.PodCertificateProjection",
    form: Form::Object,
    fields: &[
        Field { json: "signerName", number: 1, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "keyType", number: 2, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "maxExpirationSeconds", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "credentialBundlePath", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "keyPath", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "certificateChainPath", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "userAnnotations", number: 7, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "user", number: 8, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static POD_CONDITION: Message = Message {
    name: "io.k8s.api.core.v1.PodCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.PodConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "observedGeneration", number: 7, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastProbeTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "lastTransitionTime", number: 4, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 4, 5, 6, 1],
    atomic: false,
};

pub(super) static POD_DNS_CONFIG: Message = Message {
    name: "io.k8s.api.core.v1.PodDNSConfig",
    form: Form::Object,
    fields: &[
        Field { json: "nameservers", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "searches", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "options", number: 3, ty: Struct(&POD_DNS_CONFIG_OPTION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static POD_DNS_CONFIG_OPTION: Message = Message {
    name: "io.k8s.api.core.v1.PodDNSConfigOption",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "value", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_EXEC_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.PodExecOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "stdin", number: 1, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stdout", number: 2, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stderr", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tty", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "container", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "command", number: 6, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static POD_EXTENDED_RESOURCE_CLAIM_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.PodExtendedResourceClaimStatus",
    form: Form::Object,
    fields: &[
        Field { json: "requestMappings", number: 1, ty: Struct(&CONTAINER_EXTENDED_RESOURCE_REQUEST), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceClaimName", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_IP: Message = Message {
    name: "io.k8s.api.core.v1.PodIP",
    form: Form::Object,
    fields: &[
        Field { json: "ip", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_LIST: Message = Message {
    name: "io.k8s.api.core.v1.PodList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&POD), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static POD_LOG_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.PodLogOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "container", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "follow", number: 2, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "previous", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sinceSeconds", number: 4, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sinceTime", number: 5, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "timestamps", number: 6, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tailLines", number: 7, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "limitBytes", number: 8, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "insecureSkipTLSVerifyBackend", number: 9, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stream", number: 10, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    atomic: false,
};

pub(super) static POD_OS: Message = Message {
    name: "io.k8s.api.core.v1.PodOS",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.OSName", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_PORT_FORWARD_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.PodPortForwardOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "ports", number: 1, ty: INT32, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static POD_PROXY_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.PodProxyOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "path", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static POD_READINESS_GATE: Message = Message {
    name: "io.k8s.api.core.v1.PodReadinessGate",
    form: Form::Object,
    fields: &[
        Field { json: "conditionType", number: 1, ty: STRING, declared: &Declared { go_type: "v1.PodConditionType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_RESOURCE_CLAIM: Message = Message {
    name: "io.k8s.api.core.v1.PodResourceClaim",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "resourceClaimName", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceClaimTemplateName", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static POD_RESOURCE_CLAIM_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.PodResourceClaimStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "resourceClaimName", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_SCHEDULING_GATE: Message = Message {
    name: "io.k8s.api.core.v1.PodSchedulingGate",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_SCHEDULING_GROUP: Message = Message {
    name: "io.k8s.api.core.v1.PodSchedulingGroup",
    form: Form::Object,
    fields: &[
        Field { json: "podGroupName", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_SECURITY_CONTEXT: Message = Message {
    name: "io.k8s.api.core.v1.PodSecurityContext",
    form: Form::Object,
    fields: &[
        Field { json: "seLinuxOptions", number: 1, ty: Struct(&SE_LINUX_OPTIONS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "windowsOptions", number: 8, ty: Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runAsUser", number: 2, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runAsGroup", number: 6, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runAsNonRoot", number: 3, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "supplementalGroups", number: 4, ty: INT64, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "supplementalGroupsPolicy", number: 12, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Merge", "Strict"], go_type: "v1.SupplementalGroupsPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "fsGroup", number: 5, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sysctls", number: 7, ty: Struct(&SYSCTL), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "fsGroupChangePolicy", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Always", "OnRootMismatch"], go_type: "v1.PodFSGroupChangePolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "seccompProfile", number: 10, ty: Struct(&SECCOMP_PROFILE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "appArmorProfile", number: 11, ty: Struct(&APP_ARMOR_PROFILE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "seLinuxChangePolicy", number: 13, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.PodSELinuxChangePolicy", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 2, 4, 5, 7, 3, 8, 1, 9, 10, 11, 6, 12],
    atomic: false,
};

pub(super) static POD_SIGNATURE: Message = Message {
    name: "io.k8s.api.core.v1.PodSignature",
    form: Form::Object,
    fields: &[
        Field { json: "podController", number: 1, ty: Struct(&super::meta_v1::OWNER_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static POD_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.PodSpec",
    form: Form::Object,
    fields: &[
        Field { json: "volumes", number: 1, ty: Struct(&VOLUME), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge", "retainKeys"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "initContainers", number: 20, ty: Struct(&CONTAINER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "containers", number: 2, ty: Struct(&CONTAINER), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "ephemeralContainers", number: 34, ty: Struct(&EPHEMERAL_CONTAINER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "restartPolicy", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Always", "Never", "OnFailure"], go_type: "v1.RestartPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "terminationGracePeriodSeconds", number: 4, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "activeDeadlineSeconds", number: 5, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "dnsPolicy", number: 6, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"], go_type: "v1.DNSPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "nodeSelector", number: 7, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "serviceAccountName", number: 8, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "serviceAccount", number: 9, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "automountServiceAccountToken", number: 21, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeName", number: 10, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostNetwork", number: 11, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostPID", number: 12, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostIPC", number: 13, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "shareProcessNamespace", number: 27, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "securityContext", number: 14, ty: Struct(&POD_SECURITY_CONTEXT), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "imagePullSecrets", number: 15, ty: Struct(&LOCAL_OBJECT_REFERENCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "hostname", number: 16, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "subdomain", number: 17, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "affinity", number: 18, ty: Struct(&AFFINITY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "schedulerName", number: 19, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tolerations", number: 22, ty: Struct(&TOLERATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "hostAliases", number: 23, ty: Struct(&HOST_ALIAS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["ip"], patch_strategy: &["merge"], patch_merge_key: "ip" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "priorityClassName", number: 24, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "priority", number: 25, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "dnsConfig", number: 26, ty: Struct(&POD_DNS_CONFIG), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readinessGates", number: 28, ty: Struct(&POD_READINESS_GATE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "runtimeClassName", number: 29, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "enableServiceLinks", number: 30, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preemptionPolicy", number: 31, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Never", "PreemptLowerPriority"], go_type: "v1.PreemptionPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "overhead", number: 32, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "topologySpreadConstraints", number: 33, ty: Struct(&TOPOLOGY_SPREAD_CONSTRAINT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["topologyKey", "whenUnsatisfiable"], patch_strategy: &["merge"], patch_merge_key: "topologyKey" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "setHostnameAsFQDN", number: 35, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "os", number: 36, ty: Struct(&POD_OS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostUsers", number: 37, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "schedulingGates", number: 38, ty: Struct(&POD_SCHEDULING_GATE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceClaims", number: 39, ty: Struct(&POD_RESOURCE_CLAIM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge", "retainKeys"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 40, ty: Struct(&RESOURCE_REQUIREMENTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostnameOverride", number: 41, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "schedulingGroup", number: 43, ty: Struct(&POD_SCHEDULING_GROUP), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "evictionResponders", number: 44, ty: Struct(&EVICTION_RESPONDER), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 1, 11, 23, 24, 25, 26, 27, 16, 28, 29, 30, 31, 32, 33, 3, 34, 35, 36, 37, 38, 39, 40, 41, 42],
    atomic: false,
};

pub(super) static POD_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.PodStatus",
    form: Form::Object,
    fields: &[
        Field { json: "observedGeneration", number: 17, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "phase", number: 1, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Failed", "Pending", "Running", "Succeeded", "Unknown"], go_type: "v1.PodPhase", ..Declared::NOTHING }, ..FIELD },
        Field { json: "conditions", number: 2, ty: Struct(&POD_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "message", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nominatedNodeName", number: 11, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostIP", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostIPs", number: 16, ty: Struct(&HOST_IP), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, patch_strategy: &["merge"], patch_merge_key: "ip", ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "podIP", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podIPs", number: 12, ty: Struct(&POD_IP), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["ip"], patch_strategy: &["merge"], patch_merge_key: "ip" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "startTime", number: 7, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "initContainerStatuses", number: 10, ty: Struct(&CONTAINER_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "containerStatuses", number: 8, ty: Struct(&CONTAINER_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "qosClass", number: 9, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["BestEffort", "Burstable", "Guaranteed"], go_type: "v1.PodQOSClass", ..Declared::NOTHING }, ..FIELD },
        Field { json: "ephemeralContainerStatuses", number: 13, ty: Struct(&CONTAINER_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resize", number: 14, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.PodResizeStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "resourceClaimStatuses", number: 15, ty: Struct(&POD_RESOURCE_CLAIM_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge", "retainKeys"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "extendedResourceClaimStatus", number: 18, ty: Struct(&POD_EXTENDED_RESOURCE_CLAIM_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allocatedResources", number: 19, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 20, ty: Struct(&RESOURCE_REQUIREMENTS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeAllocatableResourceClaimStatuses", number: 21, ty: Struct(&NODE_ALLOCATABLE_RESOURCE_CLAIM_STATUS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["resourceClaimName"], patch_strategy: &["merge"], patch_merge_key: "resourceClaimName" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeHealth", number: 22, ty: Struct(&POD_VOLUME_HEALTH), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4, 6, 8, 10, 12, 13, 11, 5, 9, 14, 15, 16, 7, 0, 17, 18, 19, 20, 21],
    atomic: false,
};

pub(super) static POD_TEMPLATE: Message = Message {
    name: "io.k8s.api.core.v1.PodTemplate",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "template", number: 2, ty: Struct(&POD_TEMPLATE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static POD_TEMPLATE_LIST: Message = Message {
    name: "io.k8s.api.core.v1.PodTemplateList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&POD_TEMPLATE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static POD_TEMPLATE_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.PodTemplateSpec",
    form: Form::Object,
    fields: &[
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&POD_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static POD_VOLUME_HEALTH: Message = Message {
    name: "io.k8s.api.core.v1.PodVolumeHealth",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "healthConditions", number: 2, ty: Struct(&VOLUME_HEALTH_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["status", "reason"], patch_strategy: &["merge"], patch_merge_key: "status" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static PORT_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.PortStatus",
    form: Form::Object,
    fields: &[
        Field { json: "port", number: 1, ty: INT32, ..FIELD },
        Field { json: "protocol", number: 2, ty: STRING, declared: &Declared { values: &["SCTP", "TCP", "UDP"], go_type: "v1.Protocol", ..Declared::NOTHING }, ..FIELD },
        Field { json: "error", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static PORTWORX_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.PortworxVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "volumeID", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static PRECONDITIONS: Message = Message {
    name: "io.k8s.api.core.v1.Preconditions",
    form: Form::Object,
    fields: &[
        Field { json: "uid", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static PREFER_AVOID_PODS_ENTRY: Message = Message {
    name: "io.k8s.api.core.v1.PreferAvoidPodsEntry",
    form: Form::Object,
    fields: &[
        Field { json: "podSignature", number: 1, ty: Struct(&POD_SIGNATURE), ..FIELD },
        Field { json: "evictionTime", number: 2, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static PREFERRED_SCHEDULING_TERM: Message = Message {
    name: "io.k8s.api.core.v1.PreferredSchedulingTerm",
    form: Form::Object,
    fields: &[
        Field { json: "weight", number: 1, ty: INT32, ..FIELD },
        Field { json: "preference", number: 2, ty: Struct(&NODE_SELECTOR_TERM), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static PROBE: Message = Message {
    name: "io.k8s.api.core.v1.Probe",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&PROBE_HANDLER), ..FIELD },
        Field { json: "initialDelaySeconds", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "timeoutSeconds", number: 3, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "periodSeconds", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "successThreshold", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "failureThreshold", number: 6, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "terminationGracePeriodSeconds", number: 7, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static PROBE_HANDLER: Message = Message {
    name: "io.k8s.api.core.v1.ProbeHandler",
    form: Form::Object,
    fields: &[
        Field { json: "exec", number: 1, ty: Struct(&EXEC_ACTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "httpGet", number: 2, ty: Struct(&HTTP_GET_ACTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tcpSocket", number: 3, ty: Struct(&TCP_SOCKET_ACTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "grpc", number: 4, ty: Struct(&GRPC_ACTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static PROJECTED_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ProjectedVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "sources", number: 1, ty: Struct(&VOLUME_PROJECTION), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "defaultMode", number: 2, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "defaultUser", number: 3, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static QUOBYTE_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.QuobyteVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "registry", number: 1, ty: STRING, ..FIELD },
        Field { json: "volume", number: 2, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "user", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "group", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "tenant", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static RBD_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.RBDPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "monitors", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "image", number: 2, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pool", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"rbd\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "user", number: 5, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"admin\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "keyring", number: 6, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"/etc/ceph/keyring\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "secretRef", number: 7, ty: Struct(&SECRET_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 8, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static RBD_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.RBDVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "monitors", number: 1, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "image", number: 2, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pool", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"rbd\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "user", number: 5, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"admin\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "keyring", number: 6, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"/etc/ceph/keyring\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "secretRef", number: 7, ty: Struct(&LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 8, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static RANGE_ALLOCATION: Message = Message {
    name: "io.k8s.api.core.v1.RangeAllocation",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "range", number: 2, ty: STRING, ..FIELD },
        Field { json: "data", number: 3, ty: BYTES, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static REPLICATION_CONTROLLER: Message = Message {
    name: "io.k8s.api.core.v1.ReplicationController",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&REPLICATION_CONTROLLER_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&REPLICATION_CONTROLLER_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static REPLICATION_CONTROLLER_CONDITION: Message = Message {
    name: "io.k8s.api.core.v1.ReplicationControllerCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ReplicationControllerConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static REPLICATION_CONTROLLER_LIST: Message = Message {
    name: "io.k8s.api.core.v1.ReplicationControllerList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&REPLICATION_CONTROLLER), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static REPLICATION_CONTROLLER_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.ReplicationControllerSpec",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("1"), ..Declared::NOTHING }, ..FIELD },
        Field { json: "minReadySeconds", number: 4, ty: INT32, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("0"), ..Declared::NOTHING }, ..FIELD },
        Field { json: "selector", number: 2, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "template", number: 3, ty: Struct(&POD_TEMPLATE_SPEC), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 2, 3, 1],
    atomic: false,
};

pub(super) static REPLICATION_CONTROLLER_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.ReplicationControllerStatus",
    form: Form::Object,
    fields: &[
        Field { json: "replicas", number: 1, ty: INT32, ..FIELD },
        Field { json: "fullyLabeledReplicas", number: 2, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readyReplicas", number: 4, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "availableReplicas", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "observedGeneration", number: 3, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 6, ty: Struct(&REPLICATION_CONTROLLER_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 4, 2, 3, 5],
    atomic: false,
};

pub(super) static RESOURCE_CLAIM: Message = Message {
    name: "io.k8s.api.core.v1.ResourceClaim",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "request", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static RESOURCE_FIELD_SELECTOR: Message = Message {
    name: "io.k8s.api.core.v1.ResourceFieldSelector",
    form: Form::Object,
    fields: &[
        Field { json: "containerName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resource", number: 2, ty: STRING, ..FIELD },
        Field { json: "divisor", number: 3, ty: Struct(&super::resource::QUANTITY), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: true,
};

pub(super) static RESOURCE_HEALTH: Message = Message {
    name: "io.k8s.api.core.v1.ResourceHealth",
    form: Form::Object,
    fields: &[
        Field { json: "resourceID", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "health", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceHealthStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "message", number: 6, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static RESOURCE_QUOTA: Message = Message {
    name: "io.k8s.api.core.v1.ResourceQuota",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&RESOURCE_QUOTA_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&RESOURCE_QUOTA_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static RESOURCE_QUOTA_LIST: Message = Message {
    name: "io.k8s.api.core.v1.ResourceQuotaList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&RESOURCE_QUOTA), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static RESOURCE_QUOTA_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.ResourceQuotaSpec",
    form: Form::Object,
    fields: &[
        Field { json: "hard", number: 1, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "scopes", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, values: &["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass"], go_type: "[]v1.ResourceQuotaScope", ..Declared::NOTHING }, ..FIELD },
        Field { json: "scopeSelector", number: 3, ty: Struct(&SCOPE_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static RESOURCE_QUOTA_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.ResourceQuotaStatus",
    form: Form::Object,
    fields: &[
        Field { json: "hard", number: 1, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "used", number: 2, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static RESOURCE_REQUIREMENTS: Message = Message {
    name: "io.k8s.api.core.v1.ResourceRequirements",
    form: Form::Object,
    fields: &[
        Field { json: "limits", number: 1, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "requests", number: 2, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "claims", number: 3, ty: Struct(&RESOURCE_CLAIM), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static RESOURCE_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.ResourceStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, declared: &Declared { go_type: "v1.ResourceName", ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 2, ty: Struct(&RESOURCE_HEALTH), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["resourceID"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SE_LINUX_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.SELinuxOptions",
    form: Form::Object,
    fields: &[
        Field { json: "user", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "role", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "type", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "level", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static SCALE_IO_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ScaleIOPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "gateway", number: 1, ty: STRING, ..FIELD },
        Field { json: "system", number: 2, ty: STRING, ..FIELD },
        Field { json: "secretRef", number: 3, ty: Struct(&SECRET_REFERENCE), pointer: true, ..FIELD },
        Field { json: "sslEnabled", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "protectionDomain", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storagePool", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storageMode", number: 7, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"ThinProvisioned\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeName", number: 8, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fsType", number: 9, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"xfs\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "readOnly", number: 10, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    atomic: false,
};

pub(super) static SCALE_IO_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.ScaleIOVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "gateway", number: 1, ty: STRING, ..FIELD },
        Field { json: "system", number: 2, ty: STRING, ..FIELD },
        Field { json: "secretRef", number: 3, ty: Struct(&LOCAL_OBJECT_REFERENCE), pointer: true, ..FIELD },
        Field { json: "sslEnabled", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "protectionDomain", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storagePool", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storageMode", number: 7, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"ThinProvisioned\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeName", number: 8, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fsType", number: 9, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"xfs\""), ..Declared::NOTHING }, ..FIELD },
        Field { json: "readOnly", number: 10, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    atomic: false,
};

pub(super) static SCOPE_SELECTOR: Message = Message {
    name: "io.k8s.api.core.v1.ScopeSelector",
    form: Form::Object,
    fields: &[
        Field { json: "matchExpressions", number: 1, ty: Struct(&SCOPED_RESOURCE_SELECTOR_REQUIREMENT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: true,
};

pub(super) static SCOPED_RESOURCE_SELECTOR_REQUIREMENT: Message = Message {
    name: "io.k8s.api.core.v1.ScopedResourceSelectorRequirement",
    form: Form::Object,
    fields: &[
        Field { json: "scopeName", number: 1, ty: STRING, declared: &Declared { values: &["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass"], go_type: "v1.ResourceQuotaScope", ..Declared::NOTHING }, ..FIELD },
        Field { json: "operator", number: 2, ty: STRING, declared: &Declared { values: &["DoesNotExist", "Exists", "In", "NotIn"], go_type: "v1.ScopeSelectorOperator", ..Declared::NOTHING }, ..FIELD },
        Field { json: "values", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static SECCOMP_PROFILE: Message = Message {
    name: "io.k8s.api.core.v1.SeccompProfile",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { values: &["Localhost", "RuntimeDefault", "Unconfined"], go_type: "v1.SeccompProfileType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "localhostProfile", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SECRET: Message = Message {
    name: "io.k8s.api.core.v1.Secret",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "immutable", number: 5, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "data", number: 2, ty: BYTES, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "stringData", number: 4, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "type", number: 3, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.SecretType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 3, 5, 4, 2],
    atomic: false,
};

pub(super) static SECRET_ENV_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.SecretEnvSource",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&LOCAL_OBJECT_REFERENCE), ..FIELD },
        Field { json: "optional", number: 2, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SECRET_KEY_SELECTOR: Message = Message {
    name: "io.k8s.api.core.v1.SecretKeySelector",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&LOCAL_OBJECT_REFERENCE), ..FIELD },
        Field { json: "key", number: 2, ty: STRING, ..FIELD },
        Field { json: "optional", number: 3, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: true,
};

pub(super) static SECRET_LIST: Message = Message {
    name: "io.k8s.api.core.v1.SecretList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&SECRET), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static SECRET_PROJECTION: Message = Message {
    name: "io.k8s.api.core.v1.SecretProjection",
    form: Form::Object,
    fields: &[
        Field { number: 1, ty: Struct(&LOCAL_OBJECT_REFERENCE), ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&KEY_TO_PATH), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "optional", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static SECRET_REFERENCE: Message = Message {
    name: "io.k8s.api.core.v1.SecretReference",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespace", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static SECRET_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.SecretVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "secretName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&KEY_TO_PATH), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "defaultMode", number: 3, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "optional", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "defaultUser", number: 5, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static SECURITY_CONTEXT: Message = Message {
    name: "io.k8s.api.core.v1.SecurityContext",
    form: Form::Object,
    fields: &[
        Field { json: "capabilities", number: 1, ty: Struct(&CAPABILITIES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "privileged", number: 2, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "seLinuxOptions", number: 3, ty: Struct(&SE_LINUX_OPTIONS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "windowsOptions", number: 10, ty: Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runAsUser", number: 4, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runAsGroup", number: 8, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runAsNonRoot", number: 5, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnlyRootFilesystem", number: 6, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allowPrivilegeEscalation", number: 7, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "procMount", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Default", "Unmasked"], go_type: "v1.ProcMountType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "seccompProfile", number: 11, ty: Struct(&SECCOMP_PROFILE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "appArmorProfile", number: 12, ty: Struct(&APP_ARMOR_PROFILE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 4, 6, 7, 8, 5, 9, 3, 10, 11],
    atomic: false,
};

pub(super) static SERIALIZED_REFERENCE: Message = Message {
    name: "io.k8s.api.core.v1.SerializedReference",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "reference", number: 1, ty: Struct(&OBJECT_REFERENCE), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static SERVICE: Message = Message {
    name: "io.k8s.api.core.v1.Service",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&SERVICE_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&SERVICE_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static SERVICE_ACCOUNT: Message = Message {
    name: "io.k8s.api.core.v1.ServiceAccount",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secrets", number: 2, ty: Struct(&OBJECT_REFERENCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "imagePullSecrets", number: 3, ty: Struct(&LOCAL_OBJECT_REFERENCE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "automountServiceAccountToken", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3, 4],
    atomic: false,
};

pub(super) static SERVICE_ACCOUNT_LIST: Message = Message {
    name: "io.k8s.api.core.v1.ServiceAccountList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&SERVICE_ACCOUNT), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static SERVICE_ACCOUNT_TOKEN_PROJECTION: Message = Message {
    name: "io.k8s.api.core.v1.ServiceAccountTokenProjection",
    form: Form::Object,
    fields: &[
        Field { json: "audience", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "expirationSeconds", number: 2, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "path", number: 3, ty: STRING, ..FIELD },
        Field { json: "user", number: 4, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static SERVICE_LIST: Message = Message {
    name: "io.k8s.api.core.v1.ServiceList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&SERVICE), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static SERVICE_PORT: Message = Message {
    name: "io.k8s.api.core.v1.ServicePort",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "protocol", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { default: Some("\"TCP\""), values: &["SCTP", "TCP", "UDP"], go_type: "v1.Protocol", ..Declared::NOTHING }, ..FIELD },
        Field { json: "appProtocol", number: 6, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "port", number: 3, ty: INT32, ..FIELD },
        Field { json: "targetPort", number: 4, ty: Struct(&super::intstr::INT_OR_STRING), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodePort", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 3, 4, 5, 2],
    atomic: false,
};

pub(super) static SERVICE_PROXY_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.ServiceProxyOptions",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "path", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1],
    atomic: false,
};

pub(super) static SERVICE_SPEC: Message = Message {
    name: "io.k8s.api.core.v1.ServiceSpec",
    form: Form::Object,
    fields: &[
        Field { json: "ports", number: 1, ty: Struct(&SERVICE_PORT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["port", "protocol"], patch_strategy: &["merge"], patch_merge_key: "port" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "selector", number: 2, ty: STRING, shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "clusterIP", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "clusterIPs", number: 18, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "type", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"], go_type: "v1.ServiceType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "externalIPs", number: 5, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "sessionAffinity", number: 7, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["ClientIP", "None"], go_type: "v1.ServiceAffinity", ..Declared::NOTHING }, ..FIELD },
        Field { json: "loadBalancerIP", number: 8, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "loadBalancerSourceRanges", number: 9, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "externalName", number: 10, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "externalTrafficPolicy", number: 11, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Cluster", "Local"], go_type: "v1.ServiceExternalTrafficPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "healthCheckNodePort", number: 12, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "publishNotReadyAddresses", number: 13, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sessionAffinityConfig", number: 14, ty: Struct(&SESSION_AFFINITY_CONFIG), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ipFamilies", number: 19, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, values: &["", "IPv4", "IPv6"], go_type: "[]v1.IPFamily", ..Declared::NOTHING }, ..FIELD },
        Field { json: "ipFamilyPolicy", number: 17, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["PreferDualStack", "RequireDualStack", "SingleStack"], go_type: "v1.IPFamilyPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "allocateLoadBalancerNodePorts", number: 20, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "loadBalancerClass", number: 21, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "internalTrafficPolicy", number: 22, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Cluster", "Local"], go_type: "v1.ServiceInternalTrafficPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "trafficDistribution", number: 23, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 3, 14, 16, 17, 18, 19],
    atomic: false,
};

pub(super) static SERVICE_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.ServiceStatus",
    form: Form::Object,
    fields: &[
        Field { json: "loadBalancer", number: 1, ty: Struct(&LOAD_BALANCER_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 2, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], patch_strategy: &["merge"], patch_merge_key: "type" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SESSION_AFFINITY_CONFIG: Message = Message {
    name: "io.k8s.api.core.v1.SessionAffinityConfig",
    form: Form::Object,
    fields: &[
        Field { json: "clientIP", number: 1, ty: Struct(&CLIENT_IP_CONFIG), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SLEEP_ACTION: Message = Message {
    name: "io.k8s.api.core.v1.SleepAction",
    form: Form::Object,
    fields: &[
        Field { json: "seconds", number: 1, ty: INT64, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static STORAGE_OS_PERSISTENT_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.StorageOSPersistentVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "volumeName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeNamespace", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fsType", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 5, ty: Struct(&OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static STORAGE_OS_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.StorageOSVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "volumeName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "volumeNamespace", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fsType", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "readOnly", number: 4, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secretRef", number: 5, ty: Struct(&LOCAL_OBJECT_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static SYSCTL: Message = Message {
    name: "io.k8s.api.core.v1.Sysctl",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "value", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static TCP_SOCKET_ACTION: Message = Message {
    name: "io.k8s.api.core.v1.TCPSocketAction",
    form: Form::Object,
    fields: &[
        Field { json: "port", number: 1, ty: Struct(&super::intstr::INT_OR_STRING), ..FIELD },
        Field { json: "host", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static TAINT: Message = Message {
    name: "io.k8s.api.core.v1.Taint",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "value", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "effect", number: 3, ty: STRING, declared: &Declared { values: &["NoExecute", "NoSchedule", "PreferNoSchedule"], go_type: "v1.TaintEffect", ..Declared::NOTHING }, ..FIELD },
        Field { json: "timeAdded", number: 4, ty: Struct(&super::meta_v1::TIME), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static TOLERATION: Message = Message {
    name: "io.k8s.api.core.v1.Toleration",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "operator", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Equal", "Exists", "Gt", "Lt"], go_type: "v1.TolerationOperator", ..Declared::NOTHING }, ..FIELD },
        Field { json: "value", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "effect", number: 4, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["NoExecute", "NoSchedule", "PreferNoSchedule"], go_type: "v1.TaintEffect", ..Declared::NOTHING }, ..FIELD },
        Field { json: "tolerationSeconds", number: 5, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static TOPOLOGY_SELECTOR_LABEL_REQUIREMENT: Message = Message {
    name: "io.k8s.api.core.v1.TopologySelectorLabelRequirement",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "values", number: 2, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static TOPOLOGY_SELECTOR_TERM: Message = Message {
    name: "io.k8s.api.core.v1.TopologySelectorTerm",
    form: Form::Object,
    fields: &[
        Field { json: "matchLabelExpressions", number: 1, ty: Struct(&TOPOLOGY_SELECTOR_LABEL_REQUIREMENT), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: true,
};

pub(super) static TOPOLOGY_SPREAD_CONSTRAINT: Message = Message {
    name: "io.k8s.api.core.v1.TopologySpreadConstraint",
    form: Form::Object,
    fields: &[
        Field { json: "maxSkew", number: 1, ty: INT32, ..FIELD },
        Field { json: "topologyKey", number: 2, ty: STRING, ..FIELD },
        Field { json: "whenUnsatisfiable", number: 3, ty: STRING, declared: &Declared { values: &["DoNotSchedule", "ScheduleAnyway"], go_type: "v1.UnsatisfiableConstraintAction", ..Declared::NOTHING }, ..FIELD },
        Field { json: "labelSelector", number: 4, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minDomains", number: 5, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nodeAffinityPolicy", number: 6, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Honor", "Ignore"], go_type: "v1.NodeInclusionPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "nodeTaintsPolicy", number: 7, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Honor", "Ignore"], go_type: "v1.NodeInclusionPolicy", ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchLabelKeys", number: 8, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7],
    atomic: false,
};

pub(super) static TYPED_LOCAL_OBJECT_REFERENCE: Message = Message {
    name: "io.k8s.api.core.v1.TypedLocalObjectReference",
    form: Form::Object,
    fields: &[
        Field { json: "apiGroup", number: 1, ty: STRING, pointer: true, optional: true, ..FIELD },
        Field { json: "kind", number: 2, ty: STRING, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: true,
};

pub(super) static TYPED_OBJECT_REFERENCE: Message = Message {
    name: "io.k8s.api.core.v1.TypedObjectReference",
    form: Form::Object,
    fields: &[
        Field { json: "apiGroup", number: 1, ty: STRING, pointer: true, optional: true, ..FIELD },
        Field { json: "kind", number: 2, ty: STRING, ..FIELD },
        Field { json: "name", number: 3, ty: STRING, ..FIELD },
        Field { json: "namespace", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static VOLUME: Message = Message {
    name: "io.k8s.api.core.v1.Volume",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { number: 2, ty: Struct(&VOLUME_SOURCE), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static VOLUME_DEVICE: Message = Message {
    name: "io.k8s.api.core.v1.VolumeDevice",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "devicePath", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static VOLUME_HEALTH_CONDITION: Message = Message {
    name: "io.k8s.api.core.v1.VolumeHealthCondition",
    form: Form::Object,
    fields: &[
        Field { json: "status", number: 1, ty: STRING, declared: &Declared { values: &["DataLoss", "Degraded", "Inaccessible"], go_type: "v1.VolumeHealthStatusType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "reason", number: 2, ty: STRING, ..FIELD },
        Field { json: "message", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static VOLUME_HEALTH_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.VolumeHealthStatus",
    form: Form::Object,
    fields: &[
        Field { json: "healthConditions", number: 1, ty: Struct(&VOLUME_HEALTH_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["status", "reason"], patch_strategy: &["merge"], patch_merge_key: "status" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 2, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static VOLUME_MOUNT: Message = Message {
    name: "io.k8s.api.core.v1.VolumeMount",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 2, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "recursiveReadOnly", number: 7, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.RecursiveReadOnlyMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "mountPath", number: 3, ty: STRING, ..FIELD },
        Field { json: "subPath", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "mountPropagation", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Bidirectional", "HostToContainer", "None"], go_type: "v1.MountPropagationMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "subPathExpr", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "bindMountOptions", number: 8, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 3, 4, 5, 6, 2, 7],
    atomic: false,
};

pub(super) static VOLUME_MOUNT_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.VolumeMountStatus",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "mountPath", number: 2, ty: STRING, ..FIELD },
        Field { json: "readOnly", number: 3, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "recursiveReadOnly", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.RecursiveReadOnlyMode", ..Declared::NOTHING }, ..FIELD },
        Field { json: "volumeStatus", number: 5, ty: Struct(&VOLUME_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: false,
};

pub(super) static VOLUME_NODE_AFFINITY: Message = Message {
    name: "io.k8s.api.core.v1.VolumeNodeAffinity",
    form: Form::Object,
    fields: &[
        Field { json: "required", number: 1, ty: Struct(&NODE_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static VOLUME_PROJECTION: Message = Message {
    name: "io.k8s.api.core.v1.VolumeProjection",
    form: Form::Object,
    fields: &[
        Field { json: "secret", number: 1, ty: Struct(&SECRET_PROJECTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "downwardAPI", number: 2, ty: Struct(&DOWNWARD_API_PROJECTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "configMap", number: 3, ty: Struct(&CONFIG_MAP_PROJECTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "serviceAccountToken", number: 4, ty: Struct(&SERVICE_ACCOUNT_TOKEN_PROJECTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "clusterTrustBundle", number: 5, ty: Struct(&CLUSTER_TRUST_BUNDLE_PROJECTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "podCertificate", number: 6, ty: Struct(&POD_CERTIFICATE_PROJECTION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static VOLUME_RESOURCE_REQUIREMENTS: Message = Message {
    name: "io.k8s.api.core.v1.VolumeResourceRequirements",
    form: Form::Object,
    fields: &[
        Field { json: "limits", number: 1, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
        Field { json: "requests", number: 2, ty: Struct(&super::resource::QUANTITY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ResourceList", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.VolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "hostPath", number: 1, ty: Struct(&HOST_PATH_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "emptyDir", number: 2, ty: Struct(&EMPTY_DIR_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "gcePersistentDisk", number: 3, ty: Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "awsElasticBlockStore", number: 4, ty: Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "gitRepo", number: 5, ty: Struct(&GIT_REPO_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "secret", number: 6, ty: Struct(&SECRET_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nfs", number: 7, ty: Struct(&NFS_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "iscsi", number: 8, ty: Struct(&ISCSI_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "glusterfs", number: 9, ty: Struct(&GLUSTERFS_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "persistentVolumeClaim", number: 10, ty: Struct(&PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "rbd", number: 11, ty: Struct(&RBD_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "flexVolume", number: 12, ty: Struct(&FLEX_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "cinder", number: 13, ty: Struct(&CINDER_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "cephfs", number: 14, ty: Struct(&CEPH_FS_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "flocker", number: 15, ty: Struct(&FLOCKER_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "downwardAPI", number: 16, ty: Struct(&DOWNWARD_API_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "fc", number: 17, ty: Struct(&FC_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "azureFile", number: 18, ty: Struct(&AZURE_FILE_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "configMap", number: 19, ty: Struct(&CONFIG_MAP_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "vsphereVolume", number: 20, ty: Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "quobyte", number: 21, ty: Struct(&QUOBYTE_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "azureDisk", number: 22, ty: Struct(&AZURE_DISK_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "photonPersistentDisk", number: 23, ty: Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "projected", number: 26, ty: Struct(&PROJECTED_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "portworxVolume", number: 24, ty: Struct(&PORTWORX_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "scaleIO", number: 25, ty: Struct(&SCALE_IO_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storageos", number: 27, ty: Struct(&STORAGE_OS_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "csi", number: 28, ty: Struct(&CSI_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "ephemeral", number: 29, ty: Struct(&EPHEMERAL_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "image", number: 30, ty: Struct(&IMAGE_VOLUME_SOURCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 23, 26, 27, 28, 29],
    atomic: false,
};

pub(super) static VOLUME_STATUS: Message = Message {
    name: "io.k8s.api.core.v1.VolumeStatus",
    form: Form::Object,
    fields: &[
        Field { json: "image", number: 1, ty: Struct(&IMAGE_VOLUME_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Message = Message {
    name: "io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource",
    form: Form::Object,
    fields: &[
        Field { json: "volumePath", number: 1, ty: STRING, ..FIELD },
        Field { json: "fsType", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storagePolicyName", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "storagePolicyID", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static WEIGHTED_POD_AFFINITY_TERM: Message = Message {
    name: "io.k8s.api.core.v1.WeightedPodAffinityTerm",
    form: Form::Object,
    fields: &[
        Field { json: "weight", number: 1, ty: INT32, ..FIELD },
        Field { json: "podAffinityTerm", number: 2, ty: Struct(&POD_AFFINITY_TERM), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static WINDOWS_SECURITY_CONTEXT_OPTIONS: Message = Message {
    name: "io.k8s.api.core.v1.WindowsSecurityContextOptions",
    form: Form::Object,
    fields: &[
        Field { json: "gmsaCredentialSpecName", number: 1, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "gmsaCredentialSpec", number: 2, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "runAsUserName", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "hostProcess", number: 4, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};
