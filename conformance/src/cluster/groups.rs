//! A run's cgroups: one of its name in every hierarchy.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::Error;

/// Where the kernel's groups of processes are.
const GROUPS: &str = "/sys/fs/cgroup";
const PATIENCE: Duration = Duration::from_secs(15);

/// Makes a group in every hierarchy; `name` may be a path whose parent is there.
pub(crate) fn make(name: &str) -> Result<(), Error> {
    for group in all(name) {
        std::fs::create_dir_all(&group).map_err(|error| Error::file(&group, error))?;
        // A new group of `cpuset` in v1 has neither processors nor memory until told.
        for file in ["cpuset.cpus", "cpuset.mems"] {
            let parent = group.with_file_name(file);
            if let (false, Ok(all)) = (unified(), std::fs::read(&parent)) {
                std::fs::write(group.join(file), all).map_err(|e| Error::file(&group, e))?;
            }
        }
    }
    Ok(())
}

/// Fails if there is no hierarchy of groups.
pub(super) fn check() -> Result<(), Error> {
    if all("").is_empty() {
        return Err(Error::Missing(format!("no cgroups in {GROUPS}")));
    }
    Ok(())
}

/// Removes the groups, inner ones first, as soon as no process is left in them.
pub(super) fn remove(name: &str) {
    let deadline = Instant::now() + PATIENCE;
    while all(name).iter().any(|group| group.exists()) && Instant::now() < deadline {
        for group in all(name) {
            remove_one(&group);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether the machine has the one hierarchy of cgroup v2.
fn unified() -> bool {
    Path::new(GROUPS).join("cgroup.controllers").exists()
}

/// The group in every hierarchy that there is.
fn all(name: &str) -> Vec<PathBuf> {
    if unified() {
        return vec![Path::new(GROUPS).join(name)];
    }
    let names = std::fs::read_dir(GROUPS).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = names.map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.is_dir() && !folder.is_symlink());
    folders.sort();
    folders.into_iter().map(|folder| folder.join(name)).collect()
}

fn remove_one(group: &Path) {
    for inner in std::fs::read_dir(group).into_iter().flatten().flatten() {
        if inner.path().is_dir() {
            remove_one(&inner.path());
        }
    }
    std::fs::remove_dir(group).ok();
}
