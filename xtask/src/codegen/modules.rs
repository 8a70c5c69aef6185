//! The pinned Go modules that the catalog is read from, and where they are on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The release whose facts the catalog holds.
pub(crate) const RELEASE: &str = "v1.37.1";

/// Modules and versions of that release.
pub(crate) const MODULES: &[(&str, &str)] = &[
    ("k8s.io/api", "v0.37.1"),
    ("k8s.io/apiextensions-apiserver", "v0.37.1"),
    ("k8s.io/apimachinery", "v0.37.1"),
    ("k8s.io/kube-aggregator", "v0.37.1"),
    ("k8s.io/kubernetes", "v1.37.1"),
];

/// The folders of the modules, in the order of `MODULES`.
#[derive(Debug)]
pub(crate) struct Sources {
    folders: Vec<PathBuf>,
}

impl Sources {
    /// Finds the modules in the module cache; says what is missing if they are not all there.
    pub(crate) fn find() -> Result<Self, String> {
        let cache = go(&["env", "GOMODCACHE"])?;
        let cache = PathBuf::from(cache.trim());
        let folder = |(module, version): &(&str, &str)| {
            let folder = cache.join(format!("{module}@{version}"));
            if folder.is_dir() { Ok(folder) } else { Err(format!("no {}", folder.display())) }
        };
        Ok(Self { folders: MODULES.iter().map(folder).collect::<Result<_, _>>()? })
    }

    /// Downloads what is missing, by the ordinary Go client.
    pub(crate) fn download() -> Result<(), String> {
        for (module, version) in MODULES {
            go(&["mod", "download", "-json", &format!("{module}@{version}")])?;
        }
        Ok(())
    }

    /// The folder of a module.
    pub(crate) fn folder(&self, module: &str) -> &Path {
        let index = MODULES.iter().position(|(name, _)| *name == module);
        &self.folders[index.expect("only modules of the list are asked for")]
    }

    /// The folder of a Go package, such as `k8s.io/api/core/v1`.
    pub(crate) fn package(&self, path: &str) -> Result<PathBuf, String> {
        for (module, _) in MODULES {
            let rest = path.strip_prefix(module).and_then(|rest| rest.strip_prefix('/'));
            if let Some(rest) = rest {
                return Ok(self.folder(module).join(rest));
            }
        }
        Err(format!("package {path} is in none of the modules"))
    }
}

/// Runs Go outside of any module and returns what it prints.
fn go(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("go")
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .output()
        .map_err(|error| format!("cannot run go: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "go {}: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
