//! The releases of etcd that the store is tested against.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Built, Error, FOLDER_VARIABLE, Go, program};

/// Folders of `conformance/stock` that name their modules, oldest release first.
const RELEASES: &[&str] = &["etcd-3.5", "etcd-3.6", "etcd"];
const MODULE: &str = "go.etcd.io/etcd/server/v3";
/// How long a build may take.
const PATIENCE: Duration = Duration::from_mins(30);

/// A release of etcd.
#[derive(Clone, Debug)]
pub struct Release {
    /// Version, such as `v3.6.16`.
    pub version: String,
    /// Folder with the program `etcd`.
    pub folder: PathBuf,
}

/// Every release, built if it is not there yet. `progress` is told what is being built.
pub fn releases(root: &Path, progress: impl Fn(&str)) -> Result<Vec<Release>, Error> {
    RELEASES.iter().map(|modules| release(root, modules, &progress)).collect()
}

fn release(root: &Path, modules: &str, progress: impl Fn(&str)) -> Result<Release, Error> {
    let source = root.join("conformance/stock").join(modules);
    let file = source.join("go.mod");
    let text = std::fs::read_to_string(&file).map_err(|error| Error::file(&file, error))?;
    let version = version(&text)
        .ok_or_else(|| Error::Missing(format!("{} does not name {MODULE}", file.display())))?;
    let name = format!("etcd-{version}");
    let folder = root.join("target").join("stock").join(&name);
    // The newest is part of the release that Pintle is compared with.
    let stock = std::env::var_os(FOLDER_VARIABLE).map(PathBuf::from);
    if let Some(stock) = stock.filter(|stock| modules == "etcd" && stock.join("etcd").exists()) {
        return Ok(Release { version, folder: stock });
    }
    if !folder.join("etcd").exists() {
        progress(&name);
        std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
        let go = Go::within(PATIENCE);
        program("etcd", "", MODULE, Built::Command).build(&go, &source, &folder)?;
    }
    Ok(Release { version, folder })
}

/// Version of etcd in the text of a `go.mod`.
fn version(text: &str) -> Option<String> {
    let required = |line: &str| {
        let line = line.trim().trim_start_matches("require ");
        let (version, _) = line.strip_prefix(MODULE)?.strip_prefix(' ')?.split_once(' ')?;
        Some(version.to_owned())
    };
    text.lines().find_map(required)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_minor_release_that_is_maintained_is_declared() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = RELEASES.iter().map(|modules| {
            let file = root.join("stock").join(modules).join("go.mod");
            version(&std::fs::read_to_string(file).unwrap()).unwrap()
        });
        let minors: Vec<_> =
            found.map(|version| version.rsplit_once('.').unwrap().0.to_owned()).collect();
        assert_eq!(minors, ["v3.5", "v3.6", "v3.7"]);
    }
}
