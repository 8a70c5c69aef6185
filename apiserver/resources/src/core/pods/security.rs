//! The rules for a pod's security context (`core/validation.validatePodSpecSecurityContext`).

use std::collections::BTreeSet;

use pintle_engine::{Errors, Value};
use pintle_machinery::field::{BadValue, Path};
use pintle_machinery::name::in_range;
use pintle_machinery::path::ValueExt;

const MAX_SYSCTL: usize = 253;
const SYSCTL: &str = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
/// The longest path.
const MAX_PROFILE: usize = 4095;

fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object.str_at(&[field]).unwrap_or_default()
}

/// Checks the security context of a pod's spec.
pub(super) fn validate(spec: &Value, path: &Path<'_>, errors: &mut Errors) {
    let Some(context) = spec.at(&["securityContext"]) else { return };
    let id = |id: i64| in_range(id, 0, i64::from(i32::MAX));
    for field in ["fsGroup", "runAsUser", "runAsGroup"] {
        if let Some(number) = context.i64_at(&[field]) {
            errors.invalid_each(path.child(field), number, id(number));
        }
    }
    for (index, group) in context.list_at(&["supplementalGroups"]).iter().enumerate() {
        let group = group.as_i64().unwrap_or(0);
        errors.invalid_each(path.child("supplementalGroups").index(index), group, id(group));
    }
    sysctls(spec, context.list_at(&["sysctls"]), &path.child("sysctls"), errors);
    let mut one_of = |field: &str, allowed: &[&str]| {
        if let Some(value) = context.str_at(&[field]).filter(|value| !allowed.contains(value)) {
            errors.not_supported(path.child(field), value, allowed);
        }
    };
    one_of("fsGroupChangePolicy", &["Always", "OnRootMismatch"]);
    if let Some(profile) = context.at(&["seccompProfile"]) {
        seccomp(profile, &path.child("seccompProfile"), errors);
    }
    if let Some(profile) = context.at(&["appArmorProfile"]) {
        app_armor(profile, &path.child("appArmorProfile"), errors);
    }
    let mut one_of = |field: &str, allowed: &[&str]| {
        if let Some(value) = context.str_at(&[field]).filter(|value| !allowed.contains(value)) {
            errors.not_supported(path.child(field), value, allowed);
        }
    };
    one_of("supplementalGroupsPolicy", &["Merge", "Strict"]);
    one_of("seLinuxChangePolicy", &["MountOption", "Recursive"]);
}

/// `validateSysctls`.
fn sysctls(spec: &Value, list: &[Value], path: &Path<'_>, errors: &mut Errors) {
    let mut names = BTreeSet::new();
    for (index, sysctl) in list.iter().enumerate() {
        let at = path.index(index);
        let at = at.child("name");
        let name = text(sysctl, "name");
        if name.is_empty() {
            errors.required(at, "");
        } else if !is_sysctl(name) {
            let detail =
                format!("must have at most {MAX_SYSCTL} characters and match regex {SYSCTL}");
            errors.invalid(at, name, detail);
        } else if names.contains(name) {
            errors.duplicate(at, name);
        }
        let host = |field: &str| spec.bool_at(&[field]) == Some(true);
        match namespace(name) {
            Some("net") if host("hostNetwork") => {
                errors.invalid(at, name, "may not be specified when 'hostNetwork' is true");
            }
            Some("ipc") if host("hostIPC") => {
                errors.invalid(at, name, "may not be specified when 'hostIPC' is true");
            }
            _ => {}
        }
        names.insert(name);
    }
}

/// `IsValidSysctlName`.
fn is_sysctl(name: &str) -> bool {
    let is_inner = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9');
    let is_segment = |segment: &str| {
        let bytes = segment.as_bytes();
        let ends = [bytes.first(), bytes.last()];
        ends.into_iter().all(|end| end.is_some_and(|byte| is_inner(*byte)))
            && bytes.iter().all(|byte| is_inner(*byte) || matches!(byte, b'-' | b'_'))
    };
    name.len() <= MAX_SYSCTL && name.split(['.', '/']).all(is_segment)
}

/// The namespace of processes that a kernel parameter belongs to
/// (`component-helpers/node/util/sysctl.GetNamespace`), of those that pods can share with the host.
fn namespace(name: &str) -> Option<&'static str> {
    let swapped = name.find(['.', '/']).is_some_and(|at| name.as_bytes()[at] == b'/');
    let swap = |c: char| match c {
        '.' => '/',
        '/' => '.',
        c => c,
    };
    let name: String = if swapped { name.chars().map(swap).collect() } else { name.to_owned() };
    match name.as_str() {
        "kernel.sem"
        | "kernel.shmall"
        | "kernel.shmmax"
        | "kernel.shmmni"
        | "kernel.shm_rmid_forced"
        | "kernel.shm"
        | "kernel.msgmax"
        | "kernel.msgmnb"
        | "kernel.msgmni"
        | "kernel.msg" => Some("ipc"),
        name if name.starts_with("fs.mqueue.") => Some("ipc"),
        name if name.starts_with("net.") => Some("net"),
        _ => None,
    }
}

/// `validateSeccompProfileField`.
pub(super) fn seccomp(profile: &Value, path: &Path<'_>, errors: &mut Errors) {
    match text(profile, "type") {
        "Localhost" | "RuntimeDefault" | "Unconfined" => {}
        "" => errors.required(path.child("type"), "type is required when seccompProfile is set"),
        other => {
            let supported = ["Localhost", "RuntimeDefault", "Unconfined"];
            errors.not_supported(path.child("type"), other, &supported);
        }
    }
    let at = path.child("localhostProfile");
    match (text(profile, "type"), profile.str_at(&["localhostProfile"])) {
        ("Localhost", None) => errors.required(at, "must be set when seccomp type is Localhost"),
        ("Localhost", Some(file)) => {
            if file.starts_with('/') {
                errors.invalid(at, file, "must be a relative path");
            }
            if file.split('/').any(|part| part == "..") {
                errors.invalid(at, file, "must not contain '..'");
            }
        }
        (ty, Some(file)) => {
            let [ty, file] = [ty, file].map(pintle_machinery::json::quote);
            let shown = BadValue::Text(format!("{{\"Type\":{ty},\"LocalhostProfile\":{file}}}"));
            errors.invalid(at, shown, "can only be set when seccomp type is Localhost");
        }
        (_, None) => {}
    }
}

/// `ValidateAppArmorProfileField`.
fn app_armor(profile: &Value, path: &Path<'_>, errors: &mut Errors) {
    let at = path.child("localhostProfile");
    match (text(profile, "type"), profile.str_at(&["localhostProfile"])) {
        ("Localhost", None) => errors.required(at, "must be set when AppArmor type is Localhost"),
        ("Localhost", Some(name)) => {
            if name != name.trim() {
                errors.invalid(at, name, "must not be padded with whitespace");
            } else if name.is_empty() {
                errors.required(at, "must be set when AppArmor type is Localhost");
            }
            if name.len() > MAX_PROFILE {
                errors.too_long(at, MAX_PROFILE);
            }
        }
        ("RuntimeDefault" | "Unconfined", Some(name)) => {
            errors.invalid(at, name, "can only be set when AppArmor type is Localhost");
        }
        ("RuntimeDefault" | "Unconfined", None) => {}
        ("", _) => {
            errors.required(path.child("type"), "type is required when appArmorProfile is set");
        }
        (other, _) => {
            let supported = ["Localhost", "RuntimeDefault", "Unconfined"];
            errors.not_supported(path.child("type"), other, &supported);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(spec: Value, expected: &[&str]) {
        let mut errors = Errors::new();
        validate(&spec, &Path::new("s"), &mut errors);
        let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    fn with(sysctls: &[&str]) -> Value {
        let list: Vec<Value> =
            sysctls.iter().map(|name| json!({"name": name, "value": "1"})).collect();
        json!({"securityContext": {"sysctls": list}})
    }

    #[test]
    fn kernel_parameters_have_names_of_their_own() {
        check(with(&["kernel.shm_rmid_forced", "safe-and-unsafe", "net/ipv4/conf/eth0.1/x"]), &[]);
        let regex = "must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
        check(
            with(&["foo-", "bar..", "a.b", "a.b", ""]),
            &[
                &format!("s.sysctls[0].name: Invalid value: \"foo-\": {regex}"),
                &format!("s.sysctls[1].name: Invalid value: \"bar..\": {regex}"),
                "s.sysctls[3].name: Duplicate value: \"a.b\"",
                "s.sysctls[4].name: Required value",
            ],
        );
    }

    #[test]
    fn pods_in_the_hosts_namespaces_leave_its_parameters_alone() {
        let mut spec = with(&["net.ipv4.tcp_syncookies", "net/core/somaxconn", "kernel.msgmax"]);
        spec["hostNetwork"] = true.into();
        check(
            spec,
            &[
                "s.sysctls[0].name: Invalid value: \"net.ipv4.tcp_syncookies\": may not be specified when 'hostNetwork' is true",
                "s.sysctls[1].name: Invalid value: \"net/core/somaxconn\": may not be specified when 'hostNetwork' is true",
            ],
        );
    }

    #[test]
    fn profiles_of_the_host_have_names() {
        check(
            json!({"securityContext": {"fsGroupChangePolicy": "Never",
                "seccompProfile": {"type": "Localhost"},
                "appArmorProfile": {"type": "Unconfined", "localhostProfile": "x"}}}),
            &[
                "s.fsGroupChangePolicy: Unsupported value: \"Never\": supported values: \"Always\", \"OnRootMismatch\"",
                "s.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost",
                "s.appArmorProfile.localhostProfile: Invalid value: \"x\": can only be set when AppArmor type is Localhost",
            ],
        );
    }
}
