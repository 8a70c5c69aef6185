use std::path::{Path, PathBuf};

use pintle_engine::decode::{self, Target};
use pintle_engine::negotiate::Encoding;
use pintle_engine::options::FieldValidation;
use serde_json::json;

use super::policy::Version;
use super::*;

/// Upstream's own pods, each of which passes or fails a version of a standard.
fn fixtures() -> Option<PathBuf> {
    let cache = std::env::var_os("GOMODCACHE").map(PathBuf::from).or_else(|| {
        let home = PathBuf::from(std::env::var_os("HOME")?);
        Some(home.join("go/pkg/mod"))
    })?;
    let found = cache.join("k8s.io/pod-security-admission@v0.37.1/test/testdata");
    found.is_dir().then_some(found)
}

fn names(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path).unwrap();
    let name = |entry: std::fs::DirEntry| entry.file_name().into_string().unwrap();
    let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
    names.sort();
    names
}

/// Volumes without a source are empty directories by the defaults of pods.
fn with_volumes(mut pod: Value) -> Value {
    let volumes = pod.at_mut(&["spec", "volumes"]).and_then(Value::as_array_mut);
    for volume in volumes.into_iter().flatten() {
        if volume.as_object().is_some_and(|volume| volume.len() == 1) {
            volume.set(&["emptyDir"], json!({}));
        }
    }
    pod
}

#[test]
fn upstreams_pods_pass_and_fail_as_upstream_says() {
    let Some(root) = fixtures() else {
        eprintln!("skipped: pod-security-admission v0.37.1 is not in the Go module cache");
        return;
    };
    let target = Target::from(pintle_api::catalog().kind("", "v1", "Pod").unwrap());
    let (mut seen, mut wrong) = (0, Vec::new());
    for (level, folder) in [(Level::Baseline, "baseline"), (Level::Restricted, "restricted")] {
        for version in names(&root.join(folder)) {
            let minor = version.strip_prefix("v1.").unwrap().parse().unwrap();
            let standard = Standard { level, version: Version::Minor(minor) };
            for (verdict, passes) in [("pass", true), ("fail", false)] {
                let folder = root.join(folder).join(&version).join(verdict);
                for name in names(&folder) {
                    let bytes = std::fs::read(folder.join(&name)).unwrap();
                    let strict = FieldValidation::Strict;
                    let pod = decode::body(&target, &bytes, Encoding::Yaml, strict).unwrap();
                    let pod = with_volumes(pod.object);
                    let violations = evaluate(Pod { object: &pod }, standard);
                    seen += 1;
                    if violations.is_empty() != passes {
                        wrong.push(format!("{standard} {verdict} {name}: {violations:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(seen, 4537);
}

#[track_caller]
fn check(standard: &str, pod: &Value, want: &str) {
    let labels = json!({ "pod-security.kubernetes.io/enforce": standard });
    let namespace = json!({ "metadata": { "labels": labels } });
    let policy = Policy::of(&namespace, &mut Errors::new());
    assert_eq!(details(&evaluate(Pod { object: pod }, policy.enforce)), want);
}

#[test]
fn a_bare_pod_is_told_everything_it_lacks() {
    let pod = json!({ "spec": { "containers": [{ "name": "a" }, { "name": "b" }] } });
    check("baseline", &pod, "");
    let want = "allowPrivilegeEscalation != false (containers \"a\", \"b\" must set \
                securityContext.allowPrivilegeEscalation=false), unrestricted capabilities \
                (containers \"a\", \"b\" must set securityContext.capabilities.drop=[\"ALL\"]), \
                runAsNonRoot != true (pod or containers \"a\", \"b\" must set \
                securityContext.runAsNonRoot=true), seccompProfile (pod or containers \"a\", \
                \"b\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \
                \"Localhost\")";
    check("restricted", &pod, want);
}

#[test]
fn baseline_names_who_and_what() {
    let pod = json!({ "spec": {
        "hostNetwork": true,
        "hostPID": true,
        "securityContext": { "seLinuxOptions": { "type": "x", "user": "u" } },
        "containers": [{
            "name": "a",
            "ports": [{ "hostPort": 80 }, { "hostPort": 443 }],
            "securityContext": { "privileged": true, "capabilities": { "add": ["SYS_ADMIN"] } },
        }],
        "volumes": [{ "name": "v", "hostPath": { "path": "/" } }],
    } });
    let want = "non-default capabilities (container \"a\" must not include \"SYS_ADMIN\" in \
                securityContext.capabilities.add), host namespaces (hostNetwork=true, \
                hostPID=true), hostPath volumes (volume \"v\"), hostPort (container \"a\" uses \
                hostPorts 443, 80), privileged (container \"a\" must not set \
                securityContext.privileged=true), seLinuxOptions (pod set forbidden \
                securityContext.seLinuxOptions: type \"x\"; user may not be set)";
    check("baseline", &pod, want);
}

#[test]
fn pods_of_a_namespace_are_counted_by_reason() {
    let pod = |name: &str, privileged: bool| {
        let context = json!({ "privileged": privileged });
        let container = json!({ "name": "c", "securityContext": context });
        let spec = json!({ "containers": [container] });
        Arc::new(json!({ "metadata": { "name": name }, "spec": spec }))
    };
    let pods = vec![pod("b", true), pod("a", true), pod("fine", false)];
    let standard = Standard { level: Level::Baseline, version: Version::Latest };
    let want = [
        "existing pods in namespace \"n\" violate the new PodSecurity enforce level \
         \"baseline:latest\"",
        "a (and 1 other pod): privileged",
    ];
    assert_eq!(warnings_of("n", standard, pods), want);
}

#[test]
fn a_bad_label_is_named() {
    let mut errors = Errors::new();
    let labels = json!({
        "pod-security.kubernetes.io/enforce": "tight",
        "pod-security.kubernetes.io/warn-version": "v1.07",
    });
    let policy = Policy::of(&json!({ "metadata": { "labels": labels } }), &mut errors);
    assert_eq!(policy.enforce.level, Level::Restricted);
    let want = "[metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"tight\": \
                must be one of privileged, baseline, restricted, \
                metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: \
                \"v1.07\": must be \"latest\" or \"v1.x\"]";
    assert_eq!(errors.aggregate().unwrap(), want);
}

#[test]
fn who_enforces_is_warned_unless_they_say_otherwise() {
    let labels = json!({
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/enforce-version": "v1.30",
    });
    let policy = Policy::of(&json!({ "metadata": { "labels": labels } }), &mut Errors::new());
    assert_eq!(policy.warn, policy.enforce);
    assert_eq!(policy.enforce.to_string(), "baseline:v1.30");
}
