//! A machine of the cluster: a network, mounts and a host name of its own, and no way out.

use std::fs::File;
use std::path::{Path, PathBuf};

use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, setns, unshare};

use super::record::COVERED;
use crate::Error;
use crate::process::{self, run};

/// Addresses that belong to nobody (RFC 5737): a client outside by mistake reaches no stranger.
const NETWORK: &str = "192.0.2";
/// Addresses of services. Machines route them, as calls of the machine itself need a route before
/// they are translated; whatever else is not there fails at once.
const SERVICES: &str = "10.96.0.0/12";
/// Interface, in the enclosure's network, that joins the machines.
const SWITCH: &str = "switch0";

/// Joins nothing yet; every machine plugs itself in.
pub(super) fn make_switch() -> Result<(), Error> {
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    let none = None::<&str>;
    mount(none, "/", none, private, none).map_err(failed)?;
    ip("link set lo up")?;
    ip(&format!("link add {SWITCH} type bridge"))?;
    ip(&format!("link set {SWITCH} up"))
}

/// One machine. Its namespaces end with the last process in them.
#[derive(Debug)]
pub struct Machine {
    number: usize,
    state: PathBuf,
    network: File,
    mounts: File,
    host_name: File,
}

impl Machine {
    /// Makes machine `number`, counted from 1, of a cluster of `count`. `state` is a folder for its
    /// files.
    pub(super) fn new(number: usize, count: usize, state: &Path) -> Result<Self, Error> {
        let state = state.join(format!("node{number}"));
        std::fs::create_dir_all(&state).map_err(|error| Error::file(&state, error))?;
        let namespaces = std::thread::scope(|scope| {
            let made = scope.spawn(|| {
                let (net, uts) = (CloneFlags::CLONE_NEWNET, CloneFlags::CLONE_NEWUTS);
                unshare(CloneFlags::CLONE_NEWNS | net | uts)
                    .map_err(|error| failed(error.to_string()))?;
                Ok([namespace("net")?, namespace("mnt")?, namespace("uts")?])
            });
            made.join().unwrap_or_else(|_| Err(failed("a thread failed")))
        });
        let [network, mounts, host_name] = namespaces?;
        let machine = Self { number, state, network, mounts, host_name };
        machine.enter(|| machine.set_up(count))??;
        ip(&format!("link set port{number} master {SWITCH} up"))?;
        Ok(machine)
    }

    /// Runs something on the machine, and what it starts stays there.
    pub fn enter<T: Send>(&self, job: impl FnOnce() -> T + Send) -> Result<T, Error> {
        std::thread::scope(|scope| {
            let done = scope.spawn(|| {
                // A thread enters other mounts only with a working folder of its own.
                unshare(CloneFlags::CLONE_FS).map_err(failed)?;
                setns(&self.network, CloneFlags::CLONE_NEWNET).map_err(failed)?;
                setns(&self.host_name, CloneFlags::CLONE_NEWUTS).map_err(failed)?;
                setns(&self.mounts, CloneFlags::CLONE_NEWNS).map_err(failed)?;
                process::stay();
                Ok(job())
            });
            done.join().unwrap_or_else(|_| Err(failed("a thread failed")))
        })
    }

    /// Name of the machine, and of its Node.
    pub fn name(&self) -> String {
        format!("node{}", self.number)
    }

    /// Its address in the cluster's network.
    pub fn address(&self) -> String {
        address(self.number)
    }

    /// Addresses of its pods.
    pub(super) fn pods(&self) -> String {
        pods(self.number)
    }

    /// Folder for its files.
    pub(super) fn state(&self) -> &Path {
        &self.state
    }

    fn set_up(&self, count: usize) -> Result<(), Error> {
        self.cover_files()?;
        nix::unistd::sethostname(self.name()).map_err(failed)?;
        ip("link set lo up")?;
        // The first process lives in the network that holds the switch.
        ip(&format!("link add eth0 type veth peer name port{} netns 1", self.number))?;
        ip(&format!("address add {}/24 dev eth0", self.address()))?;
        ip("link set eth0 up")?;
        ip(&format!("route add {SERVICES} dev eth0"))?;
        for other in (1..=count).filter(|other| *other != self.number) {
            ip(&format!("route add {} via {}", pods(other), address(other)))?;
        }
        // Node ports answer on loopback, too.
        for setting in ["ip_forward", "conf/all/route_localnet"] {
            let file = Path::new("/proc/sys/net/ipv4").join(setting);
            std::fs::write(&file, "1").map_err(|error| Error::file(&file, error))?;
        }
        Ok(())
    }

    /// Puts folders of its own over those that containerd, the kubelet and their plugins write to.
    fn cover_files(&self) -> Result<(), Error> {
        let none = None::<&str>;
        for folder in COVERED {
            let own = self.state.join(folder.trim_start_matches('/'));
            std::fs::create_dir_all(&own).map_err(|error| Error::file(&own, error))?;
            mount(Some(&own), *folder, none, MsFlags::MS_BIND, none)
                .map_err(|error| Error::file(Path::new(folder), error.into()))?;
        }
        mount(Some("tmpfs"), "/run", Some("tmpfs"), MsFlags::empty(), none).map_err(failed)?;
        // Mounts of a pod's volumes are to reach its containers.
        for shared in ["/run", "/var/lib/kubelet"] {
            mount(none, shared, none, MsFlags::MS_SHARED, none).map_err(failed)?;
        }
        Ok(())
    }
}

/// Address of a machine.
pub(super) fn address(number: usize) -> String {
    format!("{NETWORK}.{number}")
}

fn pods(number: usize) -> String {
    format!("10.244.{number}.0/24")
}

/// The calling thread's namespace of a kind, which lives as long as the file.
fn namespace(kind: &str) -> Result<File, Error> {
    let path = Path::new("/proc/thread-self/ns").join(kind);
    File::open(&path).map_err(|error| Error::file(&path, error))
}

fn ip(line: &str) -> Result<(), Error> {
    run(Path::new("ip"), |command| {
        command.args(line.split(' '));
    })
    .map(drop)
}

fn failed(reason: impl std::fmt::Display) -> Error {
    Error::Program { program: "machine".into(), reason: reason.to_string() }
}
