//! What the machine must have before a cluster can be set up on it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use nix::unistd::geteuid;

use crate::Error;

/// Programs of the system and the Debian packages that bring them, for a kubelet and its containers.
const NODE: &[(&str, &str)] = &[
    ("runc", "runc"),
    ("busybox", "busybox-static"),
    ("ip", "iproute2"),
    ("iptables", "iptables"),
    ("unshare", "util-linux"),
    ("mount", "mount"),
];
/// What containerd needs where the stock release's own is not built.
const RUNTIME: &[(&str, &str)] = &[("containerd", "containerd"), ("ctr", "containerd")];
/// What kube-proxy and the upstream suite need besides.
const SUITE: &[(&str, &str)] =
    &[("nft", "nftables"), ("conntrack", "conntrack"), ("ethtool", "ethtool"), ("socat", "socat")];
/// What the suite's images are made of.
const IMAGES: &[(&str, &str)] = &[
    ("busybox", "busybox-static"),
    ("bash-static", "bash-static"),
    ("cc", "gcc libc6-dev"),
    ("debootstrap", "debootstrap"),
    ("sha256sum", "coreutils"),
    ("tar", "tar"),
];
/// What the stock release is built by.
const STOCK: &[(&str, &str)] = &[("go", "golang")];
/// Plugins that connect pods.
const PLUGINS: &[&str] = &["bridge", "host-local", "loopback", "portmap"];
/// Where distributions put them.
const PLUGIN_FOLDERS: &[&str] = &["/usr/lib/cni", "/opt/cni/bin"];

/// Where the system's parts are.
#[derive(Clone, Debug)]
pub struct System {
    /// Folder of the network plugins.
    pub(crate) plugins: PathBuf,
    /// A busybox that needs no libraries.
    pub(crate) busybox: PathBuf,
}

/// Finds what a node needs that runs the system's containerd.
pub(crate) fn for_node() -> Result<System, Error> {
    check(&[NODE, RUNTIME])
}

/// Finds what a cluster of the stock release needs, whose containerd is built.
pub(crate) fn for_suite() -> Result<System, Error> {
    check(&[NODE, SUITE])
}

/// Fails if the machine lacks something to build the stock release and its images, or to run them.
pub(crate) fn for_all() -> Result<(), Error> {
    check(&[STOCK, NODE, SUITE, IMAGES]).map(drop)
}

/// Fails if the suite's images cannot be made.
pub(crate) fn for_images() -> Result<(), Error> {
    need_root()?;
    install(missing(&[IMAGES]))
}

/// Fails for any other user.
pub(crate) fn need_root() -> Result<(), Error> {
    if geteuid().is_root() {
        return Ok(());
    }
    Err(Error::Missing("this needs root: namespaces, mounts and cgroups".into()))
}

/// Finds the system's parts; says all that is missing at once.
fn check(wanted: &[&[(&str, &'static str)]]) -> Result<System, Error> {
    need_root()?;
    let mut packages = missing(wanted);
    let has_all = |folder: &&&str| PLUGINS.iter().all(|name| Path::new(folder).join(name).exists());
    let plugins = PLUGIN_FOLDERS.iter().find(has_all);
    if let (Some(plugins), Some(busybox), true) = (plugins, find("busybox"), packages.is_empty()) {
        return Ok(System { plugins: plugins.into(), busybox });
    }
    if plugins.is_none() {
        packages.push("containernetworking-plugins");
    }
    install(packages).and(Err(Error::Missing("the machine changes while it is looked at".into())))
}

/// Packages whose programs are not there.
fn missing(wanted: &[&[(&str, &'static str)]]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for (program, package) in wanted.iter().copied().flatten() {
        if find(program).is_none() && !packages.contains(package) {
            packages.push(*package);
        }
    }
    packages
}

fn install(packages: Vec<&str>) -> Result<(), Error> {
    if packages.is_empty() {
        return Ok(());
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
