//! A whole cluster on this machine: a control plane of mixed parts, and machines with stock kubelets.
//!
//! The machine's own network and files stay as they are: everything lives in namespaces of its own
//! (`enclosure`), machines in further ones (`machine`), and all of it ends with the first process.

pub mod enclosure;
pub(crate) mod groups;
mod machine;
mod record;
pub(crate) mod requirements;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Error;
use crate::images::{self, Registry};
use crate::plane::{Make, Parts, Plane, Site, Store};
use crate::process::{Background, run};
use crate::shadow;
use crate::stock::Stock;

pub use machine::Machine;
pub use worker::{Credentials, Settings as WorkerSettings, Worker};

/// Port of the registry on the first machine.
const REGISTRY: u16 = 5000;
/// Port of the API on the first machine.
const API: u16 = 6443;
/// File with the policy by which requests are kept.
const POLICY: &str = "audit.yaml";
/// File with the proxies' kubeconfig.
const PROXY_IDENTITY: &str = "kube-proxy.conf";
/// How long pods of the cluster itself may take.
const PATIENCE: Duration = Duration::from_mins(3);

/// What a cluster is made of.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The stock release.
    pub stock: Stock,
    /// Our binary.
    pub pintle: PathBuf,
    /// Whose the parts of the plane are.
    pub parts: Parts,
    /// What holds our API server's objects.
    pub store: Store,
    /// How many machines.
    pub nodes: usize,
    /// Mode of the proxies: `nftables` or `iptables`.
    pub proxy_mode: String,
    /// Whether the API server keeps what clients ask and hear.
    pub audit: bool,
    /// The images, as a layout.
    pub images: PathBuf,
    /// Folder for state; it goes with the run, and its name is the name of the cgroups.
    pub state: PathBuf,
    /// Folder for logs; it stays.
    pub logs: PathBuf,
}

/// A running cluster; it ends when dropped.
pub struct Cluster {
    // Nodes end before the plane.
    workers: Vec<Worker>,
    plane: Plane,
    settings: Settings,
}

/// Fails if the system lacks something that a cluster needs.
pub fn check() -> Result<(), Error> {
    requirements::for_suite().map(drop)
}

/// Fails if the system lacks something that a cluster needs or is built by.
pub fn check_all() -> Result<(), Error> {
    requirements::for_all()
}

/// Makes the switch and machines of a cluster that only the calling process knows.
pub fn machines(count: usize, state: &Path) -> Result<Vec<Arc<Machine>>, Error> {
    machine::make_switch()?;
    (1..=count).map(|number| Machine::new(number, count, state).map(Arc::new)).collect()
}

impl Cluster {
    /// Starts everything and waits until it is ready; to be called inside an enclosure.
    pub fn start(settings: &Settings, steps: &Steps<'_>) -> Result<Self, Error> {
        let system = requirements::for_suite()?;
        let machines = machines(settings.nodes, &settings.state)?;
        steps.done("machines: networks, mounts, host names");
        let first = machine::address(1);
        let registry = format!("{first}:{REGISTRY}");
        let worker = worker::Settings {
            system,
            runtime: Some(settings.stock.folder().into()),
            pause: images::PAUSE,
            registry: Some(registry.clone()),
            group: group(&settings.state),
            ca: settings.state.join("plane/pki/ca.crt"),
            logs: settings.logs.clone(),
        };
        let (plane, workers) = std::thread::scope(|scope| {
            // Certificates and the API server come up beside containerd and its images.
            let plane = scope.spawn(|| machines[0].enter(|| start_plane(settings, &machines)));
            let start = |machine: &Arc<Machine>| {
                let (machine, worker) = (machine.clone(), &worker);
                scope.spawn(move || start_worker(machine, worker, settings))
            };
            let workers: Vec<_> = machines.iter().map(start).collect();
            let plane = plane.join().unwrap_or_else(|_| Err(died()))?;
            let workers = workers.into_iter();
            let workers = workers.map(|worker| worker.join().unwrap_or_else(|_| Err(died())));
            Ok::<_, Error>((plane?, workers.collect::<Result<Vec<Worker>, Error>>()?))
        })?;
        machines[0].enter(|| Registry::serve(&settings.images, &registry))??;
        steps.done("control plane; containerd with images");
        let mut cluster = Self { workers, plane, settings: settings.clone() };
        cluster.start_nodes()?;
        steps.done("kubelets, proxies");
        cluster.start_dns()?;
        steps.done("nodes Ready, DNS");
        Ok(cluster)
    }

    /// Runs the stock kubectl as the administrator; a refusal is an error.
    pub fn kubectl(&self, arguments: &[&str], input: &str) -> Result<String, Error> {
        let done = self.first().enter(|| self.plane.kubectl(arguments, input))??;
        crate::plane::printed(&done, arguments)
    }

    /// The machine that the control plane is on.
    pub fn first(&self) -> &Machine {
        self.workers[0].machine()
    }

    /// The administrator's kubeconfig.
    pub fn kubeconfig(&self) -> PathBuf {
        self.plane.folder().join("super-admin.conf")
    }

    /// Every part that runs.
    pub fn parts(&self) -> impl Iterator<Item = &Background> {
        self.plane.running().chain(self.workers.iter().flat_map(Worker::parts))
    }

    /// Fails if a part has ended by itself.
    pub fn check(&mut self) -> Result<(), Error> {
        self.plane.check()?;
        self.workers.iter_mut().try_for_each(Worker::check)
    }

    /// Starts parts of the plane again that have ended by themselves; says which. Fails if a part of a
    /// node has ended.
    pub fn revive(&mut self) -> Result<Vec<Error>, Error> {
        self.workers.iter_mut().try_for_each(Worker::check)?;
        let machine = self.workers[0].shared_machine();
        machine.enter(|| self.plane.revive())?
    }

    fn start_nodes(&mut self) -> Result<(), Error> {
        let kubelet = self.settings.stock.program("kubelet");
        let proxy = self.settings.stock.program("kube-proxy");
        let identity = self.settings.state.join(PROXY_IDENTITY);
        for worker in &mut self.workers {
            let own = identity_of(&self.settings.state, worker.machine());
            worker.start_kubelet(&kubelet, &Credentials::Kubeconfig(own))?;
            worker.start_proxy(&proxy, &identity, &self.settings.proxy_mode)?;
        }
        Ok(())
    }

    /// Installs DNS as kubeadm does, and waits until the cluster is whole.
    fn start_dns(&mut self) -> Result<(), Error> {
        let config = self.plane.description();
        self.first().enter(|| {
            run(&self.settings.stock.program("kubeadm"), |command| {
                command.args(["init", "phase", "addon", "coredns", "--config"]).arg(&config);
                command.arg("--kubeconfig").arg(self.kubeconfig());
            })
        })??;
        let timeout = format!("--timeout={}s", PATIENCE.as_secs());
        for worker in &self.workers {
            let node = format!("node/{}", worker.machine().name());
            self.kubectl(&["wait", &node, "--for=create", &timeout], "")?;
        }
        self.kubectl(&["wait", "nodes", "--all", "--for=condition=Ready", &timeout], "")?;
        let dns = ["-n", "kube-system", "rollout", "status", "deployment/coredns", &timeout];
        let done = self.kubectl(&dns, "");
        // A part that has ended says more than what was missed.
        self.check()?;
        done.map(drop)
    }
}

/// Starts the plane on the machine that the caller is on, and makes the identities of the nodes.
fn start_plane(settings: &Settings, machines: &[Arc<Machine>]) -> Result<Plane, Error> {
    let folder = settings.state.join("plane");
    std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
    let site = Site {
        folder,
        logs: settings.logs.clone(),
        advertised: machine::address(1),
        endpoint: machine::address(1),
        port: API,
        audit: settings.audit.then(|| settings.state.join(POLICY)),
    };
    if let Some(policy) = &site.audit {
        std::fs::write(policy, shadow::POLICY).map_err(|error| Error::file(policy, error))?;
    }
    let mut plane = Plane::prepare_at(&settings.stock, site)?;
    plane.start_server(&settings.pintle, settings.parts.apiserver, settings.store)?;
    let kubeadm = settings.stock.program("kubeadm");
    for machine in machines {
        run(&kubeadm, |command| {
            let folder = identity_of(&settings.state, machine);
            command.args(["init", "phase", "kubeconfig", "kubelet", "--node-name"]);
            command.arg(machine.name()).arg("--kubeconfig-dir");
            command.arg(folder.parent().unwrap_or(&folder));
            command.arg("--cert-dir").arg(plane.folder().join("pki"));
            command.arg("--apiserver-advertise-address").arg(machine::address(1));
        })?;
    }
    let printed = run(&kubeadm, |command| {
        command.args(["kubeconfig", "user", "--client-name=system:kube-proxy", "--config"]);
        command.arg(plane.description());
    })?;
    let identity = settings.state.join(PROXY_IDENTITY);
    std::fs::write(&identity, printed).map_err(|error| Error::file(&identity, error))?;
    plane.wait_ready()?;
    plane.start_clients(&settings.pintle, settings.parts)?;
    Ok(plane)
}

/// Kubeconfig of a machine's kubelet.
fn identity_of(state: &Path, machine: &Machine) -> PathBuf {
    state.join("kubelets").join(machine.name()).join("kubelet.conf")
}

fn start_worker(
    machine: Arc<Machine>,
    worker: &worker::Settings,
    settings: &Settings,
) -> Result<Worker, Error> {
    let worker = Worker::start(machine, worker)?;
    worker.import(&settings.images)?;
    Ok(worker)
}

/// Name of a run's cgroups, by its folder.
pub fn group(state: &Path) -> String {
    state.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Letters of the plane's parts: of the API server, the scheduler and the controllers, each `s` for
/// stock or `p` for Pintle.
pub fn letters(parts: Parts) -> String {
    let letter = |make| if make == Make::Stock { 's' } else { 'p' };
    [parts.apiserver, parts.scheduler, parts.controllers].map(letter).into_iter().collect()
}

fn died() -> Error {
    Error::Program { program: "cluster".into(), reason: "a thread failed".into() }
}

/// Steps with their times, as they are done.
pub struct Steps<'a> {
    print: &'a dyn Fn(&str),
    last: std::cell::Cell<Instant>,
}

impl<'a> Steps<'a> {
    /// Starts the clock; `print` is given a line for each step.
    pub fn new(print: &'a dyn Fn(&str)) -> Self {
        Self { print, last: Instant::now().into() }
    }

    /// Says that something is done.
    pub fn done(&self, what: &str) {
        let seconds = self.last.replace(Instant::now()).elapsed().as_secs_f64();
        (self.print)(&format!(" ✓ {what:<58} {seconds:>6.1} s"));
    }
}
