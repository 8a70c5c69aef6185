//! The control plane of the node: `pintle up`, and kubectl for its administrator.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::Settings;
use crate::Error;
use crate::process::{Background, run, wait_until};
use crate::stock::Stock;

/// Where the API is.
pub(super) const SERVER: &str = "https://192.0.2.1:6443";
const ADDRESS: &str = "192.0.2.1";
const READY: Duration = Duration::from_mins(1);

/// A running `pintle up`.
pub(super) struct Plane {
    part: Background,
    settings: Settings,
    fakes: Option<Background>,
}

impl Plane {
    pub(super) fn start(settings: &Settings) -> Result<Self, Error> {
        let data = settings.state.join("plane").display().to_string();
        let arguments =
            ["up", "--address", ADDRESS, "--no-kubeconfig", "-v", "2", "--data-dir", &data];
        let part = Background::start("pintle", &settings.pintle, &arguments, &settings.logs)?;
        let mut plane = Self { part, settings: settings.clone(), fakes: None };
        let kubectl = plane.kubectl();
        wait_until("pintle up", READY, || {
            plane.part.check()?;
            Ok(kubectl.call(&["get", "--raw", "/readyz"], "").is_ok_and(|said| said == "ok"))
        })?;
        Ok(plane)
    }

    /// Folder of the plane's certificates, kubeconfigs and store.
    pub(super) fn data(&self) -> PathBuf {
        self.settings.state.join("plane")
    }

    pub(super) fn kubectl(&self) -> Kubectl {
        let config = self.data().join("super-admin.conf");
        Kubectl { stock: self.settings.stock.clone(), config }
    }

    /// A token with which a machine joins.
    pub(super) fn token(&self) -> Result<String, Error> {
        let printed = run(&self.settings.pintle, |command| {
            command.args(["token", "create", "--data-dir"]).arg(self.data());
        })?;
        Ok(printed.trim().to_owned())
    }

    /// Starts a fake node beside the real one.
    pub(super) fn add_fake_node(&mut self) -> Result<(), Error> {
        let config = self.data().join("super-admin.conf").display().to_string();
        let arguments = ["fake-nodes", "--kubeconfig", &config, "1"];
        let logs = &self.settings.logs;
        let fakes = Background::start("fake-nodes", &self.settings.pintle, &arguments, logs)?;
        self.fakes = Some(fakes);
        Ok(())
    }

    /// Fails if it has ended by itself.
    pub(super) fn check(&mut self) -> Result<(), Error> {
        self.part.check()?;
        self.fakes.as_mut().map_or(Ok(()), Background::check)
    }
}

/// The stock kubectl as the administrator.
pub(super) struct Kubectl {
    stock: Stock,
    config: PathBuf,
}

impl Kubectl {
    /// What kubectl prints; a refusal is an error.
    pub(super) fn call(&self, arguments: &[&str], input: &str) -> Result<String, Error> {
        let done = crate::plane::kubectl(&self.stock, &self.config, arguments, input)?;
        crate::plane::printed(&done, arguments)
    }

    /// Waits for a condition, as `kubectl wait` does; what it waits for may not exist yet.
    pub(super) fn wait(&self, what: &[&str], seconds: u64) -> Result<(), Error> {
        let timeout = format!("--timeout={seconds}s");
        self.call(&[&["wait"], what, &[&timeout]].concat(), "").map(drop)
    }

    /// A kubectl that goes on in the background, its output in pipes.
    pub(super) fn spawn(&self, arguments: &[&str]) -> Result<Child, Error> {
        let child = Command::new(self.stock.program("kubectl"))
            .arg("--kubeconfig")
            .arg(&self.config)
            .args(arguments)
            .env("KUBECACHEDIR", self.config.with_extension("cache"))
            .env_remove("KUBECONFIG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn();
        child.map_err(|error| Error::Program {
            program: format!("kubectl {}", arguments.join(" ")),
            reason: error.to_string(),
        })
    }
}
