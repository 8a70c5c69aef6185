//! The stock release: built once from its published modules, kept by version.

use std::path::{Path, PathBuf};

use crate::{Error, process};

/// The release that Pintle is compared with.
pub const RELEASE: &str = "v1.37.1";

/// Folder with the stock binaries, if they are there already.
const FOLDER_VARIABLE: &str = "PINTLE_STOCK";

/// Programs by the module list that names them.
const PROGRAMS: &[(&str, &str, &str)] = &[
    ("etcd", "etcd", "go.etcd.io/etcd/server/v3"),
    ("kubernetes", "kubectl", "k8s.io/kubernetes/cmd/kubectl"),
    ("kubernetes", "kubeadm", "k8s.io/kubernetes/cmd/kubeadm"),
    ("kubernetes", "kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver"),
    ("kubernetes", "kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager"),
    ("kubernetes", "kube-scheduler", "k8s.io/kubernetes/cmd/kube-scheduler"),
    ("kubernetes", "kubelet", "k8s.io/kubernetes/cmd/kubelet"),
];

/// A folder of stock binaries.
#[derive(Clone, Debug)]
pub struct Stock {
    folder: PathBuf,
}

impl Stock {
    /// The binaries, if they have been built.
    pub fn find(root: &Path) -> Result<Self, Error> {
        let folder = match std::env::var_os(FOLDER_VARIABLE) {
            Some(folder) => PathBuf::from(folder),
            None => root.join("target").join("stock").join(RELEASE),
        };
        let missing = PROGRAMS.iter().find(|(_, name, _)| !folder.join(name).exists());
        match missing {
            None => Ok(Self { folder }),
            Some((_, name, _)) => Err(Error::Missing(format!(
                "no stock {name} in {}: build it with `cargo xtask stock`",
                folder.display()
            ))),
        }
    }

    /// Builds what is missing; quick when nothing is. `progress` is told what is being built.
    pub fn build(root: &Path, progress: impl Fn(&str)) -> Result<Self, Error> {
        if let Ok(found) = Self::find(root) {
            return Ok(found);
        }
        let go = Path::new("go");
        process::run(go, |command| {
            command.arg("version");
        })
        .map_err(|_| Error::Missing("Go is not installed: apt-get install golang".into()))?;
        let folder = root.join("target").join("stock").join(RELEASE);
        std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
        for (modules, name, package) in PROGRAMS {
            if folder.join(name).exists() {
                continue;
            }
            progress(name);
            process::run(go, |command| {
                command
                    .current_dir(root.join("conformance/stock").join(modules))
                    .env("CGO_ENABLED", "0")
                    .env("GOFLAGS", "-mod=mod -buildvcs=false")
                    .args(["build", "-trimpath", "-ldflags", &version_flags(), "-o"])
                    .arg(folder.join(name))
                    .arg(package);
            })?;
        }
        Self::find(root)
    }

    /// Path of a binary.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Stock reports the version that its build is told.
fn version_flags() -> String {
    let base = "k8s.io/component-base/version";
    let (major, minor) = ("1", "37");
    format!(
        "-s -w -X {base}.gitVersion={RELEASE} -X {base}.gitMajor={major} \
         -X {base}.gitMinor={minor} -X {base}.gitTreeState=clean"
    )
}
