//! `kubeadm join` on a machine without an init system: the bench starts the kubelet as its unit does.

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{ExitStatus, Output};
use std::time::Duration;

use super::Bench;
use crate::Error;
use crate::process::{Background, wait_until};

/// How long one thing may take.
pub(super) const PATIENCE: Duration = Duration::from_mins(2);
/// What kubeadm writes last before it starts the kubelet's unit: flags for it.
const FLAGS: &str = "/var/lib/kubelet/kubeadm-flags.env";
/// Flags that the unit in kubeadm's package has.
const UNIT: &[&str] = &[
    "--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf",
    "--kubeconfig=/etc/kubernetes/kubelet.conf",
    "--config=/var/lib/kubelet/config.yaml",
];
const NAME: &str = "kubeadm-join";

impl Bench<'_> {
    /// Runs `kubeadm join` to its end.
    pub(super) fn join(&self, arguments: &[String]) -> Result<Output, Error> {
        let stock = &self.settings.stock;
        let logs = &self.settings.logs;
        let mut path = stock.folder().as_os_str().to_owned();
        path.push(":");
        path.push(crate::cluster::requirements::path());
        let kubeadm = stock.program("kubeadm");
        let mut joining = Background::configured(NAME, &kubeadm, logs, |command| {
            command.arg("join").args(arguments).env("PATH", &path);
        })?;
        let mut code = None;
        wait_until("flags of the kubelet", PATIENCE, || {
            code = joining.ended()?;
            Ok(code.is_some() || Path::new(FLAGS).exists())
        })?;
        if code.is_none() {
            self.start_kubelet(&path)?;
            wait_until(NAME, PATIENCE, || {
                code = joining.ended()?;
                Ok(code.is_some())
            })?;
        }
        let log = logs.join(format!("{NAME}.log"));
        let said = std::fs::read(&log).map_err(|error| Error::file(&log, error))?;
        let status = ExitStatus::from_raw(code.unwrap_or_default() << 8);
        Ok(Output { status, stdout: said, stderr: Vec::new() })
    }

    fn start_kubelet(&self, path: &std::ffi::OsStr) -> Result<(), Error> {
        let file = Path::new(FLAGS);
        let text = std::fs::read_to_string(file).map_err(|error| Error::file(file, error))?;
        let flags = text.trim().trim_start_matches("KUBELET_KUBEADM_ARGS=").trim_matches('"');
        let kubelet = self.settings.stock.program("kubelet");
        let started =
            Background::configured("kubelet", &kubelet, &self.settings.logs, |command| {
                command.args(UNIT).args(flags.split_whitespace()).env("PATH", path);
            })?;
        *self.kubelet.borrow_mut() = Some(started);
        Ok(())
    }
}

/// What kubelets are told through the cluster, so that they live with a machine that is a namespace.
pub(super) fn kubelet_config(group: &str) -> String {
    format!(
        "---\n\
         apiVersion: kubelet.config.k8s.io/v1beta1\n\
         kind: KubeletConfiguration\n\
         cgroupDriver: cgroupfs\n\
         cgroupRoot: /{group}/node1\n\
         failCgroupV1: false\n\
         failSwapOn: false\n\
         volumePluginDir: /var/lib/kubelet/volume-plugins\n\
         evictionHard: {{memory.available: 50Mi, nodefs.available: 1%, imagefs.available: 1%}}\n\
         imageGCHighThresholdPercent: 100\n"
    )
}

/// What `kubeadm join` is told: without a default route a kubelet does not find its address.
pub(super) fn config(server: &str, token: &str, hash: &str, address: &str) -> String {
    format!(
        "apiVersion: kubeadm.k8s.io/v1beta4\n\
         kind: JoinConfiguration\n\
         discovery: {{bootstrapToken: {{apiServerEndpoint: '{server}', token: {token}, caCertHashes: ['{hash}']}}}}\n\
         nodeRegistration:\n\
         \x20 criSocket: unix:///run/containerd/containerd.sock\n\
         \x20 kubeletExtraArgs: [{{name: node-ip, value: {address}}}]\n"
    )
}
