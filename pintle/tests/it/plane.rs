//! A control plane of our own binary, on loopback, in a folder that goes away.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use pintle_client::{Access, Client};

/// How long a debug build may take to become ready on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long it may take to answer.
const ANSWER: Duration = Duration::from_secs(5);

/// A running `pintle up`.
pub(crate) struct Plane {
    child: Child,
    folder: PathBuf,
}

impl Plane {
    /// Starts a control plane in `folder` and waits until it is ready.
    pub(crate) async fn start(folder: &Path, port: u16, more: &[&str]) -> Self {
        let child = Self::spawn(folder, port, more);
        let mut plane = Self { child, folder: folder.to_owned() };
        let deadline = Instant::now() + PATIENCE;
        while !plane.is_ready().await {
            assert!(Instant::now() < deadline, "not ready:\n{}", plane.log());
            let ended = plane.child.try_wait().expect("the child can be asked");
            assert!(ended.is_none(), "ended with {ended:?}:\n{}", plane.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        plane
    }

    /// Starts a process that ends by itself; returns its exit code.
    pub(crate) fn refused(folder: &Path, port: u16) -> Option<i32> {
        let mut plane = Self { child: Self::spawn(folder, port, &[]), folder: folder.to_owned() };
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = plane.child.try_wait().expect("the child can be asked") {
                return status.code();
            }
            assert!(Instant::now() < deadline, "it goes on:\n{}", plane.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn spawn(folder: &Path, port: u16, more: &[&str]) -> Child {
        std::fs::create_dir_all(folder).expect("a folder");
        let log = std::fs::File::options().create(true).append(true).open(folder.join("log"));
        let log = log.expect("a log file");
        Command::new(env!("CARGO_BIN_EXE_pintle"))
            .args(["up", "-v1", "--no-kubeconfig", "--port", &port.to_string(), "--data-dir"])
            .arg(folder)
            .args(more)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a second handle"))
            .stderr(log)
            .spawn()
            .expect("pintle starts")
    }

    /// A client with the administrator's kubeconfig.
    pub(crate) async fn client(&self) -> Option<Client> {
        let config = self.folder.join("super-admin.conf");
        let path = config.to_str().expect("a path in UTF-8");
        let access = Access::from_kubeconfig(Some(path), None, "pintle-test").await.ok()?;
        Some(access.client().clone())
    }

    async fn is_ready(&self) -> bool {
        let Some(client) = self.client().await else { return false };
        let asked = client.bytes(http::Method::GET, "/readyz", "*/*", None);
        matches!(tokio::time::timeout(ANSWER, asked).await, Ok(Ok(_)))
    }

    /// Ends the process as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("the child can be killed");
        self.child.wait().expect("the child ends");
    }

    /// Asks the process to end; returns how long that took and its exit code.
    pub(crate) fn stop(mut self) -> (Duration, Option<i32>) {
        let started = Instant::now();
        let pid = nix::unistd::Pid::from_raw(self.child.id().cast_signed());
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGINT).expect("the child lives");
        let status = self.child.wait().expect("the child ends");
        (started.elapsed(), status.code())
    }

    /// What the process printed.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Plane {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A port that is free at the moment.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback");
    listener.local_addr().expect("an address").port()
}
