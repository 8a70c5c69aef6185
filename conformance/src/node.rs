//! A stock kubelet on this machine, joined to a Pintle control plane.
//!
//! The machine's own network and files stay as they are: plane, containerd, kubelet and containers
//! live in namespaces of their own (`enclosure`), and all of them end with the first process there.

mod enclosure;
mod image;
mod machine;
mod plane;
mod requirements;
mod session;
mod worker;

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::Error;
use crate::stock::Stock;

/// What a run needs to know, inside the namespaces and outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The stock release.
    pub stock: Stock,
    /// Our binary.
    pub pintle: PathBuf,
    /// Folder for state; it goes with the run.
    pub state: PathBuf,
    /// Folder for logs; it stays.
    pub logs: PathBuf,
}

/// Sets up the namespaces and runs `command` in them, which is to call [`inside`]; cleans up.
pub fn outside(
    state: &Path,
    command: impl FnOnce(&mut std::process::Command),
) -> Result<(), Error> {
    requirements::check()?;
    enclosure::run(state, command)
}

/// Sets up the node and runs the session; to be called as the first process of the namespaces.
pub fn inside(settings: &Settings, print: &dyn Fn(&str)) -> Result<(), Error> {
    let system = requirements::check()?;
    let mut steps = Steps { print, last: Instant::now() };
    machine::set_up(&settings.state)?;
    steps.done("network, mounts and host name of its own");
    let mut plane = plane::Plane::start(settings)?;
    steps.done("pintle up");
    let mut worker = worker::Worker::join(settings, &system, &plane)?;
    steps.done("bootstrap token, images, containerd, kubelet");
    let kubectl = plane.kubectl();
    let told = session::run(&kubectl, &mut plane, &mut worker, &mut steps);
    if told.is_err() {
        // What the cluster looked like explains most failures.
        for question in ["nodes,csr,pods", "events"] {
            if let Ok(seen) = kubectl.call(&["get", question, "-A", "-o", "wide"], "") {
                print(&seen);
            }
        }
    }
    told
}

/// Steps with their times, as they are done.
struct Steps<'a> {
    print: &'a dyn Fn(&str),
    last: Instant,
}

impl Steps<'_> {
    fn done(&mut self, what: &str) {
        let now = Instant::now();
        let seconds = now.duration_since(self.last).as_secs_f64();
        self.last = now;
        (self.print)(&format!(" ✓ {what:<58} {seconds:>6.1} s"));
    }
}
