//! A stock kubelet on this machine, joined to a Pintle control plane.
//!
//! The machine's own network and files stay as they are: plane, containerd, kubelet and containers
//! live in namespaces of their own (`cluster`), and all of them end with the first process there.

mod plane;
mod session;

use std::path::PathBuf;
use std::sync::Arc;

use crate::cluster::{self, Credentials, Machine, Steps, Worker, WorkerSettings, requirements};
use crate::stock::Stock;
use crate::{Error, images};

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

/// Fails if the system lacks something that the run needs.
pub fn check() -> Result<(), Error> {
    requirements::for_node().map(drop)
}

/// Sets up the node and runs the session; to be called inside an enclosure.
pub fn inside(settings: &Settings, print: &(dyn Fn(&str) + Sync)) -> Result<(), Error> {
    let machines = cluster::machines(1, &settings.state)?;
    let machine = &machines[0];
    machine.enter(|| on_machine(settings, machine, &Steps::new(print), print))?
}

fn on_machine(
    settings: &Settings,
    machine: &Arc<Machine>,
    steps: &Steps<'_>,
    print: &dyn Fn(&str),
) -> Result<(), Error> {
    let mut plane = plane::Plane::start(settings)?;
    steps.done("pintle up");
    let mut worker = join(settings, machine, &plane)?;
    steps.done("bootstrap token, images, containerd, kubelet");
    let kubectl = plane.kubectl();
    let told = session::run(&kubectl, &mut plane, &mut worker, steps);
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

/// Lets the machine join; its kubelet knows nothing but the address, the CA and a token.
fn join(
    settings: &Settings,
    machine: &Arc<Machine>,
    plane: &plane::Plane,
) -> Result<Worker, Error> {
    let system = requirements::for_node()?;
    let tools = settings.state.join("images");
    images::build_tools(&tools, &system.busybox)?;
    let about = WorkerSettings {
        system,
        runtime: None,
        pause: images::TOOLS_PAUSE,
        registry: None,
        group: cluster::group(&settings.state),
        ca: plane.data().join("pki/ca.crt"),
        logs: settings.logs.clone(),
    };
    let mut worker = Worker::start(machine.clone(), &about)?;
    worker.import(&tools)?;
    let token = Credentials::Token(plane::SERVER.into(), plane.token()?);
    worker.start_kubelet(&settings.stock.program("kubelet"), &token)?;
    Ok(worker)
}
