//! `cargo xtask conformance enter`: a command on the first machine of a cluster that was kept.

use std::path::{Path, PathBuf};
use std::process::Command;

use pintle_conformance::cluster::{Cluster, Settings, enclosure};
use pintle_conformance::stock::{Set, Stock};

use crate::enclosed;

/// File, in a run's folder, with the id of a process on the first machine, as seen inside.
const PID: &str = "machine.pid";
/// File with the path of the administrator's kubeconfig.
const CONFIG: &str = "machine.kubeconfig";

/// Keeps the cluster until the run is interrupted.
pub(super) fn wait(cluster: &Cluster, settings: &Settings) -> Result<(), String> {
    let part = cluster.parts().next().ok_or("nothing runs")?;
    let config = cluster.kubeconfig().display().to_string();
    for (name, content) in [(PID, part.pid().to_string()), (CONFIG, config)] {
        std::fs::write(settings.state.join(name), content).map_err(|error| error.to_string())?;
    }
    eprintln!(
        "the cluster stays until Ctrl-C; `cargo xtask conformance enter kubectl get nodes` talks to it"
    );
    loop {
        std::thread::park();
    }
}

/// Runs a command, or a shell, on the first machine of the cluster that is kept.
pub(super) fn run(arguments: &[String]) -> Result<(), String> {
    let state = kept().ok_or("no cluster is kept: run the suite with --keep")?;
    let read = |name: &str| {
        let file = state.join(name);
        std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    };
    let outer = read(enclosure::PID)?;
    let children = format!("/proc/{outer}/task/{outer}/children");
    let first = std::fs::read_to_string(&children).map_err(|e| format!("{children}: {e}"))?;
    let stock = Stock::find(&crate::root(), Set::Smoke);
    let stock = stock.map_err(|error| error.to_string())?;
    let mut path = stock.folder().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    // First into the run's namespaces, then into the machine's.
    let mut command = Command::new("nsenter");
    command.args(["--target", first.trim(), "--all", "--wd=/", "--"]);
    command.args(["nsenter", "--target", read(PID)?.as_str(), "--mount", "--net", "--uts", "--"]);
    command.env("KUBECONFIG", read(CONFIG)?).env("PATH", path);
    if arguments.is_empty() {
        command.arg("bash")
    } else {
        command.args(arguments)
    };
    let status = command.status().map_err(|error| error.to_string())?;
    std::process::exit(status.code().unwrap_or(1));
}

/// Folder of the run that was kept last.
fn kept() -> Option<PathBuf> {
    let runs = std::fs::read_dir(enclosed::folder()).ok()?.flatten();
    let kept = runs.map(|entry| entry.path()).filter(|state| state.join(PID).exists());
    let changed = |state: &Path| std::fs::metadata(state.join(PID)).ok()?.modified().ok();
    kept.max_by_key(|state| changed(state))
}
