//! The node's machine, from the inside: its files, its name, its network without a way out.

use std::path::Path;

use nix::mount::{MsFlags, mount};

use super::enclosure;
use crate::Error;
use crate::process::run;

/// An address that belongs to nobody (RFC 5737): a client outside by mistake reaches no stranger.
pub(super) const ADDRESS: &str = "192.0.2.1";
/// Name of the machine, and of the Node.
pub(super) const NAME: &str = "node1";
const SERVICES: &str = "10.96.0.0/12";

/// Sets everything up; nothing of it outlives the namespaces.
pub(super) fn set_up(state: &Path) -> Result<(), Error> {
    enclosure::unblock()?;
    cover_files(state)?;
    nix::unistd::sethostname(NAME).map_err(failed)?;
    for line in [
        "link set lo up",
        // A pair whose other end leads nowhere: small kernels have no dummy device.
        "link add eth0 type veth peer name nowhere",
        "link set nowhere up",
        &format!("address add {ADDRESS}/24 dev eth0"),
        "link set eth0 up",
        // There is no default route: whatever else is not there fails at once.
        &format!("route add {SERVICES} dev eth0"),
    ] {
        run(Path::new("ip"), |command| {
            command.args(line.split(' '));
        })?;
    }
    let forward = Path::new("/proc/sys/net/ipv4/ip_forward");
    std::fs::write(forward, "1").map_err(|error| Error::file(forward, error))
}

/// Puts folders of our own over those that containerd, the kubelet and their plugins write to.
fn cover_files(state: &Path) -> Result<(), Error> {
    let none = None::<&str>;
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(none, "/", none, private, none).map_err(failed)?;
    for folder in enclosure::COVERED {
        let own = state.join(folder.trim_start_matches('/'));
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

fn failed(reason: impl std::fmt::Display) -> Error {
    Error::Program { program: "machine".into(), reason: reason.to_string() }
}
