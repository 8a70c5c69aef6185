//! The rules for a pod's containers (`core/validation.validateContainers` and below).

use std::collections::BTreeSet;
use std::fmt::Display;

use pintle_engine::{Errors, Value};
use pintle_machinery::Map;
use pintle_machinery::field::Path;
use pintle_machinery::name::{
    config_map_key, dns1123_label, dns1123_subdomain, http_header_name, in_range,
    name_is_dns_subdomain, port_name, port_number, relaxed_env_var_name,
};
use pintle_machinery::path::ValueExt;

use super::downward;
use super::validation::Check;
use super::volumes;
use crate::core::resource_names::requirements;

/// What the containers of a pod have around them.
pub(crate) struct Surroundings<'a> {
    /// Names of the pod's volumes.
    pub(crate) volumes: BTreeSet<&'a str>,
}

/// `validateContainers`: the containers proper.
pub(crate) fn validate(
    list: &[Value],
    around: &Surroundings<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    if list.is_empty() {
        errors.required(path, "");
        return;
    }
    let mut names = BTreeSet::new();
    for (index, container) in list.iter().enumerate() {
        let path = path.index(index);
        common(container, around, &path, errors);
        let name = text(container, "name");
        if !names.insert(name) {
            errors.duplicate(format_args!("{path}.name"), name);
        }
        probes(container, &path, errors);
    }
}

/// `validateInitContainers`.
pub(crate) fn validate_init(
    list: &[Value],
    others: &[Value],
    around: &Surroundings<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    let mut names: BTreeSet<&str> = others.iter().map(|one| text(one, "name")).collect();
    for (index, container) in list.iter().enumerate() {
        let path = path.index(index);
        common(container, around, &path, errors);
        let restart = text(container, "restartPolicy");
        let name = text(container, "name");
        if !name.is_empty() && !names.insert(name) {
            errors.duplicate(format_args!("{path}.name"), name);
        }
        if restart == "Always" {
            probes(container, &path, errors);
            continue;
        }
        for field in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
            if container.map_at(&[field]).is_some() {
                let detail = "may not be set for init containers without restartPolicy=Always";
                errors.forbidden(format_args!("{path}.{field}"), detail);
            }
        }
    }
}

/// `validateEphemeralContainers`.
pub(crate) fn validate_ephemeral(
    list: &[Value],
    others: &[&[Value]],
    around: &Surroundings<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    let others = || others.iter().copied().flatten();
    let mut names: BTreeSet<&str> = others().map(|one| text(one, "name")).collect();
    for (index, container) in list.iter().enumerate() {
        let path = path.index(index);
        common(container, around, &path, errors);
        let name = text(container, "name");
        if !names.insert(name) {
            errors.duplicate(format_args!("{path}.name"), name);
        }
        let target = text(container, "targetContainerName");
        if !target.is_empty() && !others().any(|one| text(one, "name") == target) {
            errors.not_found(format_args!("{path}.targetContainerName"), target);
        }
        let forbidden = [
            "ports",
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "lifecycle",
            "resizePolicy",
        ];
        for field in forbidden {
            if container.at(&[field]).is_some_and(|value| !value.is_null()) {
                let detail = "cannot be set for an Ephemeral Container";
                errors.forbidden(format_args!("{path}.{field}"), detail);
            }
        }
    }
}

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object.str_at(&[field]).unwrap_or_default()
}

/// `validateContainerCommon`.
fn common(container: &Value, around: &Surroundings<'_>, path: &Path<'_>, errors: &mut Errors) {
    let name = text(container, "name");
    if name.is_empty() {
        errors.required(format_args!("{path}.name"), "");
    } else {
        errors.invalid_each(format_args!("{path}.name"), name, dns1123_label(name));
    }
    let image = text(container, "image");
    if image.is_empty() {
        errors.required(format_args!("{path}.image"), "");
    } else if image.trim() != image {
        let detail = "must not have leading or trailing whitespace";
        errors.invalid(format_args!("{path}.image"), image, detail);
    }
    one_of(container, "terminationMessagePolicy", &["File", "FallbackToLogsOnError"], path, errors);
    ports(container.list_at(&["ports"]), &path.child("ports"), errors);
    env(container, path, errors);
    mounts(container, around, path, errors);
    one_of(container, "imagePullPolicy", &["Always", "IfNotPresent", "Never"], path, errors);
    requirements(&container["resources"], &path.child("resources"), errors);
    security_context(container, path, errors);
}

/// A string that must be one of a few.
pub(crate) fn one_of(
    object: &Value,
    field: &str,
    supported: &[&str],
    path: impl Display,
    errors: &mut Errors,
) {
    match text(object, field) {
        "" => errors.required(format_args!("{path}.{field}"), ""),
        value if !supported.contains(&value) => {
            errors.not_supported(format_args!("{path}.{field}"), value, supported);
        }
        _ => {}
    }
}

/// `validateContainerPorts`.
fn ports(list: &[Value], path: &Path<'_>, errors: &mut Errors) {
    let mut names = BTreeSet::new();
    for (index, port) in list.iter().enumerate() {
        let path = path.index(index);
        let name = text(port, "name");
        if !name.is_empty() {
            let messages = port_name(name);
            if messages.is_empty() && !names.insert(name) {
                errors.duplicate(format_args!("{path}.name"), name);
            }
            errors.invalid_each(format_args!("{path}.name"), name, messages);
        }
        match port.i64_at(&["containerPort"]).unwrap_or(0) {
            0 => errors.required(format_args!("{path}.containerPort"), ""),
            number => {
                errors.invalid_each(path.child("containerPort"), number, port_number(number));
            }
        }
        let host = port.i64_at(&["hostPort"]).unwrap_or(0);
        if host != 0 {
            errors.invalid_each(format_args!("{path}.hostPort"), host, port_number(host));
        }
        one_of(port, "protocol", &["SCTP", "TCP", "UDP"], path, errors);
    }
}

/// `ValidateEnv`, `ValidateEnvFrom`.
fn env(container: &Value, path: &Path<'_>, errors: &mut Errors) {
    let list = path.child("env");
    for (index, variable) in container.list_at(&["env"]).iter().enumerate() {
        let path = list.index(index);
        let name = text(variable, "name");
        if name.is_empty() {
            errors.required(format_args!("{path}.name"), "");
        } else {
            errors.invalid_each(format_args!("{path}.name"), name, relaxed_env_var_name(name));
        }
        if let Some(source) = variable.map_at(&["valueFrom"]) {
            let at = path.child("valueFrom");
            value_source(source, &at, errors);
            match source.len() {
                0 => errors.invalid(
                    at,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`",
                ),
                _ if !text(variable, "value").is_empty() => {
                    errors.invalid(at, "", "may not be specified when `value` is not empty");
                }
                1 => {}
                _ => errors.invalid(at, "", "may not have more than one field specified at a time"),
            }
        }
    }
    let list = path.child("envFrom");
    for (index, source) in container.list_at(&["envFrom"]).iter().enumerate() {
        let path = list.index(index);
        let prefix = text(source, "prefix");
        if !prefix.is_empty() {
            let messages = relaxed_env_var_name(prefix);
            errors.invalid_each(format_args!("{path}.prefix"), prefix, messages);
        }
        let both = ["configMapRef", "secretRef"];
        match both.iter().filter(|field| source.map_at(&[field]).is_some()).count() {
            0 => {
                errors.invalid(list, "", "must specify one of: `configMapRef` or `secretRef`");
            }
            1 => {}
            _ => errors.invalid(list, "", "may not have more than one field specified at a time"),
        }
        for field in both {
            let Some(reference) = source.at(&[field]) else { continue };
            let (reference_path, name) = (path.child(field), text(reference, "name"));
            let at = reference_path.child("name");
            if name.is_empty() {
                errors.required(at, "");
            } else {
                errors.invalid_each(at, name, name_is_dns_subdomain(name, true));
            }
        }
    }
}

/// What a variable takes its value from.
fn value_source(source: &Map<String, Value>, path: &Path<'_>, errors: &mut Errors) {
    let of = |field: &'static str| source.get(field).map(|found| (found, path.child(field)));
    if let Some((found, at)) = of("fieldRef") {
        downward::field(found, downward::VARIABLE_FIELDS, &at, errors);
    }
    if let Some((found, at)) = of("resourceFieldRef") {
        downward::resource(found, false, &at, errors);
    }
    for (found, at) in [of("configMapKeyRef"), of("secretKeyRef")].into_iter().flatten() {
        key_reference(found, &at, errors);
    }
    if let Some((found, at)) = of("fileKeyRef") {
        file_reference(found, &at, errors);
    }
}

/// `validateFileKeySelector`.
fn file_reference(reference: &Value, path: &Path<'_>, errors: &mut Errors) {
    let checks: [(&str, Check); 2] = [("key", relaxed_env_var_name), ("volumeName", dns1123_label)];
    for (field, check) in checks {
        let (at, value) = (path.child(field), text(reference, field));
        if value.is_empty() {
            errors.required(at, "");
        } else {
            errors.invalid_each(at, value, check(value));
        }
    }
    let (at, file) = (path.child("path"), text(reference, "path"));
    if file.is_empty() {
        errors.required(at, "");
    } else {
        volumes::no_parents(file, at, errors);
    }
}

/// `validateConfigMapKeySelector`, `validateSecretKeySelector`.
fn key_reference(reference: &Value, path: &Path<'_>, errors: &mut Errors) {
    let name = text(reference, "name");
    errors.invalid_each(format_args!("{path}.name"), name, dns1123_subdomain(name));
    let key = text(reference, "key");
    if key.is_empty() {
        errors.required(format_args!("{path}.key"), "");
    } else {
        errors.invalid_each(format_args!("{path}.key"), key, config_map_key(key));
    }
}

/// `ValidateVolumeMounts`.
fn mounts(container: &Value, around: &Surroundings<'_>, path: &Path<'_>, errors: &mut Errors) {
    let mut paths = BTreeSet::new();
    let list = path.child("volumeMounts");
    for (index, mount) in container.list_at(&["volumeMounts"]).iter().enumerate() {
        let path = list.index(index);
        let name = text(mount, "name");
        if name.is_empty() {
            errors.required(format_args!("{path}.name"), "");
        }
        if !around.volumes.contains(name) {
            errors.not_found(format_args!("{path}.name"), name);
        }
        let mount_path = text(mount, "mountPath");
        if mount_path.is_empty() {
            errors.required(format_args!("{path}.mountPath"), "");
        }
        if !paths.insert(mount_path) {
            errors.invalid(format_args!("{path}.mountPath"), mount_path, "must be unique");
        }
        for field in ["subPath", "subPathExpr"] {
            let sub = text(mount, field);
            let at = list.child(field);
            if sub.starts_with('/') {
                errors.invalid(at, sub, "must be a relative path");
            }
            if sub.split('/').any(|part| part == "..") {
                errors.invalid(at, sub, "must not contain '..'");
            }
        }
        let both = !text(mount, "subPath").is_empty() && !text(mount, "subPathExpr").is_empty();
        if both {
            let detail = "subPathExpr and subPath are mutually exclusive";
            errors.invalid(format_args!("{path}.subPathExpr"), text(mount, "subPathExpr"), detail);
        }
    }
}

/// Probes and lifecycle handlers.
fn probes(container: &Value, path: &Path<'_>, errors: &mut Errors) {
    let lifecycle = path.child("lifecycle");
    for hook in ["postStart", "preStop"] {
        if let Some(handler) = container.at(&["lifecycle", hook]) {
            validate_handler(handler, &lifecycle.child(hook), errors);
        }
    }
    for field in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let Some(probe) = container.at(&[field]).filter(|probe| probe.is_object()) else {
            continue;
        };
        let path = path.child(field);
        validate_handler(probe, &path, errors);
        for number in [
            "initialDelaySeconds",
            "timeoutSeconds",
            "periodSeconds",
            "successThreshold",
            "failureThreshold",
        ] {
            let value = probe.i64_at(&[number]).unwrap_or(0);
            if value < 0 {
                let detail = "must be greater than or equal to 0";
                errors.invalid(format_args!("{path}.{number}"), value, detail);
            }
        }
        let grace = probe.i64_at(&["terminationGracePeriodSeconds"]);
        if let Some(grace) = grace.filter(|grace| *grace <= 0) {
            let at = path.child("terminationGracePeriodSeconds");
            errors.invalid(at, grace, "must be greater than 0");
        }
        let success = probe.i64_at(&["successThreshold"]).unwrap_or(0);
        if field == "readinessProbe" {
            continue;
        }
        if success != 1 {
            errors.invalid(format_args!("{path}.successThreshold"), success, "must be 1");
        }
    }
}

const HANDLERS: &[&str] = &["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

/// `validateHandler`.
fn validate_handler(handler: &Value, path: &Path<'_>, errors: &mut Errors) {
    let found = HANDLERS.iter().filter(|kind| handler.at(&[kind]).is_some_and(Value::is_object));
    let mut count = 0;
    for kind in found {
        let path = path.child(kind);
        count += 1;
        if count > 1 {
            errors.forbidden(path, "may not specify more than 1 handler type");
            continue;
        }
        let action = &handler[*kind];
        match *kind {
            "exec" if action.list_at(&["command"]).is_empty() => {
                errors.required(format_args!("{path}.command"), "");
            }
            "httpGet" => {
                if text(action, "path").is_empty() {
                    errors.required(format_args!("{path}.path"), "");
                }
                handler_port(action, &path, errors);
                one_of(action, "scheme", &["HTTP", "HTTPS"], path, errors);
                for (index, header) in action.list_at(&["httpHeaders"]).iter().enumerate() {
                    let name = text(header, "name");
                    let at = format_args!("{path}.httpHeaders[{index}].name");
                    errors.invalid_each(at, name, http_header_name(name));
                }
            }
            "tcpSocket" | "grpc" => handler_port(action, &path, errors),
            _ => {}
        }
    }
    if count == 0 {
        errors.required(path, "must specify a handler type");
    }
}

/// `ValidatePortNumOrName`.
fn handler_port(action: &Value, path: &Path<'_>, errors: &mut Errors) {
    let at = path.child("port");
    match action.at(&["port"]) {
        Some(Value::String(name)) => errors.invalid_each(at, name.as_str(), port_name(name)),
        other => {
            let number = other.and_then(Value::as_i64).unwrap_or(0);
            errors.invalid_each(at, number, port_number(number));
        }
    }
}

/// `ValidateSecurityContext`.
fn security_context(container: &Value, path: &Path<'_>, errors: &mut Errors) {
    let Some(context) = container.at(&["securityContext"]) else { return };
    let path = path.child("securityContext");
    for field in ["runAsUser", "runAsGroup"] {
        if let Some(id) = context.i64_at(&[field]) {
            errors.invalid_each(format_args!("{path}.{field}"), id, in_range(id, 0, 2_147_483_647));
        }
    }
    if let Some(profile) = context.at(&["seccompProfile"]) {
        super::security::seccomp(profile, &path.child("seccompProfile"), errors);
    }
    if context.bool_at(&["allowPrivilegeEscalation"]) == Some(false)
        && context.bool_at(&["privileged"]) == Some(true)
    {
        let detail = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
        errors.invalid(path, context.clone(), detail);
    }
}
