//! What a table says of a pod (`printers.printPod`).

use pintle_engine::resource::age_of;
use pintle_engine::{Column, Value, age, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::text_or;

/// The columns.
pub(crate) const COLUMNS: &[Column] = &[
    name(),
    column("Ready", |pod, _| {
        let summary = Summary::of(pod);
        format!("{}/{}", summary.ready, summary.total).into()
    }),
    column("Status", |pod, _| Summary::of(pod).reason.into()),
    column("Restarts", |pod, now| {
        let summary = Summary::of(pod);
        match summary.last_restart {
            Some(time) if summary.restarts != 0 => {
                format!("{} ({} ago)", summary.restarts, age_of(&time.into(), now)).into()
            }
            _ => summary.restarts.to_string().into(),
        }
    }),
    age(),
    column("IP", |pod, _| {
        let first = pod.list_at(&["status", "podIPs"]).first();
        first.map_or("<none>".into(), |ip| text_or(ip, &["ip"], "<none>"))
    })
    .wide(),
    column("Node", |pod, _| text_or(pod, &["spec", "nodeName"], "<none>")).wide(),
    column("Nominated Node", |pod, _| text_or(pod, &["status", "nominatedNodeName"], "<none>"))
        .wide(),
    column("Readiness Gates", |pod, _| gates(pod).into()).wide(),
];

/// What the cells are made of.
struct Summary<'a> {
    ready: usize,
    total: usize,
    reason: String,
    restarts: i64,
    last_restart: Option<&'a str>,
}

/// Restarts, and the end of the last run before one; RFC 3339 texts in UTC sort as times.
#[derive(Clone, Copy, Default)]
struct Restarts<'a> {
    count: i64,
    last: Option<&'a str>,
}

impl<'a> Restarts<'a> {
    fn add(&mut self, status: &'a Value) {
        self.count += status.i64_at(&["restartCount"]).unwrap_or(0);
        self.last = self.last.max(status.str_at(&["lastState", "terminated", "finishedAt"]));
    }
}

impl<'a> Summary<'a> {
    fn of(pod: &'a Value) -> Summary<'a> {
        let init = pod.list_at(&["spec", "initContainers"]);
        let sidecars = init.iter().filter(|container| is_sidecar(container)).count();
        let mut summary = Summary {
            ready: 0,
            total: pod.list_at(&["spec", "containers"]).len() + sidecars,
            reason: phase(pod),
            restarts: 0,
            last_restart: None,
        };
        let (all, sidecar, initializing) = summary.initialize(pod, init);
        let mut restarts = all;
        if !initializing || condition(pod, "Initialized") == Some("True") {
            restarts = sidecar;
            summary.run(pod, &mut restarts);
        }
        (summary.restarts, summary.last_restart) = (restarts.count, restarts.last);
        if pod.str_at(&["metadata", "deletionTimestamp"]).is_some() {
            let phase = pod.str_at(&["status", "phase"]).unwrap_or_default();
            if pod.str_at(&["status", "reason"]) == Some("NodeLost") {
                summary.reason = "Unknown".into();
            } else if !matches!(phase, "Succeeded" | "Failed") {
                summary.reason = "Terminating".into();
            }
        }
        summary
    }

    /// Goes through the init containers up to the one that is not done. Returns the restarts of
    /// all, those of sidecars, and whether one is not done.
    fn initialize(&mut self, pod: &'a Value, init: &[Value]) -> (Restarts<'a>, Restarts<'a>, bool) {
        let (mut all, mut sidecars) = (Restarts::default(), Restarts::default());
        for (index, status) in pod.list_at(&["status", "initContainerStatuses"]).iter().enumerate()
        {
            all.add(status);
            let spec = init.iter().rfind(|one| one.at(&["name"]) == status.at(&["name"]));
            let sidecar = spec.is_some_and(is_sidecar);
            if sidecar {
                sidecars.add(status);
            }
            let terminated = status.at(&["state", "terminated"]).filter(|one| one.is_object());
            if terminated.is_some_and(|state| state.i64_at(&["exitCode"]).unwrap_or(0) == 0) {
                continue;
            }
            if sidecar && status.bool_at(&["started"]) == Some(true) {
                self.ready += usize::from(status.bool_at(&["ready"]) == Some(true));
                continue;
            }
            let waiting = status.str_at(&["state", "waiting", "reason"]).unwrap_or_default();
            self.reason = match terminated {
                Some(state) => format!("Init:{}", end(state)),
                None if !matches!(waiting, "" | "PodInitializing") => format!("Init:{waiting}"),
                None => format!("Init:{index}/{}", init.len()),
            };
            return (all, sidecars, true);
        }
        (all, sidecars, false)
    }

    /// Goes through the containers; the first one in trouble has the last word.
    fn run(&mut self, pod: &'a Value, restarts: &mut Restarts<'a>) {
        let mut running = false;
        let mut error = String::new();
        for status in pod.list_at(&["status", "containerStatuses"]).iter().rev() {
            restarts.add(status);
            let waiting = status.str_at(&["state", "waiting", "reason"]).unwrap_or_default();
            let terminated = status.at(&["state", "terminated"]).filter(|one| one.is_object());
            if !waiting.is_empty() {
                self.reason = waiting.into();
            } else if let Some(state) = terminated {
                self.reason = end(state);
                if state.i64_at(&["exitCode"]).unwrap_or(0) != 0 {
                    error.clone_from(&self.reason);
                }
            } else if status.bool_at(&["ready"]) == Some(true)
                && status.at(&["state", "running"]).is_some_and(Value::is_object)
            {
                running = true;
                self.ready += 1;
            }
        }
        if self.reason == "Completed" {
            if running && has_true(pod, "Ready") {
                self.reason = "Running".into();
            } else if !error.is_empty() {
                self.reason = error;
            } else if running {
                self.reason = "NotReady".into();
            }
        }
    }
}

fn phase(pod: &Value) -> String {
    let conditions = pod.list_at(&["status", "conditions"]);
    let gated = conditions.iter().any(|one| {
        one.str_at(&["type"]) == Some("PodScheduled")
            && one.str_at(&["reason"]) == Some("SchedulingGated")
    });
    let text = |field: &str| pod.str_at(&["status", field]).unwrap_or_default();
    match (gated, text("reason")) {
        (true, _) => "SchedulingGated".into(),
        (false, "") => text("phase").into(),
        (false, reason) => reason.into(),
    }
}

/// How a container ended.
fn end(terminated: &Value) -> String {
    let number = |field: &str| terminated.i64_at(&[field]).unwrap_or(0);
    match terminated.str_at(&["reason"]).unwrap_or_default() {
        "" if number("signal") != 0 => format!("Signal:{}", number("signal")),
        "" => format!("ExitCode:{}", number("exitCode")),
        reason => reason.into(),
    }
}

fn is_sidecar(container: &Value) -> bool {
    container.str_at(&["restartPolicy"]) == Some("Always")
}

fn condition<'a>(pod: &'a Value, kind: &str) -> Option<&'a str> {
    let mut conditions = pod.list_at(&["status", "conditions"]).iter();
    conditions.find(|one| one.str_at(&["type"]) == Some(kind))?.str_at(&["status"])
}

fn has_true(pod: &Value, kind: &str) -> bool {
    pod.list_at(&["status", "conditions"])
        .iter()
        .any(|one| one.str_at(&["type"]) == Some(kind) && one.str_at(&["status"]) == Some("True"))
}

fn gates(pod: &Value) -> String {
    let gates = pod.list_at(&["spec", "readinessGates"]);
    if gates.is_empty() {
        return "<none>".into();
    }
    let kinds = gates.iter().map(|gate| gate.str_at(&["conditionType"]).unwrap_or_default());
    let fulfilled = kinds.filter(|kind| condition(pod, kind) == Some("True")).count();
    format!("{fulfilled}/{}", gates.len())
}

#[cfg(test)]
mod tests;
