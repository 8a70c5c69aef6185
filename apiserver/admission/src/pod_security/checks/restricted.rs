//! Checks of the restricted level, ordered by ID.

use std::collections::BTreeSet;

use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;

use super::baseline::{PROFILES, adds_more, masked_proc};
use super::{Check, Pod, Violation, bad_type, containers, join, plural, setters, violation};

/// The checks.
pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "allowPrivilegeEscalation",
        since: 8,
        replaces: "",
        run: allow_privilege_escalation,
    },
    Check {
        id: "capabilities_restricted",
        since: 22,
        replaces: "capabilities_baseline",
        run: capabilities,
    },
    Check {
        id: "procMount_restricted",
        since: 35,
        replaces: "procMount",
        run: |pod, _| masked_proc(pod),
    },
    Check {
        id: "restrictedVolumes",
        since: 0,
        replaces: "hostPathVolumes",
        run: restricted_volumes,
    },
    Check { id: "runAsNonRoot", since: 0, replaces: "", run: run_as_non_root },
    Check { id: "runAsUser", since: 23, replaces: "", run: run_as_user },
    Check {
        id: "seccompProfile_restricted",
        since: 19,
        replaces: "seccompProfile_baseline",
        run: seccomp_profile,
    },
];

/// Windows pods cannot set what is asked, and need not since this version.
fn spared(pod: Pod<'_>, version: u32) -> bool {
    version >= 25 && pod.windows()
}

fn allow_privilege_escalation(pod: Pod<'_>, version: u32) -> Option<Violation> {
    const PATH: &[&str] = &["securityContext", "allowPrivilegeEscalation"];
    let names = pod.bad(|container| container.bool_at(PATH) != Some(false));
    if spared(pod, version) || names.is_empty() {
        return None;
    }
    let who = containers(&names);
    let detail = format!("{who} must set securityContext.allowPrivilegeEscalation=false");
    violation("allowPrivilegeEscalation != false", detail)
}

fn capabilities(pod: Pod<'_>, version: u32) -> Option<Violation> {
    if spared(pod, version) {
        return None;
    }
    let keeping = pod.bad(|container| {
        let dropped = container.list_at(&["securityContext", "capabilities", "drop"]);
        !dropped.iter().any(|name| name == "ALL")
    });
    let mut more = BTreeSet::new();
    let adding = pod.bad(|container| adds_more(container, &["NET_BIND_SERVICE"], &mut more));
    let mut details = Vec::new();
    if !keeping.is_empty() {
        let who = containers(&keeping);
        details.push(format!("{who} must set securityContext.capabilities.drop=[\"ALL\"]"));
    }
    if !adding.is_empty() {
        let (who, more) = (containers(&adding), join(more));
        details.push(format!("{who} must not include {more} in securityContext.capabilities.add"));
    }
    if details.is_empty() {
        return None;
    }
    violation("unrestricted capabilities", details.join("; "))
}

fn restricted_volumes(pod: Pod<'_>, _: u32) -> Option<Violation> {
    const ALLOWED: &[&str] = &[
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "image",
        "persistentVolumeClaim",
        "projected",
        "secret",
    ];
    const KNOWN: &[&str] = &[
        "hostPath",
        "gcePersistentDisk",
        "awsElasticBlockStore",
        "gitRepo",
        "nfs",
        "iscsi",
        "glusterfs",
        "rbd",
        "flexVolume",
        "cinder",
        "cephfs",
        "flocker",
        "fc",
        "azureFile",
        "vsphereVolume",
        "quobyte",
        "azureDisk",
        "photonPersistentDisk",
        "portworxVolume",
        "scaleIO",
        "storageos",
    ];
    let (mut names, mut kinds) = (Vec::new(), BTreeSet::new());
    for volume in pod.volumes() {
        let is = |kind: &&&str| volume.at(&[kind]).is_some();
        if !ALLOWED.iter().any(|kind| is(&kind)) {
            names.push(volume.str_at(&["name"]).unwrap_or(""));
            kinds.insert(KNOWN.iter().find(is).copied().unwrap_or("unknown"));
        }
    }
    if names.is_empty() {
        return None;
    }
    let volumes = plural("volume", "volumes", names.len());
    let uses = plural("uses", "use", names.len());
    let word = plural("restricted volume type", "restricted volume types", kinds.len());
    let detail = format!("{volumes} {} {uses} {word} {}", join(names), join(kinds));
    violation("restricted volume types", detail)
}

fn run_as_non_root(pod: Pod<'_>, version: u32) -> Option<Violation> {
    if version >= 35 && pod.own_users() {
        return None;
    }
    let of_pod = pod.security(&["runAsNonRoot"]).and_then(Value::as_bool);
    let of = |container: &Value| container.bool_at(&["securityContext", "runAsNonRoot"]);
    let explicit = pod.bad(|container| of(container) == Some(false));
    if let Some(who) = setters(of_pod == Some(false), &explicit) {
        let detail = format!("{who} must not set securityContext.runAsNonRoot=false");
        return violation("runAsNonRoot != true", detail);
    }
    let silent = pod.bad(|container| of_pod != Some(true) && of(container).is_none());
    if silent.is_empty() {
        return None;
    }
    let who = containers(&silent);
    let detail = format!("pod or {who} must set securityContext.runAsNonRoot=true");
    violation("runAsNonRoot != true", detail)
}

fn run_as_user(pod: Pod<'_>, version: u32) -> Option<Violation> {
    if version >= 35 && pod.own_users() {
        return None;
    }
    let pod_bad = pod.security(&["runAsUser"]).and_then(Value::as_i64) == Some(0);
    let names = pod.bad(|container| container.i64_at(&["securityContext", "runAsUser"]) == Some(0));
    let who = setters(pod_bad, &names)?;
    violation("runAsUser=0", format!("{who} must not set runAsUser=0"))
}

fn seccomp_profile(pod: Pod<'_>, version: u32) -> Option<Violation> {
    const PATH: &[&str] = &["securityContext", "seccompProfile"];
    if spared(pod, version) {
        return None;
    }
    let mut values = BTreeSet::new();
    let of_pod = pod.security(&["seccompProfile"]);
    let pod_bad = bad_type(of_pod, PROFILES, &mut values);
    let explicit = pod.bad(|container| bad_type(container.at(PATH), PROFILES, &mut values));
    if let Some(who) = setters(pod_bad, &explicit) {
        let values = join(values);
        let detail = format!("{who} must not set securityContext.seccompProfile.type to {values}");
        return violation("seccompProfile", detail);
    }
    let silent = pod.bad(|container| of_pod.is_none() && container.at(PATH).is_none());
    if silent.is_empty() {
        return None;
    }
    let who = containers(&silent);
    let detail = format!(
        "pod or {who} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \
         \"Localhost\""
    );
    violation("seccompProfile", detail)
}
