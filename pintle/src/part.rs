//! The parts by their upstream names.

use std::ffi::OsString;
use std::pin::Pin;
use std::process::ExitCode;

/// A part: takes its arguments, runs, and says how it ended.
pub(crate) type Part = fn(Vec<String>) -> Pin<Box<dyn Future<Output = ExitCode>>>;

const PARTS: &[(&str, Part)] = &[
    ("kube-apiserver", |arguments| {
        Box::pin(pintle_apiserver::run::run(arguments.into_iter().map(OsString::from)))
    }),
    ("kube-scheduler", |arguments| Box::pin(pintle_scheduler::command::run(arguments))),
    ("kube-controller-manager", |arguments| {
        Box::pin(pintle_controller_manager::command::run(arguments))
    }),
];

/// The part of that name.
pub(crate) fn by_name(name: &str) -> Option<Part> {
    PARTS.iter().find(|(known, _)| *known == name).map(|(_, part)| *part)
}
