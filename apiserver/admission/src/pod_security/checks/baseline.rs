//! Checks of the baseline level, ordered by ID.

use std::collections::BTreeSet;

use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;

use super::{
    Check, Pod, Violation, assignment, bad_type, containers, join, plural, setters, violation,
};

/// The checks.
pub(super) const CHECKS: &[Check] = &[
    check("appArmorProfile", 0, app_armor_profile),
    check("capabilities_baseline", 0, capabilities),
    check("hostNamespaces", 0, host_namespaces),
    check("hostPathVolumes", 0, host_path_volumes),
    check("hostPorts", 0, host_ports),
    check("hostProbesAndHostLifecycle", 34, host_probes_and_lifecycle),
    check("privileged", 0, privileged),
    check("procMount", 0, proc_mount),
    check("seLinuxOptions", 0, se_linux_options),
    check("seccompProfile_baseline", 0, seccomp_profile),
    check("sysctls", 0, sysctls),
    check("windowsHostProcess", 0, windows_host_process),
];

const fn check(id: &'static str, since: u32, run: fn(Pod<'_>, u32) -> Option<Violation>) -> Check {
    Check { id, since, replaces: "", run }
}

/// Profile types that are always fine.
pub(super) const PROFILES: &[&str] = &["RuntimeDefault", "Localhost"];

fn app_armor_profile(pod: Pod<'_>, _: u32) -> Option<Violation> {
    const PREFIX: &str = "container.apparmor.security.beta.kubernetes.io/";
    let mut values = BTreeSet::new();
    let pod_bad = bad_type(pod.security(&["appArmorProfile"]), PROFILES, &mut values);
    let names = pod.bad(|container| {
        bad_type(container.at(&["securityContext", "appArmorProfile"]), PROFILES, &mut values)
    });
    let allowed = |value: &str| {
        value.is_empty() || value == "runtime/default" || value.starts_with("localhost/")
    };
    let annotations = pod.object.map_at(&["metadata", "annotations"]).into_iter().flatten();
    let mut annotations: Vec<String> = annotations
        .map(|(name, value)| (name, value.as_str().unwrap_or("")))
        .filter(|(name, value)| name.starts_with(PREFIX) && !allowed(value))
        .map(|(name, value)| assignment(name, value))
        .collect();
    annotations.sort();
    let mut who: Vec<String> = setters(pod_bad, &names).into_iter().collect();
    if !annotations.is_empty() {
        who.push(plural("annotation", "annotations", annotations.len()).into());
    }
    if who.is_empty() {
        return None;
    }
    let values: Vec<String> = values.into_iter().chain(annotations).collect();
    let reason = plural("forbidden AppArmor profile", "forbidden AppArmor profiles", values.len());
    let who = who.join(" and ");
    violation(reason, format!("{who} must not set AppArmor profile type to {}", join(values)))
}

/// What container runtimes grant anyway.
const CAPABILITIES: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// Capabilities that a container adds beyond those allowed; they are gathered.
pub(super) fn adds_more<'a>(
    container: &'a Value,
    allowed: &[&str],
    more: &mut BTreeSet<&'a str>,
) -> bool {
    let added = container.list_at(&["securityContext", "capabilities", "add"]);
    let bad = added.iter().filter_map(Value::as_str).filter(|name| !allowed.contains(name));
    let bad: Vec<&str> = bad.collect();
    more.extend(bad.iter().copied());
    !bad.is_empty()
}

fn capabilities(pod: Pod<'_>, _: u32) -> Option<Violation> {
    let mut more = BTreeSet::new();
    let names = pod.bad(|container| adds_more(container, CAPABILITIES, &mut more));
    if names.is_empty() {
        return None;
    }
    let (who, more) = (containers(&names), join(more));
    let detail = format!("{who} must not include {more} in securityContext.capabilities.add");
    violation("non-default capabilities", detail)
}

fn host_namespaces(pod: Pod<'_>, _: u32) -> Option<Violation> {
    let shared = ["hostNetwork", "hostPID", "hostIPC"]
        .into_iter()
        .filter(|field| pod.spec(&[field]) == Some(&Value::Bool(true)))
        .map(|field| format!("{field}=true"));
    let shared: Vec<String> = shared.collect();
    if shared.is_empty() { None } else { violation("host namespaces", shared.join(", ")) }
}

fn host_path_volumes(pod: Pod<'_>, _: u32) -> Option<Violation> {
    let names: Vec<&str> = pod
        .volumes()
        .iter()
        .filter(|volume| volume.at(&["hostPath"]).is_some())
        .map(|volume| volume.str_at(&["name"]).unwrap_or(""))
        .collect();
    if names.is_empty() {
        return None;
    }
    let word = plural("volume", "volumes", names.len());
    violation("hostPath volumes", format!("{word} {}", join(names)))
}

fn host_ports(pod: Pod<'_>, _: u32) -> Option<Violation> {
    let mut ports = BTreeSet::new();
    let names = pod.bad(|container| {
        let used = container.list_at(&["ports"]).iter();
        let used = used.filter_map(|port| port.i64_at(&["hostPort"])).filter(|port| *port != 0);
        let used: Vec<String> = used.map(|port| port.to_string()).collect();
        let bad = !used.is_empty();
        ports.extend(used);
        bad
    });
    if names.is_empty() {
        return None;
    }
    let who = containers(&names);
    let uses = plural("uses", "use", names.len());
    let word = plural("hostPort", "hostPorts", ports.len());
    let ports: Vec<String> = ports.into_iter().collect();
    violation("hostPort", format!("{who} {uses} {word} {}", ports.join(", ")))
}

fn host_probes_and_lifecycle(pod: Pod<'_>, _: u32) -> Option<Violation> {
    const HANDLERS: &[&[&str]] = &[
        &["livenessProbe"],
        &["readinessProbe"],
        &["startupProbe"],
        &["lifecycle", "postStart"],
        &["lifecycle", "preStop"],
    ];
    let mut hosts = BTreeSet::new();
    let names = pod.bad(|container| {
        let mut bad = false;
        for handler in HANDLERS.iter().filter_map(|path| container.at(path)) {
            for way in ["httpGet", "tcpSocket"] {
                let host = handler.str_at(&[way, "host"]).filter(|host| !host.is_empty());
                bad |= host.is_some();
                hosts.extend(host);
            }
        }
        bad
    });
    if names.is_empty() {
        return None;
    }
    let names: Vec<&str> = names.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let who = containers(&names);
    let uses = plural("uses", "use", names.len());
    let word = plural("probe or lifecycle host", "probe or lifecycle hosts", hosts.len());
    violation("probe or lifecycle host", format!("{who} {uses} {word} {}", join(hosts)))
}

fn privileged(pod: Pod<'_>, _: u32) -> Option<Violation> {
    let names =
        pod.bad(|container| container.bool_at(&["securityContext", "privileged"]) == Some(true));
    if names.is_empty() {
        return None;
    }
    let who = containers(&names);
    violation("privileged", format!("{who} must not set securityContext.privileged=true"))
}

fn proc_mount(pod: Pod<'_>, version: u32) -> Option<Violation> {
    if version >= 35 && pod.own_users() { None } else { masked_proc(pod) }
}

/// `/proc` is masked in every container.
pub(super) fn masked_proc(pod: Pod<'_>) -> Option<Violation> {
    let mut kinds = BTreeSet::new();
    let names = pod.bad(|container| {
        let kind = container.str_at(&["securityContext", "procMount"]);
        let kind = kind.filter(|kind| *kind != "Default");
        kinds.extend(kind);
        kind.is_some()
    });
    if names.is_empty() {
        return None;
    }
    let (who, kinds) = (containers(&names), join(kinds));
    violation("procMount", format!("{who} must not set securityContext.procMount to {kinds}"))
}

fn se_linux_options(pod: Pod<'_>, version: u32) -> Option<Violation> {
    const TYPES: &[&str] = &["", "container_t", "container_init_t", "container_kvm_t"];
    let (mut types, mut user, mut role) = (BTreeSet::new(), false, false);
    let mut bad = |options: Option<&Value>| {
        let Some(options) = options else { return false };
        let text = |field: &str| options.str_at(&[field]).unwrap_or("");
        let kind = text("type");
        let bad_kind = !(TYPES.contains(&kind) || version >= 31 && kind == "container_engine_t");
        if bad_kind {
            types.insert(kind.to_owned());
        }
        let (has_user, has_role) = (!text("user").is_empty(), !text("role").is_empty());
        user |= has_user;
        role |= has_role;
        bad_kind || has_user || has_role
    };
    let pod_bad = bad(pod.security(&["seLinuxOptions"]));
    let names = pod.bad(|container| bad(container.at(&["securityContext", "seLinuxOptions"])));
    let who = setters(pod_bad, &names)?;
    let mut what = Vec::new();
    if !types.is_empty() {
        let word = plural("type", "types", types.len());
        what.push(format!("{word} {}", join(types)));
    }
    if user {
        what.push("user may not be set".into());
    }
    if role {
        what.push("role may not be set".into());
    }
    let what = what.join("; ");
    let detail = format!("{who} set forbidden securityContext.seLinuxOptions: {what}");
    violation("seLinuxOptions", detail)
}

fn seccomp_profile(pod: Pod<'_>, version: u32) -> Option<Violation> {
    if version < 19 {
        return seccomp_annotations(pod);
    }
    let mut values = BTreeSet::new();
    let pod_bad = bad_type(pod.security(&["seccompProfile"]), PROFILES, &mut values);
    let names = pod.bad(|container| {
        bad_type(container.at(&["securityContext", "seccompProfile"]), PROFILES, &mut values)
    });
    let who = setters(pod_bad, &names)?;
    let values = join(values);
    let detail = format!("{who} must not set securityContext.seccompProfile.type to {values}");
    violation("seccompProfile", detail)
}

/// How profiles were set before they had fields.
fn seccomp_annotations(pod: Pod<'_>) -> Option<Violation> {
    const POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
    const CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
    let names = pod.containers().map(|container| {
        let name = container.str_at(&["name"]).unwrap_or("");
        format!("{CONTAINER}{name}")
    });
    let allowed = |value: &str| {
        matches!(value, "runtime/default" | "docker/default") || value.starts_with("localhost/")
    };
    let bad: BTreeSet<String> = std::iter::once(POD.to_owned())
        .chain(names)
        .filter_map(|name| {
            let value = pod.annotation(&name).filter(|value| !allowed(value))?;
            Some(assignment(&name, value))
        })
        .collect();
    if bad.is_empty() {
        return None;
    }
    let word = plural("annotation", "annotations", bad.len());
    let bad: Vec<String> = bad.into_iter().collect();
    violation("seccompProfile", format!("forbidden {word} {}", bad.join(", ")))
}

/// Safe sysctls and the version of the standard that knew it first.
const SYSCTLS: &[(&str, u32)] = &[
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
    ("net.ipv4.tcp_slow_start_after_idle", 37),
    ("net.ipv4.tcp_notsent_lowat", 37),
];

fn sysctls(pod: Pod<'_>, version: u32) -> Option<Violation> {
    let safe =
        |name: &str| SYSCTLS.iter().any(|(known, since)| *known == name && *since <= version);
    let set = pod.security(&["sysctls"]).and_then(Value::as_array).into_iter().flatten();
    let names = set.map(|sysctl| sysctl.str_at(&["name"]).unwrap_or(""));
    let bad: Vec<&str> = names.filter(|name| !safe(name)).collect();
    if bad.is_empty() { None } else { violation("forbidden sysctls", bad.join(", ")) }
}

fn windows_host_process(pod: Pod<'_>, _: u32) -> Option<Violation> {
    const PATH: &[&str] = &["windowsOptions", "hostProcess"];
    let pod_bad = pod.security(PATH) == Some(&Value::Bool(true));
    let names = pod.bad(|container| {
        let options = container.at(&["securityContext"]);
        options.and_then(|options| options.bool_at(PATH)) == Some(true)
    });
    let who = setters(pod_bad, &names)?;
    let detail = format!("{who} must not set securityContext.windowsOptions.hostProcess=true");
    violation("hostProcess", detail)
}
