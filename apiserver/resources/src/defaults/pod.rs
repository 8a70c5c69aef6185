//! Pods and what they are made of (`k8s.io/kubernetes/pkg/apis/core/v1`).

use pintle_machinery::Value;
use serde_json::json;

use super::{Fields, each, fill, fill_number, fill_text, object, object_if, text};

/// Volume sources are the fields of a volume other than its name.
const VOLUME_NAME: &str = "name";

/// `SetDefaults_Pod`: rules that hold for pods but not for pod templates.
pub(super) fn pod(pod: &mut Fields) {
    let spec = object(pod, "spec");
    if spec.get("terminationGracePeriodSeconds").and_then(Value::as_i64).is_some_and(|s| s < 0) {
        spec.insert("terminationGracePeriodSeconds".into(), 1.into());
    }
    for list in ["containers", "initContainers"] {
        each(spec, list).for_each(requests_from_limits);
    }
    fill(spec, "enableServiceLinks", true);
    if spec.get("hostNetwork") == Some(&Value::Bool(true)) {
        for list in ["containers", "initContainers"] {
            each(spec, list).for_each(host_ports);
        }
    }
}

/// Requests not given equal the limits.
fn requests_from_limits(container: &mut Fields) {
    let Some(resources) = object_if(container, "resources") else { return };
    let Some(Value::Object(limits)) = resources.get("limits").cloned() else { return };
    let requests = object(resources, "requests");
    for (name, quantity) in limits {
        requests.entry(name).or_insert(quantity);
    }
}

/// On the host's network a container's ports are the host's.
fn host_ports(container: &mut Fields) {
    for port in each(container, "ports") {
        let number = port.get("containerPort").and_then(Value::as_i64).unwrap_or(0);
        fill_number(port, "hostPort", number);
    }
}

/// `SetDefaults_PodSpec`.
pub(super) fn pod_spec(spec: &mut Fields) {
    if text(spec, "serviceAccountName").is_empty()
        && let Some(account) = spec.get("serviceAccount").cloned()
    {
        spec.insert("serviceAccountName".into(), account);
    }
    match spec.get("serviceAccountName").cloned() {
        Some(account) => drop(spec.insert("serviceAccount".into(), account)),
        None => drop(spec.remove("serviceAccount")),
    }
    fill_text(spec, "dnsPolicy", "ClusterFirst");
    fill_text(spec, "restartPolicy", "Always");
    fill(spec, "securityContext", json!({}));
    fill(spec, "terminationGracePeriodSeconds", 30);
    fill_text(spec, "schedulerName", "default-scheduler");
}

/// `SetDefaults_PodStatus`: `podIP` and `podIPs` say the same; the former has the last word.
pub(super) fn pod_status(status: &mut Fields) {
    let ip = text(status, "podIP").to_owned();
    let first = status.get("podIPs").and_then(|ips| ips.get(0)?.get("ip")?.as_str());
    match first.map(str::to_owned) {
        Some(first) if ip.is_empty() => drop(status.insert("podIP".into(), first.into())),
        Some(first) if first == ip => {}
        _ if ip.is_empty() => {}
        _ => drop(status.insert("podIPs".into(), json!([{ "ip": ip }]))),
    }
}

/// `SetDefaults_Container` and `SetDefaults_EphemeralContainer`.
pub(super) fn container(container: &mut Fields) {
    let policy = pull_policy(text(container, "image"));
    fill_text(container, "imagePullPolicy", policy);
    fill_text(container, "terminationMessagePath", "/dev/termination-log");
    fill_text(container, "terminationMessagePolicy", "File");
}

/// `latest` is pulled always, everything else if it is not there.
fn pull_policy(image: &str) -> &'static str {
    let (repository, digest) = image.split_once('@').map_or((image, false), |(r, _)| (r, true));
    let last = repository.rsplit('/').next().unwrap_or(repository);
    match last.split_once(':') {
        Some((_, tag)) if tag != "latest" => "IfNotPresent",
        None if digest => "IfNotPresent",
        _ => "Always",
    }
}

/// `SetDefaults_Volume`.
pub(super) fn volume(volume: &mut Fields) {
    if volume.iter().all(|(name, value)| name == VOLUME_NAME || value.is_null()) {
        volume.insert("emptyDir".into(), json!({}));
    }
    if let Some(image) = object_if(volume, "image") {
        let policy = pull_policy(text(image, "reference"));
        fill_text(image, "pullPolicy", policy);
    }
}

/// `SetDefaults_Probe`.
pub(super) fn probe(probe: &mut Fields) {
    fill_number(probe, "timeoutSeconds", 1);
    fill_number(probe, "periodSeconds", 10);
    fill_number(probe, "successThreshold", 1);
    fill_number(probe, "failureThreshold", 3);
}

/// `SetDefaults_HTTPGetAction`.
pub(super) fn http_get(action: &mut Fields) {
    fill_text(action, "path", "/");
    fill_text(action, "scheme", "HTTP");
}

/// File mode of volumes made of objects: `SetDefaults_SecretVolumeSource` and its kin.
pub(super) fn mode_0644(source: &mut Fields) {
    fill(source, "defaultMode", 0o644);
}

/// `SetDefaults_ServiceAccountTokenProjection`.
pub(super) fn token_projection(projection: &mut Fields) {
    fill(projection, "expirationSeconds", 3600);
}

/// `SetDefaults_ObjectFieldSelector`.
pub(super) fn object_field_selector(selector: &mut Fields) {
    fill_text(selector, "apiVersion", "v1");
}
