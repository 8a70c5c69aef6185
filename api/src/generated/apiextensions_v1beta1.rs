//! Messages of `k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BOOL, BYTES, DOUBLE, FIELD, INT32, INT64, STRING};

pub(super) static CONVERSION_REQUEST: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.ConversionRequest",
    form: Form::Object,
    fields: &[
        Field { json: "uid", number: 1, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "desiredAPIVersion", number: 2, ty: STRING, ..FIELD },
        Field { json: "objects", number: 3, ty: Struct(&super::runtime::RAW_EXTENSION), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CONVERSION_RESPONSE: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.ConversionResponse",
    form: Form::Object,
    fields: &[
        Field { json: "uid", number: 1, ty: STRING, declared: &Declared { go_type: "types.UID", ..Declared::NOTHING }, ..FIELD },
        Field { json: "convertedObjects", number: 2, ty: Struct(&super::runtime::RAW_EXTENSION), shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "result", number: 3, ty: Struct(&super::meta_v1::STATUS), ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CONVERSION_REVIEW: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.ConversionReview",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "request", number: 1, ty: Struct(&CONVERSION_REQUEST), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "response", number: 2, ty: Struct(&CONVERSION_RESPONSE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_COLUMN_DEFINITION: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceColumnDefinition",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "type", number: 2, ty: STRING, ..FIELD },
        Field { json: "format", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "description", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "priority", number: 5, ty: INT32, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "JSONPath", number: 6, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_CONVERSION: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceConversion",
    form: Form::Object,
    fields: &[
        Field { json: "strategy", number: 1, ty: STRING, declared: &Declared { go_type: "v1beta1.ConversionStrategyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "webhookClientConfig", number: 2, ty: Struct(&WEBHOOK_CLIENT_CONFIG), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conversionReviewVersions", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_DEFINITION: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinition",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&CUSTOM_RESOURCE_DEFINITION_SPEC), ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&CUSTOM_RESOURCE_DEFINITION_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_DEFINITION_CONDITION: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionCondition",
    form: Form::Object,
    fields: &[
        Field { json: "type", number: 1, ty: STRING, declared: &Declared { go_type: "v1beta1.CustomResourceDefinitionConditionType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "status", number: 2, ty: STRING, declared: &Declared { go_type: "v1beta1.ConditionStatus", ..Declared::NOTHING }, ..FIELD },
        Field { json: "lastTransitionTime", number: 3, ty: Struct(&super::meta_v1::TIME), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "message", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "observedGeneration", number: 6, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_DEFINITION_LIST: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&CUSTOM_RESOURCE_DEFINITION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_DEFINITION_NAMES: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionNames",
    form: Form::Object,
    fields: &[
        Field { json: "plural", number: 1, ty: STRING, ..FIELD },
        Field { json: "singular", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "shortNames", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "kind", number: 4, ty: STRING, ..FIELD },
        Field { json: "listKind", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "categories", number: 6, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_DEFINITION_SPEC: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionSpec",
    form: Form::Object,
    fields: &[
        Field { json: "group", number: 1, ty: STRING, ..FIELD },
        Field { json: "version", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "names", number: 3, ty: Struct(&CUSTOM_RESOURCE_DEFINITION_NAMES), ..FIELD },
        Field { json: "scope", number: 4, ty: STRING, declared: &Declared { go_type: "v1beta1.ResourceScope", ..Declared::NOTHING }, ..FIELD },
        Field { json: "validation", number: 5, ty: Struct(&CUSTOM_RESOURCE_VALIDATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "subresources", number: 6, ty: Struct(&CUSTOM_RESOURCE_SUBRESOURCES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "versions", number: 7, ty: Struct(&CUSTOM_RESOURCE_DEFINITION_VERSION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "additionalPrinterColumns", number: 8, ty: Struct(&CUSTOM_RESOURCE_COLUMN_DEFINITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "selectableFields", number: 11, ty: Struct(&SELECTABLE_FIELD), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "conversion", number: 9, ty: Struct(&CUSTOM_RESOURCE_CONVERSION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "preserveUnknownFields", number: 10, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 8],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_DEFINITION_STATUS: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionStatus",
    form: Form::Object,
    fields: &[
        Field { json: "conditions", number: 1, ty: Struct(&CUSTOM_RESOURCE_DEFINITION_CONDITION), shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "acceptedNames", number: 2, ty: Struct(&CUSTOM_RESOURCE_DEFINITION_NAMES), optional: true, ..FIELD },
        Field { json: "storedVersions", number: 3, ty: STRING, shape: Shape::List, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "observedGeneration", number: 4, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_DEFINITION_VERSION: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDefinitionVersion",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "served", number: 2, ty: BOOL, ..FIELD },
        Field { json: "storage", number: 3, ty: BOOL, ..FIELD },
        Field { json: "deprecated", number: 7, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "deprecationWarning", number: 8, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "schema", number: 4, ty: Struct(&CUSTOM_RESOURCE_VALIDATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "subresources", number: 5, ty: Struct(&CUSTOM_RESOURCE_SUBRESOURCES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "additionalPrinterColumns", number: 6, ty: Struct(&CUSTOM_RESOURCE_COLUMN_DEFINITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "selectableFields", number: 9, ty: Struct(&SELECTABLE_FIELD), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 5, 6, 7, 3, 4, 8],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_SUBRESOURCE_SCALE: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresourceScale",
    form: Form::Object,
    fields: &[
        Field { json: "specReplicasPath", number: 1, ty: STRING, ..FIELD },
        Field { json: "statusReplicasPath", number: 2, ty: STRING, ..FIELD },
        Field { json: "labelSelectorPath", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_SUBRESOURCE_STATUS: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresourceStatus",
    form: Form::Object,
    fields: &[],
    by_number: &[],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_SUBRESOURCES: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresources",
    form: Form::Object,
    fields: &[
        Field { json: "status", number: 1, ty: Struct(&CUSTOM_RESOURCE_SUBRESOURCE_STATUS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "scale", number: 2, ty: Struct(&CUSTOM_RESOURCE_SUBRESOURCE_SCALE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static CUSTOM_RESOURCE_VALIDATION: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceValidation",
    form: Form::Object,
    fields: &[
        Field { json: "openAPIV3Schema", number: 1, ty: Struct(&JSON_SCHEMA_PROPS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static EXTERNAL_DOCUMENTATION: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.ExternalDocumentation",
    form: Form::Object,
    fields: &[
        Field { json: "description", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "url", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static JSON: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSON",
    form: Form::Raw,
    fields: &[
        Field { json: "raw", number: 1, ty: BYTES, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static JSON_SCHEMA_PROPS: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaProps",
    form: Form::Object,
    fields: &[
        Field { json: "id", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "$schema", number: 2, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta1.JSONSchemaURL", ..Declared::NOTHING }, ..FIELD },
        Field { json: "$ref", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "description", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "type", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "format", number: 6, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "title", number: 7, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "default", number: 8, ty: Struct(&JSON), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maximum", number: 9, ty: DOUBLE, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "exclusiveMaximum", number: 10, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minimum", number: 11, ty: DOUBLE, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "exclusiveMinimum", number: 12, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxLength", number: 13, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minLength", number: 14, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "pattern", number: 15, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "maxItems", number: 16, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minItems", number: 17, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "uniqueItems", number: 18, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "multipleOf", number: 19, ty: DOUBLE, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "enum", number: 20, ty: Struct(&JSON), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "maxProperties", number: 21, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "minProperties", number: 22, ty: INT64, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "required", number: 23, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "items", number: 24, ty: Struct(&JSON_SCHEMA_PROPS_OR_ARRAY), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "allOf", number: 25, ty: Struct(&JSON_SCHEMA_PROPS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "oneOf", number: 26, ty: Struct(&JSON_SCHEMA_PROPS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "anyOf", number: 27, ty: Struct(&JSON_SCHEMA_PROPS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "not", number: 28, ty: Struct(&JSON_SCHEMA_PROPS), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "properties", number: 29, ty: Struct(&JSON_SCHEMA_PROPS), shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "additionalProperties", number: 30, ty: Struct(&JSON_SCHEMA_PROPS_OR_BOOL), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "patternProperties", number: 31, ty: Struct(&JSON_SCHEMA_PROPS), shape: Shape::Map, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "dependencies", number: 32, ty: Struct(&JSON_SCHEMA_PROPS_OR_STRING_ARRAY), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta1.JSONSchemaDependencies", ..Declared::NOTHING }, ..FIELD },
        Field { json: "additionalItems", number: 33, ty: Struct(&JSON_SCHEMA_PROPS_OR_BOOL), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "definitions", number: 34, ty: Struct(&JSON_SCHEMA_PROPS), shape: Shape::Map, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1beta1.JSONSchemaDefinitions", ..Declared::NOTHING }, ..FIELD },
        Field { json: "externalDocs", number: 35, ty: Struct(&EXTERNAL_DOCUMENTATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "example", number: 36, ty: Struct(&JSON), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "nullable", number: 37, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "x-kubernetes-preserve-unknown-fields", number: 38, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "x-kubernetes-embedded-resource", number: 39, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "x-kubernetes-int-or-string", number: 40, ty: BOOL, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "x-kubernetes-list-map-keys", number: 41, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "x-kubernetes-list-type", number: 42, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "x-kubernetes-map-type", number: 43, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "x-kubernetes-validations", number: 44, ty: Struct(&VALIDATION_RULE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["rule"], patch_strategy: &["merge"], patch_merge_key: "rule" }, go_type: "v1beta1.ValidationRules", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43],
    atomic: false,
};

pub(super) static JSON_SCHEMA_PROPS_OR_ARRAY: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrArray",
    form: Form::SchemaOrArray,
    fields: &[
        Field { json: "schema", number: 1, ty: Struct(&JSON_SCHEMA_PROPS), pointer: true, ..FIELD },
        Field { json: "jSONSchemas", number: 2, ty: Struct(&JSON_SCHEMA_PROPS), shape: Shape::List, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static JSON_SCHEMA_PROPS_OR_BOOL: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrBool",
    form: Form::SchemaOrBool,
    fields: &[
        Field { json: "allows", number: 1, ty: BOOL, ..FIELD },
        Field { json: "schema", number: 2, ty: Struct(&JSON_SCHEMA_PROPS), pointer: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static JSON_SCHEMA_PROPS_OR_STRING_ARRAY: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrStringArray",
    form: Form::SchemaOrStringArray,
    fields: &[
        Field { json: "schema", number: 1, ty: Struct(&JSON_SCHEMA_PROPS), pointer: true, ..FIELD },
        Field { json: "property", number: 2, ty: STRING, shape: Shape::List, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SELECTABLE_FIELD: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.SelectableField",
    form: Form::Object,
    fields: &[
        Field { json: "jsonPath", number: 1, ty: STRING, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static SERVICE_REFERENCE: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.ServiceReference",
    form: Form::Object,
    fields: &[
        Field { json: "namespace", number: 1, ty: STRING, ..FIELD },
        Field { json: "name", number: 2, ty: STRING, ..FIELD },
        Field { json: "path", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "port", number: 4, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static VALIDATION_RULE: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.ValidationRule",
    form: Form::Object,
    fields: &[
        Field { json: "rule", number: 1, ty: STRING, ..FIELD },
        Field { json: "message", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "messageExpression", number: 3, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"], go_type: "v1beta1.FieldValueErrorReason", ..Declared::NOTHING }, ..FIELD },
        Field { json: "fieldPath", number: 5, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "optionalOldSelf", number: 6, ty: BOOL, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5],
    atomic: false,
};

pub(super) static WEBHOOK_CLIENT_CONFIG: Message = Message {
    name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.WebhookClientConfig",
    form: Form::Object,
    fields: &[
        Field { json: "url", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "service", number: 1, ty: Struct(&SERVICE_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "caBundle", number: 2, ty: BYTES, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 0],
    atomic: false,
};
