//! Namespaces in which a node lives, from the outside: made, waited for, cleaned up.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::sys::signal::{SigSet, Signal, kill};
use nix::unistd::Pid;

use super::requirements;
use crate::Error;

/// Folders that the node covers with its own; one that is made for that goes afterwards.
pub(super) const COVERED: &[&str] = &[
    "/var/lib/kubelet",
    "/var/lib/containerd",
    "/var/lib/cni",
    "/var/log/pods",
    "/var/log/containers",
];
/// Settings of the kernel that a kubelet changes for the whole machine.
const KERNEL: &[&str] = &[
    "vm/overcommit_memory",
    "vm/panic_on_oom",
    "kernel/panic",
    "kernel/panic_on_oops",
    "kernel/keys/root_maxkeys",
    "kernel/keys/root_maxbytes",
];
/// Where the kernel's groups of processes are.
const GROUPS: &str = "/sys/fs/cgroup";
/// Our group in each hierarchy.
pub(super) const GROUP: &str = "pintle-node";
const PATIENCE: Duration = Duration::from_secs(15);

/// Runs a command as the first process of new namespaces, and undoes what it left.
pub(super) fn run(state: &Path, configure: impl FnOnce(&mut Command)) -> Result<(), Error> {
    if groups().iter().any(|group| group.exists()) {
        remove_groups();
        if groups().iter().any(|group| group.exists()) {
            return Err(failed(format!("{GROUPS}/*/{GROUP} is in use by another run")));
        }
    }
    let restore = Restore::new(state);
    make_groups()?;
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGINT);
    signals.add(Signal::SIGTERM);
    signals.thread_block().map_err(failed)?;
    let mut command = Command::new("unshare");
    // Whatever ends the parent ends the first process, and with it every other.
    command.args(["--fork", "--kill-child", "--pid", "--mount-proc", "--mount", "--net"]);
    command.args(["--uts", "--ipc"]).stdin(Stdio::null()).env("PATH", requirements::path());
    configure(&mut command);
    let mut child = command.spawn().map_err(failed)?;
    let pid = Pid::from_raw(child.id() as i32);
    let asked = std::sync::Arc::new(AtomicBool::new(false));
    let told = asked.clone();
    std::thread::spawn(move || {
        if signals.wait().is_ok() {
            told.store(true, Ordering::SeqCst);
            // One that has ended by itself needs no signal.
            kill(pid, Signal::SIGKILL).ok();
        }
    });
    let status = child.wait().map_err(failed)?;
    drop(restore);
    if asked.load(Ordering::SeqCst) {
        return Err(failed("interrupted; everything it started is gone"));
    }
    if status.success() { Ok(()) } else { Err(failed("it did not succeed; see above")) }
}

/// Lets the first process of the namespaces answer signals again.
pub(super) fn unblock() -> Result<(), Error> {
    SigSet::empty().thread_set_mask().map_err(failed)
}

/// What is to be as it was.
struct Restore {
    made: Vec<&'static str>,
    kernel: Vec<(PathBuf, Vec<u8>)>,
}

impl Restore {
    fn new(state: &Path) -> Self {
        // A folder that cannot be made fails where it is covered, with the system's words.
        std::fs::create_dir_all(state).ok();
        let mut made = Vec::new();
        for folder in COVERED {
            if !Path::new(folder).exists() && std::fs::create_dir_all(folder).is_ok() {
                made.push(*folder);
            }
        }
        let files = KERNEL.iter().map(|name| Path::new("/proc/sys").join(name));
        let kernel = files.filter_map(|file| Some((file.clone(), std::fs::read(file).ok()?)));
        Self { made, kernel: kernel.collect() }
    }
}

impl Drop for Restore {
    fn drop(&mut self) {
        remove_groups();
        for folder in &self.made {
            std::fs::remove_dir(folder).ok();
        }
        for (file, content) in &self.kernel {
            if std::fs::read(file).is_ok_and(|now| now != *content) {
                std::fs::write(file, content).ok();
            }
        }
    }
}

/// Whether the machine has the one hierarchy of cgroup v2.
pub(super) fn unified() -> bool {
    Path::new(GROUPS).join("cgroup.controllers").exists()
}

/// Our group in every hierarchy that there is.
fn groups() -> Vec<PathBuf> {
    if unified() {
        return vec![Path::new(GROUPS).join(GROUP)];
    }
    let names = std::fs::read_dir(GROUPS).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = names.map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.is_dir() && !folder.is_symlink());
    folders.sort();
    folders.into_iter().map(|folder| folder.join(GROUP)).collect()
}

fn make_groups() -> Result<(), Error> {
    for group in groups() {
        std::fs::create_dir_all(&group).map_err(|error| Error::file(&group, error))?;
        // A new group of `cpuset` in v1 has neither processors nor memory until told.
        for name in ["cpuset.cpus", "cpuset.mems"] {
            let parent = group.with_file_name(name);
            if let (false, Ok(all)) = (unified(), std::fs::read(&parent)) {
                std::fs::write(group.join(name), all).map_err(|e| Error::file(&group, e))?;
            }
        }
    }
    Ok(())
}

/// Removes our groups, inner ones first, as soon as no process is left in them.
fn remove_groups() {
    let deadline = Instant::now() + PATIENCE;
    while groups().iter().any(|group| group.exists()) && Instant::now() < deadline {
        for group in groups() {
            remove_group(&group);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn remove_group(group: &Path) {
    for inner in std::fs::read_dir(group).into_iter().flatten().flatten() {
        if inner.path().is_dir() {
            remove_group(&inner.path());
        }
    }
    std::fs::remove_dir(group).ok();
}

fn failed(reason: impl std::fmt::Display) -> Error {
    Error::Program { program: "node".into(), reason: reason.to_string() }
}
