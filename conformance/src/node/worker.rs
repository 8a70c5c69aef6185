//! The machine's part in the cluster: containerd and the stock kubelet, joined with a token.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::image::{self, PAUSE};
use super::machine::{ADDRESS, NAME};
use super::plane::{Plane, SERVER};
use super::requirements::System;
use super::{Settings, enclosure};
use crate::Error;
use crate::process::{Background, run, wait_until};

const SOCKET: &str = "/run/containerd/containerd.sock";
const PATIENCE: Duration = Duration::from_mins(1);

/// containerd and the kubelet.
pub(super) struct Worker {
    // The kubelet ends before what it talks to.
    kubelet: Option<Background>,
    containerd: Background,
}

impl Worker {
    /// Starts both; the kubelet knows nothing but the address, the CA and a token.
    pub(super) fn join(settings: &Settings, system: &System, plane: &Plane) -> Result<Self, Error> {
        let files = Files { folder: settings.state.join("node") };
        std::fs::create_dir_all(&files.folder)
            .map_err(|error| Error::file(&files.folder, error))?;
        let token = plane.token()?;
        files.write("bootstrap.conf", &bootstrap(&plane.data().join("pki/ca.crt"), &token))?;
        files.write("resolv.conf", &format!("nameserver {ADDRESS}\n"))?;
        files.write("10-bridge.conflist", NETWORK)?;
        let config = files.write("containerd.toml", &containerd_config(&files, system))?;
        let containerd = start_containerd(settings, &config)?;
        let archive = files.path("images.tar");
        image::write(&archive, &system.busybox)?;
        run(Path::new("ctr"), |command| {
            command.args(["--namespace", "k8s.io", "images", "import"]).arg(&archive);
        })?;
        let ca = plane.data().join("pki/ca.crt");
        let config = files.write("kubelet.yaml", &kubelet_config(&files, &ca))?;
        let arguments = [
            format!("--config={}", config.display()),
            format!("--bootstrap-kubeconfig={}", files.path("bootstrap.conf").display()),
            format!("--kubeconfig={}", files.path("kubelet.conf").display()),
            format!("--hostname-override={NAME}"),
            format!("--node-ip={ADDRESS}"),
            "-v=2".into(),
        ];
        let kubelet = settings.stock.program("kubelet");
        let kubelet = Background::start("kubelet", &kubelet, &arguments, &settings.logs)?;
        Ok(Self { kubelet: Some(kubelet), containerd })
    }

    /// Fails if a part has ended by itself.
    pub(super) fn check(&mut self) -> Result<(), Error> {
        self.containerd.check()?;
        self.kubelet.as_mut().map_or(Ok(()), Background::check)
    }

    /// The kubelet is gone as if the machine had lost its power; its containers stay.
    pub(super) fn stop_kubelet(&mut self) {
        if let Some(kubelet) = self.kubelet.take() {
            kubelet.kill();
        }
    }
}

/// Files that describe the node.
struct Files {
    folder: PathBuf,
}

impl Files {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, content: &str) -> Result<PathBuf, Error> {
        let path = self.path(name);
        std::fs::write(&path, content).map_err(|error| Error::file(&path, error))?;
        Ok(path)
    }
}

fn start_containerd(settings: &Settings, config: &Path) -> Result<Background, Error> {
    let program = Path::new("containerd");
    let arguments = ["--config".as_ref(), config.as_os_str()];
    let mut containerd = Background::start("containerd", program, &arguments, &settings.logs)?;
    wait_until("containerd", PATIENCE, || {
        containerd.check()?;
        Ok(run(Path::new("ctr"), |command| {
            command.arg("version");
        })
        .is_ok())
    })?;
    Ok(containerd)
}

/// What a machine is given to join: who the server is, and a token to ask for a certificate with.
fn bootstrap(ca: &Path, token: &str) -> String {
    format!(
        "apiVersion: v1\n\
         kind: Config\n\
         clusters: [{{name: pintle, cluster: {{server: '{SERVER}', certificate-authority: {ca}}}}}]\n\
         users: [{{name: bootstrap, user: {{token: {token}}}}}]\n\
         contexts: [{{name: bootstrap, context: {{cluster: pintle, user: bootstrap}}}}]\n\
         current-context: bootstrap\n",
        ca = ca.display(),
    )
}

/// Pods get addresses on a bridge of this machine, and no way out of it.
const NETWORK: &str = r#"{
  "cniVersion": "1.0.0", "name": "pods",
  "plugins": [{
    "type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
    "ipam": {
      "type": "host-local", "ranges": [[{ "subnet": "10.244.0.0/24" }]],
      "routes": [{ "dst": "0.0.0.0/0" }]
    }
  }]
}
"#;

/// In the words of containerd 1.6 and 1.7, which later ones still read.
fn containerd_config(files: &Files, system: &System) -> String {
    format!(
        "version = 2\n\
         root = \"/var/lib/containerd\"\n\
         state = \"/run/containerd\"\n\
         [plugins.\"io.containerd.internal.v1.opt\"]\n\
         path = \"/var/lib/containerd/opt\"\n\
         [grpc]\n\
         address = \"{SOCKET}\"\n\
         [plugins.\"io.containerd.grpc.v1.cri\"]\n\
         sandbox_image = \"{PAUSE}\"\n\
         # A machine that is a container itself may not lower the scores.\n\
         restrict_oom_score_adj = true\n\
         [plugins.\"io.containerd.grpc.v1.cri\".cni]\n\
         bin_dir = \"{plugins}\"\n\
         conf_dir = \"{network}\"\n\
         [plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc]\n\
         runtime_type = \"io.containerd.runc.v2\"\n",
        plugins = system.plugins.display(),
        network = files.folder.display(),
    )
}

fn kubelet_config(files: &Files, ca: &Path) -> String {
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
         cgroupRoot: /{group}\n\
         failCgroupV1: false\n\
         failSwapOn: false\n\
         volumePluginDir: /var/lib/kubelet/volume-plugins\n\
         evictionHard: {{memory.available: 50Mi, nodefs.available: 1%, imagefs.available: 1%}}\n\
         imageGCHighThresholdPercent: 100\n",
        ca = ca.display(),
        resolv = files.path("resolv.conf").display(),
        group = enclosure::GROUP,
    )
}
