//! `cargo xtask swap`: stock's components and ours in every mix, each bringing up the same work.
//!
//! A mix is written as three letters, of the API server, the scheduler and the controllers, each `s`
//! for stock or `p` for Pintle. Without arguments all eight are run. The logs of each mix stay in
//! the target folder.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pintle_conformance::plane::{Make, Parts, Plane};
use pintle_conformance::process::{Background, wait_until};
use pintle_conformance::stock::Stock;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "swap",
    about: "run work on mixes of stock's and our components [MIX.. such as spp]",
    run,
};

const MIXES: &[&str] = &["sss", "pss", "sps", "ssp", "spp", "psp", "pps", "ppp"];
const PATIENCE: Duration = Duration::from_mins(1);
const FAKE_NODES: &str = "2";
/// How many lines of each log a failure shows.
const TAIL: usize = 6;

/// What a component's log says when the other side does not understand it.
const COMPLAINTS: &[&str] = &[
    "the server could not find",
    "unable to decode",
    "unable to retrieve",
    "the server does not allow this method",
    "unsupported media type",
    "Failed to watch",
    "failed to list",
    "is forbidden",
    "panic",
];

/// The work: a Deployment, the Service before it, and a Job.
const WORK: &str = r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "registry.example/web:1", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: sum}
spec:
  completions: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{name: sum, image: "registry.example/sum:1"}]
"#;

/// One thing that a person does, and what must then be so.
struct Step {
    name: &'static str,
    /// Calls of kubectl that must succeed at once.
    calls: &'static [&'static str],
    /// Whether `WORK` is the input of the calls.
    work: bool,
    /// Calls that must come to print the text beside them.
    until: &'static [(&'static str, &'static str)],
}

const STEPS: &[Step] = &[
    Step {
        name: "namespace",
        calls: &["create namespace swap"],
        work: false,
        until: &[
            ("get serviceaccount default -n swap -o name", "serviceaccount/default"),
            ("get configmap kube-root-ca.crt -n swap -o name", "configmap/kube-root-ca.crt"),
        ],
    },
    Step {
        name: "create",
        calls: &["create -n swap -f -"],
        work: true,
        until: &[
            ("get deployment web -n swap -o jsonpath={.status.availableReplicas}", "3"),
            ("get job sum -n swap -o jsonpath={.status.succeeded}", "2"),
            (
                "get endpointslices -n swap -o jsonpath={.items[*].endpoints[*].conditions.ready}",
                "true true true",
            ),
        ],
    },
    Step {
        name: "wait",
        calls: &[
            "rollout status deployment/web -n swap --timeout=60s",
            "wait --for=condition=complete job/sum -n swap --timeout=60s",
        ],
        work: false,
        until: &[],
    },
    Step {
        name: "roll",
        calls: &[
            "set image deployment/web web=registry.example/web:2 -n swap",
            "rollout status deployment/web -n swap --timeout=60s",
            "rollout undo deployment/web -n swap",
            "rollout status deployment/web -n swap --timeout=60s",
        ],
        work: false,
        until: &[],
    },
    Step {
        name: "scale",
        calls: &["scale deployment/web -n swap --replicas=5"],
        work: false,
        until: &[
            ("get deployment web -n swap -o jsonpath={.status.availableReplicas}", "5"),
            (
                "get endpointslices -n swap -o jsonpath={.items[*].endpoints[*].conditions.ready}",
                "true true true true true",
            ),
        ],
    },
    Step {
        name: "delete",
        calls: &[
            "delete deployment web -n swap --cascade=foreground --timeout=60s",
            "delete job sum -n swap --cascade=background --timeout=60s",
            "delete service web -n swap --timeout=60s",
        ],
        work: false,
        until: &[("get replicasets,pods -n swap -o name", "")],
    },
    Step {
        name: "end",
        calls: &["create -n swap -f -", "delete namespace swap --timeout=60s"],
        work: true,
        until: &[("get deployments,replicasets,jobs,pods -A -o name", "")],
    },
];

fn run(arguments: &[String]) -> Result<(), String> {
    let root = crate::root();
    let Some(stock) = crate::stock_or_skip(&root) else { return Ok(()) };
    let mixes = mixes(arguments)?;
    let pintle = crate::build_pintle("debug")?;
    let mut failures = Vec::new();
    for (name, parts) in mixes {
        let logs = crate::target(&root).join("swap").join(&name);
        let started = Instant::now();
        let outcome = bring_up(&stock, &pintle, parts, &logs);
        let seconds = started.elapsed().as_secs_f64();
        match outcome {
            Ok(times) => eprintln!("{name}  ok     {seconds:5.1} s  {times}"),
            Err(reason) => {
                eprintln!("{name}  FAILED {seconds:5.1} s  {reason}");
                failures.push(name);
            }
        }
        for line in complaints(&logs) {
            eprintln!("     {line}");
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    Err(format!("failed: {}", failures.join(", ")))
}

/// The mixes that were asked for, or all of them.
fn mixes(arguments: &[String]) -> Result<Vec<(String, Parts)>, String> {
    let all: Vec<String> = MIXES.iter().map(ToString::to_string).collect();
    let names = if arguments.is_empty() { &all } else { arguments };
    names.iter().map(|name| Ok((name.clone(), parts(name)?))).collect()
}

/// Reads a mix's three letters.
pub(crate) fn parts(name: &str) -> Result<Parts, String> {
    let makes: Option<Vec<Make>> = name
        .chars()
        .map(|letter| match letter {
            's' => Some(Make::Stock),
            'p' => Some(Make::Pintle),
            _ => None,
        })
        .collect();
    match makes.as_deref() {
        Some(&[apiserver, scheduler, controllers]) => {
            Ok(Parts { apiserver, scheduler, controllers })
        }
        _ => Err(format!("not a mix: {name}: want three letters, each s or p")),
    }
}

/// Starts a plane and does the work on it; says how many seconds each step took.
fn bring_up(stock: &Stock, pintle: &Path, parts: Parts, logs: &Path) -> Result<String, String> {
    let failed = |error: pintle_conformance::Error| error.to_string();
    let started = Instant::now();
    let mut plane = Plane::start(stock, pintle, parts).map_err(failed)?;
    let mut times = vec![format!("start {:.1}", started.elapsed().as_secs_f64())];
    let config = plane.folder().join("super-admin.conf").display().to_string();
    let arguments = ["fake-nodes", "--kubeconfig", &config, FAKE_NODES];
    let fakes = Background::start("fake-nodes", pintle, &arguments, plane.folder());
    let fakes = fakes.map_err(failed)?;
    let outcome = work(&mut plane, &mut times);
    drop(fakes);
    let kept = keep_logs(plane.folder(), logs);
    let outcome = outcome.map_err(|reason| format!("{reason}\n{}", tails(logs)));
    kept.and(outcome).map(|()| times.join("  "))
}

/// All steps, in order.
fn work(plane: &mut Plane, times: &mut Vec<String>) -> Result<(), String> {
    let started = Instant::now();
    let nodes = "wait --for=condition=Ready nodes --all --timeout=30s";
    await_call(plane, nodes, |printed| printed.is_some())?;
    times.push(format!("nodes {:.1}", started.elapsed().as_secs_f64()));
    for step in STEPS {
        let started = Instant::now();
        carry_out(plane, step).map_err(|reason| format!("at {}: {reason}", step.name))?;
        times.push(format!("{} {:.1}", step.name, started.elapsed().as_secs_f64()));
    }
    Ok(())
}

fn carry_out(plane: &mut Plane, step: &Step) -> Result<(), String> {
    for line in step.calls {
        let input = if step.work { WORK } else { "" };
        let output = plane.kubectl(&words(line), input).map_err(|error| error.to_string())?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("kubectl {line}: {}: {}", output.status, said.trim_end()));
        }
    }
    for (line, wanted) in step.until {
        await_call(plane, line, |printed| printed == Some(wanted))?;
    }
    Ok(())
}

/// Repeats a call of kubectl until what it prints is right; it prints nothing that counts when it
/// fails.
fn await_call(
    plane: &mut Plane,
    line: &str,
    right: impl Fn(Option<&str>) -> bool,
) -> Result<(), String> {
    let mut last = String::new();
    let outcome = wait_until(&format!("kubectl {line}"), PATIENCE, || {
        plane.check()?;
        let output = plane.kubectl(&words(line), "")?;
        let printed = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let ready = right(output.status.success().then_some(printed.as_str()));
        last = printed + String::from_utf8_lossy(&output.stderr).trim_end();
        Ok(ready)
    });
    outcome.map_err(|error| format!("{error}; last printed {last:?}"))
}

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// Copies the logs out of a plane's folder, which goes away with it.
fn keep_logs(folder: &Path, logs: &Path) -> Result<(), String> {
    let copy = || -> std::io::Result<()> {
        std::fs::create_dir_all(logs)?;
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if let (Some("log"), Some(name)) =
                (path.extension().and_then(|extension| extension.to_str()), path.file_name())
            {
                std::fs::copy(&path, logs.join(name))?;
            }
        }
        Ok(())
    };
    copy().map_err(|error| format!("{}: {error}", logs.display()))
}

/// The kept logs of a mix, by name.
fn kept(logs: &Path) -> Vec<(PathBuf, String)> {
    let entries = std::fs::read_dir(logs).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    let read = |path: PathBuf| std::fs::read_to_string(&path).ok().map(|text| (path, text));
    files.into_iter().filter_map(read).collect()
}

/// The last lines of each log.
fn tails(logs: &Path) -> String {
    let tail = |(path, text): (PathBuf, String)| {
        let lines: Vec<&str> = text.lines().collect();
        let last = &lines[lines.len().saturating_sub(TAIL)..];
        format!("--- {}\n{}", path.display(), last.join("\n"))
    };
    kept(logs).into_iter().map(tail).collect::<Vec<_>>().join("\n")
}

/// How many lines of each component's log complain of the other side, and the first of them.
fn complaints(logs: &Path) -> Vec<String> {
    let clients = kept(logs).into_iter().filter(|(path, _)| {
        path.ends_with("kube-scheduler.log") || path.ends_with("kube-controller-manager.log")
    });
    let complaint = |(path, text): (PathBuf, String)| {
        let complains = |line: &&str| COMPLAINTS.iter().any(|complaint| line.contains(complaint));
        let lines: Vec<&str> = text.lines().filter(complains).collect();
        let first = lines.first()?;
        let name = path.file_stem()?.to_string_lossy().into_owned();
        Some(format!("{name} complains {} times, first: {first}", lines.len()))
    };
    clients.filter_map(complaint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, want: Option<[Make; 3]>) {
        let read = parts(name).ok();
        let got = read.map(|parts| [parts.apiserver, parts.scheduler, parts.controllers]);
        assert_eq!(got, want, "{name}");
    }

    #[test]
    fn three_letters_name_a_mix() {
        check("sps", Some([Make::Stock, Make::Pintle, Make::Stock]));
        check("ssp", Some([Make::Stock, Make::Stock, Make::Pintle]));
        check("sp", None);
        check("spps", None);
        check("spx", None);
    }

    #[test]
    fn every_mix_is_run() {
        let all = mixes(&[]).expect("the list is of mixes");
        let mut names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 8);
    }
}
