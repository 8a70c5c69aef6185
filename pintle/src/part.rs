//! The parts by their upstream names.

use std::pin::Pin;
use std::process::ExitCode;

/// A part: takes its arguments, runs, and says how it ended.
pub(crate) type Part = fn(Vec<String>) -> Pin<Box<dyn Future<Output = ExitCode>>>;

const PARTS: &[(&str, Part)] = &[
    ("kube-apiserver", pintle_apiserver::run::run),
    ("kube-scheduler", |arguments| Box::pin(pintle_scheduler::command::run(arguments))),
    ("kube-controller-manager", |arguments| {
        Box::pin(pintle_controller_manager::command::run(arguments))
    }),
];

/// The part of that name.
pub(crate) fn by_name(name: &str) -> Option<Part> {
    PARTS.iter().find(|(known, _)| *known == name).map(|(_, part)| *part)
}
