//! The quick comparison's lines and method.

use super::{Comparison, Goal, Line, line};
use crate::quick;
use crate::read::{CONNECTIONS, IN_FLIGHT, Verb};

pub(crate) const QUICK: Comparison = Comparison {
    name: "quick",
    title: "The whole plane",
    about: "Stock (etcd, kube-apiserver, kube-controller-manager, kube-scheduler) and `pintle up`",
    lines,
    method,
};

fn lines() -> Vec<Line> {
    let mut lines = vec![
        line("ready.ms", "Exec to ready", "ms", Goal::AtMost(1000.0)),
        line("memory.idle.mb", "Memory of the whole plane, idle", "MB", Goal::AtMost(60.0)),
        line("memory.pods.mb", "Memory with 10,000 pods", "MB", Goal::None),
        line("memory.end.mb", "Memory after all loads", "MB", Goal::None),
    ];
    for read in quick::reads() {
        let unit = match read.verb {
            Verb::Get => "µs",
            Verb::List => "ms",
        };
        for (kind, goal) in [("cpu", Goal::TimesLess(5.0)), ("wall", Goal::None)] {
            let figure = format!("{}.{kind}.{}", read.id, read.verb.unit());
            let name = if kind == "cpu" { "CPU" } else { "wall" };
            lines.push(line(&figure, &format!("{name} per {}", read.what), unit, goal));
        }
    }
    for (id, what) in [("create.pod", "pods"), ("create.configmap", "config maps")] {
        lines.extend([
            line(
                &format!("{id}.per_second"),
                &format!("Durable creates of {what}"),
                "1/s",
                Goal::TimesMore(3.0),
            ),
            line(&format!("{id}.cpu.us"), &format!("CPU per create of {what}"), "µs", Goal::None),
        ]);
    }
    lines
}

fn method() -> String {
    format!(
        "- TLS 1.3 with the administrator's client certificate, RBAC, default admission, an fsync \
         before each acknowledgement, on the same disk.\n\
         - Ready: from the start of the first program to the first 200 of `/readyz`, asked every \
         few milliseconds. Stock's certificates exist before; ours are made within.\n\
         - Memory: resident bytes of all programs of the plane, {} s after it was ready.\n\
         - Processor time is the kernel's count for kube-apiserver alone on stock's side (for \
         creates with etcd), and for the whole of `pintle up` on ours, its controllers and its \
         scheduler with it.\n\
         - GET: {} requests of each kind over 10,000 pods, {} in flight on {} h2 connections (64 \
         connections for HTTP/1.1). LIST: {} of each kind, one at a time. Creates: {} pods and {} \
         config maps of about 1.5 KiB, {} in flight.\n\
         - The load comes from a process of its own, from one thread on the last processor.\n",
        quick::IDLE.as_secs(),
        quick::GETS,
        IN_FLIGHT,
        CONNECTIONS,
        quick::LISTS,
        quick::PODS,
        quick::CONFIG_MAPS,
        IN_FLIGHT,
    )
}
