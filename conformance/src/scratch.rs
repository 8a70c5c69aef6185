//! Folders that go away with their owner, or when the next one is made if that was killed.

use std::fs::File;
use std::path::Path;

use tempfile::TempDir;

use crate::Error;

const PREFIX: &str = "pintle-scratch-";
/// File in a folder that its owner keeps locked.
const LOCK: &str = "owner.lock";

/// An empty folder for as long as this lives.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    _lock: File,
}

impl Scratch {
    /// Makes a folder among the system's temporary ones.
    pub fn new() -> Result<Self, Error> {
        Self::new_in(&std::env::temp_dir())
    }

    fn new_in(parent: &Path) -> Result<Self, Error> {
        let failed = |error| Error::file(parent, error);
        sweep(parent);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent).map_err(failed)?;
        // It is locked before others can see it.
        let hidden = folder.path().join("new.lock");
        let lock = File::create(&hidden).map_err(failed)?;
        lock.lock().map_err(failed)?;
        std::fs::rename(&hidden, folder.path().join(LOCK)).map_err(failed)?;
        Ok(Self { folder, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes the folders whose owners are gone; what cannot be removed stays.
fn sweep(parent: &Path) {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    for folder in entries.map(|entry| entry.path()).filter(|folder| is_scratch(folder)) {
        if let Ok(lock) = File::open(folder.join(LOCK))
            && lock.try_lock().is_ok()
        {
            std::fs::remove_dir_all(&folder).ok();
        }
    }
}

fn is_scratch(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default();
    name.to_str().is_some_and(|name| name.starts_with(PREFIX))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Scratch, sweep};
    use crate::process::wait_until;

    #[test]
    fn what_a_killed_owner_left_goes_with_the_next() {
        let parent = tempfile::tempdir().unwrap();
        let left = Scratch::new_in(parent.path()).unwrap();
        std::fs::write(left.path().join("file"), "of the killed").unwrap();
        let living = Scratch::new_in(parent.path()).unwrap();
        assert!(left.path().exists(), "an owner that lives keeps its folder");
        let Scratch { folder, _lock: lock } = left;
        // The lock goes with the process and with programs that another test starts, which hold it
        // between fork and exec; the folder does not.
        let folder = folder.keep();
        drop(lock);
        let gone = || {
            sweep(parent.path());
            Ok(!folder.exists())
        };
        wait_until("the folder to go", Duration::from_secs(10), gone).unwrap();
        assert!(living.path().exists());
    }
}
