//! What a run changes on the machine, on record until it is undone.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::groups;
use crate::Error;

/// Folder of the records. A record is locked while its run lives.
const RECORDS: &str = "/run/pintle";

/// Folders that machines cover with their own; one that is made for that goes afterwards.
pub(super) const COVERED: &[&str] = &[
    "/etc/kubernetes",
    "/var/lib/kubelet",
    "/var/lib/containerd",
    "/var/lib/cni",
    "/var/log/pods",
    "/var/log/containers",
];
/// Settings of the kernel that a kubelet or a proxy changes for the whole machine.
const KERNEL: &[&str] = &[
    "vm/overcommit_memory",
    "vm/panic_on_oom",
    "kernel/panic",
    "kernel/panic_on_oops",
    "kernel/keys/root_maxkeys",
    "kernel/keys/root_maxbytes",
];

/// What is to be as it was.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    /// Name of the run's cgroups.
    group: String,
    state: PathBuf,
    made: Vec<PathBuf>,
    kernel: BTreeMap<PathBuf, String>,
    #[serde(skip)]
    file: Option<(PathBuf, File)>,
}

impl Record {
    /// Makes the run's folders and puts on record what it will change.
    pub(super) fn start(state: &Path) -> Result<Self, Error> {
        let path = Self::path(state);
        let made = COVERED.iter().map(PathBuf::from).filter(|folder| !folder.exists()).collect();
        let files = KERNEL.iter().map(|name| Path::new("/proc/sys").join(name));
        let kernel =
            files.filter_map(|file| Some((file.clone(), std::fs::read_to_string(file).ok()?)));
        let mut record = Self {
            group: super::group(state),
            state: state.into(),
            made,
            kernel: kernel.collect(),
            file: None,
        };
        let failed = |error| Error::file(&path, error);
        std::fs::create_dir_all(RECORDS).map_err(failed)?;
        // It is locked before others can see it.
        let hidden = path.with_extension("new");
        let file = File::create(&hidden).map_err(failed)?;
        file.lock().map_err(failed)?;
        serde_json::to_writer(&file, &record).map_err(|error| failed(error.into()))?;
        std::fs::rename(&hidden, &path).map_err(failed)?;
        record.file = Some((path.clone(), file));
        for folder in COVERED.iter().map(Path::new).chain([state]) {
            std::fs::create_dir_all(folder).map_err(|error| Error::file(folder, error))?;
        }
        Ok(record)
    }

    fn path(state: &Path) -> PathBuf {
        Path::new(RECORDS).join(format!("{}.json", super::group(state)))
    }

    /// Whether a run is on record, be it alive or not.
    pub(super) fn stands(state: &Path) -> bool {
        Self::path(state).exists()
    }

    /// Records of runs that have not undone what they did.
    pub(super) fn left() -> Vec<Self> {
        let entries = std::fs::read_dir(RECORDS).into_iter().flatten().flatten();
        let read = |path: PathBuf| {
            if path.extension().is_none_or(|extension| extension != "json") {
                return None;
            }
            let file = File::open(&path).ok()?;
            // A run that lives holds the lock.
            file.try_lock().ok()?;
            let record: Self = serde_json::from_reader(&file).ok()?;
            Some(Self { file: Some((path, file)), ..record })
        };
        entries.map(|entry| entry.path()).filter_map(read).collect()
    }

    /// Name of another run that lives, if there is one.
    pub(super) fn other(&self) -> Option<String> {
        let own = self.file.as_ref().map(|(path, _)| path.as_path());
        let entries = std::fs::read_dir(RECORDS).into_iter().flatten().flatten();
        let mut paths =
            entries.map(|entry| entry.path()).filter(|path| Some(path.as_path()) != own);
        let lives = |path: &PathBuf| {
            let file = File::open(path).ok();
            file.is_some_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
        };
        let name = |path: PathBuf| path.file_stem().map(|name| name.to_string_lossy().into_owned());
        paths.find(lives).and_then(name)
    }

    /// Undoes what the run did; every step is as good without the others.
    pub(super) fn undo(self) {
        groups::remove(&self.group);
        for (file, content) in &self.kernel {
            if std::fs::read_to_string(file).is_ok_and(|now| now != *content) {
                std::fs::write(file, content).ok();
            }
        }
        std::fs::remove_dir_all(&self.state).ok();
        if let Some((path, _lock)) = &self.file {
            std::fs::remove_file(path).ok();
        }
        // A folder that another run covers would uncover it by going.
        let alone = std::fs::read_dir(RECORDS).is_ok_and(|mut others| others.next().is_none());
        if alone {
            for folder in &self.made {
                std::fs::remove_dir(folder).ok();
            }
            std::fs::remove_dir(RECORDS).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::Record;
    use crate::process::wait_until;

    #[test]
    fn what_a_crash_left_is_found_and_undone() {
        if !nix::unistd::geteuid().is_root() {
            eprintln!("skipped: only root may change what is on record");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join(format!("pintle-test-{}", std::process::id()));
        let group = crate::cluster::group(&state);
        let name = group.clone();
        let of_this_test = || Record::left().into_iter().find(|record| record.group == name);
        let record = Record::start(&state).unwrap();
        std::fs::write(state.join("file"), "of the run").unwrap();
        assert!(of_this_test().is_none(), "a run that lives is left alone");
        let second = Record {
            group,
            state: state.clone(),
            made: Vec::new(),
            kernel: BTreeMap::new(),
            file: None,
        };
        assert!(second.other().is_some(), "a run that lives is seen by others");
        // The lock goes with the process that holds it, and with programs that another test starts:
        // between fork and exec they hold it too.
        drop(record);
        assert!(Record::stands(&state));
        let mut left = None;
        let found = || {
            left = of_this_test();
            Ok(left.is_some())
        };
        wait_until("the record", Duration::from_secs(10), found).unwrap();
        left.unwrap().undo();
        assert!(!Record::stands(&state));
        assert!(!second.state.exists());
        assert!(of_this_test().is_none());
    }
}
