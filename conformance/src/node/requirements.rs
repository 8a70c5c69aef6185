//! What the machine must have before a node can be set up on it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use nix::unistd::geteuid;

use crate::Error;

/// Programs of the system and the Debian packages that bring them.
const PROGRAMS: &[(&str, &str)] = &[
    ("containerd", "containerd"),
    ("ctr", "containerd"),
    ("runc", "runc"),
    ("busybox", "busybox-static"),
    ("ip", "iproute2"),
    ("iptables", "iptables"),
    ("unshare", "util-linux"),
    ("mount", "mount"),
];
/// Plugins that connect pods.
const PLUGINS: &[&str] = &["bridge", "host-local", "loopback"];
/// Where distributions put them.
const PLUGIN_FOLDERS: &[&str] = &["/usr/lib/cni", "/opt/cni/bin"];

/// Where the system's parts are.
#[derive(Clone, Debug)]
pub(crate) struct System {
    /// Folder of the network plugins.
    pub(crate) plugins: PathBuf,
    /// A busybox that needs no libraries.
    pub(crate) busybox: PathBuf,
}

/// Finds the system's parts; says all that is missing at once.
pub(crate) fn check() -> Result<System, Error> {
    if !geteuid().is_root() {
        return Err(Error::Missing("a node needs root: namespaces, mounts and cgroups".into()));
    }
    let mut packages: Vec<&str> = Vec::new();
    for (program, package) in PROGRAMS {
        if find(program).is_none() && !packages.contains(package) {
            packages.push(package);
        }
    }
    let has_all = |folder: &&&str| PLUGINS.iter().all(|name| Path::new(folder).join(name).exists());
    let plugins = PLUGIN_FOLDERS.iter().find(has_all);
    if plugins.is_none() {
        packages.push("containernetworking-plugins");
    }
    if packages.is_empty()
        && let (Some(plugins), Some(busybox)) = (plugins, find("busybox"))
    {
        return Ok(System { plugins: plugins.into(), busybox });
    }
    Err(Error::Missing(format!("apt-get install {}", packages.join(" "))))
}

/// Where programs are looked for: a user's path often lacks the administrator's folders.
pub(crate) fn path() -> OsString {
    let mut path = std::env::var_os("PATH").unwrap_or_default();
    path.push(":/usr/sbin:/sbin");
    path
}

/// Path of a program.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&path()).map(|folder| folder.join(program)).find(|file| file.is_file())
}
