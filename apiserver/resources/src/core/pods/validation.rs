//! The rules for pods and their templates (`core/validation.ValidatePodSpec`).

use std::collections::BTreeSet;

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::{
    dns1123_label, dns1123_subdomain, in_range, label_value, qualified_name,
};
use pintle_machinery::path::ValueExt;

use super::containers::{self, Surroundings};
use super::{resize, security, tolerations, update, volumes};

/// `ValidatePodCreate`, `ValidatePodUpdate` and those of the subresources.
pub(crate) fn validate(ctx: &Context<'_>, pod: &Value, old: Option<&Value>, errors: &mut Errors) {
    if ctx.subresource == "status" {
        if let Some(old) = old {
            update::status(pod, old, errors);
        }
        return;
    }
    let name = pod.str_at(&["metadata", "name"]).unwrap_or_default();
    spec(&pod["spec"], name, "spec", errors);
    match old {
        None => {
            let ephemeral: &[&str] = &["spec", "ephemeralContainers"];
            if !pod.list_at(ephemeral).is_empty() {
                errors.forbidden("spec.ephemeralContainers", "cannot be set on create");
            }
            if !pod.list_at(&["spec", "schedulingGates"]).is_empty()
                && !text(&pod["spec"], "nodeName").is_empty()
            {
                let detail = "cannot be set until all schedulingGates have been cleared";
                errors.forbidden("spec.nodeName", detail);
            }
        }
        Some(old) if ctx.subresource.is_empty() => update::spec(pod, old, errors),
        Some(old) if ctx.subresource == "ephemeralcontainers" => {
            update::ephemeral_containers(pod, old, errors);
        }
        Some(old) if ctx.subresource == "resize" => resize::validate(pod, old, errors),
        Some(_) => {}
    }
}

/// `ValidatePodTemplateSpec`.
pub(crate) fn template(template: &Value, path: &str, errors: &mut Errors) {
    template_meta(template, path, errors);
    spec(&template["spec"], "", &format!("{path}.spec"), errors);
    if !template.list_at(&["spec", "ephemeralContainers"]).is_empty() {
        let detail = "ephemeral containers not allowed in pod template";
        errors.forbidden(format_args!("{path}.spec.ephemeralContainers"), detail);
    }
}

/// Labels and annotations of what is made from a template.
pub(super) fn template_meta(template: &Value, path: &str, errors: &mut Errors) {
    let map = |field: &str| template.map_at(&["metadata", field]).into_iter().flatten();
    for (key, value) in map("labels") {
        let value = value.as_str().unwrap_or_default();
        let at = format!("{path}.metadata.labels");
        errors.invalid_each(&at, key.as_str(), qualified_name(key));
        errors.invalid_each(&at, value, label_value(value));
    }
    for (key, _) in map("annotations") {
        let at = format!("{path}.metadata.annotations");
        errors.invalid_each(at, key.as_str(), qualified_name(&key.to_lowercase()));
    }
}

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object.str_at(&[field]).unwrap_or_default()
}

/// `ValidatePodSpec`; templates have no name.
fn spec(spec: &Value, name: &str, path: &str, errors: &mut Errors) {
    let root = Path::new(path);
    let at = |field: &'static str| root.child(field);
    let names = volumes::validate(spec.list_at(&["volumes"]), name, &at("volumes"), errors);
    let around = Surroundings { volumes: names };
    let [main, init, ephemeral] =
        ["containers", "initContainers", "ephemeralContainers"].map(|list| spec.list_at(&[list]));
    containers::validate(main, &around, &at("containers"), errors);
    containers::validate_init(init, main, &around, &at("initContainers"), errors);
    let others = [main, init];
    containers::validate_ephemeral(ephemeral, &others, &around, &at("ephemeralContainers"), errors);
    host_ports(spec, path, errors);
    containers::one_of(spec, "restartPolicy", &["Always", "OnFailure", "Never"], path, errors);
    let policies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
    containers::one_of(spec, "dnsPolicy", &policies, path, errors);
    for (key, value) in spec.map_at(&["nodeSelector"]).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        errors.invalid_each(at("nodeSelector"), key.as_str(), qualified_name(key));
        errors.invalid_each(at("nodeSelector"), value, label_value(value));
    }
    security::validate(spec, &at("securityContext"), errors);
    affinity(spec, path, errors);
    if text(spec, "dnsPolicy") == "None" && spec.list_at(&["dnsConfig", "nameservers"]).is_empty() {
        if spec.at(&["dnsConfig"]).is_none() {
            let detail = "must provide `dnsConfig` when `dnsPolicy` is None";
            errors.required(at("dnsConfig"), detail);
        } else {
            let detail = "must provide at least one DNS nameserver when `dnsPolicy` is None";
            errors.required(at("dnsConfig.nameservers"), detail);
        }
    }
    gates(spec, path, errors);
    spread(spec, path, errors);
    names_of(spec, path, errors);
    if let Some(seconds) = spec.i64_at(&["activeDeadlineSeconds"]) {
        let messages = in_range(seconds, 1, 2_147_483_647);
        errors.invalid_each(at("activeDeadlineSeconds"), seconds, messages);
    }
    tolerations::validate(spec.list_at(&["tolerations"]), &at("tolerations"), errors);
    host_aliases(spec, path, errors);
    let os = spec.str_at(&["os", "name"]);
    if let Some(os) = os.filter(|os| !matches!(*os, "linux" | "windows")) {
        if os.is_empty() {
            errors.required(at("os.name"), "");
        } else {
            errors.not_supported(at("os"), os, &["linux", "windows"]);
        }
    }
    file_volumes(spec, path, errors);
}

/// `validateFileKeyRefVolumes`: variables come from files of empty directories only.
fn file_volumes(spec: &Value, path: &str, errors: &mut Errors) {
    let volumes = spec.list_at(&["volumes"]);
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (index, container) in spec.list_at(&[list]).iter().enumerate() {
            for (env_index, variable) in container.list_at(&["env"]).iter().enumerate() {
                let Some(reference) = variable.at(&["valueFrom", "fileKeyRef"]) else { continue };
                let at = format!(
                    "{path}.{list}[{index}].env[{env_index}].valueFrom.fileKeyRef.volumeName"
                );
                let name = text(reference, "volumeName");
                match volumes.iter().rfind(|volume| text(volume, "name") == name) {
                    None => errors.not_found(at, name),
                    Some(volume) if volume.at(&["emptyDir"]).is_none() => {
                        errors.invalid(at, name, "referenced volume must be of type emptyDir");
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

/// What is wrong with a name.
pub(crate) type Check = fn(&str) -> Vec<String>;

/// Names of accounts, nodes, hosts, classes and gates.
fn names_of(spec: &Value, path: &str, errors: &mut Errors) {
    let checks: [(&str, Check); 6] = [
        ("serviceAccountName", dns1123_subdomain),
        ("nodeName", dns1123_subdomain),
        ("hostname", dns1123_label),
        ("subdomain", dns1123_label),
        ("priorityClassName", dns1123_subdomain),
        ("runtimeClassName", dns1123_subdomain),
    ];
    for (field, check) in checks {
        let value = text(spec, field);
        if !value.is_empty() {
            errors.invalid_each(format_args!("{path}.{field}"), value, check(value));
        }
    }
}

/// `ValidateHostAliases`.
fn host_aliases(spec: &Value, path: &str, errors: &mut Errors) {
    for (index, alias) in spec.list_at(&["hostAliases"]).iter().enumerate() {
        let path = format!("{path}.hostAliases[{index}]");
        pintle_machinery::ip::validate_ip(errors, format_args!("{path}.ip"), text(alias, "ip"));
        for (index, host) in alias.list_at(&["hostnames"]).iter().enumerate() {
            let host = host.as_str().unwrap_or_default();
            let at = format!("{path}.hostnames[{index}]");
            errors.invalid_each(at, host, dns1123_subdomain(host));
        }
    }
}

/// `validateReadinessGates`, `validateSchedulingGates`.
fn gates(spec: &Value, path: &str, errors: &mut Errors) {
    for (index, gate) in spec.list_at(&["readinessGates"]).iter().enumerate() {
        let at = format!("{path}.readinessGates[{index}].conditionType");
        let kind = text(gate, "conditionType");
        errors.invalid_each(at, kind, qualified_name(kind));
    }
    let mut seen = BTreeSet::new();
    for (index, gate) in spec.list_at(&["schedulingGates"]).iter().enumerate() {
        let at = format!("{path}.schedulingGates[{index}]");
        let name = text(gate, "name");
        errors.invalid_each(&at, name, qualified_name(name));
        if !seen.insert(name) {
            errors.duplicate(at, name);
        }
    }
}

/// `validateHostNetwork`, `checkHostPortConflicts`.
fn host_ports(spec: &Value, path: &str, errors: &mut Errors) {
    let host_network = spec.bool_at(&["hostNetwork"]) == Some(true);
    let mut taken = BTreeSet::new();
    for (index, container) in spec.list_at(&["containers"]).iter().enumerate() {
        for (port_index, port) in container.list_at(&["ports"]).iter().enumerate() {
            let at = format_args!("{path}.containers[{index}].ports[{port_index}]");
            let number = |field: &str| port.i64_at(&[field]).unwrap_or(0);
            let host = number("hostPort");
            if host_network && host != number("containerPort") {
                let detail = "must match `containerPort` when `hostNetwork` is true";
                errors.invalid(format_args!("{at}.hostPort"), host, detail);
            }
            let key = (text(port, "protocol"), text(port, "hostIP"), host);
            if host != 0 && !taken.insert(key) {
                let shown = format!("{}/{}/{host}", key.0, key.1);
                errors.duplicate(format_args!("{at}.hostPort"), shown);
            }
        }
    }
}

/// `validateAffinity`: the terms that are easily got wrong.
fn affinity(spec: &Value, path: &str, errors: &mut Errors) {
    if spec.at(&["affinity"]).is_none() {
        return;
    }
    let node = ["affinity", "nodeAffinity"];
    let required = "requiredDuringSchedulingIgnoredDuringExecution";
    if let Some(selector) = spec.at(&[node[0], node[1], required]) {
        let at = format!("{path}.affinity.nodeAffinity.{required}");
        super::node_selector::validate(selector, &at, errors);
    }
    let preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    for (index, term) in spec.list_at(&[node[0], node[1], preferred]).iter().enumerate() {
        let path = format!("{path}.affinity.nodeAffinity.{preferred}[{index}]");
        weight(term, &path, errors);
        super::node_selector::term(&term["preference"], &format!("{path}.preference"), errors);
    }
    for kind in ["podAffinity", "podAntiAffinity"] {
        let path = format!("{path}.affinity.{kind}");
        let list = |field: &str| spec.list_at(&["affinity", kind, field]);
        let required = "requiredDuringSchedulingIgnoredDuringExecution";
        for (index, term) in list(required).iter().enumerate() {
            pod_term(term, &format!("{path}.{required}[{index}]"), errors);
        }
        let preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        for (index, weighted) in list(preferred).iter().enumerate() {
            let path = format!("{path}.{preferred}[{index}]");
            weight(weighted, &path, errors);
            pod_term(&weighted["podAffinityTerm"], &format!("{path}.podAffinityTerm"), errors);
        }
    }
}

fn weight(term: &Value, path: &str, errors: &mut Errors) {
    let weight = term.i64_at(&["weight"]).unwrap_or(0);
    if !(1..=100).contains(&weight) {
        errors.invalid(format_args!("{path}.weight"), weight, "must be in the range 1-100");
    }
}

/// `validatePodAffinityTerm`.
fn pod_term(term: &Value, path: &str, errors: &mut Errors) {
    if let Some(selector) = term.at(&["labelSelector"]) {
        let at = format!("{path}.labelSelector");
        crate::selectors::validate(selector, false, &Path::new(&at), errors);
    }
    label_keys(term, path, errors);
    let key = text(term, "topologyKey");
    if key.is_empty() {
        errors.required(format_args!("{path}.topologyKey"), "can not be empty");
    }
    errors.invalid_each(format_args!("{path}.topologyKey"), key, qualified_name(key));
}

/// `validateTopologySpreadConstraints`.
fn spread(spec: &Value, path: &str, errors: &mut Errors) {
    let list = spec.list_at(&["topologySpreadConstraints"]);
    for (index, constraint) in list.iter().enumerate() {
        let path = format!("{path}.topologySpreadConstraints[{index}]");
        let skew = constraint.i64_at(&["maxSkew"]).unwrap_or(0);
        if skew <= 0 {
            errors.invalid(format_args!("{path}.maxSkew"), skew, "must be greater than zero");
        }
        let (key, action) =
            (text(constraint, "topologyKey"), text(constraint, "whenUnsatisfiable"));
        if key.is_empty() {
            errors.required(format_args!("{path}.topologyKey"), "can not be empty");
        }
        let actions = ["DoNotSchedule", "ScheduleAnyway"];
        if !actions.contains(&action) {
            errors.not_supported(format_args!("{path}.whenUnsatisfiable"), action, &actions);
        }
        let twin = |other: &Value| {
            text(other, "topologyKey") == key && text(other, "whenUnsatisfiable") == action
        };
        if list[index + 1..].iter().any(twin) {
            let at = format!("{path}.{{topologyKey, whenUnsatisfiable}}");
            errors.duplicate(at, format!("{{{key}, {action}}}"));
        }
        if let Some(domains) = constraint.i64_at(&["minDomains"]) {
            let at = format!("{path}.minDomains");
            if domains <= 0 {
                errors.invalid(&at, domains, "must be greater than zero");
            }
            if action != "DoNotSchedule" {
                let detail = format!(
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}"
                );
                errors.invalid(at, domains, detail);
            }
        }
        for field in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
            let policy = constraint.str_at(&[field]);
            if let Some(policy) = policy.filter(|policy| !matches!(*policy, "Honor" | "Ignore")) {
                errors.not_supported(format_args!("{path}.{field}"), policy, &["Honor", "Ignore"]);
            }
        }
        label_keys(constraint, &path, errors);
        if let Some(selector) = constraint.at(&["labelSelector"]) {
            let at = format!("{path}.labelSelector");
            crate::selectors::validate(selector, false, &Path::new(&at), errors);
        }
    }
}

/// `ValidateMatchLabelKeysAndMismatchLabelKeys`: the selector has the values for the keys already.
fn label_keys(term: &Value, path: &str, errors: &mut Errors) {
    let selector = term.at(&["labelSelector"]).filter(|selector| selector.is_object());
    let keys = |field: &str| -> Vec<&str> {
        term.list_at(&[field]).iter().filter_map(Value::as_str).collect()
    };
    for field in ["matchLabelKeys", "mismatchLabelKeys"] {
        let at = format!("{path}.{field}");
        if selector.is_none() && !keys(field).is_empty() {
            errors.forbidden(at, "must not be specified when labelSelector is not set");
            continue;
        }
        for (index, key) in keys(field).into_iter().enumerate() {
            errors.invalid_each(format_args!("{at}[{index}]"), key, qualified_name(key));
        }
    }
    let (wanted, unwanted) = (keys("matchLabelKeys"), keys("mismatchLabelKeys"));
    if let Some(selector) = selector {
        let labels = selector.map_at(&["matchLabels"]).into_iter().flatten();
        let mut seen: BTreeSet<&str> = labels.map(|(key, _)| key.as_str()).collect();
        for expression in selector.list_at(&["matchExpressions"]) {
            let key = text(expression, "key");
            let index = wanted.iter().rposition(|one| *one == key);
            if let Some(index) = index.filter(|_| seen.contains(key)) {
                let detail = "exists in both matchLabelKeys and labelSelector";
                errors.invalid(format_args!("{path}[{index}]"), key, detail);
            }
            seen.insert(key);
        }
    }
    for (index, key) in wanted.into_iter().enumerate().filter(|(_, key)| unwanted.contains(key)) {
        let at = format!("{path}.matchLabelKeys[{index}]");
        errors.invalid(at, key, "exists in both matchLabelKeys and mismatchLabelKeys");
    }
}
