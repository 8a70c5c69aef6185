//! What runs on a machine: containerd with its images, a kubelet, and a proxy.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::groups;
use super::machine::{self, Machine};
use super::requirements::{self, System};
use crate::Error;
use crate::process::{Background, run, wait_until};

const SOCKET: &str = "/run/containerd/containerd.sock";
const PATIENCE: Duration = Duration::from_mins(1);

/// A machine as a node.
pub struct Worker {
    // The kubelet and the proxy end before what they talk to.
    proxy: Option<Background>,
    kubelet: Option<Background>,
    containerd: Option<Background>,
    machine: Arc<Machine>,
    settings: Settings,
}

/// What the workers of a cluster have in common.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The system's parts.
    pub system: System,
    /// Folder of containerd, its shim and `ctr`, if they are not the system's.
    pub runtime: Option<PathBuf>,
    /// Name of the image that holds a pod's namespaces.
    pub pause: &'static str,
    /// Address of a registry that answers for registry.k8s.io.
    pub registry: Option<String>,
    /// The cluster's cgroups.
    pub group: String,
    /// Certificate of the cluster's CA.
    pub ca: PathBuf,
    /// Folder for logs.
    pub logs: PathBuf,
}

/// With what a kubelet comes to the API server.
pub enum Credentials {
    /// A kubeconfig with a node's certificate.
    Kubeconfig(PathBuf),
    /// The server's address, and a token to ask for a certificate with.
    Token(String, String),
}

impl Worker {
    /// Starts containerd.
    pub fn start(machine: Arc<Machine>, settings: &Settings) -> Result<Self, Error> {
        groups::make(&format!("{}/{}", settings.group, machine.name()))?;
        let mut worker = Self {
            proxy: None,
            kubelet: None,
            containerd: None,
            machine,
            settings: settings.clone(),
        };
        worker.write("resolv.conf", &format!("nameserver {}\n", machine::address(1)))?;
        worker.write("network/10-bridge.conflist", &network(&worker.machine))?;
        if let Some(registry) = &settings.registry {
            let hosts = format!(
                "server = \"http://{registry}\"\n[host.\"http://{registry}\"]\n\
                 capabilities = [\"pull\", \"resolve\"]\n"
            );
            worker.write("registries/registry.k8s.io/hosts.toml", &hosts)?;
        }
        let config = worker.write("containerd.toml", &worker.containerd_config())?;
        let arguments = ["--config".as_ref(), config.as_os_str()];
        let program = worker.runtime_program("containerd");
        worker.containerd = Some(worker.launch("containerd", &program, &arguments)?);
        let ctr = worker.runtime_program("ctr");
        wait_until("containerd", PATIENCE, || {
            worker.check()?;
            let asked = worker.machine.enter(|| {
                run(&ctr, |command| {
                    command.arg("version");
                })
            })?;
            Ok(asked.is_ok())
        })?;
        Ok(worker)
    }

    /// Gives containerd the images of an OCI layout, packed or as a folder.
    pub fn import(&self, layout: &Path) -> Result<(), Error> {
        let ctr = self.runtime_program("ctr");
        let import = ["--namespace", "k8s.io", "images", "import", "--all-platforms"];
        self.machine
            .enter(|| {
                if layout.is_dir() {
                    return run(Path::new("sh"), |command| {
                        let script =
                            "tar -C \"$1\" -cf - . | \"$0\" \"$2\" \"$3\" \"$4\" \"$5\" \"$6\" -";
                        command.args(["-c", script]).arg(&ctr).arg(layout).args(import);
                    });
                }
                run(&ctr, |command| {
                    command.args(import).arg(layout);
                })
            })?
            .map(drop)
    }

    /// Starts the kubelet.
    pub fn start_kubelet(
        &mut self,
        program: &Path,
        credentials: &Credentials,
    ) -> Result<(), Error> {
        let config = self.write("kubelet.yaml", &self.kubelet_config())?;
        let mut arguments = vec![
            format!("--config={}", config.display()),
            format!("--hostname-override={}", self.machine.name()),
            format!("--node-ip={}", self.machine.address()),
            "-v=2".into(),
        ];
        match credentials {
            Credentials::Kubeconfig(file) => {
                arguments.push(format!("--kubeconfig={}", file.display()));
            }
            Credentials::Token(server, token) => {
                let first =
                    self.write("bootstrap.conf", &bootstrap(&self.settings.ca, server, token))?;
                let own = self.path("kubelet.conf");
                arguments.push(format!("--bootstrap-kubeconfig={}", first.display()));
                arguments.push(format!("--kubeconfig={}", own.display()));
            }
        }
        self.kubelet = Some(self.launch("kubelet", program, &arguments)?);
        Ok(())
    }

    /// Starts a kube-proxy.
    pub fn start_proxy(
        &mut self,
        program: &Path,
        kubeconfig: &Path,
        mode: &str,
    ) -> Result<(), Error> {
        let config = format!(
            "apiVersion: kubeproxy.config.k8s.io/v1alpha1\n\
             kind: KubeProxyConfiguration\n\
             mode: {mode}\n\
             clusterCIDR: 10.244.0.0/16\n\
             hostnameOverride: {name}\n\
             clientConnection: {{kubeconfig: {kubeconfig}}}\n\
             # The table of connections belongs to the whole machine.\n\
             conntrack: {{maxPerCore: 0}}\n",
            name = self.machine.name(),
            kubeconfig = kubeconfig.display(),
        );
        let config = self.write("proxy.yaml", &config)?;
        let arguments = [format!("--config={}", config.display())];
        self.proxy = Some(self.launch("kube-proxy", program, &arguments)?);
        Ok(())
    }

    /// The machine underneath.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The machine underneath, to be kept.
    pub(super) fn shared_machine(&self) -> Arc<Machine> {
        self.machine.clone()
    }

    /// Fails if a part has ended by itself.
    pub fn check(&mut self) -> Result<(), Error> {
        let parts = [&mut self.containerd, &mut self.kubelet, &mut self.proxy];
        parts.into_iter().flatten().try_for_each(Background::check)
    }

    /// The parts that run.
    pub fn parts(&self) -> impl Iterator<Item = &Background> {
        [&self.containerd, &self.kubelet, &self.proxy].into_iter().flatten()
    }

    /// The kubelet is gone as if the machine had lost its power; its containers stay.
    pub fn stop_kubelet(&mut self) {
        if let Some(kubelet) = self.kubelet.take() {
            kubelet.kill();
        }
    }

    fn launch<S: AsRef<std::ffi::OsStr> + Sync>(
        &self,
        name: &str,
        program: &Path,
        arguments: &[S],
    ) -> Result<Background, Error> {
        let name = format!("{name}-{}", self.machine.name());
        let mut path = OsString::new();
        if let Some(folder) = &self.settings.runtime {
            path.push(folder);
            path.push(":");
        }
        path.push(requirements::path());
        self.machine.enter(|| {
            Background::configured(&name, program, &self.settings.logs, |command| {
                command.args(arguments).env("PATH", &path);
            })
        })?
    }

    fn runtime_program(&self, name: &str) -> PathBuf {
        self.settings.runtime.as_ref().map_or_else(|| name.into(), |folder| folder.join(name))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.machine.state().join("files").join(name)
    }

    fn write(&self, name: &str, content: &str) -> Result<PathBuf, Error> {
        let path = self.path(name);
        let folder = path.parent().unwrap_or(&path);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, content))
            .map_err(|error| Error::file(&path, error))?;
        Ok(path)
    }

    /// In the words of containerd 1.6 and 1.7, which later ones still read.
    fn containerd_config(&self) -> String {
        format!(
            "version = 2\n\
             root = \"/var/lib/containerd\"\n\
             state = \"/run/containerd\"\n\
             [plugins.\"io.containerd.internal.v1.opt\"]\n\
             path = \"/var/lib/containerd/opt\"\n\
             [grpc]\n\
             address = \"{SOCKET}\"\n\
             [plugins.\"io.containerd.grpc.v1.cri\"]\n\
             sandbox_image = \"{pause}\"\n\
             # A machine that is a container itself may not lower the scores.\n\
             restrict_oom_score_adj = true\n\
             [plugins.\"io.containerd.grpc.v1.cri\".cni]\n\
             bin_dir = \"{plugins}\"\n\
             conf_dir = \"{network}\"\n\
             [plugins.\"io.containerd.grpc.v1.cri\".registry]\n\
             config_path = \"{registries}\"\n\
             [plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc]\n\
             runtime_type = \"io.containerd.runc.v2\"\n",
            pause = self.settings.pause,
            plugins = self.settings.system.plugins.display(),
            network = self.path("network").display(),
            registries = self.path("registries").display(),
        )
    }

    fn kubelet_config(&self) -> String {
        format!(
            "apiVersion: kubelet.config.k8s.io/v1beta1\n\
             kind: KubeletConfiguration\n\
             authentication: {{x509: {{clientCAFile: {ca}}}, webhook: {{enabled: true}}, anonymous: {{enabled: false}}}}\n\
             authorization: {{mode: Webhook}}\n\
             rotateCertificates: true\n\
             clusterDNS: [10.96.0.10]\n\
             clusterDomain: cluster.local\n\
             containerRuntimeEndpoint: unix://{SOCKET}\n\
             resolvConf: {resolv}\n\
             cgroupDriver: cgroupfs\n\
             cgroupRoot: /{group}/{name}\n\
             failCgroupV1: false\n\
             failSwapOn: false\n\
             # A pull from a registry that is not there is not to delay the next one.\n\
             serializeImagePulls: false\n\
             staticPodPath: {manifests}\n\
             volumePluginDir: /var/lib/kubelet/volume-plugins\n\
             evictionHard: {{memory.available: 50Mi, nodefs.available: 1%, imagefs.available: 1%}}\n\
             imageGCHighThresholdPercent: 100\n",
            ca = self.settings.ca.display(),
            resolv = self.path("resolv.conf").display(),
            group = self.settings.group,
            name = self.machine.name(),
            manifests = self.path("manifests").display(),
        )
    }
}

/// What a machine is given to join: who the server is, and a token to ask for a certificate with.
fn bootstrap(ca: &Path, server: &str, token: &str) -> String {
    format!(
        "apiVersion: v1\n\
         kind: Config\n\
         clusters: [{{name: pintle, cluster: {{server: '{server}', certificate-authority: {ca}}}}}]\n\
         users: [{{name: bootstrap, user: {{token: {token}}}}}]\n\
         contexts: [{{name: bootstrap, context: {{cluster: pintle, user: bootstrap}}}}]\n\
         current-context: bootstrap\n",
        ca = ca.display(),
    )
}

/// Pods get addresses on a bridge of their machine, and no way out of the cluster.
fn network(machine: &Machine) -> String {
    serde_json::json!({
        "cniVersion": "1.0.0", "name": "pods",
        "plugins": [
            {
                "type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
                "ipam": {
                    "type": "host-local", "ranges": [[{ "subnet": machine.pods() }]],
                    "routes": [{ "dst": "0.0.0.0/0" }],
                },
            },
            { "type": "portmap", "capabilities": { "portMappings": true } },
        ],
    })
    .to_string()
}
