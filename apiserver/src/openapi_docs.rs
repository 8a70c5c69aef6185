//! What the definitions of the built-in types and their fields are for, in words.

use std::collections::HashMap;
use std::sync::Arc;

use k8s_openapi::schemars::generate::{SchemaGenerator, SchemaSettings};
use pintle_engine::openapi::Texts;
use pintle_machinery::Value;

/// By definition and field; a definition's own text has no field.
struct Described(HashMap<String, HashMap<String, String>>);

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";

impl Texts for Described {
    fn describe(&self, definition: &str, field: &str) -> Option<&str> {
        let own = |name: &str| self.0.get(name)?.get(field).map(String::as_str);
        own(definition).or_else(|| match field {
            // Lists have no schema of their own; these are the same for all kinds.
            "apiVersion" | "kind" => own(&format!("{META}Status")),
            _ => None,
        })
    }
}

/// Registers kinds of a module, and with them all that they are made of.
macro_rules! register {
    ($generator:ident, $($segment:ident)::+: $($kind:ident)+) => {{
        use $($segment)::+ as module;
        $($generator.subschema_for::<module::$kind>();)+
    }};
}

/// Reads all texts, which takes a while and much memory.
pub(crate) fn read() -> Arc<dyn Texts> {
    let mut generator = SchemaSettings::default().into_generator();
    register_all(&mut generator);
    let text = |schema: &Value| schema["description"].as_str().map(str::to_owned);
    let mut found = HashMap::new();
    for (name, schema) in generator.take_definitions(false) {
        let fields = schema["properties"].as_object().into_iter().flatten();
        let texts = fields.filter_map(|(field, schema)| Some((field.clone(), text(schema)?)));
        let own = text(&schema).map(|text| (String::new(), text));
        found.insert(name, texts.chain(own).collect::<HashMap<_, _>>());
    }
    Arc::new(Described(found))
}

fn register_all(generator: &mut SchemaGenerator) {
    register!(generator, k8s_openapi::api::admissionregistration::v1: MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration);
    register!(generator, k8s_openapi::api::apps::v1: ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet);
    register!(generator, k8s_openapi::api::authentication::v1: SelfSubjectReview TokenRequest TokenReview);
    register!(generator, k8s_openapi::api::authorization::v1: LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview);
    register!(generator, k8s_openapi::api::autoscaling::v1: HorizontalPodAutoscaler Scale);
    register!(generator, k8s_openapi::api::autoscaling::v2: HorizontalPodAutoscaler);
    register!(generator, k8s_openapi::api::batch::v1: CronJob Job);
    register!(generator, k8s_openapi::api::certificates::v1: CertificateSigningRequest ClusterTrustBundle PodCertificateRequest);
    register!(generator, k8s_openapi::api::coordination::v1: Lease);
    register!(generator, k8s_openapi::api::core::v1: Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount);
    register!(generator, k8s_openapi::api::discovery::v1: EndpointSlice);
    register!(generator, k8s_openapi::api::events::v1: Event);
    register!(generator, k8s_openapi::api::flowcontrol::v1: FlowSchema PriorityLevelConfiguration);
    register!(generator, k8s_openapi::api::networking::v1: IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR);
    register!(generator, k8s_openapi::api::node::v1: RuntimeClass);
    register!(generator, k8s_openapi::api::policy::v1: Eviction PodDisruptionBudget);
    register!(generator, k8s_openapi::api::rbac::v1: ClusterRole ClusterRoleBinding Role RoleBinding);
    register!(generator, k8s_openapi::api::resource::v1: DeviceClass DeviceTaintRule ResourceClaim ResourceClaimTemplate ResourceSlice);
    register!(generator, k8s_openapi::api::scheduling::v1: PriorityClass);
    register!(generator, k8s_openapi::api::storage::v1: CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass);
    register!(generator, k8s_openapi::api::storagemigration::v1: StorageVersionMigration);
    register!(generator, k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1: CustomResourceDefinition);
    register!(generator, k8s_openapi::apimachinery::pkg::apis::meta::v1: APIGroupList APIResourceList APIVersions Patch Status);
    register!(generator, k8s_openapi::apimachinery::pkg::version: Info);
    register!(generator, k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1: APIService);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_and_their_fields_have_words() {
        let texts = read();
        let check = |definition: &str, field: &str, beginning: &str| {
            let text = texts.describe(definition, field).unwrap_or_default();
            assert!(text.starts_with(beginning), "{text}");
        };
        check("io.k8s.api.apps.v1.DeploymentSpec", "replicas", "Number of desired pods.");
        check("io.k8s.api.apps.v1.DeploymentSpec", "", "DeploymentSpec is the specification");
        check("io.k8s.api.apps.v1.DeploymentList", "kind", "Kind is a string value");
        check("io.k8s.api.core.v1.Pod", "metadata", "Standard object's metadata.");
        assert_eq!(texts.describe("io.k8s.api.apps.v1.DeploymentSpec", "nope"), None);
    }
}
