//! The cases of `controllers/cases`: objects in one-line notation, a decision, and its plan.

#![cfg(test)]

mod notation;
mod plan;

use std::collections::BTreeMap;
use std::path::Path;

use pintle_controllers::controller::Logic;
use pintle_controllers::plan::{Ask, Failure};
use pintle_controllers::{CONTROLLERS, Key, Plan, Settings, Tables, World};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Case {
    name: String,
    /// Objects, one a line.
    given: String,
    /// `reconcile <name>`, in the namespace `default` if the kind has one.
    when: String,
    /// What failed before: `<create|delete|…> <reason> <message>`.
    #[serde(default)]
    after_failure: String,
    /// The plan's actions, then `requeue <seconds>` and `error <text>`.
    then: Vec<String>,
}

/// The moment at which all cases take place; ages in the notation count back from it.
fn now() -> jiff::Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

#[track_caller]
fn check_folder(folder: &str, controller: &str, plural: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {folder}");
    let mut failures = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let cases: Vec<Case> = serde_saphyr::from_str(&text).unwrap();
        for case in cases {
            let got = run(&case, controller, plural);
            if got != case.then {
                let (want, got) = (case.then.join("\n  "), got.join("\n  "));
                failures.push(format!("{}:\n  {want}\n but the plan is\n  {got}", case.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn run(case: &Case, controller: &str, plural: &str) -> Vec<String> {
    let row = CONTROLLERS.iter().find(|row| row.name == controller).unwrap();
    let mut tables = Tables::default();
    for line in case.given.lines().filter(|line| !line.trim().is_empty()) {
        notation::add(&mut tables, line, now());
    }
    let name = case.when.strip_prefix("reconcile").unwrap().trim();
    let namespaced = !matches!(plural, "nodes" | "namespaces" | "");
    let key = Key::new(if namespaced { "default" } else { "" }, name);
    let mut words = case.after_failure.splitn(3, ' ');
    let failure = words.next().filter(|word| !word.is_empty()).map(|of| Failure {
        of: ["create", "update", "delete", "adopt"].into_iter().find(|it| *it == of).unwrap(),
        reason: words.next().unwrap_or_default().into(),
        message: words.next().unwrap_or_default().into(),
    });
    let settings = Settings::default();
    let mut answers = BTreeMap::new();
    let mut machine = match row.logic {
        Logic::Machine(make) => Some(make()),
        Logic::Reconcile(_) => None,
    };
    loop {
        let world = World {
            tables: &tables,
            now: now(),
            settings: &settings,
            failure: failure.as_ref(),
            answers: &answers,
            retries: 0,
        };
        let plan: Plan = match (&mut machine, row.logic) {
            (Some(machine), _) => machine.reconcile(&world, &key),
            (None, Logic::Reconcile(reconcile)) => reconcile(&world, &key),
            (None, Logic::Machine(_)) => unreachable!(),
        };
        if plan.asks.is_empty() {
            return plan::lines(&plan);
        }
        for ask in plan.asks {
            let answer = answer(&tables, &ask);
            answers.insert(ask, answer);
        }
    }
}

/// The live API of a case holds what the caches hold.
fn answer(tables: &Tables, ask: &Ask) -> Result<Value, Failure> {
    let missing = Failure { reason: "NotFound".into(), ..Failure::default() };
    let Ask::Get(path) = ask else { return Err(missing) };
    let mut parts = path.rsplit('/');
    let (name, plural) = (parts.next().unwrap(), parts.next().unwrap());
    let found = tables.of(plural).all().find(|object| object["metadata"]["name"] == name);
    found.map(|object| (**object).clone()).ok_or(missing)
}

#[test]
fn replicaset() {
    check_folder("replicaset", "replicaset-controller", "replicasets");
}

#[test]
fn deployment() {
    check_folder("deployment", "deployment-controller", "deployments");
}

#[test]
fn daemonset() {
    check_folder("daemonset", "daemonset-controller", "daemonsets");
}

#[test]
fn job() {
    check_folder("job", "job-controller", "jobs");
}

#[test]
fn endpointslice() {
    check_folder("endpointslice", "endpointslice-controller", "services");
}

#[test]
fn nodelifecycle() {
    check_folder("nodelifecycle", "node-lifecycle-controller", "nodes");
}

#[test]
fn podgc() {
    check_folder("podgc", "pod-garbage-collector-controller", "");
}
