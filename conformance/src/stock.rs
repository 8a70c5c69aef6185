//! The stock release: built once from its published modules, kept by version.

pub mod etcd;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::{Error, process};

/// The release that Pintle is compared with.
pub const RELEASE: &str = "v1.37.1";

/// Folder with the stock binaries, if they are there already.
const FOLDER_VARIABLE: &str = "PINTLE_STOCK";

/// A program of the release, or a neighbour.
struct Program {
    name: &'static str,
    /// Folder of `conformance/stock` whose modules it is built from.
    modules: &'static str,
    package: &'static str,
    built: Built,
}

/// How a program is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Built {
    /// As any command.
    Command,
    /// With the release's version told.
    Versioned,
    /// From a package's tests, with the version told.
    Tests,
    /// As a command, without what needs C libraries.
    Bare,
}

const KUBERNETES: &str = "k8s.io/kubernetes";

/// What planes and single nodes are made of.
const PLANE: &[Program] = &[
    program("etcd", "etcd", "go.etcd.io/etcd/server/v3", Built::Command),
    program("etcdctl", "etcd", "go.etcd.io/etcd/etcdctl/v3", Built::Command),
    release("kubectl", "k8s.io/kubernetes/cmd/kubectl"),
    release("kubeadm", "k8s.io/kubernetes/cmd/kubeadm"),
    release("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver"),
    release("kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager"),
    release("kube-scheduler", "k8s.io/kubernetes/cmd/kube-scheduler"),
    release("kubelet", "k8s.io/kubernetes/cmd/kubelet"),
];
/// What the upstream suite needs besides.
const SUITE: &[Program] = &[
    release("kube-proxy", "k8s.io/kubernetes/cmd/kube-proxy"),
    program("e2e.test", "kubernetes", "k8s.io/kubernetes/test/e2e", Built::Tests),
    program("ginkgo", "kubernetes", "github.com/onsi/ginkgo/v2/ginkgo", Built::Command),
    program("agnhost", "kubernetes", "k8s.io/kubernetes/test/images/agnhost", Built::Command),
    program("nnp", "kubernetes", "k8s.io/kubernetes/test/images/nonewprivs", Built::Command),
    program("sample-apiserver", "kubernetes", "k8s.io/sample-apiserver", Built::Command),
    program("coredns", "coredns", "github.com/coredns/coredns", Built::Command),
    program(
        "containerd",
        "containerd",
        "github.com/containerd/containerd/v2/cmd/containerd",
        Built::Bare,
    ),
    program(
        "containerd-shim-runc-v2",
        "containerd",
        "github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2",
        Built::Bare,
    ),
    program("ctr", "containerd", "github.com/containerd/containerd/v2/cmd/ctr", Built::Bare),
];
/// What administrators' tools are, besides those of the release.
const TOOLS: &[Program] = &[program("helm", "helm", "helm.sh/helm/v4/cmd/helm", Built::Command)];
/// What the smoke set has no use for while the API server and its store are ours.
const NOT_SMOKE: &[&str] = &["etcd", "etcdctl", "kube-apiserver", "nnp", "sample-apiserver"];
/// Folder of the release's modules with files that images hold.
const PORTER: &str = "test/images/agnhost/porter";
const FILES: &[&str] = &["localhost.crt", "localhost.key"];

const fn program(
    name: &'static str,
    modules: &'static str,
    package: &'static str,
    built: Built,
) -> Program {
    Program { name, modules, package, built }
}

const fn release(name: &'static str, package: &'static str) -> Program {
    program(name, "kubernetes", package, Built::Versioned)
}

/// Which programs a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Those of planes and single nodes.
    Plane,
    /// Those of planes and nodes, and administrators' tools.
    Tools,
    /// Those of clusters that the upstream suite runs on, and the suite.
    Suite,
    /// The same, without what the smoke set does not need on our API server.
    Smoke,
    /// All.
    All,
}

impl Set {
    fn programs(self) -> impl Iterator<Item = &'static Program> {
        let groups: &[&[Program]] = match self {
            Self::Plane => &[PLANE],
            Self::Tools => &[PLANE, TOOLS],
            Self::Suite | Self::Smoke => &[PLANE, SUITE],
            Self::All => &[PLANE, SUITE, TOOLS],
        };
        let wanted = move |program: &&Program| match self {
            Self::Smoke => !NOT_SMOKE.contains(&program.name),
            _ => true,
        };
        groups.iter().copied().flatten().filter(wanted)
    }

    /// Files beside the programs.
    fn files(self) -> &'static [&'static str] {
        if matches!(self, Self::Plane | Self::Tools) { &[] } else { FILES }
    }
}

/// A folder of stock binaries.
#[derive(Clone, Debug)]
pub struct Stock {
    folder: PathBuf,
}

impl Stock {
    /// The binaries, if they have been built.
    pub fn find(root: &Path, set: Set) -> Result<Self, Error> {
        let folder = match std::env::var_os(FOLDER_VARIABLE) {
            Some(folder) => PathBuf::from(folder),
            None => folder(root),
        };
        Self::find_in(folder, set)
    }

    fn find_in(folder: PathBuf, set: Set) -> Result<Self, Error> {
        let programs = set.programs().map(|program| program.name);
        let mut names = programs.chain(set.files().iter().copied());
        match names.find(|name| !folder.join(name).exists()) {
            None => Ok(Self { folder }),
            Some(name) => Err(Error::Missing(format!(
                "no stock {name} in {}: build it with `cargo xtask stock`",
                folder.display()
            ))),
        }
    }

    /// Builds what is missing; quick when nothing is. Gives up when the time is over, and the next call
    /// goes on from there. `progress` is told what is being built.
    pub fn build(
        root: &Path,
        set: Set,
        patience: Duration,
        progress: impl Fn(&str),
    ) -> Result<Self, Error> {
        if let Ok(found) = Self::find(root, set) {
            return Ok(found);
        }
        let go = Go::within(patience);
        go.run(root, |command| {
            command.arg("version");
        })
        .map_err(|_| Error::Missing("Go is not installed: apt-get install golang".into()))?;
        let folder = folder(root);
        std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
        // It is locked until this returns.
        let file = folder.join("lock");
        let lock = File::create(&file).map_err(|error| Error::file(&file, error))?;
        if lock.try_lock().is_err() {
            return Err(Error::Busy(format!("another build in {}", folder.display())));
        }
        let missing = |program: &&Program| !folder.join(program.name).exists();
        let missing: Vec<&Program> = set.programs().filter(missing).collect();
        for (index, program) in missing.iter().enumerate() {
            let (number, all) = (index + 1, missing.len());
            let seconds = go.started.elapsed().as_secs();
            progress(&format!("{} ({number} of {all}, after {seconds} s)", program.name));
            program.build(&go, &root.join("conformance/stock").join(program.modules), &folder)?;
        }
        if !set.files().is_empty() {
            copy_files(&go, root, &folder)?;
        }
        Self::find(root, set)
    }

    /// The folder of them all.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Path of a binary.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Where binaries are built.
fn folder(root: &Path) -> PathBuf {
    root.join("target").join("stock").join(RELEASE)
}

/// Copies the files that images hold out of the release's modules.
fn copy_files(go: &Go, root: &Path, folder: &Path) -> Result<(), Error> {
    let modules = root.join("conformance/stock/kubernetes");
    let source = go.run(&modules, |command| {
        command.args(["list", "-m", "-f", "{{.Dir}}", KUBERNETES]);
    })?;
    for name in FILES {
        let file = Path::new(source.trim_end()).join(PORTER).join(name);
        // What is in the module cache is not writable; the content is what is wanted.
        std::fs::read(&file)
            .and_then(|content| std::fs::write(folder.join(name), content))
            .map_err(|error| Error::file(&file, error))?;
    }
    Ok(())
}

impl Program {
    fn build(&self, go: &Go, modules: &Path, folder: &Path) -> Result<(), Error> {
        let tests = self.built == Built::Tests;
        let half = folder.join(format!("{}.half", self.name));
        go.run(modules, |command| {
            command.args(if tests { &["test", "-c"][..] } else { &["build"] });
            command.args(["-trimpath", "-ldflags", &self.linker_flags()]);
            if self.built == Built::Bare {
                command.args(["-tags", "no_btrfs no_devmapper no_zfs"]);
            }
            command.arg("-o").arg(&half).arg(self.package);
        })?;
        // A program that is there is whole, whenever its build was cut.
        std::fs::rename(&half, folder.join(self.name)).map_err(|error| Error::file(&half, error))
    }

    /// Stock reports the version that its build is told.
    fn linker_flags(&self) -> String {
        let stripped = String::from("-s -w");
        if matches!(self.built, Built::Command | Built::Bare) {
            return stripped;
        }
        let base = "k8s.io/component-base/version";
        let (major, minor) = ("1", "37");
        format!(
            "{stripped} -X {base}.gitVersion={RELEASE} -X {base}.gitMajor={major} \
             -X {base}.gitMinor={minor} -X {base}.gitTreeState=clean \
             -X k8s.io/client-go/pkg/version.gitVersion={RELEASE}"
        )
    }
}

/// Go's tools, for a limited time.
struct Go {
    started: Instant,
    patience: Duration,
}

impl Go {
    fn within(patience: Duration) -> Self {
        Self { started: Instant::now(), patience }
    }

    fn run(&self, folder: &Path, configure: impl FnOnce(&mut Command)) -> Result<String, Error> {
        let left = self.patience.saturating_sub(self.started.elapsed());
        process::run_within(Path::new("go"), left, |command| {
            command.current_dir(folder).env("CGO_ENABLED", "0");
            command.env("GOFLAGS", "-mod=mod -buildvcs=false");
            configure(command);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{FILES, Set, Stock};
    use crate::Error;

    #[test]
    fn the_smoke_set_is_a_part_of_the_suites_and_that_of_all() {
        let names =
            |set: Set| -> Vec<&str> { set.programs().map(|program| program.name).collect() };
        let (smoke, suite, all) = (names(Set::Smoke), names(Set::Suite), names(Set::All));
        assert!(smoke.len() < suite.len() && suite.len() < all.len());
        assert!(smoke.iter().all(|name| suite.contains(name)));
        assert!(suite.iter().all(|name| all.contains(name)));
        assert_eq!(smoke.len() + super::NOT_SMOKE.len(), suite.len());
    }

    #[test]
    fn binaries_are_found_once_all_are_there() {
        let folder = tempfile::tempdir().unwrap();
        let find = |set| Stock::find_in(folder.path().into(), set);
        for program in Set::Smoke.programs() {
            let found = find(Set::Smoke);
            assert!(matches!(found, Err(Error::Missing(_))), "before {}", program.name);
            std::fs::write(folder.path().join(program.name), "").unwrap();
        }
        for name in FILES {
            assert!(find(Set::Smoke).is_err(), "before {name}");
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert!(find(Set::Smoke).is_ok());
        assert!(find(Set::Suite).is_err());
    }
}
