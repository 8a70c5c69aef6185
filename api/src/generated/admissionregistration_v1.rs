//! Messages of `k8s.io/api/admissionregistration/v1`.
//!
//! Written by `cargo xtask codegen`; do not edit. Read from:
//! k8s.io/api@v0.37.1,
//! k8s.io/apiextensions-apiserver@v0.37.1,
//! k8s.io/apimachinery@v0.37.1,
//! k8s.io/kube-aggregator@v0.37.1,
//! k8s.io/kubernetes@v1.37.1.

use crate::catalog::FieldType::Message as Struct;
use crate::catalog::{Declared, Field, Form, Merge, Message, Omit, Shape, Topology};
use super::{BYTES, FIELD, INT32, INT64, STRING};

pub(super) static APPLY_CONFIGURATION: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ApplyConfiguration",
    form: Form::Object,
    fields: &[
        Field { json: "expression", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static AUDIT_ANNOTATION: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.AuditAnnotation",
    form: Form::Object,
    fields: &[
        Field { json: "key", number: 1, ty: STRING, ..FIELD },
        Field { json: "valueExpression", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static EXPRESSION_WARNING: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ExpressionWarning",
    form: Form::Object,
    fields: &[
        Field { json: "fieldRef", number: 2, ty: STRING, ..FIELD },
        Field { json: "warning", number: 3, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static JSON_PATCH: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.JSONPatch",
    form: Form::Object,
    fields: &[
        Field { json: "expression", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static MATCH_CONDITION: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MatchCondition",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "expression", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static MATCH_RESOURCES: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MatchResources",
    form: Form::Object,
    fields: &[
        Field { json: "namespaceSelector", number: 1, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "objectSelector", number: 2, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "resourceRules", number: 3, ty: Struct(&NAMED_RULE_WITH_OPERATIONS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "excludeResourceRules", number: 4, ty: Struct(&NAMED_RULE_WITH_OPERATIONS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchPolicy", number: 7, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Equivalent", "Exact"], go_type: "v1.MatchPolicyType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4],
    atomic: true,
};

pub(super) static MUTATING_ADMISSION_POLICY: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&MUTATING_ADMISSION_POLICY_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static MUTATING_ADMISSION_POLICY_BINDING: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&MUTATING_ADMISSION_POLICY_BINDING_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static MUTATING_ADMISSION_POLICY_BINDING_LIST: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&MUTATING_ADMISSION_POLICY_BINDING), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static MUTATING_ADMISSION_POLICY_BINDING_SPEC: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec",
    form: Form::Object,
    fields: &[
        Field { json: "policyName", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "paramRef", number: 2, ty: Struct(&PARAM_REF), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "matchResources", number: 3, ty: Struct(&MATCH_RESOURCES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static MUTATING_ADMISSION_POLICY_LIST: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&MUTATING_ADMISSION_POLICY), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static MUTATING_ADMISSION_POLICY_SPEC: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec",
    form: Form::Object,
    fields: &[
        Field { json: "paramKind", number: 1, ty: Struct(&PARAM_KIND), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "matchConstraints", number: 2, ty: Struct(&MATCH_RESOURCES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "variables", number: 3, ty: Struct(&VARIABLE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "mutations", number: 4, ty: Struct(&MUTATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "failurePolicy", number: 5, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Fail", "Ignore"], go_type: "v1.FailurePolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchConditions", number: 6, ty: Struct(&MATCH_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "reinvocationPolicy", number: 7, ty: STRING, omit: Omit::Empty, optional: true, declared: &Declared { values: &["IfNeeded", "Never"], go_type: "v1.ReinvocationPolicyType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static MUTATING_WEBHOOK: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingWebhook",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "clientConfig", number: 2, ty: Struct(&WEBHOOK_CLIENT_CONFIG), ..FIELD },
        Field { json: "rules", number: 3, ty: Struct(&RULE_WITH_OPERATIONS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "failurePolicy", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Fail", "Ignore"], go_type: "v1.FailurePolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchPolicy", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Equivalent", "Exact"], go_type: "v1.MatchPolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "namespaceSelector", number: 5, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "objectSelector", number: 11, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sideEffects", number: 6, ty: STRING, pointer: true, declared: &Declared { values: &["None", "NoneOnDryRun", "Some", "Unknown"], go_type: "v1.SideEffectClass", ..Declared::NOTHING }, ..FIELD },
        Field { json: "timeoutSeconds", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "admissionReviewVersions", number: 8, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "reinvocationPolicy", number: 10, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["IfNeeded", "Never"], go_type: "v1.ReinvocationPolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchConditions", number: 12, ty: Struct(&MATCH_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 5, 7, 8, 9, 4, 10, 6, 11],
    atomic: false,
};

pub(super) static MUTATING_WEBHOOK_CONFIGURATION: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "webhooks", number: 2, ty: Struct(&MUTATING_WEBHOOK), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static MUTATING_WEBHOOK_CONFIGURATION_LIST: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.MutatingWebhookConfigurationList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&MUTATING_WEBHOOK_CONFIGURATION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static MUTATION: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.Mutation",
    form: Form::Object,
    fields: &[
        Field { json: "patchType", number: 2, ty: STRING, declared: &Declared { values: &["ApplyConfiguration", "JSONPatch"], go_type: "v1.PatchType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "applyConfiguration", number: 3, ty: Struct(&APPLY_CONFIGURATION), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "jsonPatch", number: 4, ty: Struct(&JSON_PATCH), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static NAMED_RULE_WITH_OPERATIONS: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.NamedRuleWithOperations",
    form: Form::Object,
    fields: &[
        Field { json: "resourceNames", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { number: 2, ty: Struct(&RULE_WITH_OPERATIONS), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static PARAM_KIND: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ParamKind",
    form: Form::Object,
    fields: &[
        Field { json: "apiVersion", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "kind", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static PARAM_REF: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ParamRef",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "namespace", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "selector", number: 3, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "parameterNotFoundAction", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.ParameterNotFoundActionType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: true,
};

pub(super) static RULE: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.Rule",
    form: Form::Object,
    fields: &[
        Field { json: "apiGroups", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "apiVersions", number: 2, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "resources", number: 3, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "scope", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["*", "Cluster", "Namespaced"], go_type: "v1.ScopeType", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static RULE_WITH_OPERATIONS: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.RuleWithOperations",
    form: Form::Object,
    fields: &[
        Field { json: "operations", number: 1, ty: STRING, shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, values: &["*", "CONNECT", "CREATE", "DELETE", "UPDATE"], go_type: "[]v1.OperationType", ..Declared::NOTHING }, ..FIELD },
        Field { number: 2, ty: Struct(&RULE), ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: false,
};

pub(super) static SERVICE_REFERENCE: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ServiceReference",
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

pub(super) static TYPE_CHECKING: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.TypeChecking",
    form: Form::Object,
    fields: &[
        Field { json: "expressionWarnings", number: 1, ty: Struct(&EXPRESSION_WARNING), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0],
    atomic: false,
};

pub(super) static VALIDATING_ADMISSION_POLICY: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&VALIDATING_ADMISSION_POLICY_SPEC), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "status", number: 3, ty: Struct(&VALIDATING_ADMISSION_POLICY_STATUS), omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 3],
    atomic: false,
};

pub(super) static VALIDATING_ADMISSION_POLICY_BINDING: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "spec", number: 2, ty: Struct(&VALIDATING_ADMISSION_POLICY_BINDING_SPEC), omit: Omit::Empty, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static VALIDATING_ADMISSION_POLICY_BINDING_LIST: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&VALIDATING_ADMISSION_POLICY_BINDING), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static VALIDATING_ADMISSION_POLICY_BINDING_SPEC: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec",
    form: Form::Object,
    fields: &[
        Field { json: "policyName", number: 1, ty: STRING, omit: Omit::Empty, ..FIELD },
        Field { json: "paramRef", number: 2, ty: Struct(&PARAM_REF), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "matchResources", number: 3, ty: Struct(&MATCH_RESOURCES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "validationActions", number: 4, ty: STRING, shape: Shape::List, omit: Omit::Empty, declared: &Declared { merge: Merge { topology: Topology::Set, ..Merge::NONE }, values: &["Audit", "Deny", "Warn"], go_type: "[]v1.ValidationAction", ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static VALIDATING_ADMISSION_POLICY_LIST: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&VALIDATING_ADMISSION_POLICY), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static VALIDATING_ADMISSION_POLICY_SPEC: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec",
    form: Form::Object,
    fields: &[
        Field { json: "paramKind", number: 1, ty: Struct(&PARAM_KIND), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "matchConstraints", number: 2, ty: Struct(&MATCH_RESOURCES), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "validations", number: 3, ty: Struct(&VALIDATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "failurePolicy", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Fail", "Ignore"], go_type: "v1.FailurePolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "auditAnnotations", number: 5, ty: Struct(&AUDIT_ANNOTATION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchConditions", number: 6, ty: Struct(&MATCH_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "variables", number: 7, ty: Struct(&VARIABLE), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 4, 5, 6],
    atomic: false,
};

pub(super) static VALIDATING_ADMISSION_POLICY_STATUS: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus",
    form: Form::Object,
    fields: &[
        Field { json: "observedGeneration", number: 1, ty: INT64, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "typeChecking", number: 2, ty: Struct(&TYPE_CHECKING), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "conditions", number: 3, ty: Struct(&super::meta_v1::CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["type"], ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2],
    atomic: false,
};

pub(super) static VALIDATING_WEBHOOK: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingWebhook",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "clientConfig", number: 2, ty: Struct(&WEBHOOK_CLIENT_CONFIG), ..FIELD },
        Field { json: "rules", number: 3, ty: Struct(&RULE_WITH_OPERATIONS), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "failurePolicy", number: 4, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Fail", "Ignore"], go_type: "v1.FailurePolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchPolicy", number: 9, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { values: &["Equivalent", "Exact"], go_type: "v1.MatchPolicyType", ..Declared::NOTHING }, ..FIELD },
        Field { json: "namespaceSelector", number: 5, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "objectSelector", number: 10, ty: Struct(&super::meta_v1::LABEL_SELECTOR), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "sideEffects", number: 6, ty: STRING, pointer: true, declared: &Declared { values: &["None", "NoneOnDryRun", "Some", "Unknown"], go_type: "v1.SideEffectClass", ..Declared::NOTHING }, ..FIELD },
        Field { json: "timeoutSeconds", number: 7, ty: INT32, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "admissionReviewVersions", number: 8, ty: STRING, shape: Shape::List, declared: &Declared { merge: Merge { topology: Topology::Atomic, ..Merge::NONE }, ..Declared::NOTHING }, ..FIELD },
        Field { json: "matchConditions", number: 11, ty: Struct(&MATCH_CONDITION), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3, 5, 7, 8, 9, 4, 6, 10],
    atomic: false,
};

pub(super) static VALIDATING_WEBHOOK_CONFIGURATION: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::OBJECT_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "webhooks", number: 2, ty: Struct(&VALIDATING_WEBHOOK), shape: Shape::List, omit: Omit::Empty, optional: true, declared: &Declared { merge: Merge { topology: Topology::Map, keys: &["name"], patch_strategy: &["merge"], patch_merge_key: "name" }, ..Declared::NOTHING }, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static VALIDATING_WEBHOOK_CONFIGURATION_LIST: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationList",
    form: Form::Object,
    fields: &[
        Field { ty: Struct(&super::meta_v1::TYPE_META), ..FIELD },
        Field { json: "metadata", number: 1, ty: Struct(&super::meta_v1::LIST_META), omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "items", number: 2, ty: Struct(&VALIDATING_WEBHOOK_CONFIGURATION), shape: Shape::List, ..FIELD },
    ],
    by_number: &[1, 2],
    atomic: false,
};

pub(super) static VALIDATION: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.Validation",
    form: Form::Object,
    fields: &[
        Field { json: "expression", number: 1, ty: STRING, ..FIELD },
        Field { json: "message", number: 2, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "reason", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, declared: &Declared { go_type: "v1.StatusReason", ..Declared::NOTHING }, ..FIELD },
        Field { json: "messageExpression", number: 4, ty: STRING, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[0, 1, 2, 3],
    atomic: false,
};

pub(super) static VARIABLE: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.Variable",
    form: Form::Object,
    fields: &[
        Field { json: "name", number: 1, ty: STRING, ..FIELD },
        Field { json: "expression", number: 2, ty: STRING, ..FIELD },
    ],
    by_number: &[0, 1],
    atomic: true,
};

pub(super) static WEBHOOK_CLIENT_CONFIG: Message = Message {
    name: "io.k8s.api.admissionregistration.v1.WebhookClientConfig",
    form: Form::Object,
    fields: &[
        Field { json: "url", number: 3, ty: STRING, pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "service", number: 1, ty: Struct(&SERVICE_REFERENCE), pointer: true, omit: Omit::Empty, optional: true, ..FIELD },
        Field { json: "caBundle", number: 2, ty: BYTES, omit: Omit::Empty, optional: true, ..FIELD },
    ],
    by_number: &[1, 2, 0],
    atomic: false,
};
