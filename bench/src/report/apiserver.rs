//! The API server's lines and method.

use super::{Comparison, Goal, Line, line};
use crate::apiserver::{AT_ONCE, CONNECTIONS, ON_ETCD, Scale};
use crate::quick;
use crate::read::{self, IN_FLIGHT, LIST_GZIP, Read, Verb};

pub(crate) const APISERVER: Comparison = Comparison {
    name: "apiserver",
    title: "The API server",
    about: "Stock's kube-apiserver with etcd and `pintle kube-apiserver` with its embedded store, \
            each without any other part of a plane,",
    lines,
    method,
};

fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for read in read::GETS {
        costs(&mut lines, "A1", read, (Goal::TimesLess(15.0), Goal::None));
    }
    for read in read::LISTS.iter().chain([&LIST_GZIP]) {
        costs(&mut lines, "A2", read, (Goal::TimesLess(15.0), Goal::TimesLess(12.0)));
    }
    let pages = "LIST of all pods, page by page";
    lines.extend([
        line("list.paged.cpu.ms", &format!("A2 CPU per {pages}"), "ms", Goal::TimesLess(15.0)),
        line("list.paged.wall.ms", &format!("A2 wall per {pages}"), "ms", Goal::TimesLess(12.0)),
    ]);
    let single = Scale::WHOLE.watchers;
    for (id, connections) in [("watch.shared", CONNECTIONS), ("watch.single", single)] {
        let what = format!("event to watchers on {connections} connections");
        lines.extend([
            line(
                &format!("{id}.cpu.us"),
                &format!("A3 CPU per {what}"),
                "µs",
                Goal::TimesLess(5.0),
            ),
            line(
                &format!("{id}.p99.ms"),
                &format!("A3 p99 of an {what}"),
                "ms",
                Goal::AtMost(50.0),
            ),
        ]);
    }
    let floor = format!("A3 CPU per bare write of its bytes on each of {single} connections");
    lines.push(line("watch.floor.cpu.us", &floor, "µs", Goal::None));
    let creates = "A4 Durable creates of pods";
    let on_etcd = format!("{ON_ETCD}.server.cpu.us");
    let cpu = "A4 CPU per create, with the store";
    let both = "A4 CPU per create of the server, both on etcd";
    lines.extend([
        line("create.per_second", creates, "1/s", Goal::TimesMore(8.0)),
        line("create.cpu.us", cpu, "µs", Goal::TimesLess(12.0)),
        line(&on_etcd, both, "µs", Goal::TimesLess(3.0)),
        line(&format!("{ON_ETCD}.per_second"), "A4 Creates, both on etcd", "1/s", Goal::None),
        line("memory.empty.mb", "A5 Memory, empty", "MB", Goal::AtMost(25.0)),
        line("memory.pods.mb", "A5 Memory with all pods", "MB", Goal::AtMost(150.0)),
        line(
            "memory.peak.mb",
            "A5 Memory at most, in ten LISTs at once",
            "MB",
            Goal::AtMost(200.0),
        ),
        line("restart.ms", "A5 Restart to ready with all pods", "ms", Goal::AtMost(300.0)),
        line("ready.ms", "Start to ready, empty", "ms", Goal::None),
    ]);
    lines
}

/// Lines of what a read costs: processor and clock.
fn costs(lines: &mut Vec<Line>, id: &str, read: &Read, (cpu, wall): (Goal, Goal)) {
    let unit = match read.verb {
        Verb::Get => "µs",
        Verb::List => "ms",
    };
    for (kind, name, goal) in [("cpu", "CPU", cpu), ("wall", "wall", wall)] {
        let figure = format!("{}.{kind}.{}", read.id, read.verb.unit());
        lines.push(line(&figure, &format!("{id} {name} per {}", read.what), unit, goal));
    }
}

fn method() -> String {
    let Scale { pods, gets, lists, watchers, changes } = Scale::WHOLE;
    format!(
        "- TLS 1.3 with the administrator's client certificate, RBAC, default admission, managed \
         fields, watch cache, an fsync before each acknowledgement, on the same disk.\n\
         - Processor time is the kernel's count for the server alone, and for creates with its \
         store; ours has its store within.\n\
         - A1: {gets} requests of each kind over {pods} pods, {IN_FLIGHT} in flight.\n\
         - A2: {lists} of each kind, one at a time; pages of 500.\n\
         - A3: {watchers} watchers of the same pods, {changes} changes, one each 100 ms at most; \
         processor time per event and watcher; delivery from the sending of the change to the end of \
         its event at the watcher. A bare write: what a thread without TLS and HTTP pays the kernel \
         to send as many bytes to as many connections, in the same round.\n\
         - A4: {pods} pods, {IN_FLIGHT} in flight.\n\
         - A5: resident bytes of the server's process, empty after {} s; at most within {} LISTs, \
         {AT_ONCE} at once. Restart: from the start of the program, the one before having been asked \
         to end, to the first 200 of `/readyz`.\n\
         - The load comes from a process of its own, from one thread on the last processor.\n",
        quick::IDLE.as_secs(),
        2 * AT_ONCE,
    )
}
