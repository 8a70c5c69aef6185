//! The stock release: built once from its published modules, kept by version.

pub mod etcd;

use std::path::{Path, PathBuf};
use std::process::Command;

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
/// Files of the release's modules that images hold.
const FILES: &[&str] =
    &["test/images/agnhost/porter/localhost.crt", "test/images/agnhost/porter/localhost.key"];

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

/// A folder of stock binaries.
#[derive(Clone, Debug)]
pub struct Stock {
    folder: PathBuf,
}

impl Stock {
    /// The binaries of planes and nodes, if they have been built.
    pub fn find(root: &Path) -> Result<Self, Error> {
        Self::with(root, &[PLANE])
    }

    /// The binaries of the upstream suite's clusters, if they have been built.
    pub fn find_suite(root: &Path) -> Result<Self, Error> {
        Self::with(root, &[PLANE, SUITE])
    }

    /// The binaries of planes and nodes and the tools, if they have been built.
    pub fn find_tools(root: &Path) -> Result<Self, Error> {
        Self::with(root, &[PLANE, TOOLS])
    }

    fn with(root: &Path, wanted: &[&[Program]]) -> Result<Self, Error> {
        let folder = match std::env::var_os(FOLDER_VARIABLE) {
            Some(folder) => PathBuf::from(folder),
            None => root.join("target").join("stock").join(RELEASE),
        };
        let mut names = wanted.iter().copied().flatten().map(|program| program.name);
        match names.find(|name| !folder.join(name).exists()) {
            None => Ok(Self { folder }),
            Some(name) => Err(Error::Missing(format!(
                "no stock {name} in {}: build it with `cargo xtask stock`",
                folder.display()
            ))),
        }
    }

    /// Builds what is missing; quick when nothing is. `progress` is told what is being built.
    pub fn build(root: &Path, progress: impl Fn(&str)) -> Result<Self, Error> {
        if let Ok(found) = Self::with(root, &[PLANE, SUITE, TOOLS]) {
            return Ok(found);
        }
        run_go(root, |command| {
            command.arg("version");
        })
        .map_err(|_| Error::Missing("Go is not installed: apt-get install golang".into()))?;
        let folder = root.join("target").join("stock").join(RELEASE);
        std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
        for program in PLANE.iter().chain(SUITE).chain(TOOLS) {
            if !folder.join(program.name).exists() {
                progress(program.name);
                program.build(&root.join("conformance/stock").join(program.modules), &folder)?;
            }
        }
        let modules = root.join("conformance/stock/kubernetes");
        let source = run_go(&modules, |command| {
            command.args(["list", "-m", "-f", "{{.Dir}}", KUBERNETES]);
        })?;
        for file in FILES {
            let file = Path::new(source.trim_end()).join(file);
            let copy = folder.join(file.file_name().unwrap_or_default());
            // What is in the module cache is not writable; the content is what is wanted.
            std::fs::read(&file)
                .and_then(|content| std::fs::write(&copy, content))
                .map_err(|error| Error::file(&file, error))?;
        }
        Self::with(root, &[PLANE, SUITE, TOOLS])
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

impl Program {
    fn build(&self, modules: &Path, folder: &Path) -> Result<(), Error> {
        let tests = self.built == Built::Tests;
        run_go(modules, |command| {
            command.args(if tests { &["test", "-c"][..] } else { &["build"] });
            command.args(["-trimpath", "-ldflags", &self.linker_flags()]);
            if self.built == Built::Bare {
                command.args(["-tags", "no_btrfs no_devmapper no_zfs"]);
            }
            command.arg("-o").arg(folder.join(self.name)).arg(self.package);
        })
        .map(drop)
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

fn run_go(folder: &Path, configure: impl FnOnce(&mut Command)) -> Result<String, Error> {
    process::run(Path::new("go"), |command| {
        command.current_dir(folder).env("CGO_ENABLED", "0");
        command.env("GOFLAGS", "-mod=mod -buildvcs=false");
        configure(command);
    })
}
